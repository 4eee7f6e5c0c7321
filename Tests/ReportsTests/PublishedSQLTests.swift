import Agreement
import Engine
import GRDB
import Reports
import Testing
import Vocabulary

/// The SQL that `--how` prints gives the numbers that the program gives: on the sample company, and on public data where it is.
@Suite struct PublishedSQLTests {
    @Test(.enabled(if: !SampleReports.zonesAreMissing, "no time zone data: apt-get install tzdata"))
    func onTheSampleCompany() async throws {
        let company = try await SampleReports.shared().company
        try withTablesFolder { folder in
            let tables = try PublishedTables(company, in: folder)
            try compareFunnel(company, tables, within: nil)
            try compareFunnel(company, tables, within: "45 days")
            try compareSnapshot(company, tables)
            try compareResponse(company, tables, stage: "mql")
            try compareWins(company, tables)
            try comparePromises(company, tables)
            try compareVerdicts(company, tables, stage: "mql")
            for period in ["2026-Q1", "2026-Q2", "2026-Q3"] { try comparePipeline(company, tables, period) }
            // What the tables hold, somebody must have done.
            let counts = try tables.queue.read { database in
                try [
                    "person", "pass", "hand_over", "promise_clock", "verdict", "touch", "deal", "deal_change",
                    "consent",
                ]
                .map { try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)") ?? 0 }
            }
            #expect(counts.allSatisfy { $0 > 10 }, "\(counts)")
        }
    }

