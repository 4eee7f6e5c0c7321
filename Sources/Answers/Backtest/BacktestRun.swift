package import Agreement
package import Engine
internal import Findings
internal import Journal
package import Reports
package import Vocabulary

/// A draft that could take force: one with errors is refused with its findings.
package struct BacktestDraft {
    package let path: String
    package let agreement: Agreement

    /// `path` is how the draft is called; it has no errors.
    package init(_ agreement: Agreement, at path: String) { (self.path, self.agreement) = (path, agreement) }

    /// The number that a range is to be put in the place of.
    package func swept(_ range: SweepRange) throws -> SweptNumber {
        let number: SweptNumber
        do throws(SweepProblem) {
            number = try SweptNumber(range.term, at: range.address, in: agreement)
        } catch {
            throw Refusal(error, in: path)
        }
        if number.isCount, range.values.contains(where: { $0.scale > 0 || $0.mantissa < 1 }) {
            throw Refusal(
                "sweep-counts", "\(range.term) is counted, so only whole numbers from 1 on can be tried",
                remedy: "Write --sweep \(range.address):\(range.term)=1..5.")
        }
        return number
    }
}

extension Refusal {
    fileprivate init(_ problem: SweepProblem, in path: String) {
        switch problem {
        case .noCondition(let address, let all):
            let nearest = nearestName(to: address, among: all).map { "Did you mean \($0)? " } ?? ""
            self.init(
                "sweep-address", "\(path) has no condition \"\(address)\" that moves anybody",
                remedy: nearest + "It has \(all.joined(separator: ", ")).")
        case .noNumber(let term, let all, let condition):
            let nearest = nearestName(to: term, among: all).map { "Did you mean \($0)? " } ?? ""
            let there =
                all.isEmpty ? "There is no number in it." : "Numbers stand beside \(all.joined(separator: ", "))."
            self.init(
                "sweep-term", "no number stands beside \"\(term)\" in: \(condition)", remedy: nearest + there)
        case .severalNumbers(let term, let condition):
            self.init(
                "sweep-twice", "\"\(term)\" stands beside several numbers in: \(condition)",
                remedy: "Change the others by hand in a copy of the draft, and name a term that stands there once.")
        }
    }
}

/// What a draft is compared with.
package struct BacktestCurrent {
    package let agreement: Agreement
    /// `agreement 3431b1f2d547, in force since 2026-02-02 00:00`.
    package let title: String

    package init(_ agreement: Agreement, title: String) { (self.agreement, self.title) = (agreement, title) }

    /// The version in force.
    package init(inForceIn journal: AgreementJournal, at instant: Instant) throws {
        guard let version = journal.versions.inForce(at: instant), let from = version.from else {
            throw Refusal(
                "nothing-in-force", "no agreement is in force to compare with",
                remedy: "Name one with --against, or sign one: see `interlock sign status`.")
        }
        agreement = version.agreement
        title = "agreement \(version.name), in force since \(from.onTheWall(in: agreement.zone))"
    }
}

