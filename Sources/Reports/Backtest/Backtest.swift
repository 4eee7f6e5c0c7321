internal import Engine
public import Vocabulary

//  What a draft would have done over the past, beside the agreement in force. Both are run the same way, owners by the rules
//  of routing, so that a difference between the two comes from the texts and from nothing else.
//
//      Backtest ─ changes ──── HandOverChanges   who would have been handed over instead
//               ─ stages ───── [StageVolume]    how many enter each stage
//               ─ fates ────── Fate              what became of those in truth, by verdicts and deals that were recorded
//               ─ loads ────── [RepLoad]         leads a week against capacity
//               ─ promises ─── [PromiseLoad]     how often they fall due, and where nobody could keep them
//               ─ entrants ─── NewEntrants       who enters at the instant the draft takes force
//               ─ live ─────── LiveDifferences   how life differed from the agreement in force: a list of its own

/// A draft beside the agreement in force.
public struct Backtest: Hashable, Sendable {
    public let window: Range<Instant>
    public let changes: HandOverChanges
    public let stages: [StageVolume]
    public let current: Fate
    public let draft: Fate
    public let entering: Fate
    public let leaving: Fate
    public let loads: [RepLoad]
    public let promises: [PromiseLoad]
    public let entrants: NewEntrants
    public let live: LiveDifferences

    /// An agreement that was run twice: with owners by the rules of routing, and with those that systems recorded.
    public struct Side: Sendable {
        let byRules: RunOverThePast
        let recorded: RunOverThePast

        public init(byRules: RunOverThePast, recorded: RunOverThePast) {
            (self.byRules, self.recorded) = (byRules, recorded)
        }
    }

    public init(draft: Side, current: Side, entrants: NewEntrants, in window: Range<Instant>) {
        let truth = RecordedTruth(current.recorded)
        let (before, after) = (current.byRules.handOvers, draft.byRules.handOvers)
        let (currentLoad, draftLoad) = (
            WeeklyLoad(current.byRules, in: window), WeeklyLoad(draft.byRules, in: window)
        )
        self.window = window
        self.entrants = entrants
        changes = HandOverChanges(current: before, draft: after, in: window)
        stages = draft.byRules.stageVolumes(beside: current.byRules, in: window)
        self.current = truth.fate(of: before.filter { window.contains($0.ready) })
        self.draft = truth.fate(of: after.filter { window.contains($0.ready) })
        (entering, leaving) = (truth.fate(of: changes.enters), truth.fate(of: changes.leaves))
        loads = Reports.loads(currentLoad, draftLoad, draft.byRules.world.history.texts)
        let shared = Set(current.recorded.handOvers).intersection(draft.recorded.handOvers)
        promises = ProgramPromise.allCases.map { promise in
            PromiseLoad(
                promise: promise,
                current: current.byRules.terms(
                    of: promise, currentLoad, recorded: current.recorded, of: shared, in: window),
                draft: draft.byRules.terms(of: promise, draftLoad, recorded: draft.recorded, of: shared, in: window))
        }.filter { $0.current.due > 0 || $0.draft.due > 0 }
        live = LiveDifferences(truth: current.recorded, current: current.byRules, in: window)
    }

    /// Whether nothing that happened would have come out otherwise, and nobody enters newly.
    public var isWithoutDifference: Bool {
        changes.isEmpty && entrants.count == 0 && stages.allSatisfy { $0.current == $0.draft }
            && loads.allSatisfy { $0.current == $0.draft } && promises.allSatisfy { $0.current == $0.draft }
    }
}

/// One value of a number that is swept, and what it would have come to.
public struct SweepPoint: Hashable, Sendable {
    public let value: Number
    public let fate: Fate

    /// `recorded` is the agreement in force with the owners that systems recorded: where verdicts and deals are from.
    public init(_ value: Number, _ run: RunOverThePast, recorded: RunOverThePast, in window: Range<Instant>) {
        self.value = value
        fate = RecordedTruth(recorded).fate(of: run.handOvers.filter { window.contains($0.ready) })
    }
}
