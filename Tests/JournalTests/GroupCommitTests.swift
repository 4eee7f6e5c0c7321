import Glibc
import JournalContract
import Synchronization
import Testing
import Vocabulary

@testable import Journal

struct GroupCommitTests {
    @Test func aThousandCallersShareFewTransactions() async throws {
        let store = SlowStore()
        let commit = GroupCommit(store)
        let receipts = try await withThrowingTaskGroup(of: Receipt.self) { tasks in
            for place in 0..<1000 {
                tasks.addTask {
                    let receipt = try await commit.append(FactBatch(of: Example.click("\(place)")))[0]
                    #expect(store.durable.withLock { $0 } >= receipt.sequence, "answered before it was durable")
                    return receipt
                }
            }
            return try await tasks.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(receipts.map(\.sequence)) == Set(1...1000))
        #expect(receipts.allSatisfy { $0.verdict == .accepted })
        #expect(store.transactions.withLock { $0 } <= 50)
    }

    @Test func whatOneCallerAppendsKeepsItsOrder() async throws {
        let store = SlowStore()
        let commit = GroupCommit(store)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for caller in 0..<20 {
                tasks.addTask {
                    var last: Int64 = 0
                    for turn in 0..<20 {
                        let receipt = try await commit.append(FactBatch(of: Example.click("\(caller)-\(turn)")))[0]
                        #expect(receipt.sequence > last)
                        last = receipt.sequence
                    }
                }
            }
            try await tasks.waitForAll()
        }
        #expect(try store.head().sequence == 400)
        #expect(try store.verify(expecting: nil).isSound)
    }

    @Test func eachCallerGetsTheirOwnReceipts() async throws {
        let commit = GroupCommit(SlowStore())
        async let first = commit.append(FactBatch(of: Example.click("a"), Example.click("b")))
        async let empty = commit.append(FactBatch())
        async let second = commit.append(FactBatch(of: Example.click("c"), Example.click("c"), Example.click("d")))
        let (a, b, c) = try await (first, empty, second)
        #expect(a.map(\.verdict) == [.accepted, .accepted])
        #expect(b.isEmpty)
        #expect(c.map(\.verdict) == [.accepted, .repeated, .accepted])
    }

    /// The first group is on its way when the others arrive, so they are the second, and it alone fails.
    @Test func anErrorReachesTheCallersOfItsGroupAndNoOthers() async throws {
        let store = SlowStore(failing: { $0 == 2 })
        let commit = GroupCommit(store)
        let first = Task { try await commit.append(FactBatch(of: Example.click("first"))) }
        await store.waitUntilWriting()
        let second = (0..<10).map { place in
            Task { try await commit.append(FactBatch(of: Example.click("\(place)"))) }
        }
        await commit.waitUntilWaiting(10)
        store.goOn()
        #expect(try await first.value[0].verdict == .accepted)
        for task in second { await #expect(throws: JournalError.full("disk")) { try await task.value } }
        #expect(try await commit.append(FactBatch(of: Example.click("0")))[0] == Receipt(.accepted, 2))
    }

    @Test func whenTooManyWaitTheNextIsRefusedAndNothingOfItWritten() async throws {
        let store = SlowStore(failing: { _ in false })
        let commit = GroupCommit(store, limit: 5)
        let first = Task { try await commit.append(FactBatch(of: Example.click("first"))) }
        await store.waitUntilWriting()
        let waiting = (0..<5).map { place in Task { try await commit.append(FactBatch(of: Example.click("\(place)"))) }
        }
        await commit.waitUntilWaiting(5)
        await #expect(throws: GroupCommitRefusal.full(waiting: 5)) {
            try await commit.append(FactBatch(of: Example.click("too many")))
        }
        store.goOn()
        for task in [first] + waiting { #expect(try await task.value[0].verdict == .accepted) }
        #expect(try store.head().sequence == 6)
    }

    @Test func closingAnswersEverybodyFirst() async throws {
        let store = SlowStore(failing: { _ in false })
        let commit = GroupCommit(store)
        let first = Task { try await commit.append(FactBatch(of: Example.click("first"))) }
        await store.waitUntilWriting()
        let second = Task { try await commit.append(FactBatch(of: Example.click("second"))) }
        await commit.waitUntilWaiting(1)
        let closing = Task {
            await commit.close()
            return try store.head().sequence
        }
        while !commit.isClosed { await Task.yield() }
        store.goOn()
        #expect(try await closing.value == 2)
        #expect(try await first.value[0].sequence == 1)
        #expect(try await second.value[0].sequence == 2)
        await commit.close()
        await #expect(throws: GroupCommitRefusal.closed) { try await commit.append(FactBatch()) }
    }
}

