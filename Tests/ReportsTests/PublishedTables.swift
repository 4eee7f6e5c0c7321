import Foundation
import GRDB
import Reports
import StoreSQLite
import Testing

/// What the SQL is asked: its names, without the colon.
typealias SQLQuestion = [String: (any DatabaseValueConvertible)?]

/// The derived store of a company, and what the published SQL says of it.
struct PublishedTables {
    let queue: DatabaseQueue

    init(_ company: JudgedCompany, in folder: URL) throws {
        let path = folder.appendingPathComponent("derived.sqlite").path
        let tables = company.outcomeTables().map { filled in
            DerivedTable(
                name: filled.table.name,
                columns: filled.table.columns.map { ($0.name, $0.kind == .text ? .text : .integer) },
                rows: filled.rows.map {
                    $0.map { value in
                        switch value {
                        case .null: .null
                        case .integer(let integer): .integer(integer)
                        case .text(let text): .text(text)
                        }
                    }
                }, lookedUpBy: filled.table.lookedUpBy)
        }
        try DerivedStore.write(tables, to: path)
        // Twice: what was there is replaced.
        try DerivedStore.write(tables, to: path)
        queue = try DatabaseQueue(path: path)
    }

    /// The rows of the SQL that a report publishes for a number, of all or told apart.
    func rows(_ report: String, _ number: String, by segment: Segment? = nil, _ question: SQLQuestion) throws
        -> [GRDB.Row]
    {
        let definition = try ReportRegistry.report(named: report)
        let formula = try #require(definition.formulas.first { $0.number == number }, "\(report) \(number)")
        let sql = try #require(segment.map { formula.sql(by: $0) } ?? formula.sql)
        let named = question.filter { sql.contains(":" + $0.key) }
        return try queue.read { try GRDB.Row.fetchAll($0, sql: sql, arguments: StatementArguments(named)) }
    }

    func one(_ report: String, _ number: String, _ question: SQLQuestion) throws -> GRDB.Row {
        try #require(try rows(report, number, question).first)
    }
}

/// Runs with a folder of its own, which is gone afterwards.
func withTablesFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("interlock-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
}
