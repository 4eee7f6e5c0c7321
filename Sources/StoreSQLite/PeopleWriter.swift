internal import Dispatch
internal import Foundation
internal import GRDB
internal import Journal
internal import Synchronization
internal import Vocabulary

/// Finds or makes the keys under which personal values are sealed, and gathers what is to be written to the people file.
///
/// Numbers of new people are handed out while the journal's write lock is held, so no two writers give the same.
struct PeopleWriter {
    private let db: Database
    private let makeKey: () -> PersonKey
    private let anyOfSubject: RawStatement
    private var lastPerson: Int64
    private var known: [Subject: [PersonRecord]] = [:]
    private var knownByNumber: [Int64: PersonRecord] = [:]
    private var newPeople: [PersonRecord] = []
    private var newValues: [NewValue] = []

    private struct NewValue: Sendable {
        var person: Int64
        var key: PersonKey
        var commitment: Commitment
        var value: [UInt8]
    }

    /// `db` reads the people file.
    init(_ db: Database, makeKey: @escaping () -> PersonKey) throws {
        self.db = db
        self.makeKey = makeKey
        anyOfSubject = try RawStatement(db, "SELECT 1 FROM person WHERE subject = ?1 LIMIT 1")
        lastPerson = try PeopleWriter.lastPerson(db)
    }

    /// The person to keep values under; `nil` when the fact speaks of a time before an erasure. One who is new is
    /// remembered only once a fact of theirs is kept.
    mutating func holder(of subject: Subject, at occurred: Instant) throws -> PersonRecord? {
        let people = try known[subject] ?? stored(subject)
        known[subject] = people
        switch KeyHolder(among: people, at: occurred) {
        case .person(let person): return person
        case .new: return PersonRecord(person: lastPerson + 1, subject: subject, key: makeKey(), erased: nil)
        case .erased: return nil
        }
    }

    /// Most subjects of an import are new, and asking for rows that are not there need not cost more than this.
    private func stored(_ subject: Subject) throws -> [PersonRecord] {
        defer { anyOfSubject.reset() }
        anyOfSubject.bind(1, copying: subject.text)
        return try anyOfSubject.step() ? PeopleWriter.people(of: subject, db) : []
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

    mutating func keep(_ sealed: SealedBody, of person: PersonRecord) {
        if person.person > lastPerson {
            lastPerson = person.person
            newPeople.append(person)
            known[person.subject, default: []].append(person)
        }
        for (commitment, value) in sealed.values {
            newValues.append(
                NewValue(person: person.person, key: person.key!, commitment: commitment, value: value))
        }
    }

    var isEmpty: Bool { newPeople.isEmpty && newValues.isEmpty }

    func write(_ db: Database) throws {
        try PeopleWriter.insert(newPeople, db)
        let encrypted = try encryptedValues()
        let insert = try RawStatement(
            db, "INSERT OR IGNORE INTO value (person, commitment, encrypted) VALUES (?1, ?2, ?3)")
        for (value, bytes) in zip(newValues, encrypted) {
            try value.commitment.withBytes { commitment in
                try bytes.withUnsafeBufferPointer { bytes in
                    defer { insert.reset() }
                    insert.bind(1, value.person)
                    insert.bind(2, blob: commitment.bindMemory(to: UInt8.self))
                    insert.bind(3, blob: bytes)
                    _ = try insert.step()
                }
            }
        }
    }

    /// Encrypting costs more than storing, and no value waits for another: all cores share it.
    private func encryptedValues() throws -> [[UInt8]] {
        let portions = (newValues.count + PeopleWriter.portion - 1) / PeopleWriter.portion
        let done = Mutex<[Int: Result<[[UInt8]], any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: portions) { [newValues] portion in
            let start = portion * PeopleWriter.portion
            let values = newValues[start..<min(start + PeopleWriter.portion, newValues.count)]
            let encrypted = Result { try values.map { try $0.key.encrypt($0.value, $0.commitment) } }
            done.withLock { $0[portion] = encrypted }
        }
        return try done.withLock { done in try (0..<portions).flatMap { try done[$0]!.get() } }
    }

    private static let portion = 1024
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

    static func insert(_ people: [PersonRecord], _ db: Database) throws {
        let insert = try RawStatement(
            db, "INSERT INTO person (id, subject, key, erased, mark) VALUES (?1, ?2, ?3, ?4, ?5)")
        for person in people {
            defer { insert.reset() }
            insert.bind(1, person.person)
            insert.bind(2, copying: person.subject.text)
            if let key = person.key { insert.bind(3, copying: key.bytes) } else { insert.bindNull(3) }
            if let erased = person.erased { insert.bind(4, erased.milliseconds) } else { insert.bindNull(4) }
            insert.bind(5, RowMark.of(person, destroyed: 0))
            _ = try insert.step()
        }
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
