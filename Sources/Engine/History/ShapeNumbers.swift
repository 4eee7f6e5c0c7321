internal import Identity
internal import Journal

/// The shapes of facts by number. There are some dozen, and facts of one come in runs.
struct ShapeNumbers {
    private var shapes: [FactShape] = []
    private var last = 0

    /// The number of a shape, which it gets where it is new.
    mutating func number(_ shape: FactShape) -> Int32 {
        if last < shapes.count, isSame(shapes[last], shape) { return Int32(last) }
        last = shapes.firstIndex { isSame($0, shape) } ?? shapes.count
        if last == shapes.count { shapes.append(shape) }
        return Int32(last)
    }

    /// A store gives the very shape it keeps, so names are mostly one array, and looked at only where they are not.
    private func isSame(_ a: FactShape, _ b: FactShape) -> Bool {
        guard a.kind == b.kind, a.version == b.version, a.properties.count == b.properties.count,
            a.source.hasSameBytes(as: b.source), a.object.hasSameBytes(as: b.object)
        else { return false }
        let isOneArray = a.properties.withUnsafeBufferPointer { mine in
            b.properties.withUnsafeBufferPointer { $0.baseAddress == mine.baseAddress }
        }
        return isOneArray || zip(a.properties, b.properties).allSatisfy { $0.hasSameBytes(as: $1) }
    }
}
