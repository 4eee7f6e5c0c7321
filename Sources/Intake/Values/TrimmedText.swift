extension Bytes {
    /// Without the white space at both ends: ASCII's, no-break spaces, the byte order mark that some exports leave.
    public var trimmed: Bytes {
        var (start, end) = (0, count)
        while start < end, let length = spaceLength(at: start, before: end) { start += length }
        while start < end, let length = spaceLength(endingAt: end, after: start) { end -= length }
        return Bytes(rebasing: self[start..<end])
    }

    /// The length of the white space character at an index, `nil` if there is none.
    func spaceLength(at i: Int, before end: Int) -> Int? {
        switch self[i] {
        case 0x20, 0x09...0x0D: 1
        case 0xC2 where i + 2 <= end && self[i + 1] == 0xA0: 2  // U+00A0
        case 0xE2 where i + 3 <= end && self[i + 1] == 0x80 && isThin(self[i + 2]): 3
        case 0xEF where i + 3 <= end && self[i + 1] == 0xBB && self[i + 2] == 0xBF: 3  // U+FEFF
        default: nil
        }
    }

    private func spaceLength(endingAt end: Int, after start: Int) -> Int? {
        for length in 1...3 where end - length >= start && spaceLength(at: end - length, before: end) == length {
            return length
        }
        return nil
    }

    /// The last byte of U+2000...U+200B (from en quad to zero width space) and U+202F.
    private func isThin(_ last: UInt8) -> Bool { (0x80...0x8B).contains(last) || last == 0xAF }
}

enum ASCII {
    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    @inline(__always)
    static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// Equal but for the case of ASCII letters; `word` is in lower case.
    static func matches(_ bytes: Bytes, _ word: StaticString) -> Bool {
        guard bytes.count == word.utf8CodeUnitCount else { return false }
        for i in 0..<bytes.count where lowercased(bytes[i]) != word.utf8Start[i] { return false }
        return true
    }
}

/// Walks over a field's bytes.
struct ByteCursor {
    let bytes: Bytes
    private(set) var i = 0

    init(_ bytes: Bytes) { self.bytes = bytes }

    var isAtEnd: Bool { i == bytes.count }
    var next: UInt8? { i < bytes.count ? bytes[i] : nil }

    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        i += 1
        return true
    }

    /// A word in lower case, however it is written.
    mutating func take(_ word: StaticString) -> Bool {
        let end = i + word.utf8CodeUnitCount
        guard end <= bytes.count, ASCII.matches(Bytes(rebasing: bytes[i..<end]), word) else { return false }
        i = end
        return true
    }

    mutating func skip(_ count: Int) { i += count }

    @discardableResult
    mutating func skipSpaces() -> Bool {
        let start = i
        while i < bytes.count, let length = bytes.spaceLength(at: i, before: bytes.count) { i += length }
        return i > start
    }

    /// As many digits as there are, at most `most`, at most 18; `nil` if fewer than `fewest`.
    mutating func digits(_ fewest: Int, _ most: Int) -> (value: Int, count: Int)? {
        var (value, count) = (0, 0)
        while count < most, i < bytes.count, ASCII.isDigit(bytes[i]) {
            value = value * 10 + Int(bytes[i] &- 0x30)
            (i, count) = (i + 1, count + 1)
        }
        return count < fewest ? nil : (value, count)
    }

    mutating func letters() -> Bytes {
        let start = i
        while i < bytes.count, ASCII.isLetter(bytes[i]) { i += 1 }
        return Bytes(rebasing: bytes[start..<i])
    }
}
