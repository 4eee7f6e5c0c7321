/// The wanted paths as a tree, so that a scan follows all of them at once.
struct JSONPathTree {
    private struct Node {
        /// Sorted by `JSONKeys.compare`.
        var members: [(key: [UInt8], node: Int32)] = []
        var elements: [(index: Int, node: Int32)] = []
        /// The fields of the row that get the value found here.
        var fields: [Int] = []
    }

    private var nodes = [Node()]

    init(_ paths: [JSONPath]) {
        for (field, path) in paths.enumerated() {
            let node = path.steps.reduce(JSONNode.root) { self.grow($0, $1) }
            nodes[Int(node)].fields.append(field)
        }
        for index in nodes.indices {
            nodes[index].members.sort { a, b in JSONPathTree.compare(a.key, b.key) < 0 }
        }
    }

    private mutating func grow(_ parent: Int32, _ step: JSONPath.Step) -> Int32 {
        if let known = child(of: parent, step) { return known }
        let node = Int32(nodes.count)
        nodes.append(Node())
        switch step {
        case .key(let key): nodes[Int(parent)].members.append((Array(key.utf8), node))
        case .index(let index): nodes[Int(parent)].elements.append((index, node))
        }
        return node
    }

    /// While the tree grows members are not sorted yet.
    private func child(of parent: Int32, _ step: JSONPath.Step) -> Int32? {
        switch step {
        case .key(let key): nodes[Int(parent)].members.first { $0.key.elementsEqual(key.utf8) }?.node
        case .index(let index): nodes[Int(parent)].elements.first { $0.index == index }?.node
        }
    }

    func fields(at node: Int32) -> [Int] { nodes[Int(node)].fields }

    func member(of node: Int32, _ key: Bytes) -> Int32 {
        let members = nodes[Int(node)].members
        var (low, high) = (0, members.count)
        while low < high {
            let middle = (low + high) / 2
            let order = members[middle].key.withUnsafeBufferPointer { JSONKeys.compare($0, key) }
            if order == 0 { return members[middle].node }
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle)
        }
        return JSONNode.none
    }

    func element(of node: Int32, _ index: Int) -> Int32 {
        nodes[Int(node)].elements.first { $0.index == index }?.node ?? JSONNode.none
    }

    private static func compare(_ a: [UInt8], _ b: [UInt8]) -> Int {
        a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { b in JSONKeys.compare(a, b) } }
    }
}

/// Puts the wanted values into the row.
struct WantedFields: JSONSink {
    let tree: JSONPathTree
    let row: Row

    func member(of node: Int32, _ key: Bytes) -> Int32 { tree.member(of: node, key) }
    func element(of node: Int32, _ index: Int) -> Int32 { tree.element(of: node, index) }

    func value(at node: Int32, _ kind: FieldKind, _ start: Int, _ end: Int, isEscaped: Bool) {
        // Null has no bytes; its kind says all.
        let end = kind == .null ? start : end
        for field in tree.fields(at: node) {
            row.slots[field] = Row.Slot(start: UInt32(start), end: UInt32(end), kind: kind, isEscaped: isEscaped)
        }
    }
}

/// Every path that occurs, in order of first occurrence.
struct SeenPaths: JSONSink {
    private(set) var paths: [JSONPath] = []
    private var steps: [[JSONPath.Step]] = [[]]
    private var nodes: [[JSONPath.Step]: Int32] = [[]: JSONNode.root]
    private var seen: Set<Int32> = []

    /// Elements beyond these are more of the same.
    private static let elementsShown = 3

    mutating func member(of node: Int32, _ key: Bytes) -> Int32 {
        child(of: node, .key(String(decoding: key, as: UTF8.self)))
    }

    mutating func element(of node: Int32, _ index: Int) -> Int32 {
        index < SeenPaths.elementsShown ? child(of: node, .index(index)) : JSONNode.none
    }

    private mutating func child(of node: Int32, _ step: JSONPath.Step) -> Int32 {
        let path = steps[Int(node)] + [step]
        if let known = nodes[path] { return known }
        let new = Int32(steps.count)
        nodes[path] = new
        steps.append(path)
        return new
    }

    mutating func value(at node: Int32, _ kind: FieldKind, _ start: Int, _ end: Int, isEscaped: Bool) {
        if seen.insert(node).inserted { paths.append(JSONPath(steps[Int(node)])) }
    }
}
