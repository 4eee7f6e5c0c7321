internal import Vocabulary

/// What time does by itself, in order of instant, then of kind, then of what it concerns.
struct Timer: Comparable {
    enum Kind: UInt8 {
        case version, assumed, turn, typed, consent, wake, release, silence, disputeEnd, rulingEnd, absence, warn, due,
            step
    }

    let instant: Instant
    let kind: Kind
    /// A version, a person of the account, a hand-over or a clock.
    let subject: Int32
    /// Which step; or for which owner it was set.
    let detail: Int32

    /// A version is in force from its instant on, also for the facts of that instant; everything else time does comes after
    /// them.
    func isBefore(factAt instant: Instant) -> Bool {
        self.instant < instant || kind == .version && self.instant == instant
    }

    static func < (a: Timer, b: Timer) -> Bool {
        (a.instant.milliseconds, a.kind.rawValue, a.subject, a.detail)
            < (b.instant.milliseconds, b.kind.rawValue, b.subject, b.detail)
    }
}

/// A heap of timers.
struct Timers {
    private var heap: [Timer] = []

    var first: Timer? { heap.first }

    mutating func removeAll() { heap.removeAll(keepingCapacity: true) }

    mutating func set(_ timer: Timer) {
        heap.append(timer)
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() -> Timer {
        heap.swapAt(0, heap.count - 1)
        let first = heap.removeLast()
        var parent = 0
        while true {
            let left = 2 * parent + 1
            guard left < heap.count else { return first }
            let right = left + 1
            let least = right < heap.count && heap[right] < heap[left] ? right : left
            guard heap[least] < heap[parent] else { return first }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
