public import Vocabulary

// What the facts of an account mean under the agreement. Every entry names its clause, the version and the fact behind it.
//
//     AccountOutcome ─ moves ────── [Move]      who entered, skipped, left and came back to which stage, and why
//                    ─ handOvers ── [HandOver]  from entry through held and ready to verdict; owners, dispute
//                    ─ clocks ───── [Clock]     promises on hand-overs, with their ladder steps
//                    ─ deals ────── [DealOutcome]
//                    ─ conflicts, breaches, quarantines
//                    ─ corrections  what was told and would be otherwise now
//                    ─ alerts       what somebody is to be told of
//
// Persons are indices in `History.persons`, facts indices in `History`'s columns, texts its numbers. −1 is "none".

/// The evidence of what was decided by the passing of time alone.
public let noFact: Int32 = -1

/// What became of one account up to an instant.
public struct AccountOutcome: Hashable, Sendable {
    public var account: Int32
    public var moves: [Move] = []
    public var handOvers: [HandOver] = []
    public var clocks: [Clock] = []
    public var deals: [DealOutcome] = []
    public var conflicts: [Conflict] = []
    public var breaches: [Breach] = []
    public var quarantines: [Quarantine] = []
    public var corrections: [Correction] = []
    public var alerts: [RaisedAlert] = []
    /// Where each person of the account stands at the end, in their order.
    public var standings: [Standing] = []
    /// The next instant at which something may change with no new fact.
    public var next: Instant?

    /// Of an account that nothing has come of.
    public init(account: Int32) { self.account = account }
}

/// A change of stage of a person or a deal.
public struct Move: Hashable, Sendable {
    public enum Change: UInt8, Hashable, Sendable {
        /// Passed over on the way to a further stage.
        case skipped
        case entered
        /// As a system named in `history` claims, from before go-live.
        case imported
        /// On a deal that is credited to another person.
        case alsoOnDeal
        /// Into a detour; `stage` is its index.
        case wentAway
        /// Back from a detour into a new pass.
        case returned
        /// A deal for somebody in the last stage began a new pass.
        case expanded
    }

    public var instant: Instant
    /// −1: a deal with nobody on it, or the account itself.
    public var person: Int32
    /// The index in `AccountOutcome.deals` where the deal is the unit.
    public var deal: Int32
    public var pass: Int32
    public var change: Change
    /// An index in `Program.stages`, or in `Program.detours`.
    public var stage: Int32
    public var clause: ClauseID
    public var version: Int32
    public var fact: Int32
    /// A text, for a verdict's reason.
    public var reason: Int32
}

/// A lead on its way from one side to the other.
public struct HandOver: Hashable, Sendable {
    /// What holds it on the giving side.
    public enum Hold: Hashable, Sendable {
        /// Required fields without a value, as indices in `Program.fields`.
        case fields([Int32])
        /// The gate allows no purpose.
        case consent
        case fieldsAndConsent([Int32])
    }

    public enum End: UInt8, Hashable, Sendable {
        case open
        /// Gone into a detour, or on to a later stage, before it was ready.
        case cancelled
        case rejected
        /// Back into a detour after it was accepted or without a verdict.
        case recycled
        /// The last stage was reached.
        case completed
    }

    public var person: Int32
    public var stage: Int32
    public var pass: Int32
    public var version: Int32
    /// When `enter` held.
    public var entered: Instant
    public var clause: ClauseID
    public var fact: Int32
    /// What it was held for, the last time it was looked at.
    public var hold: Hold?
    /// When nothing held it any more; `nil`: it is held.
    public var ready: Instant?
    public var readyFact: Int32
    public var engagement: Points
    public var fit: Points
    /// An index in `Program.grades`; −1: none.
    public var grade: Int32
    /// Learned of more than `act_within` after its instant.
    public var isLate: Bool
    /// One of many of one origin, released at capacity.
    public var isBurst: Bool
    /// Before go-live: nothing is sent, routed or escalated.
    public var isBeforeStart: Bool
    /// The open hand-over of the account that it joined; −1: none.
    public var joins: Int32
    /// In order of time; empty: nobody has it, a queue owns it.
    public var owners: [Ownership] = []
    public var verdict: Verdict?
    /// What was said before: by silence or deed, and rejections that passed it on to another owner.
    public var earlierVerdicts: [Verdict] = []
    public var dispute: Dispute?
    public var end: End = .open
    public var ended: Instant?
    /// The decision that it was told by; −1: it was not.
    public var decision: Int32 = noFact
    /// Live: the gate allows nothing any more.
    public var isDenied = false

    /// Who has it, a text; −1: nobody.
    public var owner: Int32 { owners.last?.owner ?? -1 }
    public var isOpen: Bool { end == .open && ready != nil }
}

/// Who got a hand-over, since when, and why.
public struct Ownership: Hashable, Sendable {
    public enum Why: UInt8, Hashable, Sendable {
        /// By the rules of routing.
        case routed
        /// As a system says that it assigned it.
        case recorded
        case rerouted
        case toAccountOwner
        /// Of an open hand-over of the same account.
        case joined
        case ownerAway
        case ownerLeft
        /// A step of a ladder.
        case escalated
        /// Accepted them first, under another of their names.
        case merged
    }

    public var owner: Int32
    /// When the owner was told.
    public var since: Instant
    public var why: Why
    /// An index in `Program.routing`; −1: a last resort, or none.
    public var rule: Int32
    public var fact: Int32
    /// The decision that gave it to them; −1: none has been recorded.
    public var decision: Int32 = noFact
}

/// What the receiver said of a hand-over.
public struct Verdict: Hashable, Sendable {
    public enum Manner: UInt8, Hashable, Sendable { case spoken, silence, deed }

