internal import Agreement
internal import Engine
internal import Vocabulary

extension ReportDefinition {
    /// What became of the pipeline between two dates.
    static let pipeline = ReportDefinition(
        "pipeline", "Pipeline",
        answers: "From what the pipeline was to what it is: new, won, lost, moved, grown, shrunk, reopened.",
        options: [.period, .from, .to, .by, .segment, .team, .kind],
        formulas: [
            Formula(
                "opening, closing",
                "the value of the deals that count by the clause `pipeline.counts` when the window begins, ends",
                source: "semantics, section 7: pipeline", sql: PublishedSQL.pipeline),
            Formula(
                "new … lost",
                "each deal's value at the end, or at the beginning where it counts no more; what was opened and closed within the "
                    + "window comes in as new and goes out as won or lost",
                source: "features F42"),
            Formula(
                "moved", "began or ceased to count though it is open: its close date or kind changed",
                source: "features F42"),
            Formula(
                "closing", "opening + new + reopened + moved in + grown − shrunk − moved out − won − lost",
                source: "features F42", sql: PublishedSQL.pipeline),
        ]
    ) { inquiry throws(ReportProblem) in
        let steps = inquiry.waterfall()
        let table = inquiry.table(steps)
        var sections = [table.waterfall()]
        if inquiry.segment != nil {
            sections.append(table.section("segments", "By segment", by: inquiry, stepMeasures) { $0.subject })
        }
        return Found(
            population:
                "deals that count as pipeline of \(inquiry.days.lowerBound) to \(inquiry.days.upperBound.adding(days: -1))",
            measure: "their value when the window begins and when it ends, at the rates of its end",
            sections: sections,
            warnings: steps.isEmpty ? [.noRecords] : moneyWarnings(steps.map { ($0.amount, $0.value) }))
    }
}

/// What one deal adds to the pipeline, or takes from it.
struct PipelineStep: Hashable, Sendable {
    enum Step: String, CaseIterable, Hashable, Sendable {
        case opening, new, reopened
        case movedIn = "moved in"
        case grown, shrunk
        case movedOut = "moved out"
        case won, lost, closing

        var key: String { rawValue.replacing(" ", with: "_") }
    }

    let step: Step
    let account: Int32
    /// A text.
    let deal: Int32
    /// In the deal's currency, with its sign.
    let amount: Money?
    /// In the company's, where a rate is known.
    let value: Money?
    let fact: Int32
    let subject: Subject
}

extension Inquiry {
    /// Every step of every deal, step by step.
    fileprivate func waterfall() -> [PipelineStep] {
        let start = company.zone.startOfDay(days.lowerBound)
        let exchange = Exchange(company)
        let steps = outcome.accounts.flatMap { account in
            account.deals.flatMap { deal -> [PipelineStep] in
                guard let last = deal.changes.last, last.state != .ignored else { return [] }
                let subject = Subject(
                    at: last.instant, person: deal.credited, owner: last.owner, deal: deal, kind: company.kind(of: deal)
                )
                guard isChosen(subject) else { return [] }
                return self.steps(of: deal, from: start, to: to).map { step, amount, fact in
                    PipelineStep(
                        step: step, account: account.account, deal: deal.record, amount: amount,
                        value: amount.map { exchange.converted($0, at: to) }, fact: fact, subject: subject)
                }
            }
        }
        return PipelineStep.Step.allCases.flatMap { step in steps.filter { $0.step == step } }
    }

    /// What happens at an instant belongs to the window that begins with it.
    private func steps(
        of deal: DealOutcome, from start: Instant, to end: Instant
    ) -> [(PipelineStep.Step, Money?, Int32)] {
        guard let last = deal.changes.last(where: { $0.instant < end }) else { return [] }
        let first = deal.changes.last { $0.instant < start }
        let opening = first.flatMap { company.counts(deal, after: $0, in: days) ? $0 : nil }
        let closing = company.counts(deal, after: last, in: days) ? last : nil
        let ends = [
            opening.map { (PipelineStep.Step.opening, worth($0), $0.fact) },
            closing.map { (PipelineStep.Step.closing, worth($0), $0.fact) },
        ].compactMap { $0 }
        return ends + between(deal, first, opening, closing, last, start)
    }

