public import Crypto
public import Vocabulary

/// Ties each fact to all before it: a flipped bit, a lost row or a changed value anywhere shows at that very fact.
///
///     link(n) = SHA-256(link(n−1) · shape digest · occurred · known · recorded · person · key · 0x1F · body)
///
/// Integers are eight bytes, big-endian, a fact without personal values having person 0; link(0) is thirty-two zero
/// bytes. SQLite does not notice a flipped bit by itself.
public struct Chain: Sendable {
    /// The link's thirty-two bytes as they lie in memory: copying a chain allocates nothing.
    private var words: SIMD4<UInt64>

    public static let beginning = Chain(link: [UInt8](repeating: 0, count: 32))

    public init(link: [UInt8]) {
        precondition(link.count == 32)
        words = link.withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
    }

    public var link: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

    /// Adds a fact and gives its mark: the first eight bytes of the new link, which stand beside the fact. `scratch` is
    /// memory to work in, kept by the caller from one fact to the next.
    public mutating func extend(
        shape: SHA256.Digest, occurred: Instant, known: Instant, recorded: Instant, person: Int64?,
        key: UnsafeBufferPointer<UInt8>, body: UnsafeBufferPointer<UInt8>, scratch: inout [UInt8]
    ) -> Int64 {
        let length = Chain.fixedBytes + key.count + 1 + body.count
        if scratch.count < length { scratch = [UInt8](repeating: 0, count: 2 * length) }
        return scratch.withUnsafeMutableBytes { bytes in
            bytes.storeBytes(of: words, as: SIMD4<UInt64>.self)
            shape.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: bytes[32..<64]).copyMemory(from: $0) }
            bytes.storeBytes(of: occurred.milliseconds.bigEndian, toByteOffset: 64, as: Int64.self)
            bytes.storeBytes(of: known.milliseconds.bigEndian, toByteOffset: 72, as: Int64.self)
            bytes.storeBytes(of: recorded.milliseconds.bigEndian, toByteOffset: 80, as: Int64.self)
            bytes.storeBytes(of: (person ?? 0).bigEndian, toByteOffset: 88, as: Int64.self)
            let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[Chain.fixedBytes..<length])
            rest.copyMemory(from: UnsafeRawBufferPointer(key))
            rest[key.count] = FactKey.separator
            UnsafeMutableRawBufferPointer(rebasing: rest[(key.count + 1)...])
                .copyMemory(from: UnsafeRawBufferPointer(body))
            return take(UnsafeRawBufferPointer(rebasing: bytes[..<length]))
        }
    }

    /// Link, shape digest, three instants and the person.
    private static let fixedBytes = 96

    private mutating func take(_ bytes: UnsafeRawBufferPointer) -> Int64 {
        var hash = SHA256()
        hash.update(bufferPointer: bytes)
        return hash.finalize().withUnsafeBytes { digest in
            words = digest.loadUnaligned(as: SIMD4<UInt64>.self)
            return Int64(bigEndian: digest.loadUnaligned(as: Int64.self))
        }
    }
}

/// How far a journal goes, and the link that stands for everything in it. Write it down elsewhere, and a shortened or
/// rewritten journal can be told from the one you had.
public struct JournalHead: Hashable, Sendable {
    public var sequence: Int64
    public var link: [UInt8]

    public static let empty = JournalHead(sequence: 0, link: Chain.beginning.link)

    public init(sequence: Int64, link: [UInt8]) {
        self.sequence = sequence
        self.link = link
    }

    /// `120:9f86d0…`, read back by `init(text:)`.
    public var text: String { "\(sequence):\(Hex.text(link))" }

    public init?(text: String) {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let sequence = Int64(parts[0]), sequence >= 0, let link = Hex.bytes(parts[1]),
            link.count == 32
        else { return nil }
        self.init(sequence: sequence, link: link)
    }
}
