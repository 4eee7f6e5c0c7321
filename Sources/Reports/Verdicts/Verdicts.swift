internal import Agreement
internal import Engine
internal import Vocabulary

extension ReportDefinition {
    /// What became of what was handed over, in the receiver's own words.
    static let verdicts = ReportDefinition(
        "verdicts", "Verdicts",
        answers: "What the receivers said of the leads they were handed, and for which reasons.",
        options: [.period, .from, .to, .by, .segment, .team, .stage, .passes],
        formulas: [
            Formula(
                "acceptance",
                "accepted / (accepted + rejected), each receiver's last word on a hand-over; what nobody has said anything about "
                    + "is in neither; accepted includes silence and deed, which stand beside it",
                source: "semantics, section 7: hand-overs; acceptance", sql: PublishedSQL.acceptance),
            Formula(
                "returned later", "rejected after they counted as accepted; part of the rejected",
                source: "semantics, section 4: a later rejection is a return", sql: PublishedSQL.secondThoughts),
            Formula(
                "passed on", "rejected for a reason that gives the lead to another owner, whose turn is counted too",
                source: "semantics, section 4", sql: PublishedSQL.secondThoughts),
            Formula(
                "mean mark", "sum of the marks / acceptances that carry one",
                source: "semantics, section 7: mean quality mark", sql: PublishedSQL.meanMark),
            Formula(
                "qualified",
                "of those decided, whose pass came to the stage of the promise to qualify, else to the next",
                source: "semantics, section 7: share qualified", sql: PublishedSQL.qualifiedByMark),
        ]
    ) { inquiry throws(ReportProblem) in
        let stages = try inquiry.handOverStages()
        let table = inquiry.table(inquiry.decisions(at: stages))
        return Found(
            population: "hand-overs that were ready in the window, with each receiver's turn",
            measure: "what the receiver said, by silence and by deed apart",
            sections: [table.answers(inquiry, stages), table.reasons(inquiry), table.marks()],
            warnings: inquiry.warnings(table.records))
    }
}

extension Inquiry {
    fileprivate func table(_ records: [Decision]) -> Tabulation<Decision> {
        let company = company
        let names = agreement.stages.map(\.name)
        return Tabulation(
            records,
            listing: [
                Listed("who", "who", .text) { .text(company.personName($0.person)) },
                Listed("account", "account", .text) { .text(company.accountName($0.account)) },
                Listed("stage", "stage", .text) { .text(names[$0.stage]) },
                Listed("pass", "pass", .count) { .count(Int($0.pass)) },
                Listed("receiver", "receiver", .text) { .text(company.repName($0.subject.owner)) },
                Listed("ready", "handed over", .instant) { .instant($0.ready) },
                Listed("answer", "answer", .text) { .text($0.answer.rawValue) },
                Listed("manner", "said by", .text) { $0.manner.map { .text("\($0)") } ?? .nothing },
                Listed("decided", "decided", .instant) { ReportValue($0.decided) },
                Listed("reason", "reason", .text) { .text(company.text($0.reason)) },
                Listed("mark", "mark", .number) { ReportValue($0.mark.flatMap { Ratio(Int128($0), 1_000_000) }) },
                Listed("ruling", "dispute", .text) { $0.ruling.map { .text($0.words) } ?? .nothing },
                Listed("fact", "fact", .fact) { company.fact($0.fact) },
            ])
    }

    fileprivate func warnings(_ decisions: [Decision]) -> [ReportWarning] {
        if decisions.isEmpty { return [.noRecords] }
        let astray = outcome.accounts.flatMap(\.conflicts).count {
            $0.what == .verdictWithoutHandOver && isInWindow($0.instant)
        }
        let silent = decisions.count { $0.manner == .silence }
        return [
            astray > 0
                ? ReportWarning(
                    "verdict-without-hand-over",
                    "\(astray) verdicts are about nobody who was handed over then and are not counted") : nil,
            silent > 0
                ? ReportWarning("by-silence", "\(silent) count by silence alone: nobody has looked at them") : nil,
            decisions.count < 20 ? .smallNumbers(20) : nil,
        ].compactMap { $0 }
    }
}

