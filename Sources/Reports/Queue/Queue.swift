internal import Agreement
internal import Engine
internal import Vocabulary

extension ReportDefinition {
    /// What lies there, how it is taken up, and who gets what.
    static let queue = ReportDefinition(
        "queue", "Queue",
        answers:
            "Which leads nobody has turned to and for how long, in which order reps take them up, and what each team gets.",
        options: [.period, .from, .to, .by, .segment, .team, .stage, .passes],
        formulas: [
            Formula(
                "untouched",
                "leads that the owner still has, undecided, and that nobody has turned to since the owner was told",
                source: "semantics, section 7: volume handled, queue"),
            Formula(
                "age", "from being told to the end of the window, in the owner's working time",
                source: "semantics, section 7: volume handled, queue"),
            Formula(
                "index",
                "at each first touch by the owner, the percentile of the touched lead by its score at hand-over among the leads "
                    + "the owner had been told of and had not touched, ties counted half; mean − 50: 0 is no preference, 50 always "
                    + "the best",
                source: "semantics, section 7: cherry-picking"),
            Formula(
                "from, to, picks the best",
                "95 % interval of the index: mean ± 1.96 standard errors of the percentiles; whoever's lies above 0, with at least 20 "
                    + "first touches, picks the best",
                source: "the central limit theorem"),
            Formula(
                "by age", "the same by how long the leads had waited: above 0 the oldest first",
                source: "semantics, section 7: cherry-picking"),
            Formula(
                "never touched", "turns in which nobody turned to the person / turns",
                source: "semantics, section 7: cherry-picking"),
            Formula(
                "used %",
                "first hand-overs to the team / capacity of its reps, a twelfth of a year's for each 30.4375 days they were there",
                source: "semantics, section 8"),
            Formula(
                "starving",
                "a team that gets less than half of what all teams get for their capacity; where some have no limit, "
                    + "for their number",
                source: "semantics, section 7: fairness"),
            Formula(
                "burst", "more leads of one origin within the time than `routing.burst` says",
                source: "semantics, section 2: go-live"),
            Formula(
                "times the usual",
                "people of one origin who came into the first stage on a day / people of all origins on a day of the window, mean",
                source: "semantics, section 2: go-live"),
        ]
    ) { inquiry throws(ReportProblem) in
        let stages = try inquiry.handOverStages()
        let table = inquiry.table(inquiry.turns(at: stages))
        let teams = inquiry.teamLoads(table.records)
        let sections = [
            table.ages(inquiry), table.handled(inquiry), table.picking(inquiry), table.territories(teams),
            table.months(inquiry.monthlyLoads(table.records)), table.leftBehind(inquiry),
            table.bursts(inquiry.bursts(table.records)), inquiry.busiestDays(),
        ]
        return Found(
            population: "hand-overs, one turn for each owner who was told in the window",
            measure: "who has turned to them, when and in which order", sections: sections,
            warnings: inquiry.warnings(table.records, teams))
    }
}

extension Inquiry {
    fileprivate func table(_ records: [Turn]) -> Tabulation<Turn> {
        let company = company
        let names = agreement.stages.map(\.name)
        let inquiry = self
        return Tabulation(
            records,
            listing: [
                Listed("who", "who", .text) { .text(company.personName($0.person)) },
                Listed("account", "account", .text) { .text(company.accountName($0.account)) },
                Listed("stage", "stage", .text) { .text(names[$0.stage]) },
                Listed("pass", "pass", .count) { .count(Int($0.pass)) },
                Listed("owner", "owner", .text) { .text(company.repName($0.owner)) },
                Listed("score", "score", .number) {
                    ReportValue(Ratio(Int128($0.score.micropoints), 1_000_000))
                },
                Listed("told", "told", .instant) { .instant($0.told) },
                Listed("ready", "fact", .fact) { company.fact($0.readyFact) },
                Listed("touched", "touched", .instant) { ReportValue($0.touched) },
                Listed("touch", "fact", .fact) { company.fact($0.touchFact) },
                Listed("decided", "decided", .instant) { ReportValue($0.decided) },
                Listed("ended", "ended", .instant) { ReportValue($0.ended) },
                Listed("age", "age", .duration) { turn in
                    turn.isWaiting ? .duration(HalfMilliseconds(inquiry.age(of: turn)), .business) : .nothing
                },
                Listed("percentile", "percentile", .number) { turn in
                    ReportValue(turn.pick.flatMap { Ratio(Int128($0.score), 1_000_000, decimals: 1) })
                },
            ])
    }

