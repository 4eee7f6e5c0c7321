import Testing
import Vocabulary

@Suite struct MoneyTests {
    let eur = Currency(code: "EUR")!

    @Test(arguments: [
        ("EUR", 2), ("USD", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("BGN", 2), ("XAF", 0),
    ])
    func currenciesKnowTheirMinorUnit(code: String, exponent: Int) throws {
        let currency = try #require(Currency(code: code))
        #expect(currency.exponent == exponent)
        #expect(currency.code == code)
    }

    @Test(arguments: ["", "EU", "EURO", "eur", "XXX", "ÄUR", "E R"])
    func refusesWhatIsNoCurrency(code: String) {
        #expect(Currency(code: code) == nil)
    }

    @Test func currenciesOrderByCode() {
        let codes = Currency.all.map(\.code)
        #expect(codes == codes.sorted())
        #expect(Set(codes).count == codes.count)
        #expect(codes.count > 160)
    }

    @Test(arguments: [
        (Number(mantissa: 480_005, scale: 1), "EUR", "48000.50 EUR"),
        (Number(-1), "EUR", "-1.00 EUR"),
        (Number(mantissa: -5, scale: 2), "EUR", "-0.05 EUR"),
        (Number(1200), "JPY", "1200 JPY"),
        (Number(mantissa: 1, scale: 3), "KWD", "0.001 KWD"),
    ])
    func isExact(amount: Number, code: String, text: String) throws {
        #expect(try Money(amount, #require(Currency(code: code))).description == text)
    }

    @Test func neverRoundsOrWraps() throws {
        #expect(throws: ArithmeticError.tooPrecise) { try Money(Number(mantissa: 1005, scale: 3), eur) }
        #expect(throws: ArithmeticError.overflow) { try Money(Number(.max), eur) }
        let most = Money(minorUnits: .max, currency: eur)
        let cent = Money(minorUnits: 1, currency: eur)
        #expect(throws: ArithmeticError.overflow) { try most.adding(cent) }
        #expect(throws: ArithmeticError.overflow) { try most.multiplied(by: 2) }
        #expect(try most.subtracting(cent).minorUnits == .max - 1)
    }

    @Test func addsNoCurrencyToAnother() throws {
        let usd = try #require(Currency(code: "USD"))
        let cent = Money(minorUnits: 1, currency: eur)
        #expect(throws: ArithmeticError.differentCurrencies(eur, usd)) {
            try cent.adding(Money(minorUnits: 1, currency: usd))
        }
    }
}

@Suite struct PointsTests {
    @Test func areExactToAMillionth() throws {
        let points = try Points(Number(mantissa: 125, scale: 1))
        #expect(points.micropoints == 12_500_000)
        #expect(points.description == "12.5")
        #expect(try points.adding(points).description == "25")
        #expect(try points.multiplied(by: -3).description == "-37.5")
        #expect(throws: ArithmeticError.tooPrecise) { try Points(Number(mantissa: 1, scale: 7)) }
        #expect(throws: ArithmeticError.overflow) { try Points(micropoints: .min).subtracting(points) }
    }
}

@Suite struct FiscalCalendarTests {
    @Test(
        arguments: [
            (1, .start, "2026", "2026-01-01", "2027-01-01"),
            (1, .end, "2026-Q4", "2026-10-01", "2027-01-01"),
            (2, .start, "2026-Q1", "2026-02-01", "2026-05-01"),
            (2, .end, "2026-Q1", "2025-02-01", "2025-05-01"),
            (2, .end, "2026-Q4", "2025-11-01", "2026-02-01"),
            (7, .end, "2026-M03", "2025-09-01", "2025-10-01"),
            (4, .start, "2026-M12", "2027-03-01", "2027-04-01"),
        ] as [(Int, FiscalCalendar.Naming, String, String, String)])
    func periodsHaveDays(month: Int, naming: FiscalCalendar.Naming, text: String, first: String, end: String) throws {
        let calendar = try #require(FiscalCalendar(startsMonth: month, namedBy: naming))
        let period = try #require(FiscalPeriod(text: text))
        #expect(calendar.days(of: period) == date(first)..<date(end))
    }

    @Test(arguments: [
        "", "26", "2026-", "2026-Q0", "2026-Q5", "2026-M1", "2026-M13", "2026-q1", "2026-Q1-", "0000", "+026",
    ])
    func refusesWhatIsNoPeriod(text: String) {
        #expect(FiscalPeriod(text: text) == nil)
    }

    @Test func everyDayLiesInItsPeriods() throws {
        for month in 1...12 {
            for naming in [FiscalCalendar.Naming.start, .end] {
                let calendar = try #require(FiscalCalendar(startsMonth: month, namedBy: naming))
                for day in stride(from: date("2023-12-01").daysSinceEpoch, to: date("2026-03-01").daysSinceEpoch, by: 1)
                {
                    let day = CivilDate(daysSinceEpoch: day)
                    for period in [
                        calendar.year(containing: day), calendar.quarter(containing: day),
                        calendar.month(containing: day),
                    ] {
                        #expect(calendar.days(of: period)!.contains(day))
                        #expect(calendar.days(of: period)!.upperBound == calendar.days(of: period.next)!.lowerBound)
                        #expect(period.next.previous == period)
                        #expect(FiscalPeriod(text: period.description) == period)
                    }
                }
            }
        }
    }
}

@Suite struct BudgetTests {
    @Test(
        arguments: [
            ("1 business hour", .businessTime(.hours(1)), "1 business hour"),
            ("90 business minutes", .businessTime(.minutes(90)), "90 business minutes"),
            ("2 business days", .businessDays(2), "2 business days"),
            ("24 hours", .physical(.hours(24)), "24 hours"),
            ("30 days", .physical(.days(30)), "30 days"),
            ("2 weeks", .physical(.days(14)), "2 weeks"),
            ("  1   Business  HOURS ", .businessTime(.hours(1)), "1 business hour"),
        ] as [(String, Budget.Measure, String)])
    func saysWhichClock(text: String, measure: Budget.Measure, written: String) throws {
        let budget = try Budget(text: text)
        #expect(budget.measure == measure)
        #expect(budget.description == written)
    }

    @Test(
        arguments: [
            ("", .malformed), ("2", .malformed), ("2 business", .malformed), ("two hours", .notAWholeNumber("two")),
            ("1.5 hours", .notAWholeNumber("1.5")), ("-1 hours", .notAWholeNumber("-1")), ("0 hours", .notPositive),
            ("2 fortnights", .unknownUnit("fortnights")), ("2 business weeks", .businessWeeks),
            ("101 years", .unknownUnit("years")),
            ("36526 days", .tooLong), ("9223372036854775807 seconds", .tooLong), ("1 day 10 hours", .severalUnits),
        ] as [(String, BudgetTextError)])
    func refusesWhatIsNoDuration(text: String, reason: BudgetTextError) {
        #expect(throws: reason) { try Budget(text: text) }
    }
}
