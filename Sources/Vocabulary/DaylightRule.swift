/// The rule behind a TZif file's last transition: `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX.1-2017, section 8.3, with the
/// hours −167 through 167 of RFC 8536 and 9636, section 3.3.1). Offsets in POSIX count west of Greenwich; here they are
/// turned round when read.
struct DaylightRule: Hashable, Sendable {
    var standard: Zone.LocalType
    var daylight: Daylight?

    struct Daylight: Hashable, Sendable {
        var type: Zone.LocalType
        var start: Change
        var end: Change
    }

    /// A day of every year and a wall-clock time on it, in milliseconds, which may lie days away.
    struct Change: Hashable, Sendable {
        var day: Day
        var time: Int64
    }

    enum Day: Hashable, Sendable {
        /// `Jn`: 1 through 365; February 29 is never counted.
        case julian(Int)
        /// `n`: 0 through 365; February 29 is counted.
        case zeroBased(Int)
        /// `Mm.w.d`: the `week`th (5: last) `weekday` (0: Sunday) of the month.
        case weekday(month: Int, week: Int, weekday: Int)

        func date(in year: Int) -> CivilDate {
            let newYear = CivilDate(daysSinceEpoch: CivilDate.days(year: year, month: 1, day: 1))
            switch self {
            case .julian(let n):
                let isLeap = CivilDate.daysIn(month: 2, year: year) == 29
                return newYear.adding(days: isLeap && n >= 60 ? n : n - 1)
            case .zeroBased(let n):
                return newYear.adding(days: n)
            case .weekday(let month, let week, let weekday):
                let first = CivilDate(daysSinceEpoch: CivilDate.days(year: year, month: month, day: 1))
                let sundayBased = (Int(first.weekday.rawValue) + 1) % 7
                let day = (weekday - sundayBased + 7) % 7 + (week - 1) * 7
                return first.adding(days: day < CivilDate.daysIn(month: month, year: year) ? day : day - 7)
            }
        }
    }

    /// A change of clocks: from this instant on, this type.
    struct Transition {
        var start: Int64
        var type: Zone.LocalType
    }

    /// The two changes of a year, in order of time; none where clocks never change. Where one year's end of daylight time
    /// coincides with the next one's start, daylight time goes on all year (RFC 9636, section 3.3.1), so the end comes first.
    func transitions(in year: Int) -> [Transition] {
        guard let daylight else { return [] }
        let start = Transition(start: daylight.start.instant(in: year, offset: standard.offset), type: daylight.type)
        let end = Transition(start: daylight.end.instant(in: year, offset: daylight.type.offset), type: standard)
        return start.start < end.start ? [start, end] : [end, start]
    }

    /// The segment around an instant that lies at or after `from`; a segment that would start earlier starts there.
    func segment(at instant: Instant, from: Int64) -> Zone.Segment {
        let year = CivilDateTime(millisecondsSinceEpoch: instant.milliseconds).date.year
        var current = Transition(start: .min, type: standard)
        var end = Int64.max
        for transition in (year - 1...year + 1).flatMap(transitions(in:)) {
            guard transition.start <= instant.milliseconds else {
                end = transition.start
                break
            }
            current = transition
        }
        return Zone.Segment(
            start: Instant(milliseconds: max(current.start, from)), end: Instant(milliseconds: end),
            offset: Elapsed(milliseconds: current.type.offset), isDaylight: current.type.isDaylight,
            abbreviation: current.type.abbreviation)
    }
}

extension DaylightRule.Change {
    func instant(in year: Int, offset: Int64) -> Int64 { day.date(in: year).startMilliseconds + time - offset }
}

// Reading.

extension DaylightRule {
    /// `nil` when the text is not a POSIX TZ rule.
    init?(text: some Sequence<UInt8>) {
        var reader = RuleReader(rest: Array(text)[...])
        guard let rule = reader.rule(), reader.rest.isEmpty else { return nil }
        self = rule
    }
}

private struct RuleReader {
    var rest: ArraySlice<UInt8>

    mutating func rule() -> DaylightRule? {
        guard let name = name(), let west = time(hours: 24) else { return nil }
        let standard = Zone.LocalType(offset: -west, isDaylight: false, abbreviation: name)
        guard !rest.isEmpty else { return DaylightRule(standard: standard, daylight: nil) }
        guard let daylightName = self.name() else { return nil }
        var offset = standard.offset + 3_600_000
        if rest.first != UInt8(ascii: ",") {
            guard let west = time(hours: 24) else { return nil }
            offset = -west
        }
        guard let start = change(), let end = change() else { return nil }
        let type = Zone.LocalType(offset: offset, isDaylight: true, abbreviation: daylightName)
        return DaylightRule(standard: standard, daylight: .init(type: type, start: start, end: end))
    }

    /// At least three letters, or anything alphanumeric with signs within `<` and `>`.
    private mutating func name() -> String? {
        let isQuoted = skip("<")
        let letters = rest.prefix { isQuoted ? $0 != UInt8(ascii: ">") : isLetter($0) }
        rest = rest.dropFirst(letters.count)
        guard letters.count >= 3, !isQuoted || skip(">") else { return nil }
        return String(decoding: letters, as: UTF8.self)
    }

    private mutating func change() -> DaylightRule.Change? {
        guard skip(","), let day = day() else { return nil }
        guard skip("/") else { return DaylightRule.Change(day: day, time: 2 * 3_600_000) }
        guard let time = time(hours: 167) else { return nil }
        return DaylightRule.Change(day: day, time: time)
    }

    private mutating func day() -> DaylightRule.Day? {
        if skip("J") { return number(1...365).map { .julian($0) } }
        guard skip("M") else { return number(0...365).map { .zeroBased($0) } }
        guard let month = number(1...12), skip("."), let week = number(1...5), skip("."), let weekday = number(0...6)
        else { return nil }
        return .weekday(month: month, week: week, weekday: weekday)
    }

    /// `[+-]hh[:mm[:ss]]` in milliseconds.
    private mutating func time(hours: Int) -> Int64? {
        let isNegative = skip("-")
        if !isNegative { _ = skip("+") }
        guard let hour = number(0...hours) else { return nil }
        var seconds = hour * 3600
        for unit in [60, 1] where skip(":") {
            guard let part = number(0...59) else { return nil }
            seconds += part * unit
        }
        return Int64(isNegative ? -seconds : seconds) * 1000
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix { $0 &- 48 < 10 }
        guard (1...3).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        let number = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
        return range.contains(number) ? number : nil
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
}