    /// In the owner's working time; in the receiving team's, where a queue has it.
    fileprivate func age(of turn: Turn) -> Elapsed { calendar(of: turn).elapsed(from: turn.told, to: to) }

    fileprivate func calendar(of turn: Turn) -> WorkingTime {
        world.staff.calendar(of: turn.owner, orTeam: turn.subject.team)
    }

    fileprivate func warnings(_ turns: [Turn], _ teams: [TeamLoad]) -> [ReportWarning] {
        if turns.isEmpty { return [.noRecords] }
        let picks = turns.count { $0.pick != nil }
        let starving = teams.filter { $0.isStarving(among: teams) }.map(\.name)
        return [
            picks < 20 ? .smallNumbers(20) : nil,
            starving.isEmpty
                ? nil
                : ReportWarning(
                    "starving",
                    "less than half of what the teams get on average for their size: "
                        + starving.joined(separator: ", ")),
        ].compactMap { $0 }
    }
}

// MARK: What lies there

/// How long a lead has been waiting.
private struct AgeBand {
    let key: String
    let title: String
    /// At most; `nil`: longer than all others.
    let within: Budget?

    static let all: [AgeBand] = [
        band("hour_1", 1, .hour), band("hours_4", 4, .hour), band("day_1", 1, .day), band("days_3", 3, .day),
        band("days_5", 5, .day), band("days_10", 10, .day), AgeBand(key: "older", title: "older", within: nil),
    ]

    private static func band(_ key: String, _ count: Int, _ unit: Budget.Unit) -> AgeBand {
        let budget = try? Budget(count, unit, business: true)
        return AgeBand(key: key, title: budget.map { "up to \($0)" } ?? "", within: budget)
    }
}

extension Tabulation where Record == Turn {
    fileprivate func ages(_ inquiry: Inquiry) -> ReportSection {
        let waiting = all.filter { records[Int($0)].isWaiting }
        let bands = waiting.map { index -> Int in
            let turn = records[Int(index)]
            let calendar = inquiry.calendar(of: turn)
            return AgeBand.all.firstIndex { band in
                guard let within = band.within else { return true }
                return (try? calendar.deadline(from: turn.told, budget: within)).map { inquiry.to <= $0 } ?? false
            } ?? AgeBand.all.count - 1
        }
        let measures: [Measure<Turn>] = [
            .count("untouched", "untouched"),
            .statistic("oldest", "oldest", .duration) { turns in
                turns.map { inquiry.age(of: $0) }.max().map { .duration(HalfMilliseconds($0), .business) } ?? .nothing
            },
        ]
        let rows = AgeBand.all.enumerated().map { number, band in
            row(band.key, band.title, zip(waiting, bands).filter { $0.1 == number }.map(\.0), measures)
        }
        return ReportSection(
            key: "ages", title: "Untouched at the end of the window, by age in working time", rowsAre: "age",
            columns: measures.map(\.column),
            rows: rows + [row(ReportRow.total, "all", isTotal: true, waiting, measures)], records: list)
    }

    /// By segment, else by rep.
    fileprivate func handled(_ inquiry: Inquiry) -> ReportSection {
        let measures: [Measure<Turn>] = [
            .count("received", "received"),
            .count("worked", "worked") { !$0.isUntouched },
            .count("decided", "decided") { $0.decided != nil },
            .count("open", "open") { $0.isOpen },
            .count("untouched", "untouched") { $0.isWaiting },
            .share("never", "never touched", { $0.isUntouched }),
            .statistic("oldest", "oldest untouched", .duration, of: { $0.isWaiting }) { turns in
                turns.map { inquiry.age(of: $0) }.max().map { .duration(HalfMilliseconds($0), .business) } ?? .nothing
            },
        ]
        if inquiry.segment != nil {
            return section("handled", "Volume handled", by: inquiry, measures) { $0.subject }
        }
        return section("handled", "Volume handled", rowsAre: "rep", groups: byRep(inquiry), measures)
    }

