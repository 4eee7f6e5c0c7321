internal import HTTPTypes
internal import Hummingbird
internal import Intake
internal import Reports

/// Records and tables for a spreadsheet. What names a human being leaves by the list of leads alone, through the gate.
enum RecordsCSV {
    static func of(_ records: CellRecords) -> [UInt8] {
        var writer = CSVWriter(guardsFormulas: true)
        writer.row((records.isInPart == nil ? [] : ["in_part"]) + records.columns.map(\.key))
        for (number, row) in records.rows.enumerated() {
            writer.row((records.isInPart.map { [$0[number] ? "yes" : "no"] } ?? []) + row.map(text))
        }
        return writer.bytes
    }

    static func of(_ report: Report) -> [UInt8] {
        var writer = CSVWriter(guardsFormulas: true)
        writer.row(["section", "row", "column", "value", "records"])
        for section in report.sections {
            for row in section.rows {
                for (column, cell) in zip(section.columns, row.cells) {
                    writer.row([section.key, row.name, column.key, text(cell.value), String(cell.records.count)])
                }
            }
        }
        return writer.bytes
    }

    private static func text(_ value: ReportValue) -> String {
        let text = value == .nothing ? "" : value.description
        return PersonName.isPersonal(text) ? "kept apart" : text
    }
}

extension Response {
    /// A file that is saved, not shown.
    static func csv(_ bytes: [UInt8], named name: String) -> Response {
        var response = Response.text(String(decoding: bytes, as: UTF8.self), type: "text/csv; charset=utf-8")
        let plain = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        response.headers[.contentDisposition] = "attachment; filename=\"\(plain).csv\""
        return response
    }
}
