import Journal
import StoreSQLite
import Testing

@Suite("An import killed at any moment and run again", .serialized)
struct KilledImportTests {
    private static let kills = LongTests.areWanted ? 0..<200 : 0..<25

    /// How an import of the same file can go: whether it can go on from a mark or must begin anew, and what it concludes.
    private struct Variant {
        var complete: Bool
        var withoutIDs: Bool

        static let all = [
            Variant(complete: false, withoutIDs: false), Variant(complete: true, withoutIDs: false),
            Variant(complete: true, withoutIDs: true),
        ]
    }

    /// A clean run, to compare with.
    private final class Clean {
        let folder: TemporaryFolder
        let outcome: ProgramUnderTest.Outcome
        let summary: ImportSummary
        let export: [String]
        let rejects: [Reject]

        init(_ variant: Variant) throws {
            folder = try TemporaryFolder()
            var random = SplitMix(state: 404)
            try folder.write(MessyContacts(&random).text, to: "contacts.csv")
            try folder.write(
                MessyContacts.mapping(complete: variant.complete, withoutIDs: variant.withoutIDs), to: "mapping.yaml")
            outcome = try KilledImportTests.run(folder, journal: "clean")
            summary = try ImportSummary.all(in: outcome)[0]
            let content = try JournalContent(at: folder.path + "/clean")
            (export, rejects) = (try content.export(), try content.rejects())
        }
    }

    private static func run(
        _ folder: TemporaryFolder, journal: String, killedAfter: Double? = nil, orAfterCommits commits: Int? = nil
    ) throws -> ProgramUnderTest.Outcome {
        var environment = ["INTERLOCK_TEST_STEP_ROWS": "150"]
        environment["INTERLOCK_TEST_KILL_AFTER"] = commits.map(String.init)
        return try ProgramUnderTest(folder: folder, environment: environment).run(
            "import", folder.path + "/contacts.csv", "--mapping", folder.path + "/mapping.yaml", "--journal",
            folder.path + "/" + journal, "--recorded-at", "2026-03-01T00:00:00Z", "--json", "--quiet",
            killedAfter: killedAfter)
    }

    @Test("leaves what one clean run leaves")
    func killed() throws {
        var random = SplitMix(state: 9)
        let clean = try Variant.all.map { try Clean($0) }
        for run in clean {
            #expect(run.outcome.code == 1, "\(run.outcome.errors)")
            #expect(run.summary.rows > 1900 && run.summary.rejected > 100 && run.summary.filtered > 20)
            #expect(run.rejects.contains { $0.code == "key-reused" })
        }
        var interrupted = 0
        for kill in KilledImportTests.kills {
            let run = clean[kill % clean.count]
            interrupted += try expectRecovery(from: run, kill, &random) ? 1 : 0
        }
        #expect(interrupted > KilledImportTests.kills.count / 2)
    }

    /// Whether the kill came before the import was done.
    private func expectRecovery(from clean: Clean, _ kill: Int, _ random: inout SplitMix) throws -> Bool {
        let journal = "killed-\(kill)"
        var wasDone = false
        for _ in 0..<Int.random(in: 1...3, using: &random) where !wasDone {
            let delay = Double.random(in: 0...clean.outcome.seconds, using: &random)
            let commits = Int.random(in: 1...12, using: &random)
            _ =
                try Bool.random(using: &random)
                ? KilledImportTests.run(clean.folder, journal: journal, killedAfter: delay)
                : KilledImportTests.run(clean.folder, journal: journal, orAfterCommits: commits)
            wasDone = try isDone(clean.folder.path + "/" + journal, clean.summary.importID)
        }
        let again = try KilledImportTests.run(clean.folder, journal: journal)
        #expect(again.code == 1, "kill \(kill): \(again.errors)")
        let summary = try ImportSummary.all(in: again)[0]
        #expect(summary.accountedFor == summary.rows)
        if wasDone {
            #expect(summary.factsAdded == 0)
        } else {
            #expect(summary == clean.summary, "kill \(kill)")
        }
        let content = try JournalContent(at: clean.folder.path + "/" + journal)
        #expect(try content.export() == clean.export, "kill \(kill)")
        #expect(try content.rejects() == clean.rejects, "kill \(kill)")
        try content.expectSound()
        return !wasDone
    }

    private func isDone(_ journal: String, _ importID: String) throws -> Bool {
        guard SQLiteJournal.exists(at: journal) else { return false }
        let store = try SQLiteJournal(path: journal) { PersonKey(drawing: { 0 }) }
        return try store.importMark(importID)?.done ?? false
    }
}
