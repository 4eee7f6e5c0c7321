internal import Vocabulary

/// A question as it is put: a report's name and its options in words, as a command line, a link or a handle says them.
/// `Inquiry` understands it.
public struct ReportRequest: Hashable, Sendable {
    public let name: String
    /// In the order of `ReportOption`; of an option that may be given several times, in the order given.
    public let options: [Option]

    public struct Option: Hashable, Sendable {
        public let option: ReportOption
        public let text: String
    }

    public init(_ name: String, _ options: [(ReportOption, String)] = []) {
        self.name = name
        self.options = ReportOption.allCases.flatMap { option in
            options.filter { $0.0 == option }.map { Option(option: option, text: $0.1) }
        }
    }

    public subscript(option: ReportOption) -> String? { options.first { $0.option == option }?.text }
    public func all(_ option: ReportOption) -> [String] { options.filter { $0.option == option }.map(\.text) }

    /// The same question with an option said otherwise.
    public func saying(_ option: ReportOption, _ text: String?) -> ReportRequest {
        let others = options.filter { $0.option != option }.map { ($0.option, $0.text) }
        return ReportRequest(name, others + (text.map { [(option, $0)] } ?? []))
    }
}

/// What can be said of a question.
public enum ReportOption: String, CaseIterable, Hashable, Sendable {
    case period, from, to
    case by
    case segment
    case team
    case kind
    case start, stage
    case within
    case passes
    case mode
    case who
    case asOf = "as-of"
    /// What is looked at happened before; a handle says it, so that it means the same tomorrow.
    case until
}

extension ReportOption {
    public var meaning: String {
        switch self {
        case .period: "a fiscal period, such as 2026-Q1, for the window"
        case .from: "the window begins with this day or instant"
        case .to: "the window ends before this day or instant"
        case .by:
            """
            told apart by week, month, quarter, year, hour (of the week), rep, team, manager, grade, kind, or what facts say \
            under a name (facts.NAME for one of these words)
            """
        case .segment: "only those of whom facts say this: NAME=VALUE; may be given several times"
        case .team: "only what this team owns"
        case .kind: "only deals of this kind"
        case .start: "where the way begins: a stage, or an activity by its name"
        case .stage: "the stage that is meant"
        case .within: "the horizon, such as 90 days; ever by default"
        case .passes: "first: of each person the first pass only; all by default"
        case .mode: "in which way it is counted"
        case .who: "one person or account, by the name that records show, or by an id"
        case .asOf: "with what was known at this instant"
        case .until: "as of this instant, with what is known today"
        }
    }
}
