public import Vocabulary

/// Whose agreement it is, and what its dates and amounts mean.
public struct Company: Sendable {
    public let name: Clause<String>
    /// The name in the zone database; the zone itself is `Agreement.zone`.
    public let timezone: Clause<String>
    public let currencies: Currencies
    public let fiscalYear: Clause<FiscalYear>
    /// In force from the start of this day in the company's zone, or from the last signature if that is later.
    public let effective: Clause<CivilDate>?
    public let reviewBy: Clause<CivilDate>?
    /// Go-live: nothing that happened before is sent, routed or escalated.
    public let starts: Clause<CivilDate>?
    public let history: History
}

/// `currencies`: what amounts are added up in, and at which rates.
public struct Currencies: Sendable {
    public let base: Clause<Currency>
    public let rates: Clause<RateTable>?
    public let at: Clause<RateInstant>
}

/// Which day's rate converts a deal.
public enum RateInstant: String, CaseIterable, Statable {
    case closeMonth = "close month"
    case closeDay = "close day"
    case fiscalYear = "fiscal year"

    public var words: String { rawValue }
}

/// The rates of an included file.
public struct RateTable: Statable {
    /// How many units of the currency one unit of the base currency is worth, from a day on.
    public struct Rate: Hashable, Sendable {
        public let from: CivilDate
        public let currency: Currency
        public let perBase: Number
    }

    /// As the agreement names it; not part of what it says.
    public let file: String
    /// By day, then currency.
    public let rates: [Rate]

    public var words: String { rates.map { "\($0.from) \($0.currency) \($0.perBase)" }.joined(separator: "; ") }

    public static func == (a: RateTable, b: RateTable) -> Bool { a.rates == b.rates }
    public func hash(into hasher: inout Hasher) { hasher.combine(rates) }
}

/// `{starts: february, named_by: end}`.
public struct FiscalYear: Statable {
    public let calendar: FiscalCalendar

    public static let monthNames = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    public var words: String {
        "starts \(FiscalYear.monthNames[calendar.startsMonth - 1]), named by its \(calendar.naming)"
    }
}

/// `history`: what counts of the time before go-live.
public struct History: Sendable {
    /// Systems whose claims about stages count before go-live.
    public let stagesFrom: Clause<[String]>
    /// How old a hand-over may be when it is learned of and still be acted on.
    public let actWithin: Clause<Budget>
}

/// A calendar under the name promises and teams call it by.
public struct NamedCalendar: Sendable {
    public let name: String
    public let calendar: BusinessCalendar

    public init(name: String, calendar: BusinessCalendar) {
        (self.name, self.calendar) = (name, calendar)
    }

    /// The address of the clause: `calendars.munich`.
    public var address: String { "calendars.\(name)" }
}
