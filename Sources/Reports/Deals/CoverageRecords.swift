internal import Agreement
internal import Engine
internal import Vocabulary

/// What coverage of one period is made of: a quota, a deal that counts as pipeline at the instant, or one that was won.
struct CoverageRecord: Hashable, Sendable {
    enum What: String, Hashable, Sendable {
        case quota, pipeline
        case won = "won so far"
    }

    let what: What
    /// A text; −1: nobody.
    let owner: Int32
    let account: Int32
    /// A text, the deal's record; −1: a quota.
    let deal: Int32
    let amount: Money?
    /// In the company's currency, where a rate is known.
    let value: Money?
    let closeDate: Int32?
    let fact: Int32
    let subject: Subject
}

/// A period, the instant at which it is looked at, and what was known then.
struct CoverageMoment: Sendable {
    let period: FiscalPeriod
    let days: Range<CivilDate>
    let instant: Instant
    let records: [CoverageRecord]
}

extension Inquiry {
    /// The company just before an instant: what happens at the instant itself belongs to the period that begins with it.
    func company(before instant: Instant) -> JudgedCompany {
        company.asKnown(at: min(instant, world.until) - Elapsed(milliseconds: 1))
    }

    /// Quotas, pipeline and wins of a period with what was known at an instant.
    func moment(_ period: FiscalPeriod, _ days: Range<CivilDate>, at instant: Instant) -> CoverageMoment {
        let then = company(before: instant)
        let exchange = Exchange(then)
        let records = quotas(period, then, exchange, instant) + deals(days, then, exchange, instant)
        return CoverageMoment(period: period, days: days, instant: instant, records: records)
    }

    private func quotas(
        _ period: FiscalPeriod, _ then: JudgedCompany, _ exchange: Exchange, _ instant: Instant
    ) -> [CoverageRecord] {
        let quotas = Quotas(then)
        return then.world.staff.reps.compactMap { rep in
            let subject = Subject(at: instant, owner: rep.name)
            guard isChosen(subject), let quota = quotas.quota(of: then.text(rep.name), in: period) else { return nil }
            return CoverageRecord(
                what: .quota, owner: rep.name, account: -1, deal: -1, amount: quota,
                value: exchange.converted(quota, at: instant), closeDate: nil, fact: noFact, subject: subject)
        }
    }

    private func deals(
        _ days: Range<CivilDate>, _ then: JudgedCompany, _ exchange: Exchange, _ instant: Instant
    ) -> [CoverageRecord] {
        let start = then.zone.startOfDay(days.lowerBound)
        return then.outcome.accounts.flatMap { account in
            account.deals.compactMap { deal -> CoverageRecord? in
                guard let last = deal.changes.last, last.state != .ignored else { return nil }
                let subject = Subject(
                    at: last.instant, person: deal.credited, owner: last.owner, deal: deal, kind: then.kind(of: deal))
                guard isChosen(subject) else { return nil }
                let wonAt = deal.closing.flatMap { last.state == .won && $0.instant >= start ? $0.instant : nil }
                guard wonAt != nil || then.counts(deal, after: last, in: days) else { return nil }
                let amount = wonAt == nil ? agreement.pipelineValue(after: last) : last.money
                return CoverageRecord(
                    what: wonAt == nil ? .pipeline : .won, owner: last.owner, account: account.account,
                    deal: deal.record, amount: amount,
                    value: amount.map { exchange.converted($0, at: wonAt ?? instant) }, closeDate: last.closeDate,
                    fact: last.fact, subject: subject)
            }
        }
    }

    /// The share of a quota that a team is to have as pipeline, and whether the agreement says so.
    func multiple(ofTeam team: String) -> (multiple: Number, isAgreed: Bool) {
        guard let coverage = agreement.pipeline.coverage else { return (Number(mantissa: 25, scale: 1), false) }
        let exception = coverage.exceptions.first { $0.team == team }
        return ((exception?.multiple ?? coverage.multiple).value, true)
    }
}

extension JudgedCompany {
    func counts(_ deal: DealOutcome, after change: DealOutcome.Change, in days: Range<CivilDate>) -> Bool {
        let bound = world.versions.last { $0.from <= world.until } ?? world.versions[0]
        return bound.countsAsPipeline(deal, after: change, in: days, world.history)
    }
}
