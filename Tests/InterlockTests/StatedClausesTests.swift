import Foundation
import Testing

/// `--zone`, `--currency` and `--times` take the place of the mapping's clauses, and never of its lines.
@Suite struct StatedClausesTests {
    private static let mapping = """
        mapping: 1
        source: crm
        times:
          - iso8601
        columns: {amount: {named: amount, as: money}}
        facts:
          - fact: deal won
            object: deal
            id: id
            at: closed
            with: [amount]

        """
    private static let deals = "id,closed,amount\n1,31.1.2026 10:00,5\n2,1.2.2026 11:00,6\n"

    private func run(_ options: [String], mapping: String = mapping, in folder: TemporaryFolder) throws
        -> ProgramUnderTest.Outcome
    {
        try folder.write(mapping, to: "deals.yaml")
        try folder.write(Self.deals, to: "deals.csv")
        return try ProgramUnderTest(folder: folder).run(
            ProgramUnderTest.path,
            ["import", folder.path + "/deals.csv", "--mapping", folder.path + "/deals.yaml"]
                + ["--journal", folder.path + "/journal", "--json"] + options)
    }

    /// Each is one error that names the option, and no line of the mapping.
    @Test(arguments: [
        (["--zone", "Mars/Base"], "--zone: there is no time zone “Mars/Base”"),
        (["--currency", "XXQ"], "--currency: “XXQ” is no currency"),
        (["--times", "d.M.yyyy 'at"], "--times: "), (["--times", "QQ"], "--times: "),
    ])
    func anOptionIsRefusedByName(_ options: [String], _ says: String) throws {
        let outcome = try run(options, in: try TemporaryFolder())
        #expect(outcome.code == 2)
        #expect(outcome.errors.contains(says), "\(outcome.errors)")
        #expect(outcome.errors.components(separatedBy: options[1]).count <= 3 && !outcome.errors.contains("deals.yaml"))
    }

    @Test func theyAreAppliedAndBelongToTheImport() throws {
        let folder = try TemporaryFolder()
        let options = ["--currency", "EUR", "--times", "d.M.yyyy H:mm", "--zone"]
        let berlin = try #require(try ImportSummary.all(in: run(options + ["Europe/Berlin"], in: folder)).first)
        #expect(berlin.accepted == 2 && berlin.rejected == 0)
        let again = try #require(try ImportSummary.all(in: run(options + ["Europe/Berlin"], in: folder)).first)
        #expect(again.importID == berlin.importID && again.factsAdded == 0)
        let utc = try #require(try ImportSummary.all(in: run(options + ["UTC"], in: folder)).first)
        #expect(utc.importID != berlin.importID)
    }

    /// The rows that a missing option made unreadable are fed again under those that were stated.
    @Test func rejectsAreFedAgainUnderThem() throws {
        let folder = try TemporaryFolder()
        let first = try #require(
            try ImportSummary.all(
                in: run(["--currency", "EUR", "--times", "d.M.yyyy", "--times", "iso8601"], in: folder)
            )
            .first)
        #expect(first.rejected == 2)
        let program = ProgramUnderTest(folder: folder)
        let (journal, sheet) = (folder.path + "/journal", folder.path + "/mend.csv")
        #expect(try program.run("rejects", "export", "--journal", journal, "--to", sheet).code == 0)
        let mended = try String(contentsOfFile: sheet, encoding: .utf8).replacing(" 10:00", with: "").replacing(
            " 11:00", with: "")
        try folder.write(mended, to: "mend.csv")
        let fed = try program.run("rejects", "feed", "--journal", journal, sheet)
        #expect(fed.code == 0, "\(fed.output)\(fed.errors)")
    }

    /// What is wrong with the mapping is shown in the line that its author wrote.
    @Test func excerptsAreOfTheMappingAsWritten() throws {
        let broken = Self.mapping.replacing("with: [amount]", with: "with: [amonut]")
        let options = ["--zone", "UTC", "--currency", "EUR", "--times", "d.M.yyyy H:mm"]
        let outcome = try run(options, mapping: broken, in: try TemporaryFolder())
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("deals.yaml:11:"), "\(outcome.errors)")
        #expect(!outcome.errors.contains("zone:"))
    }
}
