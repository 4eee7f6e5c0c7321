import Foundation
import GRDB
import Journal
import JournalContract
import StoreSQLite
import Testing
import Vocabulary

/// INTERLOCK_LONG_TESTS=1 flips more bits than one waits for.
private let isLongRun = ProcessInfo.processInfo.environment["INTERLOCK_LONG_TESTS"] == "1"

/// Files that are not what was written: each is refused or noticed, and none answers wrongly in silence.
struct DamageTests {
    private let folders = TemporaryFolder()

    private func open(_ path: String) throws -> SQLiteJournal {
        try SQLiteJournal(path: path, busyTimeout: 1, makeKey: KeySource().draw)
    }

    /// A closed, checkpointed journal with something of everything in it.
    private func written(facts: Int = 60) throws -> String {
        let path = folders.new()
        let journal = try open(path)
        try journal.append(Example.ofEveryValue)
        for start in stride(from: 0, to: facts, by: 20) {
            try journal.append(
                (start..<start + 20).map {
                    Example.contact("\($0)", at: 1, country: "DE", email: "\($0)@a.example")
                })
            try journal.append((start..<start + 20).map { Example.click("\($0)") })
        }
        _ = try journal.erase([Example.subject("3")], at: Example.hour(5))
        _ = try journal.append(
            JournalGroup(
                [], rejects: [Example.reject(line: 1), Example.reject(line: 2)],
                marks: [Example.mark("a", done: true), Example.mark("b", done: false)]))
        try journal.settle([1], as: "dropped")
        try journal.checkpoint()
        return path
    }

    /// Everything a journal answers.
    private struct Answers: Equatable {
        var export: String
        var statements: [RecordStatements] = []
        var records: [Int64] = []
        var counts: [FactCount]
        var marks: [ImportMark]
        var rejects: [KeptReject]

        init(of journal: some JournalStore) throws {
            export = try journal.exported()
            counts = try journal.counts()
            marks = try journal.importMarks()
            rejects = try journal.rejects(ofImport: nil, after: 0, limit: 999)
            var found: [RecordStatements] = []
            for count in counts {
                try journal.statements(source: count.source, object: count.object) { record in
                    found.append(record)
                    return true
                }
            }
            statements = found
            records = try found.flatMap { record in
                try ["crm", "web"].flatMap { try journal.stored(source: $0, object: "contact", id: record.id) }
            }.map(\.sequence)
        }
    }

    @Test(arguments: ["journal.sqlite", "people.sqlite"])
    func everyFlippedBitIsNoticedOrHarmless(in file: String) throws {
        let sound = try written(facts: 100)
        let answers = try Answers(of: open(sound))
        let head = try open(sound).head()
        var random = SeededRandom(seed: 7)
        let size = try Data(contentsOf: URL(filePath: sound + "/" + file)).count
        var outcomes = ["refused": 0, "noticed": 0, "harmless": 0]
        for _ in 0..<(isLongRun ? 2000 : 150) {
            let bit = Int.random(in: 0..<size * 8, using: &random)
            let path = try copy(of: sound)
            try change(path + "/" + file) { $0[bit / 8] ^= 1 << (bit % 8) }
            let outcome = try outcome(of: path, head, answers, "bit \(bit % 8) of byte \(bit / 8) of \(file)")
            outcomes[outcome, default: 0] += 1
            try FileManager.default.removeItem(atPath: path)
        }
        #expect(outcomes["noticed"]! > 20, "many bits carry something: \(outcomes)")
    }

    private func outcome(of path: String, _ head: JournalHead, _ answers: Answers, _ what: String) throws -> String {
        guard let journal = try? open(path), let verified = try? journal.verify(expecting: head) else {
            return "refused"
        }
        if !verified.isSound { return "noticed" }
        let read = try? Answers(of: journal)
        #expect(read == answers, "verified, and yet it answers otherwise: \(what)")
        return "harmless"
    }

    private func copy(of path: String) throws -> String {
        let copy = folders.new()
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        for file in ["journal.sqlite", "people.sqlite"] {
            try FileManager.default.copyItem(atPath: path + "/" + file, toPath: copy + "/" + file)
        }
        return copy
    }

    private func change(_ file: String, _ body: (inout Data) -> Void) throws {
        var data = try Data(contentsOf: URL(filePath: file))
        body(&data)
        try data.write(to: URL(filePath: file))
    }

