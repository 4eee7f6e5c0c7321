internal import Journal
internal import Vocabulary

// A fact is noted: what it changes of the person, the account or a deal. Then whoever it may move is judged.

/// A verdict or a change of a deal, kept to be recognised anew when the agreement changes.
struct SaidOrDone {
    let kind: FactKind
    let person: Int
    let instant: Instant
    let place: Int32
    /// For a verdict: the name of the stage handed over at, a text. For a deal: its stage. −1: none.
    let stage: Int32
}

extension AccountFold {
    /// Whether a fact can be passed over: it brings nothing about under this version, the last, and nobody waits for a sign
    /// of life.
    func isOfNoConsequence(_ place: Int32) -> Bool {
        program.traits[history.act[Int(place)]].isEmpty && awaiting == 0 && Int(version) == world.versions.count - 1
    }

    mutating func note(_ place: Int32) {
        let actNumber = history.act[Int(place)]
        let traits = program.traits[actNumber]
        let person = local(history.person[Int(place)])
        var isOfMoment = endsAwaiting(person)
        if traits.contains(.isRecognised) {
            for index in program.recognised.range(Int(actNumber)) {
                occur(program.recognised[at: index], person, at: present, place: place)
                if program.hasAlerts { heed(program.recognised[at: index], person) }
            }
            if traits.contains(.scores), !persons[person].isIgnored {
                for index in program.scoring.range(Int(actNumber)) { score(program.scoring[at: index], person) }
            }
            isOfMoment = isOfMoment || mayMove(person, traits)
        }
        if traits.contains(.isOfItsKind) {
            let act = history.acts[Int(actNumber)]
            isOfMoment = isOfMoment || traits.contains(.isRecognised)
            if act.kind.family == .deal { return noteDeal(act, place) }
            isOfMoment = noteByKind(act, person, place) || isOfMoment
        }
        if traits.contains(.asksForContact) {
            requests[person].append(place)
            isOfMoment = true
        }
        if isOfMoment { judge(person) }
    }

    /// Whether an occurrence may move the person: something asks for it, or a look is due anyway at everything that happens.
    private func mayMove(_ person: Int, _ traits: ActTraits) -> Bool {
        if !traits.isDisjoint(with: [.scores, .moves]) { return true }
        let state = persons[person]
        if state.handOver >= 0, outcome.handOvers[Int(state.handOver)].ready == nil { return true }
        return program.courses.isMovedByShrinking(program.courses.place(stage: state.stage, detour: state.detour))
    }

    mutating func endsAwaiting(_ person: Int) -> Bool {
        guard awaiting > 0, persons[person].awaitsActivity else { return false }
        persons[person].awaitsActivity = false
        awaiting -= 1
        return true
    }

    /// Whether the person is to be judged for it.
    private mutating func noteByKind(_ act: Act, _ person: Int, _ place: Int32) -> Bool {
        switch act.kind.family {
        case .field: return noteFields(act, person)
        case .consent:
            noteConsent(act, person)
            return true
        case .touch: noteTouch(act, person)
        case .meeting: noteMeeting(act, person)
        case .verdict:
            noteVerdict(act, person)
            return true
        case .ownership: noteOwner(act, person)
        case .gone: noteGone(act, person)
        case .decision: noteDecision(act, person)
        case .identity: if act.kind == .merged { merge(person) }
        default: break
        }
        return false
    }

    mutating func occur(_ happening: Int32, _ person: Int, at instant: Instant, place: Int32) {
        let index = person * program.happeningCount + Int(happening)
        occurrences.append(Occurrence(instant: instant, place: place, previous: lastOccurrence[index]))
        lastOccurrence[index] = Int32(occurrences.count - 1)
    }

    private mutating func scoreOccurrences(of happenings: [Int32], _ person: Int) {
        guard !happenings.isEmpty, !persons[person].isIgnored else { return }
        for (number, rule) in program.program.engagement.enumerated() where happenings.contains(rule.happening) {
            score(Int32(number), person)
        }
    }
}

// Fields.

extension AccountFold {
    /// Whether a value changed that anybody asks about.
    private mutating func noteFields(_ act: Act, _ person: Int) -> Bool {
        if act.kind == .observed, isDeal(act) {
            noteDeal(act, fact)
            return false
        }
        let hasChanged = readFields(act, person)
        if act.kind == .observed { noteStageClaim(act, person) }
        return hasChanged
    }

