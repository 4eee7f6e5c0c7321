import Engine
import Journal
import Vocabulary

/// What an outcome says, line by line, as Tests/Cases/README.md words it.
struct CaseLog {
    struct Line: Comparable {
        let instant: Instant
        let who: String
        let rank: Int
        let tie: String
        let text: String

        static func < (a: Line, b: Line) -> Bool {
            (a.instant.milliseconds, a.who, a.rank, a.tie) < (b.instant.milliseconds, b.who, b.rank, b.tie)
        }
    }

    let history: Engine.History
    let versions: [BoundProgram]
    let outcome: Outcome
    let about: Set<String>
    var lines: [Line] = []

    init(_ history: Engine.History, _ versions: [BoundProgram], _ outcome: Outcome, about: Set<String>) {
        (self.history, self.versions, self.outcome, self.about) = (history, versions, outcome, about)
        for account in outcome.accounts {
            account.moves.forEach { add($0, account) }
            for (index, handOver) in account.handOvers.enumerated() { add(handOver, index, account) }
            account.clocks.forEach { add($0, account) }
            account.conflicts.forEach { add($0) }
            account.breaches.forEach { breach in
                say(
                    "consent", breach.instant, name(breach.person), 9,
                    "consent breach by \(text(breach.by)) on \(text(breach.channel))")
            }
            account.deals.forEach { addReopening($0) }
            account.quarantines.forEach { quarantine in
                say(
                    "consent", quarantine.instant, name(quarantine.person), 9,
                    "quarantined, upload of \(text(quarantine.by))")
            }
            account.corrections.forEach { add($0, account) }
            account.alerts.forEach { add($0) }
        }
        outcome.routing.forEach { add($0) }
    }

    var sorted: [String] {
        lines.enumerated().sorted { a, b in a.element < b.element || !(b.element < a.element) && a.offset < b.offset }
            .map { "\(shown($0.element.instant)) \($0.element.text)" }
    }

    mutating func say(_ kind: String, _ instant: Instant, _ who: String, _ rank: Int, tie: String = "", _ text: String)
    {
        guard about.isEmpty || about.contains(kind) else { return }
        lines.append(
            Line(instant: instant, who: who, rank: rank, tie: tie, text: kind == "clocks" ? text : "\(who) \(text)"))
    }

    /// `ann` of `record:crm/contact/ann`, `v1` of `anonymous:web/v1`.
    func name(_ person: Int32) -> String {
        guard person >= 0 else { return "" }
        let text = history.texts[history.persons[Int(person)].name]
        return text.split(separator: "/").last.map(String.init) ?? text
    }

    func text(_ number: Int32) -> String { number < 0 ? "sales" : history.texts[number] }

    private mutating func add(_ move: Move, _ account: AccountOutcome) {
        let program = versions[Int(move.version)].program
        let who =
            move.deal >= 0 && move.change != .alsoOnDeal && move.change != .skipped
            ? dealName(account.deals[Int(move.deal)]) : name(move.person)
        let stage = move.change == .wentAway ? "" : program.names[Int(program.stages[Int(max(0, move.stage))].name)]
        switch move.change {
        case .skipped: say("stages", move.instant, who, 3, "skips \(stage)")
        case .entered: say("stages", move.instant, who, 3, "enters \(stage)")
        case .imported: say("stages", move.instant, who, 3, "enters \(stage), imported")
        case .alsoOnDeal:
            say("stages", move.instant, who, 4, "is also on \(dealName(account.deals[Int(move.deal)]))")
        case .wentAway:
            let detour = program.names[Int(program.detours[Int(move.stage)].name)]
            say(
                "stages", move.instant, who, 2, "goes to \(detour)" + (move.reason >= 0 ? ", \(text(move.reason))" : "")
            )
        case .returned: say("stages", move.instant, who, 2, "returns to \(stage), pass \(move.pass)")
        case .expanded: say("stages", move.instant, who, 2, "begins expansion, pass \(move.pass)")
        }
    }

    private func dealName(_ deal: DealOutcome) -> String {
        history.texts[deal.record].split(separator: "/").last.map(String.init) ?? ""
    }

    private mutating func addReopening(_ deal: DealOutcome) {
        for (index, change) in deal.changes.enumerated() where change.what == .reopened {
            guard let won = deal.changes[..<index].last(where: { $0.what == .won }) else { continue }
            say("stages", change.instant, dealName(deal), 4, "reopened, win of \(shown(won.instant)) restated")
        }
    }

    private mutating func add(_ handOver: HandOver, _ index: Int, _ account: AccountOutcome) {
        let program = versions[Int(handOver.version)].program
        let (who, stage) = (name(handOver.person), program.names[Int(program.stages[Int(handOver.stage)].name)])
        if let hold = handOver.hold {
            say("hand-overs", handOver.entered, who, 5, "held at \(stage): \(words(hold, program))")
        }
        if let ready = handOver.ready, !handOver.isBeforeStart {
            if handOver.joins >= 0 {
                let other = name(account.handOvers[Int(handOver.joins)].person)
                say("hand-overs", ready, who, 7, "joins hand-over of \(other)")
            } else {
                let owner = text(handOver.owners.first?.owner ?? -1)
                let tail = (handOver.isLate ? " late" : "") + (handOver.isBurst ? " burst" : "")
                let told = handOver.isBurst ? handOver.owners.first?.since ?? ready : ready
                say("hand-overs", told, who, 7, "handed over at \(stage) to \(owner)\(tail)")
            }
        }
        for ownership in handOver.owners.dropFirst() {
            say("hand-overs", ownership.since, who, 1, "rerouted to \(text(ownership.owner))")
        }
        for verdict in handOver.earlierVerdicts { add(verdict, who) }
        if let verdict = handOver.verdict { add(verdict, who) }
        if let dispute = handOver.dispute {
            say("verdicts", dispute.raised, who, 0, "disputed")
            if let ruled = dispute.ruled {
                let words = ["", "upheld", "overturned", "upheld for want of a ruling"]
                say("verdicts", ruled, who, 0, words[Int(dispute.ruling.rawValue)])
            }
        }
    }

