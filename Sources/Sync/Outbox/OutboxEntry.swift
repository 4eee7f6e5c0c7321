public import Vocabulary

/// One message on its way to one target. It says of what and to whom, never what: that is written when it is sent.
public struct OutboxEntry: Hashable, Sendable {
    public enum State: String, CaseIterable, Hashable, Sendable {
        case waiting, claimed, sent, dead, cancelled
    }

    /// Of message and target: what makes it once.
    public var key: String
    /// The key of what is told.
    public var message: String
    /// As `WantedMessage.What.word`.
    public var kind: String
    /// The address of whom it is for.
    public var recipient: String
    /// `mail`, `slack`, `webhook:NAME`.
    public var target: String
    /// Entries of one bundle are told together; empty: by itself.
    public var bundle: String
    public var made: Instant
    /// Not before; of a failed one, when it is tried again.
    public var due: Instant
    public var state = State.waiting
    /// How often it was tried.
    public var attempts = 0
    /// The number of the last claim.
    public var fence: Int64 = 0
    public var leasedUntil: Instant?
    public var ended: Instant?
    /// Why it failed last, or was cancelled.
    public var problem = ""
    /// Whether the journal knows that it was sent.
    public var isRecorded = false

    public init(
        _ message: String, kind: String, recipient: String, target: String, bundle: String = "", made: Instant,
        due: Instant
    ) {
        key = OutboxEntry.key(message, target)
        (self.message, self.kind, self.recipient, self.target) = (message, kind, recipient, target)
        (self.bundle, self.made, self.due) = (bundle, made, due)
    }

    /// Everything, as a store read it.
    public init(
        key: String, message: String, kind: String, recipient: String, target: String, bundle: String, made: Instant,
        due: Instant, state: State, attempts: Int, fence: Int64, leasedUntil: Instant?, ended: Instant?,
        problem: String, isRecorded: Bool
    ) {
        (self.key, self.message, self.kind, self.recipient) = (key, message, kind, recipient)
        (self.target, self.bundle, self.made, self.due) = (target, bundle, made, due)
        (self.state, self.attempts, self.fence, self.leasedUntil) = (state, attempts, fence, leasedUntil)
        (self.ended, self.problem, self.isRecorded) = (ended, problem, isRecorded)
    }

    public static func key(_ message: String, _ target: String) -> String { StableKey.of(message, target) }

    /// What the outside tells repeats by: of a bundle the same for all in it.
    public var sendingID: String { bundle.isEmpty ? key : StableKey.of("bundle", bundle, target) }

    public var isOpen: Bool { state == .waiting || state == .claimed }
}

/// Entries that one worker has for a while: all of a bundle, or one.
public struct Claim: Hashable, Sendable {
    public let fence: Int64
    public let entries: [OutboxEntry]

    public init(fence: Int64, entries: [OutboxEntry]) { (self.fence, self.entries) = (fence, entries) }

    /// The same claim on some of them.
    public func keeping(_ isKept: (OutboxEntry) -> Bool) -> Claim {
        Claim(fence: fence, entries: entries.filter(isKept))
    }
}

/// How an attempt ended.
public enum Ending: Hashable, Sendable {
    case sent
    case retry(at: Instant, problem: String)
    case dead(problem: String)
    case cancelled(why: String)
}
