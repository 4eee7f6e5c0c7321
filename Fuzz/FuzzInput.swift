/// The first four bytes of an input choose how the rest is read, so that one corpus covers chunks, limits and dialects.
struct FuzzInput {
    let file: [UInt8]
    let chunk: Int
    let limits: ReadingLimits
    let flags: UInt8

    init?(_ start: UnsafePointer<UInt8>, _ count: Int) {
        guard count >= 4 else { return nil }
        file = Array(UnsafeBufferPointer(start: start + 4, count: count - 4))
        chunk = 1 + Int(start[0])
        flags = start[1]
        var limits = ReadingLimits()
        if start[2] > 0 { limits.row = 16 + Int(start[2]) }
        if start[3] > 0 { limits.field = Int(start[3]) }
        self.limits = limits
    }

    func pull(from offset: Int = 0, chunk: Int? = nil) -> Pull {
        let (file, chunk) = (file, chunk ?? self.chunk)
        var next = offset
        return { room in
            let count = min(room.count, chunk, file.count - next)
            room.copyBytes(from: file[next..<next + count])
            next += count
            return count
        }
    }
}

/// One row or malformed part, for comparing two ways of reading.
enum Read: Equatable {
    case row([[UInt8]], [FieldKind], Position)
    case malformed(Malformed)
}

/// Reads to the end and checks what must hold for every reader.
func readAll(_ reader: any RowReader, fileCount: Int) throws -> [Read] {
    let row = Row()
    var (reads, last) = ([Read](), -1)
    var reading = try reader.read(into: row)
    while reading != .end {
        if case .malformed(let malformed) = reading {
            precondition(malformed.start.offset > last && malformed.line >= malformed.start.line)
            precondition(malformed.caret <= malformed.excerpt.unicodeScalars.count && malformed.column >= 1)
            last = malformed.start.offset
            reads.append(.malformed(malformed))
        } else {
            precondition(row.position.offset > last, "offsets rise")
            precondition(row.count == reader.fieldNames.count, "a row has a field per name")
            last = row.position.offset
            let fields = (0..<row.count).map { row.withField($0) { Array($0) } }
            reads.append(.row(fields, (0..<row.count).map(row.kind), row.position))
        }
        reading = try reader.read(into: row)
    }
    precondition(reader.position.offset == fileCount, "every byte is accounted for")
    precondition(reader.counts.rows + reader.counts.malformed == reads.count, "every record is counted once")
    let after = try reader.read(into: row)
    precondition(after == .end, "the end stays the end")
    return reads
}

/// From the start of any row on, another reader delivers what the first one did.
func checkResuming(_ reads: [Read], _ resume: (Position) -> any RowReader, fileCount: Int) throws {
    for (index, read) in reads.enumerated().prefix(6) {
        guard case .row(_, _, let position) = read else { continue }
        let rest = try readAll(resume(position), fileCount: fileCount)
        precondition(rest == Array(reads[index...]), "resuming gives the same remainder")
    }
}
