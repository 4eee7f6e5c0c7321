public import Journal
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
    public var deals = DealsProgram()
    public var dealKinds: [NamedCondition] = []
    public var fit: [FitProgram] = []
    /// From the highest threshold down.
    public var grades: [GradeProgram] = []
    public var halfLife = SegmentedBudget(cases: [], otherwise: nil)
    public var engagement: [EngagementProgram] = []
    public var stages: [StageProgram] = []
    public var detours: [DetourProgram] = []
    public var rejections: [RejectionProgram] = []
    public var silence: SilenceProgram?
    public var dispute: DisputeProgram?
    public var clocks: [ClockProgram] = []
    public var routing: [RoutingProgram] = []
    public var consent: [ConsentProgram] = []
    public var gate = GateProgram()
    public var boundaries: [BoundaryProgram] = []
    public var alerts: [AlertProgram] = []
    public var pipelineCounts: ProgramCondition?
    public var history = HistoryProgram()
    public var assigning = AssigningProgram()
    /// The longest pause of a clock that the prospect asked for; `nil`: nothing pauses one.
    public var longestPause: Budget?
    public var onChange = ProgramOnChange.wait
    public var ignored = IgnoredProgram()

    public init() {}
}

public struct ProgramField: Hashable, Sendable {
    /// Another spelling of a choice, and what it means: name ids.
    public struct Alias: Hashable, Sendable {
        public let written: Int32
        public let means: Int32

        public init(written: Int32, means: Int32) {
            (self.written, self.means) = (written, means)
        }
    }

    public let name: Int32
    public let kind: ValueKind
    /// The index of the stage from which on it must be filled; −1: never.
    public let requiredAt: Int32
    /// The first value stays.
    public let isWriteOnce: Bool
    public let aliases: [Alias]

    public init(name: Int32, kind: ValueKind, requiredAt: Int32, isWriteOnce: Bool = false, aliases: [Alias] = []) {
        (self.name, self.kind, self.requiredAt) = (name, kind, requiredAt)
        (self.isWriteOnce, self.aliases) = (isWriteOnce, aliases)
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
    public let clause: ClauseID
    public let when: ProgramCondition
    public let points: Points

    public init(clause: ClauseID, when: ProgramCondition, points: Points) {
        (self.clause, self.when, self.points) = (clause, when, points)
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
    /// As the agreement calls it; a name id.
    public let activity: Int32
    public let happening: Int32
    public let points: Points
    /// At most so many within the time; 0: without limit.
    public let cap: Int32
    public let window: Elapsed
    /// The property each value of which counts once, a name id; −1: none.
    public let oncePer: Int32

    public init(
        clause: ClauseID, activity: Int32, happening: Int32, points: Points, cap: Int32, window: Elapsed, oncePer: Int32
    ) {
        (self.clause, self.activity) = (clause, activity)
        (self.happening, self.points) = (happening, points)
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
    /// The part of the time after which the owner is warned, in millionths; 0: nobody is warned.
    public let warnAt: Int64
    /// The detour that a miss leads to, for `qualify`; −1: none.
    public let otherwise: Int32
    /// The kinds of verdicts that are to be explained, for `explain`.
    public let explains: Set<FactKind>
    /// How many touches, for `pursue`; 1 otherwise.
    public let touches: Int32
    /// Channels that count, as name ids; empty: all.
    public let channels: [Int32]
    public let ladder: [Step]

    public struct Step: Hashable, Sendable {
        public let after: Budget
        public let action: Action
        public let clause: ClauseID

        public init(after: Budget, action: Action, clause: ClauseID) {
            (self.after, self.action, self.clause) = (after, action, clause)
        }
    }

    public enum Action: Hashable, Sendable {
        case tellManager
        case reassign
        /// A name id: an address, or one of the sides.
        case tell(Int32)
        /// A name id.
        case checkIn(Int32)
    }

    public init(
        promise: ProgramPromise, clause: ClauseID, segment: ProgramCondition?, stage: Int32, until: Int32 = -1,
        within: Budget, warnAt: Int64 = 0, otherwise: Int32 = -1, explains: Set<FactKind> = [], touches: Int32 = 1,
        channels: [Int32] = [], ladder: [Step] = []
    ) {
        (self.promise, self.clause, self.segment, self.stage) = (promise, clause, segment, stage)
        (self.until, self.within, self.touches) = (until, within, touches)
        (self.warnAt, self.otherwise, self.explains) = (warnAt, otherwise, explains)
        (self.channels, self.ladder) = (channels, ladder)
    }
}

public struct RoutingProgram: Hashable, Sendable {
    public let clause: ClauseID
    /// As the agreement calls the rule; a name id.
    public let name: Int32
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

    public init(
        clause: ClauseID, name: Int32, when: ProgramCondition, to: Destination, isInHoursOnly: Bool,
        fallback: Destination?
    ) {
        (self.clause, self.name) = (clause, name)
        (self.when, self.to, self.isInHoursOnly, self.fallback) = (when, to, isInHoursOnly, fallback)
    }
}

public struct ConsentProgram: Hashable, Sendable {
    public let clause: ClauseID
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

    public init(clause: ClauseID, when: ProgramCondition, settings: [Setting], reply: Elapsed?) {
        (self.clause, self.when, self.settings, self.reply) = (clause, when, settings, reply)
    }
}
