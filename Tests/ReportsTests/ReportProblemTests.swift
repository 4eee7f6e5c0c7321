import Reports
import Testing

/// Questions that have no answer, each with its code and what to do.
@Suite(.enabled(if: !SampleReports.zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct ReportProblemTests {
    private static let table: [(report: String, options: [(ReportOption, String)], code: String, says: String)] = [
        ("funel", [], "unknown-report", "Did you mean funnel?"),
        ("funnel", [(.by, "sorce")], "unknown-segment", "Did you mean source?"),
        ("funnel", [(.team, "dahc")], "unknown-team", "Did you mean dach?"),
        ("wins", [(.kind, "renewel")], "unknown-kind", "Did you mean renewal?"),
        ("funnel", [(.stage, "sqll")], "unknown-stage", "There is: lead, mql"),
        ("funnel", [(.start, "nowhere")], "unknown-start", "lead"),
        ("funnel", [(.start, "sql"), (.stage, "mql")], "ends-before-it-starts", "in order"),
        ("funnel", [(.mode, "cohorts")], "unknown-mode", "Did you mean cohort?"),
        ("funnel", [(.from, "2025-06-01"), (.to, "2025-06-01")], "window-ends-before-it-starts", "--to"),
        ("funnel", [(.from, "2031-06-01")], "window-not-reached", "--from"),
        ("funnel", [(.from, "June")], "unreadable-from", "2026-02-02"),
        ("funnel", [(.period, "2026-Q5")], "unreadable-period", "2026-Q1"),
        ("funnel", [(.period, "2026-Q1"), (.from, "2025-06-01")], "two-windows", "--period"),
        ("funnel", [(.within, "2 business days")], "unreadable-within", "90 days"),
        ("funnel", [(.passes, "second")], "unreadable-passes", "first or all"),
        ("funnel", [(.segment, "country")], "unreadable-segment", "country=DE"),
        ("wins", [(.stage, "mql")], "option-not-taken", "--by"),
        ("response", [(.stage, "customer")], "no-hand-over", "mql"),
        ("wins", [(.asOf, "2031-01-01")], "as-of-beyond-history", "Leave out --as-of"),
        ("wins", [(.asOf, "1999-01-01")], "as-of-before-history", "later"),
    ]

    @Test(arguments: table.indices) func eachHasItsCodeAndRemedy(row: Int) async throws {
        let sample = try await SampleReports.shared()
        let wanted = Self.table[row]
        let problem = #expect(throws: ReportProblem.self) { _ = try sample.report(wanted.report, wanted.options) }
        #expect(problem?.code == wanted.code)
        #expect(problem?.remedy.contains(wanted.says) == true, "\(problem?.remedy ?? "")")
        #expect(problem?.cause.hasSuffix(".") == false)
    }

    @Test(arguments: [
        "", "/", "funnel/by", "funnel/by=%4", "funnel/by=%FF", "funnel/color=red", "funnel/cell=a.b", "fun nel",
    ])
    func brokenHandlesAreRefused(text: String) {
        let problem = #expect(throws: ReportProblem.self) { _ = try ReportHandle(text: text) }
        #expect(problem?.code == "unreadable-handle")
    }

    @Test func aHandleTakesAnyTextAndNeedsNoQuotes() throws {
        let request = ReportRequest("funnel", [(.by, "Größe/…=&?#'\" %"), (.segment, "a=b"), (.segment, "a.b=c")])
        let cell = CellAddress(section: "a.b", row: "Straße 1/2", column: "x")
        let text = ReportHandle(request, agreement: "0a1b", cell: cell).description
        #expect(text.utf8.allSatisfy { $0 > 32 && $0 < 127 && !"'\"&?#;|<>$`\\(){}*!~[]".utf8.contains($0) })
        let read = try ReportHandle(text: text)
        #expect(read.request == request && read.cell == cell && read.agreement == "0a1b")
    }

    @Test func anUnknownCellListsThoseThereAre() async throws {
        let report = try await SampleReports.shared().report("funnel")
        for (section, row, column, code) in [
            ("way", "x", "y", "unknown-section"), ("ways", "lead-mqll", "entered", "unknown-row"),
            ("ways", "lead-mql", "enterd", "unknown-column"),
        ] {
            let problem = #expect(throws: ReportProblem.self) {
                _ = try report.records(at: CellAddress(section: section, row: row, column: column))
            }
            #expect(problem?.code == code && problem?.remedy.contains("Did you mean") == true)
        }
    }
}
