internal import Identity
internal import Journal

/// What facts say, each once.
struct ActTable {
    private(set) var all: [Act] = []
    private var slots = HashSlots()

    subscript(number: Int32) -> Act { all[Int(number)] }

    /// The number of an act, which it gets where it is new.
    mutating func intern(_ act: Act) -> Int32 {
        let hash = hash(act)
        if let known = slots.find(hash, { all[Int($0)] == act }) { return known }
        let number = Int32(all.count)
        all.append(act)
        slots.insert(number, hash: hash)
        return number
    }

    private func hash(_ act: Act) -> Int {
        var hasher = Hasher()
        hasher.combine(act.kind.rawValue)
        hasher.combine(UInt64(UInt32(bitPattern: act.name)) << 32 | UInt64(UInt32(bitPattern: act.actor)))
        hasher.combine(UInt64(UInt32(bitPattern: act.record)) << 32 | UInt64(UInt32(bitPattern: act.properties)))
        return hasher.finalize()
    }
}
