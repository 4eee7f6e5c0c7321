/// Reads delimited text as RFC 4180 describes it and as people really have it.
///
/// Memory does not depend on the file: no more than about two `ReadingLimits.row` is held at any time.
/// A fault costs one line, never the rest of the file: after it, reading goes on at the line behind the faulty one.
public final class CSVReader: RowReader {
    public let dialect: Dialect
    public let header: CSVHeader
    public private(set) var counts = ReadingCounts()
    /// The lines of one field at the end of the file, known after `.end`; at most `footerLimit`.
    public private(set) var footer: [String] = []

    private let records: CSVRecords
    private let width: Int
    /// Lines of one field that are the footer if nothing but such lines follows.
    private var possibleFooter: ArraySlice<Malformed> = []
    private var isFooterRefuted = false

    /// No export known ends with more such lines; without a bound a file of one field a line would be kept whole.
    public static let footerLimit = 16

    public var fieldNames: [String] { header.names }
    public var position: Position { possibleFooter.first?.start ?? records.place.position }

    /// Reads the header at once. Without a dialect it is sniffed from the first 64 KiB; a byte order mark always wins.
    ///
    /// Throws `UnreadableFile` if there is no header to read by, and what `pull` throws.
    public init(dialect: Dialect? = nil, limits: ReadingLimits = ReadingLimits(), pull: @escaping Pull) throws {
        let head = try FileHead.read(Dialect.sampleSize, from: pull)
        let mark = head.withUnsafeBufferPointer(TextEncoding.byteOrderMark)
        var dialect = dialect ?? Dialect.sniffed(head: head)
        if let mark { dialect.encoding = mark.encoding }
        let start = Position(line: 1, offset: mark?.length ?? 0)
        let records = CSVRecords(
            dialect, limits, at: start, pull: FileHead.replay(head.dropFirst(start.offset), then: pull))
        (header, counts) = try CSVReader.readHeader(records)
        (self.dialect, self.records, width) = (dialect, records, header.names.count)
    }

    /// Goes on where another reader stood: `pull` begins at the byte `position.offset` of the file.
    public init(
        resumingAt position: Position, dialect: Dialect, header: CSVHeader, limits: ReadingLimits = ReadingLimits(),
        pull: @escaping Pull
    ) {
        records = CSVRecords(dialect, limits, at: position, pull: pull)
        (self.dialect, self.header, width) = (dialect, header, header.names.count)
    }

    public func read(into row: Row) throws -> Reading {
        while true {
            if isFooterRefuted, let line = possibleFooter.popFirst() { return refuse(line) }
            isFooterRefuted = false
            while try records.skipBlankLine() { counts.blank += 1 }
            if try records.place.isAtEnd() { return endOfFile() }
            if let reading = try readRecord(into: row) { return reading }
        }
    }

    /// `nil` when what stands here was put aside as possible footer, or must wait until what was put aside is refused.
    private func readRecord(into row: Row) throws -> Reading? {
        let (scan, outcome) = try records.scan(fieldsWanted: width, into: row)
        guard case .record(let length, let next) = outcome else { return try readBroken(outcome) }
        let fault = scan.fault(in: records.place.bytes(upTo: length), width: width, dialect.encoding)
        if let fault, fault.reason == .tooFewFields, scan.fields == 1 {
            return putAside(records.place.refuse(fault, length: length, next: next))
        }
        if refutesFooter() { return nil }
        if let fault { return refuse(records.place.refuse(fault, length: length, next: next)) }
        records.deliver(row, scan, length: length, next: next)
        counts.rows += 1
        return .row
    }

    private func readBroken(_ outcome: CSVScan.Outcome) throws -> Reading? {
        guard case .fault(let reason, let at, let lineOf) = outcome else { return nil }
        return refutesFooter() ? nil : refuse(try records.place.giveUp(reason, at: at, lineOf: lineOf))
    }

    private func refuse(_ malformed: Malformed) -> Reading {
        counts.malformed += 1
        return .malformed(malformed)
    }

    // MARK: Footer

    private func putAside(_ line: Malformed) -> Reading? {
        possibleFooter.append(line)
        return possibleFooter.count > CSVReader.footerLimit ? refuse(possibleFooter.removeFirst()) : nil
    }

    /// True if lines put aside turn out to be no footer, since something else follows them.
    private func refutesFooter() -> Bool {
        isFooterRefuted = !possibleFooter.isEmpty
        return isFooterRefuted
    }

    private func endOfFile() -> Reading {
        counts.footer += possibleFooter.count
        footer += possibleFooter.map { String(decoding: $0.raw.prefix(200), as: UTF8.self) }
        possibleFooter = []
        return .end
    }

    // MARK: Header

    private static func readHeader(_ records: CSVRecords) throws -> (CSVHeader, ReadingCounts) {
        var counts = ReadingCounts()
        if try records.skipSeparatorLine() { counts.header += 1 }
        while try records.skipBlankLine() { counts.blank += 1 }
        if try records.place.isAtEnd() { throw UnreadableFile.empty }
        let row = Row()
        try readHeaderRow(records, into: row)
        counts.header += 1
        return (CSVHeader(written: (0..<row.count).map(row.text)), counts)
    }

    private static func readHeaderRow(_ records: CSVRecords, into row: Row) throws {
        let limit = records.limits.columns
        let (scan, outcome) = try records.scan(fieldsWanted: limit, into: row)
        switch outcome {
        case .incomplete: preconditionFailure("a scan that is incomplete is repeated with more in sight")
        case .fault(let reason, let at, let lineOf):
            throw UnreadableFile.brokenHeader(try records.place.giveUp(reason, at: at, lineOf: lineOf))
        case .record(let length, let next):
            if scan.fields > limit { throw UnreadableFile.tooManyColumns(limit: limit) }
            let bytes = records.place.bytes(upTo: length)
            if let fault = scan.fault(in: bytes, width: scan.fields, records.dialect.encoding) {
                throw UnreadableFile.brokenHeader(records.place.refuse(fault, length: length, next: next))
            }
            records.deliver(row, scan, length: length, next: next)
        }
    }
}
