// The text of instants, dates and times of day: RFC 3339, and the parts of ISO 8601 that exports really use.
//
//     2026-02-09T10:00:00.123+01:00
//     date      T time        offset
//
// `T` may be `t` or a space, seconds may be left out, a fraction has any number of digits (what lies beyond the
// millisecond is cut off, never rounded), the offset is `Z`, `z`, `+01:00`, `+0100` or `+01`.
// 24:00 is the midnight that ends the day. A leap second (`:60`) is accepted only at 23:59 UTC, where one can be, and is
// the first second of the next day, which is what POSIX time makes of it.

/// Why a text is not an instant, a date or a time of day.
public enum TimeTextError: Error, Hashable, Sendable {
    /// The byte at this offset does not belong there, or the text ends there too early.
    case malformed(at: Int)
    /// 2026-02-30, month 13, year 0.
    case noSuchDate
    /// 25:00, 12:60, 24:01, or a leap second anywhere but at 23:59 UTC.
    case noSuchTime
    /// Hours past 23 or minutes past 59 in the offset.
    case noSuchOffset
    /// A local time where an instant is wanted: it names no point in time until somebody says in which zone.
    case offsetMissing
    /// Not within the years 0001 through 9999 in UTC.
    case outOfRange
}

extension TimeTextError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed(let at): "character \(at + 1) does not belong there, or the text ends too early"
        case .noSuchDate: "there is no such day"
        case .noSuchTime: "no clock shows this time"
        case .noSuchOffset: "there is no such offset from UTC"
        case .offsetMissing: "the offset from UTC is missing, such as Z or +01:00"
        case .outOfRange: "the year is not within 0001 through 9999"
        }
    }
}

extension Instant {
    /// Reads one instant that fills `text`; the offset is required. About 20 ns.
    public init(text: UnsafeBufferPointer<UInt8>) throws(TimeTextError) {
        var reader = TimeReader(text)
        let reading = try reader.dateTime()
        try reader.end()
        guard let offset = reading.offset else { throw .offsetMissing }
        self = try reading.instant(offset: offset)
    }

    public init(text: String) throws(TimeTextError) {
        self = try text.readingUTF8 { bytes throws(TimeTextError) in try Instant(text: bytes) }
    }
}

extension CivilDate {
    /// Reads `2026-02-09`.
    public init(text: UnsafeBufferPointer<UInt8>) throws(TimeTextError) {
        var reader = TimeReader(text)
        self = try reader.date()
        try reader.end()
    }

    public init(text: String) throws(TimeTextError) {
        self = try text.readingUTF8 { bytes throws(TimeTextError) in try CivilDate(text: bytes) }
    }
}

extension TimeOfDay {
    /// Reads `08:30`, `08:30:15`, `08:30:15.250`, `24:00`.
    public init(text: UnsafeBufferPointer<UInt8>) throws(TimeTextError) {
        var reader = TimeReader(text)
        let (time, isLeap) = try reader.time()
        try reader.end()
        guard !isLeap, let time = TimeOfDay(milliseconds: time) else { throw .noSuchTime }
        self = time
    }

    public init(text: String) throws(TimeTextError) {
        self = try text.readingUTF8 { bytes throws(TimeTextError) in try TimeOfDay(text: bytes) }
    }
}

/// A date and time as text gives them: an instant where an offset stands behind, else a local time.
public enum DateTimeText: Hashable, Sendable {
    case instant(Instant)
    case local(CivilDateTime)

    public init(text: UnsafeBufferPointer<UInt8>) throws(TimeTextError) {
        var reader = TimeReader(text)
        let reading = try reader.dateTime()
        try reader.end()
        if let offset = reading.offset {
            self = .instant(try reading.instant(offset: offset))
        } else {
            self = .local(try reading.local())
        }
    }

    public init(text: String) throws(TimeTextError) {
        self = try text.readingUTF8 { bytes throws(TimeTextError) in try DateTimeText(text: bytes) }
    }
}

