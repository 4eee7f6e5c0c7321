internal import Vocabulary

/// What a condition may speak of, depending on the clause it stands in.
enum ConditionScope: Hashable {
    /// All about a person now: stages, detours, alerts.
    case person
    /// What somebody is, apart from any score: fit, segments, consent.
    case profile
    /// What is known when a hand-over is routed: profile, scores, stage.
    case routing
    /// One deal.
    case deal
    /// One deal while its kind is still being found out.
    case dealKind

    var hasFields: Bool { self == .person || self == .profile || self == .routing }
    var hasScores: Bool { self == .person || self == .routing }
    var isAboutDeals: Bool { self == .deal || self == .dealKind }

    /// For messages: what the scope is about.
    var words: String {
        switch self {
        case .person: "a person"
        case .profile: "what somebody is"
        case .routing: "routing"
        case .deal, .dealKind: "a deal"
        }
    }
}

/// Every name of the agreement that conditions may use.
struct ConditionNames {
    var fields: [(name: String, type: ValueType)] = []
    var activities: [String] = []
    var stages: [String] = []
    var grades: [String] = []
    var purposes: [String] = []
    var pipelines: [String] = []
    /// Open, won and lost ones of all pipelines.
    var dealStages: [String] = []
    var dealKinds: [String] = []
    var promises: [String] = PromiseName.allCases.map(\.rawValue)
}

extension ConditionNames {
    /// The terms of a scope by name, for looking up and for suggestions.
    func terms(in scope: ConditionScope) -> [(name: String, node: Term.Node, type: ValueType)] {
        var terms: [(name: String, node: Term.Node, type: ValueType)] = []
        if scope.hasFields { terms += fields.map { ($0.name, .field($0.name), $0.type) } }
        if scope.hasScores { terms += scoreTerms }
        if scope == .person { terms.append(("pass", .pass, .number)) }
        if scope.isAboutDeals { terms += dealTerms.filter { scope == .deal || $0.name != "kind" } }
        return terms + [("today", .today, .date)]
    }

    /// The terms about a person that every agreement has, which no field may be called.
    var builtInTerms: Set<String> {
        var fieldless = self
        fieldless.fields = []
        return Set(fieldless.terms(in: .person).map(\.name))
    }

    private var scoreTerms: [(name: String, node: Term.Node, type: ValueType)] {
        ScoreName.allCases.map { ($0.rawValue, .score($0), .number) } + [
            ("grade", .grade, .choice(grades)), ("stage", .stage, .choice(stages)),
        ]
    }

    private var dealTerms: [(name: String, node: Term.Node, type: ValueType)] {
        [
            ("pipeline", .deal(.pipeline), .choice(pipelines)), ("stage", .deal(.stage), .choice(dealStages)),
            ("kind", .deal(.kind), .choice(dealKinds)), ("amount", .deal(.amount), .money),
            ("close_date", .deal(.closeDate), .date),
        ]
    }
}

/// What is declared about properties of a touch; those of other facts are whatever they are compared with.
let touchProperties: [(name: String, type: ValueType)] = [
    ("channel", .choice(Channel.allCases.map(\.rawValue))), ("direction", .choice(["outward", "inward"])),
    ("outcome", .text), ("automatic", .yesNo),
]

extension FieldType {
    var valueType: ValueType {
        switch self {
        case .text, .phone: .text
        case .email: .email
        case .country: .country
        case .integer, .number: .number
        case .date: .date
        case .money: .money
        case .yesNo: .yesNo
        case .choice(let values): .choice(values)
        }
    }
}
