internal import Agreement
internal import Engine
internal import Vocabulary

/// More leads of one origin at a time than the agreement takes for the ordinary.
struct Burst: Hashable, Sendable {
    let origin: String
    let from: Instant
    let through: Instant
    /// Indices of turns, in order of time.
    let members: [Int32]
}

extension Inquiry {
    /// Stretches in which, at every instant, more than the agreed number of one origin came within the agreed time. Without a
    /// clause about bursts there is none.
    func bursts(_ turns: [Turn]) -> [Burst] {
        guard let clause = agreement.routing.burst else { return [] }
        let volume = clause.over.value.volume
        let origins = FirstValues(Inquiry.origin, world.history)
        let first = turns.indices.filter { turns[$0].isFirst }
        let byOrigin = Dictionary(grouping: first) { origins[turns[$0].person] ?? unsaid }
        return byOrigin.flatMap { origin, members in
            let sorted = members.sorted { (turns[$0].told, $0) < (turns[$1].told, $1) }
            return crowded(sorted.map { turns[$0].told }, over: volume.count, within: volume.per.longest).map { range in
                Burst(
                    origin: origin, from: turns[sorted[range.lowerBound]].told,
                    through: turns[sorted[range.upperBound - 1]].told, members: range.map { Int32(sorted[$0]) })
            }
        }.sorted { ($1.members.count, $0.from) < ($0.members.count, $1.from) }
    }

    /// The field that says where somebody came from.
    static let origin = "source"
}

/// Ranges of instants, in order, that are covered by windows with more than so many.
func crowded(_ instants: [Instant], over count: Int, within window: Elapsed) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for end in instants.indices {
        while instants[end] - instants[start] >= window { start += 1 }
        guard end - start + 1 > count else { continue }
        if let last = ranges.last, start < last.upperBound {
            ranges[ranges.count - 1] = last.lowerBound..<end + 1
        } else {
            ranges.append(start..<end + 1)
        }
    }
    return ranges
}

extension Period {
    /// Physical time; months of 31 days, so that none is cut short.
    var longest: Elapsed {
        switch self {
        case .hour: .hours(1)
        case .day: .days(1)
        case .week: .days(7)
        case .month: .days(31)
        case .quarter: .days(92)
        case .year: .days(366)
        }
    }
}
