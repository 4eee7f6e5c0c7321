internal import Journal
internal import Vocabulary

// Promise clocks on hand-overs: they start when the owner is told, are stopped by evidence and by nothing else, and are missed
// at their due instant.

extension AccountFold {
    mutating func startClocks(_ index: Int) {
        let handOver = outcome.handOvers[index]
        guard !handOver.isBeforeStart else { return }
        let person = local(handOver.person)
        for promise in ProgramPromise.allCases where promise != .explain && promise != .qualify {
            if handOver.isLate, promise == .respond { continue }
            if promise == .decide, handOver.verdict != nil { continue }
            guard let number = clockProgram(promise, stage: stage(of: index), person) else { continue }
            start(number, index, person, at: handOver.owners.last?.since ?? present)
        }
        if let stage = persons[person].stage as Int32?, stage >= 0 { startQualifying(stage, person) }
    }

    /// The clock that applies: the first for this stage whose segment holds.
    private func clockProgram(_ promise: ProgramPromise, stage: Int32, _ person: Int) -> Int? {
        program.program.clocks.indices.first { number in
            let clock = program.program.clocks[number]
            return clock.promise == promise && (clock.stage < 0 || clock.stage == stage)
                && (clock.segment.map { holds($0, person) } ?? true)
        }
    }

    private mutating func start(_ number: Int, _ index: Int, _ person: Int, at start: Instant) {
        let terms = program.program.clocks[number]
        let owner = outcome.handOvers[index].owner
        let alreadyRuns = outcome.clocks.contains {
            $0.handOver == Int32(index) && $0.promise == terms.promise && $0.owner == owner && $0.state == .running
        }
        guard !alreadyRuns else { return }
        var clock = Clock(
            program: Int32(number), promise: terms.promise, version: version, handOver: Int32(index),
            person: global(person), owner: owner, start: start, due: nil)
        let calendar = calendar(of: index)
        clock.due = try? calendar.deadline(from: start, budget: terms.within)
        clock.firstDue = clock.due
        edit { $0.clocks.append(clock) }
        setTimers(outcome.clocks.count - 1)
    }

    private mutating func setTimers(_ number: Int) {
        let clock = outcome.clocks[number]
        let terms = world.versions[Int(clock.version)].program.clocks[Int(clock.program)]
        let calendar = calendar(of: clock)
        let pauses = Pauses(clock.pauses)
        if let due = clock.due {
            timers.set(Timer(instant: due, kind: .due, subject: Int32(number), detail: 0))
            if terms.warnAt > 0, let warn = warning(clock, terms, calendar, pauses) {
                timers.set(Timer(instant: warn, kind: .warn, subject: Int32(number), detail: 0))
            }
        }
        for (step, rung) in terms.ladder.enumerated() {
            guard let instant = try? calendar.deadline(from: clock.start, budget: rung.after, pauses: pauses) else {
                continue
            }
            timers.set(Timer(instant: instant, kind: .step, subject: Int32(number), detail: Int32(step)))
        }
    }

    /// A clock keeps the version of its start, the team that a queue's stage goes to included.
    private func calendar(of clock: Clock) -> WorkingTime {
        let handOver = outcome.handOvers[Int(clock.handOver)]
        let (entered, bound) = (world.versions[Int(handOver.version)], world.versions[Int(clock.version)])
        var stage = handOver.stage
        if clock.version != handOver.version {
            stage = bound.stage(named: entered.name(entered.program.stages[Int(stage)].name))
        }
        let team = stage < 0 ? -1 : bound.name(bound.program.stages[Int(stage)].team)
        return world.staff.calendar(of: clock.owner, orTeam: team)
    }

    /// After the agreed part of the time: working time where the promise is in working time, physical time otherwise.
    private func warning(_ clock: Clock, _ terms: ClockProgram, _ calendar: WorkingTime, _ pauses: Pauses) -> Instant? {
        guard let due = clock.due else { return nil }
        if terms.within.isBusiness {
            let whole = calendar.elapsed(from: clock.start, to: due, pauses: pauses)
            let part = Elapsed(milliseconds: whole.milliseconds.part(terms.warnAt))
            return part > .zero ? try? calendar.deadline(from: clock.start, working: part, pauses: pauses) : clock.start
        }
        let whole = due - clock.start
        return clock.start + Elapsed(milliseconds: whole.milliseconds.part(terms.warnAt))
    }

    mutating func warn(_ subject: Int32) {
        let clock = outcome.clocks[Int(subject)]
        guard clock.state == .running, clock.warned == nil, isNow(warning(clock)) else { return }
        let instant = present
        edit { $0.clocks[Int(subject)].warned = instant }
    }

    /// Whether a timer is still meant: a pause sets others.
    private func isNow(_ instant: Instant?) -> Bool { instant == present }

