internal import Engine
internal import Vocabulary

// What would make a part of a condition hold, told from the agreement itself: an activity with enough points, a fact that is
// counted, a field to be filled in, a time to wait for.

extension ConditionExplainer {
    /// `nil` where nobody can say.
    func remedy(_ explained: ExplainedCondition) -> String? {
        switch explained.condition.node {
        case .compares(let left, let comparison, _): compared(left, comparison, explained.values)
        case .isOneOf(let term, let literals):
            if case .grade = term.node { gradeRemedy(literals) } else { fillIn([term]) }
        case .matches(let term, _), .isKnown(let term), .isTrue(let term), .isFreeMail(let term): fillIn([term])
        case .between(let term, _, _): fillIn([term])
        case .happened(let happening, let count, let window):
            oneMore(happening, count, window, explained.counted)
        case .accountInTargets: "put the account on the list in targets"
        case .accountHasOpenDeal: "a deal with the account would do"
        default: nil
        }
    }

    private func compared(_ left: Term, _ comparison: Comparison, _ values: [TermValue?]) -> String? {
        guard comparison == .atLeast || comparison == .greater, let a = values[0], let b = values[1] else {
            return fillIn([left])
        }
        let missing = Int64(clamping: Int128(b.bits) - Int128(a.bits)) + (comparison == .greater ? 1 : 0)
        switch left.node {
        case .score(.engagement): return engagementRemedy(missing)
        case .score(.fit): return fitRemedy(missing)
        case .timeSince, .timeIn:
            return "time alone does it: on \(shown(person.instant + Elapsed(milliseconds: missing)))"
        default: return fillIn([left])
        }
    }

    /// Nobody's field says what is asked for: whoever owns it can correct it.
    private func fillIn(_ terms: [Term]) -> String? {
        for term in terms {
            guard case .field(let name) = term.node, let field = agreement.field(named: name) else { continue }
            let base = agreement.company.currencies.base.value
            let verb = value(of: term, base) == nil ? "fill it in" : "correct it if it is wrong"
            return field.owner.map { "\(verb) (\($0.value.words) owns it)" } ?? verb
        }
        return nil
    }
}

// Points.

extension ConditionExplainer {
    private struct Way {
        let text: String
        let times: Int64
        let points: Int64
    }

    /// The activities that would bring so many points at once, the fewest first.
    private func engagementRemedy(_ missing: Int64) -> String? {
        let rules = agreement.scoring.engagement.rules.enumerated().filter { $0.element.points.value > .zero }
        var (ways, limits): ([Way], [String]) = ([], [])
        for (number, rule) in rules {
            let points = rule.points.value.micropoints
            let times = (missing + points - 1) / points
            switch person.room(inRule: number) {
            case .full(let until):
                limits.append("\(rule.activity.value.spaced) counts again from \(shown(until))")
                continue
            case .more(let room) where Int64(room) < times: continue
            default: ways.append(way(rule, times))
            }
        }
        guard !ways.isEmpty else {
            let first = "no single activity is enough"
            return rules.isEmpty ? nil : ([first] + limits.prefix(2)).joined(separator: "; ")
        }
        let best = ways.sorted { ($0.times, -$0.points, $0.text) < ($1.times, -$1.points, $1.text) }.prefix(3)
        return best.map(\.text).listed("or") + " would do"
    }

    private func way(_ rule: EngagementRule, _ times: Int64) -> Way {
        let points = rule.points.value
        let name = rule.activity.value.spaced
        let count = times == 1 ? name.withArticle : "\(times) times \(name.withArticle)"
        let fresh = rule.oncePer.map { " with a new \($0.value)" } ?? ""
        return Way(text: "\(count)\(fresh) (+\(points))", times: times, points: points.micropoints)
    }

    private func gradeRemedy(_ literals: [Literal]) -> String? {
        let wanted = literals.compactMap { literal in
            agreement.scoring.fit.grades.last { if case .name($0.name) = literal { true } else { false } }
        }
        guard let lowest = wanted.map(\.from.value).min(),
            let name = wanted.last(where: { $0.from.value == lowest })?.name
        else { return nil }
        let missing = lowest.micropoints - person.fit.micropoints
        guard missing > 0 else { return "the fit is \(shown(.number(person.fit.micropoints))), too high for \(name)" }
        let gap =
            "fit \(shown(.number(person.fit.micropoints))) of \(shown(.number(lowest.micropoints))) for \(name): "
            + "\(shown(.number(missing), roundedUp: true)) missing"
        return fitRemedy(missing).map { "\(gap); \($0)" } ?? gap
    }

    /// The rules of the fit that would bring so many points, each alone.
    private func fitRemedy(_ missing: Int64) -> String? {
        let parts = zip(agreement.scoring.fit.rules, person.fitParts).filter { !$0.1.holds && $0.1.points > .zero }
        let enough = parts.filter { $0.1.points.micropoints >= missing }
        if !enough.isEmpty {
            return enough.prefix(3).map { "\($0.0.when.value.inWords) (+\($0.1.points))" }.listed("or") + " would do"
        }
        let all = parts.reduce(Int64(0)) { $0 + $1.1.points.micropoints }
        guard all >= missing else { return "the rules of the fit cannot bring so many points" }
        return "together " + parts.map { "\($0.0.when.value.inWords) (+\($0.1.points))" }.listed("and") + " would do"
    }
}

// Happenings.

extension ConditionExplainer {
    private func oneMore(
        _ happening: Happening, _ count: Int, _ window: Budget?, _ counted: [CountedFact]
    ) -> String {
        let missing = count - counted.count
        let more = counted.isEmpty && missing == 1 ? happening.wanted : "\(missing) more would do"
        guard let window, let oldest = counted.last else { return more }
        return "\(more); the oldest counts until \(shown(oldest.instant + window.physical))"
    }
}

extension Happening {
    /// `pricing visit`, `acceptance`, `meeting held`.
    var noun: String {
        switch node {
        case .activity(let name): name.spaced
        case .event, .page, .touch: inWords
        case .meeting(let change): "meeting \(change.rawValue)"
        case .consent(let change, let purpose): "consent \(change.rawValue) for \(purpose.spaced)"
        case .deal(.enters(let stage)): "deal entering \(stage)"
        case .deal(let change): "deal \(change.text)"
        case .verdict(let word, let stage): word.noun + (stage.map { " at \($0)" } ?? "")
        case .any(let parts): parts.map(\.noun).joined(separator: " or ")
        }
    }

    /// What has to happen.
    fileprivate var wanted: String {
        switch node {
        case .verdict(.accepted, _): "it takes the owner's acceptance"
        case .verdict(let word, _): "it takes \(word.noun.withArticle)"
        case .any: "one of them would do"
        default: "\(noun.withArticle) would do"
        }
    }
}

extension VerdictWord {
    fileprivate var noun: String {
        switch self {
        case .accepted: "acceptance"
        case .rejected: "rejection"
        case .recycled: "return to marketing"
        case .disqualified: "disqualification"
        case .disputed: "dispute"
        }
    }
}

extension String {
    /// `a webinar`, `an acceptance`.
    var withArticle: String {
        if hasPrefix("a ") || hasPrefix("an ") { return self }
        return (first.map { "aeiouAEIOU".contains($0) } ?? false ? "an " : "a ") + self
    }
}
