/// One of `stages`, in the company's own order and by its own name (F02, F22).
public struct Stage: Sendable {
    public let name: String
    /// Whose it is.
    public let side: Clause<Party>
    public let enter: Segmented<Condition>
    /// To whom a person who enters is handed over; `nil`: nobody.
    public let handOver: Clause<Receiver>?

    public var address: String { "stages.\(name)" }
}

/// Who receives a hand-over.
public enum Receiver: Statable {
    /// The side's teams, as routing says.
    case side(Party)
    /// One team only, whatever routing says of others.
    case team(String)

    public var words: String {
        switch self {
        case .side(let party): party.words
        case .team(let name): "team \(name)"
        }
    }
}

/// `on_change`: what becomes of those who would newly enter a stage when a version takes force.
public enum OnChange: Statable {
    case wait
    case enter
    case enterAtMost(perDay: Int)

    public var words: String {
        switch self {
        case .wait: "wait for next activity"
        case .enter: "enter"
        case .enterAtMost(let count): "enter at most \(count) per day"
        }
    }
}
