package import Intake

/// The first rows of a file as they stand there, for people to look at.
package struct FirstRows {
    package let columns: [String]
    package let rows: [[String]]

    /// `mapping` says how the file is read. Throws what cannot be read.
    package init(_ file: InputFile, _ mapping: Mapping, count: Int = 5) throws {
        let source = try RowSource(mapping, fileName: file.name) {
            try file.seek(to: 0)
            return file.pull
        }
        let row = Row()
        var rows: [[String]] = []
        reading: while rows.count < count {
            switch try source.reader.read(into: row) {
            case .end: break reading
            case .malformed: continue
            case .row: rows.append(source.columns.indices.map { row.text($0) })
            }
        }
        (columns, self.rows) = (source.columns, rows)
    }
}