extension String {
    func readingUTF8<T>(
        _ read: (UnsafeBufferPointer<UInt8>) throws(TimeTextError) -> T
    ) throws(TimeTextError) -> T {
        var text = self
        return try text.withUTF8 { bytes -> Result<T, TimeTextError> in
            do throws(TimeTextError) { return .success(try read(bytes)) } catch { return .failure(error) }
        }.get()
    }
}

/// Wall-clock milliseconds with the offset that stood behind them, in milliseconds.
struct DateTimeReading {
    var wall: Int64
    var isLeapSecond: Bool
    var offset: Int64?

    @inline(__always) func instant(offset: Int64) throws(TimeTextError) -> Instant {
        let instant = Instant(milliseconds: wall - offset)
        guard instant >= .earliest, instant <= .latest else { throw .outOfRange }
        if isLeapSecond, instant.milliseconds.flooredDivision(by: TimeOfDay.millisecondsPerDay).remainder >= 1000 {
            throw .noSuchTime
        }
        return instant
    }

    func local() throws(TimeTextError) -> CivilDateTime {
        if isLeapSecond { throw .noSuchTime }
        guard wall <= Instant.latest.milliseconds else { throw .outOfRange }
        return CivilDateTime(millisecondsSinceEpoch: wall)
    }
}

struct TimeReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    @inline(__always) init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    @inline(__always) mutating func dateTime() throws(TimeTextError) -> DateTimeReading {
        let date = try date()
        guard skip(UInt8(ascii: "T")) || skip(UInt8(ascii: " ")) || skip(UInt8(ascii: "t")) else {
            throw .malformed(at: at)
        }
        let (time, isLeap) = try time()
        return DateTimeReading(wall: date.startMilliseconds + time, isLeapSecond: isLeap, offset: try offset())
    }

    @inline(__always) mutating func date() throws(TimeTextError) -> CivilDate {
        let year = try twoDigits() * 100 + twoDigits()
        try expect(UInt8(ascii: "-"))
        let month = try twoDigits()
        try expect(UInt8(ascii: "-"))
        let day = try twoDigits()
        guard let date = CivilDate(year: year, month: month, day: day) else { throw .noSuchDate }
        return date
    }

    /// Milliseconds of the day, at most 24:00, or 24:00:00.999 for a leap second.
    @inline(__always) mutating func time() throws(TimeTextError) -> (milliseconds: Int64, isLeap: Bool) {
        let hour = try twoDigits()
        try expect(UInt8(ascii: ":"))
        let minute = try twoDigits()
        let second = skip(UInt8(ascii: ":")) ? try twoDigits() : 0
        let millisecond = try fraction()
        let total = Int64((hour * 60 + minute) * 60 + second) * 1000 + Int64(millisecond)
        let isLeap = second == 60
        guard hour <= 24, minute <= 59, second <= 60, isLeap || total <= TimeOfDay.millisecondsPerDay else {
            throw .noSuchTime
        }
        if isLeap, hour == 24 { throw .noSuchTime }
        return (total, isLeap)
    }

    /// `nil` at the end of the text.
    @inline(__always) mutating func offset() throws(TimeTextError) -> Int64? {
        if skip(UInt8(ascii: "Z")) || skip(UInt8(ascii: "z")) { return 0 }
        let isEast = skip(UInt8(ascii: "+"))
        guard isEast || skip(UInt8(ascii: "-")) else { return nil }
        let hours = try twoDigits()
        let minutes = skip(UInt8(ascii: ":")) || nextIsDigit ? try twoDigits() : 0
        guard hours <= 23, minutes <= 59 else { throw .noSuchOffset }
        let offset = Int64(hours * 60 + minutes) * 60_000
        return isEast ? offset : -offset
    }

    @inline(__always) func end() throws(TimeTextError) {
        guard at == bytes.count else { throw .malformed(at: at) }
    }

    @inline(__always) private mutating func fraction() throws(TimeTextError) -> Int {
        guard skip(UInt8(ascii: ".")) || skip(UInt8(ascii: ",")) else { return 0 }
        guard nextIsDigit else { throw .malformed(at: at) }
        var (millisecond, unit) = (0, 100)
        while nextIsDigit {
            millisecond += Int(bytes[at] &- 48) * unit
            unit /= 10
            at += 1
        }
        return millisecond
    }

    @inline(__always) private var nextIsDigit: Bool { at < bytes.count && bytes[at] &- 48 < 10 }

    @inline(__always) private mutating func twoDigits() throws(TimeTextError) -> Int {
        guard at + 1 < bytes.count else { throw .malformed(at: bytes.count) }
        let (tens, ones) = (bytes[at] &- 48, bytes[at + 1] &- 48)
        guard tens < 10 else { throw .malformed(at: at) }
        guard ones < 10 else { throw .malformed(at: at + 1) }
        at += 2
        return Int(tens) * 10 + Int(ones)
    }

    @inline(__always) private mutating func skip(_ byte: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    @inline(__always) private mutating func expect(_ byte: UInt8) throws(TimeTextError) {
        guard skip(byte) else { throw .malformed(at: at) }
    }
}

