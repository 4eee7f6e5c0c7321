internal import GRDB
internal import Journal
internal import Vocabulary

/// Adds batches to the journal inside one transaction: the only code that inserts facts.
struct FactWriter {
    private let db: Database
    private var catalog: Catalog
    private var people: PeopleWriter
    private let insert: RawStatement
    private let equalKey: RawStatement
    private let statedBefore: RawStatement
    private var chain: Chain
    private var sequence: Int64
    private var key: [UInt8] = []
    private var scratch: [UInt8] = []

    init(_ db: Database, catalog: Catalog, people: PeopleWriter, head: JournalHead) throws {
        self.db = db
        self.catalog = catalog
        self.people = people
        chain = Chain(link: head.link)
        sequence = head.sequence
        insert = try RawStatement(
            db,
            """
            INSERT INTO fact (sequence, key, shape, occurred, known, recorded, person, mark, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """)
        equalKey = try RawStatement(db, "SELECT sequence, shape, occurred, body FROM fact WHERE key = ?1")
        statedBefore = try RawStatement(
            db,
            """
            SELECT sequence, shape, occurred, body FROM fact WHERE key >= ?1 AND key < ?2 ORDER BY key DESC LIMIT 1
            """)
    }

    var head: JournalHead { JournalHead(sequence: sequence, link: chain.link) }

    /// What the transaction leaves behind for the store once it is committed.
    var outcome: (catalog: Catalog, people: PeopleWriter) { (catalog, people) }

    mutating func append(_ batch: FactBatch) throws -> [Receipt] {
        let shapes = try batch.shapes.map { try catalog.id(of: $0, db) }
        var receipts: [Receipt] = []
        receipts.reserveCapacity(batch.count)
        try batch.keys.withUnsafeBufferPointer { keys in
            try batch.bodies.withUnsafeBufferPointer { bodies in
                for index in batch.entries.indices {
                    let named = UnsafeBufferPointer(rebasing: keys[batch.keyRange(index)])
                    let body = UnsafeBufferPointer(rebasing: bodies[batch.bodyRange(index)])
                    receipts.append(
                        try append(batch.entries[index], shapes[batch.entries[index].shape], named: named, body: body))
                }
            }
        }
        return receipts
    }

    private mutating func append(
        _ entry: FactBatch.Entry, _ shape: Int64, named: UnsafeBufferPointer<UInt8>, body: UnsafeBufferPointer<UInt8>
    ) throws -> Receipt {
        let known = catalog.shapes[shape]!
        key.removeAll(keepingCapacity: true)
        StoredKey.write(stream: known.stream, to: &key)
        key.append(contentsOf: named)
        guard entry.holdsPersonal else { return try append(entry, shape, known, named, body, person: nil) }
        return try appendSealed(entry, shape, known, named, body)
    }

    private mutating func appendSealed(
        _ entry: FactBatch.Entry, _ shape: Int64, _ known: Catalog.Entry, _ named: UnsafeBufferPointer<UInt8>,
        _ body: UnsafeBufferPointer<UInt8>
    ) throws -> Receipt {
        let subject = try Sealing.subject(ofBody: body, else: factKey(known.shape))
        guard let person = try people.person(of: subject, at: entry.occurred) else {
            return try existing()?.repeated ?? Receipt(.erasedPerson, 0)
        }
        let sealed = try Sealing.seal(body, valueCount: known.shape.properties.count, under: person.key!)
        let receipt = try sealed.body.withUnsafeBufferPointer {
            try append(entry, shape, known, named, $0, person: person.person)
        }
        if receipt.verdict == .accepted { try people.keep(sealed, of: person) }
        return receipt
    }

    private mutating func append(
        _ entry: FactBatch.Entry, _ shape: Int64, _ known: Catalog.Entry, _ named: UnsafeBufferPointer<UInt8>,
        _ body: UnsafeBufferPointer<UInt8>, person: Int64?
    ) throws -> Receipt {
        if entry.statement == .restated, let earlier = try statementBefore(), earlier.says(shape, body) {
            return Receipt(.unchanged, earlier.sequence)
        }
        var extended = chain
        let mark = extended.extend(
            shape: known.digest, occurred: entry.occurred, known: entry.known, recorded: entry.recorded, key: named,
            body: body, scratch: &scratch)
        guard try insert(entry, shape, body, person, mark) else {
            let there = try existing()!
            guard there.says(shape, body), there.occurred == entry.occurred else {
                return Receipt(.keyReused, there.sequence)
            }
            return Receipt(entry.statement == .event ? .repeated : .unchanged, there.sequence)
        }
        chain = extended
        sequence += 1
        return Receipt(.accepted, sequence)
    }

    /// Whether it was added; false when its key is there already.
    private func insert(
        _ entry: FactBatch.Entry, _ shape: Int64, _ body: UnsafeBufferPointer<UInt8>, _ person: Int64?, _ mark: Int64
    ) throws -> Bool {
        try key.withUnsafeBufferPointer { key in
            defer { insert.reset() }
            insert.bind(1, sequence + 1)
            insert.bind(2, blob: key)
            insert.bind(3, shape)
            insert.bind(4, entry.occurred.milliseconds)
            insert.bind(5, entry.known.milliseconds)
            insert.bind(6, entry.recorded.milliseconds)
            if let person { insert.bind(7, person) } else { insert.bindNull(7) }
            insert.bind(8, mark)
            insert.bind(9, blob: body)
            do {
                _ = try insert.step()
                return true
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                return false
            }
        }
    }

    /// A fact that is there already.
    private struct Existing {
        var sequence: Int64
        var shape: Int64
        var occurred: Instant
        var body: [UInt8]

        init(_ statement: RawStatement) {
            sequence = statement.integer(0)
            shape = statement.integer(1)
            occurred = Instant(milliseconds: statement.integer(2))
            body = Array(statement.blob(3))
        }

        var repeated: Receipt { Receipt(.repeated, sequence) }

        func says(_ shape: Int64, _ body: UnsafeBufferPointer<UInt8>) -> Bool {
            self.shape == shape && self.body.elementsEqual(body)
        }
    }

    private func existing() throws -> Existing? {
        try key.withUnsafeBufferPointer { key in
            defer { equalKey.reset() }
            equalKey.bind(1, blob: key)
            return try equalKey.step() ? Existing(equalKey) : nil
        }
    }

    /// The nearest earlier statement of the same thing: same key up to the instant at the end of the aspect.
    private func statementBefore() throws -> Existing? {
        guard let at = key.lastIndex(of: UInt8(ascii: "@")) else { return nil }
        return try key.withUnsafeBufferPointer { key in
            defer { statedBefore.reset() }
            statedBefore.bind(1, blob: UnsafeBufferPointer(rebasing: key[...at]))
            statedBefore.bind(2, blob: key)
            return try statedBefore.step() ? Existing(statedBefore) : nil
        }
    }

    private func factKey(_ shape: FactShape) -> FactKey {
        let parts = key.withUnsafeBufferPointer { StoredKey.parts($0) }
        return FactKey(source: shape.source, object: shape.object, id: parts.id, aspect: parts.aspect)
    }
}
