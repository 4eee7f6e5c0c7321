internal import Agreement
internal import Engine
internal import Journal
internal import Vocabulary

/// What amounts are worth in the company's own currency: the rates of the agreement, and those of dated company facts, which
/// win where both speak of a day.
struct Exchange: Sendable {
    private struct Rate: Sendable {
        let from: CivilDate
        /// Units of the currency for one of the base.
        let perBase: Number
    }

    let base: Currency
    private let at: RateInstant
    private let fiscal: FiscalCalendar
    private let zone: Zone
    /// In order of days.
    private var rates: [Currency: [Rate]] = [:]

    init(_ company: JudgedCompany) {
        let currencies = company.agreement.company.currencies
        (base, at) = (currencies.base.value, currencies.at.value)
        (fiscal, zone) = (company.fiscalCalendar, company.zone)
        for rate in currencies.rates?.value.rates ?? [] {
            rates[rate.currency, default: []].append(Rate(from: rate.from, perBase: rate.perBase))
        }
        let name = "per_" + base.code.lowercased()
        for stated in company.world.history.company where stated.fact.name == "rate" {
            guard case .text(let code)? = stated.fact["currency"], let currency = Currency(code: code),
                case .number(let perBase)? = stated.fact[name], perBase.mantissa > 0
            else { continue }
            let day = zone.civil(at: stated.occurred).date
            rates[currency]?.removeAll { $0.from == day }
            rates[currency, default: []].append(Rate(from: day, perBase: perBase))
        }
        for currency in rates.keys { rates[currency]?.sort { $0.from < $1.from } }
    }

    /// An amount in the base currency, at the rate of the day that the agreement names, rounded half away from nought; `nil`
    /// where no rate is known.
    func inBase(_ money: Money, at instant: Instant) -> Money? {
        guard money.currency != base else { return money }
        let day = day(of: zone.civil(at: instant).date)
        guard let rate = rates[money.currency]?.last(where: { $0.from <= day }) else { return nil }
        var numerator = Int128(money.minorUnits)
        var denominator = Int128(rate.perBase.mantissa)
        for _ in 0..<(base.exponent + Int(rate.perBase.scale)) { numerator *= 10 }
        for _ in 0..<money.currency.exponent { denominator *= 10 }
        let magnitude = (2 * (numerator < 0 ? -numerator : numerator) + denominator) / (2 * denominator)
        return Money(minorUnits: Int64(clamping: numerator < 0 ? -magnitude : magnitude), currency: base)
    }

    /// The same, or the amount as it is where no rate is known.
    func converted(_ money: Money, at instant: Instant) -> Money { inBase(money, at: instant) ?? money }

    private func day(of date: CivilDate) -> CivilDate {
        switch at {
        case .closeDay: date
        case .closeMonth: CivilDate(year: date.year, month: date.month, day: 1) ?? date
        case .fiscalYear: fiscal.days(of: fiscal.year(containing: date))?.lowerBound ?? date
        }
    }
}
