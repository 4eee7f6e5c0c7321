package import Agreement
package import Engine
package import Reports
internal import Vocabulary

/// A back-test as a plan that a head of sales reads before signing: what differs, section by section, in words. A command
/// writes it as text, a page as HTML.
package struct BacktestPlan: Sendable {
    package let sections: [Section]
    /// Whether the draft would have made no difference.
    package let isWithoutDifference: Bool

    package struct Section: Sendable {
        /// Empty for what stands by itself.
        package let title: String
        package let parts: [Part]
    }

    package enum Part: Sendable {
        case line(String)
        /// So many of something, behind a sign, and who they are.
        case group(sign: String, what: String, names: [String])
        /// A clause before and after, one above the other.
        case clause(address: String, old: String, new: String)
        /// The first row heads the columns, the first cell of each other row heads the row.
        case table([[String]], right: Set<Int>, rowsAre: RowSubject)
    }

    /// What the rows of a table stand for.
    package enum RowSubject: Sendable { case things, reps }

    package init(_ backtest: Backtest, _ run: BacktestRun) {
        let words = BacktestWords(backtest, run)
        sections = words.sections
        isWithoutDifference = backtest.isWithoutDifference
    }
}

/// Puts a back-test into words.
private struct BacktestWords {
    private let plan: Backtest
    private let run: BacktestRun

    init(_ plan: Backtest, _ run: BacktestRun) { (self.plan, self.run) = (plan, run) }

    var sections: [BacktestPlan.Section] {
        let differences = [handOvers, fates, stages, loads, promises, entrants]
        let sections =
            [heading, changedClauses, summary] + (plan.isWithoutDifference ? [] : differences) + [live, unknowable]
        return sections.filter { !$0.parts.isEmpty }
    }

    private typealias Part = BacktestPlan.Part

    private func section(_ title: String, _ parts: [Part]) -> BacktestPlan.Section {
        BacktestPlan.Section(title: title, parts: parts)
    }

    private func at(_ instant: Instant) -> String { instant.onTheWall(in: run.zone) }

    private var heading: BacktestPlan.Section {
        section(
            "",
            [
                .line("Back-test of \(run.draft.path) against \(run.current.title),"),
                .line(
                    "over what happened from \(at(plan.window.lowerBound)) to \(at(plan.window.upperBound)), "
                        + "times of \(run.zone.name)."),
            ])
    }

    private var changedClauses: BacktestPlan.Section {
        let diff = AgreementDiff(from: run.current.agreement, to: run.draft.agreement)
        guard !diff.changes.isEmpty else {
            return section("", [.line("The draft says what the agreement in force says.")])
        }
        let more = diff.changes.count - 12
        return section(
            "The draft changes",
            diff.changes.prefix(12).map(part)
                + (more > 0 ? [.line("… and \(more) more: see `interlock diff`")] : []))
    }

    /// A changed clause in the agreement's own words: what differs meets the eye.
    private func part(_ change: AgreementDiff.Change) -> Part {
        let words = [run.current.agreement, run.draft.agreement].map { $0.clause(at: change.address)?.words }
        guard case .changed(let old, let new) = change.kind else {
            return .line("\(change.address): \(change.kind.inWords)")
        }
        guard old.count + new.count > 60 else { return .line("\(change.address): \(old) → \(new)") }
        return .clause(address: change.address, old: words[0] ?? old, new: words[1] ?? new)
    }

    private var summary: BacktestPlan.Section { section("", [.line(summaryLine)]) }

    private var summaryLine: String {
        let changes = plan.changes
        guard !plan.isWithoutDifference else {
            return "No difference: nothing that happened would have come out otherwise. "
                + "\(counted(changes.unchanged.count, "hand-over")), at the same instants, to the same owners."
        }
        guard !changes.isEmpty else { return "Plan: the same hand-overs; what differs stands below." }
        return "Plan: \(changes.enters.count) more, \(changes.leaves.count) fewer, \(changes.earlier.count) earlier, "
            + "\(changes.later.count) later, \(changes.toAnotherOwner.count) to another owner, "
            + "\(changes.unchanged.count) as now."
    }
}

// Who would have been handed over instead.

