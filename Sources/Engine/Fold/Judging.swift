internal import Journal
internal import Vocabulary

// Where somebody stands now. Detours of the present stage first, then the furthest stage whose `enter` holds; each detour at
// most once at an instant, so that every instant ends.

extension AccountFold {
    /// `byDeal`: the deal whose change is judged and which is the unit; `alsoOn`: a deal credited to somebody else.
    mutating func judge(_ person: Int, byDeal: Int32 = -1, alsoOn: Int32 = -1) {
        guard !persons[person].isIgnored, !persons[person].isErased else { return }
        if persons[person].fit == nil, program.fitNeedsFieldsOnly { persons[person].fit = sumOfFit(person) }
        while comeBack(person) || goAway(person) {}
        if persons[person].detour < 0 { advance(person, byDeal, alsoOn) }
        // What brought somebody further may open a detour there, once.
        while goAway(person) || comeBack(person) { if persons[person].detour < 0 { advance(person, -1, -1) } }
        lookAtHandOver(person)
        setWake(person)
    }

    /// Whether judging somebody now would change anything.
    func wouldMove(_ person: Int) -> Bool {
        let state = persons[person]
        guard !state.isIgnored, !state.isErased else { return false }
        if state.detour >= 0 {
            let isReady = reasonToComeBack(program.program.detours[Int(state.detour)], person) != nil
            return isReady && state.detourSince < present
        }
        let isTired =
            state.stage >= 0
            && program.courses.detours.range(Int(state.stage)).contains { index in
                holds(entry(intoDetour: program.courses.detours[at: index], of: person), person)
            }
        let isKeen = (Int(state.stage) + 1..<program.stages.count).contains {
            holds(entry(into: $0, of: person), person)
        }
        return isTired || isKeen || isHeldForNothing(person)
    }

    private mutating func advance(_ person: Int, _ byDeal: Int32, _ alsoOn: Int32) {
        if byDeal >= 0 { advance(deal: byDeal, person) }
        var stage = Int32(program.stages.count) - 1
        while stage > persons[person].stage, !holds(entry(into: Int(stage), of: person), person) { stage -= 1 }
        guard stage > persons[person].stage else {
            if alsoOn >= 0 { noteAlsoOn(alsoOn, person) }
            return
        }
        if alsoOn >= 0 {
            noteAlsoOn(alsoOn, person)
            stand(at: stage, person)
        } else {
            enter(stage, person)
        }
    }

    /// A deal moves as a unit of its own, and whom it is credited to with it.
    private mutating func advance(deal: Int32, _ person: Int) {
        let reached = dealStage(deal)
        var stage = Int32(program.program.stages.count) - 1
        while stage >= 0 {
            let condition = applying(program.program.stages[Int(stage)].enter, to: person)
            // What became of this deal moves it, not what became of another.
            isUnit = isByDeal(stage)
            let isFurther = isUnit || stage > max(reached, person == size - 1 ? -1 : persons[person].stage)
            if isFurther, holds(condition, person) { break }
            stage -= 1
        }
        isUnit = false
        guard stage > reached else { return }
        enter(stage, person, deal: isByDeal(stage) ? deal : -1)
    }

    private func dealStage(_ deal: Int32) -> Int32 {
        let reopened = outcome.deals[Int(deal)].changes.last { $0.what == .reopened }?.instant ?? .earliest
        let entered = outcome.moves.last { $0.deal == deal && $0.change == .entered && $0.instant >= reopened }
        return entered.map { stage($0.stage, of: $0.version) } ?? -1
    }

    func isByDeal(_ stage: Int32) -> Bool { program.stages[stage].isByDeal }

    private mutating func noteAlsoOn(_ deal: Int32, _ person: Int) {
        guard
            !outcome.moves.contains(where: {
                $0.deal == deal && $0.person == global(person) && $0.change == .alsoOnDeal
            })
        else { return }
        let stage = dealStage(deal)
        move(person, .alsoOnDeal, stage: max(stage, 0), clause: ClauseID(-1), deal: deal)
    }

    mutating func enter(_ stage: Int32, _ person: Int, deal: Int32 = -1, imported: Bool = false) {
        let isNew = stage > persons[person].stage
        let mayOverSkip = deal < 0 || person < size - 1
        if isNew, mayOverSkip {
            let first = persons[person].stage + 1
            for passed in first..<stage where !isExpanding(person) {
                let clause = program.program.stages[Int(passed)].enter.otherwise.clause
                move(person, .skipped, stage: passed, clause: clause)
            }
        }
        let clause = applying(program.program.stages[Int(stage)].enter, to: person).clause
        move(person, imported ? .imported : .entered, stage: stage, clause: clause, deal: deal)
        if isNew {
            stand(at: stage, person)
            reached(stage, person)
            if program.program.stages[Int(stage)].handsOver, !imported { beginHandOver(stage, person, clause) }
        }
    }

