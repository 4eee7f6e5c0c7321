/// The records of a delimited file one after another, whatever they mean: finding, delivering, giving up.
struct CSVRecords {
    let dialect: Dialect
    let place: RecordWindow

    init(_ dialect: Dialect, _ limits: ReadingLimits, at position: Position, pull: @escaping Pull) {
        self.dialect = dialect
        place = RecordWindow(dialect.encoding, limits, at: position, pull: pull)
    }

    var limits: ReadingLimits { place.limits }

    // MARK: Finding

    func scan(fieldsWanted: Int, into row: Row) throws -> (scan: CSVScan, outcome: CSVScan.Outcome) {
        while true {
            var scan = CSVScan(place.bytes, place.isComplete, dialect, limits, fieldsWanted: fieldsWanted)
            let outcome = scan.record(into: row)
            guard case .incomplete = outcome else { return (scan, outcome) }
            try place.lookFurther()
        }
    }

    /// Passes over one blank line if there is one here.
    func skipBlankLine() throws -> Bool {
        while true {
            switch blankLine() {
            case .none: return false
            case .incomplete: try place.lookFurther()
            case .line(let length, let next):
                place.advance(next, breaks: next > length ? 1 : 0)
                return true
            }
        }
    }

    private enum BlankLine {
        case none, incomplete
        case line(length: Int, next: Int)
    }

    private func blankLine() -> BlankLine {
        let bytes = place.bytes
        var i = 0
        while i < bytes.count, i < limits.row, isBlank(bytes[i]) { i += 1 }
        guard i < bytes.count else {
            guard place.isComplete else { return .incomplete }
            return i > 0 ? .line(length: i, next: i) : .none
        }
        guard i < limits.row, LineBreaks.isBreak(bytes[i]) else { return .none }
        guard bytes[i] == LineBreaks.carriageReturn else { return .line(length: i, next: i + 1) }
        guard i + 1 < bytes.count else { return place.isComplete ? .line(length: i, next: i + 1) : .incomplete }
        return .line(length: i, next: bytes[i + 1] == LineBreaks.lineFeed ? i + 2 : i + 1)
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == dialect.delimiter || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    /// Excel's `sep=;` as the first line of a file.
    func skipSeparatorLine() throws -> Bool {
        if try place.isAtEnd() { return false }
        guard let line = Dialect.separatorLine(place.bytes) else { return false }
        place.advance(line.length, breaks: line.length > 5 ? 1 : 0)
        return true
    }

    // MARK: Delivering

    /// The scanned row takes over its bytes, and reading stands behind it.
    func deliver(_ row: Row, _ scan: CSVScan, length: Int, next: Int) {
        row.position = place.position
        row.adopt(raw: place.bytes.baseAddress!, count: length, spare: scan.hasEscapes ? length : 0)
        if scan.hasEscapes { unescape(row) }
        let breaks = scan.mayHoldBreaks ? LineBreaks.count(in: place.bytes(upTo: length)) : 0
        place.advance(next, breaks: breaks + (next > length ? 1 : 0))
    }

    private func unescape(_ row: Row) {
        row.rewriteEscaped { CSVEscapes.decode($0, $1, to: $2, dialect) }
    }
}

extension CSVScan {
    /// The first of: bytes that are no text, fields too long, too few or too many fields; `nil` for a good row.
    @inline(__always)
    func fault(in bytes: @autoclosure () -> Bytes, width: Int, _ encoding: TextEncoding) -> RowFault? {
        if mayHoldNonASCII || mayHoldNUL, let fault = RowFault.notText(bytes(), encoding) { return fault }
        if let at = firstTooLong { return RowFault(reason: .fieldTooLong, at: at) }
        return fields == width ? nil : raggedness(bytes().count, width)
    }

    /// Surplus fields are no fault while all of them are empty, as spreadsheets write them.
    private func raggedness(_ length: Int, _ width: Int) -> RowFault? {
        let note = "\(fields) \(fields == 1 ? "field" : "fields") where the header has \(width)."
        if fields < width { return RowFault(reason: .tooFewFields, at: length, note: note) }
        return firstSurplus.map { RowFault(reason: .tooManyFields, at: $0, note: note) }
    }
}
