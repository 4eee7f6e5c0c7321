public import Vocabulary

/// `verdicts`: what the receiver's answer to a hand-over leads to (F25).
public struct Verdicts: Sendable {
    public let rejectReasons: [RejectReason]
    /// The quality marks an acceptance may carry; `nil`: none is asked for.
    public let acceptMark: Clause<MarkRange>?
    public let silence: Silence?
    public let dispute: Dispute?
}

public struct RejectReason: Sendable {
    public let name: String
    public let leadsTo: Clause<RejectOutcome>
}

public enum RejectOutcome: Statable {
    /// Into a detour, by name.
    case detour(String)
    /// To another owner; the pass goes on.
    case reroute
    case accountOwner

    public var words: String {
        switch self {
        case .detour(let name): name
        case .reroute: "reroute"
        case .accountOwner: "account owner"
        }
    }
}

/// `1..3`.
public struct MarkRange: Statable {
    public let lowest: Int
    public let highest: Int

    public var words: String { "\(lowest)..\(highest)" }
}

/// What it means when the receiver says nothing.
public struct Silence: Sendable {
    public let after: Segmented<Budget>
    public let means: Clause<SilenceMeaning>
}

public enum SilenceMeaning: String, CaseIterable, Statable {
    case accepted, rejected

    public var words: String { rawValue }
}

/// Who may object to a verdict, and who rules.
public struct Dispute: Sendable {
    public let by: Clause<Party>
    public let within: Clause<Budget>
    public let arbiter: Clause<Party>
    public let rulingWithin: Clause<Budget>
}
