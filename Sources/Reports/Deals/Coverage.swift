internal import Agreement
internal import Engine
internal import Vocabulary

extension ReportDefinition {
    /// Whether each rep has enough pipeline for what is left of the quota.
    static let coverage = ReportDefinition(
        "coverage", "Coverage",
        answers: "Whether each rep begins a period with enough pipeline for the quota, by what was known then.",
        options: [.period, .from, .to, .by, .segment, .team, .kind],
        modes: [
            Mode(name: "start", meaning: "at the start of each period of the window, with what was known then"),
            Mode(name: "now", meaning: "at the end of the window, against what is left of the quota"),
        ],
        formulas: [
            Formula(
                "pipeline",
                "the value of the deals that count by the clause `pipeline.counts` at the instant, as then known",
                source: "semantics, section 7: pipeline, coverage; over tables made with --as-of the instant",
                sql: PublishedSQL.pipeline),
            Formula(
                "coverage", "pipeline / (quota − won in the period); a quota that is met has none",
                source: "semantics, section 7: pipeline, coverage"),
            Formula(
                "required",
                "over the last 8 periods: (1 − value won of deals opened within their period / value won) / (value won / value of "
                    + "the opening pipelines), shrunk to all: as if 5 wins of all were theirs",
                source: "semantics, section 7: required multiple"),
            Formula(
                "1 / win rate", "(won + lost) / won over the last 8 periods; rough",
                source: "semantics, section 7: required multiple"),
            Formula(
                "Gini", "Σᵢ Σⱼ |xᵢ − xⱼ| / (2 n Σ x) of the pipelines of those with a quota: 0 for all alike",
                source: "semantics, section 7: feast or famine"),
        ]
    ) { inquiry throws(ReportProblem) in
        let moments = try inquiry.moments()
        var starts = inquiry.mode == "start" ? Dictionary(uniqueKeysWithValues: moments.map { ($0.period, $0) }) : [:]
        let sections = moments.flatMap { moment in
            let past = PastPeriods(inquiry.pastMoments(before: moment, &starts), inquiry)
            let table = inquiry.table(moment)
            return [inquiry.coverage(moment, table, past), inquiry.spread(moment, table)]
        }
        let records = moments.flatMap(\.records)
        let isAgreed = inquiry.agreement.pipeline.coverage != nil
        return Found(
            population: "quotas, and deals by their owner at the instant",
            measure: "pipeline by the clause pipeline.counts / what is left of the quota",
            sections: sections,
            warnings: (records.isEmpty ? [.noRecords] : moneyWarnings(records.map { ($0.amount, $0.value) }))
                + (isAgreed ? [] : [.assumedMultiple]))
    }
}

extension ReportWarning {
    fileprivate static let assumedMultiple = ReportWarning(
        "assumed-multiple", "the agreement names no multiple in pipeline.coverage; 2.5 is the common starting point")
}

extension Inquiry {
    /// Which periods are looked at, and when.
    fileprivate func moments() throws(ReportProblem) -> [CoverageMoment] {
        if mode == "now" {
            let period = period(containing: company.zone.civil(at: to - Elapsed(milliseconds: 1)).date)
            guard let days = company.fiscalCalendar.days(of: period) else { return [] }
            return [moment(period, days, at: to)]
        }
        return starts().map { moment($0.period, $0.days, at: company.zone.startOfDay($0.days.lowerBound)) }
    }

    /// The periods that begin in the window; without a window, the one in which it ends.
    private func starts() -> [(period: FiscalPeriod, days: Range<CivilDate>)] {
        let last = company.zone.civil(at: to - Elapsed(milliseconds: 1)).date
        let first = from.map { company.zone.civil(at: $0).date }
        var found: [(period: FiscalPeriod, days: Range<CivilDate>)] = []
        var period = period(containing: first ?? last)
        while let days = company.fiscalCalendar.days(of: period), days.lowerBound <= last {
            if first.map({ $0 <= days.lowerBound }) ?? true { found.append((period, days)) }
            period = period.next
        }
        return found
    }