/// Two agreements over the same facts, and over the same window.
package struct BacktestRun {
    /// One agreement, ready to be run.
    private struct Bound {
        let program: BoundProgram
        /// The same, taking force at the end, and letting everybody enter at once: to see who would.
        let takingForce: BoundProgram
        let staff: Staff
        let targets: Set<Int32>
    }

    package let draft: BacktestDraft
    package let current: BacktestCurrent
    package let window: Range<Instant>
    /// When the draft is taken to take force.
    package let effective: Instant
    /// With the names of both agreements and of their staff among its texts.
    package let history: Engine.History
    private let boundDraft: Bound
    private let boundCurrent: Bound
    /// From when on both are taken to have been live; `nil`: from the beginning.
    private let liveSince: Instant?

    package init(
        _ draft: BacktestDraft, _ current: BacktestCurrent, _ history: Engine.History, from: Instant?, to: Instant?,
        now: Instant
    ) throws {
        let window = try BacktestRun.window(current.agreement, history, from, to, now: now)
        let liveSince = current.agreement.goLive.map { min($0, window.lowerBound) }
        let day = draft.agreement.company.effective.map { draft.agreement.zone.startOfDay($0.value) }
        effective = max(day ?? window.upperBound, window.upperBound)
        var history = history
        let years = history.years(until: effective)
        let until = window.upperBound - Elapsed(milliseconds: 1)
        func bind(_ agreement: Agreement, _ effective: Instant) -> Bound {
            var program = CompiledAgreement(agreement).program
            program.history.starts = liveSince
            let own = BacktestRun.binding(program, agreement, &history)
            program.onChange = .enter
            return Bound(
                program: own, takingForce: BacktestRun.binding(program, agreement, &history, from: effective),
                staff: staff(of: agreement, in: &history, years: years),
                targets: history.targets(agreement, until: until))
        }
        boundCurrent = bind(current.agreement, effective)
        boundDraft = bind(draft.agreement, effective)
        (self.draft, self.current, self.window, self.liveSince) = (draft, current, window, liveSince)
        self.history = history
    }

    /// The end does not belong to the window, so by default it lies just behind the last fact.
    private static func window(
        _ current: Agreement, _ history: Engine.History, _ from: Instant?, _ to: Instant?, now: Instant
    ) throws -> Range<Instant> {
        guard let first = history.occurred.min(), let last = history.occurred.max() else {
            throw Refusal(
                "no-facts", "the journal has no facts about people or accounts", remedy: "Import some first.")
        }
        let end = to ?? min(now, Instant(milliseconds: last + 1))
        let begin = from ?? current.goLive.flatMap { $0 < end ? $0 : nil } ?? Instant(milliseconds: first)
        guard begin < end else {
            throw Refusal(
                "empty-window", "there is nothing between \(begin) and \(end)",
                remedy: "Choose another --from or --to; the facts lie between \(Instant(milliseconds: first)) and "
                    + "\(Instant(milliseconds: last)).")
        }
        return begin..<end
    }

    private static func binding(
        _ program: Program, _ agreement: Agreement, _ history: inout Engine.History, from: Instant = .earliest
    ) -> BoundProgram {
        BoundProgram(program, to: &history, zone: agreement.zone, from: from, isFreeMail: isFreeMail)
    }

    package var zone: Zone { draft.agreement.zone }
    package var texts: Texts { history.texts }

    package func name(ofPerson person: Int32) -> String { texts[history.persons[Int(person)].name] }

    /// Of the person, or of the account itself.
    package func name(_ handOver: HandedOver) -> String {
        handOver.person < 0
            ? texts[history.accounts[Int(handOver.account)].name] : name(ofPerson: handOver.person)
    }
}

extension Agreement {
    fileprivate var goLive: Instant? { company.starts.map { zone.startOfDay($0.value) } }
}

// Runs. Facts of the window's last instant belong to it, what happens at its end does not.

extension BacktestRun {
    private var until: Instant { window.upperBound - Elapsed(milliseconds: 1) }

    package func backtest() -> Backtest {
        func side(_ bound: Bound) -> Backtest.Side {
            Backtest.Side(
                byRules: run(bound.program, bound, .routed, history),
                recorded: run(bound.program, bound, .recorded, history))
        }
        return Backtest(
            draft: side(boundDraft), current: side(boundCurrent),
            entrants: NewEntrants(
                draft: changeover(to: boundDraft), control: changeover(to: boundCurrent), targets: boundDraft.targets),
            in: window)
    }

    package func sweep(_ number: SweptNumber, _ values: [Number]) -> [SweepPoint] {
        var history = self.history
        let programs = values.map { value in
            let agreement = number.agreement(with: value)
            var program = CompiledAgreement(agreement).program
            program.history.starts = liveSince
            return BacktestRun.binding(program, agreement, &history)
        }
        let recorded = run(boundCurrent.program, boundCurrent, .recorded, history)
        return zip(values, programs).map { value, program in
            SweepPoint(value, run(program, boundDraft, .routed, history), recorded: recorded, in: window)
        }
    }

    private func run(
        _ program: BoundProgram, _ bound: Bound, _ assigning: Assigning, _ history: Engine.History
    ) -> RunOverThePast {
        RunOverThePast(
            FoldWorld(
                history: history, versions: [program], staff: bound.staff, assigning: assigning, until: until),
            targets: bound.targets, by: wholeCrew)
    }

    private func changeover(to bound: Bound) -> FoldWorld {
        FoldWorld(
            history: history, versions: [boundCurrent.program, bound.takingForce], staff: boundCurrent.staff,
            assigning: .recorded, until: effective)
    }
}
