import Foundation
import GRDB
import Journal
import JournalContract
import Testing
import Vocabulary

@testable import StoreSQLite

/// A journal in use gets another form: checked before, copied before, and with a way back.
@Suite struct MigrationTests {
    private let folders = TemporaryFolder()

    private static var next: JournalSchema {
        var schema = JournalSchema.released
        schema.journal.registerMigration("next") { try $0.execute(sql: "CREATE TABLE next_thing (x INTEGER)") }
        schema.people.registerMigration("next") { try $0.execute(sql: "CREATE TABLE next_thing (x INTEGER)") }
        return schema
    }

    private static var failing: JournalSchema {
        var schema = next
        schema.journal.registerMigration("failing") { try $0.execute(sql: "ALTER TABLE nothing ADD COLUMN x") }
        return schema
    }

    private func open(_ path: String, _ schema: JournalSchema = .released) throws -> SQLiteJournal {
        try SQLiteJournal(path: path, schema: schema, makeKey: KeySource().draw)
    }

    /// A journal of a few people, closed, and its head.
    private func written() throws -> (path: String, head: JournalHead) {
        let path = folders.new()
        let journal = try open(path)
        try journal.append(
            (1...300).map { Example.contact("\($0)", at: 1, country: "DE", email: "a\($0)@b.example") }, .dated)
        let head = try journal.head()
        try journal.checkpoint()
        try journal.close()
        return (path, head)
    }

    @Test func copiesAreKeptAndAreTheWayBack() throws {
        let (path, head) = try written()
        let migrated = try open(path, MigrationTests.next)
        #expect(try migrated.head() == head)
        try migrated.close()
        // The program of before leaves the newer files alone.
        #expect(throws: JournalError.newer(found: 2, understood: 1)) { try open(path) }
        for name in [JournalFolder.journalFile, JournalFolder.peopleFile] {
            let file = path + "/" + name
            for ending in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + ending) }
            let rights = try FileManager.default.attributesOfItem(atPath: file + ".format-1")[.posixPermissions] as? Int
            #expect(rights == 0o600)
            try FileManager.default.removeItem(atPath: file)
            try FileManager.default.moveItem(atPath: file + ".format-1", toPath: file)
        }
        let back = try open(path)
        #expect(try back.verify(expecting: head).isSound)
    }

    @Test func aMigrationThatFailsLeavesWhatItFound() throws {
        let (path, head) = try written()
        #expect(throws: JournalError.self) { try open(path, MigrationTests.failing) }
        let kept = try open(path, MigrationTests.next)
        #expect(try kept.head() == head)
    }

    @Test func aDamagedFileIsNotMigrated() throws {
        let (path, _) = try written()
        let file = URL(fileURLWithPath: path + "/" + JournalFolder.journalFile)
        var bytes = try Data(contentsOf: file)
        bytes.replaceSubrange(bytes.count / 2..<bytes.count / 2 + 8192, with: Data(repeating: 0xFF, count: 8192))
        try bytes.write(to: file)
        #expect { try open(path, MigrationTests.next) } throws: { error in
            if case .damaged = error as? JournalError { true } else { false }
        }
        #expect(!FileManager.default.fileExists(atPath: file.path + ".format-1"))
    }

    @Test func nothingIsCopiedWhereNothingChanges() throws {
        let (path, _) = try written()
        try open(path).close()
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(!names.contains { $0.contains("format") })
    }
}
