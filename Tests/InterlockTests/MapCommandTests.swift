import Foundation
import Intake
import Testing

/// `interlock map`, from outside.
@Suite struct MapCommandTests {
    private static let file = """
        id,email,created,stage
        7,ann@acme.example,2026-01-05,new
        8,bob@acme.example,2026-01-06,new

        """

    @Test func whatIsProposedImportsTheFile() throws {
        try withTemporaryFolder { folder in
            try Data(Self.file.utf8).write(to: folder.appendingPathComponent("people-2026-02-02.csv"))
            let proposed = try CommandRun(["map", "people-2026-02-02.csv", "--output", "people.yaml"], in: folder)
            #expect(proposed.exitCode == 0, "\(proposed.errors)")
            let imported = try CommandRun(
                ["import", "people-2026-02-02.csv", "--mapping", "people.yaml", "--journal", "j", "--json"], in: folder)
            #expect(imported.exitCode == 0, "\(imported.errors)")
            #expect(imported.output.contains("\"accepted\":2"))
            let again = try CommandRun(["map", "people-2026-02-02.csv", "--output", "people.yaml"], in: folder)
            #expect(again.exitCode == 3)
            #expect(again.errors.contains("is there already"))
        }
    }

    @Test func jsonForPrograms() throws {
        try withTemporaryFolder { folder in
            try Data(Self.file.utf8).write(to: folder.appendingPathComponent("people.csv"))
            let run = try CommandRun(["map", "people.csv", "--json"], in: folder)
            let json = try #require(
                try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
            let columns = try #require(json["columns"] as? [[String: Any]])
            #expect(columns.compactMap { $0["as"] as? String } == ["text", "email", "date", "text"])
            #expect(json["rows_read"] as? Int == 2)
        }
    }

    @Test func presetsAreListedAndPrinted() throws {
        let list = try CommandRun(["map", "--presets"])
        for preset in Preset.all { #expect(list.output.contains(preset.name)) }
        let one = try CommandRun(["map", "--preset", "hubspot/contacts"])
        #expect(one.output == Preset.named("hubspot/contacts")?.text)
    }

    /// A zone and a currency given on the command line are part of what was imported.
    @Test func zoneAndCurrencyOfAPreset() throws {
        try withTemporaryFolder { folder in
            let file = "Record ID,Deal Name,Deal Stage,Amount,Close Date\n9,Big,Closed Won,5,2026-02-01 12:00\n"
            try Data(file.utf8).write(to: folder.appendingPathComponent("deals.csv"))
            let fixed = [
                "import", "deals.csv", "--mapping", "preset:hubspot/deals", "--as-of", "2026-02-02", "--journal", "j",
                "--json",
            ]
            let without = try CommandRun(fixed, in: folder)
            #expect(without.exitCode == 1 && without.output.contains("\"rejected\":1"))
            let with = try CommandRun(fixed + ["--currency", "EUR", "--zone", "UTC"], in: folder)
            #expect(with.exitCode == 0 && with.output.contains("\"accepted\":1"), "\(with.output)\(with.errors)")
        }
    }
}
