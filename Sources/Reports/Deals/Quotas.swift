internal import Agreement
internal import Engine
internal import Journal
internal import Vocabulary

/// What each rep is to win in a period: the agreement's quotas, and those of dated company facts, which win.
struct Quotas: Sendable {
    private struct Key: Hashable { let rep: String, period: FiscalPeriod }

    private var amounts: [Key: Money] = [:]

    /// As the company knows them: a fact that came to be known later than it is asked for is not in its history.
    init(_ company: JudgedCompany) {
        for rep in company.agreement.teams.flatMap(\.reps) {
            for quota in rep.quotas {
                amounts[Key(rep: rep.email.value.text, period: quota.period)] = quota.amount.value
            }
        }
        for stated in company.world.history.company where stated.fact.name == "quota" {
            guard case .text(let rep)? = stated.fact["rep"], case .text(let text)? = stated.fact["period"],
                let period = FiscalPeriod(text: text), case .money(let amount)? = stated.fact["amount"]
            else { continue }
            amounts[Key(rep: rep, period: period)] = amount
        }
    }

    /// The quota of the period itself, else the sum of those of its months or quarters where each has one; `nil`: none.
    func quota(of rep: String, in period: FiscalPeriod) -> Money? {
        if let whole = amounts[Key(rep: rep, period: period)] { return whole }
        for parts in period.partitions {
            let known = parts.compactMap { amounts[Key(rep: rep, period: $0)] }
            let sum = sums(of: known)
            if known.count == parts.count, sum.count == 1 { return sum[0] }
        }
        return nil
    }
}

extension FiscalPeriod {
    /// The ways in which smaller periods make it up.
    fileprivate var partitions: [[FiscalPeriod]] {
        switch self {
        case .year(let year): [(1...4).map { .quarter(year, $0) }, (1...12).map { .month(year, $0) }]
        case .quarter(let year, let quarter): [((quarter * 3 - 2)...(quarter * 3)).map { .month(year, $0) }]
        case .month: []
        }
    }
}
