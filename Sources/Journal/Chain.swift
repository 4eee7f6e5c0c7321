public import Crypto
public import Vocabulary

/// Ties each fact to all before it: a flipped bit, a lost row or a changed value anywhere shows at that very fact.
///
///     link(n) = SHA-256(link(n−1) · shape digest · occurred · known · recorded · key · 0x1F · body)
///
/// Integers are big-endian; link(0) is thirty-two zero bytes. SQLite does not notice a flipped bit by itself.
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
        shape: SHA256.Digest, occurred: Instant, known: Instant, recorded: Instant, key: UnsafeBufferPointer<UInt8>,
        body: UnsafeBufferPointer<UInt8>, scratch: inout [UInt8]
    ) -> Int64 {
        scratch.removeAll(keepingCapacity: true)
        withUnsafeBytes(of: words) { scratch.append(contentsOf: $0) }
        shape.withUnsafeBytes { scratch.append(contentsOf: $0) }
        for instant in [occurred, known, recorded] {
            withUnsafeBytes(of: instant.milliseconds.bigEndian) { scratch.append(contentsOf: $0) }
        }
        scratch.append(contentsOf: key)
        scratch.append(FactKey.separator)
        scratch.append(contentsOf: body)
        return SHA256.hash(data: scratch).withUnsafeBytes { digest in
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
