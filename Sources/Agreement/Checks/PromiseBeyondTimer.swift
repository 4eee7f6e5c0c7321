internal import Findings
internal import Vocabulary

extension Check {
    static let promiseBeyondTimer = Check(
        "promise-beyond-timer", .error,
        finds: """
            A clock that runs on after the lead has been taken away: a response, decision or step of a ladder due after \
            silence was taken for an answer, after the time to qualify that begins with the same hand-over, or after the time \
            in a stage that ends in a detour; attempts that go on after the time to qualify.
            """
    ) { checked in
        let timers = checked.agreement.recycleTimers
        return checked.agreement.promises.sales.clocks.compactMap { clock in
            timers.lazy.compactMap { $0.concern(about: clock) }.first
        }
    }
}

/// A time within which sales owes something, for as long as it has the lead.
private struct OwedClock {
    enum Kind { case answer, step, attempts, qualification }

    let kind: Kind
    /// Whose hand-over or entry starts it; `nil`: any hand-over.
    let stage: String?
    let within: Clause<Budget>
}

extension SalesPromises {
    fileprivate var clocks: [OwedClock] {
        let responses = respond.flatMap(\.all)
        var clocks = responses.map { OwedClock(kind: .answer, stage: $0.to.value, within: $0.within) }
        clocks += responses.flatMap { response in
            response.then.map { OwedClock(kind: .step, stage: response.to.value, within: $0.after) }
        }
        clocks += decide.flatMap(\.all).map { OwedClock(kind: .answer, stage: $0.about.value, within: $0.within) }
        clocks += pursue.flatMap(\.all).map { OwedClock(kind: .attempts, stage: nil, within: $0.over) }
        return clocks
            + qualify.flatMap(\.all).map { OwedClock(kind: .qualification, stage: $0.from.value, within: $0.within) }
    }
}

/// What takes a lead away from sales after a time.
private struct RecycleTimer {
    /// In which stage; empty: wherever the clock runs.
    let stages: [String]
    let kinds: [OwedClock.Kind]
    let limits: [(budget: Budget, place: Place)]
    let what: String

    /// A clock that outlasts every limit; which limit applies to which segment is not looked at.
    func concern(about clock: OwedClock) -> Concern? {
        guard let limit = limits.first, kinds.contains(clock.kind),
            stages.isEmpty || clock.stage.map(stages.contains) ?? (clock.kind == .attempts),
            limits.allSatisfy({ clock.within.value.isSurelyLonger(than: $0.budget) })
        else { return nil }
        return Concern(
            at: clock.within.place, "\(clock.within.value) is longer than \(limit.budget), \(what).",
            remedy: "Promise less time, or make the other longer.", example: "within: \(limit.budget)",
            related: limits.map(\.place))
    }
}

extension Agreement {
    fileprivate var recycleTimers: [RecycleTimer] { [silenceTimer] + qualifyTimers + stageTimers }

    private var silenceTimer: RecycleTimer {
        let silence = verdicts.silence
        return RecycleTimer(
            stages: [], kinds: silence?.means.value == .rejected ? [.answer, .step] : [.answer],
            limits: (silence?.after.all ?? []).map { ($0.value, $0.place) },
            what: "after which silence is taken for an answer")
    }

    private var qualifyTimers: [RecycleTimer] {
        promises.sales.qualify.compactMap { promise in
            let ends = promise.all.filter { $0.otherwise != nil }
            guard ends.count == promise.all.count else { return nil }
            return RecycleTimer(
                stages: ends.map(\.from.value), kinds: [.answer, .step, .attempts],
                limits: ends.map { ($0.within.value, $0.within.place) }, what: "after which the lead goes back")
        }
    }

    /// `enters: time in mql > 10 days`, alone or beside others joined by or.
    private var stageTimers: [RecycleTimer] {
        detours.flatMap { detour in
            detour.enters.all.flatMap { clause in
                clause.value.timesInStages.map { stage, budget in
                    RecycleTimer(
                        stages: [stage],
                        kinds: handsOver(stage) ? [.answer, .step, .attempts, .qualification] : [.qualification],
                        limits: [(budget, clause.place)],
                        what: "after which a person in \(stage) goes to \(detour.name)")
                }
            }
        }
    }

    private func handsOver(_ name: String) -> Bool { stage(named: name)?.handOver != nil }
}

extension Condition {
    fileprivate var timesInStages: [(stage: String, limit: Budget)] {
        switch node {
        case .any(let parts): return parts.flatMap(\.timesInStages)
        case .compares(let left, let comparison, let right):
            if let found = time(left, comparison, right) ?? time(right, comparison.mirrored, left) { return [found] }
            return []
        default: return []
        }
    }

    private func time(_ term: Term, _ comparison: Comparison, _ limit: Term) -> (stage: String, limit: Budget)? {
        guard case .timeIn(let stage) = term.node, [.greater, .atLeast].contains(comparison),
            case .literal(.duration(let budget)) = limit.node
        else { return nil }
        return (stage, budget)
    }
}
