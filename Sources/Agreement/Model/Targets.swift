/// `targets`: the named accounts both sides work on (F28).
public struct Targets: Sendable {
    public let accounts: Clause<TargetList>
}

/// The accounts of an included file.
public struct TargetList: Statable {
    public struct Account: Hashable, Sendable {
        /// As the file names it: a domain, or the account's id in the CRM.
        public let account: String
        /// What else the file says, by column.
        public let notes: [String: String]
    }

    /// As the agreement names it; not part of what it says.
    public let file: String
    /// By account.
    public let accounts: [Account]

    public var words: String { accounts.map(\.account).words }

    public static func == (a: TargetList, b: TargetList) -> Bool { a.accounts == b.accounts }
    public func hash(into hasher: inout Hasher) { hasher.combine(accounts) }
}
