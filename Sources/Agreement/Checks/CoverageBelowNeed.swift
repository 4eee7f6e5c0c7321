internal import Findings
internal import Vocabulary

extension Check {
    static let coverageBelowNeed = Check(
        "coverage-below-need", .warning,
        finds: """
            A coverage multiple that cannot fill the quota at the win rate of the plan, even where the rate is better by the \
            tolerance of the alarm: need = 1 / (win rate × (1 + tolerance)). Exceptions for a team are taken as decided.
            """
    ) { checked in
        let plan = checked.agreement.plan
        guard let best = plan.winRate?.all.map(\.value).max(), best.millionths > 0 else { return [] }
        let tolerance = plan.alarm?.tolerance.value ?? Defaults.tolerance
        let multiples =
            [checked.agreement.pipeline.coverage?.multiple].compactMap { $0 }
            + (checked.agreement.promises.marketing.coverage?.all ?? []).map(\.atLeast)
        return multiples.filter { $0.value.isBelowNeed(winRate: best, tolerance: tolerance) }.map { multiple in
            Concern(
                at: multiple.place,
                "A multiple of \(multiple.value) fills \(multiple.value.filled(winRate: best).words) of the quota at a win rate of \(best.words).",
                remedy: "Ask for about one divided by the win rate.",
                related: plan.winRate?.all.map(\.place) ?? [])
        }
    }
}

extension Number {
    private var millionths: Int128 { (try? Points(self)).map { Int128($0.micropoints) } ?? Int128(Int64.max) }

    fileprivate func isBelowNeed(winRate: Share, tolerance: Share) -> Bool {
        let million: Int128 = 1_000_000
        return millionths * Int128(winRate.millionths) * (million + Int128(tolerance.millionths)) < million * million
            * million
    }

    fileprivate func filled(winRate: Share) -> Share {
        Share(millionths: Int64(millionths * Int128(winRate.millionths) / 1_000_000 / 1000 * 1000))
    }
}
