internal import Vocabulary

extension Report {
    /// A line for each cell. Durations are in seconds, shares have part and whole beside them, and each cell has its handle.
    public var csv: String {
        let head = ["section", "row", "column", "value", "unit", "part", "whole", "records", "handle"]
        let lines = sections.flatMap { section in
            section.rows.flatMap { row in
                zip(section.columns, row.cells).map { column, cell in
                    let address = CellAddress(section: section.key, row: row.key, column: column.key)
                    return [section.key, row.name, column.key] + cell.value.fields
                        + [String(cell.records.count), handle.at(address).description]
                }
            }
        }
        return csvText([head] + lines)
    }
}

extension CellRecords {
    /// A line for each record.
    public var csv: String {
        let head = (isInPart == nil ? [] : ["in_part"]) + columns.map(\.key)
        let lines = rows.enumerated().map { number, row in
            (isInPart.map { [$0[number] ? "yes" : "no"] } ?? []) + row.map(\.plain)
        }
        return csvText([head] + lines)
    }
}

extension ReportValue {
    /// Value, unit, part and whole.
    fileprivate var fields: [String] {
        switch self {
        case .nothing: ["", "", "", ""]
        case .share(let share): [plain, "%", String(share.part), String(share.whole)]
        case .duration(_, let time): [plain, time == .business ? "business seconds" : "seconds", "", ""]
        case .money(let sums) where sums.count == 1:
            [String(sums[0].description.dropLast(4)), sums[0].currency.code, "", ""]
        default: [plain, "", "", ""]
        }
    }

    /// Without a unit where the column says it.
    fileprivate var plain: String {
        switch self {
        case .nothing: ""
        case .share(let share): share.whole > 0 ? String(share.description.dropLast(2)) : ""
        case .duration(let time, _): time.seconds
        case .fact(let number): String(number)
        default: description
        }
    }
}

/// RFC 4180: quotes where a field needs them, lines end with CR LF.
private func csvText(_ lines: [[String]]) -> String {
    lines.map { line in
        line.map { field in
            let needsQuotes = field.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
            return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
        }.joined(separator: ",") + "\r\n"
    }.joined()
}
