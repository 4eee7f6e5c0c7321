// Instants and lengths of time as people say them, always with the zone.

package import Agreement
package import Vocabulary

/// Why something is due when it is:
///
///     2 business hours from Saturday 7 February 2026 at 17:00 in Europe/Berlin (CET, UTC+1) are over on
///     Monday 9 February 2026 at 10:30 (CET, UTC+1): 2026-02-09T09:30:00Z.
///     Why: calendar munich is closed from Saturday 7 February 2026 at 17:00 until Monday 9 February 2026 at 08:30.
///       Monday 9 February 2026 from 08:30 to 10:30: 2 hours
package struct DueInWords {
    package let calendar: NamedCalendar
    package let working: WorkingTime
    package let start: Instant
    package let budget: Budget
    package let pauses: Pauses
    package let due: Instant

    package init(
        calendar: NamedCalendar, working: WorkingTime, start: Instant, budget: Budget, pauses: Pauses, due: Instant
    ) {
        (self.calendar, self.working, self.start) = (calendar, working, start)
        (self.budget, self.pauses, self.due) = (budget, pauses, due)
    }

    private var zone: Zone { calendar.calendar.zone }

    package var text: String {
        let isOne = budget.count == 1
        let answer =
            "\(budget) from \(start.inWords(zone)) in \(zone.name) \(isOne ? "is" : "are") over on \(due.inWords(zone)): \(due)."
        return ([answer] + reasons).joined(separator: "\n")
    }

    private var reasons: [String] {
        switch budget.measure {
        case .physical:
            ["Why: \(budget) \(budget.count == 1 ? "is" : "are") physical time; nights, weekends and holidays count."]
                + pausesInWords(pauses, zone)
        case .businessTime:
            ["Why: " + (closure ?? "calendar \(calendar.name) is open at the start.")] + pausesInWords(pauses, zone)
                + stretchesInWords(working, start, due, pauses)
        case .businessDays(let days):
            [
                "Why: " + (closure.map { $0 + " " } ?? "") + "the same local time \(days) working "
                    + "\(days == 1 ? "day" : "days") later in calendar \(calendar.name), or the opening or closing next to it."
            ] + closedDays + pausesInWords(pauses, zone)
        }
    }

    /// Until when nobody works, where nobody does at the start.
    private var closure: String? {
        guard let opening = working.nextOpen(at: start, pauses: pauses), opening > start else { return nil }
        return "calendar \(calendar.name) is closed from \(start.inWords(zone)) until \(opening.inWords(zone))."
    }

    /// Holidays and exceptions on the way, which people forget.
    private var closedDays: [String] {
        let (first, last) = (zone.civil(at: start).date, zone.civil(at: due).date)
        return (first.daysSinceEpoch...last.daysSinceEpoch).map { CivilDate(daysSinceEpoch: $0) }.compactMap { date in
            if let holiday = calendar.calendar.holiday(on: date) { return "  \(date.inWords): \(holiday)" }
            return calendar.calendar.hasException(on: date) ? "  \(date.inWords): exception" : nil
        }
    }
}

/// How much working time there was, and when.
package struct ElapsedInWords {
    package let calendar: NamedCalendar
    package let working: WorkingTime
    package let start: Instant
    package let end: Instant
    package let pauses: Pauses

    package init(calendar: NamedCalendar, working: WorkingTime, start: Instant, end: Instant, pauses: Pauses) {
        (self.calendar, self.working, self.start, self.end, self.pauses) = (calendar, working, start, end, pauses)
    }

    package var text: String {
        let zone = calendar.calendar.zone
        let elapsed = working.elapsed(from: start, to: end, pauses: pauses)
        let answer =
            "From \(start.inWords(zone)) to \(end.inWords(zone)) in \(zone.name), calendar \(calendar.name) has "
            + "\(elapsed.inWords) of working time."
        return ([answer] + pausesInWords(pauses, zone) + stretchesInWords(working, start, end, pauses))
            .joined(separator: "\n")
    }
}

/// The stretches of working time, one a line; of many the first and last four.
private func stretchesInWords(_ working: WorkingTime, _ from: Instant, _ to: Instant, _ pauses: Pauses) -> [String] {
    let zone = working.calendar.zone
    let lines = working.stretches(from: from, to: to, pauses: pauses).map { stretch in
        let (opening, closing) = (stretch.lowerBound, stretch.upperBound)
        let (start, end) = (zone.civil(at: opening), zone.civil(at: closing))
        let until = start.date == end.date ? "\(end.time)" : closing.inWords(zone)
        return "  \(start.date.inWords) from \(start.time) to \(until): \((closing - opening).inWords)"
    }
    guard lines.count > 9 else { return lines }
    return lines.prefix(4) + ["  … \(lines.count - 8) more …"] + lines.suffix(4)
}

private func pausesInWords(_ pauses: Pauses, _ zone: Zone) -> [String] {
    pauses.ranges.map { "  paused from \($0.lowerBound.inWords(zone)) to \($0.upperBound.inWords(zone))" }
}

extension Instant {
    /// `Monday 9 February 2026 at 11:00 (CET, UTC+1)`.
    package func inWords(_ zone: Zone) -> String {
        let segment = zone.segment(at: self)
        let local = zone.civil(at: self)
        let hasName = segment.abbreviation.contains(where: \.isLetter)
        let name = hasName ? segment.abbreviation + ", " : ""
        return "\(local.date.inWords) at \(local.time) (\(name)\(segment.offset.asOffset))"
    }
}

extension CivilDate {
    /// `Monday 9 February 2026`.
    package var inWords: String {
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November",
            "December",
        ]
        return "\(weekday.name) \(day) \(months[month - 1]) \(year)"
    }
}

extension Elapsed {
    /// `2 hours 30 minutes`; `no time`.
    package var inWords: String {
        var rest = milliseconds
        var parts: [String] = []
        for (name, unit) in [("hour", 3_600_000), ("minute", 60_000), ("second", 1000), ("millisecond", 1)]
            as [(String, Int64)]
        {
            let count = rest / unit
            rest %= unit
            if count > 0 { parts.append("\(count) \(name)\(count == 1 ? "" : "s")") }
        }
        return parts.isEmpty ? "no time" : parts.joined(separator: " ")
    }

    /// Seconds as a JSON number, with a fraction only where there are milliseconds: `7200`, `0.5`.
    package var secondsText: String { Number(mantissa: milliseconds, scale: 3).description }

    /// `UTC`, `UTC+1`, `UTC−3:30`.
    fileprivate var asOffset: String {
        guard self != .zero else { return "UTC" }
        let minutes = milliseconds.magnitude / 60_000
        let rest = minutes % 60
        let tail = rest == 0 ? "" : ":" + (rest < 10 ? "0" : "") + "\(rest)"
        return "UTC\(self < .zero ? "−" : "+")\(minutes / 60)\(tail)"
    }
}
