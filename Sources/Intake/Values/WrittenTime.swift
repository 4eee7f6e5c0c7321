public import Vocabulary

/// A date, perhaps a time of day, perhaps an offset: as much as was written. Which instant it is, a zone decides.
public struct WrittenTime: Hashable, Sendable {
    public var date: CivilDate
    /// Milliseconds since midnight, 0..<86,400,000; `nil` when only a date was written.
    public var timeOfDay: Int32?
    /// Seconds east of UTC, within ±18 hours; `nil` when none was written.
    public var offsetSeconds: Int32?

    public init(date: CivilDate, timeOfDay: Int32? = nil, offsetSeconds: Int32? = nil) {
        (self.date, self.timeOfDay, self.offsetSeconds) = (date, timeOfDay, offsetSeconds)
    }

    /// Years outside are refused: 1899-12-30 and 1900-01-01 are spreadsheets' and databases' zero, 9999 is "never".
    public static let plausibleYears = 1901...2199
}

/// The parts of a time while they are being read.
struct TimeParts {
    var (year, month, day) = (0, 0, 0)
    var (hour, minute, second, millisecond) = (0, 0, 0, 0)
    var hasTime = false
    /// 1...12 with `isAfternoon` where the hour is of the twelve-hour clock.
    var isTwelveHour = false
    var isAfternoon = false
    var offsetSeconds: Int?

    func written() throws(UnreadableValue) -> WrittenTime {
        let date = try self.date()
        let time = hasTime ? Int32(try timeOfDay()) : nil
        if let offsetSeconds, abs(offsetSeconds) > 18 * 3600 { throw .impossibleTime }
        return WrittenTime(date: date, timeOfDay: time, offsetSeconds: offsetSeconds.map(Int32.init))
    }

    private func date() throws(UnreadableValue) -> CivilDate {
        guard let date = CivilDate(year: year, month: month, day: day) else {
            throw year > 9999 ? .absurdDate : .impossibleDate
        }
        guard WrittenTime.plausibleYears.contains(year) else { throw .absurdDate }
        return date
    }

    private func timeOfDay() throws(UnreadableValue) -> Int {
        guard minute < 60, second < 60, isTwelveHour ? (1...12).contains(hour) : hour < 24 else {
            throw .impossibleTime
        }
        let hour = isTwelveHour ? hour % 12 + (isAfternoon ? 12 : 0) : hour
        return ((hour * 60 + minute) * 60 + second) * 1000 + millisecond
    }
}

extension ByteCursor {
    /// Digits behind a decimal sign; what is finer than a millisecond is cut off.
    mutating func milliseconds() -> Int? {
        guard let (value, count) = digits(1, 3) else { return nil }
        while let byte = next, ASCII.isDigit(byte) { skip(1) }
        return value * [100, 10, 1][count - 1]
    }

    /// `Z`, `UTC`, `GMT`, `+02`, `+0200` or `+02:00`, in seconds.
    mutating func offset() -> Int? {
        if take("utc") || take("gmt") || take("z") { return 0 }
        guard let sign = next, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        skip(1)
        guard let hours = digits(2, 2)?.value else { return nil }
        let hasColon = take(UInt8(ascii: ":"))
        guard let minutes = digits(hasColon ? 2 : 0, 2), minutes.count != 1, minutes.value < 60 else { return nil }
        return (hours * 3600 + minutes.value * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
}
