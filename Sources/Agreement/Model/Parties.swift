/// Who the agreement is between, and who rules when they disagree.
public enum Party: String, CaseIterable, Statable {
    case marketing, sales, operations, executive

    public var words: String { rawValue }

    /// Those who may own a stage, a process or a system.
    public static let sides: [Party] = [.marketing, .sales, .operations]
}

/// `parties`: the person who speaks, and signs, for each.
public struct Parties: Sendable {
    public let executive: Clause<MailAddress>?
    public let marketing: Clause<MailAddress>?
    public let sales: Clause<MailAddress>?
    public let operations: Clause<MailAddress>?

    public subscript(party: Party) -> Clause<MailAddress>? {
        switch party {
        case .executive: executive
        case .marketing: marketing
        case .sales: sales
        case .operations: operations
        }
    }
}