    @Test(.enabled(if: !SampleReports.zonesAreMissing, "no time zone data: apt-get install tzdata"))
    func asKnownAtTheStartOfAQuarter() async throws {
        let sample = try await SampleReports.shared()
        let start = "2025-08-01"
        let report = try sample.report("coverage", [(.period, "2026-Q3")])
        let instant = sample.company.zone.startOfDay(try CivilDate(text: start))
        let before = Instant(milliseconds: instant.milliseconds - 1)
        let request = ReportRequest("tables", [(.asOf, before.description)])
        let then = try #require(
            try JudgedCompany(sample.company.world, agreements: [sample.agreement], for: request))
        try withTablesFolder { folder in
            let rows = try PublishedTables(then, in: folder).rows(
                "coverage", "pipeline", ["at": instant.milliseconds, "first": start, "after": "2025-11-01"])
            let deals: [Int] = rows.map { $0["deals"] }
            #expect(deals.reduce(0, +) == report.count("coverage_2026_q3", ReportRow.total, "deals"))
            #expect(deals.reduce(0, +) > 0)
        }
    }

    @Test(.enabled(if: RealData.has("olist_funnel"), RealData.missing)) func onOlist() throws {
        let company = try RealCompany(
            "olist/agreement.yaml",
            [
                ("olist/leads.yaml", "olist_funnel/olist_marketing_qualified_leads_dataset.csv"),
                ("olist/deals.yaml", "olist_funnel/olist_closed_deals_dataset.csv"),
            ], years: 2017...2019, until: Instant(milliseconds: 1_546_300_800_000)
        ).company
        try withTablesFolder { folder in
            let tables = try PublishedTables(company, in: folder)
            try compareFunnel(company, tables, within: nil)
            try compareFunnel(company, tables, within: "30 days")
            let row = try tables.one(
                "funnel", "conversion", ["start": "lead", "end": "seller", "from": nil, "to": nil, "horizon": nil])
            #expect(row["reached"] == 842 && row["entered"] == 8000)
        }
    }

    @Test(.enabled(if: RealData.has("bpi_2012"), RealData.missing)) func onBPI() throws {
        let company = try RealCompany(
            "bpi2012/agreement.yaml", [("bpi2012/events.yaml", "bpi_2012/BPI_Challenge_2012.csv.gz")],
            years: 2011...2012, until: Instant(milliseconds: 1_333_238_400_000)
        ).company
        try withTablesFolder { folder in
            let tables = try PublishedTables(company, in: folder)
            try compareFunnel(company, tables, within: nil)
            try compareResponse(company, tables, stage: "lead")
        }
    }

    @Test(.enabled(if: RealData.has("maven_crm"), RealData.missing)) func onMaven() throws {
        let company = try RealCompany(
            "maven/agreement.yaml", [("maven/deals.yaml", "maven_crm/sales_pipeline.csv")], years: 2016...2018,
            until: Instant(milliseconds: 1_514_764_800_000)
        ).company
        try withTablesFolder { folder in
            let tables = try PublishedTables(company, in: folder)
            try compareWins(company, tables)
            let row = try tables.one("wins", "win rate", ["from": nil, "to": nil])
            #expect(row["won"] == 4238 && row["lost"] == 2473)
        }
    }

    private func compareFunnel(_ company: JudgedCompany, _ tables: PublishedTables, within: String?) throws {
        let stages = company.agreement.stages.map(\.name)
        let horizon = try within.map { text -> Int64 in
            guard case .physical(let elapsed) = try Budget(text: text).measure else { return 0 }
            return elapsed.milliseconds
        }
        let report = try ask("funnel", within.map { [(.within, $0)] } ?? [], of: company)
        let flow = try ask("funnel", [(.mode, "period")], of: company)
        for (start, end) in zip(stages, stages.dropFirst()) {
            let question: [String: (any DatabaseValueConvertible)?] = [
                "start": start, "end": end, "from": nil, "to": company.world.until.milliseconds, "horizon": horizon,
            ]
            let key = "\(start)-\(end)"
            let row = try tables.one("funnel", "conversion", question)
            for column in ["entered", "mature", "reached", "immature"] {
                #expect(report.count("ways", key, column) == row[column], "\(key) \(column)")
            }
            let skipped = try tables.one("funnel", "skipped", question)
            #expect(report.share("ways", key, "skipped") == [skipped["part"], skipped["whole"]])
            if horizon == nil {
                let median: Int64? = try tables.one("funnel", "median, p90", question)["twice_median_ms"]
                #expect(report.time("ways", key, "median")?.count == median, "\(key)")
            }
            let entries = try tables.one("funnel", "flow", question)
            #expect(
                flow.count("ways", key, "first") == entries["first"]
                    && flow.count("ways", key, "second") == entries["second"])
        }
    }

    private func compareSnapshot(_ company: JudgedCompany, _ tables: PublishedTables) throws {
        let report = try ask("funnel", [(.mode, "snapshot")], of: company)
        let rows = try tables.rows("funnel", "people", [:])
        #expect(rows.count > 4)
        for row in rows {
            let place: String = row["place"]
            #expect(report.count("stages", place, "people") == row["people"], "\(place)")
        }
    }

    private func compareResponse(_ company: JudgedCompany, _ tables: PublishedTables, stage: String) throws {
        let report = try ask("response", [], of: company)
        let question: [String: (any DatabaseValueConvertible)?] = [
            "stage": stage, "from": nil, "to": company.world.until.milliseconds,
        ]
        let row = try tables.one("response", "mean of answered", question)
        #expect(report.count("waits", stage, "handed") == row["handed"])
        #expect(report.count("waits", stage, "answered") == row["answered"])
        #expect(report.share("waits", stage, "in_time") == [row["in_time"], row["decided"]])
        #expect(report.time("waits", stage, "mean")?.count == row["twice_mean_ms"])
        let qualified = try tables.one("response", "qualified", question)
        #expect(report.share("bands", ReportRow.total, "qualified") == [qualified["part"], qualified["whole"]])
        for (column, rest) in [("median", 0.5), ("p90", 0.1)] {
            let rows = try tables.rows("response", "median, p90", question.merging(["rest": rest]) { $1 })
            let twice: Int64? = rows.first?["twice_ms"]
            #expect(report.time("waits", stage, column)?.count == twice, "\(column)")
        }
    }

    private func compareWins(_ company: JudgedCompany, _ tables: PublishedTables) throws {
        let report = try ask("wins", [], of: company)
        let question: [String: (any DatabaseValueConvertible)?] = ["from": nil, "to": company.world.until.milliseconds]
        let row = try tables.one("wins", "win rate", question)
        #expect(report.count("deals", ReportRow.total, "won") == row["won"])
        #expect(report.count("deals", ReportRow.total, "lost") == row["lost"])
        let sums: [Int64] = try tables.rows("wins", "won value, average sale", question).map { $0["minor"] }
        #expect(report.money("deals", ReportRow.total, "value") == sums)
        let median: Int64? = try tables.one("wins", "cycle of won", question)["twice_median_ms"]
        #expect(report.time("deals", ReportRow.total, "cycle_won")?.count == median)
        let cycle: Int64? = try tables.rows("wins", "cycle", question.merging(["rest": 0.5]) { $1 }).first?["twice_ms"]
        #expect(report.time("deals", ReportRow.total, "cycle")?.count == cycle)
        let value = try tables.one("wins", "by value", question)
        let won: Int64 = value["won"]
        if sums.count == 1, let decided: Int64 = value["decided"] {
            let rate = Ratio(100 * Int128(won), Int128(decided), decimals: 3).map { ReportValue.number($0) }
            #expect(report["deals", ReportRow.total, "by_value"]?.value == rate)
        }
        let origins = try tables.rows("wins", "origin", question)
        #expect(!origins.isEmpty)
        for row in origins {
            let origin: String = row["origin"]
            #expect(report.count("origins", origin, "won") == row["won"], "\(origin)")
            #expect(report.count("origins", origin, "lost") == row["lost"], "\(origin)")
        }
    }

    private func comparePromises(_ company: JudgedCompany, _ tables: PublishedTables) throws {
        let report = try ask("promises", [], of: company)
        for promise in ["respond", "decide", "explain", "pursue", "qualify"] {
            let row = try tables.one(
                "promises", "kept", ["promise": promise, "from": nil, "to": company.world.until.milliseconds])
            let key = "promises.sales.\(promise)"
            #expect(report.share("sales", key, "kept") == [row["part"], row["whole"]], "\(promise)")
            #expect(report.share("sales", key, "done") == [row["done"], row["whole"]], "\(promise)")
        }
    }

    private func compareVerdicts(_ company: JudgedCompany, _ tables: PublishedTables, stage: String) throws {
        let question: [String: (any DatabaseValueConvertible)?] = [
            "stage": stage, "from": nil, "to": company.world.until.milliseconds, "detour": "nurture",
        ]
        let verdicts = try ask("verdicts", [], of: company)
        let acceptance = try tables.one("verdicts", "acceptance", question)
        #expect(verdicts.share("verdicts", stage, "acceptance") == [acceptance["part"], acceptance["whole"]])
        let mark = try tables.one("verdicts", "mean mark", question)
        let mean = Ratio(Int128(mark["millionths"] as Int64), Int128(mark["marks"] as Int64) * 1_000_000)
        #expect(verdicts["verdicts", stage, "mark"]?.value == mean.map { .number($0) })
        let second = try tables.one("verdicts", "returned later", question)
        #expect(verdicts.count("verdicts", stage, "returned") == second["returned"])
        #expect(verdicts.count("verdicts", stage, "passed_on") == second["passed_on"])
        let marks = try tables.rows("verdicts", "qualified", question)
        #expect(!marks.isEmpty)
        for row in marks {
            let mark: Int64 = row["mark"]
            #expect(
                verdicts.share("marks", "\(mark / 1_000_000)", "qualified") == [row["part"], row["whole"]], "\(mark)")
        }
        let recycling = try ask("recycling", [], of: company)
        let rate = try tables.one("recycling", "recycle rate", question)
        #expect(recycling.share("passes", stage, "rate") == [rate["part"], rate["whole"]])
        let days: Int64 = 20
        let soon = try ask("recycling", [(.within, "\(days) days")], of: company)
        for (report, horizon) in [(recycling, nil), (soon, days * 86_400_000)] {
            let recovery = try tables.one("recycling", "recovery", question.merging(["horizon": horizon]) { $1 })
            #expect(report.share("passes", stage, "recovery") == [recovery["part"], recovery["whole"]])
        }
        let away = try tables.rows("recycling", "time away", question.merging(["rest": 0.5]) { $1 })
        let twice: Int64? = away.first?["twice_ms"]
        #expect(recycling.time("passes", stage, "away")?.count == twice)
    }

    private func comparePipeline(_ company: JudgedCompany, _ tables: PublishedTables, _ period: String) throws {
        let report = try ask("pipeline", [(.period, period)], of: company)
        let period = try #require(FiscalPeriod(text: period))
        let days = try #require(company.fiscalCalendar.days(of: period))
        for (step, day) in [("opening", days.lowerBound), ("closing", days.upperBound)] {
            let instant = min(company.zone.startOfDay(day), company.world.until)
            let rows = try tables.rows(
                "pipeline", "opening, closing",
                [
                    "at": instant.milliseconds, "first": days.lowerBound.description,
                    "after": days.upperBound.description,
                ])
            let deals: [Int] = rows.map { $0["deals"] }
            #expect(report.count("waterfall", step, "deals") == deals.reduce(0, +), "\(period) \(step)")
            let records = try report.records(at: CellAddress(section: "waterfall", row: step, column: "deals"))
            let amount = try #require(records.columns.firstIndex { $0.key == "amount" })
            var own: [String: Int64] = [:]
            for row in records.rows {
                if case .money(let money) = row[amount] {
                    for sum in money { own[sum.currency.code, default: 0] += sum.minorUnits }
                }
            }
            var published: [String: Int64] = [:]
            for row in rows { if let code: String = row["currency"] { published[code] = row["minor"] } }
            #expect(own == published, "\(period) \(step)")
        }
    }
}
