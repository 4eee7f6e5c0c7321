import Agreement
import Engine
import GRDB
import Reports
import Testing
import Vocabulary

/// The SQL that `--how` prints with `--by` gives what the program gives, segment by segment: on the sample company, every number
/// by everything that a page offers.
@Suite struct ToldApartTests {
    /// Numbers that have SQL of all alone, because the report never tells them apart.
    private static let never: Set<String> = ["response qualified", "verdicts qualified", "wins origin"]

    @Test func whatIsNeverToldApartIsSaid() throws {
        for report in ReportRegistry.all where report.options.contains(.by) {
            let how = try report.how(TextStyle(hasColour: false), for: ReportRequest(report.name, [(.by, "team")]))
            for formula in report.formulas where formula.sql != nil {
                let apart = formula.sql(by: .team)
                #expect((apart == nil) == Self.never.contains("\(report.name) \(formula.number)"), "\(formula.number)")
                #expect(apart?.contains("AS segment") ?? true)
                #expect(formula.how(by: .team).remark?.hasPrefix("not told apart by team") ?? (apart != nil))
            }
            let silent = report.formulas.count { $0.sql != nil && $0.sql(by: .team) == nil }
            #expect(how.ranges(of: "not told apart by team").count == silent, "\(report.name)")
        }
    }

    @Test func whatTheTablesDoNotSayIsSaid() throws {
        let style = TextStyle(hasColour: false)
        let wins = try ReportRegistry.report(named: "wins")
        #expect(try wins.how(style, for: ReportRequest("wins", [(.by, "shoe_size")])).contains("a field that is not"))
        #expect(!(try wins.how(style, for: ReportRequest("wins", [(.by, "kind")])).contains("a field that is not")))
        // What facts say under a name that is a word of ours, and in quotes.
        #expect(wins.formulas[0].sql(by: .property("kind"))?.contains("field = 'kind'") == true)
        #expect(wins.formulas[0].sql(by: .property("o'clock"))?.contains("field = 'o''clock'") == true)
        let journey = try ReportRegistry.report(named: "journey")
        #expect(throws: ReportProblem.self) {
            try journey.how(style, for: ReportRequest("journey", [(.by, "team")]))
        }
    }

    @Test(.enabled(if: !SampleReports.zonesAreMissing, "no time zone data: apt-get install tzdata"))
    func everyNumberByEverythingThatIsOffered() async throws {
        let sample = try await SampleReports.shared()
        let company = sample.company
        let offered = Segment.words + company.agreement.fields.filter { !$0.isPersonal.value }.map(\.name)
        #expect(offered.count > Segment.words.count)
        try withTablesFolder { folder in
            let tables = try PublishedTables(company, in: folder)
            var compared: Set<String> = []
            for name in offered {
                let comparison = Comparison(name, company, tables)
                try comparison.funnel()
                try comparison.response()
                try comparison.wins()
                try comparison.promises()
                try comparison.verdicts()
                try comparison.recycling()
                try comparison.pipeline("2026-Q3")
                compared.formUnion(comparison.compared)
                // Everybody is somewhere, and most segments part them.
                #expect(comparison.segments.count >= 1, "\(name)")
                #expect(
                    comparison.segments.count > 1 || ["year", "partner"].contains(name),
                    "\(name): \(comparison.segments)")
            }
            let published = ReportRegistry.all.filter { $0.options.contains(.by) }.flatMap { report in
                report.formulas.filter { $0.sql(by: .team) != nil }.map { "\(report.name) \($0.number)" }
            }
            // Coverage is over tables of an earlier instant, below.
            #expect(compared == Set(published).subtracting(["coverage pipeline"]))
        }
    }

    @Test(.enabled(if: !SampleReports.zonesAreMissing, "no time zone data: apt-get install tzdata"))
    func coverageByEverythingThatIsOffered() async throws {
        let sample = try await SampleReports.shared()
        let company = sample.company
        let start = "2025-08-01"
        let instant = company.zone.startOfDay(try CivilDate(text: start))
        let before = Instant(milliseconds: instant.milliseconds - 1)
        let then = try #require(
            try JudgedCompany(
                company.world, agreements: [sample.agreement], targets: company.targets,
                for: ReportRequest("tables", [(.asOf, "\(before)")])))
        let offered = Segment.words + company.agreement.fields.filter { !$0.isPersonal.value }.map(\.name)
        try withTablesFolder { folder in
            let tables = try PublishedTables(then, in: folder)
            for name in offered {
                let report = try sample.report("coverage", [(.period, "2026-Q3"), (.by, name)])
                let section = try #require(report.section("coverage_2026_q3"))
                let rows = try tables.rows(
                    "coverage", "pipeline", by: Segment(named: name),
                    ["at": instant.milliseconds, "first": start, "after": "2025-11-01"])
                #expect(!rows.isEmpty)
                let deals = Dictionary(grouping: rows) { $0["segment"] as String }
                    .mapValues { $0.reduce(0) { $0 + ($1["deals"] as Int) } }
                for row in section.rows where !row.isTotal {
                    #expect(section[row.key, "deals"]?.value == .count(deals[row.name] ?? 0), "\(name) \(row.name)")
                }
                #expect(Set(deals.keys).isSubset(of: Set(section.rows.map(\.name))), "\(name)")
                try recordsAreOfTheirFacts(report, section, tables)
            }
        }
    }
}

