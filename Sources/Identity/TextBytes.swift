// Texts are told apart and ordered by their bytes: for Swift "é" equals "e" with an accent after it, and which of two such
// writings came first must never matter.

extension String {
    public func hasSameBytes(as other: String) -> Bool {
        utf8.count == other.utf8.count
            && withBytes { a in other.withBytes { b in UnsafeRawBufferPointer(a).hasSameBytes(as: .init(b)) } }
    }

    public func precedesInBytes(_ other: String) -> Bool {
        withBytes { a in other.withBytes { b in a.lexicographicallyPrecedes(b) } }
    }

    /// Native texts lie in one piece, so nothing is copied.
    private func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        var copy = self
        return copy.withUTF8(body)
    }
}

extension UnsafeRawBufferPointer {
    /// Eight bytes at a time; `elementsEqual` takes one at a time.
    public func hasSameBytes(as other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        var offset = 0
        while offset + 8 <= count {
            let mine = loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if mine != other.loadUnaligned(fromByteOffset: offset, as: UInt64.self) { return false }
            offset += 8
        }
        while offset < count {
            if self[offset] != other[offset] { return false }
            offset += 1
        }
        return true
    }
}

extension Hasher {
    /// Of equal texts only those with equal bytes hash alike.
    public mutating func combine(bytesOf text: String) {
        if text.utf8.withContiguousStorageIfAvailable({ combine(bytes: UnsafeRawBufferPointer($0)) }) == nil {
            for byte in text.utf8 { combine(byte) }
        }
    }
}
