import Foundation
import Journal
import Testing

@Suite("Hostile lines")
struct HostileLinesTests {
    private static let memoryLimit = 300 << 20

    private func imported(_ file: String, _ folder: TemporaryFolder) throws -> ProgramUnderTest.Outcome {
        try folder.write(HostileLines.mapping, to: "mapping.yaml")
        return try ProgramUnderTest(folder: folder).run(
            "import", file, "--mapping", folder.path + "/mapping.yaml", "--journal", folder.path + "/journal", "--json",
            "--quiet")
    }

    @Test("ten thousand of them: all accounted for, none stops the others")
    func manyLines() throws {
        let folder = try TemporaryFolder()
        var random = SplitMix(state: 66)
        let hostile = HostileLines(&random)
        let outcome = try imported(try folder.write(hostile.bytes, to: "hostile.csv"), folder)
        #expect(outcome.code == 1, "\(outcome.errors)")
        #expect(outcome.peakMemory > 1 << 20 && outcome.peakMemory < HostileLinesTests.memoryLimit)
        let summary = try ImportSummary.all(in: outcome)[0]
        #expect(summary.rows == 2 * HostileLines.count && summary.accountedFor == summary.rows)
        #expect(summary.accepted == hostile.accepted)
        #expect(summary.rejected == hostile.rejected)
        try expectTold(folder, hostile.rejected)
    }

    /// Every reject says where it is, what is wrong and what to do, and holds its row.
    private func expectTold(_ folder: TemporaryFolder, _ count: Int) throws {
        let content = try JournalContent(at: folder.path + "/journal")
        let rejects = try content.rejects()
        #expect(rejects.count == count)
        #expect(Set(rejects.map(\.line)).count == count)
        for reject in rejects {
            #expect(reject.file == "hostile.csv" && (2...20_001).contains(reject.line))
            #expect(!reject.code.isEmpty && reject.reason.hasSuffix(".") && !reject.raw.isEmpty)
        }
        #expect(Set(rejects.map(\.code)).isSuperset(of: HostileLinesTests.codes))
        try content.expectSound()
    }

    private static let codes: Set = [
        "unclosed-quote", "text-after-quote", "nul-byte", "too-few-fields", "too-many-fields", "invalid-utf8",
        "empty-id", "missing-value", "control-character", "key-reused",
    ]

    @Test("one of 100 MB, with good ones around it, in bounded memory", arguments: [false, true])
    func longLine(quoted: Bool) throws {
        let folder = try TemporaryFolder()
        let good = { (id: Int) in Array("\(id),visit,fine,2026-01-05T08:00:00Z\n".utf8) }
        var bytes = Array("id,name,note,at\n".utf8) + good(1) + Array("2,visit,".utf8)
        if quoted { bytes.append(UInt8(ascii: "\"")) }
        bytes += [UInt8](repeating: UInt8(ascii: "x"), count: 100 << 20)
        if quoted { bytes.append(UInt8(ascii: "\"")) }
        bytes += Array(",2026-01-05T08:00:00Z\n".utf8) + good(3)
        let outcome = try imported(try folder.write(bytes, to: "long.csv"), folder)
        #expect(outcome.code == 1, "\(outcome.errors)")
        #expect(outcome.peakMemory > 1 << 20 && outcome.peakMemory < HostileLinesTests.memoryLimit)
        let summary = try ImportSummary.all(in: outcome)[0]
        #expect((summary.rows, summary.accepted, summary.rejected) == (3, 2, 1))
    }

    @Test(
        "files that are no tables",
        arguments: [
            ("nothing", []), ("zeros", [UInt8](repeating: 0, count: 4096)),
            ("a program", [0x7F, 0x45, 0x4C, 0x46] + [UInt8](0...255)),
            ("a cut gzip", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B]),
        ])
    func noTable(name: String, bytes: [UInt8]) throws {
        let folder = try TemporaryFolder()
        let outcome = try imported(try folder.write(bytes, to: "file.csv"), folder)
        #expect(outcome.code == 1 || outcome.code == 3, "\(name): \(outcome.errors)")
        #expect(outcome.errors.hasPrefix("interlock: "), "\(name): \(outcome.errors)")
    }
}
