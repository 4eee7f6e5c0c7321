public import Engine
internal import Vocabulary

/// How life differed from the agreement in force: what systems recorded beside what it says. A list of its own, since it says
/// nothing about the draft.
public struct LiveDifferences: Hashable, Sendable {
    public struct OtherOwner: Hashable, Sendable {
        public let handOver: HandedOver
        /// By the rules of routing, a text; −1: nobody.
        public let byRules: Int32
    }

    public struct ConflictCount: Hashable, Sendable {
        public let what: Conflict.What
        public let count: Int
    }

    public let handOvers: Int
    /// No system says that anybody was given them.
    public let toNobody: [HandedOver]
    public let toAnother: [OtherOwner]
    /// Given to their first owner more than a day after they were ready.
    public let late: [HandedOver]
    /// Between being ready and being given to somebody.
    public let medianDelay: HalfMilliseconds?
    /// Changed hands once they had an owner.
    public let passedOn: [HandedOver]
    /// What systems said that the agreement does not allow, by what it was.
    public let conflicts: [ConflictCount]

    init(truth: RunOverThePast, current: RunOverThePast, in window: Range<Instant>) {
        let real = truth.handOvers.filter { window.contains($0.ready) }
        let byRules = Dictionary(current.handOvers.map { ($0.step, $0.owner) }) { first, _ in first }
        let given = real.filter { $0.owner >= 0 }
        handOvers = real.count
        toNobody = real.filter { $0.owner < 0 }
        toAnother = given.compactMap { handOver in
            byRules[handOver.step].flatMap { owner in
                owner == handOver.owner ? nil : OtherOwner(handOver: handOver, byRules: owner)
            }
        }
        let delays = given.map { ($0.told ?? $0.ready) - $0.ready }
        late = zip(given, delays).filter { $0.1 > .days(1) }.map(\.0)
        medianDelay = middle(of: delays.map(\.milliseconds))
        passedOn = given.filter { $0.owners > 1 }
        let found = truth.outcome.accounts.flatMap(\.conflicts).filter { window.contains($0.instant) }
        conflicts = Dictionary(grouping: found, by: \.what).map { ConflictCount(what: $0.key, count: $0.value.count) }
            .sorted { ($1.count, $0.what.rawValue) < ($0.count, $1.what.rawValue) }
    }
}
