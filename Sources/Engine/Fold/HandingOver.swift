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
        if let hold = hold(of: person, at: stage(of: index)) {
            if outcome.handOvers[index].hold == nil { edit { $0.handOvers[index].hold = hold } }
            return
        }
        becomeReady(index, person)
    }

    /// Whether a lead is still held although nothing holds it any more.
    func isHeldForNothing(_ person: Int) -> Bool {
        let index = Int(persons[person].handOver)
        guard index >= 0, outcome.handOvers[index].ready == nil, outcome.handOvers[index].end == .open else {
            return false
        }
        return hold(of: person, at: stage(of: index)) == nil
    }

    /// The stage that was handed over at, under the version in force; −1: it has none of this name.
    func stage(of index: Int) -> Int32 { stage(outcome.handOvers[index].stage, of: outcome.handOvers[index].version) }

    func stage(_ index: Int32, of version: Int32) -> Int32 {
        guard version != self.version, index >= 0 else { return index }
        let earlier = world.versions[Int(version)]
        return program.stage(named: earlier.name(earlier.program.stages[Int(index)].name))
    }

    /// A text.
    func stageName(of index: Int) -> Int32 {
        let handOver = outcome.handOvers[index]
        let version = world.versions[Int(handOver.version)]
        return version.name(version.program.stages[Int(handOver.stage)].name)
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
        let entry = bindDecision(to: index)
        var handOver = outcome.handOvers[index]
        (handOver.ready, handOver.readyFact) = (present, fact)
        (handOver.fit, handOver.engagement, handOver.grade) = (fit, engagement, grade(of: fit))
        (handOver.isBeforeStart, handOver.isLate) = (isBeforeStart, isLate)
        hasAccountChanged = true
        defer { persons[person].givenTo = -1 }
        if let open, !isBeforeStart {
            handOver.joins = Int32(open)
            handOver.owners = [
                Ownership(owner: outcome.handOvers[open].owner, since: present, why: .joined, rule: -1, fact: fact)
            ]
            edit { $0.handOvers[index] = handOver }
            return
        }
        let isRouted = world.routes(at: present) && !isBeforeStart
        if persons[person].givenTo >= 0, !world.isLive || !isRouted {
            handOver.owners = [
                Ownership(
                    owner: persons[person].givenTo, since: present, why: .recorded, rule: -1,
                    fact: persons[person].givenBy)
            ]
        }
        edit { $0.handOvers[index] = handOver }
        if let entry, entry.owner >= 0, world.heedsRecords {
            takeDecided(entry, index)
        } else if isRouted, !world.isLive || !isAssignedElsewhere(person) {
            wantOwner(index, .handedOver)
        } else {
            own(index, isFirst: true)
        }
    }

    /// It was decided whose it is: the rules are not asked again, but the turn counts.
    private mutating func takeDecided(_ entry: Decisions.Entry, _ index: Int) {
        edit { $0.handOvers[index].owners = [] }
        var asked = request(index, .handedOver)
        (asked.instant, asked.wanted, asked.evidence) = (max(present, entry.instant), present, present)
        let decided = decided(by: entry)
        asked.decided = decided
        if world.isLive { return ask(asked) }
        assign(
            asked,
            OwnerAnswer(owner: decided.owner, rule: decided.rule, told: asked.instant, isBurst: decided.isBurst))
    }

    /// Whether a system has given it to somebody since, before anybody here decided.
    private func isAssignedElsewhere(_ person: Int) -> Bool {
        var place = nextFact
        while place < upperFact, history.at(Int(place)) <= world.until {
            let act = history.acts[Int(history.act[Int(place)])]
            if act.kind == .owned, act.actor >= 0, history.person[Int(place)] >= 0,
                local(history.person[Int(place)]) == person
            {
                return true
            }
            place += 1
        }
        return false
    }

    /// Whether what made it ready became known longer after its instant than is acted on.
    func isLearnedLate(_ person: Int) -> Bool {
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

    /// Nothing from before go-live is routed.
    mutating func wantOwner(_ index: Int, _ why: OwnerRequest.Why) {
        guard !outcome.handOvers[index].isBeforeStart else { return }
        var request = request(index, why)
        if world.isLive, why != .invalid {
            (request.wanted, request.evidence) = (present, present)
            if why != .handedOver, let entry = bindReassignment(of: index, why) {
                request.instant = entry.instant
                request.decided = decided(by: entry)
            } else {
                request.instant = max(present, world.until)
            }
        }
        ask(request)
    }

    private func request(_ index: Int, _ why: OwnerRequest.Why) -> OwnerRequest {
        let handOver = outcome.handOvers[index]
        let person = local(handOver.person)
        let stage = stage(of: index)
        let without: [Int32] = why == .handedOver ? [] : handOver.owners.map(\.owner)
        let openOwner = openHandOver(besides: person).map { outcome.handOvers[$0].owner } ?? -1
        return OwnerRequest(
            instant: present, account: outcome.account, handOver: Int32(index), person: handOver.person,
            fact: handOver.readyFact, stage: stage, grade: handOver.grade, version: version, why: why,
            without: without, rules: program.program.routing.map { holds($0.when, person) },
            accountOwner: accountOwner, openOwner: openOwner, team: team(of: stage),
            origin: handOver.fact < 0 ? -1 : history.acts[Int(history.act[Int(handOver.fact)])].source,
            isReleased: handOver.isBurst)
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
        let since = asked.decided == nil ? told(answer, local(asked.person)) : answer.told
        let ownership = Ownership(
            owner: answer.owner, since: since, why: asked.why.ownership, rule: answer.rule, fact: fact,
            decision: asked.decided?.fact ?? noFact)
        edit { $0.handOvers[index].owners.append(ownership) }
        if asked.why != .handedOver { restClocks(of: asked.handOver, owner: previous) }
        own(index, isFirst: outcome.handOvers[index].owners.count == 1)
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

    /// What follows once it is known whose it is: clocks, and what time does. `isFirst`: at the hand-over itself.
    mutating func own(_ index: Int, isFirst: Bool) {
        let handOver = outcome.handOvers[index]
        guard !handOver.isBeforeStart else { return }
        startClocks(index)
        let person = local(handOver.person)
        let calendar = calendar(of: index)
        // Silence runs from the hand-over, whoever gets it later.
        if handOver.verdict == nil, isFirst, let silence = program.program.silence,
            let budget = budget(silence.after, for: person),
            let instant = try? calendar.deadline(from: silenceStart(handOver), budget: budget)
        {
            timers.set(Timer(instant: instant, kind: .silence, subject: Int32(index), detail: 0))
        }
        touched.remove(Int32(index))
        if world.routesAtAll { awaitAbsences(index, of: handOver.owner) }
    }

    /// Where we give it to somebody ourselves, nobody is silent before they were told.
    private func silenceStart(_ handOver: HandOver) -> Instant {
        guard let first = handOver.owners.first, world.isLive || first.decision >= 0 else { return present }
        return max(present, first.since)
    }

    /// From each of them on the owner is not there: at once, for one who is away.
    private mutating func awaitAbsences(_ index: Int, of owner: Int32) {
        for instant in world.staff.absences(of: owner, from: present) {
            timers.set(Timer(instant: instant, kind: .absence, subject: Int32(index), detail: owner))
        }
    }

    func calendar(of index: Int) -> WorkingTime {
        world.staff.calendar(of: outcome.handOvers[index].owner, orTeam: team(of: stage(of: index)))
    }

    /// The team that a stage is handed over to, a text; −1: as routing says.
    private func team(of stage: Int32) -> Int32 {
        stage < 0 ? -1 : program.name(program.program.stages[Int(stage)].team)
    }

    /// A system says who has it. Before the hand-over they are noted, and told of it then.
    mutating func assignAsRecorded(_ owner: Int32, _ person: Int, decision: Int32 = noFact) {
        let index = Int(persons[person].handOver)
        guard index >= 0, outcome.handOvers[index].isOpen else {
            if decision < 0 { (persons[person].givenTo, persons[person].givenBy) = (owner, fact) }
            return
        }
        guard owner >= 0, outcome.handOvers[index].joins < 0, outcome.handOvers[index].owner != owner else { return }
        let previous = outcome.handOvers[index].owner
        let isFirst = outcome.handOvers[index].owners.isEmpty
        let ownership = Ownership(
            owner: owner, since: present, why: .recorded, rule: -1, fact: fact, decision: decision)
        edit { $0.handOvers[index].owners.append(ownership) }
        restClocks(of: Int32(index), owner: isFirst ? -1 : previous)
        own(index, isFirst: false)
    }

    /// The owner is away or gone: an untouched lead goes to somebody else at once, an open one of a leaver to the manager.
    mutating func ownerGone(_ subject: Int32, owner: Int32) {
        let index = Int(subject)
        let handOver = outcome.handOvers[index]
        guard handOver.isOpen, handOver.owner == owner else { return }
        let isForGood = world.staff.rep(owner).map { rep in rep.left.map { $0 <= present } ?? false } ?? false
        let isTouched = hasTouched(index)
        guard world.routes(at: present) else { return }
        if !isTouched || isForGood { wantOwner(index, isTouched ? .ownerLeft : .ownerAway) }
    }

    /// Somebody of the owner's team turned to the person since the owner has it, or the person answered.
    private func hasTouched(_ index: Int) -> Bool {
        let owner = outcome.handOvers[index].owner
        return outcome.clocks.contains { clock in
            clock.handOver == Int32(index) && clock.owner == owner && clock.promise == .respond && clock.state == .met
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
        hasAccountChanged = true
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
