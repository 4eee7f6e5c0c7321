public import Vocabulary

// An agreement as the engine runs it: integers, interned names, flat lists of operations. No text is compared and nothing is
// looked up by name while it runs; what a clause says in words stays in the agreement, joined by `ClauseID`.
//
//     Program ─ names ────── every text that is compared, by id
//             ─ operations ─ all conditions, one behind the other (ProgramOperation.swift says how they run)
//             ─ sets, patterns, happenings ─ what operations refer to by index
//             ─ stages, detours, fit, engagement, … ─ the clauses in the order in which they are judged
//
// The same agreement compiles to the same program, value for value.

/// The compiled agreement.
public struct Program: Hashable, Sendable {
    /// Texts by id, in the order in which compilation met them.
    public var names: [String] = []
    public var operations: [ProgramOperation] = []
    /// Sorted values, without repetition.
    public var sets: [[Int64]] = []
    public var patterns: [ProgramPattern] = []
    public var happenings: [ProgramHappening] = []

    public var fields: [ProgramField] = []
    public var dealKinds: [NamedCondition] = []
    public var fit: [FitProgram] = []
    /// From the highest threshold down.
    public var grades: [GradeProgram] = []
    public var halfLife = SegmentedBudget(cases: [], otherwise: nil)
    public var engagement: [EngagementProgram] = []
    public var stages: [StageProgram] = []
    public var detours: [DetourProgram] = []
    public var rejections: [RejectionProgram] = []
    public var silence: SegmentedBudget?
    public var clocks: [ClockProgram] = []
    public var routing: [RoutingProgram] = []
    public var consent: [ConsentProgram] = []
    public var alerts: [ProgramCondition] = []
    public var pipelineCounts: ProgramCondition?

    public init() {}
}

public struct ProgramField: Hashable, Sendable {
    public let name: Int32
    public let kind: ValueKind
    /// The index of the stage from which on it must be filled; −1: never.
    public let requiredAt: Int32

    public init(name: Int32, kind: ValueKind, requiredAt: Int32) {
        (self.name, self.kind, self.requiredAt) = (name, kind, requiredAt)
    }
}

public struct NamedCondition: Hashable, Sendable {
    public let name: Int32
    public let condition: ProgramCondition

    public init(name: Int32, condition: ProgramCondition) {
        (self.name, self.condition) = (name, condition)
    }
}

public struct FitProgram: Hashable, Sendable {
    public let when: ProgramCondition
    public let points: Points

    public init(when: ProgramCondition, points: Points) {
        (self.when, self.points) = (when, points)
    }
}

public struct GradeProgram: Hashable, Sendable {
    public let name: Int32
    public let from: Points

    public init(name: Int32, from: Points) {
        (self.name, self.from) = (name, from)
    }
}

public struct EngagementProgram: Hashable, Sendable {
    public let clause: ClauseID
    public let happening: Int32
    public let points: Points
    /// At most so many within the time; 0: without limit.
    public let cap: Int32
    public let window: Elapsed
    /// The property each value of which counts once, a name id; −1: none.
    public let oncePer: Int32

    public init(clause: ClauseID, happening: Int32, points: Points, cap: Int32, window: Elapsed, oncePer: Int32) {
        (self.clause, self.happening, self.points) = (clause, happening, points)
        (self.cap, self.window, self.oncePer) = (cap, window, oncePer)
    }
}

/// A time that may differ by segment: the first case whose condition holds, else the last.
public struct SegmentedBudget: Hashable, Sendable {
    public struct Case: Hashable, Sendable {
        public let condition: ProgramCondition
        public let budget: Budget

        public init(condition: ProgramCondition, budget: Budget) {
            (self.condition, self.budget) = (condition, budget)
        }
    }

    public let cases: [Case]
    public let otherwise: Budget?

    public init(cases: [Case], otherwise: Budget?) {
        (self.cases, self.otherwise) = (cases, otherwise)
    }
}

/// A condition that may differ by segment: of the first case whose segment holds, else of the last.
public struct SegmentedCondition: Hashable, Sendable {
    public struct Case: Hashable, Sendable {
        public let segment: ProgramCondition
        public let condition: ProgramCondition

        public init(segment: ProgramCondition, condition: ProgramCondition) {
            (self.segment, self.condition) = (segment, condition)
        }
    }

    public let cases: [Case]
    public let otherwise: ProgramCondition

    public init(cases: [Case], otherwise: ProgramCondition) {
        (self.cases, self.otherwise) = (cases, otherwise)
    }
}

