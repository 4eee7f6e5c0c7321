internal import Vocabulary

/// Where Northwind sells: three territories, one team each, as in the agreement.
enum Territory: Int, CaseIterable, Sendable {
    case dach, international, northAmerica

    var team: String {
        switch self {
        case .dach: "dach"
        case .international: "international"
        case .northAmerica: "north_america"
        }
    }

    var clock: LocalClock {
        switch self {
        case .dach: .berlin
        case .international: .london
        case .northAmerica: .chicago
        }
    }
}

enum Currency: Int, CaseIterable, Sendable {
    case eur, usd, gbp, chf

    var code: StaticString {
        switch self {
        case .eur: "EUR"
        case .usd: "USD"
        case .gbp: "GBP"
        case .chf: "CHF"
        }
    }

    /// Units of this currency for one euro around which the monthly rates walk, in ten-thousandths.
    var usualRate: Int {
        switch self {
        case .eur: 10_000
        case .usd: 10_850
        case .gbp: 8_450
        case .chf: 9_480
        }
    }
}

struct Country: Sendable {
    let code: String
    let name: String
    let territory: Territory
    let currency: Currency
    /// Share of the accounts, in thousandths.
    let share: Int

    /// Marketing feeds two territories well and North America hardly; that is planted, see `Planted`.
    static let all: [Country] = [
        Country(code: "DE", name: "Germany", territory: .dach, currency: .eur, share: 310),
        Country(code: "AT", name: "Austria", territory: .dach, currency: .eur, share: 80),
        Country(code: "CH", name: "Switzerland", territory: .dach, currency: .chf, share: 90),
        Country(code: "GB", name: "United Kingdom", territory: .international, currency: .gbp, share: 150),
        Country(code: "IE", name: "Ireland", territory: .international, currency: .eur, share: 30),
        Country(code: "FR", name: "France", territory: .international, currency: .eur, share: 75),
        Country(code: "NL", name: "Netherlands", territory: .international, currency: .eur, share: 65),
        Country(code: "SE", name: "Sweden", territory: .international, currency: .eur, share: 45),
        Country(code: "PL", name: "Poland", territory: .international, currency: .eur, share: 40),
        Country(code: "IT", name: "Italy", territory: .international, currency: .eur, share: 35),
        Country(code: "US", name: "United States", territory: .northAmerica, currency: .usd, share: 65),
        Country(code: "CA", name: "Canada", territory: .northAmerica, currency: .usd, share: 15),
    ]
}
