/// Kaplan and Meier's estimate of who still waits after how long; whoever was not answered is censored.
struct Survival {
    private static let whole: UInt64 = 1 << 62
    /// Rounding of each step loses less than one unit; what is this near counts as equal.
    private static let near: UInt64 = 1 << 32
    private var steps: [(wait: Int64, waiting: UInt64)] = []

    init(_ waits: [(wait: Int64, isAnswered: Bool)]) {
        let sorted = waits.sorted { ($0.wait, $0.isAnswered ? 0 : 1) < ($1.wait, $1.isAnswered ? 0 : 1) }
        var waiting = Self.whole
        var place = 0
        while place < sorted.count {
            let end = sorted[place...].firstIndex { $0.wait != sorted[place].wait } ?? sorted.count
            let answered = sorted[place..<end].count { $0.isAnswered }
            if answered > 0 {
                let atRisk = UInt64(sorted.count - place)
                let product = waiting.multipliedFullWidth(by: atRisk - UInt64(answered))
                waiting = atRisk.dividingFullWidth(product).quotient
                steps.append((sorted[place].wait, waiting))
            }
            place = end
        }
    }

    /// The first wait after which at most the rest still waits; the middle of two, where it is exactly the rest.
    func quantile(_ percent: UInt64) -> HalfMilliseconds? {
        let rest = Self.whole / 100 * (100 - percent)
        guard let index = steps.firstIndex(where: { $0.waiting <= rest + Self.near }) else { return nil }
        let isEqual = steps[index].waiting + Self.near >= rest
        let second = isEqual && index + 1 < steps.count ? steps[index + 1].wait : steps[index].wait
        return HalfMilliseconds(count: steps[index].wait + second)
    }
}
