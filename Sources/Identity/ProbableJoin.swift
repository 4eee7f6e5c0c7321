public import Journal

/// A join that no exact key gives, found by likeness of names, addresses and the like.
///
/// Whoever compares persons hands a list of these to `resolve`; those at or above the threshold join, unless a person has
/// un-merged the two. They come after all exact keys, the likeliest first.
public struct ProbableJoin: Hashable, Sendable {
    public let one: Identifier
    public let other: Identifier
    /// Of being one person, in millionths.
    public let probability: Int64

    public init(_ one: Identifier, _ other: Identifier, probability: Int64) {
        (self.one, self.other, self.probability) = (one, other, probability)
    }
}

/// Where probable joins come from. Exact keys need none.
public protocol PersonMatching: Sendable {
    /// From which probability on two are joined without asking, in millionths.
    var threshold: Int64 { get }
    /// In any order.
    func joins(among mentions: Mentions) -> [ProbableJoin]
}

/// Persons are joined by what identifies them, and by nothing else.
public struct ExactKeys: PersonMatching {
    public let threshold: Int64 = 1_000_000
    public init() {}
    public func joins(among mentions: Mentions) -> [ProbableJoin] { [] }
}
