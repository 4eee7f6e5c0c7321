internal import Engine
public import Vocabulary

// Why a condition does not hold, said so that somebody can do something about it:
//
//     engagement 31.2 of 50: 18.8 missing          a webinar (+20) would do
//     country is not known                         fill it in
//     2 of 3 pricing visits within 14 days         one more would do; the oldest counts until 2026-03-14 09:30

/// What keeps a condition from holding.
public indirect enum Shortfall: Hashable, Sendable {
    /// Each of these is missing.
    case all([Shortfall])
    /// Any of these would do.
    case oneOf([Shortfall])
    case missing(Missing)

    public struct Missing: Hashable, Sendable {
        /// What the agreement asks for, in its own words.
        public let condition: String
        /// What was found instead, and by how much it falls short.
        public let found: String
        /// What would change it; `nil` where nobody can say.
        public let remedy: String?
    }
}

extension Shortfall {
    /// One sentence for a line of a table.
    public var sentence: String {
        switch self {
        case .all(let parts): parts.map(\.sentence).joined(separator: "; ")
        case .oneOf(let parts): parts.map(\.sentence).joined(separator: ", or ")
        case .missing(let missing): missing.found
        }
    }

    /// Indented lines, what would do behind a dash.
    public var lines: [String] {
        switch self {
        case .all(let parts): parts.flatMap(\.lines)
        case .oneOf(let parts):
            ["any one of these would do:"]
                + parts.flatMap { part in
                    part.lines.enumerated().map { ($0.offset == 0 ? "  * " : "    ") + $0.element }
                }
        case .missing(let missing): [missing.found + (missing.remedy.map { " – \($0)" } ?? "")]
        }
    }
}

extension ConditionExplainer {
    /// What keeps a condition from holding; `nil` where it holds.
    public func shortfall(of condition: Condition) -> Shortfall? {
        let explained = explain(condition)
        return explained.holds ? nil : shortfall(of: explained)
    }

    func shortfall(of explained: ExplainedCondition) -> Shortfall {
        switch explained.condition.node {
        case .all:
            let failing = explained.parts.filter { !$0.holds }.map { shortfall(of: $0) }
            return failing.count == 1 ? failing[0] : .all(failing)
        case .any: return .oneOf(explained.parts.map { shortfall(of: $0) })
        case .not(let inner): return .missing(unwanted(inner, explained))
        default:
            return .missing(
                .init(
                    condition: explained.condition.text, found: found(explained), remedy: remedy(explained)))
        }
    }

    /// A negation fails because what it denies is so.
    private func unwanted(_ inner: Condition, _ explained: ExplainedCondition) -> Shortfall.Missing {
        .init(
            condition: explained.condition.text, found: "it is so that \(inner.inWords), and it must not be",
            remedy: nil)
    }
}

// What was found.

extension ConditionExplainer {
    private func found(_ explained: ExplainedCondition) -> String {
        switch explained.condition.node {
        case .compares(let left, let comparison, let right): compared(left, comparison, right, explained.values)
        case .between(let term, let low, let high): outside(term, low, high, explained.values)
        case .isOneOf(let term, let literals):
            unknownTerm(in: [term]) ?? "\(subject(term)) is \(shown(explained.values[0])), not \(listed(literals))"
        case .matches(let term, let pattern):
            unknownTerm(in: [term])
                ?? "\(subject(term)) is \(shown(explained.values[0])), which does not read like \(quoted(pattern))"
        case .isKnown(let term): "\(subject(term)) is not known"
        case .isFreeMail(let term):
            unknownTerm(in: [term]) ?? "\(shown(explained.values[0])) is not at a free mail provider"
        case .isTrue(let term): unknownTerm(in: [term]) ?? "\(subject(term)) is no"
        case .happened(let happening, let count, let window):
            happenedTooSeldom(happening, count, window, explained.counted)
        case .accountInTargets: "the account is not on the list of target accounts"
        case .accountHasOpenDeal(nil): "the account has no open deal"
        case .accountHasOpenDeal(let above?): "the account has no open deal above \(above.words)"
        case .accountHasOpenHandOver: "nobody else of the account is handed over and open"
        case .dealIsOpen: "the deal is not open"
        case .inPeriod(let term): "\(subject(term)) lies in no period that is asked about"
        case .missed(let promise): "the promise to \(promise.rawValue) was not missed in this pass"
        case .always, .not, .all, .any: explained.condition.inWords
        }
    }

