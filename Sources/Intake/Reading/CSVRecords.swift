/// The records of a delimited file one after another, whatever they mean: finding, delivering, giving up.
final class CSVRecords {
    let dialect: Dialect
    let limits: ReadingLimits
    /// Where what is in sight begins.
    private(set) var position: Position
    private let window: ByteWindow

    init(_ dialect: Dialect, _ limits: ReadingLimits, at position: Position, pull: @escaping Pull) {
        precondition(limits.row >= 16 && limits.row < 1 << 31)
        (self.dialect, self.limits, self.position) = (dialect, limits, position)
        // Two more than the limit, to see that a row exceeds it and whether a CR at the limit is followed by LF.
        window = ByteWindow(Transcoder(dialect.encoding, pull: pull), maximum: limits.row + 2)
    }

    /// What is in sight from the record's start, up to an index.
    func bytes(upTo end: Int) -> Bytes { Bytes(rebasing: window.bytes[..<end]) }

    // MARK: Finding

    func scan(fieldsWanted: Int, into row: Row) throws -> (scan: CSVScan, outcome: CSVScan.Outcome) {
        while true {
            var scan = CSVScan(window.bytes, window.isComplete, dialect, limits, fieldsWanted: fieldsWanted)
            let outcome = scan.record(into: row)
            guard case .incomplete = outcome else { return (scan, outcome) }
            try window.fill()
        }
    }

    func isAtEnd() throws -> Bool {
        if window.bytes.isEmpty, !window.isComplete { try window.fill() }
        return window.bytes.isEmpty
    }

    /// Passes over one blank line if there is one here.
    func skipBlankLine() throws -> Bool {
        while true {
            switch blankLine() {
            case .none: return false
            case .incomplete: try window.fill()
            case .line(let length, let next):
                advance(next, breaks: next > length ? 1 : 0)
                return true
            }
        }
    }

    private enum BlankLine {
        case none, incomplete
        case line(length: Int, next: Int)
    }

