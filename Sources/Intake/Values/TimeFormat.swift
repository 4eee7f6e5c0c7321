internal import Vocabulary

/// How a mapping says that times are written: one format, or several to be tried in order.
///
/// `iso8601`, `epoch seconds`, `epoch milliseconds`, or a pattern such as `M/d/yyyy h:mm a`.
public struct TimeFormat: Hashable, Sendable {
    private enum Kind: Hashable {
        case iso8601
        case epoch(unitsPerSecond: Int)
        case pattern(TimePattern)

        var isDayFirst: Bool? {
            guard case .pattern(let pattern) = self else { return nil }
            return pattern.isDayFirst
        }
    }

    /// As they were given.
    public let alternatives: [String]
    private let kinds: [Kind]
    private let mixesDayAndMonthOrder: Bool

    public static let iso8601 = TimeFormat(kinds: [.iso8601], alternatives: ["iso8601"])

    public init(_ alternatives: [String]) throws(TimeFormatError) {
        if alternatives.isEmpty { throw .noAlternatives }
        var kinds: [Kind] = []
        for text in alternatives { kinds.append(try TimeFormat.kind(text)) }
        self.init(kinds: kinds, alternatives: alternatives)
    }

    public init(_ format: String) throws(TimeFormatError) { try self.init([format]) }

    private init(kinds: [Kind], alternatives: [String]) {
        let orders = kinds.map(\.isDayFirst)
        (self.kinds, self.alternatives) = (kinds, alternatives)
        mixesDayAndMonthOrder = orders.contains(true) && orders.contains(false)
    }

    private static func kind(_ text: String) throws(TimeFormatError) -> Kind {
        switch text {
        case "iso8601": .iso8601
        case "epoch seconds": .epoch(unitsPerSecond: 1)
        case "epoch milliseconds": .epoch(unitsPerSecond: 1000)
        default: .pattern(try TimePattern(text))
        }
    }

    /// Whether day comes before month as a number, for a format of one alternative.
    var isDayFirst: Bool? {
        kinds.count == 1 ? kinds[0].isDayFirst : nil
    }

    // MARK: Reading

    /// What the first alternative that fits makes of a field. If none fits, the most telling reason of any.
    ///
    /// Where alternatives differ in the order of day and month, a date that fits both ways is refused as ambiguous.
    public func time(_ written: Bytes) throws(UnreadableValue) -> WrittenTime {
        let bytes = written.trimmed
        if bytes.isEmpty { throw .empty }
        var fault = UnreadableValue.notATime
        for (index, kind) in kinds.enumerated() {
            do throws(UnreadableValue) {
                let time = try TimeFormat.time(bytes, kind)
                if mixesDayAndMonthOrder { try refuseOtherReading(of: bytes, than: time, after: index) }
                return time
            } catch {
                if error == .ambiguousDate { throw error }
                if fault == .notATime { fault = error }
            }
        }
        throw fault
    }

    private func refuseOtherReading(of bytes: Bytes, than time: WrittenTime, after index: Int) throws(UnreadableValue) {
        for kind in kinds[(index + 1)...] {
            if let other = try? TimeFormat.time(bytes, kind), other.date != time.date { throw .ambiguousDate }
        }
    }

    private static func time(_ bytes: Bytes, _ kind: Kind) throws(UnreadableValue) -> WrittenTime {
        switch kind {
        case .iso8601: try ISO8601Time.parts(bytes).written()
        case .pattern(let pattern): try pattern.parts(bytes).written()
        case .epoch(let unitsPerSecond): try epoch(bytes, unitsPerSecond)
        }
    }

    /// Before 1980 there is nothing to record, but seconds taken for milliseconds, and 0 for "never", would land there.
    private static let earliestEpochYear = 1980

    private static func epoch(_ bytes: Bytes, _ unitsPerSecond: Int) throws(UnreadableValue) -> WrittenTime {
        var cursor = ByteCursor(bytes)
        guard let (units, _) = cursor.digits(1, 15) else { throw .notATime }
        var milliseconds = units * (1000 / unitsPerSecond)
        if cursor.take(UInt8(ascii: ".")) {
            guard let fraction = cursor.milliseconds() else { throw .notATime }
            milliseconds += unitsPerSecond == 1 ? fraction : 0
        }
        guard cursor.isAtEnd else { throw .notATime }
        let (days, time) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
        guard let day = Int32(exactly: days), day < 1 << 24 else { throw .absurdDate }
        let date = CivilDate(daysSinceEpoch: day)
        guard WrittenTime.plausibleYears.contains(date.year), date.year >= earliestEpochYear else { throw .absurdDate }
        return WrittenTime(date: date, timeOfDay: Int32(time), offsetSeconds: 0)
    }
}

/// Why a time format in a mapping is refused.
public enum TimeFormatError: Error, Equatable, CustomStringConvertible {
    case noAlternatives
    case unknownLetters(String, String)
    case unclosedQuote(String)
    case noDate(String)
    case halfWithoutTwelveHours(String)

    public var description: String {
        switch self {
        case .noAlternatives:
            "No time format is given. Write iso8601, epoch seconds, epoch milliseconds or a pattern."
        case .unknownLetters(let pattern, let letters):
            "`\(letters)` in the time format `\(pattern)` has no meaning here. Put text in apostrophes, as in 'T'."
        case .unclosedQuote(let pattern):
            "An apostrophe in the time format `\(pattern)` is not closed. Write '' for an apostrophe itself."
        case .noDate(let pattern):
            "The time format `\(pattern)` lacks year, month or day. Months are M, minutes m; days d."
        case .halfWithoutTwelveHours(let pattern):
            "In the time format `\(pattern)`, h (1 to 12) and a (AM or PM) must come together. Hours to 23 are H."
        }
    }
}
