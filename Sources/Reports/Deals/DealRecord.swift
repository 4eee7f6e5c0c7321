internal import Engine
internal import Vocabulary

/// A deal as a report sees it.
struct DealRecord: Hashable, Sendable {
    let account: Int32
    let deal: DealOutcome
    let state: DealOutcome.State
    let opened: Instant
    /// When it was won or lost for the last time; `nil` while it is open.
    let closed: Instant?
    /// In the deal's own currency; `nil`: it has none.
    let amount: Money?
    /// In the company's currency, where a rate is known; else as it is.
    let value: Money?
    let origin: DealOrigin
    let fact: Int32
    let subject: Subject

    var isWon: Bool { state == .won }
    var isLost: Bool { state == .lost }
    var isOpen: Bool { state == .open }
}

extension Inquiry {
    /// Deals as they stand at the end, but those that the agreement ignores. `counting` gives the instant a deal counts by;
    /// `nil` leaves it out.
    func deals(counting: (DealOutcome) -> Instant?) -> [DealRecord] {
        let (exchange, origins) = (Exchange(company), DealOrigins(company))
        return outcome.accounts.flatMap { account in
            account.deals.compactMap { deal -> DealRecord? in
                guard let instant = counting(deal) else { return nil }
                let record = company.record(of: deal, account.account, at: instant, exchange, origins)
                return record.flatMap { isChosen($0.subject) ? $0 : nil }
            }
        }
    }
}

extension JudgedCompany {
    /// A deal by its last change; `nil`: it is none, or is ignored.
    func record(
        of deal: DealOutcome, _ account: Int32, at instant: Instant, _ exchange: Exchange, _ origins: DealOrigins
    ) -> DealRecord? {
        guard let first = deal.changes.first, let last = deal.changes.last, last.state != .ignored else { return nil }
        let subject = Subject(
            at: instant, person: deal.credited, owner: last.owner, deal: deal, kind: kind(of: deal))
        return DealRecord(
            account: account, deal: deal, state: last.state, opened: first.instant, closed: deal.closing?.instant,
            amount: last.money,
            value: last.money.map { exchange.converted($0, at: deal.closing?.instant ?? world.until) },
            origin: origins.origin(of: deal, in: account), fact: last.fact, subject: subject)
    }
}

extension DealOutcome {
    /// The change by which it stands as won or lost.
    var closing: Change? {
        guard let last = changes.last, last.state == .won || last.state == .lost else { return nil }
        return changes.last { $0.what == .won || $0.what == .lost } ?? last
    }
}

extension DealOutcome.Change {
    var money: Money? {
        guard let amount, let currency = Currency(packed: currency) else { return nil }
        return Money(minorUnits: amount, currency: currency)
    }
}
