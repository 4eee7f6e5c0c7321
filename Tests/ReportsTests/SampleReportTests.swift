import Engine
import Reports
import Testing
import Vocabulary

/// Every report of the sample company, in every mode: numbers are made of their records, parts add up to wholes.
@Suite(.enabled(if: !SampleReports.zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct SampleReportTests {
    /// What each report is asked, beside its modes.
    private static let questions: [[(ReportOption, String)]] = [
        [], [(.by, "rep")], [(.by, "source")], [(.by, "month")], [(.team, "dach")],
        [(.from, "2025-05-01"), (.to, "2025-08-01")], [(.period, "2026-Q2"), (.by, "team")],
        [(.passes, "first")], [(.segment, "country=DE")], [(.kind, "new")], [(.within, "30 days")],
    ]

    @Test(arguments: ReportRegistry.all.map(\.name)) func addsUp(name: String) async throws {
        let sample = try await SampleReports.shared()
        let definition = try ReportRegistry.report(named: name)
        let modes = definition.modes.isEmpty ? [""] : definition.modes.map(\.name)
        var cells = 0
        for mode in modes {
            for question in Self.questions where question.allSatisfy({ definition.options.contains($0.0) }) {
                let options = question + (mode.isEmpty ? [] : [(ReportOption.mode, mode)])
                let report = try sample.report(name, options)
                #expect(try whatDoesNotAddUp(report) == [], "\(options)")
                cells += report.sections.flatMap(\.rows).flatMap(\.cells).count { !$0.records.isEmpty }
            }
        }
        // Its sides ask nothing of each other.
        #expect(cells > 10 || name == "requests", "the sample company shows nothing of \(name)")
    }

    /// A handle is made, read and asked anew, and gives the very cell.
    @Test(arguments: ReportRegistry.all.map(\.name)) func handlesReopenTheirCells(name: String) async throws {
        let sample = try await SampleReports.shared()
        let report = try sample.report(name)
        for section in report.sections {
            for row in section.rows.prefix(3) {
                for column in section.columns {
                    let address = CellAddress(section: section.key, row: row.key, column: column.key)
                    let handle = try ReportHandle(text: report.handle.at(address).description)
                    #expect(handle == report.handle.at(address))
                }
            }
        }
        let again = try sample.report(
            report.handle.request.name, report.handle.request.options.map { ($0.option, $0.text) })
        #expect(again == report)
    }

    /// Of measures that count or sum, the rows of a segment make up the total.
    @Test(arguments: [("funnel", "lead-mql"), ("response", "waits"), ("wins", "deals")])
    func segmentsMakeUpTheTotal(name: String, key: String) async throws {
        let sample = try await SampleReports.shared()
        for by in ["rep", "team", "month", "source", "grade"] {
            let report = try sample.report(name, [(.by, by)])
            let section = try #require(report.section(key))
            let total = try #require(section.rows.last)
            #expect(total.isTotal && section.rows.count > 1)
            for (place, cell) in total.cells.enumerated() where cell.adding != .statistic {
                let parts = section.rows.dropLast().flatMap { $0.cells[place].records }
                #expect(parts.sorted() == cell.records.sorted(), "\(by) \(section.columns[place].key)")
            }
        }
    }

    @Test func thePipelineOfEachQuarterAddsUpAndMeetsTheNext() async throws {
        let sample = try await SampleReports.shared()
        for period in ["2026-Q1", "2026-Q2", "2026-Q3"] {
            let report = try sample.report("pipeline", [(.period, period)])
            let steps = try #require(report.section("waterfall")).rows.map(\.key)
            func sum(_ step: String) -> Int64 { report.money("waterfall", step, "value")?.first ?? 0 }
            #expect(steps.dropLast().map(sum).reduce(0, +) == sum("closing"), "\(period)")
            func deals(_ step: String) -> Int { report.count("waterfall", step, "deals") ?? 0 }
            let coming = deals("opening") + deals("new") + deals("reopened") + deals("moved_in")
            #expect(coming - deals("won") - deals("lost") - deals("moved_out") == deals("closing"), "\(period)")
        }
    }

    /// At an earlier instant people stand where the moves before it brought them.
    @Test func theSnapshotIsWhereMovesBroughtPeople() async throws {
        let sample = try await SampleReports.shared()
        let instant = Instant(milliseconds: 1_754_006_400_000)  // 2025-08-01
        let program = sample.company.world.versions[0].program
        let report = try sample.report("funnel", [(.mode, "snapshot"), (.to, instant.description)])
        let section = try #require(report.section("stages"))
        let (who, place) = (try #require(section.records.column("who")), try #require(section.records.column("place")))
        let places = Dictionary(section.records.rows.map { ($0[who], $0[place]) }) { first, _ in first }
        var checked: [String: Int] = [:]
        for account in sample.company.outcome.accounts {
            for standing in account.standings {
                let moves = account.moves.filter {
                    $0.person == standing.person && $0.instant < instant && $0.change != .skipped
                }
                // Who is also on a deal may stand further than moves say.
                guard let last = moves.last, moves.allSatisfy({ $0.deal < 0 && $0.change != .alsoOnDeal }) else {
                    continue
                }
                let name =
                    last.change == .wentAway
                    ? program.names[Int(program.detours[Int(last.stage)].name)]
                    : program.names[Int(program.stages[Int(last.stage)].name)]
                let history = sample.company.world.history
                let person = history.texts[history.persons[Int(standing.person)].name]
                #expect(places[.text(person)] == .text(name), "\(person)")
                checked[name, default: 0] += 1
            }
        }
        #expect(checked.count > 4)
        let later = try sample.report("funnel", [(.mode, "snapshot")])
        let everywhere = sample.company.outcome.accounts.flatMap(\.standings).count { $0.stage >= 0 || $0.detour >= 0 }
        #expect(later.count("stages", ReportRow.total, "people") == everywhere)
    }

    @Test func asOfAnEarlierInstantIsWhatWasKnownThen() async throws {
        let sample = try await SampleReports.shared()
        let then = try sample.report("wins", [(.asOf, "2025-08-01")])
        let now = try sample.report("wins", [(.to, "2025-08-01")])
        #expect(then.question.knownBy != nil && now.question.knownBy == nil)
        let (early, late) = (then.count("deals", ReportRow.total, "won"), now.count("deals", ReportRow.total, "won"))
        #expect(try #require(early) <= #require(late) && #require(early) > 0)
    }

    @Test func whoMayNotSeeAnotherRepSeesTheTotalsAllTheSame() async throws {
        let sample = try await SampleReports.shared()
        let jonas = "jonas@northwind.example"
        for (name, section) in [("wins", "deals"), ("response", "waits")] {
            let all = try sample.report(name, [(.by, "rep")])
            let his = try sample.report(name, [(.by, "rep")], seenBy: .person(jonas))
            let rows = try #require(his.section(section)).rows.map(\.name)
            #expect(rows.contains(jonas) && rows.contains("another rep"))
            #expect(rows.filter { $0.contains("@") } == [jonas])
            #expect(his[section, ReportRow.total, "rate"]?.value == all[section, ReportRow.total, "rate"]?.value)
            #expect(
                his.section(section)?.rows.last?.cells.map(\.value)
                    == all.section(section)?.rows.last?.cells.map(\.value))
            #expect(try whatDoesNotAddUp(his) == [])
            #expect(!his.json.contains("mira@northwind.example"))
            // The manager of one team sees that team.
            let ines = try sample.report(name, [(.by, "rep")], seenBy: .person("ines@northwind.example"))
            let seen = try #require(ines.section(section)).rows.map(\.name).filter { $0.contains("@") }
            #expect(seen.contains(jonas) && !seen.contains("kofi@northwind.example"))
            let operations = try sample.report(name, [(.by, "rep")], seenBy: .person("revops@northwind.example"))
            #expect(operations.section(section)?.rows == all.section(section)?.rows)
        }
    }

    @Test func theStarvingTerritoryShowsInCoverage() async throws {
        let sample = try await SampleReports.shared()
        let report = try sample.report("coverage", [(.period, "2026-Q3"), (.by, "team")])
        let section = try #require(report.section("coverage_2026_q3"))
        #expect(section.rows.contains { !$0.isTotal && section[$0.key, "standing"]?.value == .text("below half") })
        #expect(report.count("spread_2026_q3", ReportRow.total, "reps") ?? 0 > 4)
    }
}
