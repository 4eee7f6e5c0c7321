/// Between which shares a share of a whole lies with a confidence of 95 %, in percent: Wilson's interval, z = 1.96.
public struct Interval: Hashable, Sendable {
    public let low: Ratio
    public let high: Ratio

    /// z² in ten-thousandths.
    private static let z2: Int128 = 38_416
    /// Roots and products are whole numbers of a billionth.
    private static let billion: Int128 = 1_000_000_000

    /// `nil` of nothing.
    public init?(_ part: Int, of whole: Int) {
        guard whole > 0, (0...whole).contains(part) else { return nil }
        let (k, n) = (Int128(part), Int128(whole))
        let scale = Interval.billion
        // k(n − k)/n + z²/4, in 10^−18, so that its root is in billionths.
        let square = k * (n - k) * scale * scale / n + Interval.z2 * scale * scale / 40_000
        let spread = Int128(root(of: UInt128(square))) * 196 / 100
        let center = k * scale + Interval.z2 * scale / 20_000
        let denominator = n * scale + Interval.z2 * scale / 10_000
        guard let low = Ratio(100 * max(0, center - spread), denominator, decimals: 1),
            let high = Ratio(100 * min(denominator, center + spread), denominator, decimals: 1)
        else { return nil }
        (self.low, self.high) = (low, high)
    }
}

/// The whole part of a square root, by Newton's steps from above.
func root(of square: UInt128) -> UInt128 {
    guard square > 1 else { return square }
    var root = UInt128(1) << UInt128((129 - square.leadingZeroBitCount) / 2)
    while true {
        let next = (root + square / root) / 2
        guard next < root else { return root }
        root = next
    }
}
