public import Vocabulary

/// `scoring`: who fits, and who is interested (F20).
public struct Scoring: Sendable {
    public let fit: Fit
    public let engagement: Engagement
}

/// Points for what somebody is.
public struct Fit: Sendable {
    public let rules: [FitRule]
    /// From the highest threshold down.
    public let grades: [Grade]
}

public struct FitRule: Sendable {
    /// `scoring.fit.rules.1`.
    public let address: String
    public let when: Clause<Condition>
    public let points: Clause<Points>
}

/// A letter for a fit of at least so many points.
public struct Grade: Sendable {
    public let name: String
    public let from: Clause<Points>
}

/// Points for what somebody does, fading.
public struct Engagement: Sendable {
    /// Physical time after which half of the points are left.
    public let halfLife: Segmented<Budget>
    public let rules: [EngagementRule]
}

public struct EngagementRule: Sendable {
    /// `scoring.engagement.rules.pricing_visit`; a second rule for the same activity ends in `.2`.
    public let address: String
    /// The name of an activity.
    public let activity: Clause<String>
    public let points: Clause<Points>
    public let atMost: Clause<Cap>?
    /// A property of the activity; each value of it counts once.
    public let oncePer: Clause<String>?
}
