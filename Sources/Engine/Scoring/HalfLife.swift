public import Vocabulary

// 2^−x without a library's transcendental: the same bits on every machine.
//
// x is split into whole halvings and a fraction of 33 bits, the fraction into three groups of 11. Each group looks up its
// factor in a table of 2,048 entries of 62 bits, and the three are multiplied. What is cut off of the fraction makes less
// than ln 2 · 2^−33 ≈ 8·10⁻¹¹ of the whole: for contributions of up to 6,000 points less than half a millionth of a point,
// to which rounding adds another half.

/// How much of a contribution is left.
public enum HalfLife {
    private static let one = Int64(1) << 62
    private static let groupBits = 11

    /// `points` after `age`, to the nearest micropoint, halves away from nought. An age below nought counts as nought.
    public static func left(of points: Points, after age: Elapsed, halfLife: Elapsed) -> Points {
        guard age > .zero, halfLife > .zero else { return points }
        let (halvings, rest) = age.milliseconds.quotientAndRemainder(dividingBy: halfLife.milliseconds)
        guard halvings < 62 else { return .zero }
        let product = rest.multipliedFullWidth(by: Int64(1) << 33)
        let fraction = Int(halfLife.milliseconds.dividingFullWidth(product).quotient)
        let factor = factor(fraction)
        let magnitude = Int64(bitPattern: points.micropoints.magnitude)
        let wide = magnitude.multipliedFullWidth(by: factor)
        let shift = 62 + Int(halvings)
        let exact = Int128(wide.high) << 64 | Int128(wide.low)
        let rounded = Int64(truncatingIfNeeded: (exact + (Int128(1) << (shift - 1))) >> shift)
        return Points(micropoints: points.micropoints < 0 ? -rounded : rounded)
    }

    /// 2^−(fraction / 2³³) as a fraction of 2⁶².
    private static func factor(_ fraction: Int) -> Int64 {
        let mask = (1 << groupBits) - 1
        let high = tables[fraction >> 22 & mask]
        let middle = tables[2048 + (fraction >> 11 & mask)]
        let low = tables[4096 + (fraction & mask)]
        return product(product(high, middle), low)
    }

    private static func product(_ a: Int64, _ b: Int64) -> Int64 {
        let wide = a.multipliedFullWidth(by: b)
        return wide.high << 2 | Int64(truncatingIfNeeded: wide.low >> 62)
    }

    /// Three tables behind each other: for group g and index i, 2^−(i / 2^(11·(g+1))). Each factor 2^−2^−k comes of the one
    /// before by a square root of whole numbers.
    private static let tables: [Int64] = {
        var roots: [Int64] = []  // roots[k − 1] = 2^−(2^−k)
        var value = one >> 1
        for _ in 1...33 {
            value = squareRoot(UInt128(UInt64(value)) << 62)
            roots.append(value)
        }
        return (0..<3).flatMap { group in
            (0..<2048).map { index in
                (0..<groupBits).reduce(one) { factor, bit in
                    index >> (groupBits - 1 - bit) & 1 == 1 ? product(factor, roots[group * groupBits + bit]) : factor
                }
            }
        }
    }()

    /// The whole part of the root.
    private static func squareRoot(_ value: UInt128) -> Int64 {
        var (low, high) = (UInt128(0), UInt128(1) << 63)
        while high - low > 1 {
            let middle = (low + high) >> 1
            if middle * middle <= value { low = middle } else { high = middle }
        }
        return Int64(truncatingIfNeeded: low)
    }
}

extension HalfLife {
    /// 2^−(age / halfLife) to about one part in a million: for bounds that are checked against their own error, never for a
    /// score.
    static func roughly(_ age: Int64, _ halfLife: Int64) -> Double {
        guard age > 0, halfLife > 0 else { return 1 }
        let (halvings, rest) = age.quotientAndRemainder(dividingBy: halfLife)
        guard halvings < 62 else { return 0 }
        let place = Double(rest) / Double(halfLife) * 2048
        let index = Int(place)
        let start = Double(tables[min(index, 2047)]) / Double(one)
        let within = 1 - (place - Double(index)) * 0.000338450  // ln 2 / 2048, to first order: error below 6·10⁻⁸
        return start * within / Double(Int64(1) << halvings)
    }
}
