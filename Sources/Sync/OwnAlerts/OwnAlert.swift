public import Journal
public import Vocabulary

/// What somebody wants to hear of for themselves, beside what the agreement tells everybody: this person, this account or
/// anybody at all does something.
public struct OwnAlert: Hashable, Sendable {
    public enum Whom: Hashable, Sendable {
        case anybody
        case person(Identifier)
        /// By one of its identifiers: `domain:acme.example`.
        case account(Identifier)
    }

    /// For ever: what was told by it is told by no other.
    public let id: Int64
    /// The address of whoever set it.
    public let reader: String
    public let whom: Whom
    /// The activity by its name, in any case of letters; empty: whatever they do.
    public let act: String
    /// What the address, the title or the asset of a page holds; empty: any, and what happens on no page.
    public let page: String
    /// When it was set, or last went on after a pause. What was done earlier is not told.
    public let since: Instant

    public init(id: Int64, reader: String, whom: Whom, act: String, page: String, since: Instant) {
        (self.id, self.reader, self.whom) = (id, reader, whom)
        (self.act, self.page, self.since) = (act, page, since)
    }
}

/// Somebody did what somebody else wants to hear of.
public struct HeededFact: Hashable, Sendable {
    public let alert: OwnAlert
    /// What was done.
    public let fact: Int32
    public let account: Int32
    /// −1: of the account it is not known who did it.
    public let person: Int32
}