extension BacktestWords {
    private var handOvers: BacktestPlan.Section {
        let changes = plan.changes
        guard !changes.isEmpty else { return section("", []) }
        var lines: [Part] = []
        add(&lines, "+", changes.enters.count, "would be handed over who are not now", changes.enters.map(name))
        add(&lines, "-", changes.leaves.count, "would not be handed over any more", changes.leaves.map(name))
        add(&lines, "~", changes.earlier.count, "earlier" + median(changes.earlier), changes.earlier.map(name))
        add(&lines, "~", changes.later.count, "later" + median(changes.later), changes.later.map(name))
        add(
            &lines, "~", changes.toAnotherOwner.count, "at the same time to another owner",
            changes.toAnotherOwner.map { "\(name($0.draft)), not to \(who($0.current.owner))" })
        return section("Hand-overs: \(plan.current.handOvers) now, \(plan.draft.handOvers) under the draft", lines)
    }

    private func add(_ lines: inout [Part], _ sign: String, _ count: Int, _ what: String, _ names: [String]) {
        guard count > 0 else { return }
        lines.append(.group(sign: sign, what: "\(count) \(what)", names: names))
    }

    private func median(_ pairs: [HandOverChanges.Pair]) -> String {
        let times = pairs.map { ($0.draft.ready - $0.current.ready).milliseconds.magnitude }.sorted()
        guard !times.isEmpty else { return "" }
        return ", half of them by \(Int64(clamping: times[times.count / 2]).inDaysOrHours) or more"
    }

    private func name(_ handOver: HandedOver) -> String {
        "\(run.name(handOver)) at \(handOver.stage) on \(at(handOver.ready)), to \(who(handOver.owner))"
    }

    private func name(_ pair: HandOverChanges.Pair) -> String {
        "\(name(pair.draft)), now on \(at(pair.current.ready))"
    }

    private func who(_ owner: Int32) -> String { owner < 0 ? "nobody" : run.texts[owner] }
}

// What became of those in truth.

extension BacktestWords {
    private var fates: BacktestPlan.Section {
        var rows = [["", "handed over", "accepted", "rejected", "no verdict", "accepted share", "won deals", "value"]]
        rows.append(row("now", plan.current))
        rows.append(row("under the draft", plan.draft))
        if plan.entering.handOvers > 0 { rows.append(row("+ the additional", plan.entering)) }
        if plan.leaving.handOvers > 0 { rows.append(row("- the missing", plan.leaving)) }
        return section(
            "What became of them in truth, as recorded", [.table(rows, right: [1, 2, 3, 4, 5, 6], rowsAre: .things)])
    }

    private func row(_ name: String, _ fate: Fate) -> [String] {
        [
            name, "\(fate.handOvers)", "\(fate.accepted)", "\(fate.rejected)", "\(fate.withoutVerdict)",
            fate.acceptance.shown, "\(fate.won)", fate.value.map(\.words).joined(separator: ", "),
        ]
    }

    private var stages: BacktestPlan.Section {
        let rows = plan.stages.map { [$0.stage, change($0.current, $0.draft)] }
        return section(
            "Entries into each stage, now → under the draft",
            [.table([["", "entries"]] + rows, right: [1], rowsAre: .things)])
    }

    /// `72 → 57`, and one number where both are the same.
    private func change(_ current: some Equatable, _ draft: some Equatable) -> String {
        "\(current)" == "\(draft)" ? "\(draft)" : "\(current) → \(draft)"
    }
}

// What it asks of people.

extension BacktestWords {
    private var loads: BacktestPlan.Section {
        guard !plan.loads.isEmpty else { return section("", []) }
        var rows = [["", "leads", "busiest week", "capacity a week", "weeks above it"]]
        rows += plan.loads.map { load in
            [
                who(load.rep), change(load.current.received, load.draft.received),
                change(load.current.busiest, load.draft.busiest),
                load.capacityPerWeek.map { Points(micropoints: $0).shown } ?? "–",
                load.capacityPerWeek == nil ? "–" : change(load.current.above, load.draft.above),
            ]
        }
        return section(
            "Leads given to each, reassigned ones too, by the rules of routing, now → under the draft",
            [.table(rows, right: [1, 2, 3, 4], rowsAre: .reps)])
    }

    private var promises: BacktestPlan.Section {
        guard !plan.promises.isEmpty else { return section("", []) }
        var rows = [["", "falls due", "with too many leads that week", "kept in truth, of those as now"]]
        rows += plan.promises.map { promise in
            [
                "\(promise.promise)", change(promise.current.due, promise.draft.due),
                change(promise.current.atRisk, promise.draft.atRisk),
                change(promise.current.keptInTruth.shown, promise.draft.keptInTruth.shown),
            ]
        }
        return section("Promises, now → under the draft", [.table(rows, right: [1, 2, 3], rowsAre: .things)])
    }

