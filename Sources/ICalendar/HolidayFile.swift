// Holidays from an iCalendar file (RFC 5545), as states, companies and calendar programs publish them.
//
//     bytes ─ ICalendarOutline ─▶ lines and nesting checked ─ libical ─▶ VEVENTs ─ DatedEvent ─▶ dates ─▶ Holiday
//
// Only all-day events are holidays. The outline is read by hand first, because the C library neither says where an error
// is nor survives every nesting.

public import Vocabulary

/// What an iCalendar file says about days off.
public struct HolidayFile: Hashable, Sendable {
    /// In order of dates, one for each date; where a date has several events, the first in the file names it.
    public let holidays: [Holiday]
    /// Events that make no holiday, in file order.
    public let skipped: [SkippedEvent]
}

/// An event that closes no day.
public struct SkippedEvent: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// It begins at a time of day: a meeting, not a holiday.
        case timed
        /// `STATUS:CANCELLED`.
        case cancelled
    }

    /// Of `BEGIN:VEVENT`, from 1.
    public let line: Int
    public let name: String
    public let reason: Reason

    public init(line: Int, name: String, reason: Reason) {
        (self.line, self.name, self.reason) = (line, name, reason)
    }
}

/// Why a file gives no holidays. The whole file is refused: a calendar with half its holidays would be wrong in silence.
public struct ICalendarError: Error, Hashable, Sendable {
    public enum Cause: Hashable, Sendable {
        /// More than four megabytes.
        case tooLarge
        /// NUL, or not UTF-8.
        case notText
        /// It does not begin with `BEGIN:VCALENDAR`.
        case notICalendar
        /// `BEGIN:` this without its `END:`.
        case notClosed(String)
        /// `END:` this without its `BEGIN:`.
        case notOpened(String)
        /// Components more than eight deep.
        case nestedTooDeep
        /// What the library says about a property that cannot be read.
        case unreadable(String)
        case noStart
        /// 2026-02-30.
        case noSuchDate
        /// It ends before it begins.
        case endsBeforeStart
        /// It lasts more than 366 days.
        case lastsTooLong
        /// A rule finer than days, or one that names no date.
        case unusableRule
        /// More than 10,000 events, 500 recurring ones, or 50,000 days.
        case tooMany(String)
    }

    /// Where known, from 1; for an event, its `BEGIN:VEVENT`.
    public let line: Int?
    public let cause: Cause

    public init(line: Int?, cause: Cause) {
        (self.line, self.cause) = (line, cause)
    }
}

extension ICalendarError: CustomStringConvertible {
    public var description: String {
        switch cause {
        case .tooLarge: "the file has more than 4 MB"
        case .notText: "the file is not UTF-8 text"
        case .notICalendar: "the file does not begin with BEGIN:VCALENDAR"
        case .notClosed(let name): "BEGIN:\(name) has no END:\(name); the file may have been cut off"
        case .notOpened(let name): "END:\(name) has no BEGIN:\(name)"
        case .nestedTooDeep: "components are nested more than eight deep"
        case .unreadable(let what): what
        case .noStart: "the event has no DTSTART"
        case .noSuchDate: "the event names a day that does not exist"
        case .endsBeforeStart: "the event ends before it begins"
        case .lastsTooLong: "the event lasts more than 366 days"
        case .unusableRule: "the rule names no days: it is finer than a day or matches none"
        case .tooMany(let what): "the file has more than \(what)"
        }
    }
}

/// The years for which recurring holidays are written out unless others are named.
public let holidayYears = 1990...2100

/// Reads the all-day events of an iCalendar file as holidays of the given years. Recurrences (`RRULE`, `RDATE`) are written
/// out, `EXDATE`, replaced (`RECURRENCE-ID`) and cancelled occurrences left out.
public func holidays(
    inICS bytes: [UInt8], years: ClosedRange<Int> = holidayYears
) throws(ICalendarError) -> HolidayFile {
    let outline = try ICalendarOutline(bytes)
    let events = try datedEvents(in: bytes, outline: outline)
    var days = HolidayDays(years: years, replaced: events.compactMap(\.replaces))
    for event in events where event.skipReason == nil { try days.add(event) }
    return HolidayFile(holidays: days.holidays, skipped: events.compactMap(\.skipped))
}

extension DatedEvent {
    /// The occurrence of a recurring event that this one stands for.
    fileprivate var replaces: Occurrence? { recurrenceID.map { Occurrence(uid: uid, date: $0) } }

    fileprivate var skipped: SkippedEvent? {
        skipReason.map { SkippedEvent(line: line, name: name, reason: $0) }
    }
}

struct Occurrence: Hashable {
    var uid: String
    var date: CivilDate
}

/// Collects the days of events.
private struct HolidayDays {
    let range: ClosedRange<CivilDate>
    let replaced: Set<Occurrence>
    private var names: [CivilDate: String] = [:]
    private var count = 0

    private static let limit = 50_000

    init(years: ClosedRange<Int>, replaced: [Occurrence]) {
        let years = years.clamped(to: 1...9999)
        range =
            CivilDate(year: years.lowerBound, month: 1, day: 1)!...CivilDate(
                year: years.upperBound, month: 12, day: 31)!
        self.replaced = Set(replaced)
    }

    var holidays: [Holiday] {
        names.sorted { $0.key < $1.key }.map { Holiday(date: $0.key, name: $0.value) }
    }

    mutating func add(_ event: DatedEvent) throws(ICalendarError) {
        for start in try event.starts(through: range.upperBound) {
            let isReplaced =
                event.recurrenceID == nil && replaced.contains(Occurrence(uid: event.uid, date: start))
            if isReplaced || event.exclusions.contains(start) { continue }
            for day in 0..<event.length { try add(start.adding(days: day), named: event.name) }
        }
    }

    private mutating func add(_ date: CivilDate, named name: String) throws(ICalendarError) {
        count += 1
        guard count <= HolidayDays.limit else {
            throw ICalendarError(line: nil, cause: .tooMany("\(HolidayDays.limit) days off"))
        }
        if range.contains(date), names[date] == nil { names[date] = name }
    }
}