    private mutating func add(_ alert: RaisedAlert) {
        let who = alert.person < 0 ? "nobody" : name(alert.person)
        say(
            "alerts", alert.instant, who, 12,
            "raises alerts.\(alert.alert + 1), with \(alert.owner < 0 ? "nobody" : text(alert.owner))")
    }

    private mutating func add(_ correction: Correction, _ account: AccountOutcome) {
        let program = versions[versions.count - 1].program
        let stage = program.names[Int(program.stages[Int(correction.stage)].name)]
        let now =
            correction.handOver < 0
            ? "would not be" : "would be of \(account.handOvers[Int(correction.handOver)].ready.map(shown) ?? "never")"
        say(
            "corrections", correction.instant, name(correction.person), 11,
            "correction: hand-over at \(stage) of \(shown(correction.decided)) \(now)")
    }

    private func words(_ hold: HandOver.Hold, _ program: Program) -> String {
        func list(_ fields: [Int32]) -> String {
            fields.map { program.names[Int(program.fields[Int($0)].name)] }.joined(separator: ", ") + " missing"
        }
        switch hold {
        case .fields(let fields): return list(fields)
        case .consent: return "consent"
        case .fieldsAndConsent(let fields): return list(fields) + ", consent"
        }
    }

    private mutating func add(_ verdict: Verdict, _ who: String) {
        let isRejection = verdict.reason >= 0
        let word: String
        switch verdict.manner {
        case .silence: word = verdict.isAccepted ? "accepted by silence" : "rejected by silence"
        case .deed: word = "accepted by deed"
        case .spoken where isRejection:
            word = "\(verdict.isReturn ? "returned" : "rejected") by \(text(verdict.by)), \(text(verdict.reason))"
        case .spoken:
            let mark = verdict.mark.map { ", mark \(Points(micropoints: $0))" } ?? ""
            word = "accepted by \(text(verdict.by))\(mark)"
        }
        say("verdicts", verdict.instant, who, 0, word)
    }

    private mutating func add(_ clock: Clock, _ account: AccountOutcome) {
        let who = name(clock.person)
        let subject = "\(clock.promise) of \(text(clock.owner)) for \(who)"
        let tie = "\(clock.promise)\u{0}\(text(clock.owner))"
        func line(_ instant: Instant, _ what: String) { say("clocks", instant, who, 8, tie: tie, "\(subject) \(what)") }
        let pauses = clock.pauses
        let due = pauses.isEmpty ? clock.due : clock.firstDue
        line(clock.start, "starts, due \(due.map(shown) ?? "never")")
        if let warned = clock.warned { line(warned, "warned") }
        for pause in pauses { line(pause.lowerBound, "paused until \(shown(pause.upperBound))") }
        if let missed = clock.missedAt { line(missed, "missed") }
        for step in clock.steps {
            let terms = versions[Int(clock.version)].program
            let action = terms.clocks[Int(clock.program)].ladder[Int(step.step)].action
            let words: String =
                switch action {
                case .tellManager: "tell manager"
                case .reassign: "reassign"
                case .tell(let name): "tell \(terms.names[Int(name)])"
                case .checkIn(let name): "check-in \(terms.names[Int(name)])"
                }
            line(step.instant, "step \(step.step + 1): \(words)")
        }
        guard let ended = clock.ended else { return }
        switch clock.state {
        case .met: line(ended, "met")
        case .metLate: line(ended, "met late")
        case .withdrawn:
            let words = ["", "merged", "bounced", "consent withdrawn", "erased", "owned elsewhere", "rejection upheld"]
            line(ended, "withdrawn, \(words[Int(clock.withdrawal.rawValue)])")
        case .rested: line(ended, "rests")
        case .running, .missed: break
        }
    }

    private mutating func add(_ conflict: Conflict) {
        let stage =
            conflict.stage >= 0
            ? versions[0].program.names[Int(versions[0].program.stages[Int(conflict.stage)].name)] : ""
        let words: String =
            switch conflict.what {
            case .claimedStage: "\(text(conflict.source)) claims \(text(conflict.detail))"
            case .verdictWithoutHandOver:
                "\(history.acts[Int(history.act[Int(conflict.fact)])].kind.word) without a hand-over"
            case .unknownReason: "unknown reason \(text(conflict.detail))"
            case .disputeOutOfTime: "dispute out of time"
            case .notTakenUp: "\(history.acts[Int(history.act[Int(conflict.fact)])].kind.word) at \(stage)"
            }
        say("conflicts", conflict.instant, name(conflict.person), 10, "conflict: \(words)")
    }

    private mutating func add(_ routed: Routed) {
        let program = versions[Int(routed.request.version)].program
        for step in routed.steps {
            let rule = step.rule >= 0 ? "rule \(program.names[Int(program.routing[Int(step.rule)].name)]): " : ""
            let words: String =
                switch step.answer {
                case .doesNotHold: "does not hold"
                case .nobody: "nobody can take it"
                case .to: "to \(text(step.owner))"
                case .fallback: "fallback to \(text(step.owner))"
                case .manager: "manager \(text(step.owner))"
                case .lastResort: "last resort: \(text(step.owner))"
                case .waits: "waits for room"
                }
            say("routing", routed.request.instant, name(routed.request.person), 6, rule + words)
        }
    }
}
