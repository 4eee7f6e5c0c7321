/// A date on the proleptic Gregorian calendar, without a zone: what a holiday list or a close date means.
public struct CivilDate: Comparable, Hashable, Sendable {
    /// Days since 1970-01-01.
    public var daysSinceEpoch: Int32

    @inlinable public init(daysSinceEpoch: Int32) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// `nil` when there is no such day: 2026-02-29, month 13, year 0 or 10000.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= CivilDate.daysIn(month: month, year: year)
        else { return nil }
        self.init(daysSinceEpoch: CivilDate.days(year: year, month: month, day: day))
    }

    @inlinable public static func < (a: CivilDate, b: CivilDate) -> Bool { a.daysSinceEpoch < b.daysSinceEpoch }

    public var year: Int { fields.year }
    public var month: Int { fields.month }
    public var day: Int { fields.day }

    /// Year, month and day, by the method of H. Hinnant, "chrono-compatible low-level date algorithms" (civil_from_days).
    public var fields: (year: Int, month: Int, day: Int) {
        let z = Int(daysSinceEpoch) + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    public var weekday: Weekday {
        let index = (Int(daysSinceEpoch) + 3) % 7  // 1970-01-01 was a Thursday
        return Weekday(rawValue: UInt8(index < 0 ? index + 7 : index))!
    }

    @inlinable public func adding(days: Int) -> CivilDate {
        CivilDate(daysSinceEpoch: daysSinceEpoch + Int32(days))
    }

    /// The inverse of `fields` (days_from_civil, same source); the caller has checked the fields.
    @inlinable public static func days(year: Int, month: Int, day: Int) -> Int32 {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(era * 146_097 + dayOfEra - 719_468)
    }

    @inlinable public static func daysIn(month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

public enum Weekday: UInt8, CaseIterable, Hashable, Sendable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// `Monday`.
    public var name: String { "\(self)".prefix(1).uppercased() + "\(self)".dropFirst() }

    /// `mon`.
    public var shortName: String { String("\(self)".prefix(3)) }
}
