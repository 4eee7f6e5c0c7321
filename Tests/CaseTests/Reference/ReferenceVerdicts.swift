import Agreement
import Engine
import Journal
import Vocabulary

// What the receiver says of a lead, what silence and deeds say in its place, and what becomes of a dispute.

extension ReferenceAccount {
    mutating func noteVerdict(_ person: Int) {
        switch facts[fact].fact.kind {
        case .accepted: accept(person)
        case .rejected: reject(person)
        case .recycled, .disqualified: send(person)
        case .disputed: dispute(person)
        case .ruled: rule(person)
        default: break
        }
    }

    private func text(_ name: String) -> String {
        guard case .text(let text)? = property(name) else { return "" }
        return text
    }

    /// The hand-over a verdict can be about: open, and not waiting for a ruling.
    private func open(_ person: Int) -> Int? {
        guard let index = states[person].handOver, told.handOvers[index].isOpen,
            told.handOvers[index].dispute?.ruling != "pending"
        else { return nil }
        return index
    }

    private mutating func accept(_ person: Int) {
        guard let index = open(person) else { return conflict("verdictWithoutHandOver", person) }
        var mark: Int64?
        if case .number(let number)? = property("mark") { mark = (try? Points(number))?.micropoints }
        if let earlier = told.handOvers[index].verdict, earlier.isAccepted, earlier.manner == "spoken" {
            guard mark != nil else { return }
            told.handOvers[index].verdict?.mark = mark
            return meet("explain", index)
        }
        give(index, isAccepted: true, manner: "spoken", mark: mark)
        meet("decide", index)
        say(.accepted, person, index)
        startExplaining(.acceptance, index, person, isExplained: mark != nil)
    }

    private mutating func reject(_ person: Int) {
        guard let index = open(person) else { return conflict("verdictWithoutHandOver", person) }
        let (earlier, reason) = (told.handOvers[index].verdict, text("reason"))
        if let earlier, !earlier.isAccepted {
            guard earlier.reason.isEmpty, !reason.isEmpty else { return }
            told.handOvers[index].verdict?.reason = reason
            meet("explain", index)
        } else {
            let isReturn = earlier?.isAccepted == true
            give(index, isAccepted: false, manner: "spoken", reason: reason, isReturn: isReturn)
            meet("decide", index)
            say(.rejected, person, index)
            startExplaining(.rejection, index, person, isExplained: !reason.isEmpty)
            // A rejection without a reason waits for it.
            if reason.isEmpty { return }
        }
        guard let overturned = isDisputedAndOverturned(index, person) else { return carryOut(index, person) }
        if overturned {
            told.handOvers[index].verdict?.isAccepted = true
            say(.accepted, person, index)
        }
    }

    private mutating func give(
        _ index: Int, isAccepted: Bool, manner: String, reason: String = "", mark: Int64? = nil, isReturn: Bool = false
    ) {
        if let earlier = told.handOvers[index].verdict { told.handOvers[index].earlier.append(earlier) }
        let by = fact < 0 ? "" : facts[fact].fact.actor?.value ?? ""
        told.handOvers[index].verdict = ToldVerdict(
            isAccepted: isAccepted, manner: manner, instant: now, by: by, reason: reason, mark: mark, fact: evidence,
            isReturn: isReturn)
    }

    private mutating func say(_ kind: FactKind, _ person: Int, _ index: Int?) {
        say(
            ReferenceSaid(
                kind: kind, person: person, instant: now, place: place,
                stage: index.map { told.handOvers[$0].stage } ?? ""))
    }

    mutating func say(_ words: ReferenceSaid) {
        said.append(words)
        if !isIgnored(words.person) { score(words.person, of: words) }
    }

    /// What the reason leads to.
    private mutating func carryOut(_ index: Int, _ person: Int) {
        guard told.handOvers[index].isOpen else { return }
        let reason = told.handOvers[index].verdict?.reason ?? ""
        guard let clause = agreed.agreement.verdicts.rejectReasons.first(where: { $0.name == reason })?.leadsTo else {
            if fact >= 0 { conflict("unknownReason", person, reason) }
            return withdraw(index, "rejectionUpheld")
        }
        switch clause.value {
        case .detour(let name):
            withdraw(index, "rejectionUpheld")
            guard let detour = detour(name) else { return }
            if detour.returns == nil, world.assigning == .routed { want(index, "invalid") }
            goAway(person, detour, clause.address, reason)
        case .reroute: passOn(index, "rejected")
        case .accountOwner: passOn(index, "toAccountOwner")
        }
    }

    private mutating func passOn(_ index: Int, _ why: String) {
        if let verdict = told.handOvers[index].verdict { told.handOvers[index].earlier.append(verdict) }
        told.handOvers[index].verdict = nil
        if world.assigning == .routed { want(index, why) } else { rest(index, told.handOvers[index].owner) }
    }

    /// Recycled or disqualified by word: a detour takes it up, or it is a conflict.
    private mutating func send(_ person: Int) {
        let (index, reason) = (states[person].handOver, text("reason"))
        let wasIn = states[person].detour
        states[person].reason = reason
        say(facts[fact].fact.kind, person, index)
        if let index {
            if reason == "bounced" { withdraw(index, "bounced") }
            if facts[fact].fact.kind == .recycled { giveUp(index) }
        }
        judge(person)
        states[person].reason = ""
        if wasIn.isEmpty, states[person].detour.isEmpty { conflict("notTakenUp", person, reason) }
    }

