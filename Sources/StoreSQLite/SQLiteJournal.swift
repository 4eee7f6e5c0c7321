internal import Foundation
internal import GRDB
public import Journal
internal import Synchronization
public import Vocabulary

/// A journal in a folder of SQLite files, durable when `append` returns.
public final class SQLiteJournal: JournalStore {
    public let path: String
    private let folder: JournalFolder
    private let makeKey: @Sendable () -> PersonKey
    private let catalog = Mutex(Catalog())

    /// Whether there is a journal at `path`.
    public static func exists(at path: String) -> Bool { JournalFolder.exists(at: path) }

    /// Opens the journal in the folder `path`, making it when it is not there. `makeKey` draws a person's key.
    ///
    /// `busyTimeout`, in seconds, is how long a call waits for another process that is writing before it throws `busy`.
    public init(path: String, busyTimeout: Double = 10, makeKey: @escaping @Sendable () -> PersonKey) throws {
        self.path = path
        self.makeKey = makeKey
        folder = try translatingSQLiteErrors(path) { try JournalFolder(path: path, busyTimeout: busyTimeout) }
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

    /// One write transaction on the journal; what it learned of the catalog is kept only when it was committed.
    private func writing<Result>(_ body: (Database) throws -> (Result, Catalog)) throws -> Result {
        try translatingSQLiteErrors(path) {
            let (result, learned) = try folder.journal.writeWithoutTransaction { db in
                var outcome: (Result, Catalog)?
                try db.inTransaction(.immediate) {
                    outcome = try body(db)
                    return .commit
                }
                return outcome!
            }
            catalog.withLock { $0 = learned }
            return result
        }
    }

    private func reading<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try translatingSQLiteErrors(path) { try folder.journal.read(body) }
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

    private static func head(_ db: Database) throws -> JournalHead {
        let row = try Row.fetchOne(db, sql: "SELECT sequence, link FROM sealed ORDER BY sequence DESC LIMIT 1")
        guard let row else { return .empty }
        let link: Data = row["link"]
        return JournalHead(sequence: row["sequence"], link: Array(link))
    }
}

// MARK: - Reading facts

extension SQLiteJournal {
    public func stored(after sequence: Int64, limit: Int) throws -> [StoredFact] {
        try storedFacts("WHERE sequence > ?1 ORDER BY sequence LIMIT ?2") { statement, _ in
            statement.bind(1, sequence)
            statement.bind(2, Int64(limit))
            return true
        }
    }

    public func stored(source: String, object: String, id: String) throws -> [StoredFact] {
        try storedFacts("WHERE key >= ?1 AND key < ?2 ORDER BY key") { statement, catalog in
            guard let stream = catalog.streamID(source: source, object: object) else { return false }
            var record: [UInt8] = []
            StoredKey.write(stream: stream, to: &record)
            record.append(contentsOf: id.utf8)
            statement.bind(1, copying: record + [FactKey.separator])
            statement.bind(2, copying: record + [FactKey.separator + 1])
            return true
        }
    }

    private func storedFacts(
        _ condition: String, bind: (RawStatement, Catalog) throws -> Bool
    ) throws -> [StoredFact] {
        try reading { db in
            let known = try currentCatalog(db)
            let select = try RawStatement(
                db,
                "SELECT sequence, key, shape, occurred, known, recorded, person, body FROM fact \(condition)")
            defer { select.reset() }
            guard try bind(select, known) else { return [] }
            var facts: [StoredFact] = []
            while try select.step() { facts.append(try storedFact(select, known)) }
            return facts
        }
    }

    private func storedFact(_ row: RawStatement, _ catalog: Catalog) throws -> StoredFact {
        guard let entry = catalog.shapes[row.integer(2)] else {
            throw JournalError.damaged("fact \(row.integer(0)) has no shape")
        }
        let key = StoredKey.parts(row.blob(1))
        return StoredFact(
            sequence: row.integer(0), shape: entry.shape, id: key.id, aspect: key.aspect,
            occurred: Instant(milliseconds: row.integer(3)), known: Instant(milliseconds: row.integer(4)),
            recorded: Instant(milliseconds: row.integer(5)), body: Array(row.blob(7)),
            person: row.isNull(6) ? nil : row.integer(6))
    }

    private func currentCatalog(_ db: Database) throws -> Catalog {
        var known = catalog.withLock { $0 }
        try known.refresh(db)
        return known
    }