extension FactBatch {
    fileprivate init(of facts: Fact...) {
        self.init()
        for fact in facts { append(fact) }
    }
}

extension GroupCommit {
    /// Only for tests: waits until so many facts stand behind the group being written.
    fileprivate func waitUntilWaiting(_ facts: Int) async {
        while waitingFacts < facts { await Task.yield() }
    }
}

/// A journal in memory that takes its time, counts its transactions, and fails when told to.
private final class SlowStore: JournalStore {
    let transactions = Mutex(0)
    let durable = Mutex(Int64(0))
    private let memory = MemoryJournal(makeKey: KeySource().draw)
    private let fails: @Sendable (Int) -> Bool
    private let isHeld: Mutex<Bool>

    /// Takes a hundredth of a second for each transaction.
    init() {
        fails = { _ in false }
        isHeld = Mutex(false)
    }

    /// Stands still in the first transaction until `goOn`.
    init(failing: @escaping @Sendable (Int) -> Bool) {
        fails = failing
        isHeld = Mutex(true)
    }

    func append(_ group: JournalGroup) throws -> [[Receipt]] {
        let transaction = transactions.withLock {
            $0 += 1
            return $0
        }
        repeat { usleep(10_000) } while isHeld.withLock { $0 }
        if fails(transaction) { throw JournalError.full("disk") }
        let receipts = try memory.append(group)
        let head = try memory.head().sequence
        durable.withLock { $0 = head }
        return receipts
    }

    func waitUntilWriting() async {
        while transactions.withLock({ $0 == 0 }) { await Task.yield() }
    }

    func goOn() { isHeld.withLock { $0 = false } }

    func head() throws -> JournalHead { try memory.head() }
    func stored(after sequence: Int64, limit: Int) throws -> [StoredFact] {
        try memory.stored(after: sequence, limit: limit)
    }
    func values(ofPerson person: Int64) throws -> [Commitment: String] { try memory.values(ofPerson: person) }
    func stored(source: String, object: String, id: String) throws -> [StoredFact] {
        try memory.stored(source: source, object: object, id: id)
    }
    func statements(source: String, object: String, _ body: (RecordStatements) throws -> Bool) throws {
        try memory.statements(source: source, object: object, body)
    }
    func erase(_ subjects: [Subject], at instant: Instant) throws -> Int { try memory.erase(subjects, at: instant) }
    func people(after person: Int64, limit: Int) throws -> [PersonRecord] {
        try memory.people(after: person, limit: limit)
    }
    func adopt(_ people: [PersonRecord]) throws { try memory.adopt(people) }
    func sweep() throws -> Swept { try memory.sweep() }
    func verify(expecting expected: JournalHead?) throws -> Verification { try memory.verify(expecting: expected) }
    func importMark(_ id: String) throws -> ImportMark? { try memory.importMark(id) }
    func importMarks() throws -> [ImportMark] { try memory.importMarks() }
    func rejects(ofImport id: String?, after reject: Int64, limit: Int) throws -> [KeptReject] {
        try memory.rejects(ofImport: id, after: reject, limit: limit)
    }
    func settle(_ rejects: [Int64], as settlement: String) throws { try memory.settle(rejects, as: settlement) }
    func counts() throws -> [FactCount] { try memory.counts() }
}
