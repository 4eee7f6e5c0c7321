/// What `interlock init` asks, in this order.
public enum FirstQuestion: String, CaseIterable, Sendable {
    case company, timezone, currency, template
    case marketing, sales, executive, operations
    case qualified, team, manager, reps, response, quota

    /// As it is asked at a terminal.
    public var words: String {
        switch self {
        case .company: "What is the company called?"
        case .timezone: "In which time zone does it count its days? A name such as Europe/Berlin."
        case .currency: "In which currency does it count its money? Three letters."
        case .template: "How do you sell?"
        case .marketing: "Who speaks, and signs, for marketing? A mail address."
        case .sales: "Who speaks, and signs, for sales? A mail address."
        case .executive: "Who is above both and signs what each team is for? A mail address."
        case .operations: "Who keeps systems and data, and rules in disputes? A mail address."
        case .qualified: "When is a lead good enough to be handed over to sales?"
        case .team: "What is the team called that takes these leads?"
        case .manager: "Who leads that team, and hears of what was missed? A mail address."
        case .reps: "Who takes the leads in turn? Mail addresses, with commas between."
        case .response: "Within what time does sales answer a lead? Such as 1 business hour, 2 business days, 24 hours."
        case .quota:
            "What is the quota of each of them for this quarter? Such as 250k; nothing where you have none yet."
        }
    }

    /// What can be chosen, and what each means.
    public var choices: [(name: String, meaning: String)] {
        switch self {
        case .template: FirstTemplate.allCases.map { ($0.rawValue, $0.meaning) }
        case .qualified: QualifiedLead.allCases.map { ($0.rawValue, $0.meaning) }
        default: []
        }
    }

    /// Whether nothing could be proposed, because only the company knows.
    public var isForTheCompanyAlone: Bool {
        [.company, .marketing, .sales, .executive, .operations].contains(self)
    }

    /// The option of the command that answers it.
    public var option: String { "--\(rawValue)" }
}

/// Why an answer cannot be taken, in full sentences.
public struct UnfitAnswer: Error, Hashable, Sendable {
    public let cause: String
    public let remedy: String
}
