internal import Engine
internal import Journal
internal import Vocabulary

// Conditions to operations. Names become ids here, so that nothing is looked up while a condition runs.

struct ConditionCompiler {
    private(set) var program = Program()
    private var ids: [String: Int32] = [:]
    private var setIndices: [[Int64]: Int32] = [:]
    private var patternIndices: [String: Int32] = [:]
    private(set) var happeningIndices: [Happening: Int32] = [:]
    private let agreement: Agreement
    private let base: Currency
    private let clauses: [String: Int32]

    init(_ agreement: Agreement) {
        self.agreement = agreement
        base = agreement.company.currencies.base.value
        let addresses = agreement.clauses.enumerated().map { ($0.element.address, Int32($0.offset)) }
        clauses = Dictionary(addresses) { first, _ in first }
        for field in agreement.fields { program.fields.append(self.field(field)) }
    }

    mutating func name(_ text: String) -> Int32 {
        if let id = ids[text] { return id }
        let id = Int32(program.names.count)
        program.names.append(text)
        ids[text] = id
        return id
    }

    func clause(_ address: String) -> ClauseID { ClauseID(clauses[address] ?? -1) }

    func stage(_ name: String) -> Int32 { Int32(agreement.stages.firstIndex { $0.name == name } ?? -1) }

    func detour(_ name: String) -> Int32 { Int32(agreement.detours.firstIndex { $0.name == name } ?? -1) }

    mutating func edit(_ change: (inout Program) -> Void) { change(&program) }

    private mutating func field(_ field: Field) -> ProgramField {
        ProgramField(
            name: name(field.name), kind: field.type.value.valueType.kind,
            requiredAt: field.requiredAt.map { stage($0.value) } ?? -1, isWriteOnce: field.isWriteOnce.value,
            aliases: field.aliases.value.map { .init(written: name($0.written), means: name($0.means)) })
    }

    mutating func condition(_ clause: Clause<Condition>) -> ProgramCondition {
        condition(clause.value, clause.address)
    }

    mutating func condition(_ condition: Condition, _ address: String) -> ProgramCondition {
        // Happenings first: the conditions of their `where` must not stand within this one.
        prepare(condition)
        let start = Int32(program.operations.count)
        if condition != .always { emit(condition) }
        return ProgramCondition(
            operations: start..<Int32(program.operations.count), clause: clause(address))
    }
}

// Conditions.

extension ConditionCompiler {
    private mutating func emit(_ operation: ProgramOperation) { program.operations.append(operation) }

    private mutating func emit(_ condition: Condition) {
        switch condition.node {
        case .always: emit(.push(1))
        case .not(let inner):
            emit(inner)
            emit(.not)
        case .all(let parts): chain(parts) { .jumpUnless($0) }
        case .any(let parts): chain(parts) { .jumpIf($0) }
        case .compares(let left, let comparison, let right): compare(left, comparison, right)
        case .between(let term, let low, let high): between(term, low, high)
        case .isOneOf(let term, let values): oneOf(term, values)
        case .matches(let term, let pattern):
            emit(term, as: .text)
            emit(.matches(pattern: self.pattern(pattern)))
        case .isKnown(let term):
            emit(term, as: term.type)
            emit(.isKnown)
        case .isFreeMail(let term):
            emit(term, as: .text)
            emit(.isFreeMail)
        case .isTrue(let term):
            emit(term, as: .yesNo)
            emit(.isTrue)
        case .happened(let happening, let count, let window):
            let time = window.map { Int64($0.count) * $0.unit.elapsed.milliseconds } ?? -1
            emit(.happened(happening: self.happening(happening), atLeast: Int32(count), within: time))
        case .accountInTargets: emit(.accountInTargets)
        case .accountHasOpenDeal(nil): emit(.accountHasOpenDeal)
        case .accountHasOpenDeal(let above?):
            emit(.accountHasOpenDealAbove(minorUnits: above.minorUnits, currency: above.currency.packed))
        case .accountHasOpenHandOver: emit(.accountHasOpenHandOver)
        case .dealIsOpen: emit(.dealIsOpen)
        case .inPeriod(let term):
            emit(term, as: .date)
            emit(.inPeriod)
        case .missed(let promise): emit(.missed(promise.program))
        }
    }

