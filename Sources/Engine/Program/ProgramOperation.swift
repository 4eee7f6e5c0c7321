// A condition as a list of operations over a stack of values. A value is a whole number, or unknown:
//
//     number    millionths                     date     days since 1970-01-01
//     money     minor units of one currency    text     the id of a name, compared by id
//     duration  milliseconds                   truth    0 or 1, never unknown
//
//     engagement >= 50 and grade in (A, B)
//
//       0  score(engagement)      push the score
//       1  push(50000000)         push fifty, in millionths
//       2  compare(atLeast)       pop two, push a truth
//       3  jumpUnless(7)          pop; where it is false push it again and go on at 7
//       4  grade                  push
//       5  isOneOf(set: 0)        pop, push a truth
//       6  (falls through)
//
// Every list ends with exactly one truth on the stack, for any values whatever: that is checked where it is made. A test of
// an unknown value is false; `not` turns it. An operation whose exact result does not fit or has no meaning is unknown.

/// One step. Jumps go forward only, so every condition ends.
public enum ProgramOperation: Hashable, Sendable {
    case push(Int64)
    /// The id of a name.
    case pushText(Int32)
    /// A field's value now; its kind is `Program.fields[field].kind`.
    case field(Int32)
    /// A field of type money, in minor units of the currency, at the rate known now.
    case moneyField(Int32, currency: UInt16)
    /// A property of the fact that is being recognised, read as this kind; unknown where it is of another.
    case property(name: Int32, as: ValueKind)
    case dealPipeline, dealStage, dealKind, dealCloseDate
    /// In minor units of the currency, at the rate known now.
    case dealAmount(currency: UInt16)
    case engagement, fit
    /// The index in `Program.grades`; unknown where no grade is reached.
    case grade
    /// The index in `Program.stages`; unknown before the first.
    case stage
    case pass
    /// The local date in the company's zone.
    case today
    /// Since the last fact that `Program.happenings[happening]` recognises.
    case timeSince(happening: Int32)
    case timeInStage(Int32)

    case add, subtract
    /// A number, or a duration, times a number in millionths, rounded to the nearest, halves away from nought.
    case multiply
    /// By a number in millionths, rounded the same way.
    case divide
    /// A date moved by a duration, whole days of 24 hours, rounded towards the past.
    case addDays, subtractDays
    /// Two dates to a duration.
    case daysBetween

    case compare(ProgramComparison)
    /// Value, low, high.
    case between
    case isOneOf(set: Int32)
    /// Of names.
    case isOneOfTexts(set: Int32)
    case matches(pattern: Int32)
    case isKnown
    /// The value is a mail address at a provider of mailboxes for everybody.
    case isFreeMail
    /// The value is known and not 0.
    case isTrue
    /// Within this physical time before now; negative: since the pass began.
    case happened(happening: Int32, atLeast: Int32, within: Int64)
    case accountInTargets
    case accountHasOpenDeal
    case accountHasOpenDealAbove(minorUnits: Int64, currency: UInt16)
    case accountHasOpenHandOver
    case dealIsOpen
    /// The date on the stack lies in the period a report asks about.
    case inPeriod
    case missed(ProgramPromise)

    /// `engagement`, `push`, `compare` in one, at the first of their three places: so a score is only summed exactly where a
    /// bound cannot tell. Made on binding.
    case engagementIs(ProgramComparison, Int64)

    case not
    /// Pops; where it is false, pushes it again and goes on at the index, from the start of all operations.
    case jumpUnless(Int32)
    /// Pops; where it is true, pushes it again and goes on there.
    case jumpIf(Int32)
}

public enum ProgramComparison: UInt8, CaseIterable, Hashable, Sendable {
    case equal, notEqual, less, atMost, greater, atLeast
}

/// How the whole numbers on the stack are to be understood.
public enum ValueKind: UInt8, CaseIterable, Hashable, Sendable {
    case number, money, duration, date, text, truth
}

public enum ProgramPromise: UInt8, CaseIterable, Hashable, Sendable {
    case respond, decide, explain, pursue, qualify
}

/// Operations from the first through before the second index. Empty: always.
public struct ProgramCondition: Hashable, Sendable {
    public let operations: Range<Int32>
    /// The clause it comes from.
    public let clause: ClauseID

    public init(operations: Range<Int32>, clause: ClauseID) {
        (self.operations, self.clause) = (operations, clause)
    }
}

/// A clause of the agreement: its index in `Agreement.clauses`, where text and place stand.
public struct ClauseID: Hashable, Sendable {
    public let index: Int32

    public init(_ index: Int32) {
        self.index = index
    }
}
