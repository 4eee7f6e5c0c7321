internal import Engine
internal import Vocabulary

/// How many leads somebody would have been given a week, against what they can take.
public struct RepLoad: Hashable, Sendable {
    public struct Weeks: Hashable, Sendable {
        public let received: Int
        public let busiest: Int
        /// Weeks with more than the capacity.
        public let above: Int
    }

    /// A text; −1: nobody, which a queue keeps.
    public let rep: Int32
    public let current: Weeks
    public let draft: Weeks
    /// A week's part of the capacity, in millionths; `nil`: without limit, or no rep.
    public let capacityPerWeek: Int64?
}

/// Leads by rep and week.
struct WeeklyLoad {
    /// A rep, a text, and the Monday of a week.
    private struct Key: Hashable {
        let rep: Int32
        let monday: Int32
    }

    private var received: [Key: Int] = [:]
    private let staff: Staff

    /// Every owner that a hand-over was given to counts, apart from those who had the account's open one already.
    init(_ run: RunOverThePast, in window: Range<Instant>) {
        staff = run.world.staff
        for handOver in run.outcome.accounts.flatMap(\.handOvers) where !handOver.isBeforeStart {
            for owner in handOver.owners where owner.why != .joined && window.contains(owner.since) {
                received[Key(rep: owner.owner, monday: monday(owner.since)), default: 0] += 1
            }
        }
    }

    private func monday(_ instant: Instant) -> Int32 {
        let date = staff.zone.civil(at: instant).date
        return date.daysSinceEpoch - Int32(date.weekday.rawValue) + Int32(Weekday.monday.rawValue)
    }

    var reps: Set<Int32> { Set(received.keys.map(\.rep)) }

    func capacity(of rep: Int32) -> Int64? { staff.rep(rep)?.capacity.map { $0 * 1_000_000 / weeksInAMonth } }

    func weeks(of rep: Int32) -> RepLoad.Weeks {
        let own = received.filter { $0.key.rep == rep }
        return RepLoad.Weeks(
            received: own.values.reduce(0, +), busiest: own.values.max() ?? 0,
            above: own.values.count { isAbove(rep, $0) })
    }

    /// Whether somebody was given more than their capacity in the week of an instant.
    func isAbove(_ rep: Int32, at instant: Instant) -> Bool {
        isAbove(rep, received[Key(rep: rep, monday: monday(instant))] ?? 0)
    }

    /// A part of a lead is nothing that could be refused: above is more than the capacity rounded up.
    private func isAbove(_ rep: Int32, _ count: Int) -> Bool {
        capacity(of: rep).map { Int64(count) * 1_000_000 > ($0 + 999_999) / 1_000_000 * 1_000_000 } ?? false
    }
}

/// 4.348125, in millionths.
private let weeksInAMonth: Int64 = 4_348_125

/// Most loaded under the draft first, then by address.
func loads(_ current: WeeklyLoad, _ draft: WeeklyLoad, _ texts: Texts) -> [RepLoad] {
    let all = current.reps.union(draft.reps).map { rep in
        RepLoad(
            rep: rep, current: current.weeks(of: rep), draft: draft.weeks(of: rep),
            capacityPerWeek: draft.capacity(of: rep) ?? current.capacity(of: rep))
    }
    func name(_ load: RepLoad) -> String { load.rep < 0 ? "" : texts[load.rep] }
    return all.sorted { a, b in
        a.draft.received != b.draft.received
            ? a.draft.received > b.draft.received : name(a).utf8.lexicographicallyPrecedes(name(b).utf8)
    }
}
