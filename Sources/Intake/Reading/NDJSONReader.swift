/// Reads one JSON object per line and delivers the wanted paths as fields; a path that an object lacks is `missing`.
///
/// Lines, limits, faults and positions are as in `CSVReader`. There is no header and no footer.
public final class NDJSONReader: RowReader {
    public let paths: [JSONPath]
    public let encoding: TextEncoding
    public private(set) var counts = ReadingCounts()

    private let place: RecordWindow
    private let tree: JSONPathTree
    private var scan = JSONScan()

    public var fieldNames: [String] { paths.map(\.description) }
    public var position: Position { place.position }

    /// Throws `UnreadableFile` for a file that is JSON but not one object per line, and what `pull` throws.
    public init(paths: [JSONPath], limits: ReadingLimits = ReadingLimits(), pull: @escaping Pull) throws {
        let head = try FileHead.read(Dialect.sampleSize, from: pull)
        let mark = head.withUnsafeBufferPointer(TextEncoding.byteOrderMark)
        let start = Position(line: 1, offset: mark?.length ?? 0)
        encoding = mark?.encoding ?? .utf8
        (self.paths, tree) = (paths, JSONPathTree(paths))
        let pull = FileHead.replay(head.dropFirst(start.offset), then: pull)
        place = RecordWindow(encoding, limits, at: start, pull: pull)
        try refuseOtherJSON()
    }

    /// Goes on where another reader stood: `pull` begins at the byte `position.offset` of the file.
    public init(
        resumingAt position: Position, paths: [JSONPath], encoding: TextEncoding = .utf8,
        limits: ReadingLimits = ReadingLimits(), pull: @escaping Pull
    ) {
        (self.paths, self.encoding, tree) = (paths, encoding, JSONPathTree(paths))
        place = RecordWindow(encoding, limits, at: position, pull: pull)
    }

    public func read(into row: Row) throws -> Reading {
        while true {
            if try place.isAtEnd() { return .end }
            guard let line = try findLine() else {
                return refuse(try place.giveUp(.rowTooLong, at: place.limits.row, lineOf: place.limits.row))
            }
            let bytes = place.bytes(upTo: line.length)
            if !bytes.contains(where: { !isSpace($0) }) {
                place.advance(line.next, breaks: line.next > line.length ? 1 : 0)
                counts.blank += 1
            } else if let fault = fault(in: bytes, into: row) {
                return refuse(place.refuse(fault, length: line.length, next: line.next))
            } else {
                deliver(row, line)
                return .row
            }
        }
    }

    private func refuse(_ malformed: Malformed) -> Reading {
        counts.malformed += 1
        return .malformed(malformed)
    }

    private func deliver(_ row: Row, _ line: (length: Int, next: Int)) {
        let escaped = (0..<row.count).reduce(0) { sum, field in
            let slot = row.slots[field]
            return slot.isEscaped ? sum + Int(slot.end - slot.start) : sum
        }
        row.position = place.position
        row.adopt(raw: place.bytes.baseAddress!, count: line.length, spare: escaped)
        if escaped > 0 { row.rewriteEscaped { JSONEscapes.decode($0, $1, to: $2) } }
        place.advance(line.next, breaks: line.next > line.length ? 1 : 0)
        counts.rows += 1
    }

    // MARK: Lines

    /// The line's length without and with its ending, or `nil` if it is longer than the limit.
    private func findLine() throws -> (length: Int, next: Int)? {
        var from = 0
        while true {
            let bytes = place.bytes
            let bound = min(bytes.count, place.limits.row)
            let end = LineBreaks.end(in: Bytes(rebasing: bytes[..<bound]), from: from)
            if end < bound, bytes[end] == LineBreaks.lineFeed { return (end, end + 1) }
            if end < bound, end + 1 < bytes.count {
                return (end, bytes[end + 1] == LineBreaks.lineFeed ? end + 2 : end + 1)
            }
            if end == bound, bytes.count > bound { return nil }
            if place.isComplete { return (end, min(end + 1, bytes.count)) }
            from = end
            try place.lookFurther()
        }
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private func fault(in line: Bytes, into row: Row) -> RowFault? {
        if let fault = RowFault.notText(line, encoding) { return fault }
        row.clear()
        row.reset(toMissing: paths.count)
        var sink = WantedFields(tree: tree, row: row)
        do {
            try scan.object(line, into: &sink)
        } catch {
            return error
        }
        return tooLong(row)
    }

    private func tooLong(_ row: Row) -> RowFault? {
        let limit = place.limits.field
        for field in 0..<row.count where Int(row.slots[field].end - row.slots[field].start) > limit {
            return RowFault(reason: .fieldTooLong, at: Int(row.slots[field].start))
        }
        return nil
    }

    // MARK: Files that are something else

    /// An array at the top, or an object over several lines, would otherwise be one fault per line.
    private func refuseOtherJSON() throws {
        if try place.isAtEnd() { return }
        let head = place.bytes.prefix(Dialect.sampleSize)
        guard let first = head.firstIndex(where: { !isSpace($0) && !LineBreaks.isBreak($0) }) else { return }
        let isArray = head[first] == UInt8(ascii: "[")
        let opensOnly = head[first] == UInt8(ascii: "{") && restOfLineIsBlank(after: first)
        guard isArray || opensOnly else { return }
        let reason: Malformed.Reason = isArray ? .notAnObject : .incompleteJSON
        throw UnreadableFile.notOneObjectPerLine(try place.giveUp(reason, at: first, lineOf: first))
    }

    private func restOfLineIsBlank(after index: Int) -> Bool {
        let rest = place.bytes[(index + 1)...].prefix { isSpace($0) }
        return rest.endIndex < place.bytes.count && LineBreaks.isBreak(place.bytes[rest.endIndex])
    }
}

extension NDJSONReader {
    /// Every path that occurs in the sample, in order of first occurrence, parts before their whole.
    /// Of arrays the first three elements are shown.
    public static func paths(inSample sample: [UInt8]) -> [JSONPath] {
        var (seen, scan) = (SeenPaths(), JSONScan())
        let mark = sample.withUnsafeBufferPointer(TextEncoding.byteOrderMark)
        let text = Dialect.utf8(sample, in: mark?.encoding ?? .utf8)
        let padded = text + [UInt8](repeating: 0, count: Words.padding)
        padded.withUnsafeBufferPointer { padded in
            for line in padded.prefix(text.count).split(whereSeparator: LineBreaks.isBreak) {
                let line = Bytes(rebasing: line)
                // A line that is cut or broken still shows the paths before its fault.
                if RowFault.notText(line, .utf8) == nil { try? scan.object(line, into: &seen) }
            }
        }
        return seen.paths
    }
}
