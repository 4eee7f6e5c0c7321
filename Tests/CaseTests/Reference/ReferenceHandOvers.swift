import Agreement
import Engine
import Journal
import Vocabulary

// From entry into a stage that hands over, through held and ready, to an owner.

extension ReferenceAccount {
    mutating func beginHandOver(_ stage: Int, _ person: Int, _ clause: String) {
        if let last = states[person].handOver, told.handOvers[last].ready == nil, told.handOvers[last].end == "open" {
            end(last, "cancelled")
        }
        states[person].handOver = told.handOvers.count
        told.handOvers.append(
            ToldHandOver(
                who: who(person), stage: agreed.agreement.stages[stage].name, pass: states[person].pass,
                version: version,
                entered: now, clause: clause, fact: evidence))
        lookAtHandOver(person)
    }

    mutating func lookAtHandOver(_ person: Int) {
        guard let index = states[person].handOver, told.handOvers[index].ready == nil,
            told.handOvers[index].end == "open"
        else { return }
        let missing = missing(person, at: told.handOvers[index].stage)
        guard missing.isEmpty else {
            if told.handOvers[index].hold.isEmpty { told.handOvers[index].hold = missing.joined(separator: " ") }
            return
        }
        becomeReady(index, person)
    }

    /// What a lead is held for.
    private func missing(_ person: Int, at stage: String) -> [String] {
        let position = stageIndex(stage) ?? -1
        let fields = agreed.agreement.fields.filter { field in
            guard let required = field.requiredAt.flatMap({ stageIndex($0.value) }) else { return false }
            return required <= position && fieldValue(field.name, person) == nil
        }
        return fields.map(\.name) + (mayBeContacted(person) ? [] : ["consent"])
    }

    private mutating func becomeReady(_ index: Int, _ person: Int) {
        let starts = agreed.agreement.company.starts.map { agreed.agreement.zone.startOfDay($0.value) }
        let open = openHandOver(besides: person)
        told.handOvers[index].ready = now
        told.handOvers[index].readyFact = evidence
        told.handOvers[index].fit = fit(person)
        told.handOvers[index].engagement = engagement(person, at: now)
        told.handOvers[index].grade = grade(fit(person))
        told.handOvers[index].isBeforeStart = starts.map { now < $0 } ?? false
        told.handOvers[index].isLate = !told.handOvers[index].isBeforeStart && isLearnedLate
        accountChanged = true
        defer { states[person].givenTo = nil }
        if let given = states[person].givenTo, open == nil || told.handOvers[index].isBeforeStart {
            told.handOvers[index].owners = [
                ToldOwner(owner: given.owner, since: now, why: "recorded", rule: "", fact: given.fact)
            ]
        }
        if told.handOvers[index].isBeforeStart {
            if world.assigning == .recorded { own(index, isFirst: true) }
        } else if let open {
            told.handOvers[index].joins = open
            told.handOvers[index].owners = [
                ToldOwner(owner: told.handOvers[open].owner, since: now, why: "joined", rule: "", fact: evidence)
            ]
        } else if world.assigning == .routed {
            want(index, "handedOver")
        } else {
            own(index, isFirst: true)
        }
    }

    private var isLearnedLate: Bool {
        guard fact >= 0, let within = agreed.agreement.company.history.actWithin.value as Budget? else { return false }
        let limit = try? world.staff.always.deadline(from: now, budget: within)
        return limit.map { facts[fact].fact.known > $0 } ?? false
    }

    /// The account's first open hand-over of somebody else that joined none itself.
    func openHandOver(besides person: Int) -> Int? {
        told.handOvers.indices.first { index in
            let handOver = told.handOvers[index]
            return handOver.isOpen && handOver.who != who(person) && handOver.joins == nil && !handOver.isBeforeStart
        }
    }

    // MARK: Owners

    mutating func want(_ index: Int, _ why: String) {
        let handOver = told.handOvers[index]
        guard !handOver.isBeforeStart else { return }
        let person = number(of: handOver.who)
        var team = ""
        if case .team(let name)? = stageIndex(handOver.stage).flatMap({ agreed.agreement.stages[$0].handOver?.value }) {
            team = name
        }
        asked.append(
            ReferenceRequest(
                instant: now, account: number, handOver: index,
                evidence: facts.firstIndex { $0.key == handOver.readyFact } ?? -1, why: why, version: version,
                grade: handOver.grade, without: why == "handedOver" ? [] : handOver.owners.map(\.owner),
                rules: agreed.agreement.routing.rules.map { holds($0.when.value, person) }, accountOwner: accountOwner,
                openOwner: openHandOver(besides: person).map { told.handOvers[$0].owner } ?? "", team: team))
    }

    mutating func assign(_ asked: ReferenceRequest, _ answer: ReferenceAnswer) {
        let index = asked.handOver
        let previous = told.handOvers[index].owner
        guard told.handOvers[index].end == "open", asked.why != "invalid" else { return }
        if asked.why != "handedOver", answer.owner.isEmpty || answer.owner == previous { return }
        let words = ["handedOver": "routed", "rejected": "rerouted"]
        told.handOvers[index].owners.append(
            ToldOwner(
                owner: answer.owner, since: whenTold(answer.owner, number(of: told.handOvers[index].who)),
                why: words[asked.why] ?? asked.why, rule: answer.rule < 0 ? "" : "\(answer.rule)", fact: evidence))
        if asked.why != "handedOver" { rest(index, previous) }
        own(index, isFirst: told.handOvers[index].owners.count == 1)
    }

