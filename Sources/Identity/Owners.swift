internal import Journal

/// How far an identifier tells who somebody is.
enum Strength: UInt8, Comparable {
    /// A source's record, a person's own e-mail address: one of these is one person.
    case firm
    /// Whoever reads `info@`.
    case roleMailbox
    /// A telephone, which a household or an office may share.
    case phone
    /// A browser, which a household or a fair's stand may share.
    case anonymous
    case none

    static func < (a: Strength, b: Strength) -> Bool { a.rawValue < b.rawValue }
}

/// Whose the weaker identifiers are: of the person named together with them. One that was named with two persons belongs
/// to each from one naming to the next, to the first also before, and never joins them.
struct Owners: Sendable {
    private(set) var group: [Int32]
    let strengths: [Strength]
    /// Of a group of a weaker identifier: the group it was named with; −1: never with anyone.
    private var owner: [Int32]
    private var shared: [Int32: [Turn]] = [:]

    private struct Turn: Sendable {
        let since: Int64
        let holder: Int32
    }

    init(group: [Int32], strengths: [Strength]) {
        (self.group, self.strengths) = (group, strengths)
        owner = Array(repeating: -1, count: group.count)
    }

    func isShared(_ identifier: Int32) -> Bool { shared[settled(identifier)] != nil }

    /// The group of whose an identifier always was; of a shared one, its own.
    func settled(_ identifier: Int32) -> Int32 {
        var group = group[Int(identifier)]
        while owner[Int(group)] >= 0 { group = self.group[Int(owner[Int(group)])] }
        return group
    }

    /// The group of whose it was at that instant.
    func holder(_ identifier: Int32, at instant: Int64) -> Int32 {
        var group = settled(identifier)
        while let turns = shared[group] { group = settled(Owners.holder(turns, at: instant)) }
        return group
    }

    private static func holder(_ turns: [Turn], at instant: Int64) -> Int32 {
        var (low, high) = (0, turns.count)
        while low < high {
            let middle = (low + high) / 2
            if turns[middle].since <= instant { low = middle + 1 } else { high = middle }
        }
        return turns[max(0, low - 1)].holder
    }

    /// Everyone a shared identifier ever belonged to.
    func holders(_ identifier: Int32) -> [Int32] {
        guard let turns = shared[settled(identifier)] else { return [settled(identifier)] }
        return Set(turns.map(\.holder)).flatMap { holders($0) }
    }

    // MARK: Finding owners

    /// The stronger own the weaker, so role mailboxes are settled first and browsers last.
    mutating func find(_ mentions: Mentions, _ facts: FactTimes) {
        for strength in [Strength.roleMailbox, .phone, .anonymous] {
            let contested = settle(strength, mentions)
            if !contested.isEmpty { takeTurns(contested, mentions, facts) }
        }
    }

    /// Gives those of one strength to whom they were named with; what is left are those named with several.
    private mutating func settle(_ strength: Strength, _ mentions: Mentions) -> Set<Int32> {
        var contested: Set<Int32> = []
        var found: [Int32: Int32] = [:]
        for mention in 0..<Int32(mentions.count) {
            forEachOwned(of: strength, mention, mentions) { owned, holder in
                if let known = found[owned], known != holder { contested.insert(owned) }
                found[owned] = holder
            }
        }
        for (owned, holder) in found where !contested.contains(owned) { owner[Int(owned)] = holder }
        return contested
    }

    private func forEachOwned(
        of strength: Strength, _ mention: Int32, _ mentions: Mentions, _ body: (_ owned: Int32, _ holder: Int32) -> Void
    ) {
        let persons = mentions.persons(mention)
        guard persons.count > 1, !mentions.parts(mention), let leading = leading(persons),
            strengths[Int(leading)] < strength
        else { return }
        for identifier in persons where strengths[Int(identifier)] == strength {
            body(group[Int(identifier)], settled(leading))
        }
    }

    /// The first of the strongest: whose the fact is.
    func leading(_ persons: ArraySlice<Int32>) -> Int32? {
        var best: Int32?
        for identifier in persons where strengths[Int(identifier)] != .none {
            if let known = best, strengths[Int(known)] <= strengths[Int(identifier)] { continue }
            best = identifier
        }
        return best
    }

    private mutating func takeTurns(_ contested: Set<Int32>, _ mentions: Mentions, _ facts: FactTimes) {
        let strength = strengths[Int(contested.first ?? 0)]
        let names = leastMembers(mentions.identifiers)
        var turns: [Int32: [Turn]] = [:]
        let concerned = self.concerned(contested, strength, mentions)
        for fact in 0..<facts.count where concerned[Int(facts.mention[fact])] {
            forEachOwned(of: strength, facts.mention[fact], mentions) { owned, holder in
                guard contested.contains(owned) else { return }
                turns[owned, default: []].append(Turn(since: facts.occurred[fact], holder: holder))
            }
        }
        for (owned, all) in turns {
            shared[owned] = Owners.inOrder(all) { mentions.identifiers.precedes(names[Int($0)], names[Int($1)]) }
        }
    }

    private func concerned(_ contested: Set<Int32>, _ strength: Strength, _ mentions: Mentions) -> [Bool] {
        (0..<Int32(mentions.count)).map { mention in
            var isConcerned = false
            forEachOwned(of: strength, mention, mentions) { owned, _ in
                isConcerned = isConcerned || contested.contains(owned)
            }
            return isConcerned
        }
    }

    /// One turn for each change of holder. Of several named at one instant, the last by name holds it from then on.
    private static func inOrder(_ turns: [Turn], _ precedes: (Int32, Int32) -> Bool) -> [Turn] {
        let sorted = turns.sorted { a, b in
            if a.since != b.since { return a.since < b.since }
            return a.holder != b.holder && precedes(a.holder, b.holder)
        }
        var kept: [Turn] = []
        for turn in sorted {
            if let last = kept.last, last.since == turn.since { kept.removeLast() }
            if kept.last?.holder != turn.holder { kept.append(turn) }
        }
        return kept
    }

    /// Of each group, by the identifier that stands for it: the first of its members.
    private func leastMembers(_ identifiers: IdentifierTable) -> [Int32] {
        var least = Array(repeating: Int32(-1), count: group.count)
        for identifier in 0..<Int32(group.count) {
            let own = Int(group[Int(identifier)])
            if least[own] < 0 || identifiers.precedes(identifier, least[own]) { least[own] = identifier }
        }
        return least
    }
}
