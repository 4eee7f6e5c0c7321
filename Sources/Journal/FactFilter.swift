public import Vocabulary

/// Which facts somebody wants to see. What is not said does not matter; what is said must all hold.
public struct FactFilter: Sendable {
    public var kinds: Set<FactKind> = []
    public var source: String?
    public var object: String?
    /// An identifier the fact names among its persons, or its accounts.
    public var person: Identifier?
    public var account: Identifier?
    /// When it occurred, half-open: `since` included, `until` not.
    public var since: Instant?
    public var until: Instant?
    /// What its source held at that instant.
    public var knownBy: Instant?

    public init() {}

    /// What can be told before personal values are fetched: false is certain.
    public func mayMatch(_ fact: StoredFact) -> Bool {
        (kinds.isEmpty || kinds.contains(fact.shape.kind))
            && source.map { $0 == fact.shape.source } ?? true
            && object.map { $0 == fact.shape.object } ?? true
            && since.map { $0 <= fact.occurred } ?? true
            && until.map { fact.occurred < $0 } ?? true
            && knownBy.map { fact.known <= $0 } ?? true
    }

    public func matches(_ fact: Fact) -> Bool {
        person.map { fact.persons.contains($0) } ?? true && account.map { fact.accounts.contains($0) } ?? true
    }
}

/// Reads the facts a filter lets through, page by page, from some number on.
public struct FactSearch {
    private let store: any JournalStore
    private let filter: FactFilter
    private var values: PersonalValues
    /// The last fact looked at: facts after it may still come.
    public private(set) var sequence: Int64

    private static let page = 1000

    public init(_ filter: FactFilter, in store: any JournalStore, after sequence: Int64 = 0) {
        self.store = store
        self.filter = filter
        self.sequence = sequence
        values = PersonalValues(store)
    }

    /// One fact found: as stored, and with its personal values.
    public struct Found: Sendable {
        public var stored: StoredFact
        public var revealed: Fact
    }

    /// What was found among the next facts; `nil` when there are no more for now.
    public mutating func next() throws -> [Found]? {
        let stored = try store.stored(after: sequence, limit: FactSearch.page)
        guard let last = stored.last else { return nil }
        sequence = last.sequence
        return try stored.filter(filter.mayMatch).compactMap { stored in
            let fact = try values.reveal(stored).fact
            return filter.matches(fact) ? Found(stored: stored, revealed: fact) : nil
        }
    }
}

extension JournalStore {
    /// Under whom values lie in facts that name any of these identifiers among their persons: whoever is erased under one
    /// name must not go on under another. In the order in which they came; those already erased are left out.
    public func people(named identifiers: [Identifier]) throws -> [PersonRecord] {
        var numbers: Set<Int64> = []
        var search = FactSearch(FactFilter(), in: self)
        while let found = try search.next() {
            for fact in found where fact.revealed.persons.contains(where: identifiers.contains) {
                if let person = fact.stored.person { numbers.insert(person) }
            }
        }
        return try numbers.sorted().compactMap { try people(after: $0 - 1, limit: 1).first }.filter { $0.key != nil }
    }
}
