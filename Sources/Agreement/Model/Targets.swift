/// `targets`: the named accounts both sides work on (F28).
public struct Targets: Sendable {
    public let accounts: Clause<TargetList>
}

/// The accounts of an included file.
public struct TargetList: Statable {
    public struct Account: Hashable, Sendable {
        /// The account's id in the CRM, where the file has ids.
        public let id: String?
        /// In small letters, where the file has domains.
        public let domain: String?

        var words: String { "\(id ?? "")/\(domain ?? "")" }
    }

    /// As the agreement names it; not part of what it says.
    public let file: String
    /// By id, then domain, in byte order.
    public let accounts: [Account]

    public var words: String { accounts.map(\.words).words }

    public static func == (a: TargetList, b: TargetList) -> Bool { a.accounts == b.accounts }
    public func hash(into hasher: inout Hasher) { hasher.combine(accounts) }
}
