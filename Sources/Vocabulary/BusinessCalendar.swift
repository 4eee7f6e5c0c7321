// When a team works:
//
//     hours       mon-thu 08:30–12:00 13:00–17:30, fri 08:30–15:00     local times of the zone
//     holidays    2026-12-25 …                                         closed
//     exceptions  2026-12-24 08:30–12:00, 2026-12-31 closed            win over holidays and hours
//
// Somebody is at work whenever the clock on the wall, in the calendar's zone, shows a time within a block of that day.
// Everything else follows: on the day clocks are put forward a block from 01:00 to 03:00 lasts one hour, on the day they
// are put back three, because that is how long the clock shows such times.

/// One stretch of a working day, from opening until closing, in local time.
public struct Block: Hashable, Sendable {
    public let opens: TimeOfDay
    /// Exclusive; 24:00 is the end of the day.
    public let closes: TimeOfDay

    public static let wholeDay = Block(unchecked: .midnight, .endOfDay)

    /// A night shift is two blocks, `22:00-24:00` and the next day's `00:00-06:00`, so that each belongs to one day's
    /// weekday, holiday and exception.
    public init(_ opens: TimeOfDay, _ closes: TimeOfDay) throws(CalendarError) {
        guard opens != closes else { throw .emptyBlock(opens) }
        guard opens < closes else { throw .blockPastMidnight(opens, closes) }
        self.init(unchecked: opens, closes)
    }

    private init(unchecked opens: TimeOfDay, _ closes: TimeOfDay) {
        self.opens = opens
        self.closes = closes
    }
}

extension Block: CustomStringConvertible {
    public var description: String { "\(opens)-\(closes)" }
}

/// Why hours do not make a calendar.
public enum CalendarError: Error, Hashable, Sendable {
    case emptyBlock(TimeOfDay)
    case blockPastMidnight(TimeOfDay, TimeOfDay)
    case blocksOverlap(Block, Block)
}

extension CalendarError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .emptyBlock(let time): "a block that opens and closes at \(time) has no working time"
        case .blockPastMidnight(let opens, let closes):
            "\(opens)-\(closes) goes past midnight; write \(opens)-24:00 and, on the next day, 00:00-\(closes)"
        case .blocksOverlap(let first, let second): "\(first) and \(second) overlap"
        }
    }
}

/// A day on which nobody works, and why: `2026-12-25`, `Christmas Day`.
public struct Holiday: Hashable, Sendable {
    public let date: CivilDate
    public let name: String

    public init(date: CivilDate, name: String) {
        self.date = date
        self.name = name
    }
}

/// The blocks of one day, in order, none overlapping; none at all where the day is closed.
public struct DayHours: Hashable, Sendable {
    public let blocks: [Block]

    public static let closed = DayHours(sorted: [])

    /// Blocks in any order. Blocks may touch.
    public init(_ blocks: [Block]) throws(CalendarError) {
        let sorted = blocks.sorted { ($0.opens, $0.closes) < ($1.opens, $1.closes) }
        for (first, second) in zip(sorted, sorted.dropFirst()) where second.opens < first.closes {
            throw .blocksOverlap(first, second)
        }
        self.init(sorted: sorted)
    }

    private init(sorted: [Block]) {
        blocks = sorted
    }
}

/// A team's working time: hours of the week in a zone, holidays, dated exceptions.
public struct BusinessCalendar: Hashable, Sendable {
    public let zone: Zone
    private let week: [DayHours]
    private let holidays: [CivilDate: String]
    private let exceptions: [CivilDate: DayHours]

    /// A weekday without hours is closed. An exception wins over a holiday, a holiday over the weekday's hours.
    public init(
        zone: Zone, hours: [Weekday: DayHours], holidays: [Holiday] = [], exceptions: [CivilDate: DayHours] = [:]
    ) {
        self.zone = zone
        week = Weekday.allCases.map { hours[$0] ?? .closed }
        self.holidays = Dictionary(holidays.map { ($0.date, $0.name) }) { first, _ in first }
        self.exceptions = exceptions
    }

    public func hours(on date: CivilDate) -> DayHours {
        if let exception = exceptions[date] { return exception }
        return holidays[date] == nil ? hours(on: date.weekday) : .closed
    }

    public func hours(on weekday: Weekday) -> DayHours { week[Int(weekday.rawValue)] }

    /// The name of the holiday, where the date is one and no exception opens it.
    public func holiday(on date: CivilDate) -> String? { exceptions[date] == nil ? holidays[date] : nil }

    /// Whether an exception was made for this date.
    public func hasException(on date: CivilDate) -> Bool { exceptions[date] != nil }

    /// After this date nobody works any more; the end of all dates where some weekday has hours, their beginning where no
    /// day at all has any.
    var lastWorkingDate: CivilDate {
        guard week.allSatisfy({ $0.blocks.isEmpty }) else { return CivilDate(daysSinceEpoch: .max) }
        return exceptions.filter { !$0.value.blocks.isEmpty }.keys.max() ?? CivilDate(daysSinceEpoch: .min)
    }

    /// Whether no day has hours, neither a weekday nor an exception.
    public var neverOpens: Bool { lastWorkingDate.daysSinceEpoch == .min }
}

// From local hours to instants.

extension BusinessCalendar {
    /// Calls `body` with each stretch of working time within the instants, in order. Stretches may touch.
    func forEachStretch(from: Instant, to: Instant, _ body: (Range<Instant>) -> Void) {
        guard from < to else { return }
        for segment in zone.segments(from: from, to: to) {
            let (start, end) = (max(segment.start, from), min(segment.end, to))
            let first = CivilDateTime(millisecondsSinceEpoch: (start + segment.offset).milliseconds).date
            let last = CivilDateTime(millisecondsSinceEpoch: (end + segment.offset).milliseconds).date
            for day in first.daysSinceEpoch...last.daysSinceEpoch {
                let date = CivilDate(daysSinceEpoch: day)
                forEachStretch(of: date, offset: segment.offset, from: start, to: end, body)
            }
        }
    }

    /// The working time of one local date: all instants at which the wall shows that date and a time within its blocks.
    func stretches(on date: CivilDate) -> [Range<Instant>] {
        let midnight = Instant(milliseconds: date.startMilliseconds)
        var stretches: [Range<Instant>] = []
        for segment in zone.segments(from: midnight - Zone.widestOffset, to: midnight + Zone.widestOffset + .days(1)) {
            forEachStretch(of: date, offset: segment.offset, from: segment.start, to: segment.end) {
                stretches.append($0)
            }
        }
        return stretches
    }

    private func forEachStretch(
        of date: CivilDate, offset: Elapsed, from: Instant, to: Instant, _ body: (Range<Instant>) -> Void
    ) {
        let midnight = Instant(milliseconds: date.startMilliseconds - offset.milliseconds)
        for block in hours(on: date).blocks {
            let opens = max(from, midnight + Elapsed(milliseconds: Int64(block.opens.milliseconds)))
            let closes = min(to, midnight + Elapsed(milliseconds: Int64(block.closes.milliseconds)))
            if opens < closes { body(opens..<closes) }
        }
    }
}
