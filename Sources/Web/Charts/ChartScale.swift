internal import Reports
internal import Vocabulary

/// From values to places on a chart, in whole numbers. Nought is always on it, so that lengths compare as the values do.
struct ChartScale: Sendable {
    private let low: Int128
    private let high: Int128
    private let start: Int
    private let length: Int

    init(_ values: [Int128], from start: Int, length: Int) {
        (low, high) = (min(0, values.min() ?? 0), max(0, values.max() ?? 0))
        (self.start, self.length) = (start, length)
    }

    func place(_ value: Int128) -> Int {
        guard high > low else { return start }
        return start + Int((value - low) * Int128(length) / (high - low))
    }

    var zero: Int { place(0) }
}

extension ReportValue {
    /// What is drawn of a value, in some unit that is the same for all of its kind; `nil`: nothing can be.
    var drawn: Int128? {
        switch self {
        case .count(let count): Int128(count) * 1000
        case .share(let share) where share.whole > 0: Int128(share.part) * 100_000 / Int128(share.whole)
        case .duration(let time, _): Int128(time.count)
        case .money(let sums) where sums.count == 1: Int128(sums[0].minorUnits)
        case .money(let sums) where sums.isEmpty: 0
        case .number(let ratio): ratio.numerator * 1000 / ratio.denominator
        default: nil
        }
    }
}

extension Ratio {
    /// Of a percentage, as a drawn share.
    var drawnShare: Int128 { numerator * 1000 / denominator }
}
