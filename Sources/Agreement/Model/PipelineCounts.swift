public import Vocabulary

/// `pipeline`: which deals count, for how much, and how much is enough (F42).
public struct PipelineCounts: Sendable {
    public let counts: Clause<Condition>
    public let value: Clause<Term>
    public let coverage: Coverage?
}

public struct Coverage: Sendable {
    public let at: Clause<PeriodPoint>
    public let against: Clause<CoverageBase>
    public let multiple: Clause<Number>
    /// Teams with a multiple of their own.
    public let exceptions: [Exception]

    public struct Exception: Sendable {
        public let team: String
        public let multiple: Clause<Number>
    }
}

public enum CoverageBase: String, CaseIterable, Statable {
    case remainingQuota = "remaining quota"
    case quota

    public var words: String { rawValue }
}