    private func between(
        _ deal: DealOutcome, _ first: DealOutcome.Change?, _ opening: DealOutcome.Change?,
        _ closing: DealOutcome.Change?, _ last: DealOutcome.Change, _ start: Instant
    ) -> [(PipelineStep.Step, Money?, Int32)] {
        switch (opening, closing) {
        case (nil, let closing?): return [(comingIn(first), worth(closing), closing.fact)]
        case (let opening?, nil): return [(goingOut(last), worth(opening)?.negated, last.fact)]
        case (let opening?, let closing?): return change(worth(opening), worth(closing), closing.fact)
        case (nil, nil):
            // Opened and closed within the window.
            guard first == nil, last.state == .won || last.state == .lost else { return [] }
            guard let open = deal.changes.last(where: { $0.instant <= last.instant && $0.state == .open }),
                company.counts(deal, after: open, in: days)
            else { return [] }
            return [(.new, worth(open), open.fact), (goingOut(last), worth(open)?.negated, last.fact)]
        }
    }

    private func worth(_ change: DealOutcome.Change) -> Money? { agreement.pipelineValue(after: change) }

    private func comingIn(_ first: DealOutcome.Change?) -> PipelineStep.Step {
        guard let first else { return .new }
        return first.state == .open ? .movedIn : .reopened
    }

    private func goingOut(_ last: DealOutcome.Change) -> PipelineStep.Step {
        last.state == .won ? .won : last.state == .lost ? .lost : .movedOut
    }

    /// An amount that became known adds all of it.
    private func change(_ before: Money?, _ after: Money?, _ fact: Int32) -> [(PipelineStep.Step, Money?, Int32)] {
        guard before != after else { return [] }
        guard let before, let after, before.currency == after.currency else {
            return [before.map { (.shrunk, $0.negated, fact) }, after.map { (.grown, $0, fact) }].compactMap { $0 }
        }
        let difference = Money(minorUnits: after.minorUnits - before.minorUnits, currency: after.currency)
        return [(difference.minorUnits > 0 ? .grown : .shrunk, difference, fact)]
    }

    fileprivate func table(_ steps: [PipelineStep]) -> Tabulation<PipelineStep> {
        let company = company
        return Tabulation(
            steps,
            listing: [
                Listed("step", "step", .text) { .text($0.step.rawValue) },
                Listed("deal", "deal", .text) { .text(company.text($0.deal)) },
                Listed("account", "account", .text) { .text(company.accountName($0.account)) },
                Listed("owner", "owner", .text) { .text(company.repName($0.subject.owner)) },
                Listed("kind", "kind", .text) { .text(company.text($0.subject.kind)) },
                Listed("amount", "amount", .money) { ReportValue($0.amount) },
                Listed("value", "value", .money) { ReportValue($0.value) },
                Listed("fact", "fact", .fact) { company.fact($0.fact) },
            ])
    }
}

extension Money {
    fileprivate var negated: Money { Money(minorUnits: -minorUnits, currency: currency) }
}

extension Tabulation where Record == PipelineStep {
    fileprivate func waterfall() -> ReportSection {
        let measures: [Measure<PipelineStep>] = [
            .count("deals", "deals"), .sum("value", "value", ofListed: "value") { $0.value },
        ]
        let rows = PipelineStep.Step.allCases.map { step in
            row(step.key, step.rawValue, all.filter { records[Int($0)].step == step }, measures)
        }
        return ReportSection(
            key: "waterfall", title: "From opening to closing", rowsAre: "step", columns: measures.map(\.column),
            rows: rows, records: list)
    }
}

private let stepMeasures: [Measure<PipelineStep>] = PipelineStep.Step.allCases.map { step in
    .sum(step.key, step.rawValue, ofListed: "value") { $0.step == step ? $0.value : nil }
}
