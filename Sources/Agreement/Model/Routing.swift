public import Vocabulary

/// `routing`: who gets a hand-over (F24).
public struct Routing: Sendable {
    /// In order; the first whose condition holds and who has somebody to take it.
    public let rules: [RoutingRule]
    public let lastResort: Clause<MailAddress>?
    /// What a lead of a grade counts for in a pool; in the order of the file.
    public let value: [GradeValue]
    public let burst: Burst?
}

public struct RoutingRule: Sendable {
    public let name: String
    /// `routing.rules.dach`.
    public let address: String
    public let when: Clause<Condition>
    public let to: Clause<Destination>
    /// Only to people at work at that instant.
    public let isInHoursOnly: Clause<Bool>
    /// Where nobody of `to` can take it.
    public let fallback: Clause<Destination>?
}

public enum Destination: Statable {
    case person(MailAddress)
    case team(String)
    case accountOwner
    /// The owner of the hand-over or deal the rule is about.
    case itsOwner

    public var words: String {
        switch self {
        case .person(let address): address.words
        case .team(let name): "team \(name)"
        case .accountOwner: "account owner"
        case .itsOwner: "its owner"
        }
    }
}

public struct GradeValue: Sendable {
    public let grade: String
    public let value: Clause<Number>
}

/// Many at once, such as a fair's list.
public struct Burst: Sendable {
    public let over: Clause<BurstSize>
    public let release: Clause<BurstRelease>
}

/// `50 per hour of one origin`.
public struct BurstSize: Statable {
    public let volume: Volume

    public var words: String { "\(volume.words) of one origin" }
}

public enum BurstRelease: String, CaseIterable, Statable {
    case atCapacity = "at capacity"
    case atOnce = "at once"

    public var words: String { rawValue }
}

/// `due first, then score`: what a rep's list is sorted by, most important first.
public struct WorkOrder: Statable {
    public enum Key: String, CaseIterable, Sendable { case due, score, grade, value, age }

    public let keys: [Key]

    public var words: String {
        let first = keys.first.map { $0.rawValue + " first" } ?? ""
        return ([first] + keys.dropFirst().map { "then \($0.rawValue)" }).joined(separator: ", ")
    }
}
