/// Fills an empty journal from the lines of an export. What it gives is the same journal: the same facts, people, chain,
/// and so the same export, byte for byte.
public struct JournalRestore {
    private enum Expected {
        case beginning, peopleOrFacts, facts, nothing
    }

    private let store: any JournalStore
    private var expected = Expected.beginning
    private var line = 0
    private var people: [PersonRecord] = []
    private var batch = FactBatch()
    /// The line of the first fact in `batch`.
    private var batchLine = 0
    private var facts: Int64 = 0

    private static let page = 5000

    /// Throws `JournalError.notEmpty` when the store holds anything.
    public init(into store: any JournalStore) throws {
        guard try store.head() == .empty, try store.people(after: 0, limit: 1).isEmpty else {
            throw JournalError.notEmpty
        }
        self.store = store
    }

    /// Takes the next line, without its newline. Throws `BadExport` for one that cannot come here.
    public mutating func take(_ bytes: [UInt8]) throws {
        line += 1
        do {
            try take(FactLine(json: bytes))
        } catch let error as BadFactLine {
            throw BadExport(line: line, what: error.what)
        }
    }

    /// Says that there are no more lines; gives the head, which is the one the export was taken at.
    public mutating func finish() throws -> JournalHead {
        guard expected == .nothing else {
            throw BadExport(line: line + 1, what: "the export ends here, before the line that says it is whole")
        }
        return try store.head()
    }

    private mutating func take(_ read: FactLine) throws {
        switch (expected, read) {
        case (.beginning, .beginning(let format)): try begin(format)
        case (.peopleOrFacts, .person(let person)): try take(person)
        case (.peopleOrFacts, .fact(let sequence, let person, let fact)),
            (.facts, .fact(let sequence, let person, let fact)):
            try take(fact, sequence, person)
        case (.peopleOrFacts, .end(let facts, let head)), (.facts, .end(let facts, let head)): try end(facts, head)
        case (.beginning, _): throw bad("an export begins with {\"interlock\":\"journal\",…}")
        case (.nothing, _): throw bad("nothing may follow the line that says it is whole")
        case (_, .beginning): throw bad("the export begins a second time")
        case (_, .person): throw bad("people come before facts")
        }
    }

    private mutating func begin(_ format: Int) throws {
        guard format <= FactLine.format else {
            throw JournalError.newer(found: format, understood: FactLine.format)
        }
        expected = .peopleOrFacts
    }

    private mutating func take(_ person: PersonRecord) throws {
        people.append(person)
        if people.count == JournalRestore.page { try adopt() }
    }

    private mutating func adopt() throws {
        guard !people.isEmpty else { return }
        do {
            try store.adopt(people)
        } catch JournalError.outOfOrder(let person) {
            throw bad(JournalError.outOfOrder(person: person).sentence)
        }
        people.removeAll(keepingCapacity: true)
    }

    private mutating func take(_ fact: Fact, _ sequence: Int64, _ person: Int64?) throws {
        expected = .facts
        facts += 1
        guard sequence == facts else { throw bad("fact \(facts) should stand here, not fact \(sequence)") }
        if let problem = fact.formProblems.first { throw bad(problem.sentence) }
        if batch.isEmpty { batchLine = line }
        batch.append(fact, person: person)
        if batch.count == JournalRestore.page { try append() }
    }

    private mutating func append() throws {
        try adopt()
        guard !batch.isEmpty else { return }
        do {
            let receipts = try store.append(JournalGroup([batch]))[0]
            if let twice = receipts.firstIndex(where: { $0.verdict != .accepted }) {
                throw BadExport(line: batchLine + twice, what: "a fact with this key stands further up")
            }
        } catch JournalError.unknownPerson(let person) {
            throw BadExport(line: batchLine, what: JournalError.unknownPerson(person).sentence)
        }
        batch.removeAll()
    }

    private mutating func end(_ count: Int64, _ head: JournalHead) throws {
        try append()
        guard count == facts else { throw bad("the export says it has \(count) facts, and \(facts) were read") }
        guard try store.head() == head else {
            throw bad("the facts read are not those the export was taken from: a line above was changed")
        }
        expected = .nothing
    }

    private func bad(_ what: String) -> BadExport { BadExport(line: line, what: what) }
}

/// Why an export cannot be restored.
public struct BadExport: Error, Equatable, Sendable {
    public var line: Int
    public var what: String

    public var sentence: String { "line \(line): \(what)" }
    public var remedy: String { "Nothing was restored. Take the export again, or another copy of it." }
}
