public import Engine
internal import Vocabulary

/// How often a promise falls due, how it was kept in truth, and how often it would fall to somebody who has too much.
public struct PromiseLoad: Hashable, Sendable {
    /// Of one agreement.
    public struct Terms: Hashable, Sendable {
        public let due: Int
        /// Of somebody who was given more than their capacity that week.
        public let atRisk: Int
        /// What reps really did, by these terms: of the clocks that are over, of the owners that systems recorded, on
        /// hand-overs that both agreements make.
        public let keptInTruth: Share
    }

    public let promise: ProgramPromise
    public let current: Terms
    public let draft: Terms
}

extension RunOverThePast {
    /// `steps`: only of these hand-overs.
    private func clocks(
        _ promise: ProgramPromise, in window: Range<Instant>, of steps: Set<HandedOver>? = nil
    ) -> [Clock] {
        outcome.accounts.flatMap { account in
            account.clocks.filter { clock in
                clock.promise == promise && window.contains(clock.start)
                    && steps.map { steps in
                        handedOver(account.handOvers[Int(clock.handOver)], account.account).map(steps.contains) ?? false
                    } ?? true
            }
        }
    }

    /// `self` has owners by the rules, `recorded` those that were recorded; `steps` are hand-overs of the latter that both
    /// agreements make at the same instant, since nobody could answer what nobody was told.
    func terms(
        of promise: ProgramPromise, _ load: WeeklyLoad, recorded: RunOverThePast, of steps: Set<HandedOver>,
        in window: Range<Instant>
    ) -> PromiseLoad.Terms {
        let clocks = clocks(promise, in: window)
        let over = recorded.clocks(promise, in: window, of: steps).filter { $0.state == .met || $0.wasMissed }
        return PromiseLoad.Terms(
            due: clocks.count, atRisk: clocks.count { load.isAbove($0.owner, at: $0.start) },
            keptInTruth: Share(over.count { $0.state == .met }, of: over.count))
    }
}
