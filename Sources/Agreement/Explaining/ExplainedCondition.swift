public import Engine
public import Vocabulary

// What came of a condition for one person at one instant, part by part:
//
//     (engagement >= 50 and grade in (A, B)) or demo_request within 7 days        no
//       engagement >= 50 and grade in (A, B)                                      no
//         engagement >= 50            31.2, 50                                    no
//         grade in (A, B)             A                                           yes
//       demo_request within 7 days    none                                        no
//
// The tree of the agreement is walked, not the operations that the engine runs; the engine is asked only for values. So the
// two can be held against each other, and a test does.

/// A condition with what it came to.
public struct ExplainedCondition: Hashable, Sendable {
    public let condition: Condition
    public let holds: Bool
    /// Of `all`, `any` and `not`.
    public let parts: [ExplainedCondition]
    /// Of the terms it compares, as they are written; `nil`: not known.
    public let values: [TermValue?]
    /// What counts for a happening, the latest first.
    public let counted: [CountedFact]
}

/// What a term is worth.
public enum TermValue: Hashable, Sendable {
    /// Millionths.
    case number(Int64)
    case money(Int64, Currency)
    /// Milliseconds.
    case duration(Int64)
    /// Days since 1970-01-01.
    case date(Int64)
    case text(String)
    case yesNo(Bool)
}

/// Walks conditions for one person at one instant.
public struct ConditionExplainer: Sendable {
    public let compiled: CompiledAgreement
    public let person: PersonAt
    let since: CountedSince

    public init(_ compiled: CompiledAgreement, _ person: PersonAt, since: CountedSince = .pass) {
        (self.compiled, self.person, self.since) = (compiled, person, since)
    }

    private var base: Currency { agreement.company.currencies.base.value }

    public func explain(_ condition: Condition) -> ExplainedCondition {
        switch condition.node {
        case .always: leaf(condition, true)
        case .not(let inner): joined(condition, [inner]) { !$0[0] }
        case .all(let parts): joined(condition, parts) { $0.allSatisfy { $0 } }
        case .any(let parts): joined(condition, parts) { $0.contains(true) }
        case .compares(let left, let comparison, let right): compares(condition, left, comparison, right)
        case .between(let term, let low, let high): between(condition, term, low, high)
        case .isOneOf(let term, let literals): isOneOf(condition, term, literals)
        case .matches(let term, let pattern):
            tested(condition, term) { $0.text.map { matches($0, pattern) } ?? false }
        case .isKnown(let term): tested(condition, term) { _ in true }
        case .isFreeMail(let term): tested(condition, term) { $0.text.map { person.isFreeMail($0) } ?? false }
        case .isTrue(let term): tested(condition, term) { $0 == .yesNo(true) }
        case .happened(let happening, let count, let window): happened(condition, happening, count, window)
        case .accountInTargets: asked(condition, .accountInTargets)
        case .accountHasOpenDeal(nil): asked(condition, .accountHasOpenDeal)
        case .accountHasOpenDeal(let above?):
            asked(
                condition,
                .accountHasOpenDealAbove(minorUnits: above.minorUnits, currency: above.currency.packed))
        case .accountHasOpenHandOver: asked(condition, .accountHasOpenHandOver)
        case .dealIsOpen: asked(condition, .dealIsOpen)
        case .inPeriod(let term): tested(condition, term) { _ in false }
        case .missed(let promise): asked(condition, .missed(promise.program))
        }
    }

    private func leaf(
        _ condition: Condition, _ holds: Bool, _ values: [TermValue?] = [], _ counted: [CountedFact] = []
    ) -> ExplainedCondition {
        ExplainedCondition(condition: condition, holds: holds, parts: [], values: values, counted: counted)
    }

    private func joined(
        _ condition: Condition, _ parts: [Condition], _ join: ([Bool]) -> Bool
    ) -> ExplainedCondition {
        let explained = parts.map(explain)
        return ExplainedCondition(
            condition: condition, holds: join(explained.map(\.holds)), parts: explained, values: [], counted: [])
    }

    private func asked(_ condition: Condition, _ predicate: ProgramOperation) -> ExplainedCondition {
        leaf(condition, person.isSo(predicate, since: since))
    }
}