    private func blankLine() -> BlankLine {
        let bytes = window.bytes
        var i = 0
        while i < bytes.count, i < limits.row, isBlank(bytes[i]) { i += 1 }
        guard i < bytes.count else {
            guard window.isComplete else { return .incomplete }
            return i > 0 ? .line(length: i, next: i) : .none
        }
        guard i < limits.row, LineBreaks.isBreak(bytes[i]) else { return .none }
        guard bytes[i] == LineBreaks.carriageReturn else { return .line(length: i, next: i + 1) }
        guard i + 1 < bytes.count else { return window.isComplete ? .line(length: i, next: i + 1) : .incomplete }
        return .line(length: i, next: bytes[i + 1] == LineBreaks.lineFeed ? i + 2 : i + 1)
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == dialect.delimiter || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    /// Excel's `sep=;` as the first line of a file.
    func skipSeparatorLine() throws -> Bool {
        if try isAtEnd() { return false }
        guard let line = Dialect.separatorLine(window.bytes) else { return false }
        advance(line.length, breaks: line.length > 5 ? 1 : 0)
        return true
    }

    // MARK: Delivering

    /// The scanned row takes over its bytes, and reading stands behind it.
    func deliver(_ row: Row, _ scan: CSVScan, length: Int, next: Int) {
        row.position = position
        row.adopt(raw: window.bytes.baseAddress!, count: length, spare: scan.hasEscapes ? length : 0)
        if scan.hasEscapes { unescape(row) }
        let breaks = scan.mayHoldBreaks ? LineBreaks.count(in: bytes(upTo: length)) : 0
        advance(next, breaks: breaks + (next > length ? 1 : 0))
    }

    private func unescape(_ row: Row) {
        for field in 0..<row.count where row.slots[field].isEscaped {
            row.rewrite(field) { CSVEscapes.decode($0, $1, to: $2, dialect) }
        }
    }

    // MARK: Giving up

    /// A record that was found whole but is not right.
    func refuse(_ fault: CSVFault, length: Int, next: Int) -> Malformed {
        let bytes = bytes(upTo: length)
        let malformed = Malformed(
            fault.reason, bytes, fault: fault.at, length: length, start: position, note: fault.note,
            rawLimit: limits.raw)
        advance(next, breaks: LineBreaks.count(in: bytes) + (next > length ? 1 : 0))
        return malformed
    }

    /// A record without an end: it is left at the end of the line in which `index` lies, however far that is.
    func giveUp(_ reason: Malformed.Reason, at fault: Int, lineOf index: Int) throws -> Malformed {
        let lineEnd = LineBreaks.end(in: window.bytes, from: min(index, window.bytes.count))
        if lineEnd == window.bytes.count, !window.isComplete, lineEnd < limits.row + 2 {
            try window.fill()
            return try giveUp(reason, at: fault, lineOf: index)
        }
        let isEndInSight = lineEnd < window.bytes.count || window.isComplete
        let malformed = Malformed(
            reason, bytes(upTo: lineEnd), fault: fault, length: isEndInSight ? lineEnd : Int.max, start: position,
            rawLimit: limits.raw)
        try leaveLine(endingAt: lineEnd)
        return malformed
    }

    /// Passes the line break at or behind `end`, dropping from sight whatever precedes it.
    private func leaveLine(endingAt end: Int) throws {
        var end = end
        while end == window.bytes.count, !window.isComplete {
            advance(end, breaks: LineBreaks.count(in: bytes(upTo: end)))
            try window.fill()
            end = LineBreaks.end(in: window.bytes, from: 0)
        }
        if end + 1 == window.bytes.count, !window.isComplete {
            advance(end, breaks: LineBreaks.count(in: bytes(upTo: end)))
            try window.fill()
            end = 0
        }
        let rest = window.bytes[end...].prefix(2)
        let ending = rest.elementsEqual([LineBreaks.carriageReturn, LineBreaks.lineFeed]) ? 2 : min(1, rest.count)
        advance(end + ending, breaks: LineBreaks.count(in: bytes(upTo: end + ending)))
    }

    @inline(__always)
    private func advance(_ count: Int, breaks: Int) {
        position.offset += dialect.encoding.originalLength(of: bytes(upTo: count))
        position.line += breaks
        window.drop(count)
    }
}

/// What is wrong with a record whose end is known.
struct CSVFault {
    let reason: Malformed.Reason
    let at: Int
    var note = ""

    /// The first of: bytes that are no text, fields too long, too few or too many fields; `nil` for a good row.
    @inline(__always)
    static func find(_ scan: CSVScan, in bytes: @autoclosure () -> Bytes, width: Int, _ encoding: TextEncoding)
        -> CSVFault?
    {
        if scan.mayHoldNonASCII || scan.mayHoldNUL, let fault = notText(bytes(), encoding) { return fault }
        if let at = scan.firstTooLong { return CSVFault(reason: .fieldTooLong, at: at) }
        if scan.fields == width { return nil }
        return ragged(scan, bytes().count, width)
    }

    private static func notText(_ bytes: Bytes, _ encoding: TextEncoding) -> CSVFault? {
        if let at = UTF8Check.firstFault(in: bytes) {
            let isUTF16 = encoding == .utf16LittleEndian || encoding == .utf16BigEndian
            return CSVFault(reason: isUTF16 ? .invalidUTF16 : .invalidUTF8, at: at)
        }
        return bytes.firstIndex(of: 0).map { CSVFault(reason: .nulByte, at: $0) }
    }

    /// Surplus fields are no fault while all of them are empty, as spreadsheets write them.
    private static func ragged(_ scan: CSVScan, _ length: Int, _ width: Int) -> CSVFault? {
        let note = "\(scan.fields) \(scan.fields == 1 ? "field" : "fields") where the header has \(width)."
        if scan.fields < width { return CSVFault(reason: .tooFewFields, at: length, note: note) }
        return scan.firstSurplus.map { CSVFault(reason: .tooManyFields, at: $0, note: note) }
    }
}
