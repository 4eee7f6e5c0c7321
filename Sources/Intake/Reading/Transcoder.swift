/// Delivers a file in UTF-8, whatever it is written in.
struct Transcoder {
    let encoding: TextEncoding
    private let pull: Pull
    private var staged: [UInt8]
    private var next = 0
    private var end = 0
    private var isAtEnd = false

    init(_ encoding: TextEncoding, pull: @escaping Pull) {
        self.encoding = encoding
        self.pull = pull
        self.staged = encoding == .utf8 ? [] : Array(repeating: 0, count: 32 << 10)
    }

    /// Writes at least one byte into `room` (at least 4 long), or returns 0 at the end of the file.
    mutating func read(into room: UnsafeMutableBufferPointer<UInt8>) throws -> Int {
        guard encoding != .utf8 else { return try pull(UnsafeMutableRawBufferPointer(room)) }
        while true {
            let written = encoding == .windows1252 ? decodeWindows1252(into: room) : decodeUTF16(into: room)
            if written > 0 || isAtEnd { return written }
            try stage()
        }
    }

    private mutating func stage() throws {
        staged.replaceSubrange(0..<(end - next), with: staged[next..<end])
        (next, end) = (0, end - next)
        let got = try staged.withUnsafeMutableBytes { try pull(UnsafeMutableRawBufferPointer(rebasing: $0[end...])) }
        end += got
        isAtEnd = got == 0
    }

    private mutating func decodeWindows1252(into room: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var written = 0
        while next < end, written + 3 <= room.count {
            written += UTF8Encoding.write(Windows1252.scalar(staged[next]), to: room.baseAddress! + written)
            next += 1
        }
        return written
    }

    private mutating func decodeUTF16(into room: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var written = 0
        while next + 1 < end, written + 4 <= room.count {
            guard let (scalar, length) = scalar() else { break }
            written += UTF8Encoding.write(scalar, to: room.baseAddress! + written)
            next += length
        }
        if isAtEnd, next + 1 == end, written < room.count {
            room[written] = UTF16Transcoding.oddByte
            written += 1
            next += 1
        }
        return written
    }

    /// The scalar at `next` and its length in bytes; `nil` while the second half of a pair is not staged yet.
    private func scalar() -> (UInt32, Int)? {
        let first = unit(at: next)
        guard first & 0xFC00 == 0xD800 else { return (first, 2) }
        guard next + 3 < end else { return isAtEnd ? (first, 2) : nil }
        let second = unit(at: next + 2)
        guard second & 0xFC00 == 0xDC00 else { return (first, 2) }
        return (0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF), 4)
    }

    private func unit(at index: Int) -> UInt32 {
        let (a, b) = (UInt32(staged[index]), UInt32(staged[index + 1]))
        return encoding == .utf16LittleEndian ? b << 8 | a : a << 8 | b
    }
}
