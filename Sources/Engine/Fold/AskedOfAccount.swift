internal import Vocabulary

/// Whom a condition asks about.
struct Asked {
    let person: Int
    /// Happenings without a time of their own count from the fact at this place, and what time alone did from this instant.
    let since: Int32
    let from: Instant
    /// What brings somebody back must have happened since, also within a time of its own.
    var isReturn = false
}

// An account at an instant, as conditions ask about it. The account answers itself: nothing of it is copied for a question.

extension AccountFold: ConditionWorld {
    func value(of term: ProgramOperation, for asked: Asked) -> Int64 {
        switch term {
        case .field(let index): fields[asked.person * program.fields.count + Int(index)]
        case .moneyField(let index, let currency): money(index, currency, asked.person)
        case .engagement: engagement(of: asked.person, at: present).micropoints
        case .fit: fit(of: asked.person).micropoints
        case .grade: known(grade(of: fit(of: asked.person)))
        case .stage: known(persons[asked.person].stage)
        case .pass: Int64(persons[asked.person].pass) * 1_000_000
        case .today: Int64(program.zone.civil(at: present).date.daysSinceEpoch)
        case .timeSince(let happening): timeSince(happening, asked)
        case .timeInStage(let stage): timeIn(stage, asked)
        case .property(let name, let kind): dealProperty(name, kind)
        case .dealPipeline: deal < 0 ? unknown : text(outcome.deals[Int(deal)].pipeline)
        case .dealStage: lastChange.map { text($0.stage) } ?? unknown
        case .dealKind: dealKind
        case .dealCloseDate: lastChange?.closeDate.map(Int64.init) ?? unknown
        case .dealAmount(let currency): amount(currency)
        default: unknown
        }
    }

    func isSo(_ predicate: ProgramOperation, for asked: Asked) -> Bool {
        switch predicate {
        case .engagementIs(let comparison, let threshold): engagement(of: asked.person, is: comparison, threshold)
        case .happened(let happening, let count, let within): happened(happening, count, within, asked)
        case .accountInTargets: isTarget
        case .accountHasOpenDeal: openDeals > 0
        case .accountHasOpenDealAbove(let units, let currency): hasOpenDeal(above: units, currency)
        case .accountHasOpenHandOver: openHandOver(besides: asked.person) != nil
        case .dealIsOpen: lastChange?.state == .open
        case .missed(let promise): persons[asked.person].missed >> promise.rawValue & 1 == 1
        default: false
        }
    }

    func matches(_ text: Int64, pattern: Int32) -> Bool {
        program.program.patterns[Int(pattern)].matches(history.texts[Int32(text)].lowercased())
    }

    func isFreeMail(_ text: Int64) -> Bool {
        mailDomains.answer(Int32(text), in: history.texts, under: program, version: version).isFree
    }

    private func known(_ index: Int32) -> Int64 { index < 0 ? unknown : Int64(index) }
    private func text(_ number: Int32) -> Int64 { number < 0 ? unknown : Int64(number) }

    private func money(_ index: Int32, _ currency: UInt16, _ person: Int) -> Int64 {
        let place = person * program.fields.count + Int(index)
        return fieldCurrencies[place] == currency ? fields[place] : unknown
    }

    private func amount(_ currency: UInt16) -> Int64 {
        guard let change = lastChange, change.currency == currency else { return unknown }
        return change.amount ?? unknown
    }

    private var lastChange: DealOutcome.Change? {
        deal < 0 ? nil : outcome.deals[Int(deal)].changes.last
    }

    private var dealKind: Int64 {
        guard deal >= 0, outcome.deals[Int(deal)].kind >= 0 else { return unknown }
        return Int64(program.name(program.program.dealKinds[Int(outcome.deals[Int(deal)].kind)].name))
    }

    /// What was told last of the deal that is judged.
    private func dealProperty(_ name: Int32, _ kind: ValueKind) -> Int64 {
        guard deal >= 0 else { return unknown }
        return dealValues[DealValue(deal: deal, name: name)]?.value(as: kind) ?? unknown
    }

    private func timeSince(_ happening: Int32, _ asked: Asked) -> Int64 {
        let last = lastOccurrence[asked.person * program.happeningCount + Int(happening)]
        return last < 0 ? unknown : (present - occurrences[Int(last)].instant).milliseconds
    }

    private func timeIn(_ stage: Int32, _ asked: Asked) -> Int64 {
        guard stage >= 0 else { return unknown }
        let entered = enteredAt[asked.person * program.stages.count + Int(stage)]
        return entered == unknown ? unknown : present.milliseconds - entered
    }

    /// Walks back as far as is needed and no further.
    private func happened(_ happening: Int32, _ count: Int32, _ within: Int64, _ asked: Asked) -> Bool {
        var left = count
        var at = lastOccurrence[asked.person * program.happeningCount + Int(happening)]
        while at >= 0, left > 0 {
            let occurrence = occurrences[Int(at)]
            if isUnit, isOfAnotherDeal(occurrence) {
                at = occurrence.previous
                continue
            }
            let isRecent = within < 0 || occurrence.instant.milliseconds > present.milliseconds - within
            let isSince = occurrence.place >= asked.since && occurrence.instant >= asked.from
            let counts = isRecent && (isSince || within >= 0 && !asked.isReturn)
            guard counts else { return false }
            left -= 1
            at = occurrence.previous
        }
        return left == 0
    }

    private func isOfAnotherDeal(_ occurrence: Occurrence) -> Bool {
        guard occurrence.place < account.facts.upperBound else { return false }
        let act = history.acts[Int(history.act[Int(occurrence.place)])]
        guard act.record >= 0, let other = deals[act.record] else { return false }
        return other != deal
    }

    private func hasOpenDeal(above units: Int64, _ currency: UInt16) -> Bool {
        outcome.deals.contains { deal in
            guard let last = deal.changes.last, last.state == .open, last.currency == currency else { return false }
            return last.amount.map { $0 > units } ?? false
        }
    }
}

extension AccountFold {
    func holds(_ condition: ProgramCondition, _ person: Int, isReturn: Bool = false) -> Bool {
        program.conditions.holds(condition, for: asked(person, isReturn: isReturn), in: self, on: room)
    }

    /// What happened counts from the start of the pass; for what brings somebody back, from that of the detour.
    func asked(_ person: Int, isReturn: Bool) -> Asked {
        isReturn
            ? Asked(
                person: person, since: persons[person].detourStart, from: persons[person].detourSince, isReturn: true)
            : Asked(person: person, since: persons[person].passStart, from: persons[person].passSince)
    }

    /// The condition that applies to a person: of the first segment that holds, else the last.
    func applying(_ condition: SegmentedCondition, to person: Int) -> ProgramCondition {
        condition.cases.first { holds($0.segment, person) }?.condition ?? condition.otherwise
    }

    /// The condition under which a person enters a stage.
    func entry(into stage: Int, of person: Int) -> ProgramCondition {
        let enter = program.stages[stage].enter
        return enter.isForAll ? enter.otherwise : applying(program.program.stages[stage].enter, to: person)
    }

    /// The condition under which a person goes into a detour.
    func entry(intoDetour detour: Int32, of person: Int) -> ProgramCondition {
        let enters = program.courses.entering[detour]
        return enters.isForAll ? enters.otherwise : applying(program.program.detours[Int(detour)].enters, to: person)
    }

    func budget(_ budget: SegmentedBudget, for person: Int) -> Budget? {
        budget.cases.first { holds($0.condition, person) }?.budget ?? budget.otherwise
    }
}