    private func period(containing date: CivilDate) -> FiscalPeriod {
        switch agreement.pipeline.coverage?.at.value.period ?? .quarter {
        case .year: company.fiscalCalendar.year(containing: date)
        case .month: company.fiscalCalendar.month(containing: date)
        case .hour, .day, .week, .quarter: company.fiscalCalendar.quarter(containing: date)
        }
    }

    /// The eight periods before, as far as there is history. Each costs an evaluation, so what is known is kept.
    fileprivate func pastMoments(
        before moment: CoverageMoment, _ starts: inout [FiscalPeriod: CoverageMoment]
    ) -> [CoverageMoment] {
        let first = world.history.occurred.min().map { company.zone.civil(at: Instant(milliseconds: $0)).date }
        var moments: [CoverageMoment] = []
        var period = moment.period.previous
        while moments.count < 8, let days = company.fiscalCalendar.days(of: period), let first, days.upperBound > first
        {
            let found = starts[period] ?? self.moment(period, days, at: company.zone.startOfDay(days.lowerBound))
            starts[period] = found
            moments.append(found)
            period = period.previous
        }
        return moments
    }

    fileprivate func table(_ moment: CoverageMoment) -> Tabulation<CoverageRecord> {
        let company = company
        return Tabulation(
            moment.records,
            listing: [
                Listed("what", "what", .text) { .text($0.what.rawValue) },
                Listed("owner", "owner", .text) { .text(company.repName($0.owner)) },
                Listed("deal", "deal", .text) { .text(company.text($0.deal)) },
                Listed("account", "account", .text) {
                    $0.account < 0 ? .nothing : .text(company.accountName($0.account))
                },
                Listed("close_date", "close date", .date) {
                    $0.closeDate.map { .date(CivilDate(daysSinceEpoch: $0)) } ?? .nothing
                },
                Listed("amount", "amount", .money) { ReportValue($0.amount) },
                Listed("value", "value", .money) { ReportValue($0.value) },
                Listed("fact", "fact", .fact) { $0.fact },
            ])
    }

    fileprivate func coverage(
        _ moment: CoverageMoment, _ table: Tabulation<CoverageRecord>, _ past: PastPeriods
    ) -> ReportSection {
        let groups = table.groups(named: table.records.map(\.group))
        let measures = measures(past)
        return table.section(
            "coverage_\(moment.period.key)", "\(moment.period) at \(moment.instant)", rowsAre: (segment ?? .rep).text,
            groups: groups, measures)
    }

    private func measures(_ past: PastPeriods) -> [Measure<CoverageRecord>] {
        let inquiry = self
        return [
            .sum("quota", "quota", ofListed: "value") { $0.what == .quota ? $0.value : nil },
            .sum("won", "won so far", ofListed: "value") { $0.what == .won ? $0.value : nil },
            .count("deals", "deals") { $0.what == .pipeline },
            .sum("pipeline", "pipeline", ofListed: "value") { $0.what == .pipeline ? $0.value : nil },
            .statistic("coverage", "coverage", .number) { Balance($0).coverage },
            .statistic("asked", "asked", .number) { records in
                inquiry.asked(of: records).map { .number($0) } ?? .nothing
            },
            .statistic("standing", "standing", .text) { .text(inquiry.standing(of: $0)) },
            .statistic("required", "required", .number) { ReportValue(past.multiple(of: Set($0.map(\.owner)))) },
            .statistic("rough", "1 / win rate", .number) { ReportValue(past.rough(of: Set($0.map(\.owner)))) },
        ]
    }

    /// The multiple that the agreement asks of the owners; `nil` where it differs among them.
    private func asked(of records: [CoverageRecord]) -> Ratio? {
        let teams = Set(records.map { company.text(company.team(of: $0.owner)) })
        let multiples = Set(teams.map { multiple(ofTeam: $0).multiple })
        guard let only = multiples.first, multiples.count == 1 else { return nil }
        return only.ratio
    }

    private func standing(of records: [CoverageRecord]) -> String {
        Balance(records).standing(asked(of: records))
    }

