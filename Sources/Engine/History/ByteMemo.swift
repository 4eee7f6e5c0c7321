internal import Identity

/// Numbers by the bytes they were given for, so that what was read once is not read again.
struct ByteMemo {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var tags: [Int32] = []
    private var numbers: [Int32] = []
    private var slots = HashSlots()

    /// The number remembered for a tag and two pieces of `body`.
    func number(_ tag: Int32, _ body: [UInt8], _ first: Range<Int>, _ second: Range<Int>) -> Int32? {
        body.withUnsafeBytes { body in
            let (a, b) = (piece(body, first), piece(body, second))
            return slots.find(hash(tag, a, b)) { isEntry($0, tag, a, b) }.map { numbers[Int($0)] }
        }
    }

    /// Remembers what `number` did not know.
    mutating func remember(_ number: Int32, _ tag: Int32, _ body: [UInt8], _ first: Range<Int>, _ second: Range<Int>) {
        body.withUnsafeBytes { body in
            let (a, b) = (piece(body, first), piece(body, second))
            slots.insert(Int32(ends.count), hash: hash(tag, a, b))
            bytes.append(contentsOf: a)
            bytes.append(contentsOf: b)
        }
        ends.append(bytes.count)
        tags.append(tag)
        numbers.append(number)
    }

    private func piece(_ body: UnsafeRawBufferPointer, _ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: body[range])
    }

    private func hash(_ tag: Int32, _ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
        var hasher = Hasher()
        hasher.combine(tag)
        hasher.combine(a.count)
        hasher.combine(bytes: a)
        hasher.combine(bytes: b)
        return hasher.finalize()
    }

    private func isEntry(
        _ entry: Int32, _ tag: Int32, _ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer
    ) -> Bool {
        let start = entry == 0 ? 0 : ends[Int(entry) - 1]
        guard tags[Int(entry)] == tag, ends[Int(entry)] - start == a.count + b.count else { return false }
        return bytes.withUnsafeBytes { bytes in
            piece(bytes, start..<start + a.count).hasSameBytes(as: a)
                && piece(bytes, start + a.count..<start + a.count + b.count).hasSameBytes(as: b)
        }
    }
}
