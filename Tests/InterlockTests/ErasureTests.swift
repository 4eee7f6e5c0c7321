import Foundation
import Testing

/// A person who was erased is nowhere in the journal's files: not in a fact, not in a rejected row, not in the logs.
@Suite struct ErasureTests {
    private static let mapping = """
        mapping: 1
        source: crm
        times: [yyyy-MM-dd]
        columns:
          email: {named: email, as: email}
          name: {named: name, personal: yes}
        facts:
          - fact: observed
            object: contact
            id: id
            since: changed
            person: {record: id, email: email}
            with: [email, name]
        """

    private static let rows = """
        id,email,name,changed
        1,secret.person@acme.example,Secret Person,2026-02-02
        2,other@acme.example,Other,2026-02-02
        3,secret.person@acme.example,Secret Person,no date
        """

    @Test func anErasedPersonIsNowhereAndStaysErased() throws {
        try withTemporaryFolder { folder in
            try Data(Self.mapping.utf8).write(to: folder.appendingPathComponent("m.yaml"))
            try Data(Self.rows.utf8).write(to: folder.appendingPathComponent("rows.csv"))
            let importing = ["import", "rows.csv", "--mapping", "m.yaml", "--journal", "j"]
            #expect(try CommandRun(importing, in: folder).exitCode == 1)
            #expect(try bytes(of: folder).contains("secret.person@acme.example"))

            let erase = ["journal", "erase", "--journal", "j", "--yes", "--person", "email:secret.person@acme.example"]
            let erased = try CommandRun(erase, in: folder)
            #expect(erased.exitCode == 0, "\(erased.errors)")
            #expect(try !bytes(of: folder).contains("secret.person@acme.example"))

            let again = try CommandRun(importing, in: folder)
            #expect(again.output.contains("0 facts added"))
            #expect(try !bytes(of: folder).contains("secret.person@acme.example"))
            #expect(try CommandRun(["journal", "verify", "--journal", "j"], in: folder).exitCode == 0)
        }
    }

    /// All files of the journal, read as text.
    private func bytes(of folder: URL) throws -> String {
        let journal = folder.appendingPathComponent("j")
        return try FileManager.default.contentsOfDirectory(atPath: journal.path)
            .map { String(decoding: try Data(contentsOf: journal.appendingPathComponent($0)), as: UTF8.self) }.joined()
    }
}
