internal import Engine
internal import Vocabulary

extension ReportDefinition {
    /// What was won of what was decided.
    static let wins = ReportDefinition(
        "wins", "Wins", answers: "How much of what is decided is won, by count and by value, and how long it takes.",
        options: [.period, .from, .to, .by, .segment, .team, .kind],
        modes: [
            Mode(name: "close", meaning: "deals that were won or lost in the window"),
            Mode(name: "creation", meaning: "deals that were opened in the window, whatever became of them since"),
        ],
        formulas: [
            Formula(
                "win rate", "won / (won + lost)", source: "semantics, section 7: win rate", sql: PublishedSQL.winRate),
            Formula(
                "by value",
                "value of the won / value of the won and the lost, in percent, where all are in one currency",
                source: "semantics, section 7: win rate", sql: PublishedSQL.winRateByValue),
            Formula(
                "won value, average sale", "value of the won / won that have an amount",
                source: "semantics, section 7: velocity", sql: PublishedSQL.wonValue),
            Formula(
                "cycle", "from opened to won, median; what is open or lost is censored at its age (Kaplan–Meier)",
                source: "semantics, section 7: cycle", sql: PublishedSQL.cycle),
            Formula(
                "cycle of won", "from opened to won, median of the won: it leaves out who still waits",
                source: "semantics, section 7: cycle", sql: PublishedSQL.cycleOfWon),
            Formula(
                "velocity", "open deals × win rate × average sale / cycle of won, in money a day",
                source: "semantics, section 7: velocity"),
            Formula(
                "origin",
                "handed over: somebody of the account was, within the attribution window before the deal was opened; else "
                    + "sales-generated; partner, product and referral as the deal's property origin says",
                source: "semantics, section 4: sales-generated", sql: PublishedSQL.origins),
        ]
    ) { inquiry throws(ReportProblem) in
        let byCreation = inquiry.mode == "creation"
        let records = inquiry.deals { deal in
            let instant = byCreation ? deal.changes.first?.instant : deal.closing?.instant
            return instant.flatMap { inquiry.isInWindow($0) ? $0 : nil }
        }
        let open = byCreation ? [] : inquiry.openDeals()
        let table = inquiry.table(records + open)
        let total = byCreation ? "opened in the window" : "won or lost in the window"
        return Found(
            population: "deals that were \(total)", measure: "won / (won + lost), by count and by value",
            sections: [
                table.section("deals", "Won and lost", by: inquiry, measures(inquiry.world.until)) { $0.subject },
                table.origins(measures(inquiry.world.until)),
            ],
            warnings: warnings(table.records))
    }
}

extension Inquiry {
    /// What is open at the end, which velocity multiplies.
    fileprivate func openDeals() -> [DealRecord] {
        let until = world.until
        return deals { $0.state == .open ? $0.changes.first.map { _ in until } : nil }
    }

    fileprivate func table(_ records: [DealRecord]) -> Tabulation<DealRecord> {
        let company = company
        return Tabulation(
            records,
            listing: [
                Listed("deal", "deal", .text) { .text(company.text($0.deal.record)) },
                Listed("account", "account", .text) { .text(company.accountName($0.account)) },
                Listed("owner", "owner", .text) { .text(company.repName($0.subject.owner)) },
                Listed("kind", "kind", .text) { .text(company.text($0.subject.kind)) },
                Listed("origin", "origin", .text) { .text($0.origin.rawValue) },
                Listed("state", "state", .text) { .text("\($0.state)") },
                Listed("opened", "opened", .instant) { .instant($0.opened) },
                Listed("closed", "closed", .instant) { ReportValue($0.closed) },
                Listed("amount", "amount", .money) { ReportValue($0.amount) },
                Listed("value", "value", .money) { ReportValue($0.value) },
                Listed("fact", "fact", .fact) { company.fact($0.fact) },
            ])
    }
}

extension Tabulation where Record == DealRecord {
    fileprivate func origins(_ measures: [Measure<DealRecord>]) -> ReportSection {
        let rows = DealOrigin.allCases.compactMap { origin -> ReportRow? in
            let members = all.filter { records[Int($0)].origin == origin }
            return members.isEmpty ? nil : row(origin.rawValue, origin.rawValue, members, measures)
        }
        return ReportSection(
            key: "origins", title: "Where they come from", rowsAre: "origin", columns: measures.map(\.column),
            rows: rows,
            records: list)
    }
}

