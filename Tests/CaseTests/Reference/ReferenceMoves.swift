import Agreement
import Engine
import Journal
import Vocabulary

// Stages, detours and passes. Detours of the present stage first, then the furthest stage whose `enter` holds, then the detours
// of that stage; each detour at most once at an instant.

extension ReferenceAccount {
    /// `byDeal`: a deal is the unit that is judged; `alsoOn`: a deal that is credited to another.
    mutating func judge(_ person: Int, byDeal: String = "", alsoOn: String = "") {
        guard !isIgnored(person), !states[person].isErased else { return }
        while comeBack(person) || goAway(person) {}
        if states[person].detour.isEmpty { advance(person, byDeal, alsoOn) }
        while goAway(person) || comeBack(person) {
            if states[person].detour.isEmpty { advance(person, "", "") }
        }
        lookAtHandOver(person)
    }

    /// Whether judging somebody now would change anything.
    func wouldMove(_ person: Int) -> Bool {
        var copy = self
        copy.judge(person)
        return copy.told.moves != told.moves || copy.told.handOvers != told.handOvers
    }

    private mutating func advance(_ person: Int, _ byDeal: String, _ alsoOn: String) {
        let present = stageIndex(states[person].stage) ?? -1
        if !byDeal.isEmpty { advance(person, deal: byDeal, present) }
        let stands = stageIndex(states[person].stage) ?? -1
        let furthest = agreed.agreement.stages.indices.last { index in
            index > stands && holds(applying(agreed.agreement.stages[index].enter, to: person).value, person)
        }
        if !alsoOn.isEmpty {
            noteAlsoOn(alsoOn, person)
            if let furthest { stand(at: furthest, person) }
        } else if let furthest {
            enter(furthest, person)
        }
    }

    /// From the stage entered by a deal on, the unit is the deal: what became of it, and of no other, moves it.
    private mutating func advance(_ person: Int, deal: String, _ present: Int) {
        let reached = stageReached(by: deal)
        let ofPerson = person == itself ? -1 : present
        var asked = ReferenceAsked(
            person: person, since: states[person].passStart, from: states[person].passSince)
        let furthest = agreed.agreement.stages.indices.last { index in
            asked.onlyDeal = isByDeal(index) ? deal : ""
            return (isByDeal(index) || index > max(reached, ofPerson))
                && holds(applying(agreed.agreement.stages[index].enter, to: person).value, asked)
        }
        guard let furthest, furthest > reached else { return }
        enter(furthest, person, deal: isByDeal(furthest) ? deal : "")
    }

    private func stageReached(by deal: String) -> Int {
        let changes = told.deals.first { $0.record == deal }?.changes ?? []
        let reopened = changes.last { $0.what == "reopened" }?.instant ?? .earliest
        let entered = told.moves.last { $0.deal == deal && $0.change == "entered" && $0.instant >= reopened }
        return entered.flatMap { stageIndex($0.stage) } ?? -1
    }

    func isByDeal(_ stage: Int) -> Bool {
        agreed.agreement.stages[stage].enter.conditions.flatMap(\.happenings).contains { isOfDeals($0) }
    }

    private func isOfDeals(_ happening: Happening) -> Bool {
        switch happening.node {
        case .deal: true
        case .any(let parts): parts.contains { isOfDeals($0) }
        case .activity(let name):
            agreed.agreement.activities.first { $0.name == name }.map { isOfDeals($0.what.value) } ?? false
        default: false
        }
    }

    private mutating func noteAlsoOn(_ deal: String, _ person: Int) {
        guard !told.moves.contains(where: { $0.deal == deal && $0.who == who(person) && $0.change == "alsoOnDeal" })
        else { return }
        move(person, "alsoOnDeal", agreed.agreement.stages[max(stageReached(by: deal), 0)].name, "", deal: deal)
    }

