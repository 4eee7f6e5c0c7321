internal import Engine
internal import Vocabulary

extension ReportDefinition {
    /// How far people get, and how fast.
    static let funnel = ReportDefinition(
        "funnel", "Funnel", answers: "How many of those who enter a stage reach the next, and how long it takes.",
        options: [.period, .from, .to, .by, .segment, .team, .kind, .start, .stage, .within, .passes],
        modes: [
            Mode(name: "cohort", meaning: "of those who entered in the window, who reached the next stage since"),
            Mode(name: "period", meaning: "entries in the window, whoever they are"),
            Mode(name: "snapshot", meaning: "who stands where at the end of the window"),
            Mode(name: "time-to-event", meaning: "how likely it is to have reached the next stage at an age"),
        ],
        formulas: [
            Formula(
                "conversion",
                "entrants in the window that reach the stage within the horizon of their own entry / entrants older than the "
                    + "horizon; the younger ones are counted apart",
                source: "semantics, section 7: cohort conversion", sql: PublishedSQL.conversion),
            Formula(
                "median, p90", "of the times of those who converted and passed over neither stage",
                source: "semantics, sections 4 and 7: skipped stages count in conversion, never in velocity",
                sql: PublishedSQL.medianTime),
            Formula(
                "skipped", "entrants that passed over the first stage / entrants",
                source: "semantics, section 4", sql: PublishedSQL.skipped),
            Formula(
                "flow", "entries into the stage / entries into the one before, in the window; it may exceed 100",
                source: "semantics, section 7: period flow", sql: PublishedSQL.flow),
            Formula(
                "people", "whoever stands in the stage at the instant", source: "semantics, section 7: snapshot",
                sql: PublishedSQL.snapshot),
            Formula(
                "reached by an age",
                "sum over the times t up to the age: S(t−) × reached at t / waiting just before t, where S falls with those who "
                    + "reach the stage and those who leave into a detour",
                source: "O. Aalen, S. Johansen, Scandinavian Journal of Statistics 5 (1978): cumulative incidence"),
        ]
    ) { inquiry throws(ReportProblem) in
        switch inquiry.mode {
        case "period": try periodFunnel(inquiry)
        case "snapshot": snapshotFunnel(inquiry)
        case "time-to-event": try incidenceFunnel(inquiry)
        default: try cohortFunnel(inquiry)
        }
    }
}

// MARK: Cohort

private func cohortFunnel(_ inquiry: Inquiry) throws(ReportProblem) -> ReportDefinition.Found {
    let ways = try inquiry.ways()
    let entries = StageEntries(inquiry.company)
    let table = inquiry.table(inquiry.passages(ways, entries), ways)
    let horizon = inquiry.request[.within].flatMap { inquiry.horizon == nil ? nil : $0 }
    return ReportDefinition.Found(
        population: "each person once in a pass, each deal once, at the entry into the first stage",
        measure: "who reaches the second stage in the same pass, " + (horizon.map { "within \($0)" } ?? "so far"),
        sections: table.sections(inquiry, ways, cohortMeasures), warnings: cohortWarnings(table.records, entries))
}

private let cohortMeasures: [Measure<Passage>] = [
    .count("entered", "entered"),
    .count("mature", "mature") { $0.isMature },
    .count("reached", "reached") { $0.isConverted },
    .share("conversion", "conversion", { $0.isConverted }, of: { $0.isMature }),
    .count("immature", "immature") { !$0.isMature },
    .share("skipped", "skipped", { $0.isStartSkipped }),
    .quantile("median", "median", 50) { passage in passage.time.map { ($0, true) } },
    .quantile("p90", "p90", 90) { passage in passage.time.map { ($0, true) } },
]

private func cohortWarnings(_ passages: [Passage], _ entries: StageEntries) -> [ReportWarning] {
    if passages.isEmpty { return [.noRecords] }
    let immature = passages.count { !$0.isMature }
    let reversed = passages.count { passage in passage.reached.map { $0 < passage.entered } ?? false }
    let skipped = passages.count { $0.isStartSkipped || $0.isEndSkipped }
    return [
        immature > 0 ? .immature(immature) : nil,
        reversed > 0 ? .reachedBeforeStart(reversed) : nil,
        skipped > 0 ? .skipped(skipped) : nil,
        entries.reopened > 0 ? .reopened(entries.reopened) : nil,
    ].compactMap { $0 }
}

extension ReportWarning {
    fileprivate static func reopened(_ n: Int) -> ReportWarning {
        ReportWarning("reopened", "\(n) entries by deals that were opened again since are not counted")
    }
}

// MARK: Tables

extension Inquiry {
    func table(_ passages: [Passage], _ ways: [Way]) -> Tabulation<Passage> {
        let company = company
        return Tabulation(
            passages,
            listing: [
                Listed("way", "way", .text) { .text(ways[$0.way].name) },
                Listed("who", "who", .text) { .text(company.personName($0.person)) },
                Listed("deal", "deal", .text) { .text(company.text($0.deal)) },
                Listed("account", "account", .text) { .text(company.accountName($0.account)) },
                Listed("pass", "pass", .count) { $0.pass < 0 ? .nothing : .count(Int($0.pass)) },
                Listed("owner", "owner", .text) { .text(company.repName($0.subject.owner)) },
                Listed("entered", "entered", .instant) { .instant($0.entered) },
                Listed("entry", "fact", .fact) { company.fact($0.enteredFact) },
                Listed("reached", "reached", .instant) { ReportValue($0.reached) },
                Listed("reaching", "fact", .fact) { company.fact($0.reachedFact) },
                Listed("time", "time", .duration) { passage in
                    ReportValue(passage.time.map(HalfMilliseconds.init), in: .physical)
                },
                Listed("mature", "mature", .flag) { .flag($0.isMature) },
                Listed("converted", "converted", .flag) { .flag($0.isConverted) },
                Listed("skipped", "skipped", .flag) { .flag($0.isStartSkipped) },
            ])
    }
}

