internal import Identity

/// Every text by number, so that texts are compared as numbers. Numbers are given in the order in which texts are met; texts
/// are one when their bytes are. All lie end to end: a text becomes a `String` when it is asked for.
public struct Texts: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Where each text ends.
    private(set) var ends: [Int] = []
    private var slots = HashSlots()

    public init() {}

    /// Takes texts as they lie.
    init(bytes: [UInt8], ends: [Int]) {
        (self.bytes, self.ends) = (bytes, ends)
        slots.reserve(ends.count)
        for number in ends.indices { slots.insert(Int32(number), hash: hash(range(number))) }
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

    private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

    private func number(of text: String, hash: Int) -> Int32? {
        slots.find(hash) { isText(Int($0), text) }
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

    private func hash(_ range: Range<Int>) -> Int {
        bytes.withUnsafeBytes { Texts.hash(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    private static func hash(_ bytes: UnsafeRawBufferPointer) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: bytes)
        return hasher.finalize()
    }
}
