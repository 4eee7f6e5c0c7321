internal import GRDB
public import Journal
internal import Vocabulary

// Reading facts back.

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
        let key = StoredKey.parts(row.blob(1))
        return StoredFact(
            sequence: row.integer(0), shape: try catalog.shape(row.integer(2), ofFact: row.integer(0)), id: key.id,
            aspect: key.aspect, occurred: Instant(milliseconds: row.integer(3)),
            known: Instant(milliseconds: row.integer(4)), recorded: Instant(milliseconds: row.integer(5)),
            body: Array(row.blob(7)), person: row.isNull(6) ? nil : row.integer(6))
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
            let statement = RecordStatements.Statement(
                aspect: key.aspect, kind: try catalog.shape(rows.integer(1), ofFact: rows.integer(2)).kind,
                sequence: rows.integer(2))
            if let id = record?.id, id.utf8.elementsEqual(key.id.utf8) {
                record!.statements.append(statement)
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
            ).map { row in
                guard let kind = FactKind(rawValue: try row.read("kind")) else {
                    throw JournalError.damaged("a shape has a kind this program does not know")
                }
                return FactCount(
                    source: try row.read("source"), object: try row.read("object"), kind: kind,
                    facts: try row.read("facts"))
            }
        }
    }
}
