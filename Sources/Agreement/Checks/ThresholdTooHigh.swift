internal import Findings
internal import Vocabulary

extension Check {
    static let thresholdTooHigh = Check(
        "threshold-too-high", .error,
        finds: """
            A threshold of a grade or condition above the highest score anybody can have: the best set of fit rules that can \
            match together, and, where every rule of the engagement has at_most, what it can add up to.
            """
    ) { checked in
        let highest = HighestScores(of: checked.agreement.scoring)
        return grades(checked.agreement, highest) + conditions(checked.agreement, highest)
    }

    private static func grades(_ agreement: Agreement, _ highest: HighestScores) -> [Concern] {
        guard let fit = highest.fit else { return [] }
        return agreement.scoring.fit.grades.filter { $0.from.value > fit }.map { grade in
            Concern(
                at: grade.from.place,
                "Nobody can have grade \(grade.name): it needs a fit of \(grade.from.value), and the rules give at most \(fit).",
                remedy: "Lower the threshold, or give more points.", example: "grades: {\(grade.name): \(fit)}",
                related: agreement.scoring.fit.rules.map(\.points.place))
        }
    }

    private static func conditions(_ agreement: Agreement, _ highest: HighestScores) -> [Concern] {
        let clauses =
            agreement.stages.flatMap(\.enter.all) + agreement.singleConditions.map(\.clause)
            + agreement.routing.rules.map(\.when)
            + agreement.detours.flatMap { $0.returns?.all ?? [] }
        return clauses.flatMap { clause in
            clause.value.thresholds.compactMap { threshold in
                let limit = threshold.score == .fit ? highest.fit : highest.engagement
                guard let limit, threshold.exceeds(limit) else { return nil }
                return Concern(
                    at: clause.place, span: threshold.span,
                    "This is never true: \(threshold.score.words) comes to \(limit) at most.",
                    remedy: "Lower the threshold, or give more points.",
                    example: "\(threshold.score.words) >= \(limit)")
            }
        }
    }
}

/// A score that has to be at least, or more than, so many points.
private struct Threshold {
    let score: ScoreName
    let points: Points
    let isExclusive: Bool
    let span: Range<Int>

    func exceeds(_ limit: Points) -> Bool { points > limit || (isExclusive && points == limit) }
}

extension Condition {
    /// Wherever in the condition one stands, unless it is negated.
    fileprivate var thresholds: [Threshold] {
        switch node {
        case .all(let parts), .any(let parts): parts.flatMap(\.thresholds)
        case .compares(let left, let comparison, let right):
            threshold(left, comparison, right) ?? threshold(right, comparison.mirrored, left) ?? []
        case .between(let term, let low, _): threshold(term, .atLeast, low) ?? []
        default: []
        }
    }

    private func threshold(_ term: Term, _ comparison: Comparison, _ value: Term) -> [Threshold]? {
        guard case .score(let score) = term.node, let points = value.order,
            [.atLeast, .greater, .equal].contains(comparison)
        else { return nil }
        let isExclusive = comparison == .greater
        return [Threshold(score: score, points: Points(micropoints: points), isExclusive: isExclusive, span: span)]
    }
}
