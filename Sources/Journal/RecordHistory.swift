public import Vocabulary

/// What became of one record of a source, read from everything the source ever said about it.
///
/// An observation says all values at once; a change arises only where a value differs from the last one said before it.
/// Values a source leaves out say nothing. In which order the facts arrived never matters, and saying the same again, in
/// as many files as you like, changes nothing.
public struct RecordHistory: Hashable, Sendable {
    /// A field took a value.
    public struct Change: Hashable, Sendable {
        public var field: String
        /// `nil` when nothing was said before.
        public var previous: Value?
        public var value: Value
        public var occurred: Instant
        public var known: Instant
        /// The fact it arises from.
        public var sequence: Int64
    }

    /// Whether the record is still there.
    public enum Standing: Hashable, Sendable {
        case present, archived, deleted
        case mergedAway(into: String?)
    }

    public struct Turn: Hashable, Sendable {
        public var standing: Standing
        public var occurred: Instant
        public var sequence: Int64
    }

    /// In the order in which they occurred; those of one instant in the order of field names by bytes.
    public private(set) var changes: [Change] = []
    public private(set) var turns: [Turn] = []

    /// Folds the facts of one record, in any order; with `knownBy`, only those its source held by then.
    public init(_ facts: some Sequence<RecordedFact>, knownBy instant: Instant? = nil) {
        let known = facts.filter { fact in instant.map { fact.fact.known <= $0 } ?? true }
        var last: [String: Value] = [:]
        for fact in known.sorted(by: RecordHistory.isBefore) {
            for (field, value) in fact.fact.statedFields where (last[field] ?? .cleared) != value {
                note(field, value, previous: last[field], fact)
                last[field] = value
            }
            if let standing = fact.fact.standing { note(standing, fact) }
        }
    }

    /// The order of semantics: when it occurred, what kind it is, then its key by bytes.
    private static func isBefore(_ a: RecordedFact, _ b: RecordedFact) -> Bool {
        if a.fact.occurred != b.fact.occurred { return a.fact.occurred < b.fact.occurred }
        if a.fact.kind != b.fact.kind { return a.fact.kind.rawValue < b.fact.kind.rawValue }
        return a.fact.key < b.fact.key
    }

    private mutating func note(_ field: String, _ value: Value, previous: Value?, _ fact: RecordedFact) {
        changes.append(
            Change(
                field: field, previous: previous, value: value, occurred: fact.fact.occurred, known: fact.fact.known,
                sequence: fact.sequence))
    }

    private mutating func note(_ standing: Standing, _ fact: RecordedFact) {
        guard standing != turns.last?.standing ?? .present else { return }
        turns.append(Turn(standing: standing, occurred: fact.fact.occurred, sequence: fact.sequence))
    }

    /// The last change of each field up to `instant`, in the order of field names by bytes.
    public func values(at instant: Instant) -> [Change] {
        var last: [String: Change] = [:]
        for change in changes.prefix(while: { $0.occurred <= instant }) { last[change.field] = change }
        return last.values.sorted { $0.field.utf8.lexicographicallyPrecedes($1.field.utf8) }
    }

    public func standing(at instant: Instant) -> Standing {
        turns.last { $0.occurred <= instant }?.standing ?? .present
    }
}

extension Fact {
    /// The fields of its record about which the fact says something, in the order of their names.
    fileprivate var statedFields: [(field: String, value: Value)] {
        switch kind {
        case .observed: properties.map { ($0.name, $0.value) }
        case .fieldChanged: self["value"].map { [(name, $0)] } ?? []
        default: []
        }
    }

    fileprivate var standing: RecordHistory.Standing? {
        switch kind {
        case .deleted: .deleted
        case .archived: .archived
        case .restored: .present
        case .mergedAway: .mergedAway(into: intoRecord)
        default: nil
        }
    }

    private var intoRecord: String? {
        if case .text(let record) = self["into"] { record } else { nil }
    }
}
