import Foundation
import GRDB
import Journal
import JournalContract
import Testing
import Vocabulary

@testable import StoreSQLite

/// What the contract cannot say: how SQLite is set up, and what happens when the disk, a process or a file goes wrong.
struct DurabilityTests {
    private let folders = TemporaryFolder()

    private func open(_ path: String, busyTimeout: Double = 10) throws -> SQLiteJournal {
        try SQLiteJournal(path: path, busyTimeout: busyTimeout, makeKey: KeySource().draw)
    }

    @Test func writersAreDurableAndWait() throws {
        let journal = try open(folders.new(), busyTimeout: 7)
        for pool in [journal.folder.journal, journal.folder.people] {
            let pragmas = try pool.writeWithoutTransaction { db in
                try ["synchronous", "journal_mode", "busy_timeout"].map { name in
                    try String.fetchOne(db, sql: "PRAGMA \(name)")
                }
            }
            #expect(pragmas == ["2", "wal", "7000"])
        }
        let secureDelete = try journal.folder.people.writeWithoutTransaction { db in
            try Int.fetchOne(db, sql: "PRAGMA secure_delete")
        }
        #expect(secureDelete == 1)
    }

    @Test func filesAreForTheirOwnerAlone() throws {
        let path = folders.new()
        let journal = try open(path)
        try journal.append(Example.click("1"))
        let files = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(files.contains("journal.sqlite-wal") && files.contains("people.sqlite"))
        for file in files.map({ path + "/" + $0 }) {
            let rights = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber
            #expect(rights?.intValue == 0o600, "\(file)")
        }
    }

