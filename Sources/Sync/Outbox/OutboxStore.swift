public import Vocabulary

/// Where messages wait to be sent. Every store passes the same contract suite.
///
/// What every store promises:
/// - An entry's key is taken once for ever: adding it again does nothing, whatever became of it.
/// - An entry is of one worker at a time. A claim ends with its lease; whoever comes back later with the claim's old number
///   changes nothing.
/// - When a call returns, what it did is durable.
///
/// Calls block, and may come from any thread.
public protocol OutboxStore: AnyObject, Sendable {
    /// Gives how many were new.
    func add(_ entries: [OutboxEntry]) throws -> Int

    /// Takes what is due by now and nobody has, the longest due first, whole bundles together; a lease that has run out
    /// counts as nobody's. Nothing is taken for targets that are busy.
    func claim(_ limit: Int, at instant: Instant, lease: Elapsed, except busy: Set<String>) throws -> [Claim]

    /// Ends a claim; `false`: it is another's by now, or was ended, and nothing changed.
    func complete(_ claim: Claim, _ ending: Ending, at instant: Instant) throws -> Bool

    /// Takes every claim back, without waiting for leases to end: for whoever knows that no other worker lives.
    func takeBackClaims() throws

    /// Cancels what waits; `false`: it is being sent, or was ended.
    func cancel(_ key: String, why: String, at instant: Instant) throws -> Bool

    /// Sends anew what is dead or was cancelled; `false`: it is neither.
    func resend(_ key: String, at instant: Instant) throws -> Bool

    func entry(_ key: String) throws -> OutboxEntry?

    /// In one of these states, the newest first.
    func entries(_ states: Set<OutboxEntry.State>, limit: Int) throws -> [OutboxEntry]

    func counts() throws -> [OutboxEntry.State: Int]

    /// When something may be due; `nil`: nothing waits.
    func nextDue() throws -> Instant?

    /// Sent, and the journal does not know it yet.
    func unrecorded(limit: Int) throws -> [OutboxEntry]
    func noteRecorded(_ keys: [String]) throws

    /// The endpoint said that it is gone for good: what waits for it is cancelled, and nothing more is added.
    func end(target: String, at instant: Instant) throws
    func reopen(target: String) throws
    func endedTargets() throws -> Set<String>

    /// Who wants no more digests by mail.
    func stopDigests(of address: String, at instant: Instant) throws
    func digestsStopped() throws -> Set<String>
}

public enum OutboxError: Error, Equatable, Sendable {
    case full(String)
    case busy(String)
    case readOnly(String)
    case damaged(String)
    case newer(String)
    case notOurs(String)
    case failed(String)

    public var sentence: String {
        switch self {
        case .full(let path): "the disk is full: \(path) could not grow, and nothing was kept"
        case .busy(let path): "another process is writing to \(path)"
        case .readOnly(let path): "\(path) cannot be written"
        case .damaged(let what): "the outbox is damaged: \(what)"
        case .newer(let path): "\(path) was written by a newer program"
        case .notOurs(let path): "\(path) is no outbox of Interlock"
        case .failed(let what): what
        }
    }

    public var remedy: String {
        switch self {
        case .full: "Free some space and try again."
        case .busy: "Wait for it to finish, and try again."
        case .readOnly: "Check who owns the folder and whether it is mounted for writing."
        case .damaged:
            "Move the file away while no server runs: the journal says what was sent, and what is still wanted is put together anew."
        case .newer: "Use that program."
        case .notOurs: "Name the folder that `--journal` named when it was made."
        case .failed: "Try again."
        }
    }
}

extension OutboxStore {
    public func claim(_ limit: Int, at instant: Instant, lease: Elapsed) throws -> [Claim] {
        try claim(limit, at: instant, lease: lease, except: [])
    }
}
