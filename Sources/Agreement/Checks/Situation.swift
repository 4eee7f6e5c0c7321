internal import Vocabulary

// What can be so at one instant, as far as claims have been made about it. Every step keeps at least what is possible and
// may keep more, so that "this cannot be" is always right and "this may be" is not a promise.
//
// Exact for: comparisons, `between` and `in` of one term with fixed values, `is known`, yes and no, happenings counted since
// the pass began or within physical time, open deals above an amount; all of them under `and`, `or`, `not`.
// Not seen: two terms compared with each other, arithmetic, patterns, a relation between different happenings, whole
// numbers between two fractions, amounts in different currencies.

/// An atom of a condition, said to hold or not to hold.
struct Claim {
    let node: Condition.Node
    let holds: Bool
}

struct Situation {
    /// Amounts in one currency say nothing about amounts in another.
    private struct Subject: Hashable {
        let term: Term
        let currency: Currency?
    }

    private var possible: [Subject: PossibleValues] = [:]
    private var others: [Claim] = []
    /// Where nobody is handed over, nobody accepts or rejects.
    var hasHandOvers = true

    /// `false` where the claim cannot be true beside what was claimed before.
    mutating func admits(_ claim: Claim) -> Bool {
        switch claim.node {
        case .compares(let left, let comparison, let right): admits(left, comparison, right, claim)
        case .between(let term, let low, let high):
            admits(term, [low, high], claim, byName: false) { [$0[0].lowerBound...$0[1].upperBound] }
        case .isOneOf(let term, let values):
            admits(term, values.map { Term(.literal($0), term.type) }, claim) { $0 }
        case .isTrue(let term): admits(term, .names(NameSet(["yes"])), claim)
        case .isKnown(let term): admits(term, nil, claim)
        case .matches(let term, _), .isFreeMail(let term):
            (!claim.holds || admits(term, nil, claim)) && admitsOther(claim)
        case .happened(let happening, _, _) where claim.holds && !hasHandOvers && happening.needsHandOver: false
        default: admitsOther(claim)
        }
    }

    private mutating func admits(_ left: Term, _ comparison: Comparison, _ right: Term, _ claim: Claim) -> Bool {
        if left.isConstant {
            return !right.isConstant ? admits(right, comparison.mirrored, left, claim) : admitsOther(claim)
        }
        if comparison == .notEqual {
            let opposite = Claim(node: .compares(left, .equal, right), holds: !claim.holds)
            return admits(left, .equal, right, opposite)
        }
        return admits(left, [right], claim, byName: comparison == .equal) {
            comparison.positions(at: $0[0].lowerBound).map { [$0] } ?? []
        }
    }

    /// The values are given as positions in an order, or else as names, which are equal or not.
    private mutating func admits(
        _ term: Term, _ values: [Term], _ claim: Claim, byName: Bool = true,
        _ ranges: ([ClosedRange<Int64>]) -> [ClosedRange<Int64>]
    ) -> Bool {
        let positions = values.compactMap(\.position)
        if !values.isEmpty, positions.count == values.count {
            let currencies = Set(values.compactMap(\.moneyCurrency))
            guard currencies.count <= 1 else { return admitsOther(claim) }
            let meant = PositionSet(ranges(positions.map { $0...$0 }))
            return admits(term, .positions(meant), claim, currencies.first)
        }
        let names = values.compactMap(\.name)
        guard byName, names.count == values.count else { return admitsOther(claim) }
        return admits(term, .names(NameSet(names)), claim)
    }

    /// A value among the meant ones; `nil`: any value.
    private mutating func admits(
        _ term: Term, _ meant: PossibleValues.Values?, _ claim: Claim, _ currency: Currency? = nil
    ) -> Bool {
        let subject = Subject(term: term, currency: currency)
        var values = possible[subject] ?? PossibleValues(of: term.type, like: meant)
        guard values.narrow(to: meant, holds: claim.holds) else { return admitsOther(claim) }
        possible[subject] = values
        return !values.isEmpty
    }

    private mutating func admitsOther(_ claim: Claim) -> Bool {
        let contradicts = others.contains { other in
            other.holds != claim.holds
                && (claim.holds ? claim.node.implies(other.node) : other.node.implies(claim.node))
        }
        if !contradicts { others.append(claim) }
        return !contradicts
    }
}

extension Condition.Node {
    /// Whether the other holds wherever this does, for atoms that are no comparison.
    fileprivate func implies(_ other: Condition.Node) -> Bool {
        switch (self, other) {
        case (.happened(let a, let count, let window), .happened(let b, let otherCount, let otherWindow)):
            a == b && count >= otherCount && window.lies(within: otherWindow)
        case (.accountHasOpenDeal(let amount), .accountHasOpenDeal(let other)):
            other.map { other in
                amount.map { $0.currency == other.currency && $0.minorUnits >= other.minorUnits } ?? false
            }
                ?? true
        default: self == other
        }
    }
}

extension Budget? {
    /// What happened since the pass began may be older or younger than any window.
    fileprivate func lies(within other: Budget?) -> Bool {
        switch (self?.measure, other?.measure) {
        case (nil, nil): true
        case (.physical(let own)?, .physical(let other)?): own <= other
        default: false
        }
    }
}

extension Happening {
    /// Nothing but an answer to a hand-over will do. Somebody may be recycled or disqualified without one.
    fileprivate var needsHandOver: Bool {
        switch node {
        case .verdict(let word, _): [.accepted, .rejected, .disputed].contains(word)
        case .any(let parts): parts.allSatisfy(\.needsHandOver)
        default: false
        }
    }
}

// Positions: values in order, with a gap between each two, so that `> 5` and `< 5.000001` can both hold.

extension Term {
    /// Twice the value, so that odd positions stand for what lies between; `nil` where it is too large or in no order.
    fileprivate var position: Int64? {
        guard let order, abs(order) < Int64.max / 4 else { return nil }
        return 2 * order
    }

    fileprivate var moneyCurrency: Currency? {
        if case .literal(.money(let money)) = node { money.currency } else { nil }
    }

    fileprivate var name: String? {
        guard case .literal(let literal) = node else { return nil }
        return switch literal {
        case .text(let text), .name(let text): text
        case .yesNo(let yes): yes ? "yes" : "no"
        case .number, .money, .duration, .date: nil
        }
    }
}

extension Comparison {
    /// `5 < x` is `x > 5`.
    var mirrored: Comparison {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .atMost: .atLeast
        case .greater: .less
        case .atLeast: .atMost
        }
    }

    fileprivate func positions(at position: Int64) -> ClosedRange<Int64>? {
        switch self {
        case .equal: position...position
        case .notEqual: nil
        case .less: .min...position - 1
        case .atMost: .min...position
        case .greater: position + 1 ... .max
        case .atLeast: position ... .max
        }
    }
}
