internal import Synchronization
internal import Vocabulary

/// What the facts of a company mean under its agreement, up to an instant.
public struct Outcome: Hashable, Sendable {
    /// In the order of `History.accounts`.
    public var accounts: [AccountOutcome]
    /// Every hand-over that was routed, in order, with each rule tried.
    public var routing: [Routed]
    /// What came to each rep of what was due, where owners are by the rules.
    public var fairness: [Fairness]

    public init(accounts: [AccountOutcome], routing: [Routed], fairness: [Fairness] = []) {
        (self.accounts, self.routing, self.fairness) = (accounts, routing, fairness)
    }
}

/// Does so many pieces of work, in any order and as many at once as it likes; returns when all are done.
public typealias Crew = (_ pieces: Int, _ work: @Sendable (Int) -> Void) -> Void

/// One piece after the other.
public func alone(pieces: Int, work: @Sendable (Int) -> Void) {
    for piece in 0..<pieces { work(piece) }
}

/// The one evaluation, for live, back-test and reports alike.
///
/// Each account goes as far as it can by itself; those that want an owner wait, and routing answers them in the order of the
/// instant at which they are ready, then of the fact behind it. Accounts share nothing else, so how many go at once makes no
/// difference. Linear in facts, apart from the queue of those that wait.
public func evaluate(
    _ world: FoldWorld, targets: Set<Int32> = [], by crew: Crew = alone
) -> Outcome {
    let pieces = Pieces(of: world.history)
    let done = Mutex(Array(repeating: Folded(), count: pieces.ranges.count))
    crew(pieces.ranges.count) { piece in
        let folded = Folded(pieces.ranges[piece], in: world, targets: targets)
        done.withLock { $0[piece] = folded }
    }
    var outcomes: [AccountOutcome] = []
    outcomes.reserveCapacity(world.history.accounts.count)
    var queue = WaitingAccounts()
    for folded in done.withLock({ $0 }) {
        outcomes += folded.outcomes
        for account in folded.waiting { queue.add(account) }
    }
    var router = Router(world.staff, texts: world.history.texts)
    queue.answer(by: &router, in: world) { outcomes[Int($0.account)] = $0 }
    return Outcome(accounts: outcomes, routing: router.log, fairness: router.fairness)
}

/// Accounts with about as many facts as can be folded while nobody notices that another core has nothing to do.
private struct Pieces: Sendable {
    private static let facts = 20_000
    let ranges: [Range<Int32>]

    init(of history: History) {
        var ranges: [Range<Int32>] = []
        var first: Int32 = 0
        for (number, account) in history.accounts.enumerated() {
            let next = Int32(number) + 1
            let facts = account.facts.upperBound - history.accounts[Int(first)].facts.lowerBound
            guard facts >= Pieces.facts || Int(next) == history.accounts.count else { continue }
            ranges.append(first..<next)
            first = next
        }
        self.ranges = ranges
    }
}

/// Some accounts as far as they go by themselves.
private struct Folded: Sendable {
    /// Of those that wait, what there is so far.
    var outcomes: [AccountOutcome] = []
    var waiting: [WaitingAccount] = []

    init() {}

    init(_ accounts: Range<Int32>, in world: FoldWorld, targets: Set<Int32>) {
        outcomes.reserveCapacity(accounts.count)
        var fold = AccountFold(in: world, targets: targets)
        for account in accounts {
            fold.begin(account)
            fold.run()
            if fold.request == nil {
                outcomes.append(fold.takeOutcome())
            } else {
                outcomes.append(AccountOutcome(account: account))
                waiting.append(WaitingAccount(fold))
                fold = AccountFold(in: world, targets: targets, mailDomains: fold.mailDomains)
            }
        }
    }
}

/// An account that wants an owner, in one place: its fold is large, and never copied. Of one thread at a time.
private final class WaitingAccount: @unchecked Sendable {
    var fold: AccountFold

    init(_ fold: AccountFold) { self.fold = fold }
}

/// Accounts that wait for an owner, the earliest first.
private struct WaitingAccounts {
    private struct Place {
        let instant: Instant
        /// Of a turn, when the latest evidence was; owners come before turns, which wait until all of the instant are known.
        let evidence: Instant
        let fact: Int32
        let account: Int32
        let slot: Int

        static func precedes(_ a: Place, _ b: Place) -> Bool {
            (a.instant.milliseconds, a.evidence.milliseconds, a.fact, a.account)
                < (b.instant.milliseconds, b.evidence.milliseconds, b.fact, b.account)
        }
    }

    private var heap: [Place] = []
    /// Emptied once the account has come to its end.
    private var accounts: [WaitingAccount?] = []

    mutating func add(_ account: WaitingAccount) {
        guard let request = account.fold.request else { return }
        accounts.append(account)
        put(request, slot: accounts.count - 1)
    }

    /// Answers one after the other, until nobody waits.
    mutating func answer(by router: inout Router, in world: FoldWorld, _ finished: (AccountOutcome) -> Void) {
        while let slot = removeFirst() {
            guard let account = accounts[slot], let request = account.fold.request else { continue }
            account.fold.answer(router.answer(request, under: world.versions[Int(request.version)]))
            account.fold.run()
            if let next = account.fold.request {
                put(next, slot: slot)
            } else {
                finished(account.fold.takeOutcome())
                accounts[slot] = nil
            }
        }
    }

    private mutating func put(_ request: OwnerRequest, slot: Int) {
        heap.append(
            Place(
                instant: request.instant, evidence: request.evidence, fact: request.fact, account: request.account,
                slot: slot))
        var child = heap.count - 1
        while child > 0, Place.precedes(heap[child], heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func removeFirst() -> Int? {
        guard !heap.isEmpty else { return nil }
        heap.swapAt(0, heap.count - 1)
        let first = heap.removeLast()
        var parent = 0
        while true {
            let left = 2 * parent + 1
            guard left < heap.count else { break }
            let right = left + 1
            let least = right < heap.count && Place.precedes(heap[right], heap[left]) ? right : left
            guard Place.precedes(heap[least], heap[parent]) else { break }
            heap.swapAt(parent, least)
            parent = least
        }
        return first.slot
    }
}
