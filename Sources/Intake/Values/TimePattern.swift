/// A pattern of the letters that Unicode's "Date Format Patterns" (UTS 35, part 4) defines, compiled.
///
/// Read: `y M d H h m s S a`, `E` for a weekday's name (passed over), `Z X x z` for an offset in any of its forms,
/// text in apostrophes. A space in the pattern is any white space; one-digit numbers may have a zero before them.
struct TimePattern: Hashable, Sendable {
    private enum Token: Hashable {
        /// `width` is exact where another number follows without a sign between them, as in `yyyyMMdd`.
        case year(width: Int?), shortYear
        case month(width: Int?), day(width: Int?)
        case monthName, weekdayName
        case hour(width: Int?), twelveHour(width: Int?), minute(width: Int?), second(width: Int?)
        case fraction, dayHalf, offset
        case literal(UInt8)
        case space
        /// A quoted `UTC`, `GMT` or `Z` is text that also says the offset.
        case utc
    }

    private var tokens: [Token] = []

    /// Day before month, both as numbers, or the other way round; `nil` when a name or the year comes first.
    private(set) var isDayFirst: Bool?

    init(_ pattern: String) throws(TimeFormatError) {
        let bytes = Array(pattern.utf8)
        var i = 0
        while i < bytes.count {
            let end = TimePattern.runEnd(bytes, from: i)
            if bytes[i] == UInt8(ascii: "'") {
                try quoted(bytes, &i, pattern)
                continue
            }
            let isNumberNext = end < bytes.count && "yMdHhmsS".utf8.contains(bytes[end])
            tokens.append(try TimePattern.token(bytes[i], count: end - i, isNumberNext: isNumberNext, pattern))
            i = ASCII.isLetter(bytes[i]) ? end : i + 1
        }
        try checkParts(pattern)
        isDayFirst = dayOrder
    }

    private static func runEnd(_ bytes: [UInt8], from: Int) -> Int {
        bytes[from...].firstIndex { $0 != bytes[from] } ?? bytes.count
    }

    /// Text between apostrophes; two of them, inside or outside, are one apostrophe of the text.
    private mutating func quoted(_ bytes: [UInt8], _ i: inout Int, _ pattern: String) throws(TimeFormatError) {
        let apostrophe = UInt8(ascii: "'")
        var text: [UInt8] = []
        i += 1
        while true {
            guard let end = bytes[i...].firstIndex(of: apostrophe) else { throw .unclosedQuote(pattern) }
            text += bytes[i..<end]
            i = end + 1
            guard i < bytes.count, bytes[i] == apostrophe else { break }
            text.append(apostrophe)
            i += 1
        }
        if text.isEmpty { text = [apostrophe] }
        let isUTC = ["UTC", "GMT", "Z"].contains(String(decoding: text, as: UTF8.self))
        tokens += isUTC ? [.utc] : text.map { $0 == UInt8(ascii: " ") ? .space : .literal($0) }
    }

    private static func token(
        _ letter: UInt8, count: Int, isNumberNext: Bool, _ pattern: String
    ) throws(TimeFormatError) -> Token {
        let width = isNumberNext ? 2 : nil
        switch (Character(Unicode.Scalar(letter)), count) {
        case ("y", 2): return .shortYear
        case ("y", 1), ("y", 4): return .year(width: isNumberNext ? 4 : nil)
        case ("M", 1...2): return .month(width: width)
        case ("M", 3...4): return .monthName
        case ("d", 1...2): return .day(width: width)
        case ("E", 1...4): return .weekdayName
        case ("H", 1...2): return .hour(width: width)
        case ("h", 1...2): return .twelveHour(width: width)
        case ("m", 1...2): return .minute(width: width)
        case ("s", 1...2): return .second(width: width)
        case ("S", 1...9): return .fraction
        case ("a", 1...3): return .dayHalf
        case ("Z", 1...5), ("X", 1...5), ("x", 1...5), ("z", 1...3): return .offset
        case (" ", _): return .space
        default:
            if ASCII.isLetter(letter) {
                throw .unknownLetters(pattern, String(repeating: Character(Unicode.Scalar(letter)), count: count))
            }
            return .literal(letter)
        }
    }

    private func checkParts(_ pattern: String) throws(TimeFormatError) {
        let hasMonth = monthIndex != nil || tokens.contains(.monthName)
        // A month alone, `yyyy-MM`, is its first day; a time of day needs a day.
        guard yearIndex != nil, hasMonth, dayIndex != nil || !hasTime else { throw .noDate(pattern) }
        let hasTwelve = tokens.contains { if case .twelveHour = $0 { true } else { false } }
        guard hasTwelve == tokens.contains(.dayHalf) else { throw .halfWithoutTwelveHours(pattern) }
    }