    /// When the owner was told: where a system assigned the lead to the same owner later, only then.
    private func whenTold(_ owner: String, _ person: Int) -> Instant {
        let next = facts[noted...].first {
            $0.fact.kind == .owned && $0.person == person && person != itself && $0.fact.occurred <= world.until
        }
        return next.flatMap { $0.fact.actor?.value == owner ? $0.fact.occurred : nil } ?? now
    }

    private mutating func own(_ index: Int, isFirst: Bool) {
        owned[index] = now
        touches[index] = []
        guard !told.handOvers[index].isBeforeStart else { return }
        startClocks(index)
        let handOver = told.handOvers[index]
        // Silence runs from the hand-over, whoever gets it later.
        if handOver.verdict == nil, isFirst, let silence = agreed.agreement.verdicts.silence {
            let budget = applying(silence.after, to: number(of: handOver.who)).value
            silenceEnds[index] = try? calendar(of: index).deadline(from: now, budget: budget)
        }
    }

    func calendar(of index: Int) -> WorkingTime {
        let handOver = told.handOvers[index]
        var team = ""
        if case .team(let name)? = stageIndex(handOver.stage).flatMap({ agreed.agreement.stages[$0].handOver?.value }) {
            team = name
        }
        return world.staff.calendar(of: handOver.owner, orTeam: team)
    }

    mutating func assignAsRecorded(_ owner: String, _ person: Int) {
        guard let index = states[person].handOver, told.handOvers[index].isOpen else {
            states[person].givenTo = owner.isEmpty ? nil : (owner, evidence)
            return
        }
        guard !owner.isEmpty, told.handOvers[index].joins == nil, told.handOvers[index].owner != owner else { return }
        let previous = told.handOvers[index].owner
        told.handOvers[index].owners.append(
            ToldOwner(owner: owner, since: now, why: "recorded", rule: "", fact: evidence))
        rest(index, previous)
        own(index, isFirst: false)
    }

    /// Of two who are one, whoever accepted first keeps them.
    mutating func noteMerge(_ person: Int) {
        let isUndone = facts.contains {
            $0.person == person && $0.fact.kind == .unmerged && $0.fact.occurred >= now
                && $0.fact.occurred <= world.until
        }
        guard person != itself, !isUndone, let index = states[person].handOver, told.handOvers[index].isOpen,
            told.handOvers[index].joins == nil
        else { return }
        let handOver = told.handOvers[index]
        let verdicts = handOver.earlier + [handOver.verdict].compactMap { $0 }
        guard let keeper = verdicts.first(where: { $0.isAccepted && $0.manner == "spoken" })?.by, !keeper.isEmpty,
            keeper != handOver.owner,
            world.staff.reps[keeper] != nil || handOver.owners.contains(where: { $0.owner == keeper })
        else { return }
        withdraw(index, "merged")
        told.handOvers[index].owners.append(
            ToldOwner(owner: keeper, since: now, why: "merged", rule: "", fact: evidence))
        own(index, isFirst: false)
    }

    // MARK: Away and gone

    /// The instants at which owners are away or gone, from when they got it.
    var absences: [Timed] {
        guard world.assigning == .routed else { return [] }
        return told.handOvers.indices.flatMap { index -> [Timed] in
            guard told.handOvers[index].isOpen, let since = owned[index],
                let rep = world.staff.reps[told.handOvers[index].owner]
            else { return [] }
            let starts = rep.away.filter { $0.upperBound > since }.map { max($0.lowerBound, since) }
            let number = told.handOvers[index].owners.count
            return (starts + (rep.left.map { [max($0, since)] } ?? [])).map {
                Timed(instant: $0, what: .absence, subject: index, detail: number)
            }
        }
    }

    mutating func ownerGone(_ index: Int) {
        let rep = world.staff.reps[told.handOvers[index].owner]
        let isForGood = rep?.left.map { $0 <= now } ?? false
        let isTouched = isTouched(index)
        if !isTouched || isForGood { want(index, isTouched ? "ownerLeft" : "ownerAway") }
    }

    /// Somebody of the owner's team turned to the person since the owner has it, or the person answered.
    private func isTouched(_ index: Int) -> Bool {
        let owner = told.handOvers[index].owner
        let isAnswered = told.clocks.contains {
            $0.handOver == index && $0.owner == owner && $0.promise == "respond" && $0.state == "met"
        }
        return isAnswered || !(touches[index] ?? []).isEmpty
    }

    // MARK: Ends

    mutating func end(_ index: Int, _ end: String) {
        told.handOvers[index].end = end
        told.handOvers[index].ended = now
        accountChanged = true
    }

    mutating func leaveHandOver(_ person: Int) {
        guard let index = states[person].handOver, told.handOvers[index].end == "open" else { return }
        if told.handOvers[index].ready == nil { return end(index, "cancelled") }
        end(index, told.handOvers[index].verdict.map { $0.isAccepted ? "recycled" : "rejected" } ?? "recycled")
    }
}
