// Takes a YAML file apart into its lines: how deep each stands, its text with its inner white space in order, its comment.
// It knows the same lexical rules as `YAMLGuard`, and is run only on what the parser has accepted:
//
//     rules:                        key           opens a mapping at column 0
//        - {a: 1,b: 2}   # why      dash, flow    opens a list at column 3, shown at 2
//     text: |                       block text    its lines move with the key, as they are
//           as written

/// One line of the file, as it will stand there.
struct LaidLine {
    /// In the source, from 1.
    let number: Int
    var indent = 0
    var text: [UInt8] = []
    /// From its `#` on.
    var comment: [UInt8]?
    /// Where the comment began, in characters.
    var commentColumn = 0
    /// An empty line within a text, which counts its empty lines, or one whose white space belongs to the text.
    var belongsToText = false
    /// For a comment on a line of its own: where it stood among the open collections.
    var standing: Standing?

    struct Standing {
        let column: Int
        /// Of the open collection at the same column.
        let matching: Int?
        /// Of the innermost collection it stands within.
        let enclosing: Int
    }

    init(_ number: Int) { self.number = number }

    var isEmpty: Bool { text.isEmpty && comment == nil }
}

struct LayoutScanner {
    private(set) var lines: [LaidLine] = []
    /// For each line with a text, the column at which it began.
    private(set) var columns: [Int: Int] = [:]
    /// The file ends within a text that would become longer by a line break.
    private(set) var endsWithoutBreak = false

    private let bytes: [UInt8]
    private var at = 0
    private var number = 1
    private var lineStart = 0
    private var current = LaidLine(1)
    /// The block collections that are open, from the outside in.
    private var open: [Level] = []

    private struct Level {
        /// In the source.
        let column: Int
        /// In the result.
        let indent: Int
        let isList: Bool
    }

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func scan() throws(YAMLGuard.Refusal) {
        while at < bytes.count { try scanLine() }
    }

    // Lines.

    private mutating func scanLine() throws(YAMLGuard.Refusal) {
        skipBlanks()
        if isAtLineEnd { return endLine() }
        if byte(at) == hash { return commentLine() }
        try refuseTabs(from: lineStart)
        if column == 0, isDocumentMarker { return try documentMarker() }
        columns[number] = column
        try block()
    }

    private mutating func commentLine() {
        let column = column
        current.standing = LaidLine.Standing(
            column: column, matching: open.last { $0.column == column }?.indent,
            enclosing: open.last { $0.column <= column }?.indent ?? 0)
        takeComment()
        endLine()
    }

    private var isDocumentMarker: Bool {
        let start = bytes[at...].prefix(3)
        return (start.elementsEqual("---".utf8) || start.elementsEqual("...".utf8)) && isBlank(at + 3)
    }

    private mutating func documentMarker() throws(YAMLGuard.Refusal) {
        open = []
        take(3)
        try finishLine()
    }

    /// What is behind the last token: nothing, or a comment.
    private mutating func finishLine() throws(YAMLGuard.Refusal) {
        let start = at
        skipBlanks()
        if byte(at) == hash { takeComment() } else { try refuseTabs(from: start) }
        guard isAtLineEnd else { throw unexpected }
        endLine()
    }

    private mutating func takeComment() {
        current.commentColumn = String(decoding: bytes[lineStart..<at], as: UTF8.self).count
        let end = lineEnd
        current.comment = trimmed(bytes[at..<end])
        at = end
    }

    /// Goes on to the next line.
    private mutating func endLine() {
        lines.append(current)
        at = min(lineEnd + 1, bytes.count)
        (number, lineStart) = (number + 1, at)
        current = LaidLine(number)
    }

    // Block style.

    /// Dashes, then a key or a value.
    private mutating func block() throws(YAMLGuard.Refusal) {
        while byte(at) == dash, isBlank(at + 1) {
            indent(level(column, isList: true))
            take(1)
            if try isFollowedByNothing() { return try finishLine() }
            current.text.append(space)
        }
        guard let end = keyEnd else { return try value(isFirst: current.text.isEmpty) }
        indent(level(column, isList: false))
        current.text += trimmed(bytes[at..<end])
        at = end
        take(1)
        if try isFollowedByNothing() { return try finishLine() }
        current.text.append(space)
        try value(isFirst: false)
    }

    /// Of the first token of a line.
    private mutating func indent(_ columns: Int) {
        if current.text.isEmpty { current.indent = columns }
    }

    private mutating func isFollowedByNothing() throws(YAMLGuard.Refusal) -> Bool {
        let start = at
        skipBlanks()
        if isAtLineEnd || byte(at) == hash && at > start { return true }
        try refuseTabs(from: start)
        return false
    }

    /// The collection with an entry at this column. A list may stand at the column of the key it belongs to.
    private mutating func level(_ column: Int, isList: Bool) -> Int {
        while let last = open.last, last.column > column || last.column == column && last.isList && !isList {
            open.removeLast()
        }
        if let last = open.last, last.column == column, last.isList == isList { return last.indent }
        let indent = open.last.map { $0.indent + 2 } ?? 0
        open.append(Level(column: column, indent: indent, isList: isList))
        return indent
    }

