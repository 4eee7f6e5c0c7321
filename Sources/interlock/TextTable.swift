/// Rows in columns as wide as their widest cell; a row's last cell ends where its text ends.
struct TextTable {
    var rows: [[String]]
    var rightAligned: Set<Int> = []

    var text: String {
        let widths = widths
        return rows.map { row in
            row.indices.map { pad(row[$0], $0, isLast: $0 == row.count - 1, widths) }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    private var widths: [Int] {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                let isPadded = column < row.count - 1 || rightAligned.contains(column)
                if isPadded { widths[column] = max(widths[column], cell.count) }
            }
        }
        return widths
    }

    private func pad(_ cell: String, _ column: Int, isLast: Bool, _ widths: [Int]) -> String {
        let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
        if rightAligned.contains(column) { return padding + cell }
        return isLast ? cell : cell + padding
    }
}
