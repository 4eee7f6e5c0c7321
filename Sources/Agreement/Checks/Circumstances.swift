internal import Vocabulary

/// What conditions can be true under an agreement: scores no higher than its rules allow, an acceptance or
/// rejection only where somebody is handed over.
struct Circumstances {
    private let start: Situation

    init(of agreement: Agreement) {
        var start = Situation()
        start.hasHandOvers = agreement.stages.contains { $0.handOver != nil }
        let highest = HighestScores(of: agreement.scoring)
        for (score, points) in [(ScoreName.fit, highest.fit), (.engagement, highest.engagement)] {
            guard let points else { continue }
            let limit = Term(.literal(.number(Number(mantissa: points.micropoints, scale: 6))), .number)
            let claim = Claim(node: .compares(Term(.score(score), .number), .greater, limit), holds: false)
            _ = start.admits(claim)
        }
        self.start = start
    }

    /// For conditions alone.
    init() { start = Situation() }

    /// `false` only where no facts whatever make it true.
    func canHold(_ condition: Condition) -> Bool { canAllHold([condition]) }

    /// `true` only where at least one of the others holds whenever it does.
    func implies(_ condition: Condition, anyOf others: [Condition]) -> Bool {
        !others.isEmpty && !canAllHold([condition] + others.map { Condition(.not($0)) })
    }

    func canAllHold(_ conditions: [Condition]) -> Bool {
        var steps = Self.mostSteps
        return canHold(conditions.map { ($0, true) }[...], start, &steps)
    }

    /// After so many steps a condition is taken for possible. Conditions that people write take some dozens.
    private static let mostSteps = 20_000

    /// Tries every branch of every `or` until one goes through without a contradiction.
    private func canHold(
        _ open: ArraySlice<(condition: Condition, holds: Bool)>, _ situation: Situation, _ steps: inout Int
    ) -> Bool {
        var (open, situation) = (open, situation)
        var forks: [(parts: [Condition], holds: Bool)] = []
        while let (condition, holds) = open.popFirst() {
            steps -= 1
            guard steps > 0 else { return true }
            switch (condition.node, holds) {
            case (.always, true): continue
            case (.always, false): return false
            case (.not(let inner), _): open.append((inner, !holds))
            case (.all(let parts), true), (.any(let parts), false): open += parts.map { ($0, holds) }
            case (.any(let parts), true), (.all(let parts), false): forks.append((parts, holds))
            default: guard situation.admits(Claim(node: condition.node, holds: holds)) else { return false }
            }
        }
        guard let fork = forks.popLast() else { return true }
        let rest = forks.map { (Condition($0.holds ? .any($0.parts) : .all($0.parts)), $0.holds) }
        return fork.parts.contains { part in canHold([(part, fork.holds)] + rest, situation, &steps) }
    }
}