    private var entrants: BacktestPlan.Section {
        let isPast = plan.entrants.at == plan.window.upperBound
        let day = isPast ? "If it took force at the end of this, on" : "On the day it takes force,"
        let title = "\(day) \(at(plan.entrants.at))"
        guard plan.entrants.count > 0 else { return section(title, [.line("Nobody would newly enter a stage.")]) }
        let lines = plan.entrants.stages.map { stage in
            let handOver = stage.isHandedOver ? ", and be handed over" : ""
            return Part.group(
                sign: "", what: "\(counted(stage.persons.count, "person")) would newly enter \(stage.name)\(handOver)",
                names: stage.persons.filter { $0 >= 0 }.map { run.name(ofPerson: $0) })
        }
        return section(title, lines + [.line(onChange)])
    }

    /// What the draft says about them.
    private var onChange: String {
        switch run.draft.agreement.onChange.value {
        case .wait: "each at their next activity, as on_change says: wait for next activity"
        case .enter: "all at once, as on_change says: enter"
        case .enterAtMost(let count):
            "at most \(count) a day, as on_change says, so it takes \(counted((plan.entrants.count + count - 1) / count, "day"))"
        }
    }
}

// Beside the draft.

extension BacktestWords {
    private var live: BacktestPlan.Section {
        let live = plan.live
        var lines: [Part] = []
        let of = "of \(live.handOvers) hand-overs"
        add(
            &lines, "•", live.toNobody.count, "\(of) no system says that anybody was given them",
            live.toNobody.map(name))
        add(
            &lines, "•", live.toAnother.count, "\(of) went to somebody else than the rules of routing say",
            live.toAnother.map { "\(name($0.handOver)), by the rules to \(who($0.byRules))" })
        add(
            &lines, "•", live.late.count, "\(of) were given to their first owner more than a day late",
            live.late.map(name))
        add(&lines, "•", live.passedOn.count, "\(of) changed hands later", live.passedOn.map(name))
        if let delay = live.medianDelay {
            lines.append(
                .group(
                    sign: "•", what: "half were given to somebody within \((delay.count / 2).inDaysOrHours)", names: [])
            )
        }
        for conflict in live.conflicts { add(&lines, "•", conflict.count, conflict.what.inWords, []) }
        return section("How life differed from the agreement in force (says nothing about the draft)", lines)
    }

    private var additional: String {
        plan.entering.handOvers == 0
            ? "" : ", among them \(plan.entering.withoutVerdict) of the \(plan.entering.handOvers) additional ones"
    }

    private func bullet(_ what: String) -> Part { .group(sign: "•", what: what, names: []) }

    private var unknowable: BacktestPlan.Section {
        section(
            "What cannot be known",
            [
                bullet(
                    "People would have behaved otherwise: a rep with fewer leads answers sooner, a lead that waits longer may be gone."
                ),
                bullet(
                    "Verdicts exist only for those who were handed over in truth: \(plan.draft.withoutVerdict) of "
                        + "\(plan.draft.handOvers) under the draft have none\(additional)."),
                bullet(
                    "What was recorded later, verdicts, meetings, deals, is replayed as it was and moves people on in both."
                ),
            ])
    }
}

package func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

extension AgreementDiff.Kind {
    package var inWords: String {
        switch self {
        case .added(let new): "new: \(new)"
        case .removed(let old): "no longer: \(old)"
        case .changed(let old, let new): "\(old) → \(new)"
        case .moved(let old, let new): "moved from \(old) to \(new)"
        case .renamed(let old, let new): "renamed from \(old) to \(new)"
        }
    }
}

extension Reports.Share {
    /// `54.5 %`; a dash of nothing.
    package var shown: String {
        guard whole > 0 else { return "–" }
        let tenths = (part * 2000 + whole) / (2 * whole)
        return "\(tenths / 10).\(tenths % 10) %"
    }
}

extension Int64 {
    /// Of milliseconds: `3 days`, `5 hours`, `12 minutes`.
    package var inDaysOrHours: String {
        for (unit, name) in [(86_400_000, "day"), (3_600_000, "hour"), (60_000, "minute")] as [(Int64, String)]
        where self >= unit { return counted(Int(self / unit), name) }
        return "a minute"
    }
}

extension Conflict.What {
    package var inWords: String {
        switch self {
        case .claimedStage: "times a system claimed a stage that the agreement does not give"
        case .verdictWithoutHandOver: "verdicts on people who were not handed over by the agreement"
        case .unknownReason: "rejections for a reason that was not agreed"
        case .disputeOutOfTime: "disputes or rulings that do not count"
        case .notTakenUp: "returns where no detour begins"
        }
    }
}
