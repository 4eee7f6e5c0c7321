internal import Agreement
internal import Answers
internal import Dispatch
internal import Engine
internal import HTTPTypes
internal import Journal
internal import Synchronization
internal import Vocabulary

/// Back-tests that people have asked for: one runs at a time, on a thread of its own, and each can be left and come back to.
final class BacktestDesk: Sendable {
    struct Trial: Sendable {
        let id: String
        let began: Instant
        /// The text and the version that it starts from, to go on with it.
        let written: String
        let base: String
        let draft: AgreementDraft
        var state: State
    }

    enum State: Sendable {
        /// How many run before it.
        case waiting
        case running(since: Instant)
        case done(BacktestPlan)
        case refused(Problem)
    }

    private let trials = Mutex<[Trial]>([])
    private let line = DispatchQueue(label: "interlock.backtest", qos: .utility)
    /// Plans are words, not runs: what they take is little.
    private static let kept = 20
    private static let waitingAtMost = 5

    /// The same text over the same facts against the same version is the same trial.
    func begin(
        _ written: String, _ draft: AgreementDraft, base: String, _ present: Present,
        clock: @escaping @Sendable () -> Instant
    ) throws -> Trial {
        guard let agreement = draft.agreement, let inForce = present.inForce, let from = inForce.from else {
            throw Problem(
                .unprocessableContent, "nothing-in-force", "No agreement is in force to compare with.",
                remedy: "The first agreement has nothing before it: propose it, and let both sides sign.")
        }
        let stand = "\(agreement.digest) \(inForce.digest) \(present.sequence)"
        let trial = Trial(
            id: String(Hex.digest(of: Array(stand.utf8)).prefix(16)), began: clock(), written: written, base: base,
            draft: draft, state: .waiting)
        guard try add(trial) else { return trial }
        let (history, current) = (
            present.history,
            BacktestCurrent(
                inForce.agreement,
                title: "agreement \(inForce.name), in force since \(from.onTheWall(in: inForce.agreement.zone))")
        )
        line.async {
            self.set(trial.id, .running(since: clock()))
            self.set(
                trial.id,
                BacktestDesk.outcome(
                    BacktestDraft(agreement, at: "the draft"), current, history, now: trial.began))
        }
        return trial
    }

    /// False where it is there already.
    private func add(_ trial: Trial) throws -> Bool {
        try trials.withLock { trials in
            if let known = trials.firstIndex(where: { $0.id == trial.id }) {
                guard case .refused = trials[known].state else { return false }
                trials.remove(at: known)
            }
            guard trials.count(where: \.state.isOpen) < BacktestDesk.waitingAtMost else {
                throw Problem.unavailable("busy", seconds: 60, "Several back-tests are running already.")
            }
            trials.append(trial)
            while trials.count > BacktestDesk.kept, let oldest = trials.firstIndex(where: { !$0.state.isOpen }) {
                trials.remove(at: oldest)
            }
            return true
        }
    }

    private func set(_ id: String, _ state: State) {
        trials.withLock { trials in
            if let place = trials.firstIndex(where: { $0.id == id }) { trials[place].state = state }
        }
    }

    private static func outcome(
        _ draft: BacktestDraft, _ current: BacktestCurrent, _ history: Engine.History, now: Instant
    ) -> State {
        do {
            let run = try BacktestRun(draft, current, history, from: nil, to: nil, now: now)
            return .done(BacktestPlan(run.backtest(), run))
        } catch let refusal as Refusal {
            return .refused(Problem(refusal))
        } catch {
            return .refused(Problem(error))
        }
    }

    func trial(_ id: String) -> Trial? { trials.withLock { $0.first { $0.id == id } } }

    /// The newest first.
    var all: [Trial] { trials.withLock { $0.reversed() } }

    /// How many are before it.
    func before(_ id: String) -> Int {
        trials.withLock { trials in trials.prefix { $0.id != id }.count(where: \.state.isOpen) }
    }
}

extension BacktestDesk.State {
    var isOpen: Bool {
        switch self {
        case .waiting, .running: true
        case .done, .refused: false
        }
    }
}