    /// What happens to a row, whether the journal notices by itself, and against a head written down before.
    @Test(arguments: [
        ("UPDATE fact SET occurred = occurred + 1 WHERE sequence = 30", 30, 30),
        ("UPDATE fact SET body = x'00' WHERE sequence = 30", 30, 30),
        ("UPDATE fact SET person = 2 WHERE sequence = 30", 30, 30),
        ("DELETE FROM fact WHERE sequence = 30", 30, 30),
        ("UPDATE fact SET sequence = 1000 WHERE sequence = 30", 30, 30),
        ("UPDATE shape SET properties = 'other' WHERE id = 1", 1, 1),
        ("UPDATE sealed SET link = zeroblob(32) WHERE sequence = 58", 58, 58),
        ("DELETE FROM sealed WHERE sequence = (SELECT max(sequence) FROM sealed)", 139, 139),
        ("DELETE FROM sealed; DELETE FROM fact", nil, 1),
        (
            "DELETE FROM sealed WHERE sequence > 58; DELETE FROM fact WHERE sequence > 58;", nil, 59
        ),
    ])
    func alteredRowsAreNamed(_ change: String, alone: Int64?, againstTheHead: Int64) throws {
        let path = try written()
        let head = try open(path).head()
        try withoutTriggers(path) { try $0.execute(sql: change) }
        let journal = try open(path)
        #expect(try journal.verify(expecting: nil).damage.first?.sequence == alone, "\(change)")
        #expect(try journal.verify(expecting: head).damage.first?.sequence == againstTheHead, "\(change)")
    }

    private func withoutTriggers(_ path: String, _ body: (Database) throws -> Void) throws {
        let raw = try DatabaseQueue(path: path + "/journal.sqlite")
        try raw.writeWithoutTransaction { db in
            let triggers = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
            try body(db)
            for trigger in triggers { try db.execute(sql: trigger["sql"]) }
        }
        try raw.close()
    }

    @Test(arguments: [
        "DELETE FROM value WHERE person = 9", "DELETE FROM person WHERE id = 9",
        "UPDATE person SET key = randomblob(64) WHERE id = 9", "UPDATE person SET subject = 'other' WHERE id = 9",
        "UPDATE person SET erased = 5 WHERE erased IS NOT NULL",
        "UPDATE value SET encrypted = randomblob(30) WHERE person = 9",
        "UPDATE reject SET line = line + 7", "UPDATE reject SET settled = NULL",
    ])
    func alteredPeopleAreNoticed(_ change: String) throws {
        let path = try written()
        let raw = try DatabaseQueue(path: path + "/people.sqlite")
        try raw.writeWithoutTransaction { try $0.execute(sql: "PRAGMA foreign_keys = OFF; \(change)") }
        try raw.close()
        #expect(try open(path).verify(expecting: nil).damage.map(\.sequence) == [0])
    }

    @Test func aFileThatIsSomethingElseIsLeftAlone() throws {
        let (text, database, newer) = (folders.new(), try written(), try written())
        try FileManager.default.createDirectory(atPath: text, withIntermediateDirectories: true)
        let file = text + "/journal.sqlite"
        try Data(repeating: 0x41, count: 9000).write(to: URL(filePath: file))
        #expect(throws: JournalError.self) { try open(text) }
        #expect(try Data(contentsOf: URL(filePath: file)) == Data(repeating: 0x41, count: 9000))

        try set("PRAGMA application_id = 7", database)
        #expect(throws: JournalError.notAJournal(database + "/journal.sqlite")) { try open(database) }

        try set("INSERT INTO grdb_migrations (identifier) VALUES ('9')", newer)
        #expect(throws: JournalError.newer(found: 2, understood: 1)) { try open(newer) }
    }

    private func set(_ sql: String, _ path: String) throws {
        let raw = try DatabaseQueue(path: path + "/journal.sqlite")
        try raw.writeWithoutTransaction { try $0.execute(sql: sql) }
        try raw.close()
    }

    @Test func aPlaceThatCannotBeWrittenIsSaidToBeSo() throws {
        let file = folders.new()
        try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: true)
        try Data("x".utf8).write(to: URL(filePath: file + "/x"))
        #expect(throws: JournalError.readOnly(file + "/x/journal")) { try open(file + "/x/journal") }
    }

    @Test(.enabled(if: getuid() != 0, "root may write everywhere"))
    func aFolderWithoutTheRightToWriteIsReadOnly() throws {
        let folder = folders.new()
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o500])
        #expect(throws: JournalError.readOnly(folder + "/journal.sqlite")) { try open(folder) }
    }

    @Test func aTornFileIsDamaged() throws {
        let path = try written()
        try change(path + "/journal.sqlite") { $0.removeLast($0.count / 2) }
        #expect(throws: JournalError.self) {
            let verified = try open(path).verify(expecting: nil)
            if let damage = verified.damage.first { throw JournalError.damaged(damage.what) }
        }
    }
}
