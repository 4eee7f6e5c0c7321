/// A wall-clock time in milliseconds from midnight. `24:00`, the end of the day, is a time of day of its own, so that a
/// block of working time can say where the day ends.
public struct TimeOfDay: Comparable, Hashable, Sendable {
    /// 0 through 86,400,000.
    public let milliseconds: Int32

    public static let millisecondsPerDay: Int64 = 86_400_000
    public static let midnight = TimeOfDay(unchecked: 0)
    public static let endOfDay = TimeOfDay(unchecked: 86_400_000)

    /// `nil` outside 00:00 through 24:00.
    public init?(milliseconds: Int64) {
        guard (0...TimeOfDay.millisecondsPerDay).contains(milliseconds) else { return nil }
        self.milliseconds = Int32(milliseconds)
    }

    /// `nil` when no clock shows it: 25:00, 12:60, 24:01. A leap second is no time of day.
    public init?(hour: Int, minute: Int, second: Int = 0, millisecond: Int = 0) {
        guard (0...24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second),
            (0..<1000).contains(millisecond)
        else { return nil }
        self.init(milliseconds: Int64(((hour * 60 + minute) * 60 + second) * 1000 + millisecond))
    }

    @usableFromInline init(unchecked milliseconds: Int32) {
        self.milliseconds = milliseconds
    }

    public var hour: Int { Int(milliseconds) / 3_600_000 }
    public var minute: Int { Int(milliseconds) / 60_000 % 60 }
    public var second: Int { Int(milliseconds) / 1000 % 60 }
    public var millisecond: Int { Int(milliseconds) % 1000 }

    @inlinable public static func < (a: TimeOfDay, b: TimeOfDay) -> Bool { a.milliseconds < b.milliseconds }
}

/// What a calendar and a clock on the wall show together, without a zone: an `Instant` only once a `Zone` has read it.
public struct CivilDateTime: Comparable, Hashable, Sendable {
    public let date: CivilDate
    public let time: TimeOfDay

    /// 24:00 becomes 00:00 of the next day, so that equal moments are equal values.
    public init(date: CivilDate, time: TimeOfDay) {
        let dayIsOver = time == .endOfDay
        self.date = dayIsOver ? date.adding(days: 1) : date
        self.time = dayIsOver ? .midnight : time
    }

    /// Milliseconds since 1970-01-01T00:00:00 on the same wall.
    public init(millisecondsSinceEpoch: Int64) {
        let (day, rest) = millisecondsSinceEpoch.flooredDivision(by: TimeOfDay.millisecondsPerDay)
        date = CivilDate(daysSinceEpoch: Int32(day))
        time = TimeOfDay(unchecked: Int32(rest))
    }

    public var millisecondsSinceEpoch: Int64 { date.startMilliseconds + Int64(time.milliseconds) }

    public static func < (a: CivilDateTime, b: CivilDateTime) -> Bool {
        a.millisecondsSinceEpoch < b.millisecondsSinceEpoch
    }
}

extension CivilDate {
    /// Midnight of this day as milliseconds since 1970-01-01T00:00:00 on the same wall.
    @usableFromInline var startMilliseconds: Int64 { Int64(daysSinceEpoch) * TimeOfDay.millisecondsPerDay }
}

extension Int64 {
    /// The quotient rounded towards the past and the remainder in `0..<divisor`.
    @inlinable func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (q, r) = quotientAndRemainder(dividingBy: divisor)
        return r < 0 ? (q - 1, r + divisor) : (q, r)
    }
}
