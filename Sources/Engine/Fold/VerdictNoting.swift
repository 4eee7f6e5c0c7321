internal import Journal
public import Vocabulary

// What the receiver says of a lead, what silence and deeds say in its place, and what becomes of a dispute.

extension AccountFold {
    mutating func noteVerdict(_ act: Act, _ person: Int) {
        let reason = property(world.words.reason).flatMap { $0.kind == .text ? Int32($0.bits) : nil } ?? -1
        switch act.kind {
        case .accepted: accept(act, person)
        case .rejected: reject(act, person, reason)
        case .recycled, .disqualified: send(act, person, reason)
        case .disputed: noteDispute(act, person)
        case .ruled: noteRuling(act, person)
        default: break
        }
    }

    /// The hand-over that a verdict can be about: open, and not waiting for a ruling.
    private func openIndex(_ person: Int) -> Int? {
        let index = Int(persons[person].handOver)
        guard index >= 0, outcome.handOvers[index].isOpen, outcome.handOvers[index].dispute?.ruling != .pending else {
            return nil
        }
        return index
    }

    private mutating func accept(_ act: Act, _ person: Int) {
        guard let index = openIndex(person) else { return conflict(.verdictWithoutHandOver, person, act) }
        let mark = property(world.words.mark).flatMap { $0.kind == .number ? $0.bits : nil }
        if outcome.handOvers[index].verdict?.isAccepted == true, outcome.handOvers[index].verdict?.manner == .spoken {
            // Said again, perhaps with the mark that was owed.
            guard mark != nil else { return }
            edit { $0.handOvers[index].verdict?.mark = mark }
            return explained(index, person)
        }
        give(
            Verdict(
                isAccepted: true, manner: .spoken, instant: present, by: act.actor, reason: -1, mark: mark, fact: fact,
                isReturn: false), index, person)
        decided(index)
        say(.accepted, index, person)
        beginExplaining(.accepted, index, person, isExplained: mark != nil)
    }

    private mutating func reject(_ act: Act, _ person: Int, _ reason: Int32) {
        guard let index = openIndex(person) else { return conflict(.verdictWithoutHandOver, person, act) }
        let earlier = outcome.handOvers[index].verdict
        if earlier?.isAccepted == false, earlier?.reason ?? -1 >= 0 || reason < 0 { return }
        if earlier?.isAccepted == false {
            edit { $0.handOvers[index].verdict?.reason = reason }
            explained(index, person)
            return followReason(index, person, act)
        }
        give(
            Verdict(
                isAccepted: false, manner: .spoken, instant: present, by: act.actor, reason: reason, mark: nil,
                fact: fact, isReturn: earlier?.isAccepted == true), index, person)
        decided(index)
        say(.rejected, index, person)
        beginExplaining(.rejected, index, person, isExplained: reason >= 0)
        // A rejection without a reason waits for it.
        if reason >= 0 { followReason(index, person, act) }
    }

    /// At once, or once a dispute is ruled on.
    private mutating func followReason(_ index: Int, _ person: Int, _ act: Act) {
        guard let foreseen = dispute(of: index, person) else { return carryOut(index, person, act) }
        if foreseen.isOverturned {
            // Overturned: an acceptance from the start.
            edit { $0.handOvers[index].verdict?.isAccepted = true }
            say(.accepted, index, person)
        }
    }

    private mutating func give(_ verdict: Verdict, _ index: Int, _ person: Int) {
        edit {
            if let earlier = $0.handOvers[index].verdict { $0.handOvers[index].earlierVerdicts.append(earlier) }
            $0.handOvers[index].verdict = verdict
        }
    }

    /// The verdict as a happening, for conditions.
    private mutating func say(_ kind: FactKind, _ index: Int, _ person: Int) {
        let stage = stageName(of: index)
        saidOrDone(
            SaidOrDone(kind: kind, person: person, instant: present, place: fact >= 0 ? fact : nextFact, stage: stage))
    }

