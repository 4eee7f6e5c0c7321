public import Journal
internal import Vocabulary

//  What identity is decided from
//
//      Mentions ─ identifiers ── every identifier by number
//               ─ mentions ───── each distinct list of persons and accounts that facts name, once
//               ─ decisions ──── merges and un-merges, each with its instant
//
//  Ten million facts say some hundred thousand different things about who is who; only those are looked at.

/// Whom facts name.
public struct Mentions: Sendable {
    public var identifiers = IdentifierTable()
    /// All distinct mentions end to end: a mark whether it joins, then persons, then accounts.
    var flat: [Int32] = []
    private var personEnds: [Int32] = []
    var ends: [Int32] = []
    private var slots = HashSlots()
    var room: [Int32] = []

    var personDecisions: [Decision] = []
    var accountDecisions: [Decision] = []

    /// A merge, or its undoing.
    struct Decision: Sendable {
        let occurred: Int64
        let joins: Bool
        /// Of a merge, the record that remains comes first.
        let members: [Int32]
    }

    public init() {}

    public var count: Int { ends.count }

    /// The number of what a fact says about who is who, which it gets where it is new.
    public mutating func note(_ fact: Fact) -> Int32 {
        let isDecision = fact.kind == .merged || fact.kind == .unmerged
        room.removeAll(keepingCapacity: true)
        room.append(fact.kind == .unmerged ? -1 : isDecision ? 0 : 1)
        for identifier in fact.persons { room.append(identifiers.number(identifier)) }
        let personEnd = room.count
        for identifier in fact.accounts { room.append(identifiers.number(identifier)) }
        if isDecision { decide(fact, personEnd) }
        if fact.kind == .mergedAway { mergeAway(fact) }
        return intern(personEnd)
    }

    public func persons(_ mention: Int32) -> ArraySlice<Int32> {
        flat[start(mention) + 1..<Int(personEnds[Int(mention)])]
    }

    public func accounts(_ mention: Int32) -> ArraySlice<Int32> {
        flat[Int(personEnds[Int(mention)])..<Int(ends[Int(mention)])]
    }

    /// Whether its identifiers belong together. Those of a merge do by decision, which can be undone.
    func joins(_ mention: Int32) -> Bool { flat[start(mention)] == 1 }

    /// Whether it says that its identifiers do not belong together.
    func parts(_ mention: Int32) -> Bool { flat[start(mention)] == -1 }

    /// By the texts of its identifiers.
    func precedes(_ a: Int32, _ b: Int32) -> Bool {
        let (left, right) = (flat[start(a) + 1..<Int(ends[Int(a)])], flat[start(b) + 1..<Int(ends[Int(b)])])
        if !left.elementsEqual(right) { return precedes(left, right) }
        return persons(a).count < persons(b).count
    }

    func precedes(_ a: some Collection<Int32>, _ b: some Collection<Int32>) -> Bool {
        for (x, y) in zip(a, b) where x != y { return identifiers.precedes(x, y) }
        return a.count < b.count
    }

    func start(_ mention: Int32) -> Int { mention == 0 ? 0 : Int(ends[Int(mention) - 1]) }

    // MARK: Taking note

    mutating func intern(_ personEnd: Int) -> Int32 {
        var hasher = Hasher()
        hasher.combine(personEnd)
        for number in room { hasher.combine(number) }
        let hash = hasher.finalize()
        if let known = slots.find(hash, { isRoom($0, personEnd) }) { return known }
        let number = Int32(ends.count)
        personEnds.append(Int32(flat.count + personEnd))
        flat += room
        ends.append(Int32(flat.count))
        slots.insert(number, hash: hash)
        return number
    }

    private func isRoom(_ mention: Int32, _ personEnd: Int) -> Bool {
        let start = start(mention)
        return Int(personEnds[Int(mention)]) - start == personEnd && Int(ends[Int(mention)]) - start == room.count
            && flat[start..<start + room.count].elementsEqual(room)
    }

    private mutating func decide(_ fact: Fact, _ personEnd: Int) {
        let (at, joins) = (fact.occurred.milliseconds, fact.kind == .merged)
        if personEnd > 2 {
            personDecisions.append(Decision(occurred: at, joins: joins, members: Array(room[1..<personEnd])))
        }
        if room.count - personEnd > 1 {
            accountDecisions.append(Decision(occurred: at, joins: joins, members: Array(room[personEnd...])))
        }
    }

    /// The record that remains is of the same kind as the one that went.
    private mutating func mergeAway(_ fact: Fact) {
        guard case .text(let into)? = fact["into"], !into.isEmpty else { return }
        func merge(_ gone: Identifier) -> Decision {
            let remaining = identifiers.number(Identifier(.record, namespace: gone.namespace, into))
            let members = [remaining, identifiers.number(gone)]
            return Decision(occurred: fact.occurred.milliseconds, joins: true, members: members)
        }
        if let gone = fact.persons.first(where: { $0.scheme == .record }) { personDecisions.append(merge(gone)) }
        if let gone = fact.accounts.first(where: { $0.scheme == .record }) { accountDecisions.append(merge(gone)) }
    }
}
