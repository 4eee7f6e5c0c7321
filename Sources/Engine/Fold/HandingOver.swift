internal import Journal
internal import Vocabulary

// From entry into a stage that hands over, through held and ready, to an owner.

extension AccountFold {
    mutating func beginHandOver(_ stage: Int32, _ person: Int, _ clause: ClauseID) {
        if persons[person].handOver >= 0 { cancelWhereHeld(persons[person].handOver) }
        let handOver = HandOver(
            person: global(person), stage: stage, pass: persons[person].pass, version: version, entered: present,
            clause: clause, fact: fact, hold: nil, ready: nil, readyFact: noFact, engagement: .zero, fit: .zero,
            grade: -1, isLate: false, isBurst: false, isBeforeStart: false, joins: -1)
        persons[person].handOver = Int32(outcome.handOvers.count)
        edit { $0.handOvers.append(handOver) }
        lookAtHandOver(person)
    }

    /// Whether what held a lead holds it still.
    mutating func lookAtHandOver(_ person: Int) {
        let index = Int(persons[person].handOver)
        guard index >= 0, outcome.handOvers[index].ready == nil, outcome.handOvers[index].end == .open else { return }
        if let hold = hold(of: person, at: outcome.handOvers[index].stage) {
            if outcome.handOvers[index].hold == nil { edit { $0.handOvers[index].hold = hold } }
            return
        }
        becomeReady(index, person)
    }

    private func hold(of person: Int, at stage: Int32) -> HandOver.Hold? {
        let missing = program.fields.requiredAt.indices.filter { field in
            let required = program.fields.requiredAt[field]
            return required >= 0 && required <= stage && fields[person * program.fields.count + field] == unknown
        }
        let mayContact = program.program.gate.purposes.isEmpty || allowsAnything(person)
        if missing.isEmpty { return mayContact ? nil : .consent }
        return mayContact ? .fields(missing.map { Int32($0) }) : .fieldsAndConsent(missing.map { Int32($0) })
    }

    private mutating func becomeReady(_ index: Int, _ person: Int) {
        let fit = self.fit(of: person)
        let engagement = self.engagement(of: person, at: present)
        let isBeforeStart = program.program.history.starts.map { present < $0 } ?? false
        let isLate = !isBeforeStart && isLearnedLate(person)
        let open = openHandOver(besides: person)
        var handOver = outcome.handOvers[index]
        (handOver.ready, handOver.readyFact) = (present, fact)
        (handOver.fit, handOver.engagement, handOver.grade) = (fit, engagement, grade(of: fit))
        (handOver.isBeforeStart, handOver.isLate) = (isBeforeStart, isLate)
        if let open, !isBeforeStart {
            handOver.joins = Int32(open)
            handOver.owners = [
                Ownership(owner: outcome.handOvers[open].owner, since: present, why: .joined, rule: -1, fact: fact)
            ]
            edit { $0.handOvers[index] = handOver }
            return
        }
        edit { $0.handOvers[index] = handOver }
        if world.assigning == .routed {
            if !isBeforeStart { wantOwner(index, .handedOver) }
        } else {
            own(index)
        }
    }

    /// Whether what made it ready became known longer after its instant than is acted on.
    private func isLearnedLate(_ person: Int) -> Bool {
        guard fact >= 0, let within = program.program.history.actWithin else { return false }
        let known = Instant(milliseconds: history.known(Int(fact)))
        guard known > present else { return false }
        return (try? world.staff.always.deadline(from: present, budget: within)).map { known > $0 } ?? false
    }

    /// The account's open hand-over of somebody else, which a newcomer joins.
    func openHandOver(besides person: Int) -> Int? {
        outcome.handOvers.indices.first { index in
            let handOver = outcome.handOvers[index]
            return handOver.isOpen && handOver.person != global(person) && handOver.joins < 0 && !handOver.isBeforeStart
        }
    }

    mutating func wantOwner(_ index: Int, _ why: OwnerRequest.Why) {
        let handOver = outcome.handOvers[index]
        let person = local(handOver.person)
        let stage = program.program.stages[Int(handOver.stage)]
        let without: [Int32] = why == .handedOver ? [] : handOver.owners.map(\.owner)
        let openOwner = openHandOver(besides: person).map { outcome.handOvers[$0].owner } ?? -1
        let request = OwnerRequest(
            instant: present, account: outcome.account, handOver: Int32(index), person: handOver.person,
            fact: handOver.readyFact, stage: handOver.stage, grade: handOver.grade, version: version, why: why,
            without: without, rules: program.program.routing.map { holds($0.when, person) },
            accountOwner: accountOwner, openOwner: openOwner, team: program.name(stage.team),
            origin: handOver.fact < 0 ? -1 : history.acts[Int(history.act[Int(handOver.fact)])].source,
            isReleased: handOver.isBurst)
        ask(request)
    }

    mutating func assign(_ asked: OwnerRequest, _ answer: OwnerAnswer) {
        let index = Int(asked.handOver)
        guard outcome.handOvers[index].end == .open, asked.why != .invalid else { return }
        if answer.isBurst { edit { $0.handOvers[index].isBurst = true } }
        if let again = answer.again {
            return timers.set(Timer(instant: again, kind: .release, subject: asked.handOver, detail: 0))
        }
        if asked.why != .handedOver, answer.owner < 0 || answer.owner == outcome.handOvers[index].owner { return }
        let previous = outcome.handOvers[index].owner
        let ownership = Ownership(
            owner: answer.owner, since: told(answer, local(asked.person)), why: asked.why.ownership, rule: answer.rule,
            fact: fact)
        edit { $0.handOvers[index].owners.append(ownership) }
        if asked.why != .handedOver { restClocks(of: asked.handOver, owner: previous) }
        own(index)
    }

