import Engine
import Findings
import Testing
import Vocabulary

@testable import Agreement

/// An agreement with a name of every kind that conditions may use.
let namesYAML = """
    company: N
    fields:
      email: {type: email}
      company: {type: text}
      employees: {type: integer}
      country: {type: country}
      level: {type: choice, of: [vp, director, staff]}
      seen: {type: date}
      partner: {type: yes_no}
      budget: {type: money}
    deals:
      pipelines: {new: {open: [Proposal, Renewal due], won: [Closed Won], lost: [Closed Lost]}}
      kind: {new: type = 'New Business', expansion: type = 'Expansion'}
    activities:
      pricing_visit: page where path matches '/pricing*'
      demo_request: event = 'Form Submitted' where form = 'Request a demo'
      call: touch where channel = call
    scoring: {fit: {rules: [{when: partner, points: 5}], grades: {A: 40, B: 20, C: 0}}}
    stages:
      lead: {side: marketing, enter: email is known}
      mql: {side: marketing, enter: engagement >= 50}
    consent: {purposes: {marketing_email: {channel: email}}}

    """

let namesAgreement = read(namesYAML).agreement

/// The names of that agreement.
let conditionNames: ConditionNames = {
    let text = SourceText(file: "names.yaml", bytes: Array(namesYAML.utf8))
    var reader = AgreementReader(text: text, surroundings: surroundings())
    _ = reader.agreement()
    return reader.names
}()

func check(_ text: String, _ scope: ConditionScope = .person) -> ConditionReading<Condition> {
    ConditionCheck.condition(text, scope, conditionNames)
}

/// The same numbers for the same seed: SplitMix64.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func pick<T>(_ values: T...) -> T { values.randomElement(using: &self)! }
    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}

extension Seeded {
    /// A well-typed condition about a person.
    mutating func condition(_ depth: Int = 3) -> String {
        guard depth > 0, below(3) > 0 else { return test() }
        switch below(4) {
        case 0: return "not \(condition(depth - 1))".parenthesised(below(2) == 0)
        case 1: return "(\(condition(depth - 1)) and \(condition(depth - 1)))"
        case 2: return "(\(condition(depth - 1)) or \(condition(depth - 1)) or \(condition(depth - 1)))"
        default: return "(\(condition(depth - 1)))"
        }
    }

    private mutating func test() -> String {
        let comparison = pick("=", "!=", "<", "<=", ">", ">=")
        switch below(20) {
        case 0: return "\(number()) \(comparison) \(number())"
        case 1: return "employees between \(below(300)) and \(300 + below(900))"
        case 2: return "country in (DE, AT, \(pick("NO", "GB", "US")))"
        case 3: return "country \(pick("=", "!=")) \(pick("DE", "NO", "FR"))"
        case 4: return "level \(pick("=", "!=")) \(pick("vp", "director", "staff"))"
        case 5: return "company matches '\(pick("*", "a*", "*gmbh*", "*b*c", "it''s*", "acme"))'"
        case 6: return "\(pick("email", "company", "employees", "level", "seen")) is known"
        case 7: return "email is free_mail"
        case 8: return "partner" + pick("", " = yes", " != yes", " = no")
        case 9:
            return activity() + pick("", " at least \(1 + below(4)) times") + pick("", " within \(1 + below(30)) days")
        case 10: return pick("accepted", "recycled", "meeting held", "deal won", "qualify missed", "accepted at mql")
        case 11: return pick("account in targets", "account has open hand_over", "account has open deal")
        case 12: return "account has open deal above \(1 + below(200))k EUR"
        case 13: return "seen \(comparison) \(pick("2026-02-09", "today", "today - \(1 + below(60)) days"))"
        case 14: return "time since \(activity()) \(comparison) \(1 + below(60)) \(pick("days", "hours"))"
        case 15: return "time in \(pick("lead", "mql")) \(comparison) \(1 + below(60)) days * \(1 + below(3))"
        case 16: return "grade in (\(pick("A", "B")), C)"
        case 17: return "stage \(pick("=", "!=")) \(pick("lead", "mql"))"
        case 18: return "budget \(comparison) \(1 + below(99))k EUR"
        default: return "employees in (\(below(500)), \(below(500)))"
        }
    }

    private mutating func activity() -> String { pick("pricing_visit", "demo_request", "call") }

    private mutating func number(_ depth: Int = 2) -> String {
        let name = pick("engagement", "fit", "employees", "pass")
        guard depth > 0, below(3) == 0 else { return name }
        let other = below(2) == 0 ? number(depth - 1) : "\(below(40)).\(below(100))"
        return "(\(name) \(pick("+", "-", "*", "/")) \(other))"
    }
}

extension String {
    fileprivate func parenthesised(_ wanted: Bool) -> String { wanted ? "(\(self))" : self }
}