    public func statements(source: String, object: String, _ body: (RecordStatements) throws -> Bool) throws {
        try reading { db in
            let known = try currentCatalog(db)
            guard let stream = known.streamID(source: source, object: object) else { return }
            var (low, high): ([UInt8], [UInt8]) = ([], [])
            StoredKey.write(stream: stream, to: &low)
            StoredKey.write(stream: stream + 1, to: &high)
            let select = try RawStatement(
                db, "SELECT key, shape, sequence FROM fact WHERE key >= ?1 AND key < ?2 ORDER BY key")
            defer { select.reset() }
            select.bind(1, copying: low)
            select.bind(2, copying: high)
            try SQLiteJournal.group(select, known, body)
        }
    }

    private static func group(
        _ rows: RawStatement, _ catalog: Catalog, _ body: (RecordStatements) throws -> Bool
    ) throws {
        var record: RecordStatements?
        while try rows.step() {
            let key = StoredKey.parts(rows.blob(0))
            guard let kind = catalog.shapes[rows.integer(1)]?.shape.kind else {
                throw JournalError.damaged("fact \(rows.integer(2)) has no shape")
            }
            let statement = RecordStatements.Statement(aspect: key.aspect, kind: kind, sequence: rows.integer(2))
            if record?.id == key.id {
                record?.statements.append(statement)
            } else {
                if let record, try !body(record) { return }
                record = RecordStatements(id: key.id, statements: [statement])
            }
        }
        if let record { _ = try body(record) }
    }

    public func counts() throws -> [FactCount] {
        try reading { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT source, object, kind, sum(facts) AS facts
                    FROM (SELECT shape, count(*) AS facts FROM fact GROUP BY shape) AS counted
                    JOIN shape ON shape.id = counted.shape JOIN stream ON stream.id = shape.stream
                    GROUP BY source, object, kind ORDER BY source, object, kind
                    """
            ).compactMap { row in
                FactKind(rawValue: row["kind"]).map {
                    FactCount(source: row["source"], object: row["object"], kind: $0, facts: row["facts"])
                }
            }
        }
    }
}

// MARK: - People

extension SQLiteJournal {
    public func values(ofPerson person: Int64) throws -> [Commitment: String] {
        try translatingSQLiteErrors(path) {
            try folder.people.read { db in
                guard let record = try SQLiteJournal.person(person, db), let key = record.key else { return [:] }
                let rows = try Row.fetchAll(
                    db, sql: "SELECT commitment, encrypted FROM value WHERE person = ?", arguments: [person])
                return try SQLiteJournal.open(rows, under: key, of: person)
            }
        }
    }

    private static func person(_ person: Int64, _ db: Database) throws -> PersonRecord? {
        try Row.fetchOne(db, sql: "SELECT id, subject, key, erased FROM person WHERE id = ?", arguments: [person])
            .map { try PersonRecord($0) }
    }

    private static func open(_ rows: [Row], under key: PersonKey, of person: Int64) throws -> [Commitment: String] {
        var values: [Commitment: String] = [:]
        for row in rows {
            let commitment = Commitment(bytes: row["commitment"] as Data)
            guard let value = try? key.decrypt(Array(row["encrypted"] as Data), commitment) else {
                throw JournalError.damaged("a value of person \(person) does not open under its key")
            }
            values[commitment] = value
        }
        return values
    }

    public func people(after person: Int64, limit: Int) throws -> [PersonRecord] {
        try translatingSQLiteErrors(path) {
            try folder.people.read { db in
                try Row.fetchAll(
                    db, sql: "SELECT id, subject, key, erased FROM person WHERE id > ? ORDER BY id LIMIT ?",
                    arguments: [person, limit]
                ).map { try PersonRecord($0) }
            }
        }
    }

    public func adopt(_ people: [PersonRecord]) throws {
        try translatingSQLiteErrors(path) {
            try folder.people.write { db in
                for person in people { try PeopleWriter.insert(person, db) }
            }
        }
    }

    /// The values go first, then the trace. A crash in between leaves an erasure without its trace, never a trace of an
    /// erasure that did not happen; running it again adds nothing, as there is nothing left to destroy.
    public func erase(_ subjects: [Subject], at instant: Instant) throws -> Int {
        var destroyed = 0
        for subject in subjects {
            guard let values = try destroy(subject, at: instant) else { continue }
            destroyed += values
            var batch = FactBatch()
            batch.append(Fact.erased(subject, values: values, at: instant))
            _ = try append(JournalGroup([batch]))
        }
        return destroyed
    }

    private func destroy(_ subject: Subject, at instant: Instant) throws -> Int? {
        try translatingSQLiteErrors(path) {
            let destroyed = try folder.people.write { db -> Int? in
                guard let person = try PeopleWriter.last(subject, db), person.key != nil else { return nil }
                try db.execute(sql: "DELETE FROM value WHERE person = ?", arguments: [person.person])
                let values = db.changesCount
                try db.execute(
                    sql: "UPDATE person SET key = NULL, erased = ? WHERE id = ?",
                    arguments: [instant.milliseconds, person.person])
                return values
            }
            // Until a checkpoint has run, the log next to the file still holds what was deleted from it.
            if destroyed != nil { _ = try folder.people.writeWithoutTransaction { try $0.checkpoint(.truncate) } }
            return destroyed
        }
    }
}

// MARK: - Imports and rejects

extension SQLiteJournal {
    public func importMark(_ id: String) throws -> ImportMark? {
        try importMarks().first { $0.id == id }
    }

    public func importMarks() throws -> [ImportMark] {
        try reading { db in
            try Row.fetchAll(db, sql: "SELECT id, started_after, done, state FROM import ORDER BY place").map { row in
                ImportMark(
                    id: row["id"], startedAfter: row["started_after"], done: row["done"],
                    state: Array(row["state"] as Data))
            }
        }
    }

    private func keep(_ mark: ImportMark, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO import (id, started_after, done, state) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (id) DO UPDATE SET started_after = ?2, done = ?3, state = ?4
                """, arguments: [mark.id, mark.startedAfter, mark.done, Data(mark.state)])
    }

