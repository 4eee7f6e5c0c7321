import Journal
import StoreSQLite
import Testing
import Vocabulary

/// What a journal holds, for comparing one with another.
struct JournalContent {
    private let store: any JournalStore

    init(at path: String) throws {
        store = try SQLiteJournal(path: path) { PersonKey(drawing: { .random(in: .min ... .max) }) }
    }

    init(_ store: any JournalStore) {
        self.store = store
    }

    /// Every fact with its personal values, in the order of arrival.
    func facts() throws -> [RecordedFact] {
        var values = PersonalValues(store)
        var facts: [RecordedFact] = []
        while true {
            let next = try store.stored(after: facts.last?.sequence ?? 0, limit: 1000)
            if next.isEmpty { return facts }
            for fact in next { facts.append(try values.reveal(fact)) }
        }
    }

    /// The export without keys; its last line names the chain's head, which no two journals share as keys are random.
    func export() throws -> [String] {
        var export = JournalExport(of: store, keys: false)
        var text: [UInt8] = []
        while let lines = try export.next() { text += lines }
        return String(decoding: text, as: UTF8.self).split(separator: "\n").dropLast().map(String.init)
    }

    /// The histories of all records of an object, by id.
    func histories(_ object: String, knownBy instant: Instant? = nil) throws -> [String: RecordHistory] {
        Dictionary(grouping: try facts().filter { $0.fact.key.object == object }) { $0.fact.key.id }
            .mapValues { RecordHistory($0, knownBy: instant) }
    }

    /// Everything about the waiting rejects but their numbers.
    func rejects() throws -> [Reject] {
        var all: [KeptReject] = []
        while true {
            let next = try store.rejects(ofImport: nil, after: all.last?.number ?? 0, limit: 1000)
            if next.isEmpty { break }
            all += next
        }
        return all.map(\.reject).sorted { ($0.line, $0.column, $0.code) < ($1.line, $1.column, $1.code) }
    }

    /// Whether chain, personal values and rows are what was written.
    func expectSound() throws {
        let verification = try store.verify(expecting: nil)
        #expect(verification.damage.isEmpty)
    }
}
