internal import Vocabulary

/// How a text may look.
public struct TextStyle: Hashable, Sendable {
    /// Escape sequences for bold and dim.
    public var hasColour: Bool

    public init(hasColour: Bool) { self.hasColour = hasColour }

    func strong(_ text: String) -> String { hasColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    func faint(_ text: String) -> String { hasColour ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
    func warning(_ text: String) -> String { hasColour ? "\u{1B}[33m\(text)\u{1B}[0m" : text }
}

extension Report {
    /// For a terminal: the question, aligned tables with small bars beside shares, the warnings, and how to open a number.
    public func text(_ style: TextStyle) -> String {
        let head = style.strong("\(title) of \(question.company)") + "\n" + style.faint(question.text)
        let tables = sections.map { section in
            style.strong(section.title) + "\n" + (section.rows.isEmpty ? "nothing" : section.table(style).text)
        }
        let notes = warnings.map { style.warning("! \($0.sentence)") }
        return ([head] + tables + (notes.isEmpty ? [] : [notes.joined(separator: "\n")]) + [style.faint(opening)])
            .joined(separator: "\n\n")
    }

    /// How to open the first number that has records.
    private var opening: String {
        let cells = sections.flatMap { section in
            section.rows.flatMap { row in
                zip(section.columns, row.cells).map {
                    (address: CellAddress(section: section.key, row: row.key, column: $0.key), cell: $1)
                }
            }
        }
        let found = cells.first { !$0.cell.records.isEmpty }.map { handle.at($0.address) } ?? handle
        return "The records behind a number: interlock records \(found)"
    }
}

extension Question {
    var text: String {
        let window = (from.map { "from \($0) " } ?? "") + "before \(to), in \(zone)"
        let known = knownBy.map { "with what was known at \($0)" } ?? "as of \(until), with what is known today"
        var rows = [("who", population), ("what", measure)]
        if !mode.isEmpty { rows.append(("mode", mode)) }
        rows += [("window", window), ("known", known)]
        if !segment.isEmpty { rows.append(("by", segment)) }
        if !chosen.isEmpty { rows.append(("only", chosen.joined(separator: ", "))) }
        rows.append(("agreement", "\(agreement), amounts in \(currency)"))
        return AlignedText(rows: rows.map { ["  " + $0.0, $0.1] }, rightAligned: []).text
    }
}

extension ReportSection {
    func table(_ style: TextStyle) -> AlignedText {
        var head = [style.faint(rowsAre)]
        var right: Set<Int> = []
        for column in columns {
            if column.kind.isRightAligned { right.insert(head.count) }
            head.append(style.faint(column.title))
            if column.kind == .share { head.append("") }
        }
        let body = rows.map { row -> [String] in
            var line = [row.isTotal ? style.strong(row.name) : row.name.shown]
            for (column, cell) in zip(columns, row.cells) {
                line.append(cell.value.description.shown)
                if column.kind == .share { line.append(cell.value.bar) }
            }
            return line
        }
        return AlignedText(rows: [head] + body, rightAligned: right)
    }
}

extension CellRecords {
    /// For a terminal: the cell, then a line for each record.
    public func text(_ style: TextStyle) -> String {
        let head = style.strong("\(section), \(row), \(column): \(value)")
        guard !rows.isEmpty else { return head + "\nNo record is behind it." }
        let marks = isInPart.map { parts in parts.map { $0 ? "in part" : "" } }
        let titles = (marks == nil ? [] : [style.faint("part")]) + columns.map { style.faint($0.title) }
        let body = rows.enumerated().map { number, row in
            (marks.map { [$0[number]] } ?? []) + row.map { $0.description.shown }
        }
        let offset = marks == nil ? 0 : 1
        let right = Set(columns.indices.filter { columns[$0].kind.isRightAligned }.map { $0 + offset })
        let count = "\(rows.count) \(rows.count == 1 ? "record" : "records")"
        return [head, AlignedText(rows: [titles] + body, rightAligned: right).text, style.faint(count)]
            .joined(separator: "\n")
    }
}

extension ReportValue.Kind {
    fileprivate var isRightAligned: Bool {
        switch self {
        case .count, .share, .duration, .money, .number: true
        case .text, .flag, .instant, .date, .fact: false
        }
    }
}

extension ReportValue {
    /// Ten cells wide for a whole, in eighths of a cell.
    fileprivate var bar: String {
        guard case .share(let share) = self, share.whole > 0 else { return "" }
        let eighths = min(80, (share.part * 160 + share.whole) / (2 * share.whole))
        let last = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
        return String(repeating: "█", count: eighths / 8) + last
    }
}

extension String {
    /// Without what a terminal would obey or a reader could not see.
    fileprivate var shown: String {
        let hidden: Set<Unicode.GeneralCategory> = [.control, .format, .lineSeparator, .paragraphSeparator]
        guard unicodeScalars.contains(where: { hidden.contains($0.properties.generalCategory) }) else { return self }
        return unicodeScalars.map {
            hidden.contains($0.properties.generalCategory) ? "\\u{\(String($0.value, radix: 16))}" : String($0)
        }.joined()
    }
}

/// Rows in columns as wide as their widest cell; escape sequences take no room.
struct AlignedText {
    let rows: [[String]]
    let rightAligned: Set<Int>

    var text: String {
        let widths = (0..<(rows.map(\.count).max() ?? 0)).map { column in
            rows.map { $0.indices.contains(column) ? $0[column].visibleWidth : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = row.indices.map { padded(row[$0], to: widths[$0], right: rightAligned.contains($0)) }
                .joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }

    private func padded(_ cell: String, to width: Int, right: Bool) -> String {
        let padding = String(repeating: " ", count: max(0, width - cell.visibleWidth))
        return right ? padding + cell : cell + padding
    }
}

extension String {
    fileprivate var visibleWidth: Int {
        var (width, isEscaped) = (0, false)
        for character in self {
            if character == "\u{1B}" { isEscaped = true }
            if !isEscaped { width += 1 }
            if isEscaped, character == "m" { isEscaped = false }
        }
        return width
    }
}
