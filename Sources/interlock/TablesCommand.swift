import ArgumentParser
import Foundation
import Reports
import StoreSQLite

/// `interlock tables`: what the agreement makes of the facts, for any BI tool.
struct TablesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tables", abstract: "Write the outcomes into SQLite tables for any BI tool.",
        discussion: """
            interlock tables

            Persons, passes, stage entries, hand-overs, promises, verdicts, touches, deals, their changes and consents, and the \
            teams, periods and fields by which reports tell them apart, as docs/tables.md describes them. The file lies beside \
            the journal and can be deleted and made again at any time; it holds names of people, so make it again after an \
            erasure. `interlock report NAME --how` prints the SQL of numbers, told apart as --by says.
            """)

    @Option(help: ArgumentHelp("The file; derived.sqlite in the journal's folder by default.", valueName: "file"))
    var out: String?
    @Option(help: "With what was known at this instant.") var asOf: String?
    @OptionGroup var journal: JournalOption
    @OptionGroup var choice: AgreementChoice

    func run() throws {
        try reportingTrouble {
            try refusingProblems {
                let request = ReportRequest("tables", asOf.map { [(.asOf, $0)] } ?? [])
                let company = try judgedCompany(
                    for: request, in: journal.open(), under: choice, seenBy: .everything)
                let path = out ?? journal.path + "/" + DerivedStore.fileName
                let tables = company.outcomeTables()
                try DerivedStore.write(tables.map(\.derived), to: path)
                let rows = tables.map { [$0.table.name, String($0.rows.count)] }
                print(TextTable(rows: rows, rightAligned: [1]).text + "\n\nin \(path)")
            }
        }
    }
}

extension FilledTable {
    /// As the store takes it.
    var derived: DerivedTable {
        DerivedTable(
            name: table.name, columns: table.columns.map { ($0.name, $0.kind == .text ? .text : .integer) },
            rows: rows.map { row in
                row.map { value in
                    switch value {
                    case .null: .null
                    case .integer(let integer): .integer(integer)
                    case .text(let text): .text(text)
                    }
                }
            }, lookedUpBy: table.lookedUpBy)
    }
}