    /// What the reason leads to.
    private mutating func carryOut(_ index: Int, _ person: Int, _ act: Act?) {
        guard outcome.handOvers[index].isOpen else { return }
        let reason = outcome.handOvers[index].verdict?.reason ?? -1
        guard let rejection = program.program.rejections.first(where: { program.name($0.reason) == reason }) else {
            if let act { conflict(.unknownReason, person, act, detail: reason) }
            return withdrawClocks(of: Int32(index), .rejectionUpheld)
        }
        switch rejection.outcome {
        case .detour(let detour):
            withdrawClocks(of: Int32(index), .rejectionUpheld)
            guard detour >= 0 else { return }
            let leadsOut = program.program.detours[Int(detour)].returns == nil
            if leadsOut, world.routesAtAll { wantOwner(index, .invalid) }
            goAway(person, to: detour, clause: rejection.clause, reason: reason)
        case .reroute: passOn(index, .rejected)
        case .accountOwner: passOn(index, .toAccountOwner)
        }
    }

    /// The pass goes on with another owner, who gives a verdict of their own.
    private mutating func passOn(_ index: Int, _ why: OwnerRequest.Why) {
        edit {
            if let verdict = $0.handOvers[index].verdict { $0.handOvers[index].earlierVerdicts.append(verdict) }
            $0.handOvers[index].verdict = nil
        }
        if world.routes(at: present) {
            wantOwner(index, why)
        } else {
            restClocks(of: Int32(index), owner: outcome.handOvers[index].owner)
        }
    }

    /// Recycled or disqualified by word: the detours' own conditions take it up, or it is a conflict.
    private mutating func send(_ act: Act, _ person: Int, _ reason: Int32) {
        let index = persons[person].handOver
        let stage = index >= 0 ? stageName(of: Int(index)) : -1
        persons[person].reason = reason
        let before = persons[person].detour
        saidOrDone(SaidOrDone(kind: act.kind, person: person, instant: present, place: fact, stage: stage))
        if index >= 0 {
            if Int64(reason) == world.words.bounced { withdrawClocks(of: index, .bounced) }
            if act.kind == .recycled { gaveUp(index) }
        }
        judge(person)
        persons[person].reason = -1
        if persons[person].detour == before, before < 0 {
            conflict(.notTakenUp, person, act, detail: reason)
        }
    }

    /// Nobody said anything in time.
    mutating func silence(_ subject: Int32) {
        let index = Int(subject)
        guard outcome.handOvers[index].isOpen, outcome.handOvers[index].verdict == nil,
            let silence = program.program.silence
        else { return }
        let person = local(outcome.handOvers[index].person)
        give(
            Verdict(
                isAccepted: silence.meansAccepted, manner: .silence, instant: present, by: -1, reason: -1, mark: nil,
                fact: noFact, isReturn: false), index, person)
        say(silence.meansAccepted ? .accepted : .rejected, index, person)
        if !silence.meansAccepted { end(subject, .rejected) }
        judge(person)
    }

    mutating func noteMeeting(_ act: Act, _ person: Int) {
        if act.kind == .meetingBooked { evidence(act, person, channel: world.words.meeting, isMeeting: true) }
        guard act.kind == .meetingHeld, let index = openIndex(person) else { return }
        let handOver = outcome.handOvers[index]
        guard handOver.verdict == nil, handOver.owner >= 0, act.actor == handOver.owner else { return }
        give(
            Verdict(
                isAccepted: true, manner: .deed, instant: present, by: act.actor, reason: -1, mark: nil, fact: fact,
                isReturn: false), index, person)
        decided(index)
        say(.accepted, index, person)
    }

    mutating func conflict(_ what: Conflict.What, _ person: Int, _ act: Act, detail: Int32 = -1) {
        let entry = Conflict(
            instant: present, person: global(person), what: what, detail: detail, source: act.source, fact: fact,
            stage: persons[person].stage)
        edit { $0.conflicts.append(entry) }
    }
}

// Disputes.

extension FoldWorld {
    /// Until when a verdict may be disputed, or a dispute ruled on; `nil`: the calendar leaves no time for it.
    public func deadline(ofDispute budget: Budget, from start: Instant) -> Instant? {
        let calendar = staff.teams.first?.calendar ?? staff.always
        return try? calendar.deadline(from: start, budget: budget)
    }
}

extension AccountFold {
    private struct Foreseen {
        let dispute: Int32
        let ruling: Int32?
        let isOverturned: Bool
    }

