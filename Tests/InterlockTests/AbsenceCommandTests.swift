import Foundation
import Testing

/// `interlock absence`, from outside.
@Suite(.disabled(if: zonesOfBirchAreMissing, "no time zone data: apt-get install tzdata"))
struct AbsenceCommandTests {
    private static let jonas = "jonas@birch.example"

    private func signed() throws -> BirchCompany {
        let birch = try BirchCompany()
        try birch.sign(birch.agreement, at: "2026-01-02T10:00Z")
        return birch
    }

    private func list(_ birch: BirchCompany) throws -> String { try birch.run("absence", "list", "--all").output }

    @Test func anAbsenceIsStatedShortenedAndTakenBack() throws {
        let birch = try signed()
        #expect(try birch.run("absence", "add", Self.jonas, "2026-02-10", "2026-02-20", "--reason", "Alps").code == 0)
        #expect(try list(birch).contains("2026-02-10  2026-02-20  Alps"))
        #expect(try birch.run("absence", "end", Self.jonas, "2026-02-10", "--last", "2026-02-12").code == 0)
        #expect(try list(birch).contains("2026-02-10  2026-02-12  Alps"))
        #expect(try birch.run("absence", "end", Self.jonas, "2026-02-10").code == 0)
        #expect(try list(birch).contains("Nobody has said"))
    }

    /// The lead of the 18th of February is jonas's turn by the rules; while he is away it is mira's.
    @Test func whoeverIsAwayGetsNothing() throws {
        let birch = try signed()
        let question = [
            "route", "--dry-run", "--agreement", birch.agreement, "--at", "2026-03-01T12:00:00Z", "--last", "1",
        ]
        #expect(try birch.run(question).output.contains("→ jonas@birch.example"))
        #expect(try birch.run("absence", "add", Self.jonas, "2026-02-18", "2026-02-19").code == 0)
        #expect(try birch.run(question).output.contains("→ mira@birch.example"))
        #expect(try birch.run("absence", "end", Self.jonas, "2026-02-18").code == 0)
        #expect(try birch.run("absence", "leaves", Self.jonas, "2026-02-01").code == 0)
        #expect(try birch.run(question).output.contains("→ mira@birch.example"))
        #expect(try birch.run("absence", "end", Self.jonas, "2026-02-01", "--departure").code == 0)
        #expect(try birch.run(question).output.contains("→ jonas@birch.example"))
    }

    @Test func wholeDaysOfACalendarAreAbsences() throws {
        let birch = try signed()
        func event(_ lines: String) -> String { "BEGIN:VEVENT\r\nUID:\(lines.hashValue)\r\n\(lines)\r\nEND:VEVENT\r\n" }
        let year = Calendar(identifier: .gregorian).component(.year, from: Date())
        let text =
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\n"
            + event("DTSTART;VALUE=DATE:\(year)0810\r\nDTEND;VALUE=DATE:\(year)0815\r\nSUMMARY:Holidays")
            + event("DTSTART;VALUE=DATE:\(year)0815\r\nSUMMARY:One more")
            + event("DTSTART:\(year)0901T090000Z\r\nDTEND:\(year)0901T100000Z\r\nSUMMARY:A meeting")
            + "END:VCALENDAR\r\n"
        let file = try birch.folder.write(text, to: "jonas.ics")
        let imported = try birch.run("absence", "import", Self.jonas, file)
        #expect(imported.code == 0, "\(imported.errors)")
        #expect(try list(birch).contains("\(year)-08-10  \(year)-08-15"))
        let wrong = try birch.run("absence", "import", Self.jonas, try birch.folder.write("hello", to: "wrong.ics"))
        #expect(wrong.code == 2 && wrong.errors.contains("no calendar that can be read"), "\(wrong.errors)")
    }

    @Test(arguments: [
        (["add", "nobody@birch.example", "2026-02-10", "2026-02-20"], "no rep of the agreement in force"),
        (["add", "jonas@birch.example", "2026-02-10", "2026-02-09"], "before the first"),
        (["add", "jonas@birch.example", "2026-02-10", "2030-02-09"], "more than two years"),
        (["end", "jonas@birch.example", "2026-02-10"], "Nobody has said"),
        (["add", "jonas@birch.example", "soon", "2026-02-20"], "soon"),
    ])
    func whatCannotBeIsRefused(_ arguments: [String], _ says: String) throws {
        let run = try signed().run(["absence"] + arguments)
        #expect(run.code == 64 || run.code == 2, "\(run.code ?? -1)")
        #expect(run.errors.contains(says), "\(run.errors)")
    }
}
