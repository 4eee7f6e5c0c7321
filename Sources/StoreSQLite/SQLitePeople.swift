internal import Foundation
internal import GRDB
public import Journal
public import Vocabulary

// People, their values, and how both are destroyed.

extension SQLiteJournal {
    public func values(ofPerson person: Int64) throws -> [Commitment: String] {
        try readingPeople { db in
            guard let record = try PeopleWriter.person(person, db), let key = record.key else { return [:] }
            let select = try RawStatement(db, "SELECT commitment, encrypted FROM value WHERE person = ?1")
            defer { select.reset() }
            select.bind(1, person)
            var values: [Commitment: String] = [:]
            while try select.step() {
                let commitment = Commitment(bytes: select.blob(0))
                guard let value = try? key.decrypt(Array(select.blob(1)), commitment) else {
                    throw JournalError.damaged("a value of person \(person) does not open under its key")
                }
                values[commitment] = value
            }
            return values
        }
    }

    public func people(after person: Int64, limit: Int) throws -> [PersonRecord] {
        try readingPeople { db in
            try Row.fetchAll(
                db, sql: "SELECT id, subject, key, erased FROM person WHERE id > ? ORDER BY id LIMIT ?",
                arguments: [person, limit]
            ).map { try PersonRecord($0) }
        }
    }

    public func adopt(_ people: [PersonRecord]) throws {
        try writingPeople { db in
            var last = try PeopleWriter.lastPerson(db)
            for person in people {
                guard person.person > last else { throw JournalError.outOfOrder(person: person.person) }
                last = person.person
            }
            try PeopleWriter.insert(people, db)
        }
    }

    /// The values go first, then the traces. A crash in between leaves an erasure without its trace, never a trace of an
    /// erasure that did not happen; erasing the same subject again adds the trace that is missing.
    public func erase(_ subjects: [Subject], at instant: Instant) throws -> Int {
        let (destroyed, traces) = try writingPeople { db in
            var destroyed = 0
            for subject in subjects {
                guard let person = try PeopleWriter.people(of: subject, db).last, person.key != nil else { continue }
                destroyed += try PeopleWriter.destroy(person, at: instant, db)
            }
            return (destroyed, try subjects.compactMap { try SQLiteJournal.trace(of: $0, db) })
        }
        guard !traces.isEmpty else { return 0 }
        // Until a checkpoint has run, the log next to the file still holds what was deleted from it.
        try translatingSQLiteErrors(path) {
            _ = try folder.people.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        }
        var batch = FactBatch()
        for trace in traces { batch.append(trace) }
        _ = try append(JournalGroup([batch]))
        return destroyed
    }

    /// The fact that tells of the last erasure of a subject. It has the same key each time, so it is added once.
    private static func trace(of subject: Subject, _ db: Database) throws -> Fact? {
        let row = try Row.fetchOne(
            db, sql: "SELECT erased, destroyed FROM person WHERE subject = ? ORDER BY id DESC LIMIT 1",
            arguments: [subject.text])
        guard let row, let erased: Int64 = try row.read("erased") else { return nil }
        return Fact.erased(subject, values: try row.read("destroyed"), at: Instant(milliseconds: erased))
    }

    public func sweep() throws -> Swept {
        try holdingWriteLock { db in
            // One connection reads on while the other deletes what it has passed.
            try readingPeople { peopleDB in
                var walk = try PeopleWalk(journal: db, people: peopleDB, catalog: try currentCatalog(db))
                return try folder.people.write { try SQLiteJournal.sweep(&walk, $0) }
            }
        }
    }

    private static func sweep(_ walk: inout PeopleWalk, _ db: Database) throws -> Swept {
        var swept = Swept(people: 0, values: 0)
        while let stop = try walk.next() {
            for value in stop.values where !stop.isCommitted(value.commitment) {
                try db.execute(
                    sql: "DELETE FROM value WHERE person = ? AND commitment = ?",
                    arguments: [stop.person, Data(value.commitment.bytes)])
                swept.values += 1
            }
            // The record of an erasure stays: it keeps what was erased from coming back.
            if !stop.isReferred, let record = stop.record, record.person.key != nil {
                try db.execute(sql: "DELETE FROM person WHERE id = ?", arguments: [stop.person])
                swept.people += 1
            }
        }
        return swept
    }

    /// A transaction on the people file with the journal's writers kept out: none may hold a key that is just destroyed.
    func writingPeople<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try holdingWriteLock { _ in try folder.people.write(body) }
    }
}
