/// Any bytes at all: read in chunks and at once, resumed, written and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCSV(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let input = FuzzInput(start, count) else { return 0 }
    do {
        try check(input)
    } catch is UnreadableFile {
        // A file may lack a header; it may not crash.
    } catch {
        preconditionFailure("only an unreadable header is thrown: \(error)")
    }
    return 0
}

private func check(_ input: FuzzInput) throws {
    let dialect = input.flags & 1 == 0 ? nil : chosenDialect(input.flags)
    let reader = try CSVReader(dialect: dialect, limits: input.limits, pull: input.pull())
    let reads = try readAll(reader, fileCount: input.file.count)
    let whole = try CSVReader(dialect: dialect, limits: input.limits, pull: input.pull(chunk: 1 << 20))
    let wholeReads = try readAll(whole, fileCount: input.file.count)
    precondition(wholeReads == reads, "chunks do not matter")
    try checkResuming(
        reads,
        {
            CSVReader(
                resumingAt: $0, dialect: reader.dialect, header: reader.header, limits: input.limits,
                pull: input.pull(from: $0.offset))
        }, fileCount: input.file.count)
    try checkWriting(reads, reader)
}

private func chosenDialect(_ flags: UInt8) -> Dialect {
    Dialect(
        encoding: TextEncoding.allCases[Int(flags >> 1 & 3)], delimiter: Array(",;\t|".utf8)[Int(flags >> 3 & 3)],
        quote: flags & 32 == 0 ? UInt8(ascii: "\"") : nil, hasBackslashEscapes: flags & 64 != 0)
}

/// Rows that are written out are read back the same.
private func checkWriting(_ reads: [Read], _ reader: CSVReader) throws {
    var writer = CSVWriter(delimiter: reader.dialect.delimiter, guardsFormulas: false)
    writer.row(reader.header.names)
    let rows = fields(reads)
    for row in rows {
        for field in row { field.withUnsafeBufferPointer { writer.field($0) } }
        writer.endRow()
    }
    let file = writer.take()
    var next = 0
    let again = try CSVReader(dialect: Dialect(delimiter: reader.dialect.delimiter)) { room in
        let count = min(room.count, file.count - next)
        room.copyBytes(from: file[next..<next + count])
        next += count
        return count
    }
    precondition(again.header == reader.header, "the header is read back")
    let back = try readAll(again, fileCount: file.count)
    precondition(fields(back) == rows && back.count == rows.count, "what is written is read back")
}

private func fields(_ reads: [Read]) -> [[[UInt8]]] {
    reads.compactMap { read in
        guard case .row(let fields, _, _) = read else { return nil }
        return fields
    }
}