private func measures(_ until: Instant) -> [Measure<DealRecord>] {
    [
        .count("won", "won") { $0.isWon },
        .count("lost", "lost") { $0.isLost },
        .count("open", "open") { $0.isOpen },
        .share("rate", "win rate", { $0.isWon }, of: { !$0.isOpen }),
        .sum("value", "won value", ofListed: "value") { $0.isWon ? $0.value : nil },
        .statistic("by_value", "by value %", .number, of: { !$0.isOpen }) { deals in
            guard let won = onlySum(of: deals.filter(\.isWon)), let all = onlySum(of: deals) else { return .nothing }
            guard won.currency == all.currency else { return .nothing }
            return ReportValue(Ratio(100 * Int128(won.minorUnits), Int128(all.minorUnits), decimals: 3))
        },
        .statistic("sale", "average sale", .money, of: { $0.isWon && $0.value != nil }) { deals in
            ReportValue(averageSale(deals))
        },
        .quantile("cycle", "cycle", 50) { deal in
            ((deal.closed ?? until) - deal.opened, deal.isWon)
        },
        .quantile("cycle_won", "cycle of won", 50) { deal in
            deal.isWon ? deal.closed.map { ($0 - deal.opened, true) } : nil
        },
        .statistic("velocity", "velocity a day", .money) { velocity($0) },
    ]
}

/// The sum of deals whose amounts are all in one currency.
private func onlySum(of deals: [DealRecord]) -> Money? {
    let sums = sums(of: deals.compactMap(\.value))
    return sums.count == 1 ? sums[0] : nil
}

private func averageSale(_ won: [DealRecord]) -> Money? {
    guard let sum = onlySum(of: won) else { return nil }
    let count = Int64(won.count { $0.value != nil })
    return Money(minorUnits: (2 * sum.minorUnits + count) / (2 * count), currency: sum.currency)
}

/// Open deals × win rate × average sale / cycle of the won, a day.
private func velocity(_ deals: [DealRecord]) -> ReportValue {
    let won = deals.filter(\.isWon)
    let times = won.compactMap { deal in deal.closed.map { ($0 - deal.opened).milliseconds } }
    guard let sum = onlySum(of: won), let cycle = middle(of: times), cycle.count > 0 else { return .nothing }
    let open = Int128(deals.count(where: \.isOpen))
    let decided = Int128(deals.count { !$0.isOpen })
    let withAmount = Int128(won.count { $0.value != nil })
    let halfDay = Int128(2 * 86_400_000)
    let numerator = open * Int128(won.count) * Int128(sum.minorUnits) * halfDay
    let denominator = decided * withAmount * Int128(cycle.count)
    guard denominator > 0 else { return .nothing }
    let units = (2 * numerator + denominator) / (2 * denominator)
    return .money([Money(minorUnits: Int64(clamping: units), currency: sum.currency)])
}

private func warnings(_ deals: [DealRecord]) -> [ReportWarning] {
    guard deals.contains(where: { !$0.isOpen }) else { return [.noRecords] }
    let won = deals.filter(\.isWon)
    let kinds = Set(won.map(\.subject.kind))
    return moneyWarnings(won.map { ($0.amount, $0.value) }) + (kinds.count > 1 ? [.severalKinds(kinds.count)] : [])
}

/// What to know of amounts: of each the own and the company's currency.
func moneyWarnings(_ amounts: [(amount: Money?, value: Money?)]) -> [ReportWarning] {
    let without = amounts.count { $0.amount == nil }
    let converted = amounts.count { $0.amount?.currency != $0.value?.currency }
    let currencies = sums(of: amounts.compactMap(\.value)).map(\.currency.code)
    return [
        without > 0 ? .withoutAmount(without) : nil,
        converted > 0 ? .converted(converted) : nil,
        currencies.count > 1 ? .severalCurrencies(currencies) : nil,
    ].compactMap { $0 }
}

extension ReportWarning {
    static func severalKinds(_ n: Int) -> ReportWarning {
        ReportWarning("several-kinds", "deals of \(n) kinds are added up; --kind tells them apart")
    }

    static func converted(_ n: Int) -> ReportWarning {
        ReportWarning(
            "converted", "\(n) amounts in other currencies were converted at the agreed rates; records have both")
    }
}
