import Foundation
import Reports
import Testing

/// The pages about numbers are what the program goes by.
@Suite struct ReferencePageTests {
    @Test(arguments: [("docs/reports.md", ReportReference.reports), ("docs/tables.md", ReportReference.tables)])
    func pageIsWrittenFromTheProgram(path: String, text: String) throws {
        let file = RealData.package.appendingPathComponent(path)
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let written = try String(contentsOf: file, encoding: .utf8)
        #expect(written == text, "\(path) is behind: RECORD_GOLDEN=1 records it")
    }

    @Test func everyReportSaysHow() {
        for report in ReportRegistry.all {
            let how = report.how(TextStyle(hasColour: false))
            for formula in report.formulas {
                #expect(!formula.source.isEmpty && how.contains(formula.formula))
            }
            #expect(!report.formulas.isEmpty && !how.contains("\u{1B}"))
            for formula in report.formulas where formula.sql != nil { #expect(how.contains("FROM")) }
        }
    }

    @Test func tablesHaveColumnsOfTheirOwnNames() {
        for table in OutcomeTable.all {
            #expect(Set(table.columns.map(\.name)).count == table.columns.count, "\(table.name)")
            #expect(table.columns.allSatisfy { !$0.meaning.isEmpty })
        }
    }
}
