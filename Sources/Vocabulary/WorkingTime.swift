// A calendar written out as one table, in UTC:
//
//     opens      2026-02-06T08:00Z   2026-02-09T08:00Z   …     working time from opening until closing
//     closes     2026-02-06T17:00Z   2026-02-09T17:00Z   …
//     before     0                   9 h                 …     working time in the table before this opening
//
// With C(t) = working time in the table before t, elapsed(a, b) = C(b) − C(a), and the deadline of d after a is the least t
// with C(t) = C(a) + d: two binary searches, no calendar, no zone. Where a question leaves the table, a wider one is
// built for it; the answer never depends on how wide the table happens to be.

/// Why there is no deadline.
public enum NoDeadline: Error, Hashable, Sendable {
    /// The calendar closes for good, or never opens, and has too little working time after this instant.
    case closesForGood(after: Instant)
    /// The budget is not used up within a hundred years.
    case tooFar
}

extension NoDeadline: CustomStringConvertible {
    public var description: String {
        switch self {
        case .closesForGood(let instant): "the calendar has too little working time left after \(instant)"
        case .tooFar: "the time allowed is not over within a hundred years"
        }
    }
}

/// The working time of a calendar as a table for some years. See the note at the top of the file.
public struct WorkingTime: Sendable {
    public let calendar: BusinessCalendar
    /// What the table covers: whole UTC years.
    public let years: ClosedRange<Int>
    private let covers: Range<Instant>
    private var opens: [Int64] = []
    private var closes: [Int64] = []
    private var before: [Int64] = []
    /// Working dates whose day lies within, as days since 1970-01-01.
    private var dates: [Int32] = []

    /// A hundred years: how far a deadline is looked for.
    private static let horizon = Budget.longest
    private static let allYears = 1...9999

    /// About 100 µs for ten years of two blocks a day.
    public init(_ calendar: BusinessCalendar, years: ClosedRange<Int>) {
        self.calendar = calendar
        self.years = years.clamped(to: WorkingTime.allYears)
        covers = Instant.newYear(self.years.lowerBound)..<Instant.newYear(self.years.upperBound + 1)
        var total: Int64 = 0
        calendar.forEachStretch(from: covers.lowerBound, to: covers.upperBound) { stretch in
            let (opening, closing) = (stretch.lowerBound.milliseconds, stretch.upperBound.milliseconds)
            if closes.last == opening {
                closes[closes.count - 1] = closing
            } else {
                opens.append(opening)
                closes.append(closing)
                before.append(total)
            }
            total += closing - opening
        }
        dates = workingDates()
    }

    /// A date with hours is a working date; only where clocks change may its hours be jumped over.
    private func workingDates() -> [Int32] {
        let changes = calendar.zone.segments(from: covers.lowerBound, to: covers.upperBound).dropFirst().map {
            segment in
            CivilDateTime(millisecondsSinceEpoch: segment.start.milliseconds).date.daysSinceEpoch
        }
        let doubtful = Set(changes.flatMap { [$0 - 1, $0, $0 + 1] })
        let days =
            CivilDate.days(
                year: years.lowerBound, month: 1, day: 1)..<CivilDate.days(
                year: years.upperBound + 1, month: 1, day: 1)
        return days.filter { day in
            let date = CivilDate(daysSinceEpoch: day)
            guard !calendar.hours(on: date).blocks.isEmpty else { return false }
            return !doubtful.contains(day) || !calendar.stretches(on: date).isEmpty
        }
    }

    @inline(__always) private func covers(_ first: Instant, _ last: Instant) -> Bool {
        covers.lowerBound <= first && last < covers.upperBound
    }

    /// The same calendar with a table that also covers these instants.
    public func covering(_ first: Instant, _ last: Instant) -> WorkingTime {
        if covers(first, last) { return self }
        let wider = min(first.utcYear, years.lowerBound)...max(last.utcYear, years.upperBound)
        return wider.clamped(to: WorkingTime.allYears) == years ? self : WorkingTime(calendar, years: wider)
    }
}

// Questions about time.

