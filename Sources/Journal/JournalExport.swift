/// Turns a journal into the lines of FactLine.swift, some at a time: first all people, then all facts up to the head of
/// the moment it began, then the line that says it is whole.
///
/// Two journals that hold the same facts, people and keys export the same bytes. Rejected rows that wait and the places
/// of imports are not part of it: the files themselves can be imported again.
public struct JournalExport {
    private enum Place {
        case beginning, people(after: Int64), facts(after: Int64), done
    }

    private let store: any JournalStore
    private let keys: Bool
    private let personal: Bool
    private var values: PersonalValues
    private var head = JournalHead.empty
    private var place = Place.beginning

    private static let page = 1000

    /// Without `keys` the people are left out, for comparing two journals; without `personal` each value is replaced by
    /// the commitment to it, and each key left out, as if everyone had been erased.
    public init(of store: any JournalStore, keys: Bool = true, personal: Bool = true) {
        self.store = store
        self.keys = keys
        self.personal = personal
        values = PersonalValues(store)
    }

    /// The next lines, each with its newline; `nil` after the last.
    public mutating func next() throws -> [UInt8]? {
        switch place {
        case .beginning: try begin()
        case .people(let person): try people(after: person)
        case .facts(let sequence): try facts(after: sequence)
        case .done: nil
        }
    }

    private mutating func begin() throws -> [UInt8] {
        head = try store.head()
        place = keys ? .people(after: 0) : .facts(after: 0)
        return JournalExport.text([.beginning(format: FactLine.format)])
    }

    private mutating func people(after person: Int64) throws -> [UInt8] {
        var people = try store.people(after: person, limit: JournalExport.page)
        place = people.last.map { .people(after: $0.person) } ?? .facts(after: 0)
        if !personal {
            for index in people.indices { people[index].key = nil }
        }
        return JournalExport.text(people.map { .person($0) })
    }

    private mutating func facts(after sequence: Int64) throws -> [UInt8] {
        let count = min(Int64(JournalExport.page), head.sequence - sequence)
        let facts = try store.stored(after: sequence, limit: Int(count))
        guard let last = facts.last else {
            place = .done
            return JournalExport.text([.end(facts: head.sequence, head: head)])
        }
        place = .facts(after: last.sequence)
        return JournalExport.text(try facts.map { try line($0) })
    }

    private mutating func line(_ stored: StoredFact) throws -> FactLine {
        let values = personal ? try values.values(of: stored) : [:]
        return .fact(sequence: stored.sequence, person: stored.person, try stored.asWritten { values[$0] })
    }

    private static func text(_ lines: [FactLine]) -> [UInt8] {
        var text: [UInt8] = []
        for line in lines {
            text += line.json
            text.append(UInt8(ascii: "\n"))
        }
        return text
    }
}