    mutating func enter(_ stage: Int, _ person: Int, deal: String = "", change: String = "entered") {
        let present = stageIndex(states[person].stage) ?? -1
        let isNew = stage > present
        if isNew, deal.isEmpty || person != itself, !isExpanding(person) {
            for passed in present + 1..<stage {
                let passed = agreed.agreement.stages[passed]
                move(person, "skipped", passed.name, passed.enter.otherwise.address)
            }
        }
        let clause = applying(agreed.agreement.stages[stage].enter, to: person).address
        move(person, change, agreed.agreement.stages[stage].name, clause, deal: deal)
        guard isNew else { return }
        stand(at: stage, person)
        reached(stage, person)
        if agreed.agreement.stages[stage].handOver != nil, change == "entered" { beginHandOver(stage, person, clause) }
    }

    /// The stages before a deal of somebody in the last stage are nothing to pass over.
    private func isExpanding(_ person: Int) -> Bool {
        let last = told.moves.last { $0.who == who(person) && $0.change != "alsoOnDeal" }
        return last.map { $0.change == "expanded" && $0.pass == states[person].pass } ?? false
    }

    private mutating func stand(at stage: Int, _ person: Int) {
        states[person].stage = agreed.agreement.stages[stage].name
        states[person].entered[agreed.agreement.stages[stage].name] = now
    }

    mutating func move(
        _ person: Int, _ change: String, _ stage: String, _ clause: String, deal: String = "", reason: String = ""
    ) {
        told.moves.append(
            ToldMove(
                instant: now, who: who(person), deal: deal, pass: states[person].pass, change: change, stage: stage,
                clause: clause, version: version, fact: evidence, reason: reason))
    }

    mutating func expand(_ person: Int) {
        states[person].pass += 1
        states[person].givenTo = nil
        states[person].stage = ""
        beginPass(person)
        move(person, "expanded", agreed.agreement.stages[agreed.agreement.stages.count - 1].name, "")
    }

    private mutating func beginPass(_ person: Int) {
        states[person].passStart = place
        states[person].passSince = now
        states[person].handOver = nil
        states[person].entered = [:]
    }

    // MARK: Detours

    private mutating func goAway(_ person: Int) -> Bool {
        let state = states[person]
        guard state.detour.isEmpty, !state.stage.isEmpty else { return false }
        for detour in agreed.agreement.detours
        where leads(detour, from: state.stage) && state.detoured[detour.name] != now {
            let clause = applying(detour.enters, to: person)
            guard holds(clause.value, person) else { continue }
            goAway(person, detour, clause.address, state.reason)
            return true
        }
        return false
    }

    private func leads(_ detour: Detour, from stage: String) -> Bool {
        switch detour.from.value {
        case .any: true
        case .stages(let names): names.contains(stage)
        }
    }

    mutating func goAway(_ person: Int, _ detour: Detour, _ clause: String, _ reason: String) {
        move(person, "wentAway", detour.name, clause, reason: reason)
        leaveHandOver(person)
        let owner = states[person].handOver.map { told.handOvers[$0].owner } ?? ""
        states[person].reason = ""
        states[person].detour = detour.name
        states[person].detoured[detour.name] = now
        states[person].detourSince = now
        states[person].detourStart = fact < 0 ? noted : fact + 1
        states[person].notBefore = detour.notBefore.flatMap { budget in
            try? world.staff.calendar(of: owner).deadline(from: now, budget: budget.value)
        }
        if detour.forgets.value.contains(.engagement) { forget(person) }
    }

    private mutating func comeBack(_ person: Int) -> Bool {
        guard let detour = detour(states[person].detour), let clause = reasonToComeBack(detour, person) else {
            return false
        }
        // Nobody goes and comes at one instant but by something new.
        if states[person].detourSince == now, fact < states[person].detourStart { return false }
        let to = detour.to.flatMap { stageIndex($0.value) } ?? 0
        states[person].detour = ""
        states[person].pass += 1
        states[person].givenTo = nil
        beginPass(person)
        stand(at: to, person)
        move(person, "returned", agreed.agreement.stages[to].name, clause)
        if agreed.agreement.stages[to].handOver != nil { beginHandOver(to, person, clause) }
        return true
    }

    /// What happened in the detour counts, nothing before it.
    private func reasonToComeBack(_ detour: Detour, _ person: Int) -> String? {
        let asked = ReferenceAsked(
            person: person, since: states[person].detourStart, from: states[person].detourSince, isReturn: true)
        if let always = detour.alwaysReturns, holds(always.value, asked) { return always.address }
        if let before = states[person].notBefore, now < before { return nil }
        guard let returns = detour.returns.map({ applying($0, to: person) }), holds(returns.value, asked) else {
            return nil
        }
        return returns.address
    }

