internal import Journal

/// What an act can bring about under a program, so that facts that bring about nothing are passed over.
struct ActTraits: OptionSet, Sendable {
    let rawValue: UInt8

    /// It is an occurrence of something.
    static let isRecognised = ActTraits(rawValue: 1)
    /// It counts for engagement.
    static let scores = ActTraits(rawValue: 2)
    /// Something asks for it that may move somebody.
    static let moves = ActTraits(rawValue: 4)
    /// Somebody turned to us, or said that they want to be answered.
    static let asksForContact = ActTraits(rawValue: 8)
    /// Of a kind that is noted in a way of its own.
    static let isOfItsKind = ActTraits(rawValue: 16)
}

/// What must be told of acts, once for all facts that say the same.
struct ActReading {
    private let history: History
    private let words: FactWords

    init(_ history: History) {
        self.history = history
        words = FactWords(history.texts)
    }

    func traits(_ act: Act) -> ActTraits {
        var traits: ActTraits = act.kind.family == .activity ? [] : .isOfItsKind
        if asksForContact(act) { traits.insert(.asksForContact) }
        return traits
    }

    /// Whoever says no asks for nothing, whatever it is said to rest on.
    private func asksForContact(_ act: Act) -> Bool {
        if act.kind == .consentWithdrawn || act.kind == .consentObjected { return false }
        if act.kind == .touch { return property(words.direction, act).map { $0.bits != words.outward } ?? false }
        return property(words.request, act).map { $0.kind == .flag && $0.bits == 1 } ?? false
            || property(words.basis, act)?.bits == words.request
    }

    private func property(_ name: Int64, _ act: Act) -> PropertyTable.Property? {
        name < 0 ? nil : history.properties.property(Int32(name), of: act.properties)
    }
}
