internal import Vocabulary

/// Where one person of an account stands while its facts are folded.
struct PersonState {
    /// The furthest stage reached in this pass; −1: none.
    var stage: Int32 = -1
    var detour: Int32 = -1
    var pass: Int32 = 1
    var since = Instant.earliest
    /// Happenings count from the fact at this place in the account, in this pass.
    var passStart: Int32 = 0
    var passSince = Instant.earliest
    /// And from this one, for what returns from the detour.
    var detourStart: Int32 = 0
    var detourSince = Instant.earliest
    /// Nothing may return before, apart from what always returns.
    var notBefore: Instant?
    /// The version changed: judged at the next fact, whatever that says.
    var awaitsActivity = false
    /// Own staff and competitors: kept and shown, never counted.
    var isIgnored = false
    var isErased = false
    /// The latest hand-over, an index in the outcome; −1: none.
    var handOver: Int32 = -1
    /// To whom a system gave the person in this pass before there was a hand-over, a text, and the fact that says so; −1: to
    /// nobody.
    var givenTo: Int32 = -1
    var givenBy = noFact
    /// Promises that were missed in this pass, a bit for each.
    var missed: UInt8 = 0
    /// Fit, as long as no field changes; `nil`: to be summed.
    var fit: Points?
    /// The last contribution to engagement; −1: none.
    var contribution: Int32 = -1
    var contributions: Int32 = 0
    /// About what the contributions come to at `roughAt`, and the sum of their magnitudes.
    var rough = 0.0
    var roughMagnitude = 0.0
    var roughAt: Int64 = 0
    /// The detours that were entered at the last instant at which one was: each is entered at most once at an instant.
    var detoured: [Int32] = []
    var detouredAt = Instant.earliest
    /// When the timer that looks at the person again is set for.
    var wake: Instant?
    /// The last reason of a verdict, a text, for the move that it causes.
    var reason: Int32 = -1
}

/// Points for one occurrence that counted.
struct Contribution {
    let rule: Int32
    let instant: Instant
    let points: Points
    let fact: Int32
    /// The version whose rule it is.
    let version: Int32
    /// The one before of the same person, and of the same rule.
    let previous: Int32
    let previousOfRule: Int32
    /// The value that counts once; −1: none.
    let value: Int64
}

/// An occurrence of a happening.
struct Occurrence {
    let instant: Instant
    /// The place of its fact in the account.
    let place: Int32
    let previous: Int32
}

/// Something that scored under the version of its time, whether or not a cap let it count.
struct Scored {
    let person: Int
    /// A text.
    let activity: Int32
    /// Which of the rules for this activity.
    let ordinal: Int
    let instant: Instant
    let points: Points
    let fact: Int32
    let version: Int32
}
