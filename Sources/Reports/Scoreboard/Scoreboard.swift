internal import Agreement
internal import Engine
internal import Vocabulary

extension ReportDefinition {
    /// Both sides' promises on one page.
    static let scoreboard = ReportDefinition(
        "scoreboard", "Scoreboard",
        answers: "How many of the promises to each other both sides kept, this period and before.",
        options: [.period, .from, .to, .team, .segment, .passes],
        formulas: [
            Formula(
                "commitments kept",
                "promises that were kept in their period / promises that were due in it; one promise, one vote, of whichever side; "
                    + "what is running, and what cannot be measured, stands beside",
                source: "semantics, section 7: commitments kept"),
            Formula(
                "kept",
                "a promise about every lead where none that fell due in the month was missed; a share or a volume where it was "
                    + "reached; one for each team or rep where it was for all of them",
                source: "clauses of promises"),
            Formula(
                "outlook",
                "of a period that is not over: at risk where less of a volume has come than of the period is over, or where "
                    + "anything else would not be kept if it ended now",
                source: "clauses of promises"),
            Formula(
                "plan", "entrants of the window that reached the stage so far / entrants; won / (won + lost)",
                source: "semantics, section 7: cohort conversion; win rate"),
        ]
    ) { inquiry throws(ReportProblem) in
        let commitments = Commitments(inquiry)
        let votes = inquiry.votes(commitments)
        return Found(
            population: "each promise of the agreement in each whole fiscal period that begins in the window",
            measure: "promises kept / promises due",
            sections: [
                votes.sides(), inquiry.promises(commitments), votes.trend(commitments.all),
                inquiry.planned(),
            ],
            warnings: (commitments.all.isEmpty ? [.noRecords] : []) + commitments.warnings)
    }
}

extension Inquiry {
    fileprivate func votes(_ commitments: Commitments) -> Tabulation<Commitment> {
        Tabulation(
            commitments.all,
            listing: [
                Listed("side", "side", .text) { .text($0.side.rawValue) },
                Listed("promise", "promise", .text) { .text($0.promise) },
                Listed("period", "period", .text) { .text($0.period.name) },
                Listed("promised", "promised", .text) { .text($0.promised) },
                Listed("achieved", "achieved", .text) { .text($0.achieved.value.description) },
                Listed("state", "state", .text) { .text($0.state.words) },
            ])
    }
}

private let voteMeasures: [Measure<Commitment>] = [
    .count("due", "due") { $0.isDue },
    .count("kept", "kept") { $0.state == .kept },
    .share("share", "commitments kept", { $0.state == .kept }, of: { $0.isDue }),
    .count("running", "running") { $0.state == .running },
    .count("unmeasured", "not measured") { $0.isUnmeasured },
]

extension Commitment {
    fileprivate var isUnmeasured: Bool {
        if case .unmeasured = state { return true }
        return false
    }
}

extension Tabulation where Record == Commitment {
    fileprivate func sides() -> ReportSection {
        let groups = [Party.marketing, .sales].map { side in
            (name: side.rawValue, members: all.filter { records[Int($0)].side == side })
        }
        return section("kept", "Commitments kept", rowsAre: "side", groups: groups, total: "both", voteMeasures)
    }

    /// Month by month; what is promised for longer stands in the month in which its period ends.
    fileprivate func trend(_ commitments: [Commitment]) -> ReportSection {
        let months = commitments.filter { $0.period.dayCount <= 31 }.map(\.period)
        let periods = Set(months).sorted { $0.from < $1.from }
        let measures: [Measure<Commitment>] = [
            .share("marketing", "marketing", { $0.state == .kept }, of: { $0.isDue && $0.side == .marketing }),
            .share("sales", "sales", { $0.state == .kept }, of: { $0.isDue && $0.side == .sales }),
            .share("both", "both", { $0.state == .kept }, of: { $0.isDue }),
        ]
        let rows = periods.map { month in
            row(month.name, month.name, all.filter { month.days.contains(records[Int($0)].period.lastDay) }, measures)
        }
        return ReportSection(
            key: "trend", title: "Commitments kept, period by period", rowsAre: "period",
            columns: measures.map(\.column),
            rows: rows, records: list)
    }
}

extension PromisePeriod {
    fileprivate var lastDay: CivilDate { days.upperBound.adding(days: -1) }
}

// MARK: Promise by promise

extension Inquiry {
    /// Each promise with its last two periods that were due, marketing's first.
    fileprivate func promises(_ commitments: Commitments) -> ReportSection {
        let table = commitmentTable(commitments.records)
        // Both sides may have promised by one clause.
        let grouped = Dictionary(grouping: commitments.all) { [$0.side.rawValue, $0.promise] }
        let sorted = grouped.values.sorted { a, b in
            (a[0].side == .marketing ? 0 : 1, a[0].promise) < (b[0].side == .marketing ? 0 : 1, b[0].promise)
        }
        let rows = sorted.map { periods in
            let due = periods.filter(\.isDue)
            let kept = due.count { $0.state == .kept }
            let latest = due.last ?? periods[periods.count - 1]
            let before = due.count > 1 ? due[due.count - 2] : nil
            let now = periods.last { $0.state == .running }
            func text(_ text: String) -> Cell { Cell(.text(text), of: [], .statistic) }
            func achieved(_ commitment: Commitment?) -> Cell {
                guard let commitment, commitment.achieved != .nothing else { return Cell(.nothing, of: [], .statistic) }
                return Cell(.text(commitment.achieved.value.description), of: commitment.members, .statistic)
            }
            let all = due.flatMap(\.members)
            return ReportRow(
                key: latest.promise.hasPrefix("promises.")
                    ? latest.promise : "\(latest.side.rawValue)-\(latest.promise)",
                name: latest.promise, isTotal: false,
                cells: [
                    text(latest.side.rawValue), text(latest.promised),
                    Cell(.text("\(kept) of \(due.count)"), of: all, .statistic), text(latest.period.name),
                    achieved(latest), text(latest.state.words), achieved(before),
                    now.map { text($0.period.name) } ?? Cell(.nothing, of: [], .statistic), achieved(now),
                    now?.outlook.map(text) ?? Cell(.nothing, of: [], .statistic),
                ])
        }
        let columns = [
            ("side", "side"), ("promised", "promised"), ("kept", "periods kept"), ("period", "last period"),
            ("achieved", "achieved"), ("state", "state"), ("before", "before"), ("running", "running period"),
            ("so_far", "so far"), ("outlook", "outlook"),
        ].map { ReportColumn(key: $0.0, title: $0.1, kind: .text) }
        return ReportSection(
            key: "promises", title: "Promise by promise", rowsAre: "promise", columns: columns, rows: rows,
            records: table.list)
    }
}
