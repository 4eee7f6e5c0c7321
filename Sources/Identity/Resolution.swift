internal import Journal

/// Who is who: the persons and accounts behind all identifiers, as known at the end of the facts.
public struct Resolution: Sendable {
    public struct Person: Hashable, Sendable {
        /// The first of the person's identifiers by scheme and bytes, never a personal one where there is another.
        public let name: Int32
        /// An index into `accounts`.
        public let account: Int32
    }

    public struct Account: Hashable, Sendable {
        /// `salesforce/account/001`, else `acme.example`, else the name of its one person.
        public let name: String
        /// In order of scheme and bytes; none for an account of one.
        public let identifiers: [Int32]
    }

    /// A person who was named with several accounts belonged to this one from `since` on, and before the first to it too.
    public struct Membership: Hashable, Sendable {
        public let person: Int32
        public let account: Int32
        public let since: Int64
    }

    /// Every identifier that facts named, and the registrable domains found.
    public internal(set) var identifiers: IdentifierTable
    /// In the order of their names.
    public internal(set) var persons: [Person] = []
    /// In the order of their names by bytes.
    public internal(set) var accounts: [Account] = []
    /// Of persons who changed accounts, person by person in order of time.
    public internal(set) var memberships: [Membership] = []

    var owners: Owners
    /// Of a mention: the identifier that says whose its facts are; −1: it names nobody.
    var leading: [Int32] = []
    /// Of the identifier that stands for a group: the person; −1: none.
    var personOfGroup: [Int32] = []
    /// Of a mention: the account of its account identifiers; −1: it names none.
    var accountOfMention: [Int32] = []
    var accountOfIdentifier: [Int32] = []

    /// Whose a fact is; −1: it names nobody. A shared device's facts are those of whom it was last identified as.
    public func person(_ mention: Int32, at instant: Int64) -> Int32 {
        let leading = leading[Int(mention)]
        return leading < 0 ? -1 : person(identifier: leading, at: instant)
    }

    /// −1 for an identifier that names no person.
    public func person(identifier: Int32, at instant: Int64) -> Int32 {
        personOfGroup[Int(owners.holder(identifier, at: instant))]
    }

    /// The account that a fact's account identifiers name; −1: it has none.
    public func account(_ mention: Int32) -> Int32 { accountOfMention[Int(mention)] }

    /// −1 for an identifier that names no account.
    public func account(identifier: Int32) -> Int32 {
        Int(identifier) < accountOfIdentifier.count ? accountOfIdentifier[Int(identifier)] : -1
    }
}
