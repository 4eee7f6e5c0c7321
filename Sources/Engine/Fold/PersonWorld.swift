internal import Vocabulary

/// A person at an instant, as conditions ask about them.
struct PersonWorld: ConditionWorld {
    let fold: AccountFold
    let person: Int
    /// Happenings without a time of their own count from the fact at this place.
    let since: Int32

    private var program: BoundProgram { fold.program }
    private var state: PersonState { fold.persons[person] }

    func value(of term: ProgramOperation) -> Int64 {
        switch term {
        case .field(let index): fold.fields[person * program.program.fields.count + Int(index)]
        case .moneyField(let index, let currency): money(index, currency)
        case .engagement: fold.engagement(of: person, at: fold.present).micropoints
        case .fit: fold.fit(of: person).micropoints
        case .grade: known(fold.grade(of: fold.fit(of: person)))
        case .stage: known(state.stage)
        case .pass: Int64(state.pass) * 1_000_000
        case .today: Int64(program.zone.civil(at: fold.present).date.daysSinceEpoch)
        case .timeSince(let happening): timeSince(happening)
        case .timeInStage(let stage): timeIn(stage)
        case .dealPipeline: fold.deal < 0 ? unknown : text(fold.outcome.deals[Int(fold.deal)].pipeline)
        case .dealStage: lastChange.map { text($0.stage) } ?? unknown
        case .dealKind: dealKind
        case .property(let name, let kind): dealProperty(name, kind)
        case .dealCloseDate: lastChange?.closeDate.map(Int64.init) ?? unknown
        case .dealAmount(let currency): amount(currency)
        default: unknown
        }
    }

    func isSo(_ predicate: ProgramOperation) -> Bool {
        switch predicate {
        case .engagementIs(let comparison, let threshold): fold.engagement(of: person, is: comparison, threshold)
        case .happened(let happening, let count, let within): happened(happening, count, within)
        case .accountInTargets: fold.isTarget
        case .accountHasOpenDeal: fold.openDeals > 0
        case .accountHasOpenDealAbove(let units, let currency): hasOpenDeal(above: units, currency)
        case .accountHasOpenHandOver: fold.openHandOver(besides: person) != nil
        case .dealIsOpen: lastChange?.state == .open
        case .missed(let promise): state.missed >> promise.rawValue & 1 == 1
        default: false
        }
    }

    func matches(_ text: Int64, pattern: Int32) -> Bool {
        program.program.patterns[Int(pattern)].matches(fold.history.texts[Int32(text)].lowercased())
    }

    func isFreeMail(_ text: Int64) -> Bool { program.isFreeMail(fold.history.texts[Int32(text)]) }

    private func known(_ index: Int32) -> Int64 { index < 0 ? unknown : Int64(index) }
    private func text(_ number: Int32) -> Int64 { number < 0 ? unknown : Int64(number) }

    private func money(_ index: Int32, _ currency: UInt16) -> Int64 {
        let place = person * program.program.fields.count + Int(index)
        return fold.fieldCurrencies[place] == currency ? fold.fields[place] : unknown
    }

    private func amount(_ currency: UInt16) -> Int64 {
        guard let change = lastChange, change.currency == currency else { return unknown }
        return change.amount ?? unknown
    }

    private var lastChange: DealOutcome.Change? {
        fold.deal < 0 ? nil : fold.outcome.deals[Int(fold.deal)].changes.last
    }

    /// What the facts of the deal last say under a name: only the kind of a deal asks for it.
    private func dealProperty(_ name: Int32, _ kind: ValueKind) -> Int64 {
        guard fold.deal >= 0 else { return unknown }
        for change in fold.outcome.deals[Int(fold.deal)].changes.reversed() where change.fact >= 0 {
            let act = fold.history.acts[Int(fold.history.act[Int(change.fact)])]
            if let found = fold.history.properties.property(name, of: act.properties) { return found.value(as: kind) }
        }
        return unknown
    }

    private var dealKind: Int64 {
        guard fold.deal >= 0, fold.outcome.deals[Int(fold.deal)].kind >= 0 else { return unknown }
        return Int64(program.name(program.program.dealKinds[Int(fold.outcome.deals[Int(fold.deal)].kind)].name))
    }

    private func timeSince(_ happening: Int32) -> Int64 {
        let last = fold.lastOccurrence[person * program.program.happenings.count + Int(happening)]
        return last < 0 ? unknown : (fold.present - fold.occurrences[Int(last)].instant).milliseconds
    }

    private func timeIn(_ stage: Int32) -> Int64 {
        guard stage >= 0 else { return unknown }
        let entered = fold.enteredAt[person * program.program.stages.count + Int(stage)]
        return entered == unknown ? unknown : fold.present.milliseconds - entered
    }

    /// Walks back as far as is needed and no further.
    private func happened(_ happening: Int32, _ count: Int32, _ within: Int64) -> Bool {
        var left = count
        var at = fold.lastOccurrence[person * program.program.happenings.count + Int(happening)]
        while at >= 0, left > 0 {
            let occurrence = fold.occurrences[Int(at)]
            let counts =
                within >= 0
                ? occurrence.instant.milliseconds > fold.present.milliseconds - within : occurrence.place >= since
            guard counts else { return false }
            left -= 1
            at = occurrence.previous
        }
        return left == 0
    }

    private func hasOpenDeal(above units: Int64, _ currency: UInt16) -> Bool {
        fold.outcome.deals.contains { deal in
            guard let last = deal.changes.last, last.state == .open, last.currency == currency else { return false }
            return last.amount.map { $0 > units } ?? false
        }
    }
}

extension AccountFold {
    func holds(_ condition: ProgramCondition, _ person: Int, since: Int32? = nil) -> Bool {
        let world = PersonWorld(fold: self, person: person, since: since ?? persons[person].passStart)
        return program.conditions.holds(condition, in: world)
    }

    /// The condition that applies to a person: of the first segment that holds, else the last.
    func applying(_ condition: SegmentedCondition, to person: Int) -> ProgramCondition {
        condition.cases.first { holds($0.segment, person) }?.condition ?? condition.otherwise
    }

    func budget(_ budget: SegmentedBudget, for person: Int) -> Budget? {
        budget.cases.first { holds($0.condition, person) }?.budget ?? budget.otherwise
    }
}
