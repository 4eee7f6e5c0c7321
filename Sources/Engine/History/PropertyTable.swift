internal import Identity

/// Sets of properties, each stored once. The values of a set lie together, in the order of their names' numbers.
public struct PropertyTable: Sendable {
    public enum Kind: UInt8, Hashable, Sendable {
        /// Millionths.
        case number
        /// Minor units of `currency`.
        case money
        /// Milliseconds.
        case instant
        /// Days since 1970-01-01.
        case date
        /// The number of a text.
        case text
        case flag
        /// The source says that there is no value.
        case cleared
        /// A value that no condition can ask about: a list, a number beyond nine trillion or finer than a millionth, what
        /// was erased. The number of a text that shows it; −1 where nothing is left to show.
        case other
    }

    public struct Property: Hashable, Sendable {
        public let name: Int32
        public let kind: Kind
        public let currency: UInt16
        public let bits: Int64

        public init(name: Int32, kind: Kind, currency: UInt16 = 0, bits: Int64) {
            (self.name, self.kind, self.currency, self.bits) = (name, kind, currency, bits)
        }
    }

    public private(set) var all: [Property] = []
    /// Where each set ends.
    public private(set) var ends: [Int32] = []
    private var slots = HashSlots()

    public init() {}

    /// Takes sets as they lie. They are not found again by what they say: another set like one of them gets a number of its
    /// own.
    init(all: [Property], ends: [Int32]) { (self.all, self.ends) = (all, ends) }

    public var count: Int { ends.count }

    public func range(_ set: Int32) -> Range<Int> {
        (set == 0 ? 0 : Int(ends[Int(set) - 1]))..<Int(ends[Int(set)])
    }

    public subscript(set: Int32) -> ArraySlice<Property> { all[range(set)] }

    /// The property of this name, where the set has it.
    public func property(_ name: Int32, of set: Int32) -> Property? {
        for index in range(set) where all[index].name == name { return all[index] }
        return nil
    }

    /// The number of a set, which it gets where it is new. In the order of names' numbers, each name once.
    public mutating func intern(_ set: [Property]) -> Int32 {
        let hash = hash(set)
        if let known = slots.find(hash, { self[$0].elementsEqual(set) }) { return known }
        let number = Int32(ends.count)
        all += set
        ends.append(Int32(all.count))
        slots.insert(number, hash: hash)
        return number
    }

    private func hash(_ set: [Property]) -> Int {
        var hasher = Hasher()
        for property in set {
            hasher.combine(property.name)
            hasher.combine(property.kind.rawValue)
            hasher.combine(property.bits)
        }
        return hasher.finalize()
    }
}
