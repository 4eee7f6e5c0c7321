internal import Identity

/// Every text by number, so that texts are compared as numbers. Numbers are given in the order in which texts are met; texts
/// are one when their bytes are. All lie end to end: a text becomes a `String` when it is asked for.
public struct Texts: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Where each text ends.
    private(set) var ends: [Int] = []
    /// The numbers of the texts that were taken as they lie, in the order of their bytes: found without hashing them all
    /// first, which would take longer than all that is asked of them.
    private let sorted: [Int32]
    /// Those that came later.
    private var slots = HashSlots()

    public init() { sorted = [] }

    /// Takes texts as they lie; `nil` where `sorted` is not their order.
    init?(bytes: [UInt8], ends: [Int], sorted: [Int32]) {
        (self.bytes, self.ends, self.sorted) = (bytes, ends, sorted)
        guard sorted.count == ends.count, sorted.allSatisfy({ 0..<Int32(ends.count) ~= $0 }) else { return nil }
    }

    /// The numbers of all texts in the order of their bytes.
    var order: [Int32] {
        ends.indices.map { Int32($0) }.sorted { a, b in
            withBytes(of: a) { a in withBytes(of: b) { a.lexicographicallyPrecedes($0) } }
        }
    }

    public var count: Int { ends.count }

    public subscript(number: Int32) -> String {
        String(decoding: bytes[range(Int(number))], as: UTF8.self)
    }

    public var all: some RandomAccessCollection<String> { ends.indices.lazy.map { self[Int32($0)] } }

    public func number(of text: String) -> Int32? { number(of: text, hash: hash(text)) }

    /// The number of a text, which it gets where it is new.
    public mutating func intern(_ text: String) -> Int32 {
        let hash = hash(text)
        if let known = number(of: text, hash: hash) { return known }
        let number = Int32(ends.count)
        bytes.append(contentsOf: text.utf8)
        ends.append(bytes.count)
        slots.insert(number, hash: hash)
        return number
    }

    func withBytes<Result>(of number: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range(Int(number))])) }
    }

    private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

    private func number(of text: String, hash: Int) -> Int32? {
        slots.find(hash) { isText(Int($0), text) } ?? sortedNumber(of: text)
    }

    private func sortedNumber(of text: String) -> Int32? {
        guard !sorted.isEmpty else { return nil }
        var text = text
        let place = text.withUTF8 { wanted in
            var (low, high) = (0, sorted.count)
            while low < high {
                let middle = (low + high) / 2
                let precedes = withBytes(of: sorted[middle]) { $0.lexicographicallyPrecedes(wanted) }
                if precedes { low = middle + 1 } else { high = middle }
            }
            return low
        }
        guard place < sorted.count, isText(Int(sorted[place]), text) else { return nil }
        return sorted[place]
    }

    private func isText(_ number: Int, _ text: String) -> Bool {
        let range = range(number)
        let found = text.utf8.withContiguousStorageIfAvailable { other in
            other.count == range.count
                && bytes.withUnsafeBytes { all in
                    UnsafeRawBufferPointer(rebasing: all[range]).hasSameBytes(as: UnsafeRawBufferPointer(other))
                }
        }
        return found ?? bytes[range].elementsEqual(text.utf8)
    }

    private func hash(_ text: String) -> Int {
        var text = text
        return text.withUTF8 { Texts.hash(UnsafeRawBufferPointer($0)) }
    }

    private static func hash(_ bytes: UnsafeRawBufferPointer) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: bytes)
        return hasher.finalize()
    }
}
