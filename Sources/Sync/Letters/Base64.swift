/// RFC 4648, section 4.
enum Base64 {
    private static let signs = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var written: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
            for place in 0..<4 {
                written.append(place <= group.count ? signs[Int(bits >> UInt32(18 - 6 * place) & 63)] : 0x3D)
            }
        }
        return String(decoding: written, as: UTF8.self)
    }

    /// `nil` for what is none.
    static func bytes(_ text: String) -> [UInt8]? {
        let signs = Array(text.utf8)
        guard signs.count % 4 == 0 else { return nil }
        let padding = signs.suffix(2).count { $0 == 0x3D }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        for (place, sign) in signs.enumerated() {
            let isPadding = sign == 0x3D && place >= signs.count - padding
            guard let value = isPadding ? 0 : Base64.signs.firstIndex(of: sign) else { return nil }
            bits = bits << 6 | UInt32(value)
            if place % 4 == 3 {
                bytes += [UInt8(bits >> 16 & 255), UInt8(bits >> 8 & 255), UInt8(bits & 255)]
                bits = 0
            }
        }
        return Array(bytes.dropLast(padding))
    }
}
