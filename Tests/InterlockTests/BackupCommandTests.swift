import Crypto
import Foundation
import OutboxSQLite
import Sync
import Testing
import Vocabulary

/// `interlock backup` and the outbox: copied where there is one, while others write.
@Suite(.serialized) struct BackupCommandTests {
    private let folder: TemporaryFolder
    private let program: ProgramUnderTest
    private var journal: String { folder.path + "/journal" }

    init() throws {
        folder = try TemporaryFolder()
        program = ProgramUnderTest(folder: folder)
    }

    private func entry(_ number: Int) throws -> OutboxEntry {
        OutboxEntry(
            "message \(number)", kind: "lead", recipient: "jonas@birch.example", target: "mail",
            made: Instant(milliseconds: Int64(number)), due: try Instant(text: "2090-01-01T00:00:00Z"))
    }

    private func messages(_ path: String) throws -> [String] {
        let outbox = try SQLiteOutbox(folder: path)
        defer { try? outbox.close() }
        return try outbox.entries(Set(OutboxEntry.State.allCases), limit: .max).reversed().map(\.message)
    }

    private struct Manifest: Decodable {
        struct File: Decodable {
            let name: String
            let bytes: Int
            let sha256: String
        }

        let files: [File]
    }

    private func manifest(_ path: String) throws -> Manifest {
        try JSONDecoder().decode(Manifest.self, from: Data(contentsOf: URL(fileURLWithPath: path + "/backup.json")))
    }

    @Test func theOutboxIsCopiedWhileItIsWritten() async throws {
        let server = try await RunningServer(journal: journal)
        let path = journal
        let written = Task {
            let outbox = try SQLiteOutbox(folder: path)
            defer { try? outbox.close() }
            var number = 0
            while !Task.isCancelled {
                _ = try outbox.add([try entry(number)])
                number += 1
            }
            return number
        }
        var counts: [Int] = []
        for copy in 0..<3 {
            try await Task.sleep(for: .milliseconds(150))
            let backup = folder.path + "/backup-\(copy)"
            let made = try program.run("backup", "--journal", journal, "--to", backup)
            try #require(made.code == 0, "\(made.errors)")
            let file = try #require(try manifest(backup).files.first { $0.name == "outbox.sqlite" })
            let bytes = try Data(contentsOf: URL(fileURLWithPath: backup + "/outbox.sqlite"))
            #expect(file.bytes == bytes.count)
            #expect(file.sha256 == SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined())
            let copied = try messages(backup)
            #expect(copied == (0..<copied.count).map { "message \($0)" })
            counts.append(copied.count)
        }
        written.cancel()
        let number = try await written.value
        #expect(server.stop() == 0)
        #expect(counts == counts.sorted() && counts[0] > 0 && counts[2] <= number)
        let restored = try await RunningServer(journal: folder.path + "/backup-2")
        #expect(try await restored.get("/ready").status == 200)
        #expect(restored.stop() == 0)
        let listed = try program.run("outbox", "list", "--journal", folder.path + "/backup-2")
        #expect(listed.output.contains("\(counts[2]) waiting"))
    }

    @Test func aCopyWithoutAnOutboxIsServedAsBefore() async throws {
        #expect(try program.run("key", "make", "Site", "--may", "send", "--journal", journal).code == 0)
        let backup = folder.path + "/backup"
        let made = try program.run("backup", "--journal", journal, "--to", backup)
        try #require(made.code == 0, "\(made.errors)")
        #expect(try manifest(backup).files.map(\.name) == ["access.sqlite", "journal.sqlite", "people.sqlite"])
        let restored = try await RunningServer(journal: backup)
        #expect(try await restored.get("/ready").status == 200)
        #expect(restored.stop() == 0)
        #expect(try messages(backup).isEmpty)
    }

    @Test func anOutboxThatIsDamagedIsSaidAndNothingIsCopied() throws {
        #expect(try program.run("key", "make", "Site", "--may", "send", "--journal", journal).code == 0)
        let outbox = try SQLiteOutbox(folder: journal)
        _ = try outbox.add(try (0..<500).map { try entry($0) })
        try outbox.close()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: journal + "/outbox.sqlite"))
        let end = try file.seekToEnd()
        try file.seek(toOffset: end - 4096)
        try file.write(contentsOf: Data(repeating: 0xFF, count: 4096))
        try file.close()
        let backup = folder.path + "/backup"
        let made = try program.run("backup", "--journal", journal, "--to", backup)
        #expect(made.code == 3 && made.errors.contains("outbox is not sound"), "\(made.errors)")
        #expect(made.errors.contains("the journal says what was sent"))
        #expect(!FileManager.default.fileExists(atPath: backup))
    }
}