    /// How many reps feast and how many starve.
    fileprivate func spread(_ moment: CoverageMoment, _ table: Tabulation<CoverageRecord>) -> ReportSection {
        let inquiry = self
        let reps = Dictionary(grouping: table.all) { table.records[Int($0)].owner }
            .filter { $0.value.contains { table.records[Int($0)].what == .quota } }
        let standings = reps.mapValues { members in inquiry.standing(of: members.map { table.records[Int($0)] }) }
        let owners = reps.keys.sorted { company.text($0).utf8.lexicographicallyPrecedes(company.text($1).utf8) }
        let list = Tabulation(
            owners,
            listing: [
                Listed("rep", "rep", .text) { .text(inquiry.company.repName($0)) },
                Listed("standing", "standing", .text) { .text(standings[$0] ?? "") },
            ])
        let pipelines = owners.map { owner in
            Balance((reps[owner] ?? []).map { table.records[Int($0)] }).pipeline ?? 0
        }
        let measures: [Measure<Int32>] = [
            .count("reps", "reps with a quota"),
            .share("below", "below the multiple", { Balance.isBelow(standings[$0]) }),
            .share("famine", "below half", { standings[$0] == Balance.famine }),
            .share("feast", "above twice", { standings[$0] == Balance.feast }),
            .statistic("gini", "Gini of pipelines", .number) { _ in ReportValue(gini(pipelines)) },
        ]
        return list.section(
            "spread_\(moment.period.key)", "Feast or famine in \(moment.period)", rowsAre: "", groups: [], measures)
    }
}

/// Quota, wins and pipeline of some records, where all are in one currency.
private struct Balance {
    static let met = "quota met"
    static let famine = "below half"
    static let below = "below"
    static let kept = "kept"
    static let feast = "above twice"

    /// Minor units; `nil`: of several currencies.
    let quota: Int128?
    let won: Int128?
    let pipeline: Int128?

    init(_ records: [CoverageRecord]) {
        let currencies = Set(records.compactMap(\.value?.currency))
        func sum(_ what: CoverageRecord.What) -> Int128? {
            guard currencies.count <= 1 else { return nil }
            return records.filter { $0.what == what }.reduce(0) { $0 + Int128($1.value?.minorUnits ?? 0) }
        }
        (quota, won, pipeline) = (sum(.quota), sum(.won), sum(.pipeline))
    }

    var coverage: ReportValue {
        guard let quota, let won, let pipeline, quota > 0 else { return .nothing }
        return quota <= won ? .text(Balance.met) : ReportValue(Ratio(pipeline, quota - won))
    }

    func standing(_ asked: Ratio?) -> String {
        guard let quota, let won, let pipeline, let asked, quota > 0 else { return "–" }
        if quota <= won { return Balance.met }
        // pipeline / rest against asked, without dividing.
        let (have, need) = (pipeline * asked.denominator, (quota - won) * asked.numerator)
        if have < need { return 2 * have < need ? Balance.famine : Balance.below }
        return have > 2 * need ? Balance.feast : Balance.kept
    }

    static func isBelow(_ standing: String?) -> Bool { standing == famine || standing == below }
}

/// 0 for all alike, near 1 for one who has all; `nil` where nobody has anything.
func gini(_ amounts: [Int128]) -> Ratio? {
    let sum = amounts.reduce(0, +)
    var spread: Int128 = 0
    // Of a sorted list the differences add up to Σ (2i + 1 − n) xᵢ, twice.
    for (place, amount) in amounts.sorted().enumerated() {
        spread += Int128(2 * place + 1 - amounts.count) * amount
    }
    return Ratio(2 * spread, 2 * Int128(amounts.count) * sum, decimals: 3)
}

extension Number {
    fileprivate var ratio: Ratio? {
        Ratio(Int128(mantissa), (0..<scale).reduce(Int128(1)) { power, _ in power * 10 })
    }
}

extension FiscalPeriod {
    /// Part of handles: `2026_q1`.
    var key: String { description.lowercased().replacing("-", with: "_") }
}
