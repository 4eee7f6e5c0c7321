import Foundation
import Journal
import Testing
import Vocabulary

@Suite("Rejected rows exported, mended and fed again")
struct RejectRoundTripTests {
    private let folder: TemporaryFolder

    /// Six rows, of which three cannot be read: a bad date, an open quote, no id.
    init() throws {
        folder = try TemporaryFolder()
        let rows = (1...6).map { "v\($0),visit,\"note \($0), with a comma\",2026-01-0\($0)T08:00:00Z" }
        let good = (["id,name,note,at"] + rows).joined(separator: "\n") + "\n"
        var bad = rows
        bad[1] = bad[1].replacingOccurrences(of: "2026-01-02", with: "2026-13-02")
        bad[3] = bad[3].replacingOccurrences(of: "comma\"", with: "comma")
        bad[5] = bad[5].replacingOccurrences(of: "v6", with: "")
        try folder.write((["id,name,note,at"] + bad).joined(separator: "\n") + "\n", to: "visits.csv")
        try folder.write(good, to: "right.csv")
        try folder.write(HostileLines.mapping, to: "mapping.yaml")
    }

    private func run(_ arguments: String...) throws -> ProgramUnderTest.Outcome {
        try ProgramUnderTest(folder: folder).run(
            ProgramUnderTest.path, arguments + ["--journal", folder.path + "/journal"])
    }

    private func imported(_ name: String, journal: String) throws -> ProgramUnderTest.Outcome {
        try ProgramUnderTest(folder: folder).run(
            "import", folder.path + "/" + name, "--mapping", folder.path + "/mapping.yaml", "--journal",
            folder.path + "/" + journal, "--quiet")
    }

    @Test("leave the journal that the right file would have left, and nothing waits")
    func roundTrip() throws {
        #expect(try imported("visits.csv", journal: "journal").code == 1)
        let waiting = try JournalContent(at: folder.path + "/journal").rejects()
        #expect(waiting.map(\.code).sorted() == ["empty-id", "impossible-date", "unclosed-quote"])
        let sheet = folder.path + "/mend-me.csv"
        #expect(try run("rejects", "export", "--to", sheet).code == 0)
        try mend(sheet)
        let fed = try run("rejects", "feed", sheet)
        #expect(fed.code == 0, "\(fed.output)\(fed.errors)")
        #expect(try JournalContent(at: folder.path + "/journal").rejects().isEmpty)
        #expect(try run("rejects", "list").code == 0)
        #expect(try imported("right.csv", journal: "clean").code == 0)
        #expect(try facts("journal") == facts("clean"))
    }

    @Test("not mended they wait on, once each, as rows of the file that was fed")
    func stillWrong() throws {
        #expect(try imported("visits.csv", journal: "journal").code == 1)
        let sheet = folder.path + "/mend-me.csv"
        #expect(try run("rejects", "export", "--to", sheet).code == 0)
        #expect(try run("rejects", "feed", sheet).code == 1)
        let content = try JournalContent(at: folder.path + "/journal")
        let waiting = try content.rejects()
        #expect(waiting.map(\.line) == [2, 3, 4])
        #expect(waiting.allSatisfy { $0.file == "mend-me.csv" })
        #expect(try content.facts().count == 3)
    }

    /// As a person would in a spreadsheet: correct the date, take the broken row apart, write the missing id.
    private func mend(_ sheet: String) throws {
        let written = try String(contentsOfFile: sheet, encoding: .utf8).split(whereSeparator: \.isNewline)
        #expect(written.first?.hasPrefix("id,name,note,at,interlock_reject") == true && written.count == 4)
        let mended = written.map { line -> String in
            if line.contains("2026-13-02") { return line.replacingOccurrences(of: "2026-13-02", with: "2026-01-02") }
            if line.contains("note 4") { return "v4,visit,\"note 4, with a comma\",2026-01-04T08:00:00Z,2,," }
            return line.hasPrefix("\"\",") ? "v6" + line.dropFirst(2) : String(line)
        }
        try folder.write(mended.joined(separator: "\n") + "\n", to: "mend-me.csv")
    }

    private func facts(_ journal: String) throws -> Set<Fact> {
        Set(
            try JournalContent(at: folder.path + "/" + journal).facts().map { recorded in
                var fact = recorded.fact
                fact.recorded = .earliest
                return fact
            })
    }
}
