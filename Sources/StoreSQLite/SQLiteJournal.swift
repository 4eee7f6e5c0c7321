internal import Foundation
internal import GRDB
public import Journal
internal import Synchronization

/// A journal in a folder of SQLite files, durable when `append` returns.
public final class SQLiteJournal: JournalStore {
    public let path: String
    let folder: JournalFolder
    private let makeKey: @Sendable () -> PersonKey
    private let catalog = Mutex(Catalog())

    /// Whether there is a journal at `path`.
    public static func exists(at path: String) -> Bool { JournalFolder.exists(at: path) }

    /// Opens the journal in the folder `path`, making it when it is not there. `makeKey` draws a person's key.
    ///
    /// `busyTimeout`, in seconds, is how long a call waits for another process that is writing before it throws `busy`.
    public convenience init(
        path: String, busyTimeout: Double = 10, makeKey: @escaping @Sendable () -> PersonKey
    ) throws {
        try self.init(path: path, busyTimeout: busyTimeout, schema: .released, makeKey: makeKey)
    }

    init(
        path: String, busyTimeout: Double = 10, schema: JournalSchema, makeKey: @escaping @Sendable () -> PersonKey
    ) throws {
        self.path = path
        self.makeKey = makeKey
        folder = try translatingSQLiteErrors(path) {
            try JournalFolder(path: path, busyTimeout: busyTimeout, schema: schema)
        }
    }

    public func head() throws -> JournalHead {
        try reading { try SQLiteJournal.head($0) }
    }

    public func append(_ group: JournalGroup) throws -> [[Receipt]] {
        try writing { db in
            var known = catalog.withLock { $0 }
            try known.refresh(db)
            let head = try SQLiteJournal.head(db)
            return try folder.people.writeWithoutTransaction { peopleDB in
                var writer = try FactWriter(
                    db, catalog: known, people: PeopleWriter(peopleDB, makeKey: makeKey), head: head)
                let receipts = try group.batches.map { try writer.append($0) }
                let outcome = writer.outcome
                try writePeople(outcome.people, group.rejects, peopleDB)
                try seal(writer.head, after: head, db)
                for mark in group.marks { try keep(mark, db) }
                return (receipts, outcome.catalog)
            }
        }
    }

    /// Moves what stands in the logs into the files themselves, so that a copy of the two files is a copy of the journal.
    public func checkpoint() throws {
        try translatingSQLiteErrors(path) {
            for file in [folder.people, folder.journal] {
                _ = try file.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            }
        }
    }

    /// Closes both files; the journal must not be used afterwards. Going out of scope does the same, later.
    public func close() throws {
        try translatingSQLiteErrors(path) {
            try folder.journal.close()
            try folder.people.close()
        }
    }

    /// The names of the files in a journal's folder, the one with the facts first.
    public static let files = [JournalFolder.journalFile, JournalFolder.peopleFile]

    /// One write transaction on the journal; what it learned of the catalog is kept only when it was committed.
    private func writing<Result>(_ body: (Database) throws -> (Result, Catalog)) throws -> Result {
        let (result, learned) = try holdingWriteLock(body)
        catalog.withLock { $0 = learned }
        return result
    }

    /// Runs `body` in a transaction that keeps every other writer of the journal out, processes included.
    func holdingWriteLock<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try translatingSQLiteErrors(path) {
            try folder.journal.writeWithoutTransaction { db in
                var result: Result?
                try db.inTransaction(.immediate) {
                    result = try body(db)
                    return .commit
                }
                return result!
            }
        }
    }

    func reading<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try translatingSQLiteErrors(path) { try folder.journal.unsafeReentrantRead(body) }
    }

    func readingPeople<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try translatingSQLiteErrors(path) { try folder.people.unsafeReentrantRead(body) }
    }

    func currentCatalog(_ db: Database) throws -> Catalog {
        var known = catalog.withLock { $0 }
        try known.refresh(db)
        return known
    }

    private func writePeople(_ people: PeopleWriter, _ rejects: [Reject], _ db: Database) throws {
        guard !people.isEmpty || !rejects.isEmpty else { return }
        try db.inTransaction(.immediate) {
            try people.write(db)
            for reject in rejects { try keep(reject, db) }
            return .commit
        }
    }

    private func seal(_ head: JournalHead, after before: JournalHead, _ db: Database) throws {
        guard head != before else { return }
        try db.execute(
            sql: "INSERT INTO sealed (sequence, link) VALUES (?, ?)", arguments: [head.sequence, Data(head.link)])
    }

    static func head(_ db: Database) throws -> JournalHead {
        let row = try Row.fetchOne(db, sql: "SELECT sequence, link FROM sealed ORDER BY sequence DESC LIMIT 1")
        guard let row else { return .empty }
        let link: Data = try row.read("link")
        guard link.count == 32 else { throw JournalError.damaged("the last seal is cut short") }
        return JournalHead(sequence: try row.read("sequence"), link: Array(link))
    }
}