    private func compared(
        _ left: Term, _ comparison: Comparison, _ right: Term, _ values: [TermValue?]
    ) -> String {
        if let unknown = unknownTerm(in: [left, right]) { return unknown }
        guard let a = values[0], let b = values[1] else { return "\(subject(left)) cannot be computed" }
        let (is_, limit) = (shown(a), shown(b))
        guard left.type.isOrdered, a.text == nil else {
            return "\(subject(left)) is \(is_), \(comparison == .notEqual ? "and must not be" : "not \(limit)")"
        }
        let gap = TermValue.difference(a, b)
        return switch comparison {
        case .atLeast where isScore(left): "\(subject(left)) \(is_) of \(limit): \(shown(gap, roundedUp: true)) missing"
        case .atLeast: "\(subject(left)) is \(is_), \(shown(gap, roundedUp: true)) \(short(a)) of \(limit)"
        case .greater: "\(subject(left)) is \(is_) and must be more than \(limit)"
        case .atMost: "\(subject(left)) is \(is_), \(shown(gap, roundedUp: true)) more than \(limit)"
        case .less: "\(subject(left)) is \(is_) and must be less than \(limit)"
        case .equal: "\(subject(left)) is \(is_), not \(limit)"
        case .notEqual: "\(subject(left)) is \(is_), and must not be"
        }
    }

    private func short(_ value: TermValue) -> String { if case .date = value { "before" } else { "short" } }

    private func outside(_ term: Term, _ low: Term, _ high: Term, _ values: [TermValue?]) -> String {
        if let unknown = unknownTerm(in: [term, low, high]) { return unknown }
        guard let value = values[0], let a = values[1], let b = values[2] else {
            return "\(subject(term)) cannot be computed"
        }
        if value.bits < a.bits {
            return
                "\(subject(term)) is \(shown(value)), \(shown(.difference(value, a), roundedUp: true)) below \(shown(a))"
        }
        return "\(subject(term)) is \(shown(value)), \(shown(.difference(value, b), roundedUp: true)) above \(shown(b))"
    }

    private func happenedTooSeldom(
        _ happening: Happening, _ count: Int, _ window: Budget?, _ counted: [CountedFact]
    ) -> String {
        let limit = window.map { " within \($0)" } ?? (since == .detour ? " since then" : " in this pass")
        let what = happening.noun
        guard counted.isEmpty else { return "\(counted.count) of \(count) times \(what)\(limit)" }
        let last = compiled.happenings[happening].flatMap { person.occurrences(of: $0, since: since).first }
        let before = last.map { "; the last was on \(shown($0.instant))" } ?? "; there never was one"
        return count == 1 ? "no \(what)\(limit)\(before)" : "0 of \(count) times \(what)\(limit)\(before)"
    }

    /// `country is not known`: the first of the terms, or of their parts, without a value.
    private func unknownTerm(in terms: [Term]) -> String? {
        let base = agreement.company.currencies.base.value
        for part in terms.flatMap(\.parts) where value(of: part, part.currency ?? base) == nil {
            switch part.node {
            case .timeSince(let activity): return "there never was \(activity.spaced.withArticle)"
            case .timeIn(let stage): return "stage \(stage) was not entered in this pass"
            case .grade: return "no grade is reached: \(fitInWords)"
            case .stage: return "no stage is reached yet"
            case .field where part.type == .money && hasAnyValue(part):
                return "\(subject(part)) is in another currency"
            default: return "\(subject(part)) is not known"
            }
        }
        return nil
    }