    private func warning(_ clock: Clock) -> Instant? {
        warning(
            clock, world.versions[Int(clock.version)].program.clocks[Int(clock.program)],
            calendar(of: clock), Pauses(clock.pauses))
    }

    mutating func becomeDue(_ subject: Int32) {
        let clock = outcome.clocks[Int(subject)]
        guard clock.state == .running, clock.due == present else { return }
        let instant = present
        edit {
            $0.clocks[Int(subject)].state = .missed
            $0.clocks[Int(subject)].missedAt = instant
            $0.clocks[Int(subject)].ended = instant
        }
        let person = local(clock.person)
        noteMissed(clock)
        if clock.promise == .qualify { goBackUnqualified(clock, person) }
        judge(person)
    }

    /// A clock of this pass ended unmet.
    private mutating func noteMissed(_ clock: Clock) {
        let person = local(clock.person)
        guard outcome.handOvers[Int(clock.handOver)].pass == persons[person].pass else { return }
        persons[person].missed |= 1 << clock.promise.rawValue
    }

    private mutating func goBackUnqualified(_ clock: Clock, _ person: Int) {
        let terms = world.versions[Int(clock.version)].program.clocks[Int(clock.program)]
        guard terms.otherwise >= 0, persons[person].detour < 0, outcome.handOvers[Int(clock.handOver)].isOpen else {
            return
        }
        let detour = detour(terms.otherwise, of: clock.version)
        if detour >= 0 { goAway(person, to: detour, clause: clause(of: clock, terms), reason: -1) }
    }

    /// Under the version in force; −1: it has no such promise.
    private func clause(of clock: Clock, _ terms: ClockProgram) -> ClauseID {
        if clock.version == version { return terms.clause }
        let from = stage(terms.stage, of: clock.version)
        let now = program.program.clocks.first { $0.promise == .qualify && $0.stage == from }
        return now?.clause ?? ClauseID(-1)
    }

    /// Under the version in force; −1: it has none of this name.
    private func detour(_ index: Int32, of version: Int32) -> Int32 {
        guard version != self.version else { return index }
        let earlier = world.versions[Int(version)]
        let name = earlier.name(earlier.program.detours[Int(index)].name)
        return program.program.detours.firstIndex { program.name($0.name) == name }.map { Int32($0) } ?? -1
    }

    mutating func climb(_ subject: Int32, step: Int32) {
        let clock = outcome.clocks[Int(subject)]
        guard clock.state == .running || clock.state == .missed else { return }
        let handOver = outcome.handOvers[Int(clock.handOver)]
        guard handOver.isOpen, handOver.owner == clock.owner, !clock.steps.contains(where: { $0.step == step }) else {
            return
        }
        let terms = world.versions[Int(clock.version)].program.clocks[Int(clock.program)]
        let after = terms.ladder[Int(step)].after
        let calendar = calendar(of: clock)
        guard isNow(try? calendar.deadline(from: clock.start, budget: after, pauses: Pauses(clock.pauses))) else {
            return
        }
        let instant = present
        edit { $0.clocks[Int(subject)].steps.append(.init(step: step, instant: instant)) }
        if case .reassign = terms.ladder[Int(step)].action, world.routes(at: present) {
            wantOwner(Int(clock.handOver), .escalated)
        }
    }
}

// Evidence.

extension AccountFold {
    mutating func noteTouch(_ act: Act, _ person: Int) {
        let words = world.words
        let isOutward = property(words.direction)?.bits == words.outward
        let isAutomatic = property(words.automatic).map { $0.kind == .flag && $0.bits == 1 } ?? false
        let channel = property(words.channel)?.bits ?? -1
        if isOutward { noteBreach(act, person, Int32(channel)) }
        if !isOutward { return answered(person) }
        guard !isAutomatic else { return }
        let known = Instant(milliseconds: history.known(Int(fact)))
        let isTyped = property(words.typed).map { $0.kind == .flag && $0.bits == 1 } ?? false
        if isTyped, known > present {
            return timers.set(Timer(instant: known, kind: .typed, subject: fact, detail: Int32(person)))
        }
        evidence(act, person, channel: channel, isMeeting: false)
        pauseWhereAskedLater(person)
    }

    /// A touch that was typed in by hand counts from when it was written down.
    mutating func typed(_ place: Int32, _ person: Int) {
        fact = place
        let act = history.acts[Int(history.act[Int(place)])]
        evidence(act, person, channel: property(world.words.channel)?.bits ?? -1, isMeeting: false)
        pauseWhereAskedLater(person)
    }

