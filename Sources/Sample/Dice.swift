/// The sample's only source of chance: SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014), seeded anew for each purpose and each person.
///
/// What happens to one person therefore depends on the seed and that person alone, whichever thread asks and in
/// whatever order. All decisions are integer arithmetic: no floating point, no library function.
struct Dice: Sendable {
    private var state: UInt64

    /// What the numbers are for; two purposes never share a sequence.
    enum Purpose: UInt64 {
        case account = 1
        case arrival, traits, duplicate, visits, page, lateness, mailing, life, renewal, roster, rates, traffic
        case identifier, typing
    }

    init(seed: UInt64, _ purpose: Purpose, _ index: Int = 0, _ part: Int = 0) {
        let a = Dice.mix(seed &+ purpose.rawValue &* Dice.step)
        let b = Dice.mix(a ^ UInt64(truncatingIfNeeded: index))
        state = Dice.mix(b ^ UInt64(truncatingIfNeeded: part))
    }

    private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func next() -> UInt64 {
        state &+= Dice.step
        return Dice.mix(state)
    }

    /// A number in `0..<limit`, `limit` > 0. By multiplication: its bias is below limit / 2⁶⁴.
    mutating func below(_ limit: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(limit)).high)
    }

    /// A number in `range`, both ends included.
    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// True in so many cases of a thousand.
    mutating func perMille(_ share: Int) -> Bool { below(1000) < share }

    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

    /// The index of one of `weights`, each as likely as its weight. Weights are not negative and not all zero.
    mutating func weighted(_ weights: [Int]) -> Int {
        var rest = below(weights.reduce(0, +))
        for (index, weight) in weights.enumerated() {
            if rest < weight { return index }
            rest -= weight
        }
        return weights.count - 1
    }

    /// `median` times a skewed factor, as waiting times and amounts are: most are near, a few are many times longer.
    mutating func spread(_ median: Int, _ shape: Spread) -> Int {
        let place = below(32 << 10)
        let (low, high) = (shape.thousandths[place >> 10], shape.thousandths[(place >> 10) + 1])
        return median * (low + ((high - low) * (place & 1023)) >> 10) / 1000
    }
}

/// Factors around a median at 33 evenly spaced quantiles, in thousandths: exp(σ·z) of the lognormal distribution with
/// the outermost points drawn in to 1/96. Tables, because a library's exponential may differ between machines.
struct Spread: Sendable {
    let thousandths: [Int]

    /// σ = 0.5: the middle half lies between 0.7 and 1.4 times the median.
    static let narrow = Spread(thousandths: [
        315, 394, 464, 517, 563, 604, 642, 678, 714, 749, 783, 818, 853, 888, 924, 962, 1000, 1040, 1082, 1126, 1173,
        1223, 1277, 1336, 1401, 1474, 1558, 1657, 1777, 1933, 2153, 2538, 3176,
    ])

    /// σ = 1: the middle half lies between 0.5 and 2 times the median.
    static let wide = Spread(thousandths: [
        99, 155, 216, 268, 317, 364, 412, 460, 509, 560, 613, 669, 727, 789, 854, 925, 1000, 1082, 1170, 1268, 1375,
        1495, 1630, 1784, 1963, 2174, 2428, 2746, 3159, 3736, 4637, 6441, 10084,
    ])
}
