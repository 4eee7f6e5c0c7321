// What stands between a file and the YAML parser. The parser recurses for every level of nesting and copies what an alias
// names, so 400 bytes can take it gigabytes and 10 KB of brackets its stack. This scanner reads the same text once, in
// constant memory, and refuses what is nested deeper than 64 levels, anchors, aliases, tags, directives and keys marked by
// `?`, none of which an agreement needs.
//
// It follows the lexical rules of YAML 1.2 as far as they decide what is structure and what is text. Where it cannot be
// sure it counts text as structure, never the other way round.

/// Reads the outer form of a YAML file and throws what speaks against handing it to the parser.
public struct YAMLGuard {
    public struct Refusal: Error {
        public var complaint: Complaint
        public var line: Int
        public var column: Int
    }

    private let bytes: [UInt8]
    private var at = 0
    private var line = 1
    private var lineStart = 0
    /// How many `[` and `{` are open.
    private var flow = 0
    /// The columns, from 0, at which open block collections and their entries begin.
    private var columns: [Int] = []
    /// The column of the innermost key or dash on this line, else of the entry around it; −1 outside of all.
    private var parent = -1
    private var lastToken = 0
    /// While text goes on in lines indented deeper than this: a block scalar, or a plain one of several lines.
    private var textFloor: Int?
    private var isBlockScalarFresh = false
    /// A plain scalar within brackets goes on in the next line.
    private var isPlainOpen = false

    /// Keys, values and the signs between them.
    private var tokens = 0

    public static let deepest = 64
    /// The agreement of a company of 500 reps has some thirty thousand. Every one costs the parser some hundred bytes.
    public static let mostTokens = 500_000

