public import Journal

extension HistoryBuilder {
    /// Takes in a whole journal, personal values opened.
    ///
    /// Throws what the store throws.
    public mutating func add(journal store: any JournalStore) throws {
        var search = FactSearch(FactFilter(), in: store)
        while let found = try search.next() {
            for fact in found { add(RecordedFact(sequence: fact.stored.sequence, fact: fact.revealed)) }
        }
    }
}