public struct StageProgram: Hashable, Sendable {
    public let name: Int32
    public let enter: SegmentedCondition
    public let handsOver: Bool
    /// The team that receives it, a name id; −1: as routing says.
    public let team: Int32

    public init(name: Int32, enter: SegmentedCondition, handsOver: Bool, team: Int32) {
        (self.name, self.enter, self.handsOver, self.team) = (name, enter, handsOver, team)
    }
}

public struct DetourProgram: Hashable, Sendable {
    public let name: Int32
    /// Indices of stages.
    public let from: [Int32]
    public let enters: SegmentedCondition
    public let returns: SegmentedCondition?
    public let notBefore: Budget?
    public let alwaysReturns: ProgramCondition?
    /// The index of a stage; −1: the first.
    public let to: Int32
    public let forgetsEngagement: Bool
    public let forgetsFit: Bool

    public init(
        name: Int32, from: [Int32], enters: SegmentedCondition, returns: SegmentedCondition?, notBefore: Budget?,
        alwaysReturns: ProgramCondition?, to: Int32, forgetsEngagement: Bool, forgetsFit: Bool
    ) {
        (self.name, self.from, self.enters, self.returns) = (name, from, enters, returns)
        (self.notBefore, self.alwaysReturns, self.to) = (notBefore, alwaysReturns, to)
        (self.forgetsEngagement, self.forgetsFit) = (forgetsEngagement, forgetsFit)
    }
}

public struct RejectionProgram: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        /// The index of a detour.
        case detour(Int32)
        case reroute
        case accountOwner
    }

    public let reason: Int32
    public let outcome: Outcome
    public let clause: ClauseID

    public init(reason: Int32, outcome: Outcome, clause: ClauseID) {
        (self.reason, self.outcome, self.clause) = (reason, outcome, clause)
    }
}

/// A promise with a clock of its own for each hand-over.
public struct ClockProgram: Hashable, Sendable {
    public let promise: ProgramPromise
    /// The clause of the time.
    public let clause: ClauseID
    /// The segment it is for; `nil`: everybody whom no earlier clock of this promise and stage is for.
    public let segment: ProgramCondition?
    /// The stage whose hand-over starts it; −1: every one.
    public let stage: Int32
    /// The stage that ends it, for `qualify`; −1 otherwise.
    public let until: Int32
    public let within: Budget
    /// How many touches, for `pursue`; 1 otherwise.
    public let touches: Int32
    /// Channels that count, as name ids; empty: all.
    public let channels: [Int32]
    public let ladder: [Step]

    public struct Step: Hashable, Sendable {
        public let after: Budget
        public let clause: ClauseID

        public init(after: Budget, clause: ClauseID) {
            (self.after, self.clause) = (after, clause)
        }
    }

    public init(
        promise: ProgramPromise, clause: ClauseID, segment: ProgramCondition?, stage: Int32, until: Int32 = -1,
        within: Budget, touches: Int32 = 1, channels: [Int32] = [], ladder: [Step] = []
    ) {
        (self.promise, self.clause, self.segment, self.stage) = (promise, clause, segment, stage)
        (self.until, self.within, self.touches) = (until, within, touches)
        (self.channels, self.ladder) = (channels, ladder)
    }
}

public struct RoutingProgram: Hashable, Sendable {
    public enum Destination: Hashable, Sendable {
        case person(Int32)
        case team(Int32)
        case accountOwner
        case itsOwner
    }

    public let when: ProgramCondition
    public let to: Destination
    public let isInHoursOnly: Bool
    public let fallback: Destination?

    public init(when: ProgramCondition, to: Destination, isInHoursOnly: Bool, fallback: Destination?) {
        (self.when, self.to, self.isInHoursOnly, self.fallback) = (when, to, isInHoursOnly, fallback)
    }
}

public struct ConsentProgram: Hashable, Sendable {
    public enum Basis: UInt8, Hashable, Sendable { case optIn, optOut, never }

    public struct Setting: Hashable, Sendable {
        public let purpose: Int32
        public let basis: Basis

        public init(purpose: Int32, basis: Basis) {
            (self.purpose, self.basis) = (purpose, basis)
        }
    }

    public let when: ProgramCondition
    public let settings: [Setting]
    public let reply: Elapsed?

    public init(when: ProgramCondition, settings: [Setting], reply: Elapsed?) {
        (self.when, self.settings, self.reply) = (when, settings, reply)
    }
}
