public import Vocabulary

/// One of `alerts`: an agreed one, beside those a rep keeps (F27).
public struct Alert: Sendable {
    /// `alerts.1`.
    public let address: String
    public let when: Clause<Condition>
    public let tell: Clause<AlertReceiver>
    public let within: Clause<Budget>
    public let atMost: Clause<Volume>?
}

public enum AlertReceiver: Statable {
    case owner
    case manager
    case side(Party)
    case person(MailAddress)

    public var words: String {
        switch self {
        case .owner: "owner"
        case .manager: "manager"
        case .side(let party): party.words
        case .person(let address): address.words
        }
    }
}