    /// A rejection that is disputed in time moves nobody until it is ruled on: so the dispute is looked for among the facts
    /// that follow, up to `until`.
    private func dispute(of index: Int, _ person: Int) -> Foreseen? {
        guard let clause = program.program.dispute, outcome.handOvers[index].dispute == nil,
            let verdict = outcome.handOvers[index].verdict,
            let end = disputeDeadline(clause.within, from: verdict.instant)
        else { return nil }
        let raised = nextVerdict(.disputed, of: person, by: clause.by, from: fact + 1, through: min(end, world.until))
        guard let raised, let last = disputeDeadline(clause.rulingWithin, from: history.at(Int(raised))) else {
            return nil
        }
        let ruled = nextVerdict(
            .ruled, of: person, by: clause.arbiter, from: raised + 1, through: min(last, world.until))
        let isOverturned = ruled.map { property(world.words.ruling, of: $0)?.bits == world.words.overturned } ?? false
        return Foreseen(dispute: raised, ruling: ruled, isOverturned: isOverturned)
    }

    private func disputeDeadline(_ budget: Budget, from start: Instant) -> Instant? {
        world.deadline(ofDispute: budget, from: start)
    }

    private func nextVerdict(
        _ kind: FactKind, of person: Int, by: Int32, from first: Int32, through last: Instant
    ) -> Int32? {
        var place = first
        while place < account.facts.upperBound, history.at(Int(place)) <= last {
            let act = history.acts[Int(history.act[Int(place)])]
            if act.kind == kind, local(history.person[Int(place)]) == person, isSaid(place, by: by) { return place }
            place += 1
        }
        return nil
    }

    /// By the officer, or by somebody who speaks for them. Where no officer is named, anybody is.
    private func isSaid(_ place: Int32, by officer: Int32) -> Bool {
        guard officer >= 0 else { return true }
        let named = program.name(officer)
        if history.acts[Int(history.act[Int(place)])].actor == named { return true }
        return property(world.words.onBehalfOf, of: place).map { $0.kind == .text && $0.bits == Int64(named) } ?? false
    }

    private func property(_ name: Int64, of place: Int32) -> PropertyTable.Property? {
        guard name >= 0 else { return nil }
        return history.properties.property(Int32(name), of: history.acts[Int(history.act[Int(place)])].properties)
    }

    private mutating func noteDispute(_ act: Act, _ person: Int) {
        let index = Int(persons[person].handOver)
        guard let clause = program.program.dispute, index >= 0, let verdict = outcome.handOvers[index].verdict,
            verdict.manner == .spoken, isSaid(fact, by: clause.by),
            let end = disputeDeadline(clause.within, from: verdict.instant), present <= end,
            outcome.handOvers[index].dispute == nil, outcome.handOvers[index].verdict?.reason ?? -1 >= 0
        else { return conflict(.disputeOutOfTime, person, act) }
        let dispute = Dispute(raised: present, fact: fact, ruling: .pending, ruled: nil)
        edit { $0.handOvers[index].dispute = dispute }
        if let last = disputeDeadline(clause.rulingWithin, from: present) {
            timers.set(Timer(instant: last, kind: .rulingEnd, subject: Int32(index), detail: 0))
        }
    }

    private mutating func noteRuling(_ act: Act, _ person: Int) {
        let index = Int(persons[person].handOver)
        guard let clause = program.program.dispute, index >= 0, isSaid(fact, by: clause.arbiter),
            outcome.handOvers[index].dispute?.ruling == .pending
        else { return conflict(.disputeOutOfTime, person, act) }
        let isOverturned = property(world.words.ruling)?.bits == world.words.overturned
        rule(index, isOverturned ? .overturned : .upheld)
        if !isOverturned { carryOut(index, person, act) }
    }

    private mutating func rule(_ index: Int, _ ruling: Dispute.Ruling) {
        let instant = present
        edit {
            $0.handOvers[index].dispute?.ruling = ruling
            $0.handOvers[index].dispute?.ruled = instant
        }
    }

    mutating func upholdForWantOfRuling(_ subject: Int32) {
        let index = Int(subject)
        guard outcome.handOvers[index].dispute?.ruling == .pending else { return }
        rule(index, .upheldForWantOfRuling)
        let person = local(outcome.handOvers[index].person)
        carryOut(index, person, nil)
        judge(person)
    }
}
