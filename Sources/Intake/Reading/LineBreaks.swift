/// LF, CR LF and CR alone each end a line, as RFC 4180, spreadsheets and old Macs have it.
enum LineBreaks {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")

    @inline(__always)
    static func isBreak(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }

    /// The index of the first line break at or after `from`, or the count.
    static func end(in bytes: Bytes, from: Int) -> Int {
        let (feeds, returns) = (Words.filled(with: lineFeed), Words.filled(with: carriageReturn))
        var i = from
        while i + 8 <= bytes.count {
            let word = Words.load(bytes.baseAddress!, i)
            let marks = Words.zeroBytes(word ^ feeds) | Words.zeroBytes(word ^ returns)
            if marks != 0 { return i + Words.first(marks) }
            i += 8
        }
        while i < bytes.count, !isBreak(bytes[i]) { i += 1 }
        return i
    }

    /// How many line breaks are in the bytes; CR LF is one.
    static func count(in bytes: Bytes) -> Int {
        lastLine(in: bytes, before: bytes.count).breaks
    }

    /// Where the line that holds index `end` starts, and how many breaks precede it.
    static func lastLine(in bytes: Bytes, before end: Int) -> (start: Int, breaks: Int) {
        let bytes = Bytes(rebasing: bytes[..<end])
        var (start, breaks) = (0, 0)
        while case let at = self.end(in: bytes, from: start), at < end {
            let isPair = bytes[at] == carriageReturn && at + 1 < end && bytes[at + 1] == lineFeed
            (start, breaks) = (at + (isPair ? 2 : 1), breaks + 1)
        }
        return (start, breaks)
    }
}
