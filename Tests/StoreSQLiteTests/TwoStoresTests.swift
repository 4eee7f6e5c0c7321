import Journal
import JournalContract
import StoreSQLite
import Testing
import Vocabulary

/// The obvious store in memory against SQLite: whatever is done to both, both must say and hold the same.
struct TwoStoresTests {
    @Test(arguments: 1...200)
    func agree(seed: Int) throws {
        let folders = TemporaryFolder()
        let memory = MemoryJournal(makeKey: KeySource().draw)
        let sqlite = try SQLiteJournal(path: folders.new(), makeKey: KeySource().draw)
        var random = SeededRandom(seed: UInt64(seed))
        for step in 1...25 {
            let operation = Operation(drawn: &random, hour: Int64(step))
            #expect(try operation.run(on: memory) == operation.run(on: sqlite), "step \(step): \(operation)")
        }
        #expect(try memory.head() == sqlite.head())
        #expect(try memory.exported() == sqlite.exported())
        #expect(try memory.counts() == sqlite.counts())
        #expect(try memory.importMarks() == sqlite.importMarks())
        #expect(
            try memory.rejects(ofImport: nil, after: 0, limit: 999).map(\.reject)
                == sqlite.rejects(ofImport: nil, after: 0, limit: 999).map(\.reject))
        #expect(try statements(of: memory) == statements(of: sqlite))
        let (a, b) = (try memory.verify(expecting: nil), try sqlite.verify(expecting: nil))
        #expect(a == b && b.isSound)
    }

    private func statements(of journal: some JournalStore) throws -> [RecordStatements] {
        var all: [RecordStatements] = []
        try journal.statements(source: "crm", object: "contact") {
            all.append($0)
            return true
        }
        return all
    }
}

/// Something done to a journal, and what it answers as text.
private enum Operation {
    case append(JournalGroup)
    case erase([Subject], Instant)
    case sweep
    case settle(Int64)

    /// Few ids and few values, so that most things happen more than once.
    init(drawn random: inout SeededRandom, hour: Int64) {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: self = .erase([Operation.subject(&random), Operation.subject(&random)], Example.hour(hour))
        case 1: self = .sweep
        case 2: self = .settle(Int64.random(in: 1...5, using: &random))
        default: self = .append(Operation.group(&random))
        }
    }

    func run(on journal: some JournalStore) throws -> String {
        switch self {
        case .append(let group): "\(try journal.append(group))"
        case .erase(let subjects, let instant): "\(try journal.erase(subjects, at: instant))"
        case .sweep: "\(try journal.sweep())"
        case .settle(let reject): "\(try journal.settle([reject], as: "done"))"
        }
    }

    private static func group(_ random: inout SeededRandom) -> JournalGroup {
        let batches = (0..<Int.random(in: 0...2, using: &random)).map { _ in
            var batch = FactBatch()
            for _ in 0..<Int.random(in: 1...6, using: &random) { add(to: &batch, &random) }
            return batch
        }
        let line = Int.random(in: 1...3, using: &random)
        return JournalGroup(
            batches, rejects: line == 1 ? [Example.reject(line: line)] : [],
            marks: line == 2 ? [Example.mark("\(batches.count)", done: line == 2)] : [])
    }

    private static func add(to batch: inout FactBatch, _ random: inout SeededRandom) {
        let statement: FactBatch.Statement = [.event, .dated, .restated].randomElement(using: &random)!
        var fact = Example.contact(
            id(&random), at: Int64.random(in: 1...20, using: &random),
            country: ["DE", "FR"].randomElement(using: &random)!,
            email: [nil, "ann@a.example", "bob@a.example"].randomElement(using: &random)!)
        if Bool.random(using: &random) { fact.persons.reverse() }
        batch.append(fact, statement)
    }

    private static func id(_ random: inout SeededRandom) -> String {
        ["1", "11", "é", "e\u{301}"].randomElement(using: &random)!
    }

    private static func subject(_ random: inout SeededRandom) -> Subject {
        Bool.random(using: &random)
            ? Example.subject(id(&random))
            : Subject(of: .email(["ann@a.example", "bob@a.example"].randomElement(using: &random)!))
    }
}