    // MARK: Silence and deeds

    var silences: [Timed] {
        silenceEnds.compactMap { index, instant in
            told.handOvers[index].isOpen && told.handOvers[index].verdict == nil
                ? Timed(instant: instant, what: .silence, subject: index) : nil
        }
    }

    mutating func takeSilence(_ index: Int) {
        guard let silence = agreed.agreement.verdicts.silence else { return }
        let (person, isAccepted) = (number(of: told.handOvers[index].who), silence.means.value == .accepted)
        give(index, isAccepted: isAccepted, manner: "silence")
        say(isAccepted ? .accepted : .rejected, person, index)
        if !isAccepted { end(index, "rejected") }
        judge(person)
    }

    mutating func noteMeeting(_ person: Int) {
        if facts[fact].fact.kind == .meetingBooked { turnTo(person) }
        guard facts[fact].fact.kind == .meetingHeld, let index = open(person), told.handOvers[index].verdict == nil,
            !told.handOvers[index].owner.isEmpty, facts[fact].fact.actor?.value == told.handOvers[index].owner
        else { return }
        give(index, isAccepted: true, manner: "deed")
        meet("decide", index)
        say(.accepted, person, index)
    }

    // MARK: Disputes

    /// Whether a dispute raised in time will be ruled on in time, and how; `nil`: nobody will dispute it. A rejection that is
    /// disputed moves nobody until it is ruled on, so one has to look ahead.
    private func isDisputedAndOverturned(_ index: Int, _ person: Int) -> Bool? {
        guard let clause = agreed.agreement.verdicts.dispute, told.handOvers[index].dispute == nil,
            let verdict = told.handOvers[index].verdict, let end = deadline(clause.within.value, verdict.instant)
        else { return nil }
        let raised = facts.indices.first { place in
            place > fact && facts[place].fact.kind == .disputed && facts[place].person == person
                && isSaid(by: clause.by.value, place) && facts[place].fact.occurred <= min(end, world.until)
        }
        guard let raised, let last = deadline(clause.rulingWithin.value, facts[raised].fact.occurred) else {
            return nil
        }
        let ruled = facts.indices.first { place in
            place > raised && facts[place].fact.kind == .ruled && facts[place].person == person
                && isSaid(by: clause.arbiter.value, place) && facts[place].fact.occurred <= min(last, world.until)
        }
        return ruled.map { facts[$0].fact["ruling"] == .text("overturned") } ?? false
    }

    private func deadline(_ budget: Budget, _ start: Instant) -> Instant? {
        try? world.staff.officeOfOfficers.deadline(from: start, budget: budget)
    }

    private func isSaid(by party: Party, _ place: Int) -> Bool {
        guard let officer = agreed.agreement.parties[party]?.value.text else { return true }
        if facts[place].fact.actor?.value == officer { return true }
        return facts[place].fact.properties.contains { $0.name == "on_behalf_of" && $0.value == .text(officer) }
    }

    private mutating func dispute(_ person: Int) {
        guard let clause = agreed.agreement.verdicts.dispute, let index = states[person].handOver,
            let verdict = told.handOvers[index].verdict, verdict.manner == "spoken", !verdict.reason.isEmpty,
            told.handOvers[index].dispute == nil, isSaid(by: clause.by.value, fact),
            let end = deadline(clause.within.value, verdict.instant), now <= end
        else { return conflict("disputeOutOfTime", person) }
        told.handOvers[index].dispute = ToldDispute(raised: now, fact: evidence)
    }

    private mutating func rule(_ person: Int) {
        guard let clause = agreed.agreement.verdicts.dispute, let index = states[person].handOver,
            told.handOvers[index].dispute?.ruling == "pending", isSaid(by: clause.arbiter.value, fact)
        else { return conflict("disputeOutOfTime", person) }
        let isOverturned = property("ruling") == .text("overturned")
        rule(index, isOverturned ? "overturned" : "upheld")
        if !isOverturned { carryOut(index, person) }
    }

    private mutating func rule(_ index: Int, _ ruling: String) {
        told.handOvers[index].dispute?.ruling = ruling
        told.handOvers[index].dispute?.ruled = now
    }

    var rulings: [Timed] {
        told.handOvers.indices.compactMap { index in
            guard let dispute = told.handOvers[index].dispute, dispute.ruling == "pending",
                let clause = rulingTerms[index]
            else { return nil }
            return deadline(clause, dispute.raised).map { Timed(instant: $0, what: .ruling, subject: index) }
        }
    }

    /// The time for each ruling, as the version said in which the dispute was raised.
    private var rulingTerms: [Int: Budget] {
        var terms: [Int: Budget] = [:]
        for (index, handOver) in told.handOvers.enumerated() {
            guard let raised = handOver.dispute?.raised else { continue }
            let version = world.versions.indices.last { $0 == 0 || world.versions[$0].from <= raised } ?? 0
            terms[index] = world.versions[version].agreement.verdicts.dispute?.rulingWithin.value
        }
        return terms
    }

    mutating func upholdForWantOfRuling(_ index: Int) {
        rule(index, "upheldForWantOfRuling")
        let person = number(of: told.handOvers[index].who)
        carryOut(index, person)
        judge(person)
    }
}
