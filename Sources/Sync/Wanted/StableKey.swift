internal import Crypto

/// What a message is known by for ever: the digest of the parts that make it the one it is. Late facts and merges leave them
/// as they are, so the same reason gives the same key on any day.
public enum StableKey {
    /// Thirty-two hexadecimal digits.
    public static func of(_ parts: String...) -> String {
        var hash = SHA256()
        for part in parts {
            hash.update(data: Array(part.utf8))
            hash.update(data: [0x1F])
        }
        return hex(hash.finalize().prefix(16))
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    /// A number out of the key, the same on any machine.
    static func number(_ key: String) -> UInt64 {
        SHA256.hash(data: Array(key.utf8)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
