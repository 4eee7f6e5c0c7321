package import Engine
package import Journal
internal import Vocabulary

/// Finds persons by the names that facts call them by, in one pass over the journal however many are asked for.
package struct PersonSearch {
    private let numbers: PersonNumbers

    package init(_ history: Engine.History) { numbers = PersonNumbers(history) }

    /// Whoever the last fact that names an identifier is about, as an index in `History.persons`.
    package func persons(_ identifiers: Set<Identifier>, in store: any JournalStore) throws -> [Identifier: Int32] {
        var found: [Identifier: Int32] = [:]
        var search = FactSearch(FactFilter(), in: store)
        while let facts = try search.next() {
            for fact in facts {
                guard let person = numbers.person(ofFact: fact.stored.sequence) else { continue }
                for identifier in fact.revealed.persons where identifiers.contains(identifier) {
                    found[identifier] = person
                }
            }
        }
        return found
    }
}
