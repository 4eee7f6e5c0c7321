internal import Agreement
internal import Engine
internal import Vocabulary

extension ReportDefinition {
    /// What comes back to marketing, and what becomes of it.
    static let recycling = ReportDefinition(
        "recycling", "Recycling",
        answers: "What came back after it was handed over, why and when, and what became of it.",
        options: [.period, .from, .to, .by, .segment, .team, .stage, .within, .passes],
        formulas: [
            Formula(
                "recycle rate", "passes that went into a detour that leads back / passes handed over",
                source: "semantics, section 7: recycle rate, recovery", sql: PublishedSQL.recycleRate),
            Formula(
                "recovery",
                "of the recycled that left longer ago than the horizon, those handed over again within it; ever where no horizon "
                    + "is given",
                source: "semantics, section 7: recycle rate, recovery", sql: PublishedSQL.recovery),
            Formula(
                "time away",
                "from leaving to coming back, median; who is still away waits at least until now (Kaplan–Meier)",
                source: "semantics, section 7", sql: PublishedSQL.timeAway),
        ]
    ) { inquiry throws(ReportProblem) in
        let stages = try inquiry.handOverStages()
        let table = inquiry.table(inquiry.handedPasses(at: stages))
        let horizon = inquiry.request[.within].flatMap { inquiry.horizon == nil ? nil : $0 }
        return Found(
            population: "passes that were handed over in the window, each once",
            measure: "who went back to marketing, and was handed over again "
                + (horizon.map { "within \($0)" } ?? "since"),
            sections: [
                table.passes(inquiry, stages), table.reasons(inquiry.world.until), table.ways(inquiry.world.until),
            ],
            warnings: warnings(table.records, inquiry))
    }
}

extension Inquiry {
    fileprivate func table(_ records: [HandedPass]) -> Tabulation<HandedPass> {
        let company = company
        let names = agreement.stages.map(\.name)
        return Tabulation(
            records,
            listing: [
                Listed("who", "who", .text) { .text(company.personName($0.person)) },
                Listed("account", "account", .text) { .text(company.accountName($0.account)) },
                Listed("stage", "stage", .text) { .text(names[$0.stage]) },
                Listed("pass", "pass", .count) { .count(Int($0.pass)) },
                Listed("owner", "owner", .text) { .text(company.repName($0.subject.owner)) },
                Listed("handed", "handed over", .instant) { .instant($0.handedOver) },
                Listed("left", "left", .instant) { ReportValue($0.left) },
                Listed("detour", "into", .text) { $0.detour.isEmpty ? .nothing : .text($0.detour) },
                Listed("why", "why", .text) { $0.why.isEmpty ? .nothing : .text($0.why) },
                Listed("leaving", "fact", .fact) { company.fact($0.leftFact) },
                Listed("back", "came back", .instant) { ReportValue($0.cameBack) },
                Listed("by", "by", .text) { $0.broughtBackBy.isEmpty ? .nothing : .text($0.broughtBackBy) },
                Listed("coming", "fact", .fact) { company.fact($0.backFact) },
                Listed("again", "handed over again", .instant) { ReportValue($0.handedOverAgain) },
                Listed("accepted", "accepted again", .flag) { .flag($0.isAcceptedAgain) },
                Listed("won", "won again", .flag) { .flag($0.isWonAgain) },
            ])
    }
}

extension Tabulation where Record == HandedPass {
    fileprivate func passes(_ inquiry: Inquiry, _ stages: [Int]) -> ReportSection {
        let measures: [Measure<HandedPass>] =
            [
                .count("handed", "handed over"),
                .count("recycled", "recycled") { $0.isRecycled },
                .share("rate", "recycle rate", { $0.isRecycled }),
                .count("out", "out for good") { $0.left != nil && !$0.isRecycled },
            ] + comingBack(inquiry.world.until)
        if inquiry.segment != nil {
            return section("passes", "Passes that were handed over", by: inquiry, measures) { $0.subject }
        }
        let groups = stages.map { stage in
            (name: inquiry.agreement.stages[stage].name, members: all.filter { records[Int($0)].stage == stage })
        }
        return section("passes", "Passes that were handed over", rowsAre: "stage", groups: groups, measures)
    }

    fileprivate func reasons(_ until: Instant) -> ReportSection {
        recycled("reasons", "Why they were recycled", rowsAre: "reason", until) { $0.why }
    }

    /// What brought them back.
    fileprivate func ways(_ until: Instant) -> ReportSection {
        recycled("ways", "What brought them back", rowsAre: "clause", until) {
            $0.cameBack == nil ? "still away" : $0.broughtBackBy
        }
    }

    /// The recycled by a name each, the most frequent first.
    private func recycled(
        _ key: String, _ title: String, rowsAre: String, _ until: Instant, _ name: (HandedPass) -> String
    ) -> ReportSection {
        let recycled = all.filter { records[Int($0)].isRecycled }
        let measures: [Measure<HandedPass>] = [.count("recycled", "recycled")] + comingBack(until)
        let groups = Dictionary(grouping: recycled) { name(records[Int($0)]) }
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        let rows = groups.map { row($0.key, $0.key, $0.value, measures) }
        return ReportSection(
            key: key, title: title, rowsAre: rowsAre, columns: measures.map(\.column),
            rows: rows + [row(ReportRow.total, "all", isTotal: true, recycled, measures)], records: list)
    }
}

private func comingBack(_ until: Instant) -> [Measure<HandedPass>] {
    [
        .count("back", "came back") { $0.isRecycled && $0.cameBack != nil },
        .share("recovery", "recovery", { $0.isRecovered }, of: { $0.isRecycled && $0.isMature }),
        .quantile("away", "time away", 50) { pass in
            guard pass.isRecycled, let left = pass.left else { return nil }
            return ((pass.cameBack ?? until) - left, pass.cameBack != nil)
        },
        .count("accepted", "accepted again") { $0.isRecycled && $0.isAcceptedAgain },
        .count("won", "won again") { $0.isRecycled && $0.isWonAgain },
    ]
}

private func warnings(_ passes: [HandedPass], _ inquiry: Inquiry) -> [ReportWarning] {
    if passes.isEmpty { return [.noRecords] }
    let immature = passes.count { $0.isRecycled && !$0.isMature }
    return immature > 0 ? [.immature(immature)] : []
}