extension Tabulation where Record == Decision {
    fileprivate func answers(_ inquiry: Inquiry, _ stages: [Int]) -> ReportSection {
        let measures: [Measure<Decision>] = [
            .count("turns", "handed over"),
            .count("first", "first time") { $0.pass <= 1 },
            .count("again", "again") { $0.pass > 1 },
            .count("accepted", "accepted") { $0.answer == .accepted },
            .count("silence", "by silence") { $0.answer == .accepted && $0.manner == .silence },
            .count("deed", "by deed") { $0.answer == .accepted && $0.manner == .deed },
            .count("rejected", "rejected") { $0.answer == .rejected },
            .count("returned", "returned later") { $0.isReturn },
            .count("passed_on", "passed on") { $0.isPassedOn },
            .count("undecided", "undecided") { !$0.isDecided },
            .share("acceptance", "acceptance", { $0.answer == .accepted }, of: { $0.isDecided }),
            .meanMark,
            .count("disputed", "disputed") { $0.ruling != nil },
            .count("overturned", "overturned") { $0.ruling == .overturned },
        ]
        if inquiry.segment != nil {
            return section("verdicts", "Verdicts", by: inquiry, measures) { $0.subject }
        }
        let groups = stages.map { stage in
            (name: inquiry.agreement.stages[stage].name, members: all.filter { records[Int($0)].stage == stage })
        }
        return section("verdicts", "Verdicts", rowsAre: "stage", groups: groups, measures)
    }

    /// Reasons of rejections, those of the agreement first, in its order.
    fileprivate func reasons(_ inquiry: Inquiry) -> ReportSection {
        let rejected = all.filter { records[Int($0)].answer == .rejected }
        let names = rejected.map { inquiry.company.text(records[Int($0)].reason, none: unsaid) }
        let agreed = inquiry.agreement.verdicts.rejectReasons
        let others = Set(names).subtracting(agreed.map(\.name)).sorted()
        let groups = (agreed.map(\.name) + others).map { reason in
            (name: reason, members: zip(rejected, names).filter { $0.1 == reason }.map(\.0))
        }
        let outcomes = Dictionary(agreed.map { ($0.name, $0.leadsTo.value.words) }) { first, _ in first }
        let company = inquiry.company
        let measures: [Measure<Decision>] = [
            .count("rejected", "rejected"),
            .statistic("leads_to", "leads to", .text) { rejections in
                guard let first = rejections.first else { return .nothing }
                return .text(outcomes[company.text(first.reason, none: unsaid)] ?? "not agreed")
            },
            .count("returned", "returned later") { $0.isReturn },
            .count("disputed", "disputed") { $0.ruling != nil },
            .count("upheld", "upheld") { $0.ruling == .upheld || $0.ruling == .upheldForWantOfRuling },
        ]
        let rows = groups.map { row($0.name, $0.name, $0.members, measures) }
        return ReportSection(
            key: "reasons", title: "Reasons of rejections", rowsAre: "reason", columns: measures.map(\.column),
            rows: rows + [row(ReportRow.total, "all", isTotal: true, rejected, measures)], records: list)
    }

    /// What became of acceptances, by the mark they carry.
    fileprivate func marks() -> ReportSection {
        let accepted = all.filter { records[Int($0)].answer == .accepted }
        let marks = Set(accepted.compactMap { records[Int($0)].mark }).sorted()
        let measures: [Measure<Decision>] = [
            .count("accepted", "accepted"),
            .share("qualified", "qualified", { $0.isQualified }),
        ]
        let rows = marks.map { mark in
            let name = Ratio(Int128(mark), 1_000_000, decimals: mark % 1_000_000 == 0 ? 0 : 2).map { "\($0)" } ?? ""
            return row(name, name, accepted.filter { records[Int($0)].mark == mark }, measures)
        }
        let without = row("none", "without a mark", accepted.filter { records[Int($0)].mark == nil }, measures)
        return ReportSection(
            key: "marks", title: "Marks of acceptances", rowsAre: "mark", columns: measures.map(\.column),
            rows: rows + [without, row(ReportRow.total, "all", isTotal: true, accepted, measures)], records: list)
    }
}

extension Measure where Record == Decision {
    fileprivate static var meanMark: Measure {
        .statistic("mark", "mean mark", .number, of: { $0.answer == .accepted && $0.mark != nil }) { marked in
            let sum = marked.reduce(Int128(0)) { $0 + Int128($1.mark ?? 0) }
            return ReportValue(Ratio(sum, Int128(marked.count) * 1_000_000))
        }
    }
}

extension Engine.Dispute.Ruling {
    fileprivate var words: String {
        switch self {
        case .pending: "pending"
        case .upheld: "upheld"
        case .overturned: "overturned"
        case .upheldForWantOfRuling: "upheld, for want of a ruling"
        }
    }
}
