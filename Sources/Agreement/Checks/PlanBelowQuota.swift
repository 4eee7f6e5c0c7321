internal import Findings
internal import Vocabulary

extension Check {
    static let planBelowQuota = Check(
        "plan-below-quota", .warning,
        finds: """
            A plan whose product, visitors × conversions × win rate × average sale, is below the quotas of a fiscal quarter. \
            What the plan leaves out counts as 100%, and of segments the best counts.
            """
    ) { checked in
        let agreement = checked.agreement
        let quotas = agreement.teams.flatMap(\.reps).flatMap(\.quotas)
        guard let visitors = agreement.plan.visitors, let sales = agreement.plan.averageSale?.all,
            let most = agreement.mostPlannedPerQuarter
        else { return [] }
        let currency = sales[0].value.currency
        guard (sales.map(\.value) + quotas.map(\.amount.value)).allSatisfy({ $0.currency == currency }) else {
            return []
        }
        let quarters = Set(quotas.map(\.period)).filter(\.isQuarter).sorted { $0.description < $1.description }
        return quarters.compactMap { quarter in
            let amounts = quotas.filter { $0.period == quarter }.map(\.amount)
            let asked = amounts.reduce(Int128(0)) { $0 + Int128($1.value.minorUnits) }
            guard asked > most, let asked = Int64(exactly: asked), let most = Int64(exactly: most) else { return nil }
            let (planned, needed) = (
                Money(minorUnits: most, currency: currency), Money(minorUnits: asked, currency: currency)
            )
            return Concern(
                at: visitors.otherwise.place,
                "The plan comes to \(planned.words) a quarter, and the quotas of \(quarter) to \(needed.words).",
                remedy: "Plan more visitors or better rates, or lower the quotas.", related: amounts.map(\.place))
        }
    }
}

extension FiscalPeriod {
    fileprivate var isQuarter: Bool {
        if case .quarter = self { true } else { false }
    }
}

extension Agreement {
    /// In minor units, rounded up at each step.
    fileprivate var mostPlannedPerQuarter: Int128? {
        guard let visitors = plan.visitors?.all.map(\.value.mostPerQuarter).max(),
            let sale = plan.averageSale?.all.map(\.value.minorUnits).max()
        else { return nil }
        var shares = plan.conversions.compactMap { $0.share.all.map(\.value.millionths).max() }
        if !plansWonDeals, let rate = plan.winRate?.all.map(\.value.millionths).max() { shares.append(rate) }
        let million: Int128 = 1_000_000
        let people = shares.reduce(Int128(visitors) * million) { ($0 * Int128($1) + million - 1) / million }
        return (people * Int128(sale) + million - 1) / million
    }

    /// The conversion into the stage of won deals is the win rate under another name.
    private var plansWonDeals: Bool {
        plan.conversions.contains { conversion in
            stage(named: conversion.to)?.enter.all.contains { $0.value.waits(for: .won) } ?? false
        }
    }
}

extension Volume {
    /// In a quarter of 92 days, which touches 14 weeks.
    fileprivate var mostPerQuarter: Int {
        switch per {
        case .hour: count * 92 * 24
        case .day: count * 92
        case .week: count * 14
        case .month: count * 3
        case .quarter, .year: count
        }
    }
}
