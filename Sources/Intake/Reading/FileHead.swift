/// The first bytes of a file, looked at and then read again.
enum FileHead {
    /// `size` bytes, or the whole file if it is shorter; and the pull that delivers the rest.
    static func read(_ size: Int, from pull: @escaping Pull) throws -> [UInt8] {
        var head = [UInt8](repeating: 0, count: size)
        var count = 0
        while count < size {
            let got = try head.withUnsafeMutableBytes {
                try pull(UnsafeMutableRawBufferPointer(rebasing: $0[count...]))
            }
            if got == 0 { break }
            count += got
        }
        return Array(head[..<count])
    }

    /// A pull that delivers `head` and then what `pull` has left.
    static func replay(_ head: ArraySlice<UInt8>, then pull: @escaping Pull) -> Pull {
        var rest = head
        return { room in
            guard !rest.isEmpty else { return try pull(room) }
            let count = min(room.count, rest.count)
            room.copyBytes(from: rest.prefix(count))
            rest = rest.dropFirst(count)
            return count
        }
    }
}