    /// In an expansion pass the stages before the deal are nothing to pass over.
    private func isExpanding(_ person: Int) -> Bool {
        outcome.moves.last { $0.person == global(person) && $0.change != .alsoOnDeal }.map {
            $0.change == .expanded && $0.pass == persons[person].pass
        } ?? false
    }

    private mutating func stand(at stage: Int32, _ person: Int) {
        persons[person].stage = stage
        persons[person].since = present
        enteredAt[person * program.stages.count + Int(stage)] = present.milliseconds
    }

    mutating func move(
        _ person: Int, _ change: Move.Change, stage: Int32, clause: ClauseID, deal: Int32 = -1, reason: Int32 = -1
    ) {
        let entry = Move(
            instant: present, person: global(person), deal: deal, pass: persons[person].pass, change: change,
            stage: stage,
            clause: clause, version: version, fact: fact, reason: reason)
        edit { $0.moves.append(entry) }
    }

    func isInLastStage(_ person: Int) -> Bool {
        persons[person].stage >= 0 && Int(persons[person].stage) == program.program.stages.count - 1
            && persons[person].detour < 0
    }

    mutating func beginExpansion(_ person: Int, _ place: Int32) {
        persons[person].pass += 1
        persons[person].givenTo = -1
        persons[person].stage = -1
        beginPass(person, at: place)
        move(person, .expanded, stage: Int32(program.program.stages.count) - 1, clause: ClauseID(-1))
    }

    private mutating func beginPass(_ person: Int, at place: Int32) {
        persons[person].passStart = place
        persons[person].passSince = present
        persons[person].missed = 0
        persons[person].handOver = -1
        let width = program.program.stages.count
        for stage in 0..<width { enteredAt[person * width + stage] = unknown }
    }
}

// Detours.

extension AccountFold {
    private mutating func goAway(_ person: Int) -> Bool {
        guard persons[person].detour < 0, persons[person].stage >= 0 else { return false }
        for index in program.courses.detours.range(Int(persons[person].stage)) {
            let number = program.courses.detours[at: index]
            if persons[person].detouredAt == present, persons[person].detoured.contains(number) { continue }
            let condition = entry(intoDetour: number, of: person)
            guard holds(condition, person) else { continue }
            goAway(person, to: number, clause: condition.clause, reason: persons[person].reason)
            return true
        }
        return false
    }

    mutating func goAway(_ person: Int, to number: Int32, clause: ClauseID, reason: Int32) {
        let detour = program.program.detours[Int(number)]
        persons[person].reason = -1
        move(person, .wentAway, stage: number, clause: clause, reason: reason)
        leaveHandOver(person)
        persons[person].detour = number
        if persons[person].detouredAt != present { persons[person].detoured.removeAll() }
        persons[person].detoured.append(number)
        persons[person].detouredAt = present
        persons[person].detourSince = present
        persons[person].detourStart = fact >= 0 ? fact + 1 : nextFact
        persons[person].notBefore = detour.notBefore.flatMap { deadline(of: $0, from: present, for: person) }
        if detour.forgetsEngagement { forgetForGood(person) }
    }

    private mutating func comeBack(_ person: Int) -> Bool {
        guard persons[person].detour >= 0 else { return false }
        let state = persons[person]
        let detour = program.program.detours[Int(state.detour)]
        guard let clause = reasonToComeBack(detour, person) else { return false }
        // Nobody goes and comes at one instant but by something new.
        if state.detourSince == present, fact < state.detourStart { return false }
        persons[person].detour = -1
        persons[person].pass += 1
        persons[person].givenTo = -1
        let to = max(detour.to, 0)
        beginPass(person, at: fact >= 0 ? fact : nextFact)
        persons[person].stage = to
        persons[person].since = present
        enteredAt[person * program.stages.count + Int(to)] = present.milliseconds
        move(person, .returned, stage: to, clause: clause)
        if program.program.stages[Int(to)].handsOver { beginHandOver(to, person, clause) }
        return true
    }

    private func reasonToComeBack(_ detour: DetourProgram, _ person: Int) -> ClauseID? {
        if let always = detour.alwaysReturns, holds(always, person, isReturn: true) { return always.clause }
        if let before = persons[person].notBefore, present < before { return nil }
        guard let returns = detour.returns.map({ applying($0, to: person) }) else { return nil }
        return holds(returns, person, isReturn: true) ? returns.clause : nil
    }

    /// The place of the next fact, from which on something is new.
    var nextFact: Int32 { fact >= 0 ? fact + 1 : upcoming }

    func deadline(of budget: Budget, from start: Instant, for person: Int) -> Instant? {
        let owner = persons[person].handOver >= 0 ? outcome.handOvers[Int(persons[person].handOver)].owner : -1
        return try? world.staff.calendar(of: owner).deadline(from: start, budget: budget)
    }
}

// Another look, where time alone may move somebody.

