internal import Agreement
internal import Vocabulary

/// A quotient of whole numbers that may be large, in lowest terms.
struct Quotient: Hashable, Sendable {
    let numerator: Int128
    /// Above 0.
    let denominator: Int128

    init(_ numerator: Int128, _ denominator: Int128 = 1) {
        let divisor = Quotient.divisor(numerator < 0 ? -numerator : numerator, denominator)
        (self.numerator, self.denominator) = (numerator / divisor, denominator / divisor)
    }

    /// `nil` where it does not fit.
    func times(_ other: Quotient) -> Quotient? {
        let (numerator, isTooLarge) = self.numerator.multipliedReportingOverflow(by: other.numerator)
        let (denominator, isTooFine) = self.denominator.multipliedReportingOverflow(by: other.denominator)
        return isTooLarge || isTooFine ? nil : Quotient(numerator, denominator)
    }

    func plus(_ other: Quotient) -> Quotient? {
        let (left, isTooLarge) = numerator.multipliedReportingOverflow(by: other.denominator)
        let (right, isTooLargeToo) = other.numerator.multipliedReportingOverflow(by: denominator)
        let (sum, isTooMuch) = left.addingReportingOverflow(right)
        let (common, isTooFine) = denominator.multipliedReportingOverflow(by: other.denominator)
        return isTooLarge || isTooLargeToo || isTooMuch || isTooFine ? nil : Quotient(sum, common)
    }

    private static func divisor(_ a: Int128, _ b: Int128) -> Int128 {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return max(a, 1)
    }
}

extension Volume {
    /// What is promised for a whole period: of a day, a week, an hour as many as it has.
    func amount(in period: PromisePeriod) -> Quotient {
        let (count, days) = (Int128(count), Int128(period.dayCount))
        return switch per {
        case .hour: Quotient(count * days * 24)
        case .day: Quotient(count * days)
        case .week: Quotient(count * days, 7)
        case .month, .quarter, .year: Quotient(count)
        }
    }
}

extension Plan {
    /// How many of a stage, or visitors, the plan implies for a period; `nil`: it says nothing of them, or only for parts of the
    /// people that the volume of visitors does not tell apart.
    func amount(of what: String, in period: PromisePeriod) -> Quotient? {
        guard let visitors else { return nil }
        var sum = Quotient(0)
        let cases = visitors.cases.map { ($0.condition.value.text as String?, $0.clause.value) }
        for (condition, volume) in cases + [(nil, visitors.otherwise.value)] {
            guard let part = amount(of: what, from: volume, where: condition, visitors.cases.isEmpty, period),
                let next = sum.plus(part)
            else { return nil }
            sum = next
        }
        return sum
    }

    /// How long the period is for which the plan gives a volume.
    var length: PromiseLength { visitors.map { PromiseLength($0.otherwise.value.per) } ?? .month }

    private func amount(
        of what: String, from volume: Volume, where condition: String?, _ isWhole: Bool, _ period: PromisePeriod
    ) -> Quotient? {
        var amount = volume.amount(in: period)
        if what == "visitors" { return amount }
        var place = "visitor"
        for conversion in conversions where conversion.from == place {
            guard let share = conversion.share(where: condition, isWhole: isWhole),
                let next = amount.times(share)
            else { return nil }
            (amount, place) = (next, conversion.to)
            if place == what { return amount }
        }
        return nil
    }
}

extension Plan.Conversion {
    /// Of the people of one case; of all, where it is the same for everybody.
    fileprivate func share(where condition: String?, isWhole: Bool) -> Quotient? {
        if isWhole, !share.cases.isEmpty { return nil }
        let own = share.cases.first { $0.condition.value.text == condition }?.clause ?? share.otherwise
        return Quotient(Int128(own.value.millionths), 1_000_000)
    }
}
