public import Vocabulary

/// One of `teams`: people who take work in turn.
public struct Team: Sendable {
    public let name: String
    public let manager: Clause<MailAddress>?
    /// A calendar's name; the team's business hours.
    public let calendar: Clause<String>?
    public let reps: [Rep]

    public var address: String { "teams.\(name)" }
}

/// Somebody who receives hand-overs.
public struct Rep: Sendable {
    public let email: Clause<MailAddress>
    /// The share of the pool relative to a weight of 1; above 0.
    public let weight: Clause<Number>
    /// `nil`: without limit.
    public let capacity: Clause<Volume>?
    /// By period, in the order of the file.
    public let quotas: [Quota]
    public let away: Clause<[DateSpan]>
    public let since: Clause<CivilDate>?
    /// The last day.
    public let until: Clause<CivilDate>?
    public let ramp: Clause<Ramp>?
}

public struct Quota: Sendable {
    public let period: FiscalPeriod
    public let amount: Clause<Money>
}

/// `{month 1: 25%, month 2: 60%}`: the share of the capacity that a joiner takes in the first months.
public struct Ramp: Statable {
    /// The first month first.
    public let shares: [Share]

    public var words: String {
        "{" + shares.enumerated().map { "month \($0 + 1): \($1.words)" }.joined(separator: ", ") + "}"
    }
}
