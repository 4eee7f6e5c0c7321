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
        /// is *unchanged* and not kept. So such files go in in the order of their days: one from between two others
        /// could not know that the later one had confirmed what it contradicts.
        case restated

        /// What becomes of one whose very fact is there.
        public var verdictOfEqual: Receipt.Verdict { self == .event ? .repeated : .unchanged }
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
        /// Set only for facts out of an export: the person under whose key the values lie, or lay.
        public var person: Int64?
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
        shape: Int, occurred: Instant, known: Instant, recorded: Instant, statement: Statement, holdsPersonal: Bool,
        person: Int64? = nil
    ) {
        entries.append(
            Entry(
                keyEnd: keys.count, bodyEnd: bodies.count, shape: shape, occurred: occurred, known: known,
                recorded: recorded, statement: statement, holdsPersonal: holdsPersonal, person: person))
    }

    /// Packs a fact that stands by itself. The caller has looked at `fact.problems`. `person` is given only for a fact
    /// out of an export, whose people were adopted before.
    public mutating func append(_ fact: Fact, _ statement: Statement = .event, person: Int64? = nil) {
        keys.append(contentsOf: fact.key.id.utf8)
        keys.append(FactKey.separator)
        keys.append(contentsOf: fact.key.aspect.utf8)
        bodies.append(body: fact)
        close(
            shape: index(of: FactShape(of: fact)), occurred: fact.occurred, known: fact.known, recorded: fact.recorded,
            statement: statement, holdsPersonal: fact.holdsPersonal, person: person)
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
    /// Whether anything in it is to be sealed. Its actor is not: a member of staff, whom the agreement names too.
    var holdsPersonal: Bool {
        (persons + accounts).contains { $0.scheme.isPersonal && $0.commitment == nil }
            || properties.contains {
                if case .personal(.known) = $0.value { true } else { false }
            }
    }
}
