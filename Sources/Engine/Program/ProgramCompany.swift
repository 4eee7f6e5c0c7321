public import Vocabulary

// What the program knows of the company beside the clauses that judge a person.

/// What the CRM's words for a deal's stage mean.
public struct DealsProgram: Hashable, Sendable {
    public enum Standing: UInt8, Hashable, Sendable { case open, won, lost, ignored }

    public struct Stage: Hashable, Sendable {
        /// A name id; −1: in every pipeline.
        public let pipeline: Int32
        public let stage: Int32
        public let standing: Standing

        public init(pipeline: Int32, stage: Int32, standing: Standing) {
            (self.pipeline, self.stage, self.standing) = (pipeline, stage, standing)
        }
    }

    public var stages: [Stage] = []

    public init() {}
}

/// What silence after a hand-over means, and when.
public struct SilenceProgram: Hashable, Sendable {
    public let after: SegmentedBudget
    public let meansAccepted: Bool
    public let clause: ClauseID

    public init(after: SegmentedBudget, meansAccepted: Bool, clause: ClauseID) {
        (self.after, self.meansAccepted, self.clause) = (after, meansAccepted, clause)
    }
}

/// How long a verdict may be disputed, and how long the arbiter has.
public struct DisputeProgram: Hashable, Sendable {
    /// The address of the side that may, a name id; −1: whoever.
    public let by: Int32
    public let within: Budget
    /// The address of who rules; −1: whoever.
    public let arbiter: Int32
    public let rulingWithin: Budget
    public let clause: ClauseID

    public init(by: Int32, within: Budget, arbiter: Int32, rulingWithin: Budget, clause: ClauseID) {
        (self.by, self.within, self.arbiter) = (by, within, arbiter)
        (self.rulingWithin, self.clause) = (rulingWithin, clause)
    }
}

/// Purposes, grounds and hours: what the gate answers from, beside the rules of `Program.consent`.
public struct GateProgram: Hashable, Sendable {
    public struct Purpose: Hashable, Sendable {
        public let name: Int32
        /// `email`, `phone`: a name id.
        public let channel: Int32
        public let clause: ClauseID

        public init(name: Int32, channel: Int32, clause: ClauseID) {
            (self.name, self.channel, self.clause) = (name, channel, clause)
        }
    }

    /// How long a ground holds.
    public struct Expiry: Hashable, Sendable {
        public let ground: Int32
        public let after: Elapsed

        public init(ground: Int32, after: Elapsed) {
            (self.ground, self.after) = (ground, after)
        }
    }

    public struct Hours: Hashable, Sendable {
        public let channel: Int32
        public let block: Block
        public let isInPersonsZone: Bool
        public let clause: ClauseID

        public init(channel: Int32, block: Block, isInPersonsZone: Bool, clause: ClauseID) {
            (self.channel, self.block, self.isInPersonsZone, self.clause) = (channel, block, isInPersonsZone, clause)
        }
    }

    public var purposes: [Purpose] = []
    public var expiries: [Expiry] = []
    public var hours: [Hours] = []
    /// Where no rule says anything.
    public var allowsByDefault = false
    public var defaultClause = ClauseID(-1)
    /// Where the person's zone is unknown, nobody is contacted at hours that depend on it.
    public var deniesUnknownZone = false
    /// So many persons made by one user within the time are an upload; 0: nothing is.
    public var uploadPersons: Int32 = 0
    public var uploadWithin = Elapsed.zero
    public var uploadClause = ClauseID(-1)

    public init() {}
}

/// What counts of the time before go-live.
public struct HistoryProgram: Hashable, Sendable {
    /// The start of the day of go-live in the company's zone; `nil`: everything is live.
    public var starts: Instant?
    /// Systems whose claims about stages count before go-live, as name ids.
    public var stagesFrom: [Int32] = []
    public var actWithin: Budget?

    public init() {}
}

/// What routing needs beside its rules.
public struct AssigningProgram: Hashable, Sendable {
    public struct Value: Hashable, Sendable {
        /// An index in `Program.grades`.
        public let grade: Int32
        /// Millionths.
        public let value: Int64

        public init(grade: Int32, value: Int64) {
            (self.grade, self.value) = (grade, value)
        }
    }

    /// A name id; −1: nobody.
    public var lastResort: Int32 = -1
    public var lastResortClause = ClauseID(-1)
    public var values: [Value] = []
    /// More than so many of one origin within the time are a burst; 0: nothing is.
    public var burst: Int32 = 0
    public var burstWindow = Elapsed.zero
    public var burstWaitsForCapacity = true

    public init() {}
}

/// Who would newly enter a stage when a version takes force.
public enum ProgramOnChange: Hashable, Sendable {
    case wait
    case enter
    case enterAtMost(perDay: Int32)
}

/// Whom nothing is counted for.
public struct IgnoredProgram: Hashable, Sendable {
    /// Domains, as name ids.
    public var domains: [Int32] = []
    /// A click so soon after delivery is a machine's, in milliseconds; 0: none is.
    public var clicksWithin: Int64 = 0
    public var opensByPrivacyProxy = false

    public init() {}
}

/// What the mission never allows: no contact for these purposes towards anybody for whom the condition holds.
public struct BoundaryProgram: Hashable, Sendable {
    /// Name ids.
    public let purposes: [Int32]
    public let condition: ProgramCondition

    public init(purposes: [Int32], condition: ProgramCondition) {
        (self.purposes, self.condition) = (purposes, condition)
    }
}
