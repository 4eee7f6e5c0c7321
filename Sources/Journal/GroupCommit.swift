internal import Dispatch
internal import Synchronization

/// Lets many callers share the cost of one durable write: while a group is being written, all that arrive wait, and
/// together they are the next group.
///
///     append ─┐                      ┌─▶ receipts of each, in the order of arrival
///     append ─┼─▶ waiting ─▶ group ──┤
///     append ─┘   (bounded)          └─▶ or the error of the whole group, to each in it
///
/// What a caller appended one after the other stands in the journal in that order. Nobody is answered before what they
/// appended is durable. A caller that is cancelled still waits: what was taken in is written.
public final class GroupCommit: Sendable {
    private let store: any JournalStore
    private let limit: Int
    private let state = Mutex(State())
    private let writer = DispatchQueue(label: "interlock.journal.group-commit")

    /// At most `limit` facts wait, beside those being written; a single larger batch waits alone.
    public init(_ store: any JournalStore, limit: Int = 50_000) {
        self.store = store
        self.limit = limit
    }

    /// Adds a batch in one transaction with whatever else is waiting. Throws `GroupCommitRefusal` when it was not taken
    /// in, and `JournalError` when its group could not be written: then nothing of the group is in the journal.
    public func append(_ batch: FactBatch) async throws -> [Receipt] {
        try await withCheckedThrowingContinuation { continuation in
            let waiting = Waiting(batch: batch, continuation: continuation)
            switch state.withLock({ $0.take(waiting, limit: limit) }) {
            case .refused(let refusal): continuation.resume(throwing: refusal)
            case .waits: break
            case .starts: writer.async { self.writeGroups() }
            }
        }
    }

    /// Takes nothing more in, and returns when all that was taken in has been answered.
    public func close() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { $0.close(continuation) }
            if isIdle { continuation.resume() }
        }
    }

    /// How many facts stand behind the group being written: what a page about the running service shows.
    public var waitingFacts: Int { state.withLock { $0.waitingFacts } }

    public var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Writes group after group until nobody waits.
    private func writeGroups() {
        while let group = state.withLock({ $0.nextGroup() }) { write(group) }
        for closer in state.withLock({ $0.takeClosers() }) { closer.resume() }
    }

    private func write(_ group: [Waiting]) {
        do {
            let receipts = try store.append(JournalGroup(group.map(\.batch)))
            for (waiting, receipts) in zip(group, receipts) { waiting.continuation.resume(returning: receipts) }
        } catch {
            for waiting in group { waiting.continuation.resume(throwing: error) }
        }
    }
}

/// Why a batch was not taken in: nothing of it will ever be written.
public enum GroupCommitRefusal: Error, Equatable, Sendable {
    /// So many facts wait already; the caller may try again later.
    case full(waiting: Int)
    case closed
}

extension GroupCommit {
    fileprivate struct Waiting: Sendable {
        var batch: FactBatch
        var continuation: CheckedContinuation<[Receipt], any Error>
    }

    fileprivate enum Taken {
        case refused(GroupCommitRefusal)
        case waits
        /// Nobody is writing: the caller sets the writer going.
        case starts
    }

    fileprivate struct State: Sendable {
        private var waiting: [Waiting] = []
        private(set) var waitingFacts = 0
        private var isWriting = false
        private(set) var isClosed = false
        private var closers: [CheckedContinuation<Void, Never>] = []

        mutating func take(_ new: Waiting, limit: Int) -> Taken {
            guard !isClosed else { return .refused(.closed) }
            guard waiting.isEmpty || waitingFacts + new.batch.count <= limit else {
                return .refused(.full(waiting: waitingFacts))
            }
            waiting.append(new)
            waitingFacts += new.batch.count
            defer { isWriting = true }
            return isWriting ? .waits : .starts
        }

        /// Everybody who waits; `nil`, and nobody is writing any more, when nobody does.
        mutating func nextGroup() -> [Waiting]? {
            guard !waiting.isEmpty else {
                isWriting = false
                return nil
            }
            defer {
                waiting = []
                waitingFacts = 0
            }
            return waiting
        }

        /// Whether there is nothing to wait for.
        mutating func close(_ closer: CheckedContinuation<Void, Never>) -> Bool {
            isClosed = true
            if isWriting { closers.append(closer) }
            return !isWriting
        }

        mutating func takeClosers() -> [CheckedContinuation<Void, Never>] {
            defer { closers = [] }
            return isWriting ? [] : closers
        }
    }
}
