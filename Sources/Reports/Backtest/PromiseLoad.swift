public import Engine
internal import Vocabulary

/// How often a promise falls due, how it was kept in truth, and how often it would fall to somebody who has too much.
public struct PromiseLoad: Hashable, Sendable {
    /// Of one agreement.
    public struct Terms: Hashable, Sendable {
        public let due: Int
        /// Of somebody who was given more than their capacity that week.
        public let atRisk: Int
        /// What reps really did, by these terms: of the clocks of the owners that systems recorded, those that are over.
        public let keptInTruth: Share
    }

    public let promise: ProgramPromise
    public let current: Terms
    public let draft: Terms
}

extension RunOverThePast {
    fileprivate func clocks(_ promise: ProgramPromise, in window: Range<Instant>) -> [Clock] {
        outcome.accounts.flatMap(\.clocks).filter { $0.promise == promise && window.contains($0.start) }
    }

    /// `self` has owners by the rules, `truth` those that were recorded.
    func terms(
        of promise: ProgramPromise, _ load: WeeklyLoad, truth: RunOverThePast, in window: Range<Instant>
    ) -> PromiseLoad.Terms {
        let clocks = clocks(promise, in: window)
        let over = truth.clocks(promise, in: window).filter { $0.state == .met || $0.wasMissed }
        return PromiseLoad.Terms(
            due: clocks.count, atRisk: clocks.count { load.isAbove($0.owner, at: $0.start) },
            keptInTruth: Share(over.count { $0.state == .met }, of: over.count))
    }
}