    /// Whether a field took another value.
    mutating func readFields(_ act: Act, _ person: Int) -> Bool {
        guard !isDeal(act) else { return false }
        guard act.kind == .observed else {
            guard let value = property(world.words.value) else { return false }
            let named = PropertyTable.Property(
                name: act.name, kind: value.kind, currency: value.currency, bits: value.bits)
            return noteField(named, record: act.record, person)
        }
        var hasChanged = false
        for index in history.properties.range(act.properties) {
            hasChanged = noteField(history.properties.all[index], record: act.record, person) || hasChanged
        }
        return hasChanged
    }

    mutating func noteField(_ property: PropertyTable.Property, record: Int32, _ person: Int) -> Bool {
        guard let field = program.fields[property.name] else { return false }
        // A change arises only where a source says something other than it last said.
        let place = person * program.fields.count + field
        var last = lastRecordValue[place]
        guard isNews(property, of: record, after: &last) else { return false }
        lastRecordValue[place] = last
        if program.fields.isWriteOnce[field], fields[place] != unknown { return false }
        let kind = program.fields.kinds[field]
        var value = property.kind == .cleared ? unknown : property.value(as: kind)
        if kind == .text, let meant = program.fields.aliases[field][value] { value = meant }
        guard fields[place] != value else { return false }
        fields[place] = value
        isAssumed[place] = false
        fieldCurrencies[place] = property.currency
        persons[person].fit = nil
        if Int64(property.name) == world.words.email { noteAddress(value, person) }
        return true
    }

    /// Whom the agreement ignores is told by the address they have now.
    private mutating func noteAddress(_ address: Int64, _ person: Int) {
        persons[person].isIgnored =
            address >= 0
            && mailDomains.answer(Int32(address), in: history.texts, under: program, version: version).isIgnored
    }

    /// A system that is named in `history` says before go-live where somebody stands; any other claim beyond what the
    /// agreement gives is a conflict.
    private mutating func noteStageClaim(_ act: Act, _ person: Int) {
        guard let claim = property(world.words.stage), claim.kind == .text, person < size - 1 else { return }
        let claimed = stage(called: Int32(claim.bits))
        guard claimed >= 0 else { return }
        var last = lastClaim[person]
        guard isNews(claim, of: act.record, after: &last) else { return }
        lastClaim[person] = last
        let history = program.program.history
        let isNamed = history.stagesFrom.contains { program.name($0) == act.source }
        if isNamed, let starts = history.starts, present < starts {
            if claimed > persons[person].stage, persons[person].detour < 0 {
                enter(claimed, person, imported: true)
                setWake(person)
            }
        } else if claimed != persons[person].stage {
            judge(person)
            guard claimed != persons[person].stage else { return }
            conflict(.claimedStage, person, act, detail: Int32(claim.bits))
        }
    }

    /// Whether a record says other than it last did; remembers what it says. `last` begins what was said of the same.
    private mutating func isNews(_ property: PropertyTable.Property, of record: Int32, after last: inout Int32) -> Bool
    {
        var at = last
        while at >= 0, recordValues[Int(at)].record != record { at = recordValues[Int(at)].previous }
        if at < 0 {
            recordValues.append(RecordValue(record: record, property: property, previous: last))
            last = Int32(recordValues.count - 1)
            return true
        }
        guard recordValues[Int(at)].property != property else { return false }
        recordValues[Int(at)].property = property
        return true
    }

    /// Without regard to case: systems write SQL where the agreement says sql.
    private func stage(called text: Int32) -> Int32 {
        let wanted = history.texts[text].lowercased()
        return Int32(
            program.program.stages.firstIndex { program.program.names[Int($0.name)].lowercased() == wanted } ?? -1)
    }

    private mutating func noteOwner(_ act: Act, _ person: Int) {
        if history.person[Int(fact)] < 0 {
            guard accountOwner != act.actor else { return }
            accountOwner = act.actor
            withdrawWhereOwnedElsewhere()
        } else if world.heedsRecords {
            assignAsRecorded(act.actor, person)
        }
    }

