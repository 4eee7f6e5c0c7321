internal import GRDB
internal import Journal
internal import Vocabulary

/// Adds batches to the journal inside one transaction: the only code that inserts facts.
struct FactWriter {
    /// An entry of a batch with its shape's number and what the catalog knows of it.
    private typealias Known = (id: Int64, entry: Catalog.Entry)

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
        // SQLite counts on by itself, which spares it looking for the number first.
        insert = try RawStatement(
            db,
            """
            INSERT INTO fact (key, shape, occurred, known, recorded, person, mark, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (key) DO NOTHING
            """)
        equalKey = try RawStatement(db, "SELECT sequence, shape, occurred, person, body, key FROM fact WHERE key = ?1")
        statedBefore = try RawStatement(
            db,
            """
            SELECT sequence, shape, occurred, person, body, key FROM fact WHERE key >= ?1 AND key <= ?2
            ORDER BY key DESC LIMIT 1
            """)
    }

    var head: JournalHead { JournalHead(sequence: sequence, link: chain.link) }

    /// What the transaction leaves behind for the store once it is committed.
    var outcome: (catalog: Catalog, people: PeopleWriter) { (catalog, people) }

    mutating func append(_ batch: FactBatch) throws -> [Receipt] {
        let known = try batch.shapes.map { shape -> Known in
            let id = try catalog.id(of: shape, db)
            return (id, catalog.shapes[id]!)
        }
        var receipts: [Receipt] = []
        receipts.reserveCapacity(batch.count)
        try batch.keys.withUnsafeBufferPointer { keys in
            try batch.bodies.withUnsafeBufferPointer { bodies in
                var (keyStart, bodyStart) = (0, 0)
                for entry in batch.entries {
                    let named = UnsafeBufferPointer(rebasing: keys[keyStart..<entry.keyEnd])
                    let body = UnsafeBufferPointer(rebasing: bodies[bodyStart..<entry.bodyEnd])
                    receipts.append(try append(entry, known[entry.shape], named, body))
                    (keyStart, bodyStart) = (entry.keyEnd, entry.bodyEnd)
                }
            }
        }
        return receipts
    }

    private mutating func append(
        _ entry: FactBatch.Entry, _ known: Known, _ named: UnsafeBufferPointer<UInt8>,
        _ body: UnsafeBufferPointer<UInt8>
    ) throws -> Receipt {
        key.removeAll(keepingCapacity: true)
        StoredKey.write(stream: known.entry.stream, to: &key)
        key.append(contentsOf: named)
        if entry.holdsPersonal { return try appendSealed(entry, known, named, body) }
        if let person = entry.person { try people.checkIsThere(person) }
        return try append(entry, known, named, body, person: entry.person)
    }

    private mutating func appendSealed(
        _ entry: FactBatch.Entry, _ known: Known, _ named: UnsafeBufferPointer<UInt8>,
        _ body: UnsafeBufferPointer<UInt8>
    ) throws -> Receipt {
        guard let person = try holder(entry, known.entry.shape, body) else {
            return try existing().map { Receipt(.repeated, $0.sequence) } ?? Receipt(.erasedPerson, 0)
        }
        let sealed = try Sealing.seal(body, valueCount: known.entry.shape.properties.count, under: person.key!)
        let receipt = try sealed.body.withUnsafeBufferPointer {
            try append(entry, known, named, $0, person: person.person)
        }
        if receipt.verdict == .accepted { people.keep(sealed, of: person) }
        return receipt
    }

    private mutating func holder(
        _ entry: FactBatch.Entry, _ shape: FactShape, _ body: UnsafeBufferPointer<UInt8>
    ) throws -> PersonRecord? {
        if let person = entry.person { return try people.adopted(person) }
        return try people.holder(of: Sealing.subject(ofBody: body, else: factKey(shape)), at: entry.occurred)
    }

    private mutating func append(
        _ entry: FactBatch.Entry, _ known: Known, _ named: UnsafeBufferPointer<UInt8>,
        _ body: UnsafeBufferPointer<UInt8>, person: Int64?
    ) throws -> Receipt {
        if entry.statement == .restated, let there = try statementBefore() {
            if there.key == key { return try receipt(entry, known, body, person, there: there) }
            if there.says(known.id, body) { return Receipt(.unchanged, there.sequence) }
        }
        var extended = chain
        let mark = extended.extend(
            shape: known.entry.digest, occurred: entry.occurred, known: entry.known, recorded: entry.recorded,
            person: person, key: named, body: body, scratch: &scratch)
        guard try insert(entry, known.id, body, person, mark) else {
            guard let there = try existing() else { throw JournalError.damaged("the index of keys is not in order") }
            return try receipt(entry, known, body, person, there: there)
        }
        chain = extended
        sequence += 1
        return Receipt(.accepted, sequence)
    }

    /// What became of an entry whose key is there already.
    private mutating func receipt(
        _ entry: FactBatch.Entry, _ known: Known, _ body: UnsafeBufferPointer<UInt8>, _ person: Int64?,
        there: Existing
    ) throws -> Receipt {
        let saysTheSame = there.says(known.id, body) && there.occurred == entry.occurred
        let isEqual = try saysTheSame || lies(there, person)
        return Receipt(isEqual ? entry.statement.verdictOfEqual : .keyReused, there.sequence)
    }

    /// Whether it lies under the key of a person who was erased: what it said can no longer be compared, and its key
    /// alone tells that it is the same.
    private mutating func lies(_ there: Existing, _ person: Int64?) throws -> Bool {
        guard let holder = there.person, let person, holder != person else { return false }
        return try people.isErased(holder)
    }

    /// Whether it was added; false when its key is there already.
    private func insert(
        _ entry: FactBatch.Entry, _ shape: Int64, _ body: UnsafeBufferPointer<UInt8>, _ person: Int64?, _ mark: Int64
    ) throws -> Bool {
        try key.withUnsafeBufferPointer { key in
            defer { insert.reset() }
            insert.bind(1, blob: key)
            insert.bind(2, shape)
            insert.bind(3, entry.occurred.milliseconds)
            insert.bind(4, entry.known.milliseconds)
            insert.bind(5, entry.recorded.milliseconds)
            if let person { insert.bind(6, person) } else { insert.bindNull(6) }
            insert.bind(7, mark)
            insert.bind(8, blob: body)
            _ = try insert.step()
            guard insert.didChange else { return false }
            guard insert.lastRow == sequence + 1 else { throw JournalError.damaged("the last seal is missing") }
            return true
        }
    }

    /// A fact that is there already.
    private struct Existing {
        var sequence: Int64
        var shape: Int64
        var occurred: Instant
        var person: Int64?
        var body: [UInt8]
        var key: [UInt8]

        init(_ statement: RawStatement) {
            sequence = statement.integer(0)
            shape = statement.integer(1)
            occurred = Instant(milliseconds: statement.integer(2))
            person = statement.isNull(3) ? nil : statement.integer(3)
            body = Array(statement.blob(4))
            key = Array(statement.blob(5))
        }

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

    /// The nearest statement of the same thing that is not later: same key up to the instant at the end of the aspect.
    private func statementBefore() throws -> Existing? {
        guard let separator = key[StoredKey.streamBytes...].firstIndex(of: FactKey.separator),
            let at = key[separator...].lastIndex(of: UInt8(ascii: "@"))
        else { return nil }
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
