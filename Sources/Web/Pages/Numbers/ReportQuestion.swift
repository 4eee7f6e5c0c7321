internal import HTTPTypes
internal import Reports

/// A report as it is asked for by an address.
struct ReportQuestion: Sendable {
    let definition: ReportDefinition
    /// As it was said, also what cannot be understood.
    let request: ReportRequest

    init(_ definition: ReportDefinition, _ query: FormFields) {
        self.definition = definition
        let said = ReportOption.allCases.flatMap { option in
            query.said(option.rawValue).map { (option, $0) }
        }
        request = ReportRequest(definition.name, said)
    }

    init(_ definition: ReportDefinition, _ request: ReportRequest) {
        (self.definition, self.request) = (definition, request)
    }

    func saying(_ option: ReportOption, _ text: String?) -> ReportQuestion {
        ReportQuestion(definition, request.saying(option, text))
    }

    var path: String { definition.path(request) }
}

extension ReportDefinition {
    func takes(_ option: ReportOption) -> Bool {
        options.contains(option) || option == .asOf || option == .until || option == .mode && !modes.isEmpty
    }

    /// Where the report stands among the pages.
    var room: String { name == ReportRooms.scoreboard ? "/scoreboard" : "/reports/\(name)" }

    func path(_ request: ReportRequest) -> String {
        Link(room, request.options.map { ($0.option.rawValue, $0.text) }).text
    }
}

enum ReportRooms {
    static let scoreboard = "scoreboard"
}

extension ReportProblem {
    /// The same for somebody who has a form before them, not a command line.
    var onPage: ReportProblem {
        ReportProblem(code, cause.withoutDashes, remedy: remedy.withoutDashes)
    }

    /// What nothing has or nobody can read is no fault in how the question is put together; the rest is.
    var status: HTTPResponse.Status {
        code.hasPrefix("unknown-") || code.hasPrefix("unreadable-") ? .unprocessableContent : .badRequest
    }
}

extension String {
    fileprivate var withoutDashes: String {
        ReportOption.allCases.reduce(self) { text, option in
            text.replacing("--\(option.rawValue)", with: option.label.lowercased())
        }
    }
}

extension ReportOption {
    /// As forms call it.
    var label: String {
        switch self {
        case .period: "Period"
        case .from: "From"
        case .to: "Before"
        case .by: "Told apart by"
        case .segment: "Only"
        case .team: "Team"
        case .kind: "Kind of deal"
        case .start: "From stage"
        case .stage: "To stage"
        case .within: "Within"
        case .passes: "Passes"
        case .mode: "Way of counting"
        case .who: "Who"
        case .asOf: "As known at"
        case .until: "As of"
        }
    }
}