extension Tabulation where Record == Passage {
    /// Without a segment one table with a row for each way; with one a table for each way.
    func sections(_ inquiry: Inquiry, _ ways: [Way], _ measures: [Measure<Passage>]) -> [ReportSection] {
        let members = ways.indices.map { way in all.filter { records[Int($0)].way == way } }
        guard let segment = inquiry.segment else {
            let rows = ways.indices.map { row(ways[$0].key, ways[$0].name, members[$0], measures) }
            return [
                ReportSection(
                    key: "ways", title: "From stage to stage", rowsAre: "way", columns: measures.map(\.column),
                    rows: rows,
                    records: list)
            ]
        }
        let groups = groups(by: inquiry) { $0.subject }
        return ways.indices.map { way in
            let rows = groups.compactMap { group -> ReportRow? in
                let some = group.members.filter { records[Int($0)].way == way }
                return some.isEmpty ? nil : row(group.name, group.name, some, measures)
            }
            return ReportSection(
                key: ways[way].key, title: ways[way].name, rowsAre: segment.text, columns: measures.map(\.column),
                rows: rows + [row(ReportRow.total, "all", isTotal: true, members[way], measures)], records: list)
        }
    }
}

// MARK: Period

/// An entry into the first or the second stage of a way.
private struct FlowEntry: Hashable, Sendable {
    let way: Int
    let isEnd: Bool
    let entry: StageEntry
    let subject: Subject
}

private func periodFunnel(_ inquiry: Inquiry) throws(ReportProblem) -> ReportDefinition.Found {
    let ways = try inquiry.ways()
    let (entries, owners) = (StageEntries(inquiry.company), PassOwners(inquiry.company))
    var records: [FlowEntry] = []
    for (number, way) in ways.enumerated() {
        guard case .stage(let start) = way.start else {
            throw ReportProblem(
                "start-is-no-stage", "a flow is from stage to stage",
                remedy: "Name a stage with --start, or take --mode cohort.")
        }
        for (stage, isEnd) in [(start, false), (way.end, true)] {
            for entry in entries.entries(into: stage) where inquiry.isInWindow(entry.instant) {
                let subject = inquiry.subject(of: entry, owners)
                guard inquiry.isChosen(subject), !inquiry.firstPassOnly || entry.pass <= 1 else { continue }
                records.append(FlowEntry(way: number, isEnd: isEnd, entry: entry, subject: subject))
            }
        }
    }
    let company = inquiry.company
    let table = Tabulation(
        records,
        listing: [
            Listed("way", "way", .text) { .text(ways[$0.way].name) },
            Listed("who", "who", .text) { .text(company.personName($0.entry.person)) },
            Listed("account", "account", .text) { .text(company.accountName($0.entry.unit.account)) },
            Listed("pass", "pass", .count) { .count(Int($0.entry.pass)) },
            Listed("owner", "owner", .text) { .text(company.repName($0.subject.owner)) },
            Listed("end", "into the second", .flag) { .flag($0.isEnd) },
            Listed("entered", "entered", .instant) { .instant($0.entry.instant) },
            Listed("fact", "fact", .fact) { company.fact($0.entry.fact) },
        ])
    return ReportDefinition.Found(
        population: "entries in the window, whoever they are",
        measure: "entries into the second stage / entries into the first, in hundredths",
        sections: table.flowSections(inquiry, ways), warnings: flowWarnings(records, ways))
}

private let flowMeasures: [Measure<FlowEntry>] = [
    .count("first", "into the first") { !$0.isEnd },
    .count("second", "into the second") { $0.isEnd },
    .statistic("flow", "flow %", .number) { entries in
        let ends = entries.count { $0.isEnd }
        return ReportValue(Ratio(Int128(100 * ends), Int128(entries.count - ends), decimals: 3))
    },
]

extension Tabulation where Record == FlowEntry {
    fileprivate func flowSections(_ inquiry: Inquiry, _ ways: [Way]) -> [ReportSection] {
        let members = ways.indices.map { way in all.filter { records[Int($0)].way == way } }
        guard let segment = inquiry.segment else {
            let rows = ways.indices.map { row(ways[$0].key, ways[$0].name, members[$0], flowMeasures) }
            return [
                ReportSection(
                    key: "ways", title: "From stage to stage", rowsAre: "way", columns: flowMeasures.map(\.column),
                    rows: rows, records: list)
            ]
        }
        let groups = groups(by: inquiry) { $0.subject }
        return ways.indices.map { way in
            let rows = groups.compactMap { group -> ReportRow? in
                let some = group.members.filter { records[Int($0)].way == way }
                return some.isEmpty ? nil : row(group.name, group.name, some, flowMeasures)
            }
            return ReportSection(
                key: ways[way].key, title: ways[way].name, rowsAre: segment.text, columns: flowMeasures.map(\.column),
                rows: rows + [row(ReportRow.total, "all", isTotal: true, members[way], flowMeasures)], records: list)
        }
    }
}

private func flowWarnings(_ records: [FlowEntry], _ ways: [Way]) -> [ReportWarning] {
    if records.isEmpty { return [.noRecords] }
    let above = ways.indices.filter { way in
        let (ends, starts) = (
            records.count { $0.way == way && $0.isEnd }, records.count { $0.way == way && !$0.isEnd }
        )
        return ends > starts
    }
    guard !above.isEmpty else { return [] }
    let names = above.map { ways[$0].name }.joined(separator: ", ")
    return [
        ReportWarning(
            "flow-above-100", "\(names): more left than came, because those who came earlier leave in the window too")
    ]
}