    /// What somebody of ours did towards the person: stops what it is evidence for.
    mutating func evidence(_ act: Act, _ person: Int, channel: Int64, isMeeting: Bool) {
        for number in outcome.clocks.indices {
            let clock = outcome.clocks[number]
            guard clock.person == global(person), clock.state == .running || clock.state == .missed,
                clock.start <= present,
                counts(act.actor, for: clock.owner)
            else { continue }
            let terms = world.versions[Int(clock.version)].program.clocks[Int(clock.program)]
            let names = terms.channels.map { Int64(world.versions[Int(clock.version)].name($0)) }
            guard names.isEmpty || names.contains(channel) else { continue }
            switch clock.promise {
            case .respond: meet(number)
            case .pursue where !isMeeting:
                edit { $0.clocks[number].touches += 1 }
                if outcome.clocks[number].touches >= terms.touches { meet(number) }
            default: break
            }
        }
        markTouched(act, person)
    }

    private mutating func markTouched(_ act: Act, _ person: Int) {
        for index in outcome.handOvers.indices
        where outcome.handOvers[index].person == global(person) && outcome.handOvers[index].isOpen
            && counts(act.actor, for: outcome.handOvers[index].owner)
        { touched.insert(Int32(index)) }
    }

    /// By the owner, their team, or for a queue by any member. A hand-typed one counts from when it was known.
    private func counts(_ actor: Int32, for owner: Int32) -> Bool {
        if owner < 0 { return actor < 0 || world.staff.reps.isEmpty || world.staff.rep(actor) != nil }
        return actor == owner || world.staff.areOfOneTeam(actor, owner)
    }

    /// The prospect turned to us: no response is owed any more.
    private mutating func answered(_ person: Int) {
        for number in outcome.clocks.indices where outcome.clocks[number].person == global(person) {
            let clock = outcome.clocks[number]
            if clock.promise == .respond || clock.promise == .pursue, clock.state == .running || clock.state == .missed
            {
                meet(number)
            }
        }
    }

    /// Met where the evidence lies at or before the due instant; after it, met late.
    private mutating func meet(_ number: Int) {
        let instant = present
        let state: Clock.State = outcome.clocks[number].state == .missed ? .metLate : .met
        let evidence = fact
        edit {
            $0.clocks[number].state = state
            $0.clocks[number].ended = instant
            $0.clocks[number].fact = evidence
        }
    }

    mutating func decided(_ index: Int) {
        for number in outcome.clocks.indices where outcome.clocks[number].handOver == Int32(index) {
            let clock = outcome.clocks[number]
            if clock.promise == .decide, clock.state == .running || clock.state == .missed { meet(number) }
        }
    }

    mutating func beginExplaining(_ kind: FactKind, _ index: Int, _ person: Int, isExplained: Bool) {
        let number = program.program.clocks.indices.first { number in
            let clock = program.program.clocks[number]
            return clock.promise == .explain && clock.explains.contains(kind)
                && (clock.segment.map { holds($0, person) } ?? true)
        }
        guard let number, !outcome.handOvers[index].isBeforeStart else { return }
        start(number, index, person, at: present)
        if isExplained { explained(index, person) }
    }

    mutating func explained(_ index: Int, _ person: Int) {
        for number in outcome.clocks.indices where outcome.clocks[number].handOver == Int32(index) {
            let clock = outcome.clocks[number]
            if clock.promise == .explain, clock.state == .running || clock.state == .missed { meet(number) }
        }
    }

    /// A stage was reached: what it ends is met, what it begins starts.
    mutating func reached(_ stage: Int32, _ person: Int) {
        for number in outcome.clocks.indices where outcome.clocks[number].person == global(person) {
            let clock = outcome.clocks[number]
            let terms = world.versions[Int(clock.version)].program.clocks[Int(clock.program)]
            guard clock.promise == .qualify, clock.state == .running || clock.state == .missed else { continue }
            let until = self.stage(terms.until, of: clock.version)
            guard until >= 0, stage >= until else { continue }
            meet(number)
        }
        startQualifying(stage, person)
        if Int(stage) == program.program.stages.count - 1, isByDeal(stage), persons[person].handOver >= 0,
            outcome.handOvers[Int(persons[person].handOver)].isOpen
        {
            end(persons[person].handOver, .completed)
        }
    }

    private mutating func startQualifying(_ stage: Int32, _ person: Int) {
        let index = persons[person].handOver
        guard index >= 0, outcome.handOvers[Int(index)].isOpen, outcome.handOvers[Int(index)].joins < 0 else { return }
        let number = program.program.clocks.indices.first { number in
            let clock = program.program.clocks[number]
            return clock.promise == .qualify && clock.stage == stage
                && (clock.segment.map { holds($0, person) } ?? true)
        }
        if let number { start(number, Int(index), person, at: present) }
    }
}

// What ends a clock without keeping or breaking it, and what stops it for a while.

