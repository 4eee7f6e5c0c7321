internal import Engine
internal import Vocabulary

/// Where the lead stood, among those the rep had not turned to yet, when the rep turned to it.
struct Pick: Hashable, Sendable {
    /// In millionths of a percent: the share of the waiting leads with a lower score, those with the same counted half.
    let score: Int64
    /// The same by how long they had waited; the oldest stands highest.
    let age: Int64
    let waiting: Int
}

/// When each owner first turned to the person in each of their turns.
struct TouchesByReps: Sendable {
    /// Parallel to the turns.
    let first: [Instant?]

    init(_ turns: [Turn], _ world: FoldWorld, until: Instant) {
        let words = ResponseWords(world.history.texts)
        var touches: [Int32: OutwardTouches] = [:]
        first = turns.map { turn in
            guard turn.owner >= 0 else { return nil }
            let own = touches[turn.account] ?? OutwardTouches(of: turn.account, words, world)
            touches[turn.account] = own
            let end = turn.ended ?? until
            return own.all(of: turn.person).first {
                $0.actor == turn.owner && $0.instant >= turn.told && $0.instant < end
            }?.instant
        }
    }
}

/// Says of each turn how it was picked. At a first touch all leads wait that the rep had been told of and had not turned to,
/// the one touched included.
func pick(_ turns: inout [Turn], _ touches: TouchesByReps) {
    let byOwner = Dictionary(grouping: turns.indices.filter { turns[$0].owner >= 0 }) { turns[$0].owner }
    for members in byOwner.values {
        let touched = members.filter { touches.first[$0] != nil }
            .sorted { (touches.first[$0] ?? .latest, $0) < (touches.first[$1] ?? .latest, $1) }
        let arriving = members.sorted { (turns[$0].told, $0) < (turns[$1].told, $1) }
        var (waiting, next): ([Int], Int) = ([], 0)
        for index in touched {
            guard let instant = touches.first[index] else { continue }
            while next < arriving.count, turns[arriving[next]].told <= instant {
                waiting.append(arriving[next])
                next += 1
            }
            waiting.removeAll { turns[$0].ended.map { $0 <= instant } ?? false }
            turns[index].pick = Pick(
                score: percentile(turns[index].score.micropoints, among: waiting.map { turns[$0].score.micropoints }),
                age: percentile(-turns[index].told.milliseconds, among: waiting.map { -turns[$0].told.milliseconds }),
                waiting: waiting.count)
            waiting.removeAll { $0 == index }
        }
    }
}

/// In millionths of a percent, rounded half up.
func percentile(_ value: Int64, among all: [Int64]) -> Int64 {
    guard !all.isEmpty else { return 50_000_000 }
    let below = all.count { $0 < value }
    let equal = all.count { $0 == value }
    let halves = Int64(2 * below + equal) * 100_000_000
    return (halves + Int64(all.count)) / Int64(2 * all.count)
}
