internal import Foundation
internal import GRDB
internal import Journal
internal import Vocabulary

/// Finds or makes the keys under which personal values are sealed, and gathers what is to be written to the people file.
///
/// Numbers of new people are handed out while the journal's write lock is held, so no two writers give the same.
struct PeopleWriter {
    private let db: Database
    private let makeKey: () -> PersonKey
    private var lastPerson: Int64
    private var known: [Subject: PersonRecord] = [:]
    private var newPeople: [PersonRecord] = []
    private var newValues: [(person: Int64, commitment: Commitment, encrypted: [UInt8])] = []

    /// `db` reads the people file.
    init(_ db: Database, makeKey: @escaping () -> PersonKey) throws {
        self.db = db
        self.makeKey = makeKey
        lastPerson = try Int64.fetchOne(db, sql: "SELECT max(id) FROM person") ?? 0
    }

    /// The person to keep values under; `nil` when the subject was erased and the fact speaks of the time before.
    mutating func person(of subject: Subject, at occurred: Instant) throws -> PersonRecord? {
        let last = try known[subject] ?? PeopleWriter.last(subject, db)
        if let last, last.key != nil {
            known[subject] = last
            return last
        }
        if let erased = last?.erased, occurred <= erased { return nil }
        lastPerson += 1
        let person = PersonRecord(person: lastPerson, subject: subject, key: makeKey(), erased: nil)
        known[subject] = person
        newPeople.append(person)
        return person
    }

    mutating func keep(_ sealed: SealedBody, of person: PersonRecord) throws {
        for (commitment, value) in sealed.values {
            newValues.append((person.person, commitment, try person.key!.encrypt(value, commitment)))
        }
    }

    var isEmpty: Bool { newPeople.isEmpty && newValues.isEmpty }

    func write(_ db: Database) throws {
        for person in newPeople { try PeopleWriter.insert(person, db) }
        let insert = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO value (person, commitment, encrypted) VALUES (?, ?, ?)")
        for value in newValues {
            try insert.execute(arguments: [value.person, Data(value.commitment.bytes), Data(value.encrypted)])
        }
    }

    static func last(_ subject: Subject, _ db: Database) throws -> PersonRecord? {
        let select = try db.cachedStatement(
            sql: "SELECT id, subject, key, erased FROM person WHERE subject = ? ORDER BY id DESC LIMIT 1")
        return try Row.fetchOne(select, arguments: [subject.text]).map { try PersonRecord($0) }
    }

    static func insert(_ person: PersonRecord, _ db: Database) throws {
        let insert = try db.cachedStatement(sql: "INSERT INTO person (id, subject, key, erased) VALUES (?, ?, ?, ?)")
        try insert.execute(
            arguments: [
                person.person, person.subject.text, person.key.map { Data($0.bytes) }, person.erased?.milliseconds,
            ])
    }
}

extension PersonRecord {
    /// From a row of `person`. Throws when its key is not one.
    init(_ row: Row) throws {
        let bytes: Data? = row["key"]
        let key = bytes.flatMap { PersonKey(bytes: Array($0)) }
        if bytes != nil, key == nil {
            throw JournalError.damaged("the key of person \(row["id"] as Int64) is cut short")
        }
        let erased: Int64? = row["erased"]
        self.init(
            person: row["id"], subject: Subject(text: row["subject"]), key: key,
            erased: erased.map { Instant(milliseconds: $0) })
    }
}
