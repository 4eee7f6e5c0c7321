import Agreement
import Engine
import Journal
import Vocabulary

// Promise clocks on hand-overs: started when the owner is told, stopped by evidence and by nothing else.

/// What a promise of any kind has, for one segment.
struct ReferenceTerms {
    var promise: String
    /// The clause of the time.
    var clause: String
    var segment: Condition?
    /// Where it applies; empty: everywhere.
    var stage = ""
    var until = ""
    var within: Budget
    var warnAt: Int64 = 0
    var otherwise = ""
    var explains: [Explained] = []
    var touches = 1
    var channels: [String] = []
    var ladder: [LadderStep] = []
}

extension SalesPromises {
    /// All of them in order, each case before what holds otherwise.
    var terms: [ReferenceTerms] {
        var all: [ReferenceTerms] = []
        for promise in respond { all += each(promise, SalesPromises.respond) }
        for promise in decide { all += each(promise, SalesPromises.decide) }
        for promise in explain { all += each(promise, SalesPromises.explain) }
        for promise in pursue { all += each(promise, SalesPromises.pursue) }
        for promise in qualify { all += each(promise, SalesPromises.qualify) }
        return all
    }

    private static func respond(_ terms: Respond, _ segment: Condition?) -> ReferenceTerms {
        ReferenceTerms(
            promise: "respond", clause: terms.within.address, segment: segment, stage: terms.to.value,
            within: terms.within.value, warnAt: terms.warnAt?.value.millionths ?? 0,
            channels: terms.by.value.map(\.rawValue), ladder: terms.then)
    }

    private static func decide(_ terms: Decide, _ segment: Condition?) -> ReferenceTerms {
        ReferenceTerms(
            promise: "decide", clause: terms.within.address, segment: segment, stage: terms.about.value,
            within: terms.within.value)
    }

    private static func explain(_ terms: Explain, _ segment: Condition?) -> ReferenceTerms {
        ReferenceTerms(
            promise: "explain", clause: terms.within.address, segment: segment, within: terms.within.value,
            explains: terms.about.value)
    }

    private static func pursue(_ terms: Pursue, _ segment: Condition?) -> ReferenceTerms {
        ReferenceTerms(
            promise: "pursue", clause: terms.over.address, segment: segment, within: terms.over.value,
            touches: terms.touches.value, channels: terms.channels.value.map(\.rawValue))
    }

    private static func qualify(_ terms: Qualify, _ segment: Condition?) -> ReferenceTerms {
        ReferenceTerms(
            promise: "qualify", clause: terms.within.address, segment: segment, stage: terms.from.value,
            until: terms.to.value, within: terms.within.value, otherwise: terms.otherwise?.value ?? "")
    }

    private func each<Terms>(
        _ promise: Promise<Terms>, _ make: (Terms, Condition?) -> ReferenceTerms
    ) -> [ReferenceTerms] {
        promise.cases.map { make($0.terms, $0.condition.value) } + [make(promise.otherwise, nil)]
    }
}

extension ReferenceAccount {
    private var promises: [ReferenceTerms] { agreed.promises }

    /// As they were when the clock started.
    private func terms(of clock: ToldClock) -> ReferenceTerms {
        world.versions[clock.version].promises.first { $0.promise == clock.promise && $0.clause == clock.clause }!
    }

    /// By the version of its start, as all of it.
    private func calendar(of clock: ToldClock) -> WorkingTime {
        let stages = world.versions[clock.version].agreement.stages
        var team = ""
        let stage = stages.first { $0.name == told.handOvers[clock.handOver].stage }
        if case .team(let name)? = stage?.handOver?.value { team = name }
        return world.staff.calendar(of: clock.owner, orTeam: team)
    }

    // MARK: Start

    mutating func startClocks(_ index: Int) {
        let handOver = told.handOvers[index]
        let person = number(of: handOver.who)
        for promise in ["respond", "decide", "pursue"] {
            if promise == "respond", handOver.isLate { continue }
            if promise == "decide", handOver.verdict != nil { continue }
            let terms = promises.first {
                $0.promise == promise && ["", handOver.stage].contains($0.stage) && applies($0, person)
            }
            if let terms { start(terms, index, at: handOver.owners.last?.since ?? now) }
        }
        startQualifying(states[person].stage, person)
    }

    private func applies(_ terms: ReferenceTerms, _ person: Int) -> Bool {
        terms.segment.map { holds($0, person) } ?? true
    }

    private mutating func start(_ terms: ReferenceTerms, _ index: Int, at start: Instant) {
        let owner = told.handOvers[index].owner
        let runs = told.clocks.contains {
            $0.handOver == index && $0.promise == terms.promise && $0.owner == owner && $0.state == "running"
        }
        guard !runs else { return }
        let due = try? calendar(of: index).deadline(from: start, budget: terms.within)
        told.clocks.append(
            ToldClock(
                promise: terms.promise, clause: terms.clause, version: version, handOver: index,
                who: told.handOvers[index].who, owner: owner, start: start, due: due, firstDue: due))
    }

