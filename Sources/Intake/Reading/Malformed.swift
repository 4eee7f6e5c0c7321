/// A part of a file that is no row, and why. Nothing is dropped: it can be exported, mended and fed again.
public struct Malformed: Error, Hashable, Sendable {
    /// Why a row could not be read. The raw values are stable codes that people and scripts may rely on.
    public enum Reason: String, CaseIterable, Sendable {
        case unclosedQuote = "unclosed-quote"
        case textAfterQuote = "text-after-quote"
        case tooFewFields = "too-few-fields"
        case tooManyFields = "too-many-fields"
        case rowTooLong = "row-too-long"
        case fieldTooLong = "field-too-long"
        case invalidUTF8 = "invalid-utf8"
        case invalidUTF16 = "invalid-utf16"
        case nulByte = "nul-byte"
        case notAnObject = "not-an-object"
        case invalidJSON = "invalid-json"
        case incompleteJSON = "incomplete-json"
        case textAfterObject = "text-after-object"
        case invalidNumber = "invalid-number"
        case invalidEscape = "invalid-escape"
        case loneSurrogate = "lone-surrogate"
        case controlCharacter = "control-character"
        case duplicateKey = "duplicate-key"
        case tooDeep = "too-deep"
    }

    public let reason: Reason
    /// Where the refused part begins; `line` and `column` say where the fault is.
    public let start: Position
    public let line: Int
    /// 1-based, in characters (Unicode scalars) of that line.
    public let column: Int
    /// The surroundings of the fault, at most 80 characters, all printable.
    public let excerpt: String
    /// 0-based place of the fault within `excerpt`.
    public let caret: Int
    /// What was found, where the reason alone does not say it: "3 fields where the header has 12".
    public let note: String
    /// The refused part in UTF-8 without its last line ending, at most `ReadingLimits.raw` bytes.
    public let raw: [UInt8]
    /// False when `raw` had to be cut.
    public let isWhole: Bool
}

extension Malformed.Reason {
    /// The cause, a full sentence.
    public var cause: String {
        switch self {
        case .unclosedQuote: "A quote opens here and is never closed."
        case .textAfterQuote: "Text follows the quote that ends this value."
        case .tooFewFields: "The row has fewer fields than the header."
        case .tooManyFields: "The row has more fields than the header."
        case .rowTooLong: "The row is longer than the limit."
        case .fieldTooLong: "The field is longer than the limit."
        case .invalidUTF8: "These bytes are not UTF-8."
        case .invalidUTF16: "These bytes are not UTF-16."
        case .nulByte: "The row holds a NUL byte."
        case .notAnObject: "The line is not a JSON object."
        case .invalidJSON: "This is not JSON."
        case .incompleteJSON: "The line ends before its JSON object does."
        case .textAfterObject: "Text follows the JSON object on its line."
        case .invalidNumber: "This is not a JSON number."
        case .invalidEscape: "This is not a JSON escape."
        case .loneSurrogate: "This escape is half of a surrogate pair."
        case .controlCharacter: "A control character stands unescaped in a JSON string."
        case .duplicateKey: "The object has this key twice."
        case .tooDeep: "The JSON is nested more deeply than 64 levels."
        }
    }

    /// What to do about it, a full sentence.
    public var remedy: String {
        switch self {
        case .unclosedQuote: "Close the quote at the end of the value, and double each quote inside it."
        case .textAfterQuote:
            "Double each quote inside a quoted value, and put the delimiter right after the last quote."
        case .tooFewFields: "Add the missing delimiters, or quote a line break that split the row."
        case .tooManyFields: "Quote the value that contains the delimiter."
        case .rowTooLong, .fieldTooLong: "Leave the long column out of the export, or raise the limit."
        case .invalidUTF8: "Export the file as UTF-8, or name its encoding in the mapping."
        case .invalidUTF16: "Export the file again, as UTF-8 if possible."
        case .nulByte: "Export the row again; the file was damaged or cut short."
        case .notAnObject, .invalidJSON, .incompleteJSON, .textAfterObject: "Write one whole JSON object on each line."
        case .invalidNumber: "Write numbers as 12, -0.5 or 1e3, and everything else in quotes."
        case .invalidEscape: #"Use only \" \\ \/ \b \f \n \r \t and \u with four hexadecimal digits."#
        case .loneSurrogate: #"Write both halves, \uD83D\uDE00, or the character itself."#
        case .controlCharacter: #"Write it as \n, \t or \u with four hexadecimal digits."#
        case .duplicateKey: "Keep one of the two; they may differ, and which one is meant is not ours to guess."
        case .tooDeep: "Send the object with less nesting."
        }
    }
}

extension Malformed: CustomStringConvertible {
    public var description: String {
        """
        line \(line), column \(column): \(reason.cause)\(note.isEmpty ? "" : " " + note) (\(reason.rawValue))
            \(excerpt)
            \(String(repeating: " ", count: caret))^
        \(reason.remedy)
        """
    }
}

// MARK: - Describing a fault

extension Malformed {
    static let excerptLength = 80

    /// `bytes` is the refused part from its start, as far as it is at hand; `fault` an index into it.
    /// `length` is how long the part really is, without its line ending.
    init(
        _ reason: Reason, _ bytes: Bytes, fault: Int, length: Int, start: Position, note: String = "", rawLimit: Int
    ) {
        let fault = min(fault, bytes.count)
        let line = LineBreaks.lastLine(in: bytes, before: fault)
        let lineEnd = LineBreaks.end(in: bytes, from: fault)
        let kept = min(length, bytes.count, rawLimit)
        self.reason = reason
        self.start = start
        self.line = start.line + line.breaks
        self.column = 1 + Bytes(rebasing: bytes[line.start..<fault]).lazy.filter { $0 & 0xC0 != 0x80 }.count
        (self.excerpt, self.caret) = printable(bytes, line.start..<lineEnd, around: fault)
        self.note = note
        self.raw = Array(bytes[..<kept])
        self.isWhole = kept == length
    }
}

/// At most `excerptLength` characters of the range, the fault among them; what cannot be printed becomes `·`.
private func printable(_ bytes: Bytes, _ range: Range<Int>, around fault: Int) -> (excerpt: String, caret: Int) {
    // Four bytes a character at most; starting on a lead byte keeps the first character whole.
    var from = max(range.lowerBound, fault - 2 * Malformed.excerptLength)
    while from > range.lowerBound, from < fault, bytes[from] & 0xC0 == 0x80 { from += 1 }
    let to = min(range.upperBound, fault + 4 * Malformed.excerptLength)
    let before = printable(bytes, from..<fault).suffix(Malformed.excerptLength / 2)
    let after = printable(bytes, fault..<to).prefix(Malformed.excerptLength - before.count)
    var text = String.UnicodeScalarView()
    text.append(contentsOf: before)
    text.append(contentsOf: after)
    return (String(text), before.count)
}

private func printable(_ bytes: Bytes, _ range: Range<Int>) -> [Unicode.Scalar] {
    String(decoding: bytes[range], as: UTF8.self).unicodeScalars.map { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: "·"
        default: scalar
        }
    }
}
