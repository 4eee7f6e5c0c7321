internal import CZlib
internal import NIOCore

/// Undoes gzip part by part, and stops before a small body has become a large one.
final class Unpacking {
    enum Fault: Error {
        /// It is no gzip, or something stands behind its end.
        case notGzip
        /// It unpacks to more than so many times its own size, or than may come.
        case tooLarge
    }

    /// What is unpacked may be so many times as large as what came; the first bytes may be more, since they always are.
    private static let ratio = 100
    private static let free = 16 << 10

    /// The library keeps the address, so it must never move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var room = [UInt8](repeating: 0, count: 32 << 10)
    private var packed = 0
    private var unpacked = 0
    private(set) var isAtEnd = false

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 16 beyond the largest window: gzip, and nothing else.
        inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Hands on what a part holds, in pieces.
    func unpack(_ part: ByteBuffer, _ take: (ArraySlice<UInt8>) throws -> Void) throws {
        var input = [UInt8](part.readableBytesView)
        packed += input.count
        try input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            while stream.pointee.avail_in > 0 {
                guard !isAtEnd else { throw Fault.notGzip }
                try step(take)
            }
        }
    }

    private func step(_ take: (ArraySlice<UInt8>) throws -> Void) throws {
        let size = room.count
        let status = room.withUnsafeMutableBufferPointer { room in
            stream.pointee.next_out = room.baseAddress
            stream.pointee.avail_out = UInt32(size)
            return inflate(stream, Z_NO_FLUSH)
        }
        guard status == Z_OK || status == Z_STREAM_END else { throw Fault.notGzip }
        isAtEnd = status == Z_STREAM_END
        let count = size - Int(stream.pointee.avail_out)
        unpacked += count
        guard unpacked <= Unpacking.free || unpacked <= packed * Unpacking.ratio else { throw Fault.tooLarge }
        try take(room[..<count])
    }
}