    mutating func startExplaining(_ what: Explained, _ index: Int, _ person: Int, isExplained: Bool) {
        let terms = promises.first { $0.promise == "explain" && $0.explains.contains(what) && applies($0, person) }
        guard let terms, !told.handOvers[index].isBeforeStart else { return }
        start(terms, index, at: now)
        if isExplained { meet("explain", index) }
    }

    private mutating func startQualifying(_ stage: String, _ person: Int) {
        guard let index = states[person].handOver, told.handOvers[index].isOpen, told.handOvers[index].joins == nil
        else { return }
        let terms = promises.first { $0.promise == "qualify" && $0.stage == stage && applies($0, person) }
        if let terms { start(terms, index, at: now) }
    }

    /// A stage was reached: what it ends is met, what begins with it starts.
    mutating func reached(_ stage: Int, _ person: Int) {
        for number in clocks(of: person) where told.clocks[number].promise == "qualify" {
            guard let until = stageIndex(terms(of: told.clocks[number]).until), stage >= until else { continue }
            meet(number)
        }
        startQualifying(agreed.agreement.stages[stage].name, person)
        if stage == agreed.agreement.stages.count - 1, isByDeal(stage), let index = states[person].handOver,
            told.handOvers[index].isOpen
        {
            end(index, "completed")
        }
    }

    // MARK: Evidence

    private func clocks(of person: Int) -> [Int] {
        told.clocks.indices.filter { told.clocks[$0].who == who(person) && isOwed(told.clocks[$0]) }
    }

    private func isOwed(_ clock: ToldClock) -> Bool { clock.state == "running" || clock.state == "missed" }

    mutating func noteTouch(_ person: Int) {
        let touch = facts[fact].fact
        guard touch["direction"] == .text("outward") else {
            for number in clocks(of: person) where ["respond", "pursue"].contains(told.clocks[number].promise) {
                meet(number)
            }
            return
        }
        noteBreach(person)
        if touch["automatic"] == .flag(true) || isTypedLater(touch) { return }
        turnTo(person)
    }

    private func isTypedLater(_ touch: Fact) -> Bool { touch["typed"] == .flag(true) && touch.known > touch.occurred }

    /// Touches typed in by hand count from when they were written down.
    var typedTouches: [Timed] {
        facts[..<noted].indices.compactMap { place in
            let touch = facts[place].fact
            let isOne =
                touch.kind == .touch && isTypedLater(touch) && touch["direction"] == .text("outward")
                && touch["automatic"] != .flag(true)
            return isOne ? Timed(instant: touch.known, what: .typed, subject: place) : nil
        }
    }

    /// Somebody of ours turned to the person.
    mutating func turnTo(_ person: Int) {
        let touch = facts[fact].fact
        let isMeeting = touch.kind == .meetingBooked
        var channel = "meeting"
        if !isMeeting, case .text(let text)? = touch["channel"] { channel = text }
        for number in clocks(of: person) {
            let (clock, terms) = (told.clocks[number], terms(of: told.clocks[number]))
            guard clock.start <= now, counts(for: clock.owner) else { continue }
            guard terms.channels.isEmpty || terms.channels.contains(channel) else { continue }
            if clock.promise == "respond" { meet(number) }
            if clock.promise == "pursue", !isMeeting {
                told.clocks[number].touches += 1
                if told.clocks[number].touches >= terms.touches { meet(number) }
            }
        }
        for (index, handOver) in told.handOvers.enumerated()
        where handOver.who == who(person) && handOver.isOpen && counts(for: handOver.owner) {
            touches[index, default: []].append(now)
        }
        if !isMeeting { pause(person) }
    }

    /// By the owner, the owner's team, or for a queue by any rep.
    private func counts(for owner: String) -> Bool {
        let actor = facts[fact].fact.actor?.value ?? ""
        if owner.isEmpty { return actor.isEmpty || world.staff.reps.isEmpty || world.staff.reps[actor] != nil }
        return actor == owner || world.staff.areOfOneTeam(actor, owner)
    }

    mutating func meet(_ promise: String, _ index: Int) {
        for number in told.clocks.indices
        where told.clocks[number].handOver == index && told.clocks[number].promise == promise
            && isOwed(told.clocks[number])
        { meet(number) }
    }

    private mutating func meet(_ number: Int) {
        told.clocks[number].state = told.clocks[number].state == "missed" ? "metLate" : "met"
        told.clocks[number].ended = now
        told.clocks[number].fact = evidence
    }

    // MARK: Time

    var clockTimes: [Timed] {
        told.clocks.indices.flatMap { number -> [Timed] in
            let (clock, terms) = (told.clocks[number], terms(of: told.clocks[number]))
            let calendar = calendar(of: clock)
            let pauses = Vocabulary.Pauses(clock.pauses)
            var times: [Timed] = []
            if clock.state == "running", let due = clock.due {
                times.append(Timed(instant: due, what: .due, subject: number))
                if clock.warned == nil, terms.warnAt > 0, let warn = warning(clock, due, terms, calendar, pauses) {
                    times.append(Timed(instant: warn, what: .warn, subject: number))
                }
            }
            let handOver = told.handOvers[clock.handOver]
            guard isOwed(clock), handOver.isOpen, handOver.owner == clock.owner else { return times }
            return times
                + terms.ladder.enumerated().compactMap { step, rung in
                    let instant = try? calendar.deadline(from: clock.start, budget: rung.after.value, pauses: pauses)
                    return instant.map { Timed(instant: $0, what: .step, subject: number, detail: step) }
                }
        }
    }

