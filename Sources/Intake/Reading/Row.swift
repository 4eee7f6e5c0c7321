/// The bytes of one field, or of one row, valid only within the closure that received them.
public typealias Bytes = UnsafeBufferPointer<UInt8>

/// A place in a file from which reading can go on.
public struct Position: Hashable, Sendable {
    /// 1-based physical line, as an editor counts them: a quoted line break starts a new one.
    public var line: Int
    /// Bytes before this place in the file as it was delivered, so before any change of encoding and after any BOM.
    public var offset: Int

    public init(line: Int, offset: Int) {
        self.line = line
        self.offset = offset
    }

    public static let start = Position(line: 1, offset: 0)
}

/// What a field is in its source. CSV knows only `string`; whether an empty one means "nothing" is the mapping's to say.
public enum FieldKind: UInt8, Sendable {
    /// The JSON object has no value at that path.
    case missing
    case null
    case string
    case number
    case boolean
    /// A JSON object or array, kept as its bytes.
    case json
}

/// One row, reused for all rows of a file: reading into it allocates only while its buffers grow.
///
/// The arena holds the row as it was written and behind that the fields that had to be unescaped:
/// ```
/// arena  Ada,"5"" disk",x  5" disk
///        [0..3)   [14..15) [15..22)
/// ```
public final class Row {
    /// Where the row begins in its file.
    @exclusivity(unchecked) public internal(set) var position = Position.start
    /// How many fields the row has: always the number of the reader's field names.
    @exclusivity(unchecked) public internal(set) var count = 0

    struct Slot {
        var start: UInt32
        var end: UInt32
        var kind: FieldKind
        var isEscaped: Bool
    }

    // Read for every field of every row by one owner: checking each time that nobody writes meanwhile costs more than
    // reading.
    @exclusivity(unchecked) private(set) var slots = UnsafeMutablePointer<Slot>.allocate(capacity: 64)
    private var slotCapacity = 64
    @exclusivity(unchecked) private(set) var arena = UnsafeMutablePointer<UInt8>.allocate(capacity: 4096)
    private var arenaCapacity = 4096
    private var arenaCount = 0
    private var rawCount = 0

    public init() {}

    deinit {
        slots.deallocate()
        arena.deallocate()
    }

    public func kind(_ field: Int) -> FieldKind {
        precondition(field >= 0 && field < count)
        return slots[field].kind
    }

    /// True for a missing field, for null, and for text of no length.
    public func isEmpty(_ field: Int) -> Bool {
        precondition(field >= 0 && field < count)
        return slots[field].start == slots[field].end || slots[field].kind == .null
    }

    /// The field's value as UTF-8, unquoted and unescaped; nothing for a missing field and for null.
    @inline(__always)
    public func withField<Result, Failure: Error>(
        _ field: Int, _ body: (Bytes) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(field >= 0 && field < count)
        let slot = slots[field]
        return try body(Bytes(start: arena + Int(slot.start), count: Int(slot.end - slot.start)))
    }

    /// The same as text; allocates.
    public func text(_ field: Int) -> String {
        withField(field) { String(decoding: $0, as: UTF8.self) }
    }

    /// The row as it was written, in UTF-8, without its line ending: what a reject keeps so that it can be mended.
    @inline(__always)
    public func withRaw<Result, Failure: Error>(_ body: (Bytes) throws(Failure) -> Result) throws(Failure) -> Result {
        try body(Bytes(start: arena, count: rawCount))
    }
}

// MARK: - Filling

extension Row {
    @inline(__always)
    func clear() {
        count = 0
        rawCount = 0
        arenaCount = 0
    }

    @inline(__always)
    func append(_ slot: Slot) {
        if count == slotCapacity { growSlots(to: slotCapacity * 2) }
        slots[count] = slot
        count += 1
    }

    /// The row has exactly `count` fields, all missing until they are set.
    func reset(toMissing count: Int) {
        if count > slotCapacity { growSlots(to: count) }
        for field in 0..<count { slots[field] = Slot(start: 0, end: 0, kind: .missing, isEscaped: false) }
        self.count = count
    }

    /// Starts the arena with the row as written; slots already hold ranges of it. `spare` is room for unescaped fields.
    func adopt(raw: UnsafePointer<UInt8>, count: Int, spare: Int) {
        if count + spare > arenaCapacity { growArena(to: count + spare) }
        arena.update(from: raw, count: count)
        rawCount = count
        arenaCount = count
    }

    /// Replaces each escaped field by what `decode` writes, given the written bytes and room for as many; it returns
    /// how many it wrote. Called once, right after `adopt`, with `spare` at least the sum of the escaped fields.
    func rewriteEscaped(_ decode: (UnsafePointer<UInt8>, Int, UnsafeMutablePointer<UInt8>) -> Int) {
        for field in 0..<count where slots[field].isEscaped {
            let written = Int(slots[field].end - slots[field].start)
            precondition(arenaCount + written <= arenaCapacity)
            let decoded = decode(arena + Int(slots[field].start), written, arena + arenaCount)
            slots[field].start = UInt32(arenaCount)
            slots[field].end = UInt32(arenaCount + decoded)
            arenaCount += decoded
        }
    }

    private func growSlots(to capacity: Int) {
        let larger = UnsafeMutablePointer<Slot>.allocate(capacity: capacity)
        larger.moveInitialize(from: slots, count: count)
        slots.deallocate()
        (slots, slotCapacity) = (larger, capacity)
    }

    private func growArena(to capacity: Int) {
        let doubled = max(capacity, arenaCapacity * 2)
        arena.deallocate()
        (arena, arenaCapacity) = (.allocate(capacity: doubled), doubled)
    }
}
