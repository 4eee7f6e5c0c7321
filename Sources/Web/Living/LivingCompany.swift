internal import Agreement
internal import Answers
internal import Dispatch
internal import Engine
internal import Journal
internal import Synchronization
internal import Vocabulary

/// Keeps the company judged: again when facts have arrived, when the next instant of change has come, and when somebody
/// asks for what they have just done themselves.
///
///     journal ─▶ LivingHistory (grows by what is new) ─▶ History ─▶ Evaluation ─▶ Present ─▶ pages, watchers
///
/// One thread judges; whoever asks meanwhile waits for it, or is shown what stood a moment ago.
final class LivingCompany: Sendable {
    private let journal: any JournalStore
    private let patience: Duration
    private let clock: @Sendable () -> Instant
    private let state = Mutex(State())
    private let judging = DispatchQueue(label: "interlock.judging")
    private let intake = Mutex(Intake())
    private let names = Mutex(PeopleByName())

    fileprivate struct State {
        var present: Present?
        /// Something came that `present` does not know.
        var isStale = true
        var isJudging = false
        /// Told of the one that is being made; those who came after it began wait for the next.
        var waiting: [CheckedContinuation<Present, any Error>] = []
        var watchers: [Int: AsyncStream<Present>.Continuation] = [:]
        var lastWatcher = 0
        var hasEnded = false
    }

    /// What was read so far.
    fileprivate struct Intake {
        var living = LivingHistory()
        var sequence: Int64 = 0
        var versions: AgreementVersions?
        var statements = -1
    }

    /// Judging that takes longer than `patience` is not waited for, where there is something to show.
    init(_ journal: any JournalStore, patience: Duration, clock: @escaping @Sendable () -> Instant) {
        (self.journal, self.patience, self.clock) = (journal, patience, clock)
    }

    /// As of the last fact; where that would take too long, as it was judged last.
    func present() async throws -> Present {
        let (present, isStale) = state.withLock { ($0.present, $0.isStale) }
        guard let present else { return try await upToDate() }
        guard isStale else { return present }
        if present.took < patience { return try await upToDate() }
        judge()
        return present
    }

    /// With everything that is durable by now: for whoever has just done something and looks at what came of it.
    func upToDate() async throws -> Present {
        try await withCheckedThrowingContinuation { continuation in
            state.withLock { $0.waiting.append(continuation) }
            judge()
        }
    }

    /// Facts were made durable. Whoever watches is told what came of them at once.
    func factsCame() {
        let isWatched = state.withLock { state in
            state.isStale = true
            return !state.watchers.isEmpty
        }
        if isWatched { judge() }
    }

    /// Every state of the company from now on, the newest only where a watcher is slow.
    func changes() -> AsyncStream<Present> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let number = state.withLock { state -> Int? in
                guard !state.hasEnded else { return nil }
                state.lastWatcher += 1
                state.watchers[state.lastWatcher] = continuation
                return state.lastWatcher
            }
            guard let number else { return continuation.finish() }
            continuation.onTermination = { [weak self] _ in self?.leave(number) }
        }
    }

    /// So that streams do not keep a server from stopping.
    func endWatching() {
        let watchers = state.withLock { state in
            defer { (state.watchers, state.hasEnded) = ([:], true) }
            return Array(state.watchers.values)
        }
        for watcher in watchers { watcher.finish() }
    }

    private func leave(_ watcher: Int) { _ = state.withLock { $0.watchers.removeValue(forKey: watcher) } }

    /// Who is meant by these names, at a moment of the company. Blocks: it may have to read on in the journal.
    func persons(_ identifiers: Set<Identifier>, in present: Present) throws -> [Identifier: Int32] {
        try names.withLock { names in
            try names.read(journal, to: present.sequence, present.numbers)
            return names.persons(identifiers, present.numbers)
        }
    }

    // MARK: By the clock

    /// Looks whether facts arrived from elsewhere, as from an import, and whether the next instant of change has come.
    func tick() throws {
        let present = state.withLock { $0.present }
        guard let present else { return }
        let isPast = present.next.map { $0 <= clock() } ?? false
        if try isPast || journal.head().sequence != present.sequence {
            factsCame()
            judge()
        }
    }

    // MARK: Judging

    private func judge() {
        let starts = state.withLock { state in
            guard !state.isJudging else { return false }
            state.isJudging = true
            return true
        }
        if starts { judging.async { self.judgeUntilNobodyWaits() } }
    }

    private func judgeUntilNobodyWaits() {
        while true {
            let waiting = state.withLock { state -> [CheckedContinuation<Present, any Error>]? in
                guard state.isStale || !state.waiting.isEmpty else {
                    state.isJudging = false
                    return nil
                }
                state.isStale = false
                defer { state.waiting = [] }
                return state.waiting
            }
            guard let waiting else { return }
            tell(Result { try judged() }, waiting)
        }
    }

    private func tell(_ result: Result<Present, any Error>, _ waiting: [CheckedContinuation<Present, any Error>]) {
        if case .success(let present) = result {
            let watchers = state.withLock { state in
                defer { state.present = present }
                return state.present === present ? [] : Array(state.watchers.values)
            }
            for watcher in watchers { watcher.yield(present) }
        }
        for continuation in waiting { continuation.resume(with: result) }
    }

    /// The company as of now; the same one where nothing can have changed.
    private func judged() throws -> Present {
        let (began, now) = (ContinuousClock.now, clock())
        let last = state.withLock { $0.present }
        return try intake.withLock { intake in
            let head = try journal.head().sequence
            if let last, last.sequence == head, last.next.map({ now < $0 }) ?? true { return last }
            try intake.read(journal, to: head)
            let versions = try intake.versions(in: journal)
            return try Present(
                intake.sequence, intake.living.history(), versions, at: now, after: last, began: began)
        }
    }
}

extension LivingCompany.Intake {
    /// An erasure takes back what was read before, so all is read again.
    fileprivate mutating func read(_ journal: any JournalStore, to head: Int64) throws {
        guard head > sequence else { return }
        if sequence > 0, try journal.erasesAnybody(after: sequence, to: head) { self = LivingCompany.Intake() }
        sequence = try living.add(journal: journal, after: sequence)
    }

    /// Read anew only where something may have been stated about agreements since: that is told in facts of the company's own,
    /// and in those that the engine does not judge by.
    fileprivate mutating func versions(in journal: any JournalStore) throws -> AgreementVersions {
        let told = living.factsApart
        if let versions, statements == told { return versions }
        let read = try AgreementJournal(journal).versions
        (versions, statements) = (read, told)
        for version in AgreementsOfRun(inForce: read.all, at: .latest).versions {
            living.keep(names: version.compiled.program.names)
        }
        return read
    }
}
