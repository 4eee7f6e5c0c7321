internal import Agreement
internal import Engine
internal import Vocabulary

struct DealRow: Sendable {
    let account: Int32
    let deal: DealOutcome
    let record: DealRecord?
}

struct DealChangeRow: Sendable {
    let account: Int32
    let deal: DealOutcome
    let change: DealOutcome.Change
    let number: Int64
    /// Counts as pipeline of a period in which its close date lies; of one in which it does not.
    let countsIfDue: Bool
    let countsOtherwise: Bool
    let value: Money?
}

extension OutcomeTable {
    static let deal = OutcomeTable(
        "deal", "A deal as it stands.",
        fields: { (fields: inout TableFields<DealRow>) in
            fields.text("deal", "the deal's record") { $1.text($0.deal.record) }
            fields.text("account", "the account") { record, source in source.company.accountName(record.account) }
            fields.text("pipeline", "in the CRM's words") { $1.text($0.deal.pipeline) }
            fields.text("kind", "as the agreement calls it") { record, source in
                source.text(source.company.kind(of: record.deal))
            }
            fields.text("state", "open, won, lost or ignored") { record, _ in "\(record.deal.state)" }
            fields.instant("opened", "the first that is known of it") { record, _ in record.deal.changes.first?.instant
            }
            fields.instant("closed", "when it was won or lost, where it is") { record, _ in record.deal.closing?.instant
            }
            fields.instant("changed", "when it last changed") { record, _ in record.deal.changes.last?.instant }
            fields.text("stage", "in the CRM's words") { $1.text($0.deal.changes.last?.stage ?? -1) }
            fields.money("amount", "what it is worth") { record, _ in record.deal.changes.last?.money }
            fields.money("value", "the same in the company's currency, where a rate is known") { record, _ in
                record.record?.value
            }
            fields.text("close_date", "when it is expected to close") { record, _ in
                record.deal.changes.last?.closeDate.map { CivilDate(daysSinceEpoch: $0).description }
            }
            fields.text("owner", "whose it is") { $1.text($0.deal.changes.last?.owner ?? -1) }
            fields.text("credited", "the person it is credited to") { $1.person($0.deal.credited) }
            fields.text("origin", "handed over, sales-generated, partner, product or referral") { record, source in
                source.origins.origin(of: record.deal, in: record.account).rawValue
            }
            fields.integer("persons", "how many persons are on it") { record, _ in Int64(record.deal.persons.count) }
            fields.integer("fact", "the fact that last changed it") { $1.fact($0.deal.changes.last?.fact ?? noFact) }
        }
    ) { source in
        source.company.outcome.accounts.flatMap { account in
            account.deals.map { deal in
                let record = source.company.record(
                    of: deal, account.account, at: source.world.until, source.exchange, source.origins)
                return DealRow(account: account.account, deal: deal, record: record)
            }
        }
    }

    static let dealChange = OutcomeTable(
        "deal_change", "A deal as it stood from an instant on.",
        fields: { (fields: inout TableFields<DealChangeRow>) in
            fields.text("deal", "the deal's record") { $1.text($0.deal.record) }
            fields.integer("number", "the change's place, from 1") { record, _ in record.number }
            fields.instant("changed", "from when on") { record, _ in record.change.instant }
            fields.instant("known", "when its source first held it") { record, _ in record.change.known }
            fields.text("what", "opened, changed, won, lost or reopened") { record, _ in "\(record.change.what)" }
            fields.text("state", "open, won, lost or ignored") { record, _ in "\(record.change.state)" }
            fields.text("stage", "in the CRM's words") { $1.text($0.change.stage) }
            fields.money("amount", "what it was worth") { record, _ in record.change.money }
            fields.money("pipeline", "what it counted for by the clause pipeline.value") { record, _ in record.value }
            fields.text("close_date", "when it was expected to close") { record, _ in
                record.change.closeDate.map { CivilDate(daysSinceEpoch: $0).description }
            }
            fields.flag("counts_if_due", "counts by pipeline.counts for a period in which the close date lies") {
                record, _ in
                record.countsIfDue
            }
            fields.flag("counts_otherwise", "counts by pipeline.counts for a period in which it does not") {
                record, _ in
                record.countsOtherwise
            }
            fields.text("owner", "whose it was") { $1.text($0.change.owner) }
            fields.integer("fact", "the fact that changed it") { $1.fact($0.change.fact) }
        }
    ) { DealChangeRow.all($0) }
}

extension DealChangeRow {
    static func all(_ source: TableSource) -> [DealChangeRow] {
        let company = source.company
        let never = CivilDate(daysSinceEpoch: .min)..<CivilDate(daysSinceEpoch: .min)
        return company.outcome.accounts.flatMap { account in
            account.deals.flatMap { deal in
                deal.changes.enumerated().map { number, change in
                    let due = change.closeDate.map {
                        CivilDate(daysSinceEpoch: $0)..<CivilDate(daysSinceEpoch: $0).adding(days: 1)
                    }
                    return DealChangeRow(
                        account: account.account, deal: deal, change: change, number: Int64(number + 1),
                        countsIfDue: company.counts(deal, after: change, in: due ?? never),
                        countsOtherwise: company.counts(deal, after: change, in: never),
                        value: company.agreement.pipelineValue(after: change))
                }
            }
        }
    }
}
