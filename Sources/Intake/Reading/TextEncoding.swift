/// How a file's bytes stand for characters. Everything is read as UTF-8; the others are changed into it on the way.
public enum TextEncoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    /// Also read for Latin-1, as browsers do: WHATWG Encoding Standard, section 4.2.
    case windows1252 = "windows-1252"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"

    /// The encoding and length of the byte order mark at the start, if there is one.
    static func byteOrderMark(_ head: Bytes) -> (encoding: TextEncoding, length: Int)? {
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if head.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if head.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        return nil
    }

    /// UTF-8 unless the head holds more broken sequences than whole ones, as text in Windows-1252 does.
    ///
    /// A few broken rows in a UTF-8 file are those rows' fault; a sequence cut by the end of the head is nobody's.
    static func sniffed(_ head: Bytes) -> TextEncoding {
        if let mark = byteOrderMark(head) { return mark.encoding }
        var (whole, broken, i) = (0, 0, 0)
        while i < head.count {
            if head[i] < 0x80 {
                i += 1
            } else if let length = UTF8Check.sequenceLength(head, at: i) {
                whole += 1
                i += length
            } else {
                if i + 3 < head.count { broken += 1 }
                i += 1
            }
        }
        return broken > whole ? .windows1252 : .utf8
    }

    /// How many bytes of the file these bytes of UTF-8 were.
    func originalLength(of bytes: Bytes) -> Int {
        switch self {
        case .utf8: bytes.count
        case .windows1252: bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
        case .utf16LittleEndian, .utf16BigEndian: bytes.reduce(0) { $0 + UTF16Transcoding.unitBytes(ledBy: $1) }
        }
    }
}

enum Windows1252 {
    /// 0x80...0x9F; the five that Windows leaves undefined are the C1 controls, as in the WHATWG's index.
    private static let high: [UInt16] = [
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D,
        0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x009D, 0x017E, 0x0178,
    ]

    @inline(__always)
    static func scalar(_ byte: UInt8) -> UInt32 {
        (0x80...0x9F).contains(byte) ? UInt32(high[Int(byte) - 0x80]) : UInt32(byte)
    }
}

enum UTF16Transcoding {
    /// Stands for a last odd byte; it is in no UTF-8, so the row that holds it is refused.
    static let oddByte: UInt8 = 0xFF

    static func unitBytes(ledBy byte: UInt8) -> Int {
        switch byte {
        case oddByte: 1
        case 0xF0...: 4
        case 0x80..<0xC0: 0
        default: 2
        }
    }
}

enum UTF8Encoding {
    /// Writes 1...4 bytes. Surrogates are written like other scalars, so that the check of the row finds them.
    @inline(__always)
    static func write(_ scalar: UInt32, to out: UnsafeMutablePointer<UInt8>) -> Int {
        switch scalar {
        case ..<0x80:
            out[0] = UInt8(scalar)
            return 1
        case ..<0x800:
            out[0] = UInt8(0xC0 | scalar >> 6)
            out[1] = UInt8(0x80 | scalar & 0x3F)
            return 2
        case ..<0x10000:
            out[0] = UInt8(0xE0 | scalar >> 12)
            out[1] = UInt8(0x80 | scalar >> 6 & 0x3F)
            out[2] = UInt8(0x80 | scalar & 0x3F)
            return 3
        default:
            out[0] = UInt8(0xF0 | scalar >> 18)
            out[1] = UInt8(0x80 | scalar >> 12 & 0x3F)
            out[2] = UInt8(0x80 | scalar >> 6 & 0x3F)
            out[3] = UInt8(0x80 | scalar & 0x3F)
            return 4
        }
    }
}
