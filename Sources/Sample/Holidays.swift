internal import Vocabulary

/// Public holidays of the three places in which the sample company works, by rule.
enum Holidays: CaseIterable, Sendable {
    case bavaria, england, unitedStates

    var fileName: String {
        switch self {
        case .bavaria: "de-by.ics"
        case .england: "gb-eng.ics"
        case .unitedStates: "us.ics"
        }
    }

    /// In order of date.
    func dates(in year: Int) -> [(day: CivilDate, name: String)] {
        let easter = Holidays.easter(year)
        func on(_ month: Int, _ day: Int) -> CivilDate { CivilDate(year: year, month: month, day: day)! }
        let list: [(CivilDate, String)] =
            switch self {
            case .bavaria:
                [
                    (on(1, 1), "Neujahr"), (on(1, 6), "Heilige Drei Könige"), (easter.adding(days: -2), "Karfreitag"),
                    (easter.adding(days: 1), "Ostermontag"), (on(5, 1), "Tag der Arbeit"),
                    (easter.adding(days: 39), "Christi Himmelfahrt"), (easter.adding(days: 50), "Pfingstmontag"),
                    (easter.adding(days: 60), "Fronleichnam"), (on(8, 15), "Mariä Himmelfahrt"),
                    (on(10, 3), "Tag der Deutschen Einheit"), (on(11, 1), "Allerheiligen"),
                    (on(12, 25), "1. Weihnachtstag"), (on(12, 26), "2. Weihnachtstag"),
                ]
            case .england:
                [
                    (on(1, 1), "New Year's Day"), (easter.adding(days: -2), "Good Friday"),
                    (easter.adding(days: 1), "Easter Monday"), (on(5, 1).next(.monday), "Early May bank holiday"),
                    (on(5, 25).next(.monday), "Spring bank holiday"), (on(8, 25).next(.monday), "Summer bank holiday"),
                    (on(12, 25), "Christmas Day"), (on(12, 26), "Boxing Day"),
                ]
            case .unitedStates:
                [
                    (on(1, 1), "New Year's Day"), (on(1, 15).next(.monday), "Martin Luther King Jr. Day"),
                    (on(5, 25).next(.monday), "Memorial Day"), (on(6, 19), "Juneteenth"),
                    (on(7, 4), "Independence Day"), (on(9, 1).next(.monday), "Labor Day"),
                    (on(11, 22).next(.thursday), "Thanksgiving Day"), (on(12, 25), "Christmas Day"),
                ]
            }
        return list.sorted { $0.0 < $1.0 }
    }

    /// Easter Sunday by the anonymous Gregorian algorithm (J. Meeus, "Astronomical Algorithms", chapter 8).
    private static func easter(_ year: Int) -> CivilDate {
        let (a, b, c) = (year % 19, year / 100, year % 100)
        let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let n = h + l - 7 * m + 114
        return CivilDate(year: year, month: n / 31, day: n % 31 + 1)!
    }

    /// The holidays of `years` as an iCalendar file (RFC 5545): one all-day event each.
    func calendarFile(_ years: ClosedRange<Int>) -> String {
        var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Northwind Instruments//Holidays//EN"]
        for (day, name) in years.flatMap(dates) {
            let compact = isoText(Int(day.daysSinceEpoch)).filter { $0 != "-" }
            lines += [
                "BEGIN:VEVENT", "UID:\(compact)@\(fileName).northwind.example", "DTSTAMP:20240101T000000Z",
                "DTSTART;VALUE=DATE:\(compact)", "SUMMARY:\(name)", "TRANSP:TRANSPARENT", "END:VEVENT",
            ]
        }
        return (lines + ["END:VCALENDAR", ""]).joined(separator: "\r\n")
    }
}
