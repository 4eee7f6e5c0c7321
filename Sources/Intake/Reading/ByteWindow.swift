/// The part of a file that is in memory: from the record being read to as far as the buffer reaches.
///
/// A final class because one reader owns it and its buffer must be freed once.
final class ByteWindow {
    private(set) var source: Transcoder
    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private let maximum: Int
    private var start = 0
    private var end = 0
    /// True once the file's last byte is in the window.
    private(set) var isComplete = false

    /// `maximum`: as many bytes as one record may need in sight at once.
    init(_ source: Transcoder, maximum: Int) {
        self.source = source
        self.maximum = max(maximum, 16)
        capacity = min(self.maximum, 64 << 10)
        buffer = ByteWindow.allocate(capacity)
    }

    deinit { buffer.deallocate() }

    /// What is in sight; `Words.padding` bytes behind it may be loaded too.
    @inline(__always)
    var bytes: Bytes { Bytes(start: buffer + start, count: end - start) }

    @inline(__always)
    func drop(_ count: Int) { start += count }

    /// Brings more into sight, at once as much as there is room for, so that small pulls do not mean many scans.
    func fill() throws {
        makeRoom()
        while !isComplete, capacity - end >= 4 {
            let room = UnsafeMutableBufferPointer(start: buffer + end, count: capacity - end)
            let got = try source.read(into: room)
            end += got
            isComplete = got == 0
        }
    }

    private func makeRoom() {
        let count = end - start
        let isFull = count + 4 > capacity
        precondition(!isFull || capacity < maximum + 4, "a record that needs more than the maximum in sight")
        let room = isFull ? min(capacity * 2, maximum + 4) : capacity
        let target = isFull ? ByteWindow.allocate(room) : buffer
        target.update(from: buffer + start, count: count)
        if isFull { buffer.deallocate() }
        (buffer, capacity, start, end) = (target, room, 0, count)
    }

    private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<UInt8> {
        let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + Words.padding)
        buffer.initialize(repeating: 0, count: capacity + Words.padding)
        return buffer
    }
}
