internal import Crypto

/// With what somebody signs: an Ed25519 private key (RFC 8032). Kept in a file of its owner's, never in the journal.
public struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    public static let byteCount = 32

    /// `nil` unless there are thirty-two bytes.
    public init?(bytes: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes) else { return nil }
        self.key = key
    }

    /// Thirty-two bytes drawn by the caller, eight at a time: the core draws none.
    public init(drawingWords word: () -> UInt64) {
        let bytes = (0..<SigningKey.byteCount / 8).flatMap { _ in withUnsafeBytes(of: word()) { Array($0) } }
        guard let key = SigningKey(bytes: bytes) else { preconditionFailure("any thirty-two bytes are a key") }
        self = key
    }

    public var bytes: [UInt8] { Array(key.rawRepresentation) }

    public var verifying: VerifyingKey { VerifyingKey(unchecked: Array(key.publicKey.rawRepresentation)) }

    public func signature(of statement: [UInt8]) -> [UInt8] {
        guard let signature = try? key.signature(for: statement) else {
            preconditionFailure("a key that could be made can sign")
        }
        return Array(signature)
    }
}

/// By what others tell that somebody signed: the public half of a `SigningKey`.
public struct VerifyingKey: Hashable, Sendable {
    public let bytes: [UInt8]

    fileprivate init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// Reads `text` back.
    public init?(text: some StringProtocol) {
        guard let bytes = Hex.bytes(text), (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil else {
            return nil
        }
        self.bytes = bytes
    }

    /// Sixty-four hexadecimal digits.
    public var text: String { Hex.text(bytes) }

    /// What two people read to each other to be sure that they speak of the same key: `3f2a-9c41-b7d0-55e8`, the beginning of
    /// the key's SHA-256.
    public var fingerprint: String {
        let digits = Array(Hex.text(Array(SHA256.hash(data: bytes).prefix(8))))
        return stride(from: 0, to: 16, by: 4).map { String(digits[$0..<$0 + 4]) }.joined(separator: "-")
    }

    public func verifies(_ signature: [UInt8], of statement: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
        return key.isValidSignature(signature, for: statement)
    }
}

extension Hex {
    /// SHA-256 of bytes, sixty-four digits.
    public static func digest(of bytes: [UInt8]) -> String { text(Array(SHA256.hash(data: bytes))) }
}
