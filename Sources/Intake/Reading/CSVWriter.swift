/// Writes delimited text as RFC 4180 describes it: for rejects that are to be mended, and for lists.
public struct CSVWriter: Sendable {
    /// What has been written and not been taken yet.
    public private(set) var bytes: [UInt8] = []
    private let delimiter: UInt8
    private let guardsFormulas: Bool
    private var isAtRowStart = true

    /// `guardsFormulas`: a value that a spreadsheet would run, one starting with `=` `+` `-` `@` tab, CR or NUL, gets
    /// an apostrophe before it, unless it is a plain number (OWASP, "CSV Injection"). Reading rejects again takes it off.
    public init(delimiter: UInt8 = UInt8(ascii: ","), guardsFormulas: Bool) {
        precondition(delimiter < 0x80 && !LineBreaks.isBreak(delimiter) && delimiter != CSVWriter.quote)
        (self.delimiter, self.guardsFormulas) = (delimiter, guardsFormulas)
    }

    private static let quote = UInt8(ascii: "\"")

    /// Hands over what has been written so far.
    public mutating func take() -> [UInt8] {
        defer { bytes.removeAll() }
        return bytes
    }

    public mutating func row(_ fields: some Sequence<String>) {
        for field in fields { self.field(field) }
        endRow()
    }

    public mutating func field(_ text: String) {
        var text = text
        text.withUTF8 { field($0) }
    }

    public mutating func field(_ value: Bytes) {
        let isQuoted = value.contains(where: needsQuotes) || (isAtRowStart && CSVWriter.wouldMislead(value))
        if !isAtRowStart { bytes.append(delimiter) }
        isAtRowStart = false
        let isGuarded = guardsFormulas && CSVWriter.isFormula(value)
        if isQuoted {
            quoted(value, isGuarded: isGuarded)
        } else {
            if isGuarded { bytes.append(UInt8(ascii: "'")) }
            bytes += value
        }
    }

    public mutating func endRow() {
        bytes += [LineBreaks.carriageReturn, LineBreaks.lineFeed]
        isAtRowStart = true
    }

    /// A first field that, bare, a reader would take for part of a blank line, a byte order mark or Excel's `sep=`.
    private static func wouldMislead(_ first: Bytes) -> Bool {
        first.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            || TextEncoding.byteOrderMark(first) != nil || first.starts(with: "sep=".utf8)
    }

    private mutating func quoted(_ value: Bytes, isGuarded: Bool) {
        bytes.append(CSVWriter.quote)
        if isGuarded { bytes.append(UInt8(ascii: "'")) }
        for byte in value {
            if byte == CSVWriter.quote { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(CSVWriter.quote)
    }

    private func needsQuotes(_ byte: UInt8) -> Bool {
        byte == delimiter || byte == CSVWriter.quote || LineBreaks.isBreak(byte)
    }

    // MARK: Formulas

    /// What stood here before the guard: the inverse of writing with `guardsFormulas`.
    static func armed(_ written: Bytes) -> Bytes {
        guard written.first == apostrophe else { return written }
        let behind = Bytes(rebasing: written.dropFirst())
        return isFormula(behind) ? behind : written
    }

    private static let apostrophe = UInt8(ascii: "'")

    private static func isFormula(_ value: Bytes) -> Bool {
        guard let first = value.first else { return false }
        switch first {
        // What looks as if it were guarded is guarded again, so that the guard can be taken off without guessing.
        case apostrophe: return isFormula(Bytes(rebasing: value.dropFirst()))
        case UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "\t"), LineBreaks.carriageReturn, 0: return true
        case UInt8(ascii: "+"), UInt8(ascii: "-"): return !isNumber(value.dropFirst())
        default: return false
        }
    }

    /// Digits, perhaps with one point or comma between them.
    private static func isNumber(_ digits: Slice<Bytes>) -> Bool {
        let parts = digits.split(omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",")
        }
        return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { (48...57).contains($0) } }
    }
}