    /// Throws a `Refusal`, or returns the text without a byte order mark.
    static func check(_ text: SourceText) throws(Refusal) -> String {
        guard text.bytes.count <= SourceText.largestFile else {
            throw Refusal(
                complaint: Complaint(
                    .tooLarge, "The file has \(text.bytes.count) bytes; one like this has at most 4 MB.",
                    remedy: "Move long lists, such as target accounts, to files of their own."), line: 1, column: 1)
        }
        let hasMark = text.bytes.starts(with: [0xEF, 0xBB, 0xBF])
        var guardian = YAMLGuard(bytes: hasMark ? Array(text.bytes.dropFirst(3)) : text.bytes)
        let string = try guardian.text()
        try guardian.scan()
        return string
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    // Characters.

    /// UTF-8 without control characters and without the line breaks that only YAML knows, which editors do not show.
    private mutating func text() throws(Refusal) -> String {
        for index in bytes.indices {
            if bytes[index] == 10 { (line, lineStart) = (line + 1, index + 1) }
            guard isBad(index) else { continue }
            at = index
            throw refusal(
                .notText, "The file has a character here that is no text: \(hex(bytes[index])).",
                "Save the file as plain UTF-8 text.")
        }
        guard let string = String(validating: bytes, as: UTF8.self) else {
            (at, line, lineStart) = (0, 1, 0)
            throw refusal(.notText, "The file is not UTF-8 text.", "Save the file as plain UTF-8 text.")
        }
        (line, lineStart) = (1, 0)
        return string
    }

    private func isBad(_ index: Int) -> Bool {
        switch bytes[index] {
        case 9, 10: false
        case 13: index + 1 >= bytes.count || bytes[index + 1] != 10
        case 0..<32, 127: true
        case 0xC2: byte(index + 1).map { (0x80...0x9F).contains($0) } ?? true
        case 0xE2: byte(index + 1) == 0x80 && (byte(index + 2) == 0xA8 || byte(index + 2) == 0xA9)
        default: false
        }
    }

    private func hex(_ byte: UInt8) -> String {
        "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }

    // Lines.

    private mutating func scan() throws(Refusal) {
        while at < bytes.count {
            try scanLine()
            skipToLineEnd()
            nextLine()
        }
    }

    private mutating func scanLine() throws(Refusal) {
        while byte(at) == UInt8(ascii: " ") { at += 1 }
        if isAtLineEnd { return }
        if flow == 0, let floor = textFloor, column > floor { return skipText(above: floor) }
        (textFloor, parent) = (nil, enclosing(column))
        if column == 0, flow == 0 { skipDocumentMarker() }
        if isPlainOpen { continuePlain() }
        while try token() {}
    }

    /// The first line of a block scalar says how deep it is indented.
    private mutating func skipText(above floor: Int) {
        if isBlockScalarFresh { (textFloor, isBlockScalarFresh) = (column - 1, false) }
        skipToLineEnd()
    }

    private mutating func skipDocumentMarker() {
        for marker in ["---", "..."] where bytes[at...].starts(with: marker.utf8) && isBlank(at + 3) {
            at += 3
            columns = []
        }
    }

    private mutating func skipToLineEnd() {
        while !isAtLineEnd { at += 1 }
    }

    private mutating func nextLine() {
        if byte(at) == 13 { at += 1 }
        at += 1
        line += 1
        lineStart = at
    }

    // Tokens.

    /// Reads one token; `false` at the end of the line.
    private mutating func token() throws(Refusal) -> Bool {
        while byte(at) == UInt8(ascii: " ") || byte(at) == 9 { at += 1 }
        guard !isAtLineEnd, let first = byte(at) else { return false }
        if first == UInt8(ascii: "#"), at == lineStart || isBlank(at - 1) { return false }
        try refuseUnsupported(first)
        try countToken()
        return flow > 0 ? try flowToken(first) : try blockToken(first)
    }

    private mutating func countToken() throws(Refusal) {
        tokens += 1
        guard tokens <= YAMLGuard.mostTokens else {
            throw refusal(
                .tooLarge, "The file has more than \(YAMLGuard.mostTokens) keys, values and signs.",
                "Move long lists, such as target accounts, to files of their own.")
        }
    }

    private mutating func refuseUnsupported(_ first: UInt8) throws(Refusal) {
        let what: String
        switch first {
        case UInt8(ascii: "&"), UInt8(ascii: "*"): what = "Anchors (&) and aliases (*) are"
        case UInt8(ascii: "!"): what = "Tags (!) are"
        case UInt8(ascii: "%") where at == lineStart: what = "Directives (%) are"
        case UInt8(ascii: "?") where flow > 0 || isBlank(at + 1): what = "Keys marked by ? are"
        default: return
        }
        throw refusal(
            .unsupportedYAML, what + " not part of the agreement language.",
            "Write the value out where it is meant; put quotes round a text that begins with this character.")
    }

    private mutating func blockToken(_ first: UInt8) throws(Refusal) -> Bool {
        switch first {
        case UInt8(ascii: "-") where isBlank(at + 1):
            try open(column)
            parent = column
            at += 1
        case UInt8(ascii: ":") where isBlank(at + 1):
            parent = lastToken
            at += 1
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            try open(column)
            try openFlow()
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            try open(column)
            skipQuoted(first)
        case UInt8(ascii: "|"), UInt8(ascii: ">"):
            (textFloor, isBlockScalarFresh) = (max(0, parent), true)
            return false
        default:
            try open(column)
            skipPlain()
            if isAtLineEnd { textFloor = max(0, parent) }
        }
        return true
    }

    private mutating func flowToken(_ first: UInt8) throws(Refusal) -> Bool {
        switch first {
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            try openFlow()
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
            flow -= 1
            at += 1
        // Within brackets a colon at the start of a token is a sign, whatever follows: what it stands before is looked at
        // by itself, since it may be an anchor or a quote.
        case UInt8(ascii: ","), UInt8(ascii: ":"):
            at += 1
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            skipQuoted(first)
        default:
            skipPlain()
        }
        return true
    }

    private mutating func open(_ column: Int) throws(Refusal) {
        while let last = columns.last, last > column { columns.removeLast() }
        if columns.last != column { columns.append(column) }
        lastToken = column
        try checkDepth()
    }

    private mutating func openFlow() throws(Refusal) {
        flow += 1
        try checkDepth()
        at += 1
    }

    private func checkDepth() throws(Refusal) {
        guard columns.count + flow <= YAMLGuard.deepest else {
            throw refusal(
                .tooDeep, "The file is nested more than \(YAMLGuard.deepest) levels deep here.",
                "An agreement has about six levels; look for a bracket that is not closed.")
        }
    }

    /// The column of the entry a token at this column belongs to.
    private func enclosing(_ column: Int) -> Int { columns.last { $0 < column } ?? -1 }

    // Texts.

    /// A quoted text may go on over lines.
    private mutating func skipQuoted(_ quote: UInt8) {
        at += 1
        while let next = byte(at) {
            if next == 10 { (line, lineStart) = (line + 1, at + 1) }
            at += 1
            if next == quote {
                guard quote == UInt8(ascii: "'"), byte(at) == quote else { return }
                at += 1
            } else if next == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), byte(at) != 10 {
                at += 1
            }
        }
    }

    private mutating func skipPlain() {
        repeat { at += 1 } while !isPlainEnd
        isPlainOpen = flow > 0 && isAtLineEnd
    }

    private mutating func continuePlain() {
        isPlainOpen = false
        if !isPlainEnd, byte(at) != UInt8(ascii: "#") { skipPlain() }
    }

    private var isPlainEnd: Bool {
        guard !isAtLineEnd, let next = byte(at) else { return true }
        switch next {
        case UInt8(ascii: ":"): return isBlank(at + 1) || flow > 0 && isFlowIndicator(byte(at + 1))
        case UInt8(ascii: "#"): return isBlank(at - 1)
        default: return flow > 0 && isFlowIndicator(next)
        }
    }

    private func isFlowIndicator(_ byte: UInt8?) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
        default: false
        }
    }

    // Bytes.

    private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

    private var column: Int { at - lineStart }

    private var isAtLineEnd: Bool {
        guard let byte = byte(at) else { return true }
        return byte == 10 || byte == 13
    }

    private func isBlank(_ index: Int) -> Bool {
        switch byte(index) {
        case nil, 9, 10, 13, UInt8(ascii: " "): true
        default: false
        }
    }

    /// A refusal at the present byte; its column counts characters.
    private func refusal(_ code: FindingCode, _ cause: String, _ remedy: String) -> Refusal {
        let before = String(decoding: bytes[lineStart..<max(lineStart, at)], as: UTF8.self)
        return Refusal(complaint: Complaint(code, cause, remedy: remedy), line: line, column: before.count + 1)
    }
}
