public import Vocabulary

/// An alert: judged at each happening that its condition names.
public struct AlertProgram: Hashable, Sendable {
    /// At most so many about one person, counted back from each.
    public struct Limit: Hashable, Sendable {
        public let count: Int
        public let within: Elapsed

        public init(_ count: Int, within: Elapsed) {
            (self.count, self.within) = (count, within)
        }
    }

    public let when: ProgramCondition
    /// `nil`: as often as it happens.
    public let limit: Limit?
    public let clause: ClauseID

    public init(when: ProgramCondition, limit: Limit?, clause: ClauseID) {
        (self.when, self.limit, self.clause) = (when, limit, clause)
    }
}
