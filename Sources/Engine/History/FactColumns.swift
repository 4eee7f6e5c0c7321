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
    private var last: (source: String, object: String, number: Int32)?

    var count: Int { occurred.count }

    /// When a fact was and where it came from.
    struct Stamp {
        let sequence: Int64
        let occurred: Instant
        let known: Instant
        let id: String
        let aspect: String
        let source: String
        let object: String
    }

    mutating func append(_ recorded: RecordedFact, act: Int32, mention: Int32) {
        let (fact, key) = (recorded.fact, recorded.fact.key)
        append(
            Stamp(
                sequence: recorded.sequence, occurred: fact.occurred, known: fact.known, id: key.id,
                aspect: key.aspect, source: key.source, object: key.object),
            act: act, mention: mention)
    }

    mutating func append(_ stamp: Stamp, act: Int32, mention: Int32) {
        occurred.append(stamp.occurred.milliseconds)
        known.append(stamp.known.milliseconds)
        sequence.append(UInt32(clamping: stamp.sequence))
        self.act.append(act)
        self.mention.append(mention)
        origin.append(originNumber(stamp))
        keys.append(contentsOf: stamp.id.utf8)
        keys.append(FactKey.separator)
        keys.append(contentsOf: stamp.aspect.utf8)
        keyEnds.append(keys.count)
    }

    /// Source and object of the last fact, as `origins` holds them.
    var lastOrigin: String { origin.last.map { origins[$0] } ?? "" }

    /// Takes over a fact of others.
    mutating func append(_ fact: Int, of other: FactColumns, act: Int32, mention: Int32) {
        occurred.append(other.occurred[fact])
        known.append(other.known[fact])
        sequence.append(other.sequence[fact])
        self.act.append(act)
        self.mention.append(mention)
        origin.append(origins.intern(other.origins[other.origin[fact]]))
        keys.append(contentsOf: other.keys[other.range(fact)])
        keyEnds.append(keys.count)
    }

    /// Facts of one origin come in runs.
    private mutating func originNumber(_ stamp: Stamp) -> Int32 {
        if let last, last.source.hasSameBytes(as: stamp.source), last.object.hasSameBytes(as: stamp.object) {
            return last.number
        }
        let number = origins.intern(stamp.source + FactColumns.separator + stamp.object)
        last = (stamp.source, stamp.object, number)
        return number
    }

    /// Sorts below all that parts of keys hold, so that whole keys sort as their parts do.
    private static let separator = "\u{1F}"

    /// Of each origin, its place among all by bytes.
    func originPlaces() -> [Int32] {
        let all = Array(origins.all)
        let order = all.indices.sorted { all[$0].precedesInBytes(all[$1]) }
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
