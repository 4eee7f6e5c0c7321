import Intake
import Testing

/// A pull over pieces that are made when they are wanted, so that a test's file need not fit memory.
private func pull(pieces count: Int, _ piece: @escaping (Int) -> [UInt8]) -> Pull {
    var (index, rest) = (0, ArraySlice<UInt8>())
    return { room in
        while rest.isEmpty, index < count {
            rest = piece(index)[...]
            index += 1
        }
        let count = min(room.count, rest.count)
        room.copyBytes(from: rest.prefix(count))
        rest = rest.dropFirst(count)
        return count
    }
}

private let hostileLines: [(line: [UInt8], reason: Malformed.Reason?)] = [
    (Array("1,\"cut short".utf8), .unclosedQuote),
    (Array("1,\"x\"y,2".utf8), .textAfterQuote),
    (Array("1,\u{0},2".utf8), .nulByte),
    ([0x31, 0x2C, 0xFF, 0xFE, 0x2C, 0x32], .invalidUTF8),
    ([0x31, 0x2C, 0xC0, 0x80, 0x2C, 0x32], .invalidUTF8),
    (Array("1,2".utf8), .tooFewFields),
    (Array("1,2,3,4".utf8), .tooManyFields),
    (Array("1,".utf8) + [UInt8](repeating: 0x78, count: 600) + Array(",2".utf8), .fieldTooLong),
    ([UInt8](repeating: 0x78, count: 3000), .rowTooLong),
    ([UInt8](repeating: 0x2C, count: 3000), .rowTooLong),
    (Array("=HYPERLINK(\"http://x\"),@SUM(1),+1".utf8), nil),
    (Array("0000-00-00,9999-99-99,-1e999".utf8), nil),
    (Array("1,\u{202E}2,\u{FEFF}3".utf8), nil),
]

@Test("Ten thousand hostile lines are all accounted for, each by its reason")
func hostileLinesAreAccountedFor() throws {
    var random = SplitMix(state: 99)
    let drawn = (0..<10_000).map { _ in hostileLines.randomElement(using: &random)! }
    var limits = ReadingLimits()
    (limits.row, limits.field) = (2048, 512)
    let file = Array("a,b,c\n".utf8) + drawn.flatMap { $0.line + [10] } + Array("1,2,3\n".utf8)
    let reader = try CSVReader(dialect: Dialect(), limits: limits, pull: pull(file, chunk: 777))
    let reads = try readAll(reader)
    let reasons = reads.dropLast().map { if case .malformed(let code, _, _, _) = $0 { code } else { "row" } }
    #expect(reasons == drawn.map { $0.reason?.rawValue ?? "row" })
    #expect(reader.counts.total == 10_002)
    #expect(reader.position == Position(line: 10_003, offset: file.count))
}

@Test("A field of 100 MB, quoted or not, is refused in little memory, and the next line is read")
func hundredMegabyteLine() throws {
    let block = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    for opening in ["1,", "1,\""] {
        let reader = try CSVReader(
            dialect: Dialect(),
            pull: pull(pieces: 103) { index in
                switch index {
                case 0: Array("a,b\n\(opening)".utf8)
                case 1...100: block
                case 101: [10]
                default: Array("3,4\n".utf8)
                }
            })
        let row = Row()
        guard case .malformed(let malformed) = try reader.read(into: row) else {
            Issue.record("the long line was taken for a row")
            return
        }
        #expect(malformed.line == 2 && !malformed.isWhole)
        #expect(malformed.reason == (opening == "1," ? .rowTooLong : .unclosedQuote))
        #expect(malformed.raw.count == ReadingLimits().raw)
        #expect(try reader.read(into: row) == .row)
        #expect(row.text(1) == "4" && row.position.line == 3)
        #expect(row.position.offset == 4 + opening.utf8.count + (100 << 20) + 1)
    }
}

@Test("Ten thousand lines that each open a quote cost no more than their own lines")
func quotesOpenedOnEachLine() throws {
    let reader = try CSVReader(
        dialect: Dialect(), pull: pull(Array("a,b\n".utf8) + (0..<10_000).flatMap { _ in Array("1,\"x\n".utf8) }))
    #expect(try readAll(reader).count == 10_000)
    #expect(reader.counts.malformed == 10_000)
}

@Test("A hundred thousand columns are read, one more is refused")
func manyColumns() throws {
    func file(_ columns: Int) -> [UInt8] {
        let header = (0..<columns).map { "c\($0)" }.joined(separator: ",")
        return Array((header + "\n" + String(repeating: "1,", count: columns - 1) + "2\n").utf8)
    }
    let reader = try CSVReader(pull: pull(file(100_000)))
    let row = Row()
    #expect(try reader.read(into: row) == .row)
    #expect(row.count == 100_000 && row.text(99_999) == "2" && reader.header.index(of: "c99999") == 99_999)
    #expect(throws: UnreadableFile.tooManyColumns(limit: 100_000)) { try CSVReader(pull: pull(file(100_001))) }
}

@Test(
    "Headers name each column once",
    arguments: [
        ("Email,Email,Email", "Email|Email (2)|Email (3)"),
        ("Email,Email (2),Email", "Email|Email (2)|Email (3)"),
        (" Email ,,Column 2", "Email|Column 2 (2)|Column 2"),
        ("a,,b,", "a|Column 2|b|Column 4"),
        ("\"a\nb\",\"c\"\"d\"", "a\nb|c\"d"),
        ("email,Email", "email|Email"),
    ])
func headers(_ line: String, _ names: String) throws {
    let reader = try CSVReader(pull: pull(Array((line + "\n").utf8)))
    #expect(reader.header.names.joined(separator: "|") == names)
    for (index, name) in reader.header.names.enumerated() { #expect(reader.header.index(of: name) == index) }
}

@Test("A file without a header that can be read says so")
func unreadableFiles() {
    for text in ["", "\n \n", "\u{FEFF}"] {
        #expect(throws: UnreadableFile.empty) { try CSVReader(pull: pull(Array(text.utf8))) }
    }
    #expect {
        try CSVReader(pull: pull(Array("a,\"b\n1,2\n".utf8)))
    } throws: { error in
        "\(error)".contains(
            """
            line 1, column 3: A quote opens here and is never closed. (unclosed-quote)
                a,"b
                  ^
            Close the quote
            """)
    }
}

@Test("A failing pull fails the reader, not the process")
func failingPull() throws {
    struct Torn: Error {}
    var pulls = 0
    let reader = CSVReader(resumingAt: .start, dialect: Dialect(), header: CSVHeader(written: ["a", "b"])) { _ in
        pulls += 1
        throw Torn()
    }
    #expect(throws: Torn.self) { try reader.read(into: Row()) }
    #expect(pulls == 1)
}

@Test("What a malformed row keeps can be fed again once it is mended")
func mendedRows() throws {
    let reader = try CSVReader(pull: pull(Array("a,b\n1,\"two\n3,4\n".utf8)))
    guard case .malformed(let malformed) = try reader.read(into: Row()) else {
        Issue.record("the open quote was overlooked")
        return
    }
    #expect(malformed.isWhole)
    let mended = malformed.raw + Array("\"\n".utf8)
    let again = CSVReader(
        resumingAt: malformed.start, dialect: reader.dialect, header: reader.header, pull: pull(mended))
    #expect(try readAll(again) == [.row(["1", "two"], line: 2, offset: 4)])
}
