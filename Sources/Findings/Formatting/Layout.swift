/// The lines of a file in their final places.
struct Layout {
    private var lines: [LaidLine]
    private let endsWithoutBreak: Bool

    init(_ scanner: LayoutScanner) {
        endsWithoutBreak = scanner.endsWithoutBreak
        lines = scanner.lines
        placeComments(columns: scanner.columns)
        dropEmptyLines()
        alignComments()
    }

    var bytes: [UInt8] {
        let bytes = Array(lines.map(\.bytes).joined(separator: [10]))
        return bytes.isEmpty || endsWithoutBreak ? bytes : bytes + [10]
    }

    /// What stands there otherwise than in the source.
    func changes(from source: [UInt8]) -> [FormattedText.Change] {
        let texts = Dictionary(lines.map { ($0.number, $0.bytes) }, uniquingKeysWith: { first, _ in first })
        let old = source.split(separator: 10, omittingEmptySubsequences: false)
        return old.enumerated().compactMap { index, line in
            let new = texts[index + 1]
            // The last line break ends a line and begins none.
            if new == nil, line.isEmpty, index == old.count - 1 { return nil }
            let isBroken = index < old.count - 1 || endsWithoutBreak
            guard new?.elementsEqual(line) != true || !isBroken else { return nil }
            return FormattedText.Change(
                line: index + 1, old: String(decoding: line, as: UTF8.self),
                new: new.map { String(decoding: $0, as: UTF8.self) })
        }
    }

    /// A comment on a line of its own belongs to what follows, if it stands as deep; else to the open collection that
    /// stands as deep, such as the one it ends.
    private mutating func placeComments(columns: [Int: Int]) {
        var next: (column: Int, indent: Int)?
        for index in lines.indices.reversed() {
            if let column = columns[lines[index].number] { next = (column, lines[index].indent) }
            guard let standing = lines[index].standing else { continue }
            if let next, next.column == standing.column {
                lines[index].indent = next.indent
            } else {
                lines[index].indent = standing.matching ?? next?.indent ?? standing.enclosing
            }
        }
    }

    /// At most one between others, none at the ends.
    private mutating func dropEmptyLines() {
        var kept: [LaidLine] = []
        for line in lines {
            let isDropped =
                line.isEmpty && !line.belongsToText && kept.last.map { $0.isEmpty && !$0.belongsToText } ?? true
            if !isDropped { kept.append(line) }
        }
        while let last = kept.last, last.isEmpty, !last.belongsToText { kept.removeLast() }
        lines = kept
    }

    /// Comments at the ends of neighbouring lines stand in one column: the one they share already, else two spaces behind
    /// the longest line. A line that opens a block begins anew, since its comment speaks of what follows.
    private mutating func alignComments() {
        var start = 0
        while start < lines.count {
            var end = start
            while end < lines.count, lines[end].hasCommentAtEnd, end == start || !lines[end].opensBlock { end += 1 }
            if end > start { alignComments(start..<end) }
            start = max(end, start + 1)
        }
    }

    private mutating func alignComments(_ run: Range<Int>) {
        let widest = lines[run].map(\.width).max() ?? 0
        let columns = Set(lines[run].map(\.commentColumn))
        let shared = columns.count == 1 ? columns.first : nil
        let column = shared.flatMap { $0 > widest ? $0 : nil } ?? widest + 2
        for index in run { lines[index].commentColumn = column }
    }
}

extension LaidLine {
    fileprivate var hasCommentAtEnd: Bool { comment != nil && !text.isEmpty }
    fileprivate var opensBlock: Bool { text.last == UInt8(ascii: ":") || text.last == UInt8(ascii: "-") }

    /// In characters, without the comment.
    fileprivate var width: Int { indent + String(decoding: text, as: UTF8.self).count }

    fileprivate var bytes: [UInt8] {
        guard !isEmpty else { return [] }
        var bytes = [UInt8](repeating: 32, count: indent) + text
        if let comment {
            if !text.isEmpty { bytes += [UInt8](repeating: 32, count: max(1, commentColumn - width)) }
            bytes += comment
        }
        return bytes
    }
}
