internal import Agreement
internal import Engine
internal import Vocabulary

extension ReportDefinition {
    /// How long people wait for the first answer.
    static let response = ReportDefinition(
        "response", "Response", answers: "How long those who were handed over wait for the first response by anyone.",
        options: [.period, .from, .to, .by, .segment, .team, .stage, .passes],
        modes: [
            Mode(
                name: "business",
                meaning: "in the working time of the first owner; of the receiving team, where a queue has it"),
            Mode(name: "physical", meaning: "by the clock on the wall"),
        ],
        formulas: [
            Formula(
                "median, p90",
                "the least wait after which at most half, a tenth, still wait; whoever has no answer yet waits at least until now "
                    + "(Kaplan–Meier)",
                source: "semantics, section 7: response time", sql: PublishedSQL.responseTime),
            Formula(
                "mean of answered", "sum of the waits of the answered / answered: it leaves out who still waits",
                source: "semantics, section 7: response time", sql: PublishedSQL.response),
            Formula(
                "in time", "promises to respond that were kept / kept or missed; running ones are in neither",
                source: "semantics, sections 6 and 7", sql: PublishedSQL.response),
            Formula(
                "qualified",
                "of the hand-overs in the band, those whose pass came to the stage of the promise to qualify, else to the next",
                source: "semantics, section 7: share qualified by response band", sql: PublishedSQL.qualified),
            Formula(
                "from, to", "95 % interval of the share: (k + z²/2 ± z √(k(n − k)/n + z²/4)) / (n + z²), z = 1.96",
                source: "E. B. Wilson, Journal of the American Statistical Association 22 (1927)"),
        ]
    ) { inquiry throws(ReportProblem) in
        let time = WaitingTime(rawValue: inquiry.mode) ?? .business
        let stages = try inquiry.handOverStages()
        let table = inquiry.table(inquiry.responses(to: stages, in: time), time)
        return Found(
            population: "hand-overs that were ready and told of in the window",
            measure: "from told to the first outward touch, not automatic, or meeting booked, in \(time) time",
            sections: [table.waits(inquiry, stages, time), table.bands(time)], warnings: warnings(table.records))
    }
}

extension Inquiry {
    /// The stage that was asked for, else each with a hand-over.
    func handOverStages() throws(ReportProblem) -> [Int] {
        let stages = agreement.stages
        let handingOver = stages.indices.filter { stages[$0].handOver != nil }
        guard let name = try stage(.stage) else { return handingOver }
        guard let found = handingOver.first(where: { stages[$0].name == name }) else {
            let names = handingOver.map { stages[$0].name }
            throw ReportProblem(
                "no-hand-over", "nobody is handed over at stage \(name)",
                remedy: names.isEmpty
                    ? "No stage of the agreement hands over." : "These do: \(names.joined(separator: ", ")).")
        }
        return [found]
    }

    fileprivate func table(_ records: [ResponseRecord], _ time: WaitingTime) -> Tabulation<ResponseRecord> {
        let company = company
        let names = agreement.stages.map(\.name)
        let bands = ResponseBand.all(in: time)
        return Tabulation(
            records,
            listing: [
                Listed("who", "who", .text) { .text(company.personName($0.person)) },
                Listed("account", "account", .text) { .text(company.accountName($0.account)) },
                Listed("stage", "stage", .text) { .text(names[$0.stage]) },
                Listed("pass", "pass", .count) { .count(Int($0.pass)) },
                Listed("owner", "first owner", .text) { .text(company.repName($0.subject.owner)) },
                Listed("told", "told", .instant) { .instant($0.told) },
                Listed("ready", "fact", .fact) { company.fact($0.readyFact) },
                Listed("responded", "responded", .instant) { ReportValue($0.responded) },
                Listed("response", "fact", .fact) { company.fact($0.responseFact) },
                Listed("wait", "wait", .duration) { .duration(HalfMilliseconds($0.wait), time) },
                Listed("band", "band", .text) { $0.band.map { .text(bands[$0].title) } ?? .nothing },
                Listed("in_time", "in time", .flag) { $0.isInTime.map { .flag($0) } ?? .nothing },
                Listed("qualified", "qualified", .flag) { .flag($0.isQualified) },
            ])
    }
}

extension Tabulation where Record == ResponseRecord {
    /// Waits by segment, else by stage.
    fileprivate func waits(_ inquiry: Inquiry, _ stages: [Int], _ time: WaitingTime) -> ReportSection {
        let measures: [Measure<ResponseRecord>] = [
            .count("handed", "handed over"),
            .count("answered", "answered") { $0.responded != nil },
            .count("unanswered", "unanswered") { $0.responded == nil },
            .share("in_time", "in time", { $0.isInTime == true }, of: { $0.isInTime != nil }),
            .quantile("median", "median", 50, in: time) { ($0.wait, $0.responded != nil) },
            .quantile("p90", "p90", 90, in: time) { ($0.wait, $0.responded != nil) },
            .statistic("mean", "mean of answered", .duration, of: { $0.responded != nil }) { records in
                guard !records.isEmpty else { return .nothing }
                let sum = records.reduce(0) { $0 + 2 * $1.wait.milliseconds }
                return .duration(HalfMilliseconds(count: sum / Int64(records.count)), time)
            },
        ]
        if inquiry.segment != nil {
            return section("waits", "Time to the first response", by: inquiry, measures) { $0.subject }
        }
        let groups = stages.map { stage in
            (name: inquiry.agreement.stages[stage].name, members: all.filter { records[Int($0)].stage == stage })
        }
        return section("waits", "Time to the first response", rowsAre: "stage", groups: groups, measures)
    }

    /// Who qualifies, by how soon they were answered.
    fileprivate func bands(_ time: WaitingTime) -> ReportSection {
        let bands = ResponseBand.all(in: time)
        let measures: [Measure<ResponseRecord>] = [
            .count("handed", "handed over"),
            .share("qualified", "qualified", { $0.isQualified }),
            .statistic("low", "from %", .number) {
                ReportValue(Interval($0.count { $0.isQualified }, of: $0.count)?.low)
            },
            .statistic("high", "to %", .number) {
                ReportValue(Interval($0.count { $0.isQualified }, of: $0.count)?.high)
            },
        ]
        let answered = bands.enumerated().map { number, band in
            row(band.key, "within \(band.title)", all.filter { records[Int($0)].band == number }, measures)
        }
        let later = bands.indices.last.map { answered[$0] }.map {
            ReportRow(key: $0.key, name: "later", isTotal: false, cells: $0.cells)
        }
        let unanswered = row("unanswered", "unanswered", all.filter { records[Int($0)].band == nil }, measures)
        return ReportSection(
            key: "bands", title: "Qualified, by how soon they were answered", rowsAre: "answered",
            columns: measures.map(\.column),
            rows: answered.dropLast() + [later, unanswered].compactMap { $0 }
                + [row(ReportRow.total, "all", isTotal: true, all, measures)], records: list)
    }
}

private func warnings(_ records: [ResponseRecord]) -> [ReportWarning] {
    if records.isEmpty { return [.noRecords] }
    let unanswered = records.count { $0.responded == nil }
    return unanswered > 0 ? [.unanswered(unanswered)] : []
}
