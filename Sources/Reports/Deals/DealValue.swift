internal import Agreement
internal import Engine
internal import Vocabulary

extension Agreement {
    /// What a deal counts for in the pipeline: the clause `pipeline.value`, of the deal as it stood after a change.
    func pipelineValue(after change: DealOutcome.Change) -> Money? {
        money(pipeline.value.value, change)
    }

    private func money(_ term: Term, _ change: DealOutcome.Change) -> Money? {
        switch term.node {
        case .deal(.amount): change.money
        case .literal(.money(let money)): money
        case .arithmetic(let left, .plus, let right): sum(left, right, change) { try $0.adding($1) }
        case .arithmetic(let left, .minus, let right): sum(left, right, change) { try $0.subtracting($1) }
        case .arithmetic(let left, .times, let right): product(left, right, change)
        case .arithmetic(let left, .over, let right): quotient(left, right, change)
        default: nil
        }
    }

    private func sum(
        _ left: Term, _ right: Term, _ change: DealOutcome.Change, _ combine: (Money, Money) throws -> Money
    ) -> Money? {
        guard let a = money(left, change), let b = money(right, change) else { return nil }
        return try? combine(a, b)
    }

    private func product(_ left: Term, _ right: Term, _ change: DealOutcome.Change) -> Money? {
        if let factor = number(right), let money = money(left, change) { return money.times(factor, 1_000_000) }
        guard let factor = number(left), let money = money(right, change) else { return nil }
        return money.times(factor, 1_000_000)
    }

    private func quotient(_ left: Term, _ right: Term, _ change: DealOutcome.Change) -> Money? {
        guard let divisor = number(right), divisor != 0, let money = money(left, change) else { return nil }
        return money.times(1_000_000, divisor)
    }

    /// A number that is written out, in millionths.
    private func number(_ term: Term) -> Int128? {
        guard case .literal(.number(let number)) = term.node else { return nil }
        return (try? Points(number)).map { Int128($0.micropoints) }
    }
}

extension Money {
    /// Rounded half away from nought.
    fileprivate func times(_ numerator: Int128, _ denominator: Int128) -> Money {
        let product = Int128(minorUnits) * numerator * (denominator < 0 ? -1 : 1)
        let divisor = denominator < 0 ? -denominator : denominator
        let magnitude = (2 * (product < 0 ? -product : product) + divisor) / (2 * divisor)
        return Money(minorUnits: Int64(clamping: product < 0 ? -magnitude : magnitude), currency: currency)
    }
}
