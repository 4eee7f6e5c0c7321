/// Eight bytes at a time in one 64-bit word: "SIMD within a register".
///
/// `zeroBytes` is from H. S. Warren, "Hacker's Delight", 6-1. It marks the lowest zero byte exactly; a byte above a
/// marked one may be marked wrongly, so only the first mark is ever used for a place.
enum Words {
    static let ones: UInt64 = 0x0101_0101_0101_0101
    static let highs: UInt64 = 0x8080_8080_8080_8080
    /// Bytes that may be loaded past the end of the data.
    static let padding = 8

    @inline(__always)
    static func filled(with byte: UInt8) -> UInt64 { UInt64(byte) &* ones }

    @inline(__always)
    static func load(_ base: UnsafePointer<UInt8>, _ index: Int) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
    }

    @inline(__always)
    static func zeroBytes(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

    /// Marks bytes below `limit` (at most 0x80); the first mark is exact, as above.
    @inline(__always)
    static func bytes(in word: UInt64, below limit: UInt8) -> UInt64 { (word &- filled(with: limit)) & ~word & highs }

    /// The index within the word of its first marked byte.
    @inline(__always)
    static func first(_ marks: UInt64) -> Int { marks.trailingZeroBitCount >> 3 }
}
