internal import Synchronization
public import Vocabulary

/// An outbox for tests and trials: gone with the process.
public final class MemoryOutbox: OutboxStore {
    private struct Content {
        var entries: [String: OutboxEntry] = [:]
        var lastFence: Int64 = 0
        var ended: Set<String> = []
        var stopped: Set<String> = []
    }

    private let content = Mutex(Content())

    public init() {}

    public func add(_ entries: [OutboxEntry]) -> Int {
        content.withLock { content in
            var added = 0
            for entry in entries where content.entries[entry.key] == nil && !content.ended.contains(entry.target) {
                content.entries[entry.key] = entry
                added += 1
            }
            return added
        }
    }

    public func claim(_ limit: Int, at instant: Instant, lease: Elapsed, except busy: Set<String>) -> [Claim] {
        content.withLock { content in
            let free = content.entries.values.filter { $0.isFree(at: instant) && !busy.contains($0.target) }
                .sorted(by: OutboxEntry.isDueBefore)
            var claims: [Claim] = []
            var taken: Set<String> = []
            for entry in free where claims.count < limit && !taken.contains(entry.sendingID) {
                taken.insert(entry.sendingID)
                content.lastFence += 1
                let together = free.filter { $0.sendingID == entry.sendingID }.map { entry in
                    var claimed = entry
                    (claimed.state, claimed.fence) = (.claimed, content.lastFence)
                    claimed.leasedUntil = instant + lease
                    claimed.attempts += 1
                    content.entries[entry.key] = claimed
                    return claimed
                }
                claims.append(Claim(fence: content.lastFence, entries: together))
            }
            return claims
        }
    }

    public func complete(_ claim: Claim, _ ending: Ending, at instant: Instant) -> Bool {
        content.withLock { content in
            let isTheirs = claim.entries.allSatisfy { entry in
                content.entries[entry.key].map { $0.state == .claimed && $0.fence == claim.fence } ?? false
            }
            guard isTheirs else { return false }
            for entry in claim.entries { content.entries[entry.key]?.end(ending, at: instant) }
            return true
        }
    }

    public func takeBackClaims() {
        content.withLock { content in
            for (key, entry) in content.entries where entry.state == .claimed {
                content.entries[key]?.state = .waiting
                content.entries[key]?.leasedUntil = nil
            }
        }
    }

    public func cancel(_ key: String, why: String, at instant: Instant) -> Bool {
        content.withLock { content in
            guard content.entries[key]?.state == .waiting else { return false }
            content.entries[key]?.end(.cancelled(why: why), at: instant)
            return true
        }
    }

    public func resend(_ key: String, at instant: Instant) -> Bool {
        content.withLock { content in
            guard var entry = content.entries[key], entry.state == .dead || entry.state == .cancelled else {
                return false
            }
            (entry.state, entry.due, entry.attempts, entry.problem) = (.waiting, instant, 0, "")
            (entry.ended, entry.leasedUntil) = (nil, nil)
            content.entries[key] = entry
            return true
        }
    }

    public func entry(_ key: String) -> OutboxEntry? { content.withLock { $0.entries[key] } }

    public func entries(_ states: Set<OutboxEntry.State>, limit: Int) -> [OutboxEntry] {
        content.withLock { content in
            let found = content.entries.values.filter { states.contains($0.state) }
            return Array(found.sorted { ($0.made, $0.key) > ($1.made, $1.key) }.prefix(limit))
        }
    }

    public func counts() -> [OutboxEntry.State: Int] {
        content.withLock { content in
            content.entries.values.reduce(into: [:]) { $0[$1.state, default: 0] += 1 }
        }
    }

    public func nextDue() -> Instant? {
        content.withLock { $0.entries.values.filter(\.isOpen).map { $0.leasedUntil ?? $0.due }.min() }
    }

    public func unrecorded(limit: Int) -> [OutboxEntry] {
        content.withLock { content in
            let found = content.entries.values.filter { $0.state == .sent && !$0.isRecorded }
            return Array(found.sorted { $0.key < $1.key }.prefix(limit))
        }
    }

    public func noteRecorded(_ keys: [String]) {
        content.withLock { content in for key in keys { content.entries[key]?.isRecorded = true } }
    }

    public func end(target: String, at instant: Instant) {
        content.withLock { content in
            content.ended.insert(target)
            for (key, entry) in content.entries where entry.target == target && entry.isOpen {
                content.entries[key]?.end(.cancelled(why: Reason.targetEnded), at: instant)
            }
        }
    }

    public func reopen(target: String) { _ = content.withLock { $0.ended.remove(target) } }
    public func endedTargets() -> Set<String> { content.withLock { $0.ended } }

    public func stopDigests(of address: String, at instant: Instant) {
        _ = content.withLock { $0.stopped.insert(address) }
    }

    public func digestsStopped() -> Set<String> { content.withLock { $0.stopped } }
}

/// Why something was not sent, in words that people read.
public enum Reason {
    public static let targetEnded = "the endpoint said that it is gone"
    public static let gone = "its reason had gone before it was sent"
}

extension OutboxEntry {
    fileprivate func isFree(at instant: Instant) -> Bool {
        switch state {
        case .waiting: due <= instant
        case .claimed: leasedUntil.map { $0 <= instant } ?? true
        case .sent, .dead, .cancelled: false
        }
    }

    fileprivate static func isDueBefore(_ a: OutboxEntry, _ b: OutboxEntry) -> Bool {
        (a.due, a.key) < (b.due, b.key)
    }

    fileprivate mutating func end(_ ending: Ending, at instant: Instant) {
        leasedUntil = nil
        switch ending {
        case .sent: (state, ended, problem) = (.sent, instant, "")
        case .retry(let again, let why): (state, due, problem) = (.waiting, again, why)
        case .dead(let why): (state, ended, problem) = (.dead, instant, why)
        case .cancelled(let why): (state, ended, problem) = (.cancelled, instant, why)
        }
    }
}
