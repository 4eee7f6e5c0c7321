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
    /// Its place in the journal.
    let fact: ReportValue
    /// By the segment that was asked for, else by rep, as then known.
    let group: String
}

/// A period, the instant at which it is looked at, and what was known then.
struct CoverageMoment: Sendable {
    let period: FiscalPeriod
    let days: Range<CivilDate>
    let instant: Instant
    let records: [CoverageRecord]
}

extension Inquiry {
    /// The company's deals just before an instant: what happens at the instant itself belongs to the period that begins with
    /// it.
    func deals(before instant: Instant) -> JudgedCompany {
        company.dealsAsKnown(at: min(instant, world.until) - Elapsed(milliseconds: 1))
    }

    /// Quotas, pipeline and wins of a period with what was known at an instant.
    func moment(_ period: FiscalPeriod, _ days: Range<CivilDate>, at instant: Instant) -> CoverageMoment {
        let then = deals(before: instant)
        let inquiry = put(to: then)
        let exchange = Exchange(then)
        let records =
            inquiry.quotas(period, exchange, instant) + inquiry.deals(days, exchange, instant)
        return CoverageMoment(period: period, days: days, instant: instant, records: records)
    }

    private func quotas(
        _ period: FiscalPeriod, _ exchange: Exchange, _ instant: Instant
    ) -> [CoverageRecord] {
        let quotas = Quotas(company)
        return world.staff.reps.compactMap { rep in
            let subject = Subject(at: instant, owner: rep.name)
            guard isChosen(subject), let quota = quotas.quota(of: company.text(rep.name), in: period) else {
                return nil
            }
            return CoverageRecord(
                what: .quota, owner: rep.name, account: -1, deal: -1, amount: quota,
                value: exchange.converted(quota, at: instant), closeDate: nil, fact: .nothing, group: group(subject))
        }
    }

    private func deals(
        _ days: Range<CivilDate>, _ exchange: Exchange, _ instant: Instant
    ) -> [CoverageRecord] {
        let start = company.zone.startOfDay(days.lowerBound)
        return outcome.accounts.flatMap { account in
            account.deals.compactMap { deal -> CoverageRecord? in
                guard let last = deal.changes.last, last.state != .ignored else { return nil }
                let subject = Subject(
                    at: last.instant, person: deal.credited, owner: last.owner, deal: deal,
                    kind: company.kind(of: deal))
                guard isChosen(subject) else { return nil }
                let wonAt = deal.closing.flatMap { last.state == .won && $0.instant >= start ? $0.instant : nil }
                guard wonAt != nil || company.counts(deal, after: last, in: days) else { return nil }
                let amount = wonAt == nil ? agreement.pipelineValue(after: last) : last.money
                return CoverageRecord(
                    what: wonAt == nil ? .pipeline : .won, owner: last.owner, account: account.account,
                    deal: deal.record, amount: amount,
                    value: amount.map { exchange.converted($0, at: wonAt ?? instant) }, closeDate: last.closeDate,
                    fact: company.fact(last.fact), group: group(subject))
            }
        }
    }

    private func group(_ subject: Subject) -> String { segmentName(subject) ?? company.repName(subject.owner) }

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
