/// An exact decimal number: `mantissa` × 10^−`scale`, always in lowest form, so that equal numbers are equal bytes.
///
/// Facts keep numbers as their source wrote them; binary floating point would already be a decision.
public struct Number: Hashable, Sendable {
    public let mantissa: Int64
    public let scale: UInt8

    /// More digits after the point than any source sends; also keeps 10^scale within `Int64`.
    public static let maximumScale: UInt8 = 18

    @inlinable public init(_ integer: Int64) {
        mantissa = integer
        scale = 0
    }

    /// `scale` at most `maximumScale`; trailing zeros are removed: 1.50 becomes 15 × 10^−1.
    @inlinable public init(mantissa: Int64, scale: UInt8) {
        precondition(scale <= Number.maximumScale)
        var (mantissa, scale) = (mantissa, scale)
        while scale > 0, mantissa % 10 == 0 {
            mantissa /= 10
            scale -= 1
        }
        self.mantissa = mantissa
        self.scale = scale
    }
}

extension Number: CustomStringConvertible {
    /// Plain digits, `-1234.5`: never an exponent, never grouped.
    public var description: String {
        guard scale > 0 else { return String(mantissa) }
        let digits = String(mantissa.magnitude)
        let padded = String(repeating: "0", count: max(0, Int(scale) + 1 - digits.count)) + digits
        let point = padded.index(padded.endIndex, offsetBy: -Int(scale))
        return (mantissa < 0 ? "-" : "") + padded[..<point] + "." + padded[point...]
    }
}
