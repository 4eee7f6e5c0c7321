internal import Crypto
internal import GRDB
internal import Journal

/// The streams (source and object) and shapes of a journal: few, so they are kept in memory and read again only when
/// another process has added some.
struct Catalog {
    struct Entry {
        var shape: FactShape
        var stream: Int64
        var digest: SHA256.Digest
    }

    private(set) var shapes: [Int64: Entry] = [:]
    private var shapeIDs: [FactShape: Int64] = [:]
    private var streamIDs: [[UInt8]: Int64] = [:]

    /// Stream numbers stand in keys as two bytes.
    static let streamLimit: Int64 = 0xFFFF

    /// Reads what is there beyond what is already known.
    mutating func refresh(_ db: Database) throws {
        let newest = try Int64.fetchOne(db, sql: "SELECT max(id) FROM shape") ?? 0
        guard newest > Int64(shapes.count) else { return }
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT shape.id, stream.id AS stream, source, object, kind, version, properties
                FROM shape JOIN stream ON stream.id = shape.stream WHERE shape.id > ? ORDER BY shape.id
                """, arguments: [shapes.count])
        for row in rows {
            guard let kind = FactKind(rawValue: try row.read("kind")) else {
                throw JournalError.damaged(
                    "shape \(try row.read("id", Int64.self)) has a kind this program does not know")
            }
            let names: String = try row.read("properties")
            let shape = FactShape(
                source: try row.read("source"), object: try row.read("object"), kind: kind,
                version: try row.read("version"),
                properties: names.isEmpty ? [] : names.split(separator: "\u{1F}").map(String.init))
            remember(shape, id: try row.read("id"), stream: try row.read("stream"))
        }
    }

    /// The shape of a stored fact. Throws `damaged` when there is none.
    func shape(_ id: Int64, ofFact sequence: Int64) throws -> FactShape {
        guard let entry = shapes[id] else { throw JournalError.damaged("fact \(sequence) has no shape") }
        return entry.shape
    }

    /// The number of a shape, writing it down if it is new.
    mutating func id(of shape: FactShape, _ db: Database) throws -> Int64 {
        if let id = shapeIDs[shape] { return id }
        let stream = try streamID(source: shape.source, object: shape.object, db)
        let id = Int64(shapes.count) + 1
        try db.execute(
            sql: "INSERT INTO shape (id, stream, kind, version, properties) VALUES (?, ?, ?, ?, ?)",
            arguments: [id, stream, shape.kind.rawValue, shape.version, shape.properties.joined(separator: "\u{1F}")])
        remember(shape, id: id, stream: stream)
        return id
    }

    func streamID(source: String, object: String) -> Int64? { streamIDs[Catalog.stream(source, object)] }

    private static func stream(_ source: String, _ object: String) -> [UInt8] {
        Array(source.utf8) + [FactKey.separator] + Array(object.utf8)
    }

    private mutating func streamID(source: String, object: String, _ db: Database) throws -> Int64 {
        if let id = streamID(source: source, object: object) { return id }
        let id = Int64(streamIDs.count) + 1
        guard id <= Catalog.streamLimit else {
            throw JournalError.failed("a journal holds at most \(Catalog.streamLimit) pairs of source and object")
        }
        try db.execute(
            sql: "INSERT INTO stream (id, source, object) VALUES (?, ?, ?)", arguments: [id, source, object])
        streamIDs[Catalog.stream(source, object)] = id
        return id
    }

    private mutating func remember(_ shape: FactShape, id: Int64, stream: Int64) {
        shapes[id] = Entry(shape: shape, stream: stream, digest: shape.digest)
        shapeIDs[shape] = id
        streamIDs[Catalog.stream(shape.source, shape.object)] = stream
    }
}

/// Keys on disk: the stream's number in two bytes, then id, U+001F, aspect.
enum StoredKey {
    static let streamBytes = 2

    static func write(stream: Int64, to bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: stream >> 8))
        bytes.append(UInt8(truncatingIfNeeded: stream))
    }

    static func parts(_ key: UnsafeBufferPointer<UInt8>) -> (id: String, aspect: String) {
        let named = UnsafeBufferPointer(rebasing: key[streamBytes...])
        let split = named.firstIndex(of: FactKey.separator) ?? named.endIndex
        return (
            String(decoding: named[..<split], as: UTF8.self),
            String(decoding: named[min(split + 1, named.endIndex)...], as: UTF8.self)
        )
    }
}
