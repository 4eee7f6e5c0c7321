/// The records behind one cell.
public struct CellRecords: Hashable, Sendable {
    public let section: String
    public let row: String
    public let column: String
    public let value: ReportValue
    public let columns: [ReportColumn]
    public let rows: [[ReportValue]]
    /// Parallel to the rows, for a share: whether the record is in the part.
    public let isInPart: [Bool]?

    /// Some of the records, of the same cell.
    public func page(_ range: Range<Int>) -> CellRecords {
        CellRecords(
            section: section, row: row, column: column, value: value, columns: columns, rows: Array(rows[range]),
            isInPart: isInPart.map { Array($0[range]) })
    }
}

extension Report {
    /// What makes up a cell, in the order of the report's records.
    public func records(at address: CellAddress) throws(ReportProblem) -> CellRecords {
        guard let section = section(address.section) else {
            throw .unknown("section", address.section, among: sections.map(\.key))
        }
        guard let row = section.rows.first(where: { $0.key == address.row }) else {
            throw .unknown("row", address.row, among: section.rows.map(\.key))
        }
        guard let place = section.columns.firstIndex(where: { $0.key == address.column }) else {
            throw .unknown("column", address.column, among: section.columns.map(\.key))
        }
        let cell = row.cells[place]
        var isInPart: [Bool]?
        if case .share(let part) = cell.adding {
            let members = Set(part)
            isInPart = cell.records.map { members.contains($0) }
        }
        return CellRecords(
            section: section.title, row: row.name, column: section.columns[place].title, value: cell.value,
            columns: section.records.columns, rows: cell.records.map { section.records.rows[Int($0)] },
            isInPart: isInPart)
    }
}
