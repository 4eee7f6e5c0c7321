/// Any bytes at all: read in chunks and at once, resumed, each value written into an object and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzNDJSON(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let input = FuzzInput(start, count) else { return 0 }
    _ = NDJSONReader.paths(inSample: input.file)
    do {
        try check(input)
    } catch is UnreadableFile {
        // A file may be JSON of another shape; it may not crash.
    } catch {
        preconditionFailure("only a file of another shape is thrown: \(error)")
    }
    return 0
}

private let paths = ["a", "a.b", "a[0]", "b", "a", "list[1].x", "list"].map { JSONPath(parsing: $0)! }

private func check(_ input: FuzzInput) throws {
    let reader = try NDJSONReader(paths: paths, limits: input.limits, pull: input.pull())
    let reads = try readAll(reader, fileCount: input.file.count)
    let whole = try NDJSONReader(paths: paths, limits: input.limits, pull: input.pull(chunk: 1 << 20))
    let wholeReads = try readAll(whole, fileCount: input.file.count)
    precondition(wholeReads == reads, "chunks do not matter")
    try checkResuming(
        reads,
        {
            NDJSONReader(
                resumingAt: $0, paths: paths, encoding: reader.encoding, limits: input.limits,
                pull: input.pull(from: $0.offset))
        }, fileCount: input.file.count)
    for case .row(let fields, let kinds, _) in reads.prefix(8) {
        for (value, kind) in zip(fields, kinds) { try checkWriting(value, kind) }
    }
}

private func checkWriting(_ value: [UInt8], _ kind: FieldKind) throws {
    let written: [UInt8]
    switch kind {
    case .missing: return
    case .null: written = Array("null".utf8)
    case .string: written = quoted(value)
    case .number, .boolean, .json: written = value
    }
    let line = Array("{\"a\":".utf8) + written + Array("}".utf8)
    var next = 0
    let again = NDJSONReader(resumingAt: .start, paths: [paths[0]]) { room in
        let count = min(room.count, line.count - next)
        room.copyBytes(from: line[next..<next + count])
        next += count
        return count
    }
    let reads = try readAll(again, fileCount: line.count)
    precondition(reads == [.row([value], [kind], .start)], "a value is read back")
}

private func quoted(_ text: [UInt8]) -> [UInt8] {
    let hex = Array("0123456789abcdef".utf8)
    let body = text.flatMap { byte -> [UInt8] in
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
        case ..<0x20: Array("\\u00".utf8) + [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
        default: [byte]
        }
    }
    return [UInt8(ascii: "\"")] + body + [UInt8(ascii: "\"")]
}