// Writing.

extension Instant: CustomStringConvertible {
    /// `2026-02-09T10:00:00Z`; milliseconds are written only where there are any. An instant outside the years 0001
    /// through 9999 has no such text and is written `@` and its milliseconds, which no reader accepts.
    public var description: String { String(bytes: 24) { append(to: &$0) } }

    /// Appends `description` as UTF-8; allocates nothing where `bytes` has room for 24 more.
    public func append(to bytes: inout [UInt8]) {
        guard self >= .earliest, self <= .latest else {
            bytes.append(UInt8(ascii: "@"))
            bytes.append(contentsOf: String(milliseconds).utf8)
            return
        }
        let wall = CivilDateTime(millisecondsSinceEpoch: milliseconds)
        wall.append(to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
    }
}

extension CivilDateTime: CustomStringConvertible {
    /// `2026-02-09T10:00:00`.
    public var description: String { String(bytes: 23) { append(to: &$0) } }

    public func append(to bytes: inout [UInt8]) {
        date.append(to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        time.appendWithSeconds(to: &bytes)
    }
}

extension CivilDate: CustomStringConvertible {
    /// `2026-02-09`.
    public var description: String { String(bytes: 10) { append(to: &$0) } }

    public func append(to bytes: inout [UInt8]) {
        let (year, month, day) = fields
        bytes.appendTwoDigits(year / 100)
        bytes.appendTwoDigits(year % 100)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendTwoDigits(month)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendTwoDigits(day)
    }
}

extension TimeOfDay: CustomStringConvertible {
    /// `08:30`; seconds and milliseconds only where there are any.
    public var description: String {
        String(bytes: 12) { bytes in
            if milliseconds % 60_000 == 0 { appendMinutes(to: &bytes) } else { appendWithSeconds(to: &bytes) }
        }
    }

    func appendMinutes(to bytes: inout [UInt8]) {
        bytes.appendTwoDigits(hour)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendTwoDigits(minute)
    }

    func appendWithSeconds(to bytes: inout [UInt8]) {
        appendMinutes(to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendTwoDigits(second)
        guard millisecond > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        bytes.append(48 + UInt8(millisecond / 100))
        bytes.appendTwoDigits(millisecond % 100)
    }
}

extension [UInt8] {
    @inline(__always) fileprivate mutating func appendTwoDigits(_ n: Int) {
        append(48 + UInt8(truncatingIfNeeded: n / 10))
        append(48 + UInt8(truncatingIfNeeded: n % 10))
    }
}

extension String {
    fileprivate init(bytes capacity: Int, _ write: (inout [UInt8]) -> Void) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(capacity)
        write(&bytes)
        self.init(decoding: bytes, as: UTF8.self)
    }
}
