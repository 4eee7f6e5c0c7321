/// What lies behind the commitments of facts, asked of the store once a person as long as they come close together.
public struct PersonalValues {
    private let store: any JournalStore
    private var known: [Int64: [Commitment: String]] = [:]

    /// How many people are remembered; when there are more, all are forgotten.
    private let limit: Int

    /// A person takes about half a kilobyte while remembered.
    public init(_ store: any JournalStore, remembering limit: Int = 10_000) {
        (self.store, self.limit) = (store, limit)
    }

    /// The values of a fact's person; empty for a fact that has none, or whose person was erased.
    public mutating func values(of fact: StoredFact) throws -> [Commitment: String] {
        guard let person = fact.person else { return [:] }
        if let values = known[person] { return values }
        if known.count >= limit { known.removeAll(keepingCapacity: true) }
        let values = try store.values(ofPerson: person)
        known[person] = values
        return values
    }

    /// The fact in today's form, with its personal values.
    public mutating func reveal(_ fact: StoredFact) throws -> RecordedFact {
        let values = try values(of: fact)
        return try fact.lifted { values[$0] }
    }
}
