package import Engine
package import Journal
internal import Vocabulary

/// Finds persons by the names that facts call them by, in one pass over the journal however many are asked for.
package struct PersonSearch {
    private let history: Engine.History
    /// By number in the journal, where the fact lies in the history; −1: it is no row.
    private let places: [Int32]

    package init(_ history: Engine.History) {
        self.history = history
        var places = Array(repeating: Int32(-1), count: Int(history.sequence.max() ?? 0) + 1)
        for (place, sequence) in history.sequence.enumerated() { places[Int(sequence)] = Int32(place) }
        self.places = places
    }

    /// Whoever the last fact that names an identifier is about, as an index in `History.persons`.
    package func persons(_ identifiers: Set<Identifier>, in store: any JournalStore) throws -> [Identifier: Int32] {
        var found: [Identifier: Int32] = [:]
        var search = FactSearch(FactFilter(), in: store)
        while let facts = try search.next() {
            for fact in facts {
                guard let person = person(fact.stored.sequence) else { continue }
                for identifier in fact.revealed.persons where identifiers.contains(identifier) {
                    found[identifier] = person
                }
            }
        }
        return found
    }

    private func person(_ sequence: Int64) -> Int32? {
        guard places.indices.contains(Int(sequence)), places[Int(sequence)] >= 0 else { return nil }
        let person = history.person[Int(places[Int(sequence)])]
        return person < 0 ? nil : person
    }
}