extension AccountFold {
    mutating func setWake(_ person: Int) {
        guard let next = nextLook(at: person), next > present else {
            persons[person].wake = nil
            return
        }
        guard persons[person].wake != next else { return }
        persons[person].wake = next
        timers.set(Timer(instant: next, kind: .wake, subject: Int32(person), detail: 0))
    }

    private func nextLook(at person: Int) -> Instant? {
        let state = persons[person]
        var next: Instant? = state.detour >= 0 ? state.notBefore.flatMap { $0 > present ? $0 : nil } : nil
        for index in program.courses.watchedRange(program.courses.place(stage: state.stage, detour: state.detour)) {
            guard let instant = nextChange(of: program.courses.condition(index), person) else { continue }
            next = next.map { min($0, instant) } ?? instant
        }
        return next
    }

    /// The earliest instant after now at which time alone may make a condition hold.
    private func nextChange(of condition: ProgramCondition, _ person: Int) -> Instant? {
        var next: Instant?
        func consider(_ instant: Instant?) {
            if let instant, instant > present { next = next.map { min($0, instant) } ?? instant }
        }
        for place in Int(condition.operations.lowerBound)..<Int(condition.operations.upperBound) {
            switch program.conditions[at: place] {
            case .today: consider(nextMidnight)
            case .timeSince(let happening):
                consider(time(after: lastInstant(happening, person), condition, place) ?? nextMidnight)
            case .timeInStage(let stage):
                consider(time(after: enteredInstant(stage, person), condition, place) ?? nextMidnight)
            case .engagementIs(let comparison, let threshold): consider(crossing(comparison, threshold, person))
            case .engagement: consider(nextMidnight)
            case .happened(let happening, _, let within) where within >= 0:
                consider(nextExpiry(happening, within, person))
            default: break
            }
        }
        return next
    }

    private var nextMidnight: Instant {
        program.zone.startOfDay(program.zone.civil(at: present).date.adding(days: 1))
    }

    private func lastInstant(_ happening: Int32, _ person: Int) -> Instant? {
        let last = lastOccurrence[person * program.happeningCount + Int(happening)]
        return last < 0 ? nil : occurrences[Int(last)].instant
    }

    private func enteredInstant(_ stage: Int32, _ person: Int) -> Instant? {
        guard stage >= 0 else { return nil }
        let entered = enteredAt[person * program.stages.count + Int(stage)]
        return entered == unknown ? nil : Instant(milliseconds: entered)
    }

    /// Where a time is compared with a written one: when it is that long, and just longer. `nil`: it is not so compared.
    private func time(after start: Instant?, _ condition: ProgramCondition, _ place: Int) -> Instant? {
        guard let start else { return .earliest }
        guard place + 1 < Int(condition.operations.upperBound),
            case .push(let length) = program.conditions[at: place + 1]
        else { return nil }
        let reached = start + Elapsed(milliseconds: length)
        if reached > present { return reached }
        let beyond = reached + Elapsed(milliseconds: 1)
        return beyond > present ? beyond : .earliest
    }

    /// When an occurrence stops being within the time.
    private func nextExpiry(_ happening: Int32, _ within: Int64, _ person: Int) -> Instant? {
        var next: Instant?
        var at = lastOccurrence[person * program.happeningCount + Int(happening)]
        while at >= 0 {
            let expiry = occurrences[Int(at)].instant + Elapsed(milliseconds: within)
            guard expiry > present else { break }
            next = expiry
            at = occurrences[Int(at)].previous
        }
        return next
    }

    /// Scores are judged by time at whole minutes: the first at which a comparison turns because the score has shrunk. With
    /// no fact between, all contributions shrink alike, so it turns once at the most.
    private func crossing(_ comparison: ProgramComparison, _ threshold: Int64, _ person: Int) -> Instant? {
        guard persons[person].contribution >= 0, comparison != .equal, comparison != .notEqual else { return nil }
        let isNow = comparison.holds(engagement(of: person, at: present).micropoints, threshold)
        guard comparison.holds(0, threshold) != isNow else { return nil }
        let start = present.milliseconds / 60_000 * 60_000
        var (low, high) = (Int64(0), Int64(1))
        func isPast(_ minutes: Int64) -> Bool {
            let later = Instant(milliseconds: start + minutes * 60_000)
            return comparison.holds(engagement(of: person, at: later).micropoints, threshold) != isNow
        }
        while !isPast(high) {
            guard high < 53_000_000 else { return nil }
            (low, high) = (high, high * 2)
        }
        while high - low > 1 {
            let middle = (low + high) / 2
            if isPast(middle) { high = middle } else { low = middle }
        }
        return Instant(milliseconds: start + high * 60_000)
    }
}

extension Program {
    /// Whether a happening is of deals, or has one that is among its parts.
    func isOfDeals(_ happening: Int32) -> Bool {
        switch happenings[Int(happening)] {
        case .fact(let kind): kind.family == .deal
        case .dealEnters: true
        case .any(let parts): parts.contains { isOfDeals($0) }
        default: false
        }
    }
}
