internal import Vocabulary

/// The most points anybody can have; `nil` where there is no limit, or none that can be shown.
struct HighestScores {
    let fit: Points?
    let engagement: Points?

    init(of scoring: Scoring) {
        fit = HighestScores.fit(scoring.fit)
        engagement = HighestScores.engagement(scoring.engagement)
    }

    /// The best of all sets of rules that can match one person together. With more than ten rules that give points it is
    /// their sum, whether or not they can match together: that may be too high, never too low.
    private static func fit(_ fit: Fit) -> Points? {
        let giving = fit.rules.filter { $0.points.value > .zero }
        guard giving.count <= 10 else { return sum(giving.map(\.points.value)) }
        var best = Points.zero
        for set in 0..<(1 << giving.count) {
            let chosen = giving.indices.filter { set >> $0 & 1 == 1 }.map { giving[$0] }
            guard let total = sum(chosen.map(\.points.value)) else { return nil }
            if total > best, Circumstances().canAllHold(chosen.map(\.when.value)) { best = total }
        }
        return best
    }

    /// Only a rule with `at_most` is bounded: n within w, again and again, come to n · points · Σ 2^(−k·w/h) for k = 0, 1, …
    /// = n · points / (1 − 2^(−w/h)), which is at most n · points · (1 + h / (w · ln 2)) because 2^x ≥ 1 + x · ln 2.
    private static func engagement(_ engagement: Engagement) -> Points? {
        let giving = engagement.rules.filter { $0.points.value > .zero }
        if giving.isEmpty { return .zero }
        guard let halfLife = engagement.halfLife.all.compactMap(\.value.physicalMilliseconds).max() else { return nil }
        let bounds = giving.map { bound($0, halfLife: halfLife) }
        let known = bounds.compactMap { $0 }
        return known.count == bounds.count ? sum(known) : nil
    }

    private static func bound(_ rule: EngagementRule, halfLife: Int64) -> Points? {
        guard let cap = rule.atMost?.value, let window = cap.window.physicalMilliseconds else { return nil }
        let burst = Int128(rule.points.value.micropoints) * Int128(cap.count)
        // 1 / ln 2 is a little less than 1.442696.
        let before = burst * Int128(halfLife) * 1_442_696 / (Int128(window) * 1_000_000) + 1
        return Int64(exactly: burst + before).map(Points.init(micropoints:))
    }

    private static func sum(_ points: [Points]) -> Points? {
        try? points.reduce(.zero) { try $0.adding($1) }
    }
}

extension Budget {
    var physicalMilliseconds: Int64? {
        if case .physical(let time) = measure { time.milliseconds } else { nil }
    }
}
