public import Journal
internal import Vocabulary

extension HistoryBuilder {
    /// Takes in a journal, personal values opened: all of it, or what came after a fact. Returns the last one's number.
    ///
    /// Throws what the store throws.
    @discardableResult
    public mutating func add(journal store: any JournalStore, after sequence: Int64 = 0) throws -> Int64 {
        var reading = JournalReading(store, after: sequence)
        while let page = try reading.next() {
            for stored in page { try add(stored, &reading) }
        }
        return reading.sequence
    }

    private mutating func add(_ stored: StoredFact, _ reading: inout JournalReading) throws {
        guard stored.shape.kind.isPlain else { return add(try reading.values.reveal(stored)) }
        if let knownBy, stored.known > knownBy { return }
        let (shape, parts) = (reading.shapes.number(stored.shape), try stored.parts())
        let act = reading.acts.number(shape, stored.body, parts.deed, parts.values)
        let mention = reading.mentions.number(0, stored.body, parts.concerned, 0..<0)
        if let act, let mention {
            append(stored, act: act, mention: mention)
        } else if let numbers = take(try reading.values.reveal(stored)) {
            if act == nil { reading.acts.remember(numbers.act, shape, stored.body, parts.deed, parts.values) }
            if mention == nil { reading.mentions.remember(numbers.mention, 0, stored.body, parts.concerned, 0..<0) }
        }
    }
}

/// What is remembered while a journal is read: most facts say what others said before, of someone who was named before.
private struct JournalReading {
    var values: PersonalValues
    var shapes = ShapeNumbers()
    var acts = ByteMemo()
    var mentions = ByteMemo()
    private let store: any JournalStore
    private(set) var sequence: Int64

    /// Large enough that asking costs nothing, small enough to stay in the cache of the processor.
    private static let page = 4096

    init(_ store: any JournalStore, after sequence: Int64) {
        (self.store, self.sequence) = (store, sequence)
        values = PersonalValues(store, remembering: 200_000)
    }

    /// `nil` when there are no more.
    mutating func next() throws -> [StoredFact]? {
        let page = try store.stored(after: sequence, limit: JournalReading.page)
        guard let last = page.last else { return nil }
        sequence = last.sequence
        return page
    }
}

extension FactKind {
    /// Whether a fact of this kind says nothing but what its bytes say: neither of a record, nor of who is who.
    fileprivate var isPlain: Bool {
        switch family {
        case .activity, .touch, .meeting, .verdict, .consent, .heard: true
        default: false
        }
    }
}