    private mutating func noteGone(_ act: Act, _ person: Int) {
        switch act.kind {
        case .erased:
            persons[person].isErased = true
            withdrawAll(of: person, .erased)
        case .mergedAway: merge(person)
        default: break
        }
    }
}

// Deals.

extension AccountFold {
    private func isDeal(_ act: Act) -> Bool {
        act.record >= 0 && history.person[Int(fact)] < 0 && property(world.words.pipeline) != nil
            || act.record >= 0 && deals[act.record] != nil
    }

    private mutating func noteDeal(_ act: Act, _ place: Int32) {
        let index = dealIndex(act.record)
        for property in history.properties[act.properties] {
            dealValues[DealValue(deal: Int32(index), name: property.name)] = property
        }
        let person = history.person[Int(place)]
        if person >= 0, !outcome.deals[index].persons.contains(person) {
            edit { $0.deals[index].persons.append(person) }
            if outcome.deals[index].changes.isEmpty == false { credit(index) }
        }
        guard let change = change(of: act, after: outcome.deals[index].changes.last, index) else { return }
        let wasOpen = outcome.deals[index].changes.last?.state == .open
        edit { $0.deals[index].changes.append(change) }
        openDeals += (change.state == .open ? 1 : 0) - (wasOpen ? 1 : 0)
        deal = Int32(index)
        nameKind(index)
        credit(index)
        moveByDeal(index, change, place)
        deal = -1
        hasAccountChanged = true
    }

    private mutating func dealIndex(_ record: Int32) -> Int {
        if let known = deals[record] { return Int(known) }
        let index = outcome.deals.count
        edit { $0.deals.append(DealOutcome(record: record, pipeline: -1, kind: -1)) }
        deals[record] = Int32(index)
        return index
    }

    /// What the fact says became of the deal; `nil` where it says nothing new.
    private mutating func change(
        of act: Act, after last: DealOutcome.Change?, _ index: Int
    ) -> DealOutcome.Change? {
        let words = world.words
        let isTieOnly =
            act.kind == .dealChanged
            && [words.pipeline, words.stage, words.amount, words.closeDate]
                .allSatisfy { property($0) == nil }
        if isTieOnly { return nil }
        if let pipeline = property(words.pipeline), pipeline.kind == .text {
            edit { $0.deals[index].pipeline = Int32(pipeline.bits) }
        }
        let stage = property(words.stage).flatMap { $0.kind == .text ? Int32($0.bits) : nil } ?? last?.stage ?? -1
        let state = state(of: act, stage: stage, outcome.deals[index].pipeline, last)
        let amount = property(words.amount)
        var next = DealOutcome.Change(
            instant: present, known: Instant(milliseconds: history.known(Int(fact))), what: .changed, state: state,
            stage: stage, amount: amount.map { $0.kind == .money ? $0.bits : nil } ?? last?.amount,
            currency: amount?.currency ?? last?.currency ?? 0,
            closeDate: property(words.closeDate).map { $0.kind == .date ? Int32($0.bits) : nil } ?? last?.closeDate,
            owner: act.actor >= 0 ? act.actor : last?.owner ?? -1, fact: fact)
        next.what = what(from: outcome.deals[index].changes, to: next.state)
        let saysNothing =
            last.map {
                ($0.state, $0.stage, $0.amount, $0.closeDate, $0.owner)
                    == (next.state, next.stage, next.amount, next.closeDate, next.owner)
            } ?? false
        return saysNothing && next.what == .changed ? nil : next
    }

    private func state(
        of act: Act, stage: Int32, _ pipeline: Int32, _ last: DealOutcome.Change?
    ) -> DealOutcome.State {
        switch act.kind {
        case .dealWon: return .won
        case .dealLost: return .lost
        case .dealReopened: return .open
        default: break
        }
        let entry = program.program.deals.stages.first { entry in
            program.name(entry.stage) == stage
                && (entry.pipeline < 0 || pipeline < 0 || program.name(entry.pipeline) == pipeline)
        }
        switch entry?.standing {
        case .open: return .open
        case .won: return .won
        case .lost: return .lost
        case .ignored: return .ignored
        case nil: return last?.state ?? .open
        }
    }

