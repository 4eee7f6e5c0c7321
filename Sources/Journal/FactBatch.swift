public import Vocabulary

/// Facts on their way into a journal, packed: one append is one group of one transaction.
///
/// Bytes of keys and bodies lie end to end, so a million facts cost a handful of allocations. Personal values are still
/// in the bodies here; the store replaces each by its commitment and keeps the value apart.
public struct FactBatch: Sendable {
    /// How an equal statement that came before is to be taken.
    public enum Statement: UInt8, Sendable {
        /// Something happened; its key is the source's own.
        case event
        /// A record's state since the instant its source says it changed: every one is kept.
        case dated
        /// The source gave no date of change, only the day of the file: one that says what the nearest earlier one said
        /// is *unchanged* and not kept.
        case restated
    }

    public struct Entry: Sendable {
        public var keyEnd: Int
        public var bodyEnd: Int
        public var shape: Int
        public var occurred: Instant
        public var known: Instant
        public var recorded: Instant
        public var statement: Statement
        public var holdsPersonal: Bool
    }

    public private(set) var shapes: [FactShape] = []
    public private(set) var entries: [Entry] = []
    /// Id and aspect of each key, `FactKey.separator` between them.
    public var keys: [UInt8] = []
    public var bodies: [UInt8] = []
    private var shapeIndex: [FactShape: Int] = [:]

    public init() {}

    public var count: Int { entries.count }
    public var isEmpty: Bool { entries.isEmpty }

    /// The place of a shape in `shapes`, adding it if it is new.
    public mutating func index(of shape: FactShape) -> Int {
        if let known = shapeIndex[shape] { return known }
        shapes.append(shape)
        shapeIndex[shape] = shapes.count - 1
        return shapes.count - 1
    }

    /// Closes the entry whose key and body bytes were just appended to `keys` and `bodies`.
    public mutating func close(
        shape: Int, occurred: Instant, known: Instant, recorded: Instant, statement: Statement, holdsPersonal: Bool
    ) {
        entries.append(
            Entry(
                keyEnd: keys.count, bodyEnd: bodies.count, shape: shape, occurred: occurred, known: known,
                recorded: recorded, statement: statement, holdsPersonal: holdsPersonal))
    }

    /// Packs a fact that stands by itself. The caller has looked at `fact.problems`.
    public mutating func append(_ fact: Fact, _ statement: Statement = .event) {
        keys.append(contentsOf: fact.key.id.utf8)
        keys.append(FactKey.separator)
        keys.append(contentsOf: fact.key.aspect.utf8)
        bodies.append(body: fact)
        close(
            shape: index(of: FactShape(of: fact)), occurred: fact.occurred, known: fact.known, recorded: fact.recorded,
            statement: statement, holdsPersonal: fact.holdsPersonal)
    }

    /// Forgets every entry after the first `count`, with its bytes: a row that turned out bad leaves nothing behind.
    public mutating func cut(to count: Int) {
        keys.removeSubrange((count == 0 ? 0 : entries[count - 1].keyEnd)...)
        bodies.removeSubrange((count == 0 ? 0 : entries[count - 1].bodyEnd)...)
        entries.removeSubrange(count...)
    }

    /// Empties the batch and keeps its memory.
    public mutating func removeAll() {
        keys.removeAll(keepingCapacity: true)
        bodies.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        shapes.removeAll(keepingCapacity: true)
        shapeIndex.removeAll(keepingCapacity: true)
    }

    public func keyRange(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : entries[index - 1].keyEnd)..<entries[index].keyEnd
    }

    public func bodyRange(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : entries[index - 1].bodyEnd)..<entries[index].bodyEnd
    }
}

extension Fact {
    var holdsPersonal: Bool {
        (persons + accounts + [actor].compactMap { $0 }).contains { $0.scheme.isPersonal && $0.commitment == nil }
            || properties.contains {
                if case .personal(.known) = $0.value { true } else { false }
            }
    }
}
