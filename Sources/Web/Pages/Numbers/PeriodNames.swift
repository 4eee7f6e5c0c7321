internal import Reports
internal import Vocabulary

/// Fiscal periods with the months they lie in, where a fiscal year does not begin in January: `2027-M09 (Oct 2026)`.
struct PeriodNames {
    private let calendar: FiscalCalendar?

    init(_ company: JudgedCompany?) { calendar = company?.fiscalCalendar }

    /// A name that is a period, or ends with one behind a comma; any other as it is.
    func inWords(_ name: String) -> String {
        let last = name.split(separator: ",").last.map { String($0.drop { $0 == " " }) } ?? name
        guard let calendar, let period = FiscalPeriod(text: last), let days = calendar.days(of: period) else {
            return name
        }
        let (first, end) = (days.lowerBound.fields, days.upperBound.adding(days: -1).fields)
        let isAsItSays = first.month == 1 && end.month == 12 || last == PeriodNames.plain(first.year, first.month)
        guard !isAsItSays else { return name }
        let months = [first, end].map { Instant.months[$0.month - 1] }
        if first.year != end.year { return "\(name) (\(months[0]) \(first.year) – \(months[1]) \(end.year))" }
        return "\(name) (\(months[0] == months[1] ? months[0] : "\(months[0]) – \(months[1])") \(first.year))"
    }

    /// A month as a calendar of twelve months from January would name it.
    private static func plain(_ year: Int, _ month: Int) -> String { "\(year)-M\(month < 10 ? "0" : "")\(month)" }
}
