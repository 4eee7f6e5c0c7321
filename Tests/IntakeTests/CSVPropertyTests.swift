import Intake
import Testing

/// Pieces that files go wrong with.
private let pieces: [[UInt8]] =
    [
        ",", ",", ",", "\"", "\"", "\"", "\n", "\n", "\r\n", "\r", "a", "b", " ", "\t", "é", "\\", "x,y\n", "\"q\",",
        "\"\"", "😀",
    ]
    .map { Array($0.utf8) } + [[0], [0xC3], [0xFF], [0xED, 0xA0, 0x80]]

private func randomFile(_ random: inout SplitMix) -> [UInt8] {
    let header = Bool.random(using: &random) ? Array("h,i\n".utf8) : []
    return (0..<Int.random(in: 0..<24, using: &random)).reduce(into: header) { file, _ in
        // The rare bytes come last in the list and are drawn less often.
        let bound = Int.random(in: 0..<8, using: &random) == 0 ? pieces.count : pieces.count - 4
        file += pieces[Int.random(in: 0..<bound, using: &random)]
    }
}

private func randomLimits(_ random: inout SplitMix) -> ReadingLimits {
    var limits = ReadingLimits()
    limits.row = Bool.random(using: &random) ? 4096 : Int.random(in: 16..<40, using: &random)
    limits.field = Bool.random(using: &random) ? 4096 : Int.random(in: 2..<12, using: &random)
    limits.raw = Bool.random(using: &random) ? 4096 : Int.random(in: 1..<12, using: &random)
    return limits
}

@Test("The fast reader agrees with the obvious one on 100,000 nasty files, in chunks of any size")
func agreesWithReference() throws {
    var random = SplitMix(state: 2026)
    var rows = 0
    for _ in 0..<100_000 {
        let (file, limits) = (randomFile(&random), randomLimits(&random))
        let dialect = Dialect(hasBackslashEscapes: Int.random(in: 0..<4, using: &random) == 0)
        let chunk = 1 << Int.random(in: 0..<17, using: &random)
        let expected = ReferenceCSV(file, dialect, limits)
        do {
            let reader = try CSVReader(dialect: dialect, limits: limits, pull: pull(file, chunk: chunk))
            let reads = try readAll(reader)
            rows += reader.counts.rows
            guard !expected.headerIsBroken, reads == expected.reads, reader.counts == expected.counts,
                reader.position.offset == file.count
            else {
                Issue.record("\(file.debug) \(limits) \(reads) \(reader.counts) expected \(expected)")
                return
            }
            try checkResume(reads, file, dialect, reader.header, limits, &random)
        } catch is UnreadableFile {
            guard expected.headerIsBroken else {
                Issue.record("\(file.debug) \(limits) was not read, expected \(expected)")
                return
            }
        }
    }
    #expect(rows > 40_000)
}

/// From any row's position on, another reader delivers what the first delivered from there.
private func checkResume(
    _ reads: [Read], _ file: [UInt8], _ dialect: Dialect, _ header: CSVHeader, _ limits: ReadingLimits,
    _ random: inout SplitMix
) throws {
    guard let index = reads.indices.randomElement(using: &random), case .row(_, let line, let offset) = reads[index]
    else { return }
    let resumed = CSVReader(
        resumingAt: Position(line: line, offset: offset), dialect: dialect, header: header, limits: limits,
        pull: pull(Array(file[offset...])))
    if try readAll(resumed) != Array(reads[index...]) { Issue.record("\(file.debug) resumed at \(offset)") }
}

@Test("What is written is read back: any values, any delimiter")
func writtenIsReadBack() throws {
    var random = SplitMix(state: 7)
    for _ in 0..<20_000 {
        let delimiter = [",", ";", "\t", "|"].randomElement(using: &random)!
        let width = Int.random(in: 1..<5, using: &random)
        let rows = (0..<Int.random(in: 0..<6, using: &random)).map { _ in
            (0..<width).map { _ in
                let texts = pieces.dropLast(4).map { String(decoding: $0, as: UTF8.self) } + [delimiter, ""]
                return (0..<Int.random(in: 0..<4, using: &random)).map { _ in texts.randomElement(using: &random)! }
                    .joined()
            }
        }
        var writer = CSVWriter(delimiter: UInt8(ascii: delimiter.unicodeScalars.first!), guardsFormulas: false)
        writer.row((0..<width).map { "c\($0)" })
        for row in rows { writer.row(row) }
        let file = writer.take()
        let reader = try CSVReader(
            dialect: Dialect(delimiter: UInt8(ascii: delimiter.unicodeScalars.first!)), pull: pull(file))
        let read = try readAll(reader).map { if case .row(let fields, _, _) = $0 { fields } else { ["malformed"] } }
        guard read == rows else {
            Issue.record("\(file.debug)")
            return
        }
    }
}

extension [UInt8] {
    fileprivate var debug: String { String(decoding: self, as: UTF8.self).debugDescription + " \(self)" }
}