/// What was known then has its own order of facts: a record of coverage names the fact that the deal's own table names.
private func recordsAreOfTheirFacts(_ report: Report, _ section: ReportSection, _ tables: PublishedTables) throws {
    let cell = CellAddress(section: section.key, row: ReportRow.total, column: "deals")
    let records = try report.records(at: cell)
    let deal = try #require(records.columns.firstIndex { $0.key == "deal" })
    let fact = try #require(records.columns.firstIndex { $0.key == "fact" })
    #expect(!records.rows.isEmpty)
    for row in records.rows {
        guard case .text(let name) = row[deal] else { continue }
        let own = try tables.queue.read {
            try Int64.fetchOne($0, sql: "SELECT fact FROM deal WHERE deal = ?", arguments: [name])
        }
        #expect(row[fact] == own.map { .fact($0) } ?? .nothing, "\(name)")
    }
}

/// Reports told apart by one segment beside the SQL that they publish for it.
private final class Comparison {
    let name: String
    let company: JudgedCompany
    let tables: PublishedTables
    private(set) var compared: Set<String> = []
    private(set) var segments: Set<String> = []

    init(_ name: String, _ company: JudgedCompany, _ tables: PublishedTables) {
        (self.name, self.company, self.tables) = (name, company, tables)
    }

    private var segment: Reports.Segment { Segment(named: name) }

    private func ask(_ report: String, _ options: [(ReportOption, String)] = []) throws -> Report {
        let request = ReportRequest(report, options + [(.by, name)])
        return try ReportRegistry.report(named: report).report(request, of: company)
    }

    private func rows(_ report: Report, _ number: String, _ question: SQLQuestion) throws -> [GRDB.Row] {
        compared.insert("\(report.name) \(number)")
        let window: SQLQuestion = ["from": nil, "to": company.world.until.milliseconds]
        return try tables.rows(report.name, number, by: segment, window.merging(question) { $1 })
    }

    /// Each column of a section by the segments of rows, of which no two have one segment: `values` gives of a row, or of none,
    /// what each column says.
    private func compare(
        _ report: Report, _ section: String, _ number: String, _ question: SQLQuestion,
        _ values: (GRDB.Row?) -> [(column: String, value: ReportValue)]
    ) throws {
        let rows = try rows(report, number, question)
        let found = try #require(report.section(section), "\(report.name) \(section)")
        let bySegment = Dictionary(grouping: rows) { $0["segment"] as String? ?? "NULL" }
        let what = "\(report.name) \(number) by \(name)"
        #expect(bySegment.values.allSatisfy { $0.count == 1 }, "\(what)")
        let names = found.rows.filter { !$0.isTotal }.map(\.name)
        #expect(Set(bySegment.keys).isSubset(of: Set(names)), "\(what): \(bySegment.keys) of \(names)")
        for row in found.rows where !row.isTotal {
            for (column, value) in values(bySegment[row.name]?.first) {
                #expect(found[row.key, column]?.value == value, "\(what), \(row.name), \(column)")
            }
        }
        segments.formUnion(bySegment.keys)
    }

