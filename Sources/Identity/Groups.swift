/// Disjoint sets of numbered things (R. Tarjan, 1975): joining and finding cost next to nothing each.
public struct Groups: Sendable {
    private var parents: [Int32]
    private var sizes: [Int32]

    public init(count: Int) {
        parents = Array(0..<Int32(count))
        sizes = Array(repeating: 1, count: count)
    }

    public var count: Int { parents.count }

    /// The member that stands for the set; which one it is depends on the order of joining and means nothing.
    public mutating func root(_ member: Int32) -> Int32 {
        var member = member
        while parents[Int(member)] != member {
            let grandparent = parents[Int(parents[Int(member)])]
            parents[Int(member)] = grandparent
            member = grandparent
        }
        return member
    }

    public mutating func join(_ a: Int32, _ b: Int32) {
        var (large, small) = (root(a), root(b))
        guard large != small else { return }
        if sizes[Int(large)] < sizes[Int(small)] { swap(&large, &small) }
        parents[Int(small)] = large
        sizes[Int(large)] += sizes[Int(small)]
    }

    /// Makes each of these a set of its own. They must be whole sets.
    public mutating func dissolve(_ members: [Int32]) {
        for member in members { (parents[Int(member)], sizes[Int(member)]) = (member, 1) }
    }
}