    /// Deals in stages that the agreement ignores are none: such a deal is opened when it leaves them.
    private func what(
        from earlier: [DealOutcome.Change], to state: DealOutcome.State
    ) -> DealOutcome.Change.What {
        if let last = earlier.last, last.state == state { return .changed }
        switch state {
        case .won: return .won
        case .lost: return .lost
        case .ignored: return .changed
        case .open: return earlier.contains { $0.state != .ignored } ? .reopened : .opened
        }
    }

    /// The first of the agreement's kinds whose condition holds.
    private mutating func nameKind(_ index: Int) {
        let kind = program.program.dealKinds.firstIndex { holds($0.condition, size - 1) }
        edit { $0.deals[index].kind = Int32(kind ?? -1) }
    }

    /// To whom of the people on it was handed over first; where nobody is on it, who of the account was accepted last before
    /// it was opened.
    private mutating func credit(_ index: Int) {
        guard outcome.deals[index].credited < 0 else { return }
        let people = outcome.deals[index].persons
        let credited: Int32
        if people.isEmpty {
            guard outcome.deals[index].changes.count == 1 else { return }
            credited = lastAccepted()
        } else {
            let handedOver = people.compactMap { person in
                outcome.handOvers.first { $0.person == person && $0.ready != nil }.flatMap { handOver in
                    handOver.ready.map { (instant: $0, person: person) }
                }
            }
            credited = handedOver.min { ($0.instant, $0.person) < ($1.instant, $1.person) }?.person ?? people[0]
        }
        edit { $0.deals[index].credited = credited }
    }

    private func lastAccepted() -> Int32 {
        let accepted = outcome.handOvers.compactMap { handOver in
            handOver.verdict.flatMap { $0.isAccepted ? (instant: $0.instant, person: handOver.person) : nil }
        }
        return accepted.max { ($0.instant, $1.person) < ($1.instant, $0.person) }?.person ?? -1
    }

    private mutating func moveByDeal(_ index: Int, _ change: DealOutcome.Change, _ place: Int32) {
        let deal = outcome.deals[index]
        let before = deal.changes.dropLast().last?.stage ?? -1
        let unit = local(deal.credited)
        let people = [unit] + deal.persons.map { local($0) }.filter { $0 != unit }
        let kind: FactKind? =
            switch change.what {
            case .opened: .dealOpened
            case .won: .dealWon
            case .lost: .dealLost
            case .reopened: .dealReopened
            case .changed: nil
            }
        if change.what == .opened { for person in people where isInLastStage(person) { beginExpansion(person, place) } }
        for person in people {
            if let kind {
                saidOrDone(SaidOrDone(kind: kind, person: person, instant: present, place: place, stage: -1))
            }
            // A deal takes a stage when it had another or none.
            if change.stage >= 0, change.stage != before {
                saidOrDone(
                    SaidOrDone(kind: .dealChanged, person: person, instant: present, place: place, stage: change.stage))
            }
        }
        // What was won once does not move anybody again when it is opened again.
        if change.what != .reopened { judge(unit, byDeal: Int32(index)) }
        for person in people.dropFirst() { judge(person, alsoOn: Int32(index)) }
    }

    mutating func saidOrDone(_ said: SaidOrDone) {
        saidAndDone.append(said)
        let happenings = happenings(of: said)
        for happening in happenings {
            occur(happening, said.person, at: said.instant, place: said.place)
            if program.hasAlerts { heed(happening, said.person) }
        }
        scoreOccurrences(of: happenings, said.person)
    }

    /// What a verdict or a change of a deal is an occurrence of.
    func happenings(of said: SaidOrDone) -> [Int32] {
        switch said.kind {
        case .dealChanged:
            program.dynamic.stages.filter { program.name($0.stage) == said.stage }.flatMap(\.entry.implied)
        case .dealOpened, .dealWon, .dealLost, .dealReopened:
            program.dynamic.deals.filter { $0.kind == said.kind }.flatMap(\.entry.implied)
        default:
            program.dynamic.verdicts.filter { verdict in
                verdict.kind == said.kind
                    && (verdict.stage < 0
                        || said.stage >= 0
                            && program.name(program.program.stages[Int(verdict.stage)].name) == said.stage)
            }.flatMap(\.entry.implied)
        }
    }
}