    /// Each part but the last may end the chain.
    private mutating func chain(_ parts: [Condition], _ jump: (Int32) -> ProgramOperation) {
        var jumps: [Int] = []
        for (number, part) in parts.enumerated() {
            emit(part)
            guard number < parts.count - 1 else { break }
            jumps.append(program.operations.count)
            emit(.not)
        }
        let end = Int32(program.operations.count)
        for index in jumps { program.operations[index] = jump(end) }
    }

    private mutating func compare(_ left: Term, _ comparison: Comparison, _ right: Term) {
        let type = left.type == .undeclared ? right.type : left.type
        let currency = left.currency ?? right.currency ?? base
        emit(left, as: type, currency, among: left.names ?? right.names)
        emit(right, as: type, currency, among: left.names ?? right.names)
        emit(.compare(comparison.program))
    }

    private mutating func between(_ term: Term, _ low: Term, _ high: Term) {
        let type = term.type == .undeclared ? low.type : term.type
        // Two ends of different currencies are two comparisons.
        if let first = low.currency, let second = high.currency, first != second {
            return emit(
                Condition(.all([Condition(.compares(term, .atLeast, low)), Condition(.compares(term, .atMost, high))])))
        }
        let currency = low.currency ?? high.currency ?? base
        for part in [term, low, high] { emit(part, as: type, currency) }
        emit(.between)
    }

    private mutating func oneOf(_ term: Term, _ values: [Literal]) {
        let currencies = Set(values.compactMap(\.currency))
        guard currencies.count < 2 else {
            let parts = values.map { Condition(.compares(term, .equal, Term(.literal($0), .money))) }
            return emit(Condition(.any(parts)))
        }
        let type = term.type == .undeclared ? values[0].type : term.type
        emit(term, as: type, currencies.first ?? base)
        let set = Set(values.map { value($0, among: term.names) }).sorted()
        let areTexts = values.contains { $0.isText(among: term.names) }
        emit(areTexts ? .isOneOfTexts(set: self.set(set)) : .isOneOf(set: self.set(set)))
    }

    private mutating func set(_ values: [Int64]) -> Int32 {
        if let index = setIndices[values] { return index }
        let index = Int32(program.sets.count)
        program.sets.append(values)
        setIndices[values] = index
        return index
    }

    private mutating func pattern(_ text: String) -> Int32 {
        if let index = patternIndices[text] { return index }
        let index = Int32(program.patterns.count)
        let pieces = text.lowercased().split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        program.patterns.append(ProgramPattern(pieces: pieces))
        patternIndices[text] = index
        return index
    }
}

// Terms.

extension ConditionCompiler {
    private mutating func emit(
        _ term: Term, as type: ValueType, _ currency: Currency? = nil, among names: NameList? = nil
    ) {
        switch term.node {
        case .literal(let literal):
            let value = value(literal, among: names)
            emit(literal.isText(among: names) ? .pushText(Int32(value)) : .push(value))
        case .field(let name):
            let index = Int32(agreement.fields.firstIndex { $0.name == name } ?? -1)
            emit(term.type == .money ? .moneyField(index, currency: (currency ?? base).packed) : .field(index))
        case .property(let text): emit(.property(name: name(text), as: type.kind))
        case .deal(.amount): emit(.dealAmount(currency: (currency ?? base).packed))
        case .deal(let term): emit(term.operation)
        case .score(let score): emit(score == .engagement ? .engagement : .fit)
        case .grade: emit(.grade)
        case .stage: emit(.stage)
        case .pass: emit(.pass)
        case .today: emit(.today)
        case .timeSince(let activity):
            emit(.timeSince(happening: happening(Happening(.activity(activity)))))
        case .timeIn(let name): emit(.timeInStage(stage(name)))
        case .arithmetic(let left, let operation, let right): arithmetic(left, operation, right)
        }
    }

