package import Engine
package import Journal

/// Numbers under which programs and links name people: the first fact about them. A fact keeps its number for ever, so the
/// number outlives new names, and whoever is merged with somebody goes on under the smaller one.
package struct PersonNumbers: Sendable {
    /// By number in the journal, where the fact lies in the history; −1: it is no row.
    private let places: [Int32]
    /// Of each person, the first fact about them.
    private let first: [Int64]
    /// Of each account, its first fact.
    private let firstOfAccount: [Int64]
    private let person: [Int32]

    package init(_ history: Engine.History) {
        var places = Array(repeating: Int32(-1), count: Int(history.sequence.max() ?? 0) + 1)
        var first = Array(repeating: Int64.max, count: history.persons.count)
        for (place, sequence) in history.sequence.enumerated() {
            places[Int(sequence)] = Int32(place)
            let person = history.person[place]
            if person >= 0 { first[Int(person)] = min(first[Int(person)], Int64(sequence)) }
        }
        firstOfAccount = history.accounts.map { account in
            account.facts.reduce(Int64.max) { min($0, Int64(history.sequence[Int($1)])) }
        }
        (self.places, self.first, person) = (places, first, history.person)
    }

    /// `nil` for somebody of whom no fact tells any more.
    package func number(of person: Int32) -> Int64? { known(first[Int(person)]) }

    package func number(ofAccount account: Int32) -> Int64? { known(firstOfAccount[Int(account)]) }

    private func known(_ number: Int64) -> Int64? { number == .max ? nil : number }

    /// Whom a fact is about, as an index in `History.persons`.
    package func person(ofFact number: Int64) -> Int32? {
        guard number >= 0, number < Int64(places.count), places[Int(number)] >= 0 else { return nil }
        let found = person[Int(places[Int(number)])]
        return found < 0 ? nil : found
    }

    /// Everybody who has a number, in its order.
    package var all: [(number: Int64, person: Int32)] {
        first.enumerated().compactMap { person, number in known(number).map { ($0, Int32(person)) } }
            .sorted { $0.number < $1.number }
    }
}

/// Who is meant by which identifier: read from the journal once, and then only what is new.
package struct PeopleByName: Sendable {
    /// The last fact that was read.
    private var sequence: Int64 = 0
    /// By identifier, the last fact about somebody that names it.
    private var facts: [Identifier: Int64] = [:]

    package init() {}

    /// Reads on up to a fact. An erasure takes back what was read before, so then all is read again.
    package mutating func read(_ store: any JournalStore, to end: Int64, _ numbers: PersonNumbers) throws {
        if sequence > 0, try store.erasesAnybody(after: sequence, to: end) { self = PeopleByName() }
        var search = FactSearch(FactFilter(), in: store, after: sequence)
        while sequence < end, let found = try search.next() {
            for fact in found where fact.stored.sequence <= end {
                guard numbers.person(ofFact: fact.stored.sequence) != nil else { continue }
                for identifier in fact.revealed.persons { facts[identifier] = fact.stored.sequence }
            }
            sequence = min(search.sequence, end)
        }
    }

    package func persons(_ identifiers: Set<Identifier>, _ numbers: PersonNumbers) -> [Identifier: Int32] {
        var found: [Identifier: Int32] = [:]
        for identifier in identifiers {
            if let fact = facts[identifier] { found[identifier] = numbers.person(ofFact: fact) }
        }
        return found
    }
}

extension JournalStore {
    /// Whether one of these facts takes back what was read before.
    package func erasesAnybody(after sequence: Int64, to end: Int64) throws -> Bool {
        var last = sequence
        while last < end {
            let page = try stored(after: last, limit: 4096)
            guard let newest = page.last else { return false }
            if page.contains(where: { $0.shape.kind == .erased }) { return true }
            last = newest.sequence
        }
        return false
    }
}