    private func hasAnyValue(_ term: Term) -> Bool {
        guard case .field(let name) = term.node,
            let index = agreement.fields.firstIndex(where: { $0.name == name })
        else { return false }
        return person.value(of: .field(Int32(index))) != nil
    }

    private var fitInWords: String {
        let lowest = agreement.scoring.fit.grades.last.map {
            "; \($0.name) begins at \(shown(.number($0.from.value.micropoints)))"
        }
        return "the fit is \(shown(.number(person.fit.micropoints)))" + (lowest ?? "")
    }

    private func isScore(_ term: Term) -> Bool { if case .score = term.node { true } else { false } }
    var agreement: Agreement { compiled.agreement }
}

// Words for values.

extension ConditionExplainer {
    func subject(_ term: Term) -> String {
        switch term.node {
        case .field(let name), .property(let name): name.spaced
        case .score(let score): score.rawValue
        case .grade: "grade"
        case .stage: "stage"
        case .pass: "pass"
        default: term.inWords
        }
    }

    private func listed(_ literals: [Literal]) -> String {
        let names = literals.map(\.text)
        return names.count == 1 ? names[0] : "one of \(names.joined(separator: ", "))"
    }

    private func shown(_ value: TermValue?) -> String { value.map { shown($0) } ?? "not known" }

    /// Scores and numbers to one decimal, rounded down as everywhere; what is missing is rounded up, so that both add up.
    func shown(_ value: TermValue, roundedUp: Bool = false) -> String {
        switch value {
        case .number(let bits): bits.tenths(roundedUp: roundedUp)
        case .money(let units, let currency): Money(minorUnits: units, currency: currency).words
        case .duration(let milliseconds): milliseconds.inLargeUnits
        case .date(let days): CivilDate(daysSinceEpoch: Int32(clamping: days)).description
        case .text(let text): text
        case .yesNo(let flag): flag ? "yes" : "no"
        }
    }

    func shown(_ instant: Instant) -> String { instant.onTheWall(in: agreement.zone) }
}

extension TermValue {
    /// How far apart two values of one kind are.
    fileprivate static func difference(_ a: TermValue, _ b: TermValue) -> TermValue {
        let gap = Int64(clamping: (Int128(a.bits) - Int128(b.bits)).magnitude)
        return switch a {
        case .number, .text, .yesNo: .number(gap)
        case .money(_, let currency): .money(gap, currency)
        case .duration: .duration(gap)
        case .date: .duration(Int64(clamping: Int128(gap) * 86_400_000))
        }
    }
}

extension Term {
    /// Itself, or what it is computed from.
    fileprivate var parts: [Term] {
        if case .arithmetic(let left, _, let right) = node { return left.parts + right.parts }
        return [self]
    }
}

extension Int64 {
    /// Of millionths: `31.2`, `50`.
    func tenths(roundedUp: Bool) -> String {
        let (whole, rest) = quotientAndRemainder(dividingBy: 100_000)
        let tenths = rest == 0 ? whole : roundedUp ? (self > 0 ? whole + 1 : whole) : (self < 0 ? whole - 1 : whole)
        return Number(mantissa: tenths, scale: 1).description
    }

    /// Of milliseconds, in the two largest units: `12 days 4 hours`.
    var inLargeUnits: String {
        var rest = magnitude
        var parts: [String] = []
        for (name, unit) in [("day", 86_400_000), ("hour", 3_600_000), ("minute", 60_000), ("second", 1000)]
            as [(String, UInt64)]
        {
            let count = rest / unit
            rest %= unit
            if count > 0 { parts.append("\(count) \(name)\(count == 1 ? "" : "s")") }
        }
        return parts.isEmpty ? "less than a second" : parts.prefix(2).joined(separator: " ")
    }
}

extension Instant {
    /// What date and clock show in a zone, to the minute: `2026-03-14 09:30`.
    public func onTheWall(in zone: Zone) -> String {
        let local = zone.civil(at: self)
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return "\(local.date) \(two(local.time.hour)):\(two(local.time.minute))"
    }
}
