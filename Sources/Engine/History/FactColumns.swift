internal import Identity
internal import Journal
internal import Vocabulary

/// Facts in columns in the order in which they came.
struct FactColumns {
    private(set) var occurred: [Int64] = []
    private(set) var known: [Int64] = []
    private(set) var sequence: [UInt32] = []
    private(set) var act: [Int32] = []
    private(set) var mention: [Int32] = []
    /// Source and object, by number.
    private(set) var origin: [Int32] = []
    private(set) var origins = Texts()
    /// Id and aspect of each key, end to end.
    private var keys: [UInt8] = []
    private var keyEnds: [Int] = []

    var count: Int { occurred.count }

    mutating func append(_ recorded: RecordedFact, act: Int32, mention: Int32) {
        let key = recorded.fact.key
        occurred.append(recorded.fact.occurred.milliseconds)
        known.append(recorded.fact.known.milliseconds)
        sequence.append(UInt32(clamping: recorded.sequence))
        self.act.append(act)
        self.mention.append(mention)
        origin.append(origins.intern(key.source + FactColumns.separator + key.object))
        keys.append(contentsOf: key.id.utf8)
        keys.append(FactKey.separator)
        keys.append(contentsOf: key.aspect.utf8)
        keyEnds.append(keys.count)
    }

    /// Sorts below all that parts of keys hold, so that whole keys sort as their parts do.
    private static let separator = "\u{1F}"

    /// Of each origin, its place among all by bytes.
    func originPlaces() -> [Int32] {
        let order = origins.all.indices.sorted { origins.all[$0].precedesInBytes(origins.all[$1]) }
        var places = Array(repeating: Int32(0), count: order.count)
        for (place, origin) in order.enumerated() { places[origin] = Int32(place) }
        return places
    }

    /// By id and aspect.
    func keyPrecedes(_ a: Int, _ b: Int) -> Bool {
        keys.withUnsafeBufferPointer { keys in
            UnsafeBufferPointer(rebasing: keys[range(a)]).lexicographicallyPrecedes(
                UnsafeBufferPointer(rebasing: keys[range(b)]))
        }
    }

    private func range(_ fact: Int) -> Range<Int> { (fact == 0 ? 0 : keyEnds[fact - 1])..<keyEnds[fact] }
}