    private func count(_ column: String, of row: GRDB.Row?) -> ReportValue { .count(row?[column] ?? 0) }

    private func share(_ part: String, _ whole: String, of row: GRDB.Row?) -> ReportValue {
        .share(Share(row?[part] ?? 0, of: row?[whole] ?? 0))
    }

    private func time(_ column: String, of row: GRDB.Row?, in time: WaitingTime = .physical) -> ReportValue {
        let twice: Int64? = row?[column]
        return twice.map { .duration(HalfMilliseconds(count: $0), time) } ?? .nothing
    }

    func funnel() throws {
        let stages = company.agreement.stages.map(\.name)
        let (cohort, flow) = (try ask("funnel"), try ask("funnel", [(.mode, "period")]))
        let soon = try ask("funnel", [(.within, "45 days")])
        for (start, end) in zip(stages, stages.dropFirst()) {
            let key = "\(start)-\(end)"
            let way: SQLQuestion = ["start": start, "end": end, "horizon": nil]
            for (report, horizon) in [(cohort, nil), (soon, 45 * 86_400_000 as Int64)] {
                try compare(report, key, "conversion", way.merging(["horizon": horizon]) { $1 }) { row in
                    ["entered", "mature", "reached", "immature"].map { ($0, count($0, of: row)) }
                }
            }
            try compare(cohort, key, "skipped", way) { [("skipped", share("part", "whole", of: $0))] }
            try compare(cohort, key, "median, p90", way) { [("median", time("twice_median_ms", of: $0))] }
            try compare(flow, key, "flow", way) { row in ["first", "second"].map { ($0, count($0, of: row)) } }
        }
        try compare(try ask("funnel", [(.mode, "snapshot")]), "segments", "people", [:]) {
            [("people", count("people", of: $0))]
        }
    }

    func response() throws {
        let report = try ask("response")
        let stage: SQLQuestion = ["stage": nil]
        try compare(report, "waits", "mean of answered", stage) { row in
            [
                ("handed", count("handed", of: row)), ("answered", count("answered", of: row)),
                ("in_time", share("in_time", "decided", of: row)),
                ("mean", time("twice_mean_ms", of: row, in: .business)),
            ]
        }
        try compare(report, "waits", "in time", stage) { [("in_time", share("in_time", "decided", of: $0))] }
        for (column, rest) in [("median", 0.5), ("p90", 0.1)] {
            try compare(report, "waits", "median, p90", stage.merging(["rest": rest]) { $1 }) { row in
                [(column, time("twice_ms", of: row, in: .business))]
            }
        }
    }

    func wins() throws {
        let report = try ask("wins")
        try compare(report, "deals", "win rate", [:]) { row in
            [("won", count("won", of: row)), ("lost", count("lost", of: row)), ("rate", rate(row))]
        }
        // All values of the sample are in its own currency.
        let currency = company.agreement.company.currencies.base.value
        try compare(report, "deals", "won value, average sale", [:]) { row in
            let minor: Int64? = row?["minor"]
            return [("value", .money(minor.map { [Money(minorUnits: $0, currency: currency)] } ?? []))]
        }
        try compare(report, "deals", "by value", [:]) { row in
            let (won, decided): (Int64?, Int64?) = (row?["won"], row?["decided"])
            guard let won, let decided, won > 0 else { return [] }
            let share = Ratio(100 * Int128(won), Int128(decided), decimals: 3)
            return [("by_value", share.map { .number($0) } ?? .nothing)]
        }
        try compare(report, "deals", "cycle of won", [:]) { [("cycle_won", time("twice_median_ms", of: $0))] }
        try compare(report, "deals", "cycle", ["rest": 0.5]) { [("cycle", time("twice_ms", of: $0))] }
    }

