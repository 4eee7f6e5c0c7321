/// A list that never changes and whose elements own nothing, read without counting references: threads that read one list
/// together would spend more on its count than on what stands in it. What is never written after it was made may be read by all:
/// hence `@unchecked`.
struct Flat<Element>: @unchecked Sendable {
    private let start: UnsafeMutablePointer<Element>
    let count: Int

    /// Whoever makes one frees it.
    init(_ elements: some Collection<Element>) {
        count = elements.count
        start = .allocate(capacity: max(1, count))
        _ = UnsafeMutableBufferPointer(start: start, count: count).initialize(from: elements)
    }

    /// One list behind another.
    init(_ first: Flat<Element>, _ rest: some Collection<Element>) {
        count = first.count + rest.count
        start = .allocate(capacity: max(1, count))
        start.initialize(from: first.start, count: first.count)
        _ = UnsafeMutableBufferPointer(start: start + first.count, count: rest.count).initialize(from: rest)
    }

    func free() { start.deallocate() }

    @inline(__always) subscript(index: Int) -> Element { start[index] }
    @inline(__always) subscript(index: Int32) -> Element { start[Int(index)] }
    var indices: Range<Int> { 0..<count }
}

/// Lists one behind the other.
struct FlatLists<Element>: Sendable where Element: Sendable {
    private let ends: Flat<Int32>
    private let elements: Flat<Element>

    init(_ lists: [[Element]]) {
        self.init(ends: lists.reduce(into: []) { $0.append(($0.last ?? 0) + Int32($1.count)) }, lists.flatMap { $0 })
    }

    init(ends: [Int32], _ elements: [Element]) { (self.ends, self.elements) = (Flat(ends), Flat(elements)) }

    /// More lists behind others; of the new ones where each ends, counted from the first of them.
    init(_ first: FlatLists<Element>, ends: [Int32], _ elements: [Element]) {
        let start = Int32(first.elements.count)
        self.ends = Flat(first.ends, ends.map { $0 + start })
        self.elements = Flat(first.elements, elements)
    }

    func free() {
        ends.free()
        elements.free()
    }

    /// Where a list lies in `self[at:]`.
    @inline(__always) func range(_ list: Int) -> Range<Int> { (list == 0 ? 0 : Int(ends[list - 1]))..<Int(ends[list]) }
    @inline(__always) subscript(at index: Int) -> Element { elements[index] }
}
