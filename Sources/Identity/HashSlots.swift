/// Where numbered things are found by what they are. The things themselves lie elsewhere, in the order of their numbers,
/// so nothing depends on how they hash but how fast they are found.
public struct HashSlots: Sendable {
    @usableFromInline struct Slot: Sendable {
        /// The number + 1; 0: empty.
        @usableFromInline var entry: Int32 = 0
        @usableFromInline var hash: UInt32 = 0
        @usableFromInline init() {}
    }

    @usableFromInline var slots: [Slot] = []
    @usableFromInline var count = 0

    public init() {}

    @inlinable public func find(_ hash: Int, _ isEqual: (Int32) -> Bool) -> Int32? {
        guard !slots.isEmpty else { return nil }
        let short = UInt32(truncatingIfNeeded: hash)
        var place = Int(short) & (slots.count - 1)
        while slots[place].entry != 0 {
            if slots[place].hash == short, isEqual(slots[place].entry - 1) { return slots[place].entry - 1 }
            place = (place + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Puts in what `find` did not find.
    @inlinable public mutating func insert(_ number: Int32, hash: Int) {
        if (count + 1) * 2 > slots.count { grow() }
        var slot = Slot()
        (slot.entry, slot.hash) = (number + 1, UInt32(truncatingIfNeeded: hash))
        put(slot)
        count += 1
    }

    /// Makes room for so many at once.
    public mutating func reserve(_ number: Int) {
        while slots.count < number * 2 { grow() }
    }

    @usableFromInline mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(), count: max(16, old.count * 2))
        for slot in old where slot.entry != 0 { put(slot) }
    }

    @usableFromInline mutating func put(_ slot: Slot) {
        var place = Int(slot.hash) & (slots.count - 1)
        while slots[place].entry != 0 { place = (place + 1) & (slots.count - 1) }
        slots[place] = slot
    }
}
