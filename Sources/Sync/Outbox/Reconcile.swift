public import Vocabulary

/// On which way, and when, somebody is told.
public struct Delivery: Hashable, Sendable {
    public let target: String
    public let bundle: String
    public let due: Instant

    public init(target: String, bundle: String = "", due: Instant) {
        (self.target, self.bundle, self.due) = (target, bundle, due)
    }
}

/// What is known to have been put into the outbox, or to have been sent.
public struct OutboxBooks: Sendable {
    /// Keys of entries, whatever became of them.
    public var known: Set<String> = []
    /// Keys of messages that were sent to anybody.
    public var told: Set<String> = []
    /// Entries that wait, with the key of their message.
    public var waiting: [String: String] = [:]
    /// Entries that were cancelled because their reason had gone: it may come back.
    public var gone: Set<String> = []

    public init() {}

    public mutating func note(_ entry: OutboxEntry) {
        known.insert(entry.key)
        if entry.state == .sent { told.insert(entry.message) }
        waiting[entry.key] = entry.isOpen ? entry.message : nil
        if entry.state == .cancelled, entry.problem == Reason.gone { gone.insert(entry.key) }
    }
}

/// What is to be done so that all that is wanted gets told once, and nothing else.
public struct Reconciliation: Sendable {
    public var adding: [OutboxEntry] = []
    /// Keys of entries whose reason has gone.
    public var cancelling: [String] = []
    /// Cancelled before, and wanted again.
    public var reviving: [OutboxEntry] = []

    public init(
        _ wanted: Wanted, _ books: OutboxBooks, at instant: Instant, by ways: (WantedMessage) -> [Delivery]
    ) {
        for message in wanted.messages {
            if let first = message.after, !books.told.contains(first) { continue }
            for way in ways(message) {
                let entry = OutboxEntry(
                    message.key, kind: message.what.word, recipient: message.recipient, target: way.target,
                    bundle: way.bundle, made: instant, due: max(way.due, message.notBefore ?? way.due))
                if !books.known.contains(entry.key) {
                    adding.append(entry)
                } else if books.gone.contains(entry.key) {
                    reviving.append(entry)
                }
            }
        }
        cancelling = books.waiting.filter { wanted[$0.value] == nil }.map(\.key).sorted()
    }
}