    public var isAccepted: Bool
    public var manner: Manner
    public var instant: Instant
    /// A text.
    public var by: Int32
    public var reason: Int32
    /// Quality, in millionths; nil: none was given.
    public var mark: Int64?
    public var fact: Int32
    /// A rejection after the lead was accepted by silence.
    public var isReturn: Bool
}

/// An objection to a rejection.
public struct Dispute: Hashable, Sendable {
    public enum Ruling: UInt8, Hashable, Sendable {
        case pending, upheld, overturned
        /// Nobody ruled in time.
        case upheldForWantOfRuling
    }

    public var raised: Instant
    public var fact: Int32
    public var ruling: Ruling
    public var ruled: Instant?
}

/// A promise about one hand-over, running or ended.
public struct Clock: Hashable, Sendable {
    public enum State: UInt8, Hashable, Sendable {
        case running, met, missed, metLate, withdrawn
        /// Another rep has the lead; this one's clock rests.
        case rested
    }

    public enum Withdrawal: UInt8, Hashable, Sendable {
        case none, merged, bounced, consentWithdrawn, erased, ownedElsewhere, rejectionUpheld
    }

    public struct Step: Hashable, Sendable {
        /// An index in the ladder of the clock's program.
        public var step: Int32
        public var instant: Instant
    }

    /// An index in `Program.clocks`.
    public var program: Int32
    public var promise: ProgramPromise
    public var version: Int32
    /// An index in `AccountOutcome.handOvers`.
    public var handOver: Int32
    public var person: Int32
    /// Whose it is, a text; −1: a queue's.
    public var owner: Int32
    public var start: Instant
    /// `nil`: the calendar leaves no time for it.
    public var due: Instant?
    /// As it was before any pause.
    public var firstDue: Instant?
    /// When it was due and unmet, whatever came later.
    public var missedAt: Instant?
    public var warned: Instant?
    public var state: State = .running
    public var withdrawal: Withdrawal = .none
    /// When it was met, missed, withdrawn or rested.
    public var ended: Instant?
    public var fact: Int32 = noFact
    /// Touches that counted, for `pursue`.
    public var touches: Int32 = 0
    public var steps: [Step] = []
    public var pauses: [Range<Instant>] = []
    /// Counts as missed, also where it was met late.
    public var wasMissed: Bool { state == .missed || state == .metLate }
}

/// What became of one deal.
public struct DealOutcome: Hashable, Sendable {
    public enum State: UInt8, Hashable, Sendable { case open, won, lost, ignored }

    public struct Change: Hashable, Sendable {
        public enum What: UInt8, Hashable, Sendable { case opened, changed, won, lost, reopened }

        public var instant: Instant
        public var known: Instant
        public var what: What
        public var state: State
        /// A text; −1 where unknown.
        public var stage: Int32
        /// In minor units of `currency`; `nil` where unknown.
        public var amount: Int64?
        public var currency: UInt16
        /// Days since 1970-01-01.
        public var closeDate: Int32?
        public var owner: Int32
        public var fact: Int32
    }

    /// A text: the record.
    public var record: Int32
    public var pipeline: Int32
    /// An index in `Program.dealKinds`; −1: none.
    public var kind: Int32
    /// In order of time; the last says how it stands.
    public var changes: [Change] = []
    /// Persons on it, in the order in which they were named.
    public var persons: [Int32] = []
    /// Whom it is credited to; −1: nobody.
    public var credited: Int32 = -1

    public var state: State { changes.last?.state ?? .open }
    public func first(_ what: Change.What) -> Change? { changes.first { $0.what == what } }
}

/// Something outside that the agreement does not allow.
public struct Conflict: Hashable, Sendable {
    public enum What: UInt8, Hashable, Sendable {
        /// A system claims a stage that the agreement has not given.
        case claimedStage
        /// A verdict without a hand-over it could be about.
        case verdictWithoutHandOver
        /// A rejection for a reason that was not agreed.
        case unknownReason
        /// A dispute or ruling too late, of nothing, or by somebody who may not.
        case disputeOutOfTime
        /// Recycled or disqualified where no detour begins.
        case notTakenUp
    }

    public var instant: Instant
    public var person: Int32
    public var what: What
    /// A text: the stage, the reason.
    public var detail: Int32
    public var source: Int32
    public var fact: Int32
    /// Where the person stood; −1: before the first stage.
    public var stage: Int32 = -1
}

/// An outward touch made while the gate said no.
public struct Breach: Hashable, Sendable {
    public var instant: Instant
    public var person: Int32
    public var by: Int32
    public var channel: Int32
    public var answer: GateAnswer
    public var fact: Int32
}

/// Where somebody stands at the end.
public struct Standing: Hashable, Sendable {
    public var person: Int32
    /// −1: before the first.
    public var stage: Int32
    /// −1: in none.
    public var detour: Int32
    public var pass: Int32
    public var since: Instant
    public var engagement: Points
    public var fit: Points
    public var grade: Int32
    /// Fields whose value a snapshot shows and which are taken to have had it since the record was made.
    public var assumed: [Int32] = []
}

/// What the consent gate says.
public struct GateAnswer: Hashable, Sendable {
    public enum Why: UInt8, Hashable, Sendable {
        case consentGiven, optOutNotUsed, reply, allowedByDefault
        /// Came with a list, and no ground was shown since.
        case quarantined
        case noConsent, withdrawn, objected, expired, never, deniedByDefault, contactHours
        /// Out of another purpose on the same channel.
        case optOut
        /// The mission forbids it.
        case boundary
    }

    public var isAllowed: Bool
    public var why: Why
    /// When it becomes allowed by itself.
    public var notBefore: Instant?
    /// Until when it holds, where it ends by itself.
    public var expires: Instant?
    public var clause: ClauseID
    public var fact: Int32
}
