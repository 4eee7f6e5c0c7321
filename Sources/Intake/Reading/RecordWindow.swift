/// The record at which a reader stands, the place it has in its file, and how a faulty one is left behind.
final class RecordWindow {
    let encoding: TextEncoding
    let limits: ReadingLimits
    /// Where what is in sight begins.
    private(set) var position: Position
    private let window: ByteWindow

    init(_ encoding: TextEncoding, _ limits: ReadingLimits, at position: Position, pull: @escaping Pull) {
        precondition(limits.row >= 16 && limits.row < 1 << 31)
        (self.encoding, self.limits, self.position) = (encoding, limits, position)
        // Two more than the limit, to see that a row exceeds it and whether a CR at the limit is followed by LF.
        window = ByteWindow(Transcoder(encoding, pull: pull), maximum: limits.row + 2)
    }

    /// What is in sight, from the record's start.
    @inline(__always)
    var bytes: Bytes { window.bytes }

    /// True if the file ends where sight ends.
    @inline(__always)
    var isComplete: Bool { window.isComplete }

    @inline(__always)
    func bytes(upTo end: Int) -> Bytes { Bytes(rebasing: window.bytes[..<end]) }

    func lookFurther() throws { try window.fill() }

    func isAtEnd() throws -> Bool {
        if window.bytes.isEmpty, !window.isComplete { try window.fill() }
        return window.bytes.isEmpty
    }

    @inline(__always)
    func advance(_ count: Int, breaks: Int) {
        position.offset += encoding.originalLength(of: bytes(upTo: count))
        position.line += breaks
        window.drop(count)
    }

    // MARK: Giving up

    /// A record that was found whole but is not right.
    func refuse(_ fault: RowFault, length: Int, next: Int) -> Malformed {
        let bytes = bytes(upTo: length)
        let malformed = Malformed(
            fault.reason, bytes, fault: fault.at, length: length, start: position, note: fault.note,
            rawLimit: limits.raw)
        advance(next, breaks: LineBreaks.count(in: bytes) + (next > length ? 1 : 0))
        return malformed
    }

    /// A record without an end: it is left at the end of the line in which `index` lies, however far that is.
    func giveUp(_ reason: Malformed.Reason, at fault: Int, lineOf index: Int) throws -> Malformed {
        let lineEnd = LineBreaks.end(in: window.bytes, from: min(index, window.bytes.count))
        if lineEnd == window.bytes.count, !window.isComplete, lineEnd < limits.row + 2 {
            try window.fill()
            return try giveUp(reason, at: fault, lineOf: index)
        }
        // How much is in sight depends on the pulls; what is told must not.
        let shown = min(lineEnd, limits.row)
        let malformed = Malformed(
            reason, bytes(upTo: shown), fault: fault, length: lineEnd, start: position, rawLimit: limits.raw)
        try leaveLine(endingAt: lineEnd)
        return malformed
    }

    /// Passes the line break at or behind `end`, dropping from sight whatever precedes it.
    private func leaveLine(endingAt end: Int) throws {
        var end = end
        while end == window.bytes.count, !window.isComplete {
            advance(end, breaks: LineBreaks.count(in: bytes(upTo: end)))
            try window.fill()
            end = LineBreaks.end(in: window.bytes, from: 0)
        }
        if end + 1 == window.bytes.count, !window.isComplete {
            advance(end, breaks: LineBreaks.count(in: bytes(upTo: end)))
            try window.fill()
            end = 0
        }
        let rest = window.bytes[end...].prefix(2)
        let ending = rest.elementsEqual([LineBreaks.carriageReturn, LineBreaks.lineFeed]) ? 2 : min(1, rest.count)
        advance(end + ending, breaks: LineBreaks.count(in: bytes(upTo: end + ending)))
    }
}

/// What is wrong with a record whose end is known; `at` is an index from its start.
struct RowFault: Error {
    let reason: Malformed.Reason
    let at: Int
    var note = ""

    /// Bytes that are no text in the file's encoding, and NUL, which no store of text keeps.
    static func notText(_ bytes: Bytes, _ encoding: TextEncoding) -> RowFault? {
        if let at = UTF8Check.firstFault(in: bytes) {
            let isUTF16 = encoding == .utf16LittleEndian || encoding == .utf16BigEndian
            return RowFault(reason: isUTF16 ? .invalidUTF16 : .invalidUTF8, at: at)
        }
        return bytes.firstIndex(of: 0).map { RowFault(reason: .nulByte, at: $0) }
    }
}
