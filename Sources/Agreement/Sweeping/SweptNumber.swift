public import Vocabulary

/// A number in a condition that is to be tried with other values: found by the address of the clause and by what it is
/// compared with, in the agreement as it was read, never in its text.
public struct SweptNumber: Sendable {
    public let address: String
    /// `engagement`; for a happening, `pricing_visit`, of which so many are asked.
    public let term: String
    public let present: Number
    /// Whether only whole numbers from 1 on make sense: it counts occurrences.
    public let isCount: Bool
    private let agreement: Agreement
    private let condition: Condition

    public init(_ term: String, at address: String, in agreement: Agreement) throws(SweepProblem) {
        let conditions = agreement.sweptConditions
        guard let clause = conditions.first(where: { $0.address == address }) else {
            throw .noCondition(address, among: conditions.map(\.address))
        }
        let numbers = clause.value.numbers
        let found = numbers.filter { $0.term == term }
        guard let number = found.first else { throw .noNumber(term, among: numbers.map(\.term), in: clause.value.text) }
        guard found.count == 1 else { throw .severalNumbers(term, in: clause.value.text) }
        (self.address, self.term, self.agreement, condition) = (address, term, agreement, clause.value)
        (present, isCount) = (number.value, number.isCount)
    }

    /// The agreement with another value in this place.
    public func agreement(with value: Number) -> Agreement {
        agreement.saying(condition.with(value, beside: term), at: address)
    }
}

/// Why there is nothing to sweep.
public enum SweepProblem: Error, Hashable, Sendable {
    case noCondition(String, among: [String])
    case noNumber(String, among: [String], in: String)
    case severalNumbers(String, in: String)
}

/// A number, and what it stands beside.
struct NumberInCondition {
    let term: String
    let value: Number
    let isCount: Bool
}

extension Condition {
    /// The numbers a person can turn: what a term is compared with, and how often something must have happened.
    var numbers: [NumberInCondition] {
        switch node {
        case .not(let inner): inner.numbers
        case .all(let parts), .any(let parts): parts.flatMap(\.numbers)
        case .compares(let left, _, let right):
            if let number = right.number, !left.isConstant {
                [NumberInCondition(term: left.text, value: number, isCount: false)]
            } else if let number = left.number, !right.isConstant {
                [NumberInCondition(term: right.text, value: number, isCount: false)]
            } else {
                []
            }
        case .happened(let happening, let count, _):
            [NumberInCondition(term: happening.text, value: Number(Int64(count)), isCount: true)]
        default: []
        }
    }

    /// The same condition with another number beside a term.
    func with(_ number: Number, beside term: String) -> Condition {
        func changed(_ parts: [Condition]) -> [Condition] { parts.map { $0.with(number, beside: term) } }
        let literal = Term(.literal(.number(number)), .number)
        switch node {
        case .not(let inner): return Condition(.not(inner.with(number, beside: term)), span: span)
        case .all(let parts): return Condition(.all(changed(parts)), span: span)
        case .any(let parts): return Condition(.any(changed(parts)), span: span)
        case .compares(let left, let comparison, let right):
            if right.number != nil, left.text == term {
                return Condition(.compares(left, comparison, literal), span: span)
            }
            if left.number != nil, right.text == term {
                return Condition(.compares(literal, comparison, right), span: span)
            }
            return self
        case .happened(let happening, _, let window) where happening.text == term:
            return Condition(.happened(happening, atLeast: Int(number.mantissa), within: window), span: span)
        default: return self
        }
    }
}

extension Term {
    fileprivate var number: Number? {
        guard case .literal(.number(let number)) = node else { return nil }
        return number
    }
}

// Conditions that move people, and the agreement with one of them changed.

extension Agreement {
    fileprivate var sweptConditions: [Clause<Condition>] {
        stages.flatMap(\.enter.all)
            + detours.flatMap { $0.enters.all + ($0.returns?.all ?? []) + [$0.alwaysReturns].compactMap { $0 } }
    }

    fileprivate func saying(_ condition: Condition, at address: String) -> Agreement {
        var changed = self
        changed.stages = stages.map { stage in
            Stage(
                name: stage.name, side: stage.side, enter: stage.enter.saying(condition, at: address),
                handOver: stage.handOver)
        }
        changed.detours = detours.map { detour in
            Detour(
                name: detour.name, side: detour.side, from: detour.from,
                enters: detour.enters.saying(condition, at: address),
                returns: detour.returns?.saying(condition, at: address), notBefore: detour.notBefore,
                alwaysReturns: detour.alwaysReturns?.saying(condition, at: address), to: detour.to,
                forgets: detour.forgets, reasons: detour.reasons)
        }
        changed.clauses = clauses.map { entry in
            entry.address == address ? ClauseEntry(entry, calledNow: address, saying: condition) : entry
        }
        return changed
    }
}

extension Clause where Value == Condition {
    fileprivate func saying(_ condition: Condition, at address: String) -> Self {
        guard address == self.address else { return self }
        return Clause(condition, address: address, place: place, isDefault: isDefault, standing: standing)
    }
}

extension Segmented where Value == Condition {
    fileprivate func saying(_ condition: Condition, at address: String) -> Self {
        Segmented(
            self.address,
            cases: cases.map { Segment(where: $0.condition, $0.clause.saying(condition, at: address)) },
            otherwise: otherwise.saying(condition, at: address))
    }
}
