public import Journal
internal import Synchronization

/// Keys that look random and are the same in every run: two stores fed alike then hold the same bytes.
public final class KeySource: Sendable {
    private let random: Mutex<SeededRandom>

    public init(seed: UInt64 = 1) { random = Mutex(SeededRandom(seed: seed)) }

    public func draw() -> PersonKey {
        random.withLock { random in
            PersonKey(bytes: (0..<PersonKey.byteCount).map { _ in UInt8(truncatingIfNeeded: random.next()) })!
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed on every machine.
public struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