    @Test(arguments: ["fact", "shape", "stream", "sealed"])
    func nothingIsUpdatedOrDeleted(in table: String) throws {
        let path = folders.new()
        try open(path).append(Example.click("1"))
        let raw = try DatabaseQueue(path: path + "/journal.sqlite")
        let column = ["fact": "occurred", "shape": "version", "stream": "id", "sealed": "sequence"][table]!
        for change in ["UPDATE \(table) SET \(column) = 7", "DELETE FROM \(table)"] {
            #expect {
                try raw.write { try $0.execute(sql: change) }
            } throws: { error in
                (error as? DatabaseError)?.message == "the journal is append-only"
            }
        }
    }

    @Test func aWriterThatHoldsTheLockMakesOthersWaitThenGiveUp() throws {
        let path = folders.new()
        let journal = try open(path, busyTimeout: 0.2)
        try journal.append(Example.click("1"))
        let other = try DatabaseQueue(path: path + "/journal.sqlite")
        try other.inDatabase { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            let began = ContinuousClock.now
            #expect(throws: JournalError.busy(path)) { try journal.append(Example.click("2")) }
            #expect(ContinuousClock.now - began >= .milliseconds(150))
            #expect(try journal.head().sequence == 1, "reading goes on")
            try db.execute(sql: "COMMIT")
        }
        #expect(try journal.append(Example.click("2")) == Receipt(.accepted, 2))
        #expect(try journal.verify(expecting: nil).isSound)
    }

    @Test func twoConnectionsKeepOneChain() throws {
        let path = folders.new()
        let both = [try open(path), try open(path)]
        for turn in 0..<20 {
            var fact = Example.click("\(turn)")
            fact.key.object = "object \(turn / 3)"
            #expect(try both[turn % 2].append(fact).verdict == .accepted)
            let contact = Example.contact("\(turn / 2)", at: 1, country: "DE", email: "a@b.example")
            #expect(try both[turn % 2].append(contact, .dated).verdict == (turn % 2 == 0 ? .accepted : .unchanged))
        }
        #expect(try both[0].head() == both[1].head())
        #expect(try both[0].exported() == both[1].exported())
        for journal in both { #expect(try journal.verify(expecting: nil).damage == []) }
    }

    @Test func aFullDiskLosesNothingThatWasAcknowledged() throws {
        let path = folders.new()
        let journal = try open(path)
        try journal.append(Example.contact("0", at: 1, country: "DE", email: "a@b.example"))
        try journal.folder.journal.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 60") }
        var acknowledged: Int64 = 1
        let refused = #expect(throws: JournalError.self) {
            for batch in 0..<1000 {
                try journal.append(
                    (0..<50).map {
                        Example.contact("\(batch)-\($0)", at: 1, country: "DE", email: "\(batch)-\($0)@b.example")
                    })
                acknowledged += 50
            }
        }
        #expect(refused == .full(path))
        #expect(acknowledged > 100)
        #expect(try journal.head().sequence == acknowledged)
        #expect(try journal.verify(expecting: nil).damage == [])
        try journal.folder.journal.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        #expect(try journal.append(Example.click("later")) == Receipt(.accepted, acknowledged + 1))
        let reopened = try open(path)
        #expect(try reopened.verify(expecting: try journal.head()).damage == [])
    }

    @Test func aCrashBetweenPeopleAndFactsLeavesOrphansThatTheSameImportTakesUp() throws {
        let contact = Example.contact("7", at: 1, country: "DE", email: "ann@a.example")
        for isImportedAgain in [true, false] {
            let journal = try open(folders.new())
            try journal.append(Example.contact("1", at: 1, country: "DE", email: "bob@a.example"))
            try stopBeforeFactsAreCommitted(journal) { try journal.append(contact) }
            #expect(try journal.people(after: 0, limit: 9).count == 2)
            #expect(try journal.head().sequence == 1)
            if isImportedAgain { #expect(try journal.append(contact) == Receipt(.accepted, 2)) }
            let orphans: Int64 = isImportedAgain ? 0 : 1
            #expect(try journal.sweep() == Swept(people: orphans, values: orphans))
            #expect(try journal.people(after: 0, limit: 9).count == 2 - Int(orphans))
            #expect(try journal.verify(expecting: nil).damage == [])
        }
    }

    /// Values that a crash left under a person who has others are orphans too.
    @Test func aSweepRemovesSingleValues() throws {
        let journal = try open(folders.new())
        try journal.append(Example.contact("7", at: 1, country: "DE", email: "ann@a.example"))
        try stopBeforeFactsAreCommitted(journal) {
            try journal.append(Example.contact("7", at: 2, country: "DE", email: "ann@b.example"))
        }
        #expect(try journal.values(ofPerson: 1).count == 2)
        #expect(try journal.sweep() == Swept(people: 0, values: 1))
        #expect(try Array(journal.values(ofPerson: 1).values) == ["ann@a.example"])
    }

    private func stopBeforeFactsAreCommitted(_ journal: SQLiteJournal, _ body: () throws -> Receipt) throws {
        let seals = journal.folder.journal
        try seals.writeWithoutTransaction { db in
            try db.execute(
                sql: "CREATE TEMP TRIGGER stop BEFORE INSERT ON sealed BEGIN SELECT RAISE(ABORT, 'stopped'); END")
        }
        #expect(throws: JournalError.self) { try body() }
        try seals.writeWithoutTransaction { try $0.execute(sql: "DROP TRIGGER stop") }
    }

    @Test func personalValuesAreInNoFileInClear() throws {
        let path = folders.new()
        let journal = try open(path)
        try journal.append(Example.contact("7", at: 1, country: "DE", email: "ann.example@acme.example"))
        for checkpointed in [false, true] {
            if checkpointed { try journal.checkpoint() }
            for file in try FileManager.default.contentsOfDirectory(atPath: path) {
                let bytes = try Data(contentsOf: URL(filePath: path + "/" + file))
                #expect(bytes.range(of: Data("ann.example".utf8)) == nil, "\(file)")
            }
        }
    }

    @Test func anErasureLeavesNoResidueOfKeyAndValue() throws {
        let path = folders.new()
        let journal = try open(path)
        try journal.append((0..<40).map { Example.contact("\($0)", at: 1, country: "DE", email: "\($0)@a.example") })
        let key = try #require(try journal.people(after: 7, limit: 1)[0].key)
        let encrypted = try journal.folder.people.read { db in
            try Data.fetchAll(db, sql: "SELECT encrypted FROM value WHERE person = 8")
        }
        let secrets = [Data(key.bytes)] + encrypted
        for secret in secrets { #expect(try residue(of: secret, in: path), "the test looks where they are") }
        _ = try journal.erase([Example.subject("7")], at: Example.hour(5))
        for secret in secrets { #expect(try !residue(of: secret, in: path)) }
    }

    private func residue(of secret: Data, in path: String) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: path).contains { file in
            try Data(contentsOf: URL(filePath: path + "/" + file)).range(of: secret) != nil
        }
    }

    @Test func anErasureWithoutItsTraceGetsItTheNextTime() throws {
        let journal = try open(folders.new())
        try journal.append(Example.contact("7", at: 1, country: "DE", email: "ann@a.example"))
        let person = try journal.people(after: 0, limit: 1)[0]
        _ = try journal.folder.people.write { try PeopleWriter.destroy(person, at: Example.hour(5), $0) }
        #expect(try journal.erase([Example.subject("7")], at: Example.hour(6)) == 0)
        let trace = try #require(try journal.stored(after: 1, limit: 1).first).lifted { _ in nil }.fact
        #expect(trace.kind == .erased && trace.occurred == Example.hour(5))
        #expect(trace["values"] == .number(Number(1)))
    }
}
