internal import Foundation
internal import GRDB
internal import Journal

/// Goes once through both files, person by person in the order of their numbers: what facts commit to, and what is kept.
/// Memory is that of one person.
struct PeopleWalk {
    /// One person: a record, facts that refer to them, values kept; any of the three may be missing.
    struct Stop {
        var person: Int64
        var record: Record?
        /// The first fact that commits to each value; without an entry for facts whose values were all erased.
        var committed: [Commitment: Int64] = [:]
        var firstFact: Int64?
        var values: [(commitment: Commitment, encrypted: [UInt8])] = []

        var isReferred: Bool { firstFact != nil }
        func isCommitted(_ commitment: Commitment) -> Bool { committed[commitment] != nil }
    }

    struct Record {
        var person: PersonRecord
        var destroyed: Int64
        var mark: Int64
    }

    private let facts: RowCursor
    private let people: RowCursor
    private let values: RowCursor
    private let catalog: Catalog
    private var fact: Row?
    private var person: Row?
    private var value: Row?

    init(journal: Database, people peopleDB: Database, catalog: Catalog) throws {
        self.catalog = catalog
        facts = try Row.fetchCursor(
            journal,
            sql: "SELECT person, sequence, shape, body FROM fact WHERE person IS NOT NULL ORDER BY person, sequence")
        people = try Row.fetchCursor(
            peopleDB, sql: "SELECT id, subject, key, erased, destroyed, mark FROM person ORDER BY id")
        values = try Row.fetchCursor(
            peopleDB, sql: "SELECT person, commitment, encrypted FROM value ORDER BY person, commitment")
        fact = try facts.next()
        person = try people.next()
        value = try values.next()
    }

    mutating func next() throws -> Stop? {
        let heads: [Int64?] = [try fact?.read("person"), try person?.read("id"), try value?.read("person")]
        guard let least = heads.compactMap({ $0 }).min() else { return nil }
        var stop = Stop(person: least)
        try takeRecord(&stop)
        try takeFacts(&stop)
        try takeValues(&stop)
        return stop
    }

    private mutating func takeRecord(_ stop: inout Stop) throws {
        guard let row = person, try row.read("id") == stop.person else { return }
        stop.record = Record(
            person: try PersonRecord(row), destroyed: try row.read("destroyed"), mark: try row.read("mark"))
        person = try people.next()
    }

    private mutating func takeFacts(_ stop: inout Stop) throws {
        while let row = fact, try row.read("person") == stop.person {
            let sequence: Int64 = try row.read("sequence")
            stop.firstFact = stop.firstFact ?? sequence
            for commitment in try commitments(row, sequence) where stop.committed[commitment] == nil {
                stop.committed[commitment] = sequence
            }
            fact = try facts.next()
        }
    }

    private func commitments(_ row: Row, _ sequence: Int64) throws -> [Commitment] {
        let shape = try catalog.shape(try row.read("shape"), ofFact: sequence)
        return try row.withUnsafeData(named: "body") { body in
            try [UInt8](body ?? Data()).withUnsafeBufferPointer {
                try Sealing.commitments(inBody: $0, valueCount: shape.properties.count)
            }
        }
    }

    private mutating func takeValues(_ stop: inout Stop) throws {
        while let row = value, try row.read("person") == stop.person {
            stop.values.append(
                (
                    Commitment(bytes: try row.read("commitment", Data.self)),
                    [UInt8](try row.read("encrypted", Data.self))
                ))
            value = try values.next()
        }
    }
}