    /// After the agreed share of the time, in the kind of time that was promised.
    private func warning(
        _ clock: ToldClock, _ due: Instant, _ terms: ReferenceTerms, _ calendar: WorkingTime,
        _ pauses: Vocabulary.Pauses
    ) -> Instant? {
        func part(_ whole: Elapsed) -> Elapsed {
            Elapsed(milliseconds: Int64(Int128(whole.milliseconds) * Int128(terms.warnAt) / 1_000_000))
        }
        guard terms.within.isBusiness else { return clock.start + part(due - clock.start) }
        let working = part(calendar.elapsed(from: clock.start, to: due, pauses: pauses))
        return working > .zero
            ? try? calendar.deadline(from: clock.start, working: working, pauses: pauses) : clock.start
    }

    mutating func becomeDue(_ number: Int) {
        told.clocks[number].state = "missed"
        told.clocks[number].missedAt = now
        told.clocks[number].ended = now
        let clock = told.clocks[number]
        let person = self.number(of: clock.who)
        if clock.promise == "qualify", told.handOvers[clock.handOver].isOpen, states[person].detour.isEmpty,
            let detour = detour(terms(of: clock).otherwise)
        {
            goAway(person, detour, clause(of: clock), "")
        }
        judge(person)
    }

    /// Under the version in force; empty: it has no such promise.
    private func clause(of clock: ToldClock) -> String {
        if clock.version == version { return clock.clause }
        let stage = terms(of: clock).stage
        return promises.first { $0.promise == "qualify" && $0.stage == stage }?.clause ?? ""
    }

    mutating func climb(_ number: Int, _ step: Int) {
        told.clocks[number].steps.append("\(step) \(shown(now))")
        if case .reassign = terms(of: told.clocks[number]).ladder[step].action.value, world.assigning == .routed {
            want(told.clocks[number].handOver, "escalated")
        }
    }

    /// In this pass, and not withdrawn since.
    func hasMissed(_ promise: String, _ person: Int) -> Bool {
        told.clocks.contains { clock in
            clock.promise == promise && clock.who == who(person) && clock.missedAt != nil
                && told.handOvers[clock.handOver].pass == states[person].pass && clock.state != "withdrawn"
        }
    }

    // MARK: What neither keeps nor breaks it

    mutating func withdraw(_ index: Int?, _ why: String) {
        guard let index else { return }
        for number in told.clocks.indices where told.clocks[number].handOver == index {
            let clock = told.clocks[number]
            let isMissedInDispute =
                why == "rejectionUpheld" && clock.state == "missed" && clock.promise == "respond"
                && told.handOvers[index].dispute != nil
            guard clock.state == "running" && clock.promise != "explain" || isMissedInDispute else { continue }
            told.clocks[number].state = "withdrawn"
            told.clocks[number].withdrawal = why
            told.clocks[number].ended = now
        }
    }

    mutating func rest(_ index: Int, _ owner: String) {
        for number in told.clocks.indices
        where told.clocks[number].handOver == index && told.clocks[number].owner == owner
            && told.clocks[number].state == "running" && told.clocks[number].promise != "explain"
        {
            told.clocks[number].state = "rested"
            told.clocks[number].ended = now
        }
    }

    mutating func giveUp(_ index: Int) {
        for number in told.clocks.indices
        where told.clocks[number].handOver == index && told.clocks[number].promise == "pursue"
            && told.clocks[number].state == "running"
        {
            told.clocks[number].state = "missed"
            told.clocks[number].missedAt = now
            told.clocks[number].ended = now
        }
    }

    /// The prospect asked to be called later.
    private mutating func pause(_ person: Int) {
        guard let longest = agreed.agreement.promises.pauses?.atMost.value,
            property("outcome") == .text("asked_for_later"),
            let wanted = pauseEnd
        else { return }
        for number in clocks(of: person) where told.clocks[number].state == "running" {
            let calendar = calendar(of: told.clocks[number])
            let end = min(wanted, (try? calendar.deadline(from: now, budget: longest)) ?? wanted)
            guard end > now else { continue }
            told.clocks[number].pauses.append(now..<end)
            told.clocks[number].due = try? calendar.deadline(
                from: told.clocks[number].start, budget: terms(of: told.clocks[number]).within,
                pauses: Vocabulary.Pauses(told.clocks[number].pauses))
        }
    }

    private var pauseEnd: Instant? {
        switch property("until") {
        case .date(let date): agreed.agreement.zone.startOfDay(date)
        case .instant(let instant): instant
        case .text(let text): (try? CivilDate(text: text)).map { agreed.agreement.zone.startOfDay($0) }
        default: nil
        }
    }
}