    // MARK: Time

    /// The next instant at which time alone may move somebody. A fading score is looked at at whole minutes.
    func nextLook(_ person: Int) -> Instant? {
        let state = states[person]
        var conditions: [Condition] = []
        if let detour = detour(state.detour) {
            conditions = (detour.returns?.conditions ?? []) + (detour.alwaysReturns.map { [$0.value] } ?? [])
        } else {
            let next = (stageIndex(state.stage) ?? -1) + 1
            conditions = agreed.agreement.stages[next...].flatMap { $0.enter.conditions }
            conditions += agreed.agreement.detours.filter { leads($0, from: state.stage) }.flatMap {
                $0.enters.conditions
            }
        }
        let times = conditions.flatMap(\.parts).flatMap { turningPoints($0, person) }
        // Before that instant only what always returns ends a detour; outside one it means nothing.
        let mayReturn = detour(state.detour) == nil ? nil : state.notBefore
        return (times + [mayReturn].compactMap { $0 }).filter { $0 > now }.min()
    }

    /// When a part of a condition may turn.
    private func turningPoints(_ part: Condition, _ person: Int) -> [Instant] {
        let asked = ReferenceAsked(person: person, since: states[person].passStart)
        switch part.node {
        case .happened(let happening, _, let window?):
            return occurrences(of: happening, asked).map { $0.instant + window.elapsed }
        case .compares(let left, let comparison, let right):
            var points: [Instant] = []
            if [left, right].contains(where: { $0.asksForToday }) {
                points.append(
                    agreed.agreement.zone.startOfDay(agreed.agreement.zone.civil(at: now).date.adding(days: 1)))
            }
            guard case .literal(let literal) = right.node else { return points }
            if case .duration(let length) = literal, let start = start(of: left, asked) {
                points += [start + length.elapsed, start + length.elapsed + Elapsed(milliseconds: 1)]
            }
            if case .score(.engagement) = left.node, case .number(let number) = literal,
                let threshold = try? Points(number), let crossing = crossing(person, comparison, threshold)
            {
                points.append(crossing)
            }
            return points
        default: return []
        }
    }

    private func start(of term: Term, _ asked: ReferenceAsked) -> Instant? {
        switch term.node {
        case .timeSince(let activity): occurrences(of: Happening(.activity(activity)), asked).last?.instant
        case .timeIn(let stage): states[asked.person].entered[stage]
        default: nil
        }
    }

    /// The first whole minute at which a comparison is no longer what it is now: all that is left of a score shrinks alike,
    /// so it turns once at the most.
    private func crossing(_ person: Int, _ comparison: Comparison, _ threshold: Points) -> Instant? {
        func isSo(_ score: Points) -> Bool {
            switch comparison {
            case .equal: score == threshold
            case .notEqual: score != threshold
            case .less: score < threshold
            case .atMost: score <= threshold
            case .greater: score > threshold
            case .atLeast: score >= threshold
            }
        }
        let isNow = isSo(engagement(person, at: now))
        guard comparison != .equal, comparison != .notEqual, isSo(.zero) != isNow else { return nil }
        let minute = Elapsed(milliseconds: 60_000)
        var (low, high) = (Int64(0), Int64(1))
        let start = Instant(milliseconds: now.milliseconds / minute.milliseconds * minute.milliseconds)
        func isSo(after minutes: Int64) -> Bool {
            isSo(engagement(person, at: start + Elapsed(milliseconds: minutes * minute.milliseconds)))
        }
        while isSo(after: high) == isNow { (low, high) = (high, high * 2) }
        while high - low > 1 {
            let middle = (low + high) / 2
            if isSo(after: middle) == isNow { low = middle } else { high = middle }
        }
        return start + Elapsed(milliseconds: high * minute.milliseconds)
    }
}

extension Term {
    fileprivate var asksForToday: Bool {
        switch node {
        case .today: true
        case .arithmetic(let left, _, let right): left.asksForToday || right.asksForToday
        default: false
        }
    }
}
