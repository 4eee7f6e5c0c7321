internal import Vocabulary

/// When a team works, as UTC intervals over the whole simulation: enough to place touches and to measure the planted
/// response times. Interlock's own calendars are another implementation, so that one can test the other.
struct WorkCalendar: Sendable {
    struct Opening: Sendable {
        let from: UnixTime
        let to: UnixTime
        /// Working seconds of all earlier openings.
        let before: Int
    }

    let name: String
    let clock: LocalClock
    let holidays: Holidays
    private let openings: [Opening]

    /// Minutes of the local day, Monday first; `exceptions` by day number.
    init(
        _ name: String, _ clock: LocalClock, _ holidays: Holidays, week: [[Range<Int>]],
        exceptions: [Int: [Range<Int>]] = [:], days: Range<Int>
    ) {
        (self.name, self.clock, self.holidays) = (name, clock, holidays)
        let years = WorkCalendar.years(days)
        let free = Set(years.flatMap { holidays.dates(in: $0) }.map { Int($0.day.daysSinceEpoch) })
        var openings: [Opening] = []
        for day in days {
            let hours = exceptions[day] ?? (free.contains(day) ? [] : week[(day + 3) % 7])
            for block in hours {
                let from = clock.instant(day: day, second: block.lowerBound * 60)
                let before = openings.last.map { $0.before + $0.to - $0.from } ?? 0
                openings.append(Opening(from: from, to: from + block.count * 60, before: before))
            }
        }
        self.openings = openings
    }

    static func years(_ days: Range<Int>) -> ClosedRange<Int> {
        let first = CivilDate(daysSinceEpoch: Int32(days.lowerBound)).year
        return first...CivilDate(daysSinceEpoch: Int32(days.upperBound)).year
    }

    /// The instant at which `seconds` of working time have passed since `start`.
    func advance(_ start: UnixTime, by seconds: Int) -> UnixTime {
        let wanted = worked(until: start) + seconds
        let index = firstOpening { $0.before + $0.to - $0.from >= wanted && $0.to > start }
        let opening = openings[min(index, openings.count - 1)]
        return max(opening.from + wanted - opening.before, opening.from)
    }

    /// Working seconds between two instants.
    func elapsed(_ a: UnixTime, _ b: UnixTime) -> Int { worked(until: b) - worked(until: a) }

    private func worked(until at: UnixTime) -> Int {
        let index = firstOpening { $0.to > at }
        guard index < openings.count else { return openings.last.map { $0.before + $0.to - $0.from } ?? 0 }
        return openings[index].before + max(0, at - openings[index].from)
    }

    private func firstOpening(where holds: (Opening) -> Bool) -> Int {
        var (from, to) = (0, openings.count)
        while from < to {
            let middle = (from + to) / 2
            if holds(openings[middle]) { to = middle } else { from = middle + 1 }
        }
        return from
    }
}