    private func rate(_ row: GRDB.Row?) -> ReportValue {
        let (won, lost): (Int, Int) = (row?["won"] ?? 0, row?["lost"] ?? 0)
        return .share(Share(won, of: won + lost))
    }

    func promises() throws {
        let report = try ask("promises")
        for promise in ["respond", "decide", "explain", "pursue", "qualify"] {
            for (number, column, part) in [("kept", "kept", "part"), ("done by now", "done", "done")] {
                try compare(report, "sales_\(promise)", number, ["promise": promise]) { row in
                    [(column, share(part, "whole", of: row))]
                }
            }
        }
    }

    func verdicts() throws {
        let report = try ask("verdicts")
        let stage: SQLQuestion = ["stage": nil]
        try compare(report, "verdicts", "acceptance", stage) { [("acceptance", share("part", "whole", of: $0))] }
        for (number, column) in [("returned later", "returned"), ("passed on", "passed_on")] {
            try compare(report, "verdicts", number, stage) { [(column, count(column, of: $0))] }
        }
        try compare(report, "verdicts", "mean mark", stage) { row in
            let (sum, marks): (Int64, Int64) = (row?["millionths"] ?? 0, row?["marks"] ?? 0)
            let mean = marks > 0 ? Ratio(Int128(sum), Int128(marks) * 1_000_000) : nil
            return [("mark", mean.map { .number($0) } ?? .nothing)]
        }
    }

    func recycling() throws {
        let back: SQLQuestion = ["stage": nil, "detour": "nurture", "horizon": nil, "rest": 0.5]
        let report = try ask("recycling")
        try compare(report, "passes", "recycle rate", back) { [("rate", share("part", "whole", of: $0))] }
        try compare(report, "passes", "time away", back) { [("away", time("twice_ms", of: $0))] }
        let soon = try ask("recycling", [(.within, "20 days")])
        for (report, horizon) in [(report, nil), (soon, 20 * 86_400_000 as Int64)] {
            try compare(report, "passes", "recovery", back.merging(["horizon": horizon]) { $1 }) { row in
                [("recovery", share("part", "whole", of: row))]
            }
        }
    }

    /// What the deals of a segment are worth in each currency, from the records behind its cell.
    func pipeline(_ period: String) throws {
        let report = try ask("pipeline", [(.period, period)])
        let days = try #require(FiscalPeriod(text: period).flatMap { company.fiscalCalendar.days(of: $0) })
        let section = try #require(report.section("segments"))
        for (column, day) in [("opening", days.lowerBound), ("closing", days.upperBound)] {
            let instant = min(company.zone.startOfDay(day), company.world.until)
            let rows = try rows(
                report, "opening, closing",
                ["at": instant.milliseconds, "first": "\(days.lowerBound)", "after": "\(days.upperBound)"])
            #expect(!rows.isEmpty)
            var published: [String: [String: Int64]] = [:]
            for row in rows {
                let (name, currency): (String, String?) = (row["segment"], row["currency"])
                if let currency { published[name, default: [:]][currency] = row["minor"] }
            }
            for row in section.rows where !row.isTotal {
                let own = try amounts(report, CellAddress(section: "segments", row: row.key, column: column))
                #expect(own == published[row.name] ?? [:], "pipeline \(column) by \(name), \(row.name)")
            }
            #expect(Set(published.keys).isSubset(of: Set(section.rows.map(\.name))))
            segments.formUnion(published.keys)
        }
        compared.insert("pipeline closing")
    }

    private func amounts(_ report: Report, _ cell: CellAddress) throws -> [String: Int64] {
        let records = try report.records(at: cell)
        let amount = try #require(records.columns.firstIndex { $0.key == "amount" })
        var sums: [String: Int64] = [:]
        for row in records.rows {
            if case .money(let money) = row[amount] {
                for sum in money { sums[sum.currency.code, default: 0] += sum.minorUnits }
            }
        }
        return sums
    }
}