extension AccountFold {
    mutating func withdrawClocks(of handOver: Int32, _ why: Clock.Withdrawal) {
        let instant = present
        for number in outcome.clocks.indices where outcome.clocks[number].handOver == handOver {
            let clock = outcome.clocks[number]
            let isRunning = clock.state == .running
            let isMissedInDispute =
                why == .rejectionUpheld && clock.state == .missed && clock.promise == .respond
                && outcome.handOvers[Int(handOver)].dispute != nil
            guard isRunning && clock.promise != .explain || isMissedInDispute else { continue }
            edit {
                $0.clocks[number].state = .withdrawn
                $0.clocks[number].withdrawal = why
                $0.clocks[number].ended = instant
            }
            if isMissedInDispute { forgetMissed(.respond, local(clock.person)) }
        }
    }

    /// Unless another clock of this pass was missed too.
    private mutating func forgetMissed(_ promise: ProgramPromise, _ person: Int) {
        let pass = persons[person].pass
        let isLeft = outcome.clocks.contains { clock in
            clock.promise == promise && clock.person == global(person) && clock.wasMissed
                && outcome.handOvers[Int(clock.handOver)].pass == pass
        }
        if !isLeft { persons[person].missed &= ~(1 << promise.rawValue) }
    }

    mutating func withdrawAll(of person: Int, _ why: Clock.Withdrawal) {
        let index = persons[person].handOver
        if index >= 0 { withdrawClocks(of: index, why) }
    }

    /// The gate denies every purpose now, and did not before.
    mutating func withdrawWhereNothingIsAllowed(_ person: Int) {
        let index = persons[person].handOver
        guard index >= 0, outcome.handOvers[Int(index)].isOpen, !program.program.gate.purposes.isEmpty,
            !allowsAnything(person)
        else { return }
        withdrawClocks(of: index, .consentWithdrawn)
    }

    mutating func withdrawWhereOwnedElsewhere() {
        for index in outcome.handOvers.indices where outcome.handOvers[index].isOpen {
            let owner = outcome.handOvers[index].owner
            if owner >= 0, accountOwner >= 0, owner != accountOwner {
                withdrawClocks(of: Int32(index), .ownedElsewhere)
            }
        }
    }

    mutating func restClocks(of handOver: Int32, owner: Int32) {
        let instant = present
        for number in outcome.clocks.indices where outcome.clocks[number].handOver == handOver {
            let clock = outcome.clocks[number]
            guard clock.owner == owner, clock.state == .running, clock.promise != .explain else { continue }
            edit {
                $0.clocks[number].state = .rested
                $0.clocks[number].ended = instant
            }
        }
    }

    /// Given back before all the agreed attempts were made.
    mutating func gaveUp(_ handOver: Int32) {
        let instant = present
        for number in outcome.clocks.indices where outcome.clocks[number].handOver == handOver {
            let clock = outcome.clocks[number]
            guard clock.promise == .pursue, clock.state == .running else { continue }
            edit {
                $0.clocks[number].state = .missed
                $0.clocks[number].missedAt = instant
                $0.clocks[number].ended = instant
            }
            noteMissed(clock)
        }
    }

    /// The prospect asked to be called later: clocks rest until the start of that day, at most as long as agreed.
    private mutating func pauseWhereAskedLater(_ person: Int) {
        guard let longest = program.program.longestPause,
            property(world.words.outcome)?.bits == world.words.askedForLater,
            let wanted = pauseEnd
        else { return }
        let (instant, whole) = (present, present)
        for number in outcome.clocks.indices where outcome.clocks[number].person == global(person) {
            let clock = outcome.clocks[number]
            guard clock.state == .running else { continue }
            let calendar = calendar(of: clock)
            let limit = (try? calendar.deadline(from: whole, budget: longest)) ?? wanted
            let end = min(wanted, limit)
            guard end > instant else { continue }
            let terms = world.versions[Int(clock.version)].program.clocks[Int(clock.program)]
            let pauses = clock.pauses + [instant..<end]
            let due = try? calendar.deadline(from: clock.start, budget: terms.within, pauses: Pauses(pauses))
            edit {
                $0.clocks[number].pauses = pauses
                $0.clocks[number].due = due
            }
            setTimers(number)
        }
    }

    private var pauseEnd: Instant? {
        guard let until = property(world.words.until) else { return nil }
        switch until.kind {
        case .date: return program.zone.startOfDay(CivilDate(daysSinceEpoch: Int32(clamping: until.bits)))
        case .instant: return Instant(milliseconds: until.bits)
        case .text:
            let date = try? CivilDate(text: history.texts[Int32(until.bits)])
            return date.map { program.zone.startOfDay($0) }
        default: return nil
        }
    }
}

extension Int64 {
    /// Of a whole, in millionths, rounded down.
    fileprivate func part(_ millionths: Int64) -> Int64 {
        Int64(Int128(self) * Int128(millionths) / 1_000_000)
    }
}