    private mutating func arithmetic(_ left: Term, _ operation: Arithmetic, _ right: Term) {
        emit(left, as: left.type)
        emit(right, as: right.type)
        switch (left.type, operation, right.type) {
        case (.date, .plus, _): emit(.addDays)
        case (.date, .minus, .date): emit(.daysBetween)
        case (.date, .minus, _): emit(.subtractDays)
        case (_, .plus, _): emit(.add)
        case (_, .minus, _): emit(.subtract)
        case (_, .times, _): emit(.multiply)
        case (_, .over, _): emit(.divide)
        }
    }

    /// As it lies on the stack.
    private mutating func value(_ literal: Literal, among names: NameList?) -> Int64 {
        switch literal {
        case .number(let number): (try? Points(number))?.micropoints ?? 0
        case .money(let money): money.minorUnits
        case .duration(let budget): Int64(budget.count) * budget.unit.elapsed.milliseconds
        case .date(let date): Int64(date.daysSinceEpoch)
        case .yesNo(let flag): flag ? 1 : 0
        case .text(let text): Int64(name(text))
        case .name(let text): Int64(index(text, among: names))
        }
    }

    /// Stages and grades by position, everything else by name.
    private mutating func index(_ text: String, among names: NameList?) -> Int32 {
        switch names {
        case .stages: stage(text)
        case .grades: Int32(agreement.scoring.fit.grades.firstIndex { $0.name == text } ?? -1)
        case nil: name(text)
        }
    }
}

// Happenings.

extension ConditionCompiler {
    /// Makes the happenings of a condition, whose own conditions stand before it.
    private mutating func prepare(_ condition: Condition) {
        switch condition.node {
        case .not(let inner): prepare(inner)
        case .all(let parts), .any(let parts): for part in parts { prepare(part) }
        case .happened(let happening, _, _): _ = self.happening(happening)
        case .compares(let left, _, let right): for term in [left, right] { prepare(term) }
        case .between(let term, let low, let high): for part in [term, low, high] { prepare(part) }
        case .isOneOf(let term, _), .isKnown(let term), .isTrue(let term), .inPeriod(let term): prepare(term)
        default: break
        }
    }

    private mutating func prepare(_ term: Term) {
        switch term.node {
        case .timeSince(let activity): _ = happening(Happening(.activity(activity)))
        case .arithmetic(let left, _, let right):
            prepare(left)
            prepare(right)
        default: break
        }
    }

    mutating func happening(_ happening: Happening) -> Int32 {
        if let index = happeningIndices[happening] { return index }
        let address: String
        var meant = happening
        if case .activity(let name) = happening.node {
            address = "activities.\(name)"
            meant = agreement.activities.first { $0.name == name }?.what.value ?? happening
        } else {
            address = ""
        }
        let made = matcher(meant, address)
        let index = Int32(program.happenings.count)
        program.happenings.append(made)
        happeningIndices[happening] = index
        return index
    }

    private mutating func matcher(_ happening: Happening, _ address: String) -> ProgramHappening {
        switch happening.node {
        case .activity: .any([])  // an activity's own meaning never is one
        case .event(.named(let names), let condition):
            .event(names: set(Set(names.map { Int64(name($0)) }).sorted()), where: filter(condition, address))
        case .event(.matching(let text), let condition):
            .eventMatching(pattern: pattern(text), where: filter(condition, address))
        case .page(let condition):
            .event(names: set([Int64(name("page"))]), where: filter(condition, address))
        case .touch(let condition): .touch(where: filter(condition, address))
        case .meeting(let change): .fact(change.fact)
        case .consent(let change, let purpose): .consent(change.fact, purpose: name(purpose))
        case .deal(.enters(let stage)): .dealEnters(stage: name(stage))
        case .deal(let change): .fact(change.fact)
        case .verdict(let word, let stage): .verdict(word.fact, stage: stage.map { self.stage($0) } ?? -1)
        case .any(let parts): .any(parts.map { self.happening($0) })
        }
    }

    private mutating func filter(_ condition: Condition?, _ address: String) -> ProgramCondition? {
        condition.map { self.condition($0, address) }
    }
}