    private func byRep(_ inquiry: Inquiry) -> [(name: String, members: [Int32])] {
        Dictionary(grouping: all) { inquiry.company.repName(records[Int($0)].owner) }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { (name: $0.key, members: $0.value) }
    }

    /// Each rep by the index, whoever prefers the best most first; those with few first touches below the others.
    fileprivate func picking(_ inquiry: Inquiry) -> ReportSection {
        let measures: [Measure<Turn>] = [
            .count("received", "received"),
            .count("picks", "first touches") { $0.pick != nil },
            .statistic("index", "index", .number, of: { $0.pick != nil }) { ReportValue(index($0, \.score)) },
            .statistic("low", "from", .number, of: { $0.pick != nil }) { ReportValue(spread($0)?.low) },
            .statistic("high", "to", .number, of: { $0.pick != nil }) { ReportValue(spread($0)?.high) },
            .statistic("cherries", "picks the best", .flag, of: { $0.pick != nil }) { .flag(picksTheBest($0)) },
            .statistic("by_age", "by age", .number, of: { $0.pick != nil }) { ReportValue(index($0, \.age)) },
            .share("never", "never touched", { $0.isUntouched }),
            .neverTouched("never_good", "of the better half", isBetter: true),
            .neverTouched("never_poor", "of the other half", isBetter: false),
        ]
        let groups = byRep(inquiry).map { group in
            (group: group, picks: group.members.map { records[Int($0)] }.filter { $0.pick != nil })
        }.sorted { a, b in
            if (a.picks.count < fewPicks) != (b.picks.count < fewPicks) { return b.picks.count < fewPicks }
            guard let first = index(a.picks, \.score), let second = index(b.picks, \.score) else {
                return a.picks.count > b.picks.count
            }
            return first.isMore(than: second) || !second.isMore(than: first) && a.group.name < b.group.name
        }.map(\.group)
        return section("picking", "In which order leads are taken up", rowsAre: "rep", groups: groups, measures)
    }
}

extension Measure where Record == Turn {
    /// Of the half of the leads with the better scores, or of the others, those that nobody turned to.
    fileprivate static func neverTouched(_ key: String, _ title: String, isBetter: Bool) -> Measure {
        Measure(key, title, .share) { members, records in
            let scores = members.map { records[Int($0)].score }.sorted()
            guard !scores.isEmpty else { return Cell(.share(Share(0, of: 0)), of: [], .share(part: [])) }
            let middle = scores[(scores.count - 1) / 2]
            let half = members.filter { (records[Int($0)].score > middle) == isBetter }
            let never = half.filter { records[Int($0)].isUntouched }
            return Cell(.share(Share(never.count, of: half.count)), of: half, .share(part: never))
        }
    }
}

/// The mean percentile less 50; `nil`: nothing was picked.
private func index(_ turns: [Turn], _ percentile: KeyPath<Pick, Int64>) -> Ratio? {
    let picks = turns.compactMap(\.pick)
    let sum = picks.reduce(Int128(0)) { $0 + Int128($1[keyPath: percentile]) - 50_000_000 }
    return Ratio(sum, Int128(picks.count) * 1_000_000, decimals: 1)
}

/// With fewer first touches chance alone decides.
private let fewPicks = 20

/// Between which values the index lies with a confidence of 95 %: the mean ± 1.96 standard errors.
private func spread(_ turns: [Turn]) -> (low: Ratio, high: Ratio)? {
    let scores = turns.compactMap { $0.pick.map { Int128($0.score) - 50_000_000 } }
    let count = Int128(scores.count)
    guard count > 1 else { return nil }
    let sum = scores.reduce(0, +)
    // Σ (x − mean)² = (n Σ x² − (Σ x)²) / n, in square millionths of a percent.
    let squares = (count * scores.reduce(0) { $0 + $1 * $1 } - sum * sum) / count
    let error = Int128(root(of: UInt128(max(0, squares / (count - 1) / count))))
    let margin = 196 * error * count
    guard let low = Ratio(100 * sum - margin, 100_000_000 * count, decimals: 1),
        let high = Ratio(100 * sum + margin, 100_000_000 * count, decimals: 1)
    else { return nil }
    return (low, high)
}

