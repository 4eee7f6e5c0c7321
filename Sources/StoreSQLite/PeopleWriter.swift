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
    private var known: [Subject: [PersonRecord]] = [:]
    private var knownByNumber: [Int64: PersonRecord] = [:]
    private var newPeople: [PersonRecord] = []
    private var newValues: [(person: Int64, commitment: Commitment, encrypted: [UInt8])] = []

    /// `db` reads the people file.
    init(_ db: Database, makeKey: @escaping () -> PersonKey) throws {
        self.db = db
        self.makeKey = makeKey
        lastPerson = try PeopleWriter.lastPerson(db)
    }

    /// The person to keep values under; `nil` when the fact speaks of a time before an erasure. One who is new is
    /// remembered only once a fact of theirs is kept.
    mutating func holder(of subject: Subject, at occurred: Instant) throws -> PersonRecord? {
        let people = try known[subject] ?? PeopleWriter.people(of: subject, db)
        known[subject] = people
        switch KeyHolder(among: people, at: occurred) {
        case .person(let person): return person
        case .new: return PersonRecord(person: lastPerson + 1, subject: subject, key: makeKey(), erased: nil)
        case .erased: return nil
        }
    }

    /// A person an export brought, with the key that its facts need.
    mutating func adopted(_ person: Int64) throws -> PersonRecord {
        guard let record = try record(of: person), record.key != nil else { throw JournalError.unknownPerson(person) }
        return record
    }

    mutating func checkIsThere(_ person: Int64) throws {
        if try record(of: person) == nil { throw JournalError.unknownPerson(person) }
    }

    mutating func isErased(_ person: Int64) throws -> Bool {
        guard let record = try record(of: person) else { return false }
        return record.key == nil
    }

    private mutating func record(of person: Int64) throws -> PersonRecord? {
        if let known = knownByNumber[person] { return known }
        let record = try PeopleWriter.person(person, db)
        knownByNumber[person] = record
        return record
    }

    mutating func keep(_ sealed: SealedBody, of person: PersonRecord) throws {
        if person.person > lastPerson {
            lastPerson = person.person
            newPeople.append(person)
            known[person.subject, default: []].append(person)
        }
        for (commitment, value) in sealed.values {
            newValues.append((person.person, commitment, try person.key!.encrypt(value, commitment)))
        }
    }

    var isEmpty: Bool { newPeople.isEmpty && newValues.isEmpty }

    func write(_ db: Database) throws {
        for person in newPeople { try PeopleWriter.insert(person, db) }
        let insert = try RawStatement(
            db, "INSERT OR IGNORE INTO value (person, commitment, encrypted) VALUES (?1, ?2, ?3)")
        for value in newValues {
            defer { insert.reset() }
            insert.bind(1, value.person)
            insert.bind(2, copying: value.commitment.bytes)
            insert.bind(3, copying: value.encrypted)
            _ = try insert.step()
        }
    }
}

// MARK: - Rows of `person`

extension PeopleWriter {
    static func lastPerson(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT max(id) FROM person") ?? 0
    }

    static func people(of subject: Subject, _ db: Database) throws -> [PersonRecord] {
        let select = try db.cachedStatement(
            sql: "SELECT id, subject, key, erased FROM person WHERE subject = ? ORDER BY id")
        return try Row.fetchAll(select, arguments: [subject.text]).map { try PersonRecord($0) }
    }

    static func person(_ person: Int64, _ db: Database) throws -> PersonRecord? {
        let select = try db.cachedStatement(sql: "SELECT id, subject, key, erased FROM person WHERE id = ?")
        return try Row.fetchOne(select, arguments: [person]).map { try PersonRecord($0) }
    }

    static func insert(_ person: PersonRecord, _ db: Database) throws {
        let insert = try db.cachedStatement(
            sql: "INSERT INTO person (id, subject, key, erased, mark) VALUES (?, ?, ?, ?, ?)")
        try insert.execute(
            arguments: [
                person.person, person.subject.text, person.key.map { Data($0.bytes) }, person.erased?.milliseconds,
                RowMark.of(person, destroyed: 0),
            ])
    }

    /// Destroys the key and all values of a person; gives how many values went.
    static func destroy(_ person: PersonRecord, at instant: Instant, _ db: Database) throws -> Int {
        try db.execute(sql: "DELETE FROM value WHERE person = ?", arguments: [person.person])
        let destroyed = db.changesCount
        var erased = person
        erased.key = nil
        erased.erased = instant
        try db.execute(
            sql: "UPDATE person SET key = NULL, erased = ?, destroyed = ?, mark = ? WHERE id = ?",
            arguments: [
                instant.milliseconds, destroyed, RowMark.of(erased, destroyed: Int64(destroyed)), person.person,
            ])
        return destroyed
    }
}

extension PersonRecord {
    /// From a row of `person`. Throws when its key is not one.
    init(_ row: Row) throws {
        let bytes: Data? = try row.read("key")
        let key = bytes.flatMap { PersonKey(bytes: Array($0)) }
        if bytes != nil, key == nil {
            throw JournalError.damaged("the key of person \(try row.read("id", Int64.self)) is cut short")
        }
        let erased: Int64? = try row.read("erased")
        self.init(
            person: try row.read("id"), subject: Subject(text: try row.read("subject")), key: key,
            erased: erased.map { Instant(milliseconds: $0) })
    }
}
