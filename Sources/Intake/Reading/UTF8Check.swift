/// Unicode 15.0, table 3-7, "Well-Formed UTF-8 Byte Sequences".
enum UTF8Check {
    /// The index of the first byte that belongs to no character, or `nil` when all is well.
    static func firstFault(in bytes: Bytes) -> Int? {
        var i = 0
        while i < bytes.count {
            if i + 8 <= bytes.count, Words.load(bytes.baseAddress!, i) & Words.highs == 0 {
                i += 8
                continue
            }
            if bytes[i] < 0x80 {
                i += 1
                continue
            }
            guard let length = sequenceLength(bytes, at: i) else { return i }
            i += length
        }
        return nil
    }

    /// 2...4 for a well-formed sequence of several bytes, else `nil`.
    static func sequenceLength(_ bytes: Bytes, at i: Int) -> Int? {
        let (length, second): (Int, ClosedRange<UInt8>) =
            switch bytes[i] {
            case 0xC2...0xDF: (2, 0x80...0xBF)
            case 0xE0: (3, 0xA0...0xBF)
            case 0xE1...0xEC, 0xEE...0xEF: (3, 0x80...0xBF)
            case 0xED: (3, 0x80...0x9F)
            case 0xF0: (4, 0x90...0xBF)
            case 0xF1...0xF3: (4, 0x80...0xBF)
            case 0xF4: (4, 0x80...0x8F)
            default: (0, 0...0)
            }
        guard length > 0, i + length <= bytes.count, second.contains(bytes[i + 1]) else { return nil }
        for k in i + 2..<max(i + 2, i + length) where bytes[k] & 0xC0 != 0x80 { return nil }
        return length
    }
}