extension WorkingTime {
    /// Working time in `[from, to)` that is not paused, in real milliseconds. Negative where `to` lies before `from`, so
    /// that elapsed(a, b) + elapsed(b, c) = elapsed(a, c) always (semantics, section 5).
    public func elapsed(from: Instant, to: Instant, pauses: Pauses = .none) -> Elapsed {
        guard from <= to else { return .zero - elapsed(from: to, to: from, pauses: pauses) }
        if pauses.ranges.isEmpty, covers(from, to) { return Elapsed(milliseconds: measure(from..<to)) }
        let table = covering(from, to)
        let total = pauses.removed(from: from..<to).reduce(Int64(0)) { $0 + table.measure($1) }
        return Elapsed(milliseconds: total)
    }

    public func isOpen(at instant: Instant) -> Bool {
        let table = covering(instant, instant)
        let index = table.openingsUpTo(instant.milliseconds)
        return index > 0 && instant.milliseconds < table.closes[index - 1]
    }

    /// The first instant at or after this one that is working time and not paused; `nil` where there is none within a
    /// hundred years.
    public func nextOpen(at instant: Instant, pauses: Pauses = .none) -> Instant? {
        try? deadline(from: instant, working: Elapsed(milliseconds: 1), pauses: pauses) - Elapsed(milliseconds: 1)
    }

    /// The stretches of working time within the instants that are not paused, in order; touching ones are one.
    public func stretches(from: Instant, to: Instant, pauses: Pauses = .none) -> [Range<Instant>] {
        let table = covering(from, to)
        return pauses.removed(from: from..<max(from, to)).flatMap { part in
            let first = max(0, table.openingsUpTo(part.lowerBound.milliseconds) - 1)
            let end = table.openingsUpTo(part.upperBound.milliseconds)
            return (first..<max(first, end)).compactMap { index in
                let stretch = Instant(milliseconds: table.opens[index])..<Instant(milliseconds: table.closes[index])
                let within = stretch.clamped(to: part)
                return within.isEmpty ? nil : within
            }
        }
    }
}

// Deadlines.

extension WorkingTime {
    /// When a budget that starts now is used up. Met is whatever happens at or before this instant.
    public func deadline(
        from start: Instant, budget: Budget, pauses: Pauses = .none
    ) throws(NoDeadline) -> Instant {
        switch budget.measure {
        case .physical(let elapsed): WorkingTime.deadline(from: start, physical: elapsed, pauses: pauses)
        case .businessTime(let elapsed): try deadline(from: start, working: elapsed, pauses: pauses)
        case .businessDays(let days): try deadline(from: start, workingDays: days, pauses: pauses)
        }
    }

    /// The least instant t with elapsed(start, t) = `working`, which is more than zero. A budget that ends at closing is due
    /// at closing, so the instant lies in (open, close].
    public func deadline(
        from start: Instant, working: Elapsed, pauses: Pauses = .none
    ) throws(NoDeadline) -> Instant {
        precondition(working > .zero, "an empty budget has no deadline")
        var (cursor, rest) = (start, working.milliseconds)
        for pause in pauses.ranges where pause.upperBound > cursor {
            let untilPause = elapsed(from: cursor, to: max(cursor, pause.lowerBound)).milliseconds
            if untilPause >= rest { break }
            (cursor, rest) = (pause.upperBound, rest - untilPause)
        }
        return try unpausedDeadline(from: cursor, working: rest)
    }

    /// The same local time on the nth later working day, a day with working time that is not paused. A start outside
    /// working time moves to the next opening first. On the day itself: where that time is not working time, the next opening
    /// of the day; after closing, the last closing. A local time that clocks jump over counts as the moment of the jump, one
    /// they show twice as the earlier.
    public func deadline(
        from start: Instant, workingDays count: Int, pauses: Pauses = .none
    ) throws(NoDeadline) -> Instant {
        precondition(count > 0, "an empty budget has no deadline")
        let opening =
            try deadline(from: start, working: Elapsed(milliseconds: 1), pauses: pauses) - Elapsed(milliseconds: 1)
        let local = calendar.zone.civil(at: opening)
        let day = try workingDay(count, after: local.date, start: start, pauses: pauses)
        let wanted = calendar.zone.instant(of: CivilDateTime(date: day.date, time: local.time)).earliest
        guard let stretch = day.stretches.first(where: { wanted < $0.upperBound }) else {
            return day.stretches[day.stretches.count - 1].upperBound
        }
        return max(wanted, stretch.lowerBound)
    }