// Tests of values. A test of what is not known fails, but for `!=`.

extension ConditionExplainer {
    private func tested(_ condition: Condition, _ term: Term, _ test: (TermValue) -> Bool) -> ExplainedCondition {
        let value = value(of: term, base)
        return leaf(condition, value.map(test) ?? false, [value])
    }

    private func compares(
        _ condition: Condition, _ left: Term, _ comparison: Comparison, _ right: Term
    ) -> ExplainedCondition {
        let currency = left.currency ?? right.currency ?? base
        let values = [value(of: left, currency), value(of: right, currency)]
        guard let a = values[0], let b = values[1] else { return leaf(condition, comparison == .notEqual, values) }
        return leaf(condition, comparison.holds(a, b), values)
    }

    private func between(_ condition: Condition, _ term: Term, _ low: Term, _ high: Term) -> ExplainedCondition {
        let (lowCurrency, highCurrency) = (low.currency ?? high.currency ?? base, high.currency ?? low.currency ?? base)
        let value = value(of: term, lowCurrency)
        let ends = [self.value(of: low, lowCurrency), self.value(of: high, highCurrency)]
        // Ends of two currencies are two comparisons, each in its own.
        let other = lowCurrency == highCurrency ? value : self.value(of: term, highCurrency)
        guard let value, let other, let a = ends[0], let b = ends[1] else {
            return leaf(condition, false, [value ?? other] + ends)
        }
        let holds = Comparison.atLeast.holds(value, a) && Comparison.atMost.holds(other, b)
        return leaf(condition, holds, [value] + ends)
    }

    private func isOneOf(_ condition: Condition, _ term: Term, _ literals: [Literal]) -> ExplainedCondition {
        let currencies = Set(literals.compactMap(\.currency))
        let values = literals.map { self.value(of: term, $0.currency ?? currencies.first ?? base) }
        let holds = zip(values, literals).contains { value, literal in
            value.map { Comparison.equal.holds($0, ConditionExplainer.value(of: literal)) } ?? false
        }
        return leaf(condition, holds, [values.compactMap { $0 }.first])
    }

    private func matches(_ text: String, _ pattern: String) -> Bool {
        let pieces = pattern.lowercased().split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        return ProgramPattern(pieces: pieces).matches(text.lowercased())
    }

    private func happened(
        _ condition: Condition, _ happening: Happening, _ count: Int, _ window: Budget?
    ) -> ExplainedCondition {
        let all = compiled.happenings[happening].map { person.occurrences(of: $0, since: since) } ?? []
        let counted = all.prefix { occurrence in
            // What brings somebody back must have happened since they went, also within a time of its own.
            let isRecent = window.map { person.instant - occurrence.instant < $0.physical } ?? true
            return isRecent && (occurrence.isCounted || window != nil && since == .pass)
        }
        return leaf(condition, counted.count >= count, [], Array(counted))
    }
}

// Values of terms.

extension ConditionExplainer {
    func value(of term: Term, _ currency: Currency) -> TermValue? {
        switch term.node {
        case .literal(let literal): ConditionExplainer.value(of: literal)
        case .field(let name): fieldValue(name, term.type, currency)
        case .property, .deal: nil
        case .score(.engagement): .number(person.engagement.micropoints)
        case .score(.fit): .number(person.fit.micropoints)
        case .grade: grade
        case .stage: stage
        case .pass: .number(Int64(person.pass) * 1_000_000)
        case .today: person.value(of: .today).map { .date($0) }
        case .timeSince(let activity):
            compiled.happenings[Happening(.activity(activity))].flatMap { happening in
                person.value(of: .timeSince(happening: happening)).map { .duration($0) }
            }
        case .timeIn(let name):
            agreement.stages.firstIndex { $0.name == name }.flatMap { stage in
                person.value(of: .timeInStage(Int32(stage))).map { .duration($0) }
            }
        case .arithmetic(let left, let operation, let right):
            arithmetic(value(of: left, currency), operation, value(of: right, currency))
        }
    }

    private var grade: TermValue? {
        person.grade < 0 ? nil : .text(agreement.scoring.fit.grades[Int(person.grade)].name)
    }

