public import Vocabulary

/// One of `detours`: the only ways back and out (F26).
public struct Detour: Sendable {
    public let name: String
    public let side: Clause<Party>
    public let from: Clause<Origin>
    public let enters: Segmented<Condition>
    /// What ends it; `nil`: nothing does, it is a way out.
    public let returns: Segmented<Condition>?
    /// How long only `alwaysReturns` ends it.
    public let notBefore: Clause<Budget>?
    public let alwaysReturns: Clause<Condition>?
    /// The stage somebody returns to.
    public let to: Clause<String>?
    /// Scores that begin anew.
    public let forgets: Clause<[ScoreName]>
    /// The reasons that lead here apart from those of `verdicts.reject_reasons`.
    public let reasons: Clause<[String]>

    public var address: String { "detours.\(name)" }
}

/// From which stages a detour is entered.
public enum Origin: Statable {
    case any
    case stages([String])

    public var words: String {
        switch self {
        case .any: "any"
        case .stages(let names): names.words
        }
    }
}

public enum ScoreName: String, CaseIterable, Statable {
    case engagement, fit

    public var words: String { rawValue }
}