    /// Where the `:` of a key stands that begins here.
    private var keyEnd: Int? {
        var end = at
        if let quote = byte(at), quote == double || quote == single {
            guard let closing = closingQuote(quote) else { return nil }
            end = closing + 1
        } else {
            guard let first = byte(at), !"[{|>".utf8.contains(first) else { return nil }
            while !isPlainEnd(end, inFlow: false) { end += 1 }
        }
        while byte(end) == space || byte(end) == tab { end += 1 }
        return byte(end) == colon && isBlank(end + 1) ? end : nil
    }

    /// On this line.
    private func closingQuote(_ quote: UInt8) -> Int? {
        var index = at + 1
        while let next = byte(index), next != newline {
            if next == backslash, quote == double {
                index += 2
            } else if next == quote {
                guard quote == single, byte(index + 1) == single else { return index }
                index += 2
            } else {
                index += 1
            }
        }
        return nil
    }

    // Values.

    private mutating func value(isFirst: Bool) throws(YAMLGuard.Refusal) {
        if isFirst {
            let column = column
            while let last = open.last, last.column > column { open.removeLast() }
            current.indent = parentIndent + 2
        }
        guard let first = byte(at) else { return endLine() }
        switch first {
        case double, single:
            quoted(first, indent: parentIndent + 2)
            try finishLine()
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            try flow()
            try finishLine()
        case UInt8(ascii: "|"), UInt8(ascii: ">"): try blockText()
        default: try plain()
        }
    }

    private var parentIndent: Int { open.last?.indent ?? -2 }
    private var parentColumn: Int { open.last?.column ?? -1 }

    /// A text without quotes goes on in lines that stand deeper than what it belongs to.
    private mutating func plain() throws(YAMLGuard.Refusal) {
        while true {
            var end = at
            while !isPlainEnd(end, inFlow: false) { end += 1 }
            current.text += trimmed(bytes[at..<end])
            at = end
            guard isAtLineEnd, let next = nextText, next.column > parentColumn, byte(next.at) != hash else {
                return try finishLine()
            }
            continueText(at: next.at, indent: parentIndent + 2)
        }
    }

    /// The next line that shows anything.
    private var nextText: (at: Int, column: Int)? {
        var (index, start) = (lineEnd + 1, lineEnd + 1)
        while let next = byte(index) {
            if next == newline {
                start = index + 1
            } else if next != space, next != tab {
                return (index, index - start)
            }
            index += 1
        }
        return nil
    }

    /// Goes on at a later line; the empty ones between belong to the text.
    private mutating func continueText(at next: Int, indent: Int) {
        endLine()
        while lineEnd < next {
            current.belongsToText = true
            endLine()
        }
        at = next
        current.indent = indent
    }

    private mutating func quoted(_ quote: UInt8, indent: Int) {
        take(1)
        while let next = byte(at) {
            if next == newline {
                trimTrailing(quote)
                continueText(at: nextText?.at ?? bytes.count, indent: indent)
            } else if next == backslash, quote == double, byte(at + 1) != newline {
                take(2)
            } else if next == quote {
                take(1)
                guard quote == single, byte(at) == single else { return }
                take(1)
            } else {
                take(1)
            }
        }
    }

    /// White space at the end of a line is no part of a quoted text, unless it is escaped.
    private mutating func trimTrailing(_ quote: UInt8) {
        let kept = trimmed(current.text[...])
        let backslashes = kept.reversed().prefix { $0 == backslash }.count
        if quote == single || backslashes.isMultiple(of: 2) { current.text = kept }
    }

    // Flow style.

    private mutating func flow() throws(YAMLGuard.Refusal) {
        var (depth, isSpaced, isPlainOpen) = (0, false, false)
        repeat {
            let start = at
            skipBlanks()
            guard let next = byte(at) else { throw unexpected }
            let isComment = next == hash && (at == lineStart || isBlank(at - 1))
            if next == newline || isComment {
                if isComment { takeComment() }
                nextFlowLine(depth, isPlainOpen: &isPlainOpen)
                isSpaced = false
                continue
            }
            try refuseTabs(from: start)
            switch next {
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                spaced(isSpaced)
                take(1)
                (depth, isSpaced) = (depth + 1, false)
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                spaced(current.text.last == colon)
                take(1)
                (depth, isSpaced) = (depth - 1, true)
            case comma,
                colon where !isPlainOpen:
                spaced(current.text.last == colon)
                take(1)
                isSpaced = true
            case double where !isPlainOpen, single where !isPlainOpen:
                spaced(isSpaced)
                quoted(next, indent: flowIndent(depth))
                isSpaced = true
            default:
                spaced(isSpaced)
                flowPlain()
                (isSpaced, isPlainOpen) = (true, isAtLineEnd)
                continue
            }
            isPlainOpen = false
        } while depth > 0
    }

    private mutating func spaced(_ isSpaced: Bool) {
        if isSpaced { current.text.append(space) }
    }

