import Foundation
import Journal
import Synchronization
import Vocabulary

/// A journal in memory that a test can make refuse, or wait.
final class StubbornJournal: JournalStore {
    private let journal = MemoryJournal(makeKey: { PersonKey(drawing: { 7 }) })
    let refusal = Mutex<JournalError?>(nil)
    /// Held, every append waits.
    let isHeld = Mutex(false)

    func append(_ group: JournalGroup) throws -> [[Receipt]] {
        while isHeld.withLock({ $0 }) { usleep(1000) }
        if let error = refusal.withLock({ $0 }) { throw error }
        return try journal.append(group)
    }

    func head() throws -> JournalHead { try journal.head() }
    func stored(after sequence: Int64, limit: Int) throws -> [StoredFact] {
        try journal.stored(after: sequence, limit: limit)
    }
    func values(ofPerson person: Int64) throws -> [Commitment: String] { try journal.values(ofPerson: person) }
    func stored(source: String, object: String, id: String) throws -> [StoredFact] {
        try journal.stored(source: source, object: object, id: id)
    }
    func statements(source: String, object: String, _ body: (RecordStatements) throws -> Bool) throws {
        try journal.statements(source: source, object: object, body)
    }
    func erase(_ subjects: [Subject], at instant: Instant) throws -> Int { try journal.erase(subjects, at: instant) }
    func people(after person: Int64, limit: Int) throws -> [PersonRecord] {
        try journal.people(after: person, limit: limit)
    }
    func adopt(_ people: [PersonRecord]) throws { try journal.adopt(people) }
    func sweep() throws -> Swept { try journal.sweep() }
    func verify(expecting expected: JournalHead?) throws -> Verification { try journal.verify(expecting: expected) }
    func importMark(_ id: String) throws -> ImportMark? { try journal.importMark(id) }
    func importMarks() throws -> [ImportMark] { try journal.importMarks() }
    func rejects(ofImport id: String?, after reject: Int64, limit: Int) throws -> [KeptReject] {
        try journal.rejects(ofImport: id, after: reject, limit: limit)
    }
    func settle(_ rejects: [Int64], as settlement: String) throws { try journal.settle(rejects, as: settlement) }
    func counts() throws -> [FactCount] { try journal.counts() }
}