    private var stage: TermValue? { person.stage < 0 ? nil : .text(agreement.stages[Int(person.stage)].name) }

    private func fieldValue(_ name: String, _ type: ValueType, _ currency: Currency) -> TermValue? {
        guard let index = agreement.fields.firstIndex(where: { $0.name == name }).map(Int32.init) else { return nil }
        if type == .money {
            return person.value(of: .moneyField(index, currency: currency.packed)).map { .money($0, currency) }
        }
        guard let bits = person.value(of: .field(index)) else { return nil }
        switch type.kind {
        case .number: return .number(bits)
        case .duration: return .duration(bits)
        case .date: return .date(bits)
        case .truth: return .yesNo(bits != 0)
        case .text: return .text(person.text(Int32(bits)))
        case .money: return .money(bits, currency)
        }
    }

    static func value(of literal: Literal) -> TermValue {
        switch literal {
        case .number(let number): .number((try? Points(number))?.micropoints ?? 0)
        case .money(let money): .money(money.minorUnits, money.currency)
        case .duration(let budget): .duration(budget.physical.milliseconds)
        case .date(let date): .date(Int64(date.daysSinceEpoch))
        case .text(let text), .name(let text): .text(text)
        case .yesNo(let flag): .yesNo(flag)
        }
    }

    /// Exact in 128 bits; a result that does not fit is not known.
    private func arithmetic(_ left: TermValue?, _ operation: Arithmetic, _ right: TermValue?) -> TermValue? {
        guard let left, let right else { return nil }
        let (a, b) = (Int128(left.bits), Int128(right.bits))
        switch (left, operation, right) {
        case (.date, .plus, .duration): return Int64(exactly: a + b.wholeDays).map { .date($0) }
        case (.date, .minus, .duration): return Int64(exactly: a - b.wholeDays).map { .date($0) }
        case (.date, .minus, .date): return Int64(exactly: (a - b) * 86_400_000).map { .duration($0) }
        case (_, .plus, _): return left.with(a + b)
        case (_, .minus, _): return left.with(a - b)
        case (.number, .times, .duration): return right.with((a * b).divided(by: 1_000_000))
        case (_, .times, _): return left.with((a * b).divided(by: 1_000_000))
        case (_, .over, _): return b == 0 ? nil : left.with((a * 1_000_000).divided(by: b))
        }
    }
}

extension TermValue {
    /// What it is compared by, texts apart.
    var bits: Int64 {
        switch self {
        case .number(let bits), .money(let bits, _), .duration(let bits), .date(let bits): bits
        case .yesNo(let flag): flag ? 1 : 0
        case .text: 0
        }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }

    fileprivate func with(_ result: Int128) -> TermValue? {
        guard let bits = Int64(exactly: result), bits != .min else { return nil }
        return switch self {
        case .duration: .duration(bits)
        default: .number(bits)
        }
    }
}

extension Comparison {
    /// Texts are equal when their bytes are.
    func holds(_ left: TermValue, _ right: TermValue) -> Bool {
        if let a = left.text, let b = right.text {
            let isEqual = a.utf8.elementsEqual(b.utf8)
            return self == .notEqual ? !isEqual : self == .equal && isEqual
        }
        return switch self {
        case .equal: left.bits == right.bits
        case .notEqual: left.bits != right.bits
        case .less: left.bits < right.bits
        case .atMost: left.bits <= right.bits
        case .greater: left.bits > right.bits
        case .atLeast: left.bits >= right.bits
        }
    }
}

extension Budget {
    /// Of a duration in a condition, which never is business time.
    var physical: Elapsed { Elapsed(milliseconds: Int64(count) * unit.elapsed.milliseconds) }
}

extension Int128 {
    /// To the nearest, halves away from nought.
    fileprivate func divided(by divisor: Int128) -> Int128 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        guard remainder.magnitude * 2 >= divisor.magnitude else { return quotient }
        return (self < 0) == (divisor < 0) ? quotient + 1 : quotient - 1
    }

    /// Of milliseconds, rounded towards the past.
    fileprivate var wholeDays: Int128 { self >= 0 ? self / 86_400_000 : (self - 86_399_999) / 86_400_000 }
}