extension Ratio {
    fileprivate func isMore(than other: Ratio) -> Bool {
        numerator * other.denominator > other.numerator * denominator
    }
}

/// Beyond what chance explains.
private func picksTheBest(_ turns: [Turn]) -> Bool {
    turns.count >= fewPicks && spread(turns).map { $0.low.numerator > 0 } ?? false
}

// MARK: Who gets what

extension Tabulation where Record == Turn {
    fileprivate func territories(_ loads: [TeamLoad]) -> ReportSection {
        let rows = loads.sorted { $0.getsLess(than: $1, among: loads) }.map { load in
            row(load, [.flag(load.isStarving(among: loads))])
        }
        return ReportSection(
            key: "territories", title: "What each team gets, the least first", rowsAre: "team",
            columns: loadColumns + [ReportColumn(key: "starving", title: "starving", kind: .flag)], rows: rows,
            records: list)
    }

    fileprivate func months(_ loads: [TeamLoad]) -> ReportSection {
        ReportSection(
            key: "months", title: "Months, the fullest first", rowsAre: "team and month",
            columns: loadColumns + [ReportColumn(key: "over", title: "over capacity", kind: .flag)],
            rows: loads.map { row($0, [.flag($0.isOver)]) }, records: list)
    }

    private var loadColumns: [ReportColumn] {
        [
            ReportColumn(key: "received", title: "received", kind: .count),
            ReportColumn(key: "reps", title: "reps", kind: .number),
            ReportColumn(key: "per_rep", title: "per rep", kind: .number),
            ReportColumn(key: "capacity", title: "capacity", kind: .number),
            ReportColumn(key: "used", title: "used %", kind: .number),
        ]
    }

    private func row(_ load: TeamLoad, _ flags: [ReportValue]) -> ReportRow {
        let figures: [ReportValue] =
            [
                ReportValue(Ratio(Int128(load.reps), 1_000_000, decimals: 1)), ReportValue(load.perRep),
                ReportValue(load.capacity.flatMap { Ratio(Int128($0), 1_000_000, decimals: 1) }),
                ReportValue(load.used),
            ] + flags
        let count = Cell(.count(load.members.count), of: load.members, .count)
        return ReportRow(
            key: load.key, name: load.name, isTotal: false,
            cells: [count] + figures.map { Cell($0, of: load.members, .statistic) })
    }

    /// What those who left the company had open when they left, and whether anybody has it since.
    fileprivate func leftBehind(_ inquiry: Inquiry) -> ReportSection {
        let left = all.filter { index in
            let turn = records[Int(index)]
            guard let gone = inquiry.world.staff.rep(turn.owner)?.left, gone < inquiry.to else { return false }
            return turn.told < gone && turn.ended.map { $0 >= gone } ?? true
        }
        let measures: [Measure<Turn>] = [
            .count("open", "open when they left"),
            .count("undecided", "undecided") { $0.decided == nil },
            .count("untouched", "untouched") { $0.isUntouched },
            .count("given", "given to another") { $0.next >= 0 },
            .count("nobody", "still theirs") { $0.isOpen },
        ]
        let groups = Dictionary(grouping: left) { inquiry.company.repName(records[Int($0)].owner) }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        let rows = groups.map { row($0.key, $0.key, $0.value, measures) }
        return ReportSection(
            key: "left_behind", title: "Leads of those who have left", rowsAre: "rep",
            columns: measures.map(\.column),
            rows: rows + [row(ReportRow.total, "all", isTotal: true, left, measures)], records: list)
    }

    fileprivate func bursts(_ bursts: [Burst]) -> ReportSection {
        let rows = bursts.map { burst in
            ReportRow(
                key: "\(burst.origin)-\(burst.from)", name: "\(burst.origin), \(burst.from)", isTotal: false,
                cells: [
                    Cell(.count(burst.members.count), of: burst.members, .count),
                    Cell(.instant(burst.through), of: burst.members, .statistic),
                ])
        }
        return ReportSection(
            key: "bursts", title: "Bursts", rowsAre: "origin and begin",
            columns: [
                ReportColumn(key: "leads", title: "leads", kind: .count),
                ReportColumn(key: "through", title: "through", kind: .instant),
            ], rows: rows, records: list)
    }
}
