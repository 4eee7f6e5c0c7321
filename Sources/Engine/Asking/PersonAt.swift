public import Vocabulary

// A person at an instant, to be asked whatever a condition may ask, and why the answer is what it is. The facts are folded
// once more until then, by the same fold: there is no second account of what somebody's score or stage is.

/// A person as they stood at an instant; the facts of the instant itself belong to it.
public struct PersonAt: Sendable {
    let fold: AccountFold
    /// Among the persons of the account.
    let local: Int
    public let person: Int32
    public let instant: Instant

    /// Owners are those that were recorded, so that nobody's turn depends on the question.
    public init(_ person: Int32, at instant: Instant, in world: FoldWorld, targets: Set<Int32> = []) {
        let earlier = world.asRecorded(until: instant)
        var fold = AccountFold(world.history.persons[Int(person)].account, in: earlier, targets: targets)
        fold.run()
        fold.present = instant
        self.fold = fold
        (self.person, self.instant, local) = (person, instant, fold.local(person))
    }

    private var state: PersonState { fold.persons[local] }

    /// The number of the version in force then.
    public var version: Int32 { fold.version }
    public var bound: BoundProgram { fold.program }
    public var outcome: AccountOutcome { fold.outcome }

    /// −1: before the first.
    public var stage: Int32 { state.stage }
    /// −1: in none.
    public var detour: Int32 { state.detour }
    public var pass: Int32 { state.pass }
    public var since: Instant { state.since }
    /// Before it nothing returns from the detour but what always does.
    public var notBefore: Instant? { state.notBefore }
    /// Own staff and competitors, whom nothing moves.
    public var isIgnored: Bool { state.isIgnored }
    public var isErased: Bool { state.isErased }

    public var engagement: Points { fold.engagement(of: local, at: instant) }
    public var fit: Points { fold.fit(of: local) }
    /// An index in `Program.grades`; −1: none.
    public var grade: Int32 { fold.grade(of: fit) }
    public var halfLife: Elapsed { fold.halfLife(local) }
    /// The latest hand-over of the pass, an index in `AccountOutcome.handOvers`.
    public var handOver: Int? { state.handOver < 0 ? nil : Int(state.handOver) }
}

extension FoldWorld {
    /// Itself, where it is that already: making a world looks at all facts, and a list asks about thousands of people.
    fileprivate func asRecorded(until instant: Instant) -> FoldWorld {
        guard assigning != .recorded || until != instant else { return self }
        return FoldWorld(history: history, versions: versions, staff: staff, assigning: .recorded, until: instant)
    }
}

/// From when on happenings without a time of their own count.
public enum CountedSince: Hashable, Sendable {
    case pass
    /// The detour the person is in, for what ends it.
    case detour
}

extension PersonAt {
    private func asked(_ since: CountedSince) -> Asked { fold.asked(local, isReturn: since == .detour) }

    /// What the engine says of a condition of the version in force.
    public func holds(_ condition: ProgramCondition, since: CountedSince = .pass) -> Bool {
        fold.holds(condition, local, isReturn: since == .detour)
    }

    /// What a term is worth, as `ProgramOperation` lists it; `nil` where it is not known.
    public func value(of term: ProgramOperation) -> Int64? {
        let value = fold.value(of: term, for: asked(.pass))
        return value == unknown ? nil : value
    }

    /// Whether it is so what a predicate asks.
    public func isSo(_ predicate: ProgramOperation, since: CountedSince = .pass) -> Bool {
        fold.isSo(predicate, for: asked(since))
    }

    public func isFreeMail(_ address: String) -> Bool { fold.program.isFreeMail(address) }

    public func text(_ number: Int32) -> String { fold.history.texts[number] }

    /// What the gate says of a purpose of the version in force, with or without regard to the hour.
    public func gate(purpose: Int, withHours: Bool = true) -> GateAnswer {
        fold.gate(local, purpose: purpose, withHours: withHours)
    }
}

/// Something that a condition counts.
public struct CountedFact: Hashable, Sendable {
    public let instant: Instant
    /// An index in the columns of the history.
    public let fact: Int32
    /// Whether it lies in what counts where no time is given.
    public let isCounted: Bool
}

extension PersonAt {
    /// The occurrences of a happening, the latest first.
    public func occurrences(of happening: Int32, since: CountedSince = .pass) -> [CountedFact] {
        let asked = asked(since)
        var found: [CountedFact] = []
        var at = fold.lastOccurrence[local * fold.program.happeningCount + Int(happening)]
        while at >= 0 {
            let occurrence = fold.occurrences[Int(at)]
            found.append(
                CountedFact(
                    instant: occurrence.instant, fact: occurrence.place,
                    isCounted: occurrence.place >= asked.since && occurrence.instant >= asked.from))
            at = occurrence.previous
        }
        return found
    }
}

/// What one fact adds to the engagement.
public struct ScorePart: Hashable, Sendable {
    /// As the agreement calls it, a text.
    public let activity: Int32
    public let instant: Instant
    /// As fixed when it happened.
    public let points: Points
    /// What is left of them.
    public let left: Points
    public let fact: Int32
    /// Whose points they are.
    public let version: Int32
    public let clause: ClauseID
}

/// A rule of the fit, and whether it holds.
public struct FitPart: Hashable, Sendable {
    /// An index in `Program.fit`.
    public let rule: Int
    public let holds: Bool
    public let points: Points
}

/// Whether another occurrence would add points.
public enum RuleRoom: Hashable, Sendable {
    case unlimited
    /// So many more would count now.
    case more(Int)
    /// The cap is reached; when the oldest stops counting for it.
    case full(until: Instant)
}

extension PersonAt {
    /// Every contribution, oldest first. What is left of them adds up to `engagement` exactly.
    public var scoreParts: [ScorePart] {
        let half = halfLife
        return fold.contributionList(of: local).map { contribution in
            let activity = activity(of: contribution)
            let program = fold.world.versions[Int(contribution.version)]
            let rule = program.program.engagement.first { program.name($0.activity) == activity }
            return ScorePart(
                activity: activity, instant: contribution.instant, points: contribution.points,
                left: HalfLife.left(of: contribution.points, after: instant - contribution.instant, halfLife: half),
                fact: contribution.fact, version: contribution.version, clause: rule?.clause ?? ClauseID(-1))
        }
    }

    /// A rule that the version in force no longer has left its name with what it scored.
    private func activity(of contribution: Contribution) -> Int32 {
        if contribution.rule >= 0 {
            return fold.program.name(fold.program.program.engagement[Int(contribution.rule)].activity)
        }
        return fold.scored.first { $0.fact == contribution.fact && $0.points == contribution.points }?.activity ?? -1
    }

    public var fitParts: [FitPart] {
        fold.program.program.fit.enumerated().map { number, rule in
            FitPart(rule: number, holds: holds(rule.when), points: rule.points)
        }
    }

    /// Whether the cap of a rule of engagement leaves room at this instant.
    public func room(inRule number: Int) -> RuleRoom {
        let rule = fold.program.program.engagement[number]
        guard rule.cap > 0 else { return .unlimited }
        var counted: [Instant] = []
        var at = fold.lastOfRule[local * fold.program.program.engagement.count + number]
        while at >= 0, fold.contributions[Int(at)].instant > instant - rule.window {
            counted.append(fold.contributions[Int(at)].instant)
            at = fold.contributions[Int(at)].previousOfRule
        }
        guard counted.count >= Int(rule.cap), let oldest = counted.last else {
            return .more(Int(rule.cap) - counted.count)
        }
        return .full(until: oldest + rule.window)
    }
}
