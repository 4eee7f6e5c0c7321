internal import Crypto

/// Sixteen bytes that stand in the journal for a personal value: HMAC-SHA256 of the value under the key of its subject,
/// cut to half. With the key it can be checked; once value and key are destroyed it says nothing about anyone.
public struct Commitment: Hashable, Sendable {
    public var high: UInt64
    public var low: UInt64

    public static let byteCount = 16

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    public init(to value: [UInt8], under key: PersonKey) {
        var committing = CommittingKey(key)
        self = value.withUnsafeBufferPointer { committing.commitment(to: $0) }
    }

    /// Exactly sixteen bytes, the highest first.
    public init(bytes: some Sequence<UInt8>) {
        var (high, low) = (UInt64(0), UInt64(0))
        for (index, byte) in bytes.prefix(16).enumerated() {
            if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
        }
        self.init(high: high, low: low)
    }

    public var bytes: [UInt8] { withBytes { Array($0) } }

    /// The same without an array.
    @inline(__always)
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withUnsafeBytes(of: (high.bigEndian, low.bigEndian), body)
    }

    /// Thirty-two hexadecimal digits.
    public var text: String { Hex.text(bytes) }

    public init?(text: some StringProtocol) {
        guard let bytes = Hex.bytes(text), bytes.count == Commitment.byteCount else { return nil }
        self.init(bytes: bytes)
    }
}

/// The secret under which one subject's personal values are kept. Destroying it is half of an erasure, destroying the
/// values the other half. Drawn at random by the store, never derived from anything that remains.
public struct PersonKey: Hashable, Sendable {
    /// Two uses, two halves: the first commits, the second encrypts.
    public static let byteCount = 64
    public let bytes: [UInt8]

    /// `nil` unless there are sixty-four bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == PersonKey.byteCount else { return nil }
        self.bytes = bytes
    }

    /// A key of the system's randomness, drawn by the caller: the core draws none.
    public init(drawing byte: () -> UInt8) {
        bytes = (0..<PersonKey.byteCount).map { _ in byte() }
    }

    /// The same with sixty-four bytes drawn eight at a time: asking the system for each byte costs more than all the rest.
    public init(drawingWords word: () -> UInt64) {
        bytes = (0..<PersonKey.byteCount / 8).flatMap { _ in withUnsafeBytes(of: word()) { Array($0) } }
    }

    var encryption: SymmetricKey { SymmetricKey(data: bytes.suffix(32)) }
}

/// A person's first half key made ready for many commitments: HMAC-SHA256 as RFC 2104 defines it, over bytes that lie
/// where they are. Through `HMAC` each short value costs several times its two hashes.
struct CommittingKey {
    private static let block = 64
    /// The padded key, and room behind it for what is hashed after it.
    private var inner: [UInt8]
    private var outer: [UInt8]

    init(_ key: PersonKey) {
        let padded = key.bytes.prefix(32) + [UInt8](repeating: 0, count: 32)
        inner = padded.map { $0 ^ 0x36 }
        outer = padded.map { $0 ^ 0x5C } + [UInt8](repeating: 0, count: SHA256.byteCount)
    }

    mutating func commitment(to value: UnsafeBufferPointer<UInt8>) -> Commitment {
        inner.removeSubrange(CommittingKey.block...)
        inner.append(contentsOf: value)
        CommittingKey.hash(inner) { digest in
            outer.withUnsafeMutableBytes {
                UnsafeMutableRawBufferPointer(rebasing: $0[CommittingKey.block...]).copyMemory(from: digest)
            }
        }
        return CommittingKey.hash(outer) { digest in
            Commitment(
                high: UInt64(bigEndian: digest.loadUnaligned(as: UInt64.self)),
                low: UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }

    private static func hash<Result>(_ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash.finalize().withUnsafeBytes(body)
    }
}

/// Under whose key personal values lie: the first identifier of the person, personal ones hashed, so that the subject
/// itself names nobody and can stay when everything else of the person is erased.
public struct Subject: Hashable, Comparable, Sendable {
    public var text: String

    public init(text: String) { self.text = text }

    public init(of identifier: Identifier) {
        text =
            identifier.scheme.isPersonal
            ? "\(identifier.scheme.word)#\(identifier.commitment?.text ?? Subject.digest(identifier.value))"
            : identifier.text
    }

    /// The first half of SHA-256 in hexadecimal: what stands in keys in place of an e-mail address used as a record id.
    public static func digest(_ value: String) -> String {
        Hex.text(Array(SHA256.hash(data: Array(value.utf8)).prefix(16)))
    }

    /// Equal when the bytes are, as in a database.
    public static func == (a: Subject, b: Subject) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(bytes: text)
    }

    public static func < (a: Subject, b: Subject) -> Bool { a.text.utf8.lexicographicallyPrecedes(b.text.utf8) }
}

/// Hexadecimal digits, lower case.
public enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    public static func text(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    public static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let values = text.utf8.map { digit(value: $0) }
        guard values.count % 2 == 0, !values.contains(nil) else { return nil }
        return stride(from: 0, to: values.count, by: 2).map { values[$0]! << 4 | values[$0 + 1]! }
    }

    private static func digit(value byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x61...0x66: byte - 0x61 + 10
        case 0x41...0x46: byte - 0x41 + 10
        default: nil
        }
    }
}
