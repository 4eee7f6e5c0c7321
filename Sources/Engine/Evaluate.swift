internal import Vocabulary

/// What the facts of a company mean under its agreement, up to an instant.
public struct Outcome: Hashable, Sendable {
    /// In the order of `History.accounts`.
    public var accounts: [AccountOutcome]
    /// Every hand-over that was routed, in order, with each rule tried.
    public var routing: [Routed]

    public init(accounts: [AccountOutcome], routing: [Routed]) {
        (self.accounts, self.routing) = (accounts, routing)
    }
}

/// The one evaluation, for live, back-test and reports alike.
///
/// Each account goes as far as it can by itself; those that want an owner wait, and routing answers them in the order of the
/// instant at which they are ready, then of the fact behind it. Accounts share nothing else, so how many go at once makes no
/// difference. Linear in facts, apart from the queue of those that wait.
public func evaluate(_ world: FoldWorld, targets: Set<Int32> = []) -> Outcome {
    var router = Router(world.staff, texts: world.history.texts)
    var outcomes = world.history.accounts.indices.map { AccountOutcome(account: Int32($0)) }
    var queue = WaitingAccounts()
    for account in world.history.accounts.indices {
        var fold = AccountFold(Int32(account), in: world, targets: targets)
        fold.run()
        if let request = fold.request { queue.add(fold, request) } else { outcomes[account] = fold.outcome }
    }
    while let (waiting, request) = queue.removeFirst() {
        var fold = waiting
        let bound = world.versions[Int(request.version)]
        fold.answer(router.answer(request, under: bound))
        fold.run()
        if let next = fold.request { queue.add(fold, next) } else { outcomes[Int(fold.outcome.account)] = fold.outcome }
    }
    return Outcome(accounts: outcomes, routing: router.log)
}

/// Accounts that wait for an owner, the earliest first.
private struct WaitingAccounts {
    private struct Place {
        let instant: Instant
        let fact: Int32
        let account: Int32
        let slot: Int

        static func precedes(_ a: Place, _ b: Place) -> Bool {
            (a.instant.milliseconds, a.fact, a.account) < (b.instant.milliseconds, b.fact, b.account)
        }
    }

    private var heap: [Place] = []
    private var slots: [(AccountFold, OwnerRequest)?] = []
    private var free: [Int] = []

    mutating func add(_ fold: AccountFold, _ request: OwnerRequest) {
        let slot: Int
        if let reused = free.popLast() {
            slot = reused
            slots[slot] = (fold, request)
        } else {
            slot = slots.count
            slots.append((fold, request))
        }
        heap.append(
            Place(instant: request.instant, fact: request.fact, account: request.account, slot: slot))
        var child = heap.count - 1
        while child > 0, Place.precedes(heap[child], heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() -> (AccountFold, OwnerRequest)? {
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
        let taken = slots[first.slot]
        slots[first.slot] = nil
        free.append(first.slot)
        return taken
    }
}
