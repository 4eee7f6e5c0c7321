internal import Identity

/// Every text by number, so that texts are compared as numbers. Numbers are given in the order in which texts are met; texts
/// are one when their bytes are.
public struct Texts: Sendable {
    public private(set) var all: [String] = []
    private var slots = HashSlots()

    public init() {}

    public var count: Int { all.count }

    public subscript(number: Int32) -> String { all[Int(number)] }

    public func number(of text: String) -> Int32? { number(of: text, hash: hash(text)) }

    /// The number of a text, which it gets where it is new.
    public mutating func intern(_ text: String) -> Int32 {
        let hash = hash(text)
        if let known = number(of: text, hash: hash) { return known }
        let number = Int32(all.count)
        all.append(text)
        slots.insert(number, hash: hash)
        return number
    }

    private func number(of text: String, hash: Int) -> Int32? {
        slots.find(hash) { all[Int($0)].hasSameBytes(as: text) }
    }

    private func hash(_ text: String) -> Int {
        var hasher = Hasher()
        hasher.combine(bytesOf: text)
        return hasher.finalize()
    }
}