    private mutating func flowPlain() {
        var end = at + 1
        while !isPlainEnd(end, inFlow: true) { end += 1 }
        current.text += trimmed(bytes[at..<end])
        at = end
    }

    private func flowIndent(_ depth: Int) -> Int { max(0, parentIndent + 2 * max(1, depth)) }

    /// A plain text goes on in the next line unless that begins with an indicator; then its empty lines belong to it.
    private mutating func nextFlowLine(_ depth: Int, isPlainOpen: inout Bool) {
        let hadComment = current.comment != nil
        let next = nextText.map(\.at) ?? bytes.count
        isPlainOpen = isPlainOpen && !hadComment && !isPlainEnd(next, inFlow: true) && byte(next) != hash
        if isPlainOpen { return continueText(at: next, indent: flowIndent(depth)) }
        endLine()
        while lineEnd < next { endLine() }
        at = next
        let isClosing = byte(next).map { $0 == UInt8(ascii: "]") || $0 == UInt8(ascii: "}") } == true
        current.indent = flowIndent(isClosing ? depth - 1 : depth)
    }

    // Block texts.

    private mutating func blockText() throws(YAMLGuard.Refusal) {
        let header = at
        while !isBlank(at) { take(1) }
        let digit = bytes[header..<at].first { (49...57).contains($0) }.map { Int($0) - 48 }
        let keepsBreaks = bytes[header..<at].contains(UInt8(ascii: "+"))
        var column = digit.map { max(0, parentColumn) + $0 }
        let indent = max(0, parentIndent) + (digit ?? 2)
        try finishLine()
        var (last, least) = (lines.count, max(0, parentColumn) + 1)
        while at < bytes.count {
            let spaces = bytes[at..<lineEnd].prefix { $0 == space }.count
            let isEmpty = at + spaces == lineEnd
            if isEmpty {
                least = max(least, spaces)
            } else {
                if column == nil, spaces >= least { column = spaces }
                guard let column, spaces >= column else { break }
            }
            current.belongsToText = true
            current.indent = indent
            current.text = column.map { Array(bytes[at..<lineEnd].dropFirst($0)) } ?? []
            let hasText = !current.text.isEmpty
            endsWithoutBreak = (hasText || keepsBreaks) && lineEnd == bytes.count
            endLine()
            if hasText { last = lines.count }
        }
        guard !keepsBreaks else { return }
        for index in last..<lines.count { lines[index].belongsToText = false }
    }

    // Bytes.

    private mutating func take(_ count: Int) {
        let end = min(at + count, bytes.count)
        current.text += bytes[at..<end]
        at = end
    }

    private mutating func skipBlanks() {
        while byte(at) == space || byte(at) == tab { at += 1 }
    }

    private func isPlainEnd(_ index: Int, inFlow: Bool) -> Bool {
        guard let next = byte(index), next != newline else { return true }
        switch next {
        case colon: return isBlank(index + 1) || inFlow && isFlowIndicator(byte(index + 1))
        case hash: return index > at && isBlank(index - 1)
        default: return inFlow && isFlowIndicator(next)
        }
    }

    private func isFlowIndicator(_ byte: UInt8?) -> Bool { byte.map { ",[]{}".utf8.contains($0) } == true }

    private func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        Array(bytes.prefix(through: bytes.lastIndex { $0 != space && $0 != tab } ?? bytes.startIndex - 1))
    }

    private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }
    private func isBlank(_ index: Int) -> Bool { byte(index).map { $0 == space || $0 == tab || $0 == newline } ?? true }
    private var isAtLineEnd: Bool { byte(at).map { $0 == newline } ?? true }
    private var lineEnd: Int { bytes[min(at, bytes.count)...].firstIndex(of: newline) ?? bytes.count }
    private var column: Int { at - lineStart }

    // Refusals.

    private func refuseTabs(from start: Int) throws(YAMLGuard.Refusal) {
        guard let index = bytes[start..<at].firstIndex(of: tab) else { return }
        let complaint = Complaint(
            .tab, "There is a tab here, which every editor shows with another width.", remedy: "Write spaces instead.")
        throw refusal(complaint, index)
    }

    private var unexpected: YAMLGuard.Refusal {
        let complaint = Complaint(
            .unsafeLayout, "What stands here cannot be laid out.",
            remedy: "Write it in the usual way: a key, a colon, a value.")
        return refusal(complaint, at)
    }

    private func refusal(_ complaint: Complaint, _ index: Int) -> YAMLGuard.Refusal {
        let before = String(decoding: bytes[lineStart..<index], as: UTF8.self)
        return YAMLGuard.Refusal(complaint: complaint, line: number, column: before.count + 1)
    }
}

private let space = UInt8(ascii: " ")
private let tab = UInt8(ascii: "\t")
private let newline = UInt8(ascii: "\n")
private let hash = UInt8(ascii: "#")
private let dash = UInt8(ascii: "-")
private let colon = UInt8(ascii: ":")
private let comma = UInt8(ascii: ",")
private let double = UInt8(ascii: "\"")
private let single = UInt8(ascii: "'")
private let backslash = UInt8(ascii: "\\")
