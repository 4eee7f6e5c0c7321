internal import Vocabulary

/// Seconds since 1970-01-01T00:00:00Z. The sample counts in whole seconds; people's state stores them in 32 bits.
typealias UnixTime = Int

let secondsPerDay = 86_400

/// A number of days since 1970-01-01 as `2025-02-03`.
func isoDate(_ day: Int) -> [UInt8] {
    let (year, month, day) = CivilDate(daysSinceEpoch: Int32(day)).fields
    func digits(_ value: Int, _ width: Int) -> [UInt8] {
        var (rest, text) = (value, [UInt8](repeating: UInt8(ascii: "0"), count: width))
        for place in (0..<width).reversed() {
            text[place] += UInt8(rest % 10)
            rest /= 10
        }
        return text
    }
    let dash = [UInt8(ascii: "-")]
    return digits(year, 4) + dash + digits(month, 2) + dash + digits(day, 2)
}

func isoText(_ day: Int) -> String { String(decoding: isoDate(day), as: UTF8.self) }

/// `2025-02-03T09:14:22Z`, for the list of what was planted.
func isoText(time at: UnixTime) -> String {
    func two(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
    let second = at % secondsPerDay
    return "\(isoText(at / secondsPerDay))T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
}

extension CivilDate {
    /// The first day of the month `count` months after this date's month.
    func startOfMonth(adding count: Int) -> CivilDate {
        let (year, month, _) = fields
        let months = year * 12 + month - 1 + count
        return CivilDate(year: months / 12, month: months % 12 + 1, day: 1)!
    }

    /// The first such weekday on or after this date.
    func next(_ weekday: Weekday) -> CivilDate {
        let ahead = (Int(weekday.rawValue) - Int(self.weekday.rawValue) + 7) % 7
        return adding(days: ahead)
    }
}

/// The three zones in which the sample company works. Rules as in force since 2007: the European Union changes its
/// clocks at 01:00 UTC on the last Sundays of March and October, the United States at 02:00 local time on the second
/// Sunday of March and the first of November.
enum LocalClock: Int, CaseIterable, Sendable {
    case berlin, london, chicago

    var zoneName: String {
        switch self {
        case .berlin: "Europe/Berlin"
        case .london: "Europe/London"
        case .chicago: "America/Chicago"
        }
    }

    private var winterOffset: Int {
        switch self {
        case .berlin: 3600
        case .london: 0
        case .chicago: -6 * 3600
        }
    }

    func offset(at: UnixTime) -> Int {
        let year = CivilDate(daysSinceEpoch: Int32(at / secondsPerDay)).year
        let (from, to) = summer(year)
        return from <= at && at < to ? winterOffset + 3600 : winterOffset
    }

    /// The instant at which a clock on the wall shows `second` of `day`; within the hour that is skipped in spring, an
    /// hour later.
    func instant(day: Int, second: Int) -> UnixTime {
        let local = day * secondsPerDay + second
        return local - offset(at: local - winterOffset)
    }

    func localDay(_ at: UnixTime) -> Int { (at + offset(at: at)) / secondsPerDay }

    private func summer(_ year: Int) -> (from: UnixTime, to: UnixTime) {
        func sunday(_ month: Int, from day: Int) -> Int {
            Int(CivilDate(year: year, month: month, day: day)!.next(.sunday).daysSinceEpoch) * secondsPerDay
        }
        return switch self {
        case .berlin, .london: (sunday(3, from: 25) + 3600, sunday(10, from: 25) + 3600)
        case .chicago: (sunday(3, from: 8) + 8 * 3600, sunday(11, from: 1) + 7 * 3600)
        }
    }
}
