/// Joins numbered identifiers by keys, decisions and likeness, and keeps apart what was un-merged.
///
/// First everything is joined, which is all there is to do in a company that never un-merges. Where two that were un-merged
/// came together, their group is dissolved and joined again in the order in which its links arose, leaving out each link
/// that would bring the two together. So an un-merge holds against every key, until a later merge names both.
struct Joining {
    struct Link {
        /// What is joined with the first of them.
        let members: [Int32]
        /// Which mention says so; −1: a decision or likeness, in the order of `rank`.
        let mention: Int32
        var occurred: Int64
        let rank: Int
    }

    private let mentions: Mentions
    /// The members of a mention that its fact joins.
    private let members: (Int32) -> [Int32]
    private let further: [Link]
    private let apart: [Pair]
    private(set) var groups: Groups
    /// Two writings of one thing, which no decision parts.
    private var same: [(Int32, Int32)] = []

    struct Pair: Hashable {
        let a: Int32
        let b: Int32
        init(_ a: Int32, _ b: Int32) { (self.a, self.b) = (min(a, b), max(a, b)) }
    }

    init(
        _ mentions: Mentions, count: Int, decisions: [Mentions.Decision], probable: [[Int32]] = [],
        members: @escaping (Int32) -> [Int32]
    ) {
        (self.mentions, self.members) = (mentions, members)
        groups = Groups(count: count)
        apart = Joining.apart(decisions)
        further = Joining.links(decisions, probable, mentions)
    }

    /// Decisions in the order in which they occurred, then probable joins in the order given.
    private static func links(
        _ decisions: [Mentions.Decision], _ probable: [[Int32]], _ mentions: Mentions
    ) -> [Link] {
        let merges = decisions.filter { $0.joins && $0.members.count > 1 }.sorted { a, b in
            if a.occurred != b.occurred { return a.occurred < b.occurred }
            return mentions.precedes(a.members, b.members)
        }
        return merges.enumerated().map { Link(members: $1.members, mention: -1, occurred: $1.occurred, rank: $0) }
            + probable.enumerated().map {
                Link(members: $1, mention: -1, occurred: .max, rank: merges.count + $0)
            }
    }

    /// The pairs whose last word is an un-merge. Of a merge and an un-merge at one instant, the un-merge is the last word.
    private static func apart(_ decisions: [Mentions.Decision]) -> [Pair] {
        var last: [Pair: Int64] = [:]
        for decision in decisions where !decision.joins {
            for pair in pairs(decision.members) { last[pair] = max(last[pair] ?? .min, decision.occurred) }
        }
        guard !last.isEmpty else { return [] }
        for decision in decisions where decision.joins {
            for pair in pairs(decision.members) {
                if let undone = last[pair], undone < decision.occurred { last[pair] = nil }
            }
        }
        return Array(last.keys)
    }

    private static func pairs(_ members: [Int32]) -> [Pair] {
        var pairs: [Pair] = []
        for (place, a) in members.enumerated() {
            for b in members[(place + 1)...] where a != b { pairs.append(Pair(a, b)) }
        }
        return pairs
    }

    mutating func alwaysJoin(_ a: Int32, _ b: Int32) {
        if a != b { same.append((a, b)) }
    }

    /// Joins everything. `facts` are asked only where something was un-merged.
    mutating func join(_ facts: FactTimes) {
        for (a, b) in same { groups.join(a, b) }
        for mention in 0..<Int32(mentions.count) where mentions.joins(mention) { joinAll(members(mention)) }
        for link in further { joinAll(link.members) }
        var torn: [Int32: [Pair]] = [:]
        for pair in apart where groups.root(pair.a) == groups.root(pair.b) {
            torn[groups.root(pair.a), default: []].append(pair)
        }
        if !torn.isEmpty { joinAgain(torn, facts) }
    }

    private mutating func joinAll(_ members: [Int32]) {
        for other in members.dropFirst() { groups.join(members[0], other) }
    }

    // MARK: Keeping apart

    private mutating func joinAgain(_ torn: [Int32: [Pair]], _ facts: FactTimes) {
        let group = (0..<Int32(groups.count)).map { groups.root($0) }
        let links = self.links(within: torn, group, facts)
        groups.dissolve((0..<Int32(groups.count)).filter { torn[group[Int($0)]] != nil })
        for (a, b) in same { groups.join(a, b) }
        for link in links {
            let pairs = torn[group[Int(link.members[0])]] ?? []
            for other in link.members.dropFirst() where isAllowed(link.members[0], other, pairs) {
                groups.join(link.members[0], other)
            }
        }
    }

    private mutating func isAllowed(_ a: Int32, _ b: Int32, _ pairs: [Pair]) -> Bool {
        let joined = Pair(groups.root(a), groups.root(b))
        return !pairs.contains { Pair(groups.root($0.a), groups.root($0.b)) == joined }
    }

    private func links(within torn: [Int32: [Pair]], _ group: [Int32], _ facts: FactTimes) -> [Link] {
        var mine: [Int32: Link] = [:]
        for mention in 0..<Int32(mentions.count) where mentions.joins(mention) {
            let members = members(mention)
            guard members.count > 1, torn[group[Int(members[0])]] != nil else { continue }
            mine[mention] = Link(members: members, mention: mention, occurred: .max, rank: 0)
        }
        for fact in 0..<facts.count {
            let mention = facts.mention[fact]
            if let link = mine[mention], facts.occurred[fact] < link.occurred {
                mine[mention]?.occurred = facts.occurred[fact]
            }
        }
        let others = further.filter { torn[group[Int($0.members[0])]] != nil }
        return (Array(mine.values) + others).sorted(by: isBefore)
    }

    /// By instant; at one instant what facts say before what was decided.
    private func isBefore(_ a: Link, _ b: Link) -> Bool {
        if a.occurred != b.occurred { return a.occurred < b.occurred }
        if (a.mention < 0) != (b.mention < 0) { return b.mention < 0 }
        return a.mention < 0 ? a.rank < b.rank : mentions.precedes(a.mention, b.mention)
    }
}

/// When each fact occurred and what it mentions.
public struct FactTimes: Sendable {
    public let occurred: [Int64]
    public let mention: [Int32]

    public init(occurred: [Int64], mention: [Int32]) {
        (self.occurred, self.mention) = (occurred, mention)
    }

    public var count: Int { occurred.count }
}
