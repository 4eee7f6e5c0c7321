internal import CSodium
internal import Crypto
internal import Journal

/// A secret that is shown once and kept only as its digest: 256 bits of the system's randomness.
public struct Token: Hashable, Sendable {
    let bytes: [UInt8]

    public static func draw() -> Token {
        var bytes = [UInt8](repeating: 0, count: 32)
        randombytes_buf(&bytes, bytes.count)
        return Token(bytes: bytes)
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    public var text: String { Base62.text(bytes) }

    /// `nil` for what no token looks like.
    public init?(text: some StringProtocol) {
        guard let bytes = Base62.bytes(text, count: 32) else { return nil }
        self.bytes = bytes
    }

    var digest: [UInt8] { Array(SHA256.hash(data: bytes)) }
}

/// Digits, capitals, small letters: text that goes into a link, a cookie or a header as it is, and is selected by a
/// double click.
enum Base62 {
    private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// How many digits so many bytes take.
    private static func length(_ count: Int) -> Int { (count * 8 * 1000 + 5953) / 5954 }

    static func text(_ bytes: [UInt8]) -> String {
        var (rest, text) = (bytes, [UInt8]())
        for _ in 0..<length(bytes.count) {
            var remainder = 0
            for index in rest.indices {
                let value = remainder << 8 | Int(rest[index])
                (rest[index], remainder) = (UInt8(value / 62), value % 62)
            }
            text.append(digits[remainder])
        }
        return String(decoding: text.reversed(), as: UTF8.self)
    }

    static func bytes(_ text: some StringProtocol, count: Int) -> [UInt8]? {
        guard text.utf8.count == length(count) else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        for digit in text.utf8 {
            guard var carry = digits.firstIndex(of: digit) else { return nil }
            for index in bytes.indices.reversed() {
                let value = Int(bytes[index]) * 62 + carry
                (bytes[index], carry) = (UInt8(value & 0xFF), value >> 8)
            }
            guard carry == 0 else { return nil }
        }
        return bytes
    }
}
