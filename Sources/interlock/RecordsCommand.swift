import ArgumentParser
import Reports

/// `interlock records`: what a number of a report is made of.
struct RecordsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "records", abstract: "The records behind a number of a report.",
        discussion: """
            interlock records funnel/until=2026-04-01T00:00:00Z/agreement=0a1b2c3d4e5f/cell=ways.lead-mql.reached \\
              --agreement agreement.yaml

            A handle says the question and the cell; nothing is stored. It is asked again of the journal, so facts that came \
            since for an earlier time are in the answer, unless the question was asked --as-of an instant.
            """)

    @Argument(help: "The handle, from the last line of `interlock report` or from its JSON or CSV.") var handle: String
    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        try reportingTrouble {
            try refusingProblems {
                let handle = try ReportHandle(text: handle)
                let definition = try ReportRegistry.report(named: handle.request.name)
                guard let cell = handle.cell else { throw RecordsCommand.noCell }
                let company = try reporting.company(for: handle.request)
                let report = try definition.report(handle.request, of: company)
                guard handle.agreement == report.handle.agreement else {
                    throw ReportProblem(
                        "handle-of-another-agreement",
                        "the handle was made under the agreement \(handle.agreement), this one is \(report.handle.agreement)",
                        remedy: "Name the agreement it was made under, or make the report anew.")
                }
                let records = try report.records(at: cell)
                reporting.show(json: records.json, csv: records.csv) { records.text($0) }
            }
        }
    }

    private static var noCell: ReportProblem {
        ReportProblem(
            "handle-of-no-cell", "the handle names a report, not one of its numbers",
            remedy: "Add /cell=SECTION.ROW.COLUMN; `interlock report … --json` has the handle of each number.")
    }
}