    private var hasTime: Bool {
        tokens.contains { if case .hour = $0 { true } else if case .twelveHour = $0 { true } else { false } }
    }

    private var yearIndex: Int? {
        tokens.firstIndex { if case .year = $0 { true } else { $0 == .shortYear } }
    }
    private var monthIndex: Int? { tokens.firstIndex { if case .month = $0 { true } else { false } } }
    private var dayIndex: Int? { tokens.firstIndex { if case .day = $0 { true } else { false } } }

    private var dayOrder: Bool? {
        guard let yearIndex, let monthIndex, let dayIndex, yearIndex > min(dayIndex, monthIndex) else { return nil }
        return dayIndex < monthIndex
    }

    // MARK: Reading

    func parts(_ bytes: Bytes) throws(UnreadableValue) -> TimeParts {
        var (cursor, parts) = (ByteCursor(bytes), TimeParts())
        if dayIndex == nil { parts.day = 1 }
        for token in tokens { try read(token, &cursor, &parts) }
        guard cursor.isAtEnd else { throw .notATime }
        return parts
    }

    private func read(_ token: Token, _ cursor: inout ByteCursor, _ parts: inout TimeParts) throws(UnreadableValue) {
        switch token {
        case .year(let width): parts.year = try TimePattern.year(&cursor, width)
        case .shortYear: parts.year = TimePattern.century(of: try number(&cursor, 2))
        case .month(let width): parts.month = try number(&cursor, width)
        case .day(let width): parts.day = try number(&cursor, width)
        case .monthName: parts.month = try TimePattern.monthName(cursor.letters())
        case .weekdayName: try TimePattern.weekdayName(cursor.letters())
        case .hour(let width): parts.hour = try hour(&cursor, width, &parts)
        case .twelveHour(let width):
            parts.hour = try hour(&cursor, width, &parts)
            parts.isTwelveHour = true
        case .minute(let width): parts.minute = try number(&cursor, width)
        case .second(let width): parts.second = try number(&cursor, width)
        case .fraction: parts.millisecond = try cursor.milliseconds().orThrow(.notATime)
        case .dayHalf: parts.isAfternoon = try TimePattern.dayHalf(&cursor)
        case .offset: parts.offsetSeconds = try cursor.offset().orThrow(.notATime)
        case .literal(let byte): guard cursor.take(byte) else { throw .notATime }
        case .space: guard cursor.skipSpaces() else { throw .notATime }
        case .utc:
            guard cursor.take("utc") || cursor.take("gmt") || cursor.take("z") else { throw .notATime }
            parts.offsetSeconds = 0
        }
    }

    private func number(_ cursor: inout ByteCursor, _ width: Int?) throws(UnreadableValue) -> Int {
        guard let (value, _) = cursor.digits(width ?? 1, 2) else { throw .notATime }
        return value
    }

    private func hour(_ cursor: inout ByteCursor, _ width: Int?, _ parts: inout TimeParts) throws(UnreadableValue)
        -> Int
    {
        parts.hasTime = true
        return try number(&cursor, width)
    }

    private static func year(_ cursor: inout ByteCursor, _ width: Int?) throws(UnreadableValue) -> Int {
        guard let (year, _) = cursor.digits(4, 4) else { throw .notATime }
        // A fifth digit: 20026.
        if width == nil, let next = cursor.next, ASCII.isDigit(next) { throw .absurdDate }
        return year
    }

    /// POSIX `strptime`: 69...99 are of the twentieth century.
    private static func century(of year: Int) -> Int { year + (year >= 69 ? 1900 : 2000) }

    private static func dayHalf(_ cursor: inout ByteCursor) throws(UnreadableValue) -> Bool {
        if cursor.take("a.m.") || cursor.take("am") { return false }
        if cursor.take("p.m.") || cursor.take("pm") { return true }
        throw .notATime
    }

    // MARK: Names, in English

    private static let months: [StaticString] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    private static let weekdays: [StaticString] = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    private static func monthName(_ name: Bytes) throws(UnreadableValue) -> Int {
        for (index, month) in months.enumerated() where abbreviates(name, month) { return index + 1 }
        throw .notATime
    }

    private static func weekdayName(_ name: Bytes) throws(UnreadableValue) {
        guard weekdays.contains(where: { abbreviates(name, $0) }) else { throw .notATime }
    }

    /// `Sep`, `Sept` and `September` alike: three letters or more from the start.
    private static func abbreviates(_ name: Bytes, _ word: StaticString) -> Bool {
        guard name.count >= 3, name.count <= word.utf8CodeUnitCount else { return false }
        for i in 0..<name.count where ASCII.lowercased(name[i]) != word.utf8Start[i] { return false }
        return true
    }
}

extension Optional {
    fileprivate func orThrow(_ fault: UnreadableValue) throws(UnreadableValue) -> Wrapped {
        guard let self else { throw fault }
        return self
    }
}
