/// One entry of `responsibilities`: a process, system, data set or decision with one owning side and a deputy (F08).
public struct Responsibility: Sendable {
    public let name: String
    public let side: Clause<Party>
    public let deputy: Clause<Party>?
}

/// One entry of `delegated`: company facts that a side may change alone.
public struct Delegation: Sendable {
    public let what: Delegable
    public let to: Clause<Party>
}

/// What may be delegated, because it changes weekly and promises nothing.
public enum Delegable: String, CaseIterable, Statable {
    case teams, quotas, targets, holidays, rates, spend

    public var words: String { rawValue }
}

/// `visibility`: who sees numbers about single people.
public struct Visibility: Sendable {
    public let repNumbers: Clause<[Viewer]>
}

public enum Viewer: String, CaseIterable, Statable {
    case `self`, manager, team, marketing, sales, operations, executive, everyone

    public var words: String { rawValue }
}

/// `ignore`: what is kept and shown, but never scored or counted.
public struct Ignored: Sendable {
    /// The company's own and competitors' domains.
    public let domains: Clause<[String]>
    public let machine: Clause<[MachineSign]>
}

/// What gives a machine away.
public enum MachineSign: Statable {
    /// A link was followed within so many seconds of delivery.
    case clicksWithin(seconds: Int)
    case opensByPrivacyProxy

    public var words: String {
        switch self {
        case .clicksWithin(let seconds): "clicks within \(seconds) s of delivery"
        case .opensByPrivacyProxy: "opens by privacy proxy"
        }
    }
}