    /// There may be room now for a lead of a burst.
    mutating func release(_ index: Int) {
        let handOver = outcome.handOvers[index]
        if handOver.isOpen, handOver.owners.isEmpty { wantOwner(index, .handedOver) }
    }

    /// When the owner was told: where a system assigned the lead to the same owner later, only then.
    private func told(_ answer: OwnerAnswer, _ person: Int) -> Instant {
        var place = nextFact
        while place < account.facts.upperBound, history.at(Int(place)) <= world.until {
            let act = history.acts[Int(history.act[Int(place)])]
            if act.kind == .owned, local(history.person[Int(place)]) == person, history.person[Int(place)] >= 0 {
                return act.actor == answer.owner ? history.at(Int(place)) : answer.told
            }
            place += 1
        }
        return answer.told
    }

    /// What follows once it is known whose it is: clocks, and what time does.
    mutating func own(_ index: Int) {
        let handOver = outcome.handOvers[index]
        guard !handOver.isBeforeStart else { return }
        startClocks(index)
        let person = local(handOver.person)
        let calendar = calendar(of: index)
        if handOver.verdict == nil, handOver.owners.count <= 1, let silence = program.program.silence,
            let budget = budget(silence.after, for: person),
            let instant = try? calendar.deadline(from: present, budget: budget)
        {
            timers.set(Timer(instant: instant, kind: .silence, subject: Int32(index), detail: 0))
        }
        if world.assigning == .routed, let next = world.staff.nextAbsence(of: handOver.owner, after: present) {
            timers.set(
                Timer(instant: next.instant, kind: .absence, subject: Int32(index), detail: handOver.owner))
        }
    }

    func calendar(of index: Int) -> WorkingTime {
        let handOver = outcome.handOvers[index]
        let team = program.program.stages[Int(handOver.stage)].team
        return world.staff.calendar(of: handOver.owner, orTeam: program.name(team))
    }

    /// A system says who has it.
    mutating func assignAsRecorded(_ owner: Int32, _ person: Int) {
        let index = Int(persons[person].handOver)
        guard index >= 0, owner >= 0, outcome.handOvers[index].isOpen, outcome.handOvers[index].joins < 0,
            outcome.handOvers[index].owner != owner
        else { return }
        let previous = outcome.handOvers[index].owner
        let isFirst = outcome.handOvers[index].owners.isEmpty
        let ownership = Ownership(owner: owner, since: present, why: .recorded, rule: -1, fact: fact)
        edit { $0.handOvers[index].owners.append(ownership) }
        restClocks(of: Int32(index), owner: isFirst ? -1 : previous)
        own(index)
    }

    /// The owner is away or gone: an untouched lead goes to somebody else at once, an open one of a leaver to the manager.
    mutating func ownerGone(_ subject: Int32, owner: Int32) {
        let index = Int(subject)
        let handOver = outcome.handOvers[index]
        guard handOver.isOpen, handOver.owner == owner, let since = handOver.owners.last?.since else { return }
        let isForGood = world.staff.rep(owner).map { rep in rep.left.map { $0 <= present } ?? false } ?? false
        let isTouched = hasTouched(index, since: since)
        if isTouched, !isForGood {
            // There again later, and perhaps away again.
            if let next = world.staff.nextAbsence(of: owner, after: present + Elapsed(milliseconds: 1)),
                next.instant > present,
                next.isForGood
            {
                timers.set(Timer(instant: next.instant, kind: .absence, subject: subject, detail: owner))
            }
            return
        }
        wantOwner(index, isTouched ? .ownerLeft : .ownerAway)
    }

    /// Somebody of the owner's team turned to the person since then.
    private func hasTouched(_ index: Int, since: Instant) -> Bool {
        outcome.clocks.contains { clock in
            clock.handOver == Int32(index) && (clock.touches > 0 || clock.promise == .respond && clock.state == .met)
        } || touched.contains(Int32(index))
    }

    private mutating func cancelWhereHeld(_ index: Int32) {
        guard index >= 0, outcome.handOvers[Int(index)].ready == nil, outcome.handOvers[Int(index)].end == .open else {
            return
        }
        end(index, .cancelled)
    }

    mutating func end(_ index: Int32, _ end: HandOver.End) {
        let instant = present
        edit {
            $0.handOvers[Int(index)].end = end
            $0.handOvers[Int(index)].ended = instant
        }
    }

    /// The person goes into a detour.
    mutating func leaveHandOver(_ person: Int) {
        let index = persons[person].handOver
        guard index >= 0, outcome.handOvers[Int(index)].end == .open else { return }
        let handOver = outcome.handOvers[Int(index)]
        if handOver.ready == nil { return end(index, .cancelled) }
        end(index, handOver.verdict.map { $0.isAccepted ? .recycled : .rejected } ?? .recycled)
    }
}

extension OwnerRequest.Why {
    fileprivate var ownership: Ownership.Why {
        switch self {
        case .handedOver: .routed
        case .rejected: .rerouted
        case .toAccountOwner: .toAccountOwner
        case .ownerAway, .invalid, .turn: .ownerAway
        case .ownerLeft: .ownerLeft
        case .escalated: .escalated
        }
    }
}