    /// Physical time: 24 hours are 24 hours, less the pauses. Needs no calendar.
    public static func deadline(from start: Instant, physical: Elapsed, pauses: Pauses = .none) -> Instant {
        var (cursor, rest) = (start, physical)
        for pause in pauses.ranges where pause.upperBound > cursor {
            let untilPause = max(.zero, pause.lowerBound - cursor)
            if untilPause >= rest { break }
            (cursor, rest) = (pause.upperBound, rest - untilPause)
        }
        return cursor + rest
    }

    private func workingDay(
        _ count: Int, after date: CivilDate, start: Instant, pauses: Pauses
    ) throws(NoDeadline) -> (date: CivilDate, stretches: [Range<Instant>]) {
        if pauses.ranges.isEmpty, let date = tabled(count, after: date) {
            return (date, calendar.stretches(on: date))
        }
        let last = calendar.lastWorkingDate
        var (left, date) = (count, date)
        let end = date.adding(days: Int(WorkingTime.horizon.milliseconds / TimeOfDay.millisecondsPerDay))
        while date < end {
            date = date.adding(days: 1)
            if date > last { throw .closesForGood(after: start) }
            let stretches = calendar.stretches(on: date).flatMap(pauses.removed(from:))
            if stretches.isEmpty { continue }
            left -= 1
            if left == 0 { return (date, stretches) }
        }
        throw .tooFar
    }

    /// The nth later working date, where it is in the table.
    private func tabled(_ count: Int, after date: CivilDate) -> CivilDate? {
        let day = date.daysSinceEpoch
        guard day >= CivilDate.days(year: years.lowerBound, month: 1, day: 1) else { return nil }
        var (low, high) = (0, dates.count)
        while low < high {
            let middle = (low + high) / 2
            if dates[middle] <= day { low = middle + 1 } else { high = middle }
        }
        let found = low + count - 1
        return found < dates.count ? CivilDate(daysSinceEpoch: dates[found]) : nil
    }

    private func unpausedDeadline(from start: Instant, working: Int64) throws(NoDeadline) -> Instant {
        if covers(start, start), let deadline = deadlineWithin(from: start, working: working) { return deadline }
        var table = covering(start, start)
        while true {
            if let deadline = table.deadlineWithin(from: start, working: working) { return deadline }
            let end = table.covers.upperBound
            if Instant(milliseconds: calendar.lastWorkingDate.startMilliseconds) + .days(3) < end {
                throw .closesForGood(after: start)
            }
            guard end - start < WorkingTime.horizon, table.years.upperBound < 9999 else { throw .tooFar }
            let wider = table.years.upperBound + max(1, table.years.count)
            table = WorkingTime(calendar, years: start.utcYear...max(start.utcYear, wider))
        }
    }
}

// The table.

extension WorkingTime {
    /// How many openings lie at or before the milliseconds.
    private func openingsUpTo(_ milliseconds: Int64) -> Int {
        var (low, high) = (0, opens.count)
        while low < high {
            let middle = (low + high) / 2
            if opens[middle] <= milliseconds { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// C(t) of the note at the top.
    private func workedBefore(_ milliseconds: Int64) -> Int64 {
        let index = openingsUpTo(milliseconds) - 1
        return index < 0 ? 0 : before[index] + min(milliseconds, closes[index]) - opens[index]
    }

    private func measure(_ range: Range<Instant>) -> Int64 {
        workedBefore(range.upperBound.milliseconds) - workedBefore(range.lowerBound.milliseconds)
    }

    /// `nil` where the table ends before the budget does.
    private func deadlineWithin(from start: Instant, working: Int64) -> Instant? {
        let target = workedBefore(start.milliseconds) + working
        // The last opening before which less than the target was worked is where the target is reached.
        var (low, high) = (0, before.count)
        while low < high {
            let middle = (low + high) / 2
            if before[middle] < target { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let due = opens[low - 1] + (target - before[low - 1])
        return due <= closes[low - 1] ? Instant(milliseconds: due) : nil
    }
}

extension Instant {
    fileprivate static func newYear(_ year: Int) -> Instant {
        Instant(milliseconds: Int64(CivilDate.days(year: year, month: 1, day: 1)) * TimeOfDay.millisecondsPerDay)
    }

    fileprivate var utcYear: Int { CivilDateTime(millisecondsSinceEpoch: milliseconds).date.year }
}