    private func keep(_ reject: Reject, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO reject (import, file, line, column, value, code, reason, raw)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                reject.importID, reject.file, reject.line, reject.column, reject.value, reject.code, reject.reason,
                Data(reject.raw),
            ])
    }

    public func rejects(ofImport id: String?, after reject: Int64, limit: Int) throws -> [KeptReject] {
        try translatingSQLiteErrors(path) {
            try folder.people.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT * FROM reject WHERE settled IS NULL AND number > ?1 AND (?2 IS NULL OR import = ?2)
                        ORDER BY number LIMIT ?3
                        """, arguments: [reject, id, limit]
                ).map { row in
                    KeptReject(
                        number: row["number"],
                        reject: Reject(
                            importID: row["import"], file: row["file"], line: row["line"], column: row["column"],
                            value: row["value"], code: row["code"], reason: row["reason"],
                            raw: Array(row["raw"] as Data)))
                }
            }
        }
    }

    public func settle(_ rejects: [Int64], as settlement: String) throws {
        try translatingSQLiteErrors(path) {
            try folder.people.write { db in
                for reject in rejects {
                    try db.execute(
                        sql: "UPDATE reject SET settled = ? WHERE number = ?", arguments: [settlement, reject])
                }
            }
        }
    }
}

// MARK: - Verifying

extension SQLiteJournal {
    public func verify(expecting expected: JournalHead?) throws -> Verification {
        let journal = try reading { db in
            var verifier = try JournalVerifier(db, catalog: try currentCatalog(db), expected: expected)
            return try verifier.run()
        }
        return try translatingSQLiteErrors(path) {
            try folder.people.read { try SQLiteJournal.verifyPeople($0, into: journal) }
        }
    }

    private static func verifyPeople(_ db: Database, into journal: Verification) throws -> Verification {
        var verification = journal
        verification.erasedPeople =
            try Int64.fetchOne(db, sql: "SELECT count(*) FROM person WHERE erased IS NOT NULL") ?? 0
        let people = try Row.fetchCursor(db, sql: "SELECT id, subject, key, erased FROM person WHERE key IS NOT NULL")
        while let row = try people.next() {
            let person = try PersonRecord(row)
            let values = try Row.fetchAll(
                db, sql: "SELECT commitment, encrypted FROM value WHERE person = ?", arguments: [person.person])
            verification.personalValues += Int64(values.count)
            if (try? open(values, under: person.key!, of: person.person)) == nil {
                verification.damage.append(
                    Verification.Damage(
                        sequence: 0, what: "a value of person \(person.person) does not open under its key"))
            }
        }
        return verification
    }
}
