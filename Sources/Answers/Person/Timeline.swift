internal import Agreement
package import Engine
internal import Journal
package import Vocabulary

/// One line of what happened: a fact as its source told it, or what the agreement made of it.
package struct TimelineEntry {
    package enum Kind: String {
        case fact, move, verdict, handOver = "hand_over", owner, promise, breach, conflict, quarantine, correction
    }

    package let instant: Instant
    package let kind: Kind
    package let what: String
    package let clause: CitedClause?
    /// `nil`: time alone.
    package let fact: CitedFact?
    /// How many equal facts of one day stand in this line.
    package let times: Int
    fileprivate let order: Int
}

/// One timeline over all systems.
package struct Timeline {
    package private(set) var entries: [TimelineEntry] = []
    private let person: Int32
    private let words: WordsOfRun
    private let citations: Citations

    package init(
        _ person: Int32, _ outcome: AccountOutcome, _ score: [ScorePart], _ words: WordsOfRun, _ citations: Citations
    ) throws {
        (self.person, self.words, self.citations) = (person, words, citations)
        try addFacts(score)
        for move in outcome.moves where move.person == person { try add(move) }
        for handOver in outcome.handOvers where handOver.person == person { try add(handOver) }
        for clock in outcome.clocks where clock.person == person { try add(clock) }
        for breach in outcome.breaches where breach.person == person { try add(breach) }
        for conflict in outcome.conflicts where conflict.person == person { try add(conflict) }
        for quarantine in outcome.quarantines where quarantine.person == person { try add(quarantine) }
        for correction in outcome.corrections where correction.person == person { try add(correction) }
        let places = entries.indices.sorted {
            (entries[$0].instant, entries[$0].order, $0) < (entries[$1].instant, entries[$1].order, $1)
        }
        entries = places.map { entries[$0] }
    }

    private mutating func add(
        _ instant: Instant, _ order: Int, _ kind: TimelineEntry.Kind, _ what: String, _ clause: CitedClause?,
        _ fact: Int32, times: Int = 1
    ) throws {
        entries.append(
            TimelineEntry(
                instant: instant, kind: kind, what: what, clause: clause, fact: try citations.fact(fact), times: times,
                order: order))
    }
}

// Facts: what scored or moved stands alone, the rest of a day of one kind in one line.

extension Timeline {
    private mutating func addFacts(_ score: [ScorePart]) throws {
        let history = words.history
        let zone = words.agreement(0).zone
        let points = Dictionary(grouping: score, by: \.fact)
        var said: [Int32: PropertyTable.Property] = [:]
        var run: (name: String, day: CivilDate, place: Int32, details: [String], times: Int)?
        for place in history.accounts[Int(history.persons[Int(person)].account)].facts
        where history.person[Int(place)] == person && history.at(Int(place)) <= words.evaluation.world.until {
            let act = history.acts[Int(history.act[Int(place)])]
            guard let text = TimelineWords.of(act, history, &said, words.agreement(0)) else { continue }
            let day = zone.civil(at: history.at(Int(place))).date
            if let scored = points[place] {
                try end(&run)
                let sum = scored.map { "+\($0.points)".replacing("+-", with: "-") }.joined(separator: " ")
                try add(history.at(Int(place)), 0, .fact, "\(text.whole) (\(sum))", nil, place)
            } else if let open = run, open.name == text.name, open.day == day {
                let isNew = !text.detail.isEmpty && !open.details.contains(text.detail)
                run = (open.name, day, open.place, open.details + (isNew ? [text.detail] : []), open.times + 1)
            } else {
                try end(&run)
                run = (text.name, day, place, text.detail.isEmpty ? [] : [text.detail], 1)
            }
        }
        try end(&run)
    }

    private mutating func end(
        _ run: inout (name: String, day: CivilDate, place: Int32, details: [String], times: Int)?
    ) throws {
        guard let ended = run else { return }
        run = nil
        let more = ended.details.count > 2 ? ", …" : ""
        let details = ended.details.isEmpty ? "" : ": " + ended.details.prefix(2).joined(separator: ", ") + more
        try add(
            words.history.at(Int(ended.place)), 0, .fact, ended.name + details, nil, ended.place, times: ended.times)
    }
}

/// A fact in a few words, without what names a human being.
private struct TimelineWords {
    /// What happened, such as a page or a call.
    let name: String
    /// Which one.
    var detail = ""

    var whole: String { detail.isEmpty ? name : "\(name): \(detail)" }

    /// What tells one activity from another, the first that is there.
    private static let telling = ["form", "title", "path", "campaign", "list", "stage", "purpose", "reason", "outcome"]

    /// `nil` for a record that says nothing new.
    static func of(
        _ act: Act, _ history: Engine.History, _ said: inout [Int32: PropertyTable.Property], _ agreement: Agreement
    ) -> TimelineWords? {
        if act.kind.family == .field {
            return fields(act, history, &said, agreement).map { TimelineWords(name: $0) }
        }
        let by = act.actor >= 0 ? " by \(history.texts[act.actor])" : ""
        if act.kind == .touch {
            let channel = property("channel", act, history) ?? "contact"
            let direction = property("direction", act, history) == "inward" ? "from the person" : "to the person"
            return TimelineWords(name: "\(channel) \(direction)\(by)")
        }
        let name = [.activity, .decision].contains(act.kind) ? history.texts[act.name] : act.kind.word
        let detail = telling.lazy.compactMap { property($0, act, history) }.first
        return TimelineWords(name: name + by, detail: detail ?? "")
    }

    private static func property(_ name: String, _ act: Act, _ history: Engine.History) -> String? {
        guard let number = history.texts.number(of: name),
            let property = history.properties.property(number, of: act.properties), property.kind == .text
        else { return nil }
        return history.texts[Int32(property.bits)]
    }

    /// The agreement's fields that the record says anew, personal ones by name alone.
    private static func fields(
        _ act: Act, _ history: Engine.History, _ said: inout [Int32: PropertyTable.Property], _ agreement: Agreement
    ) -> String? {
        var new: [String] = []
        for var property in history.properties[act.properties] {
            if act.kind == .fieldChanged, history.texts[property.name] == "value" {
                property = .init(
                    name: act.name, kind: property.kind, currency: property.currency, bits: property.bits)
            }
            guard let field = agreement.field(named: history.texts[property.name]), said[property.name] != property
            else { continue }
            said[property.name] = property
            new.append(field.isPersonal.value ? field.name : "\(field.name) \(shown(property, history))")
        }
        return new.isEmpty ? nil : "says " + new.joined(separator: ", ")
    }

    private static func shown(_ property: PropertyTable.Property, _ history: Engine.History) -> String {
        switch property.kind {
        case .number: Number(mantissa: property.bits, scale: 6).description
        case .money:
            Currency(packed: property.currency).map { Money(minorUnits: property.bits, currency: $0).description }
                ?? "?"
        case .instant: Instant(milliseconds: property.bits).description
        case .date: CivilDate(daysSinceEpoch: Int32(clamping: property.bits)).description
        case .text: history.texts[Int32(property.bits)]
        case .flag: property.bits == 1 ? "yes" : "no"
        case .cleared: "empty"
        case .other: property.bits < 0 ? "(erased)" : history.texts[Int32(property.bits)]
        }
    }
}

// What the agreement made of it.

extension Timeline {
    private mutating func add(_ move: Move) throws {
        let what: String =
            switch move.change {
            case .skipped: "passed over \(words.stage(move.stage, move.version))"
            case .entered: "entered \(words.stage(move.stage, move.version))"
            case .imported: "entered \(words.stage(move.stage, move.version)), as an older system says"
            case .alsoOnDeal: "was named on a deal that is credited to somebody else"
            case .wentAway:
                "went to \(words.detour(move.stage, move.version))"
                    + (move.reason >= 0 ? ", \(words.text(move.reason))" : "")
            case .returned: "came back to \(words.stage(move.stage, move.version)), pass \(move.pass)"
            case .expanded: "began an expansion, pass \(move.pass)"
            }
        let order = move.change == .wentAway || move.change == .returned ? 2 : 3
        try add(move.instant, order, .move, what, citations.clause(move.clause, move.version), move.fact)
    }

    private mutating func add(_ handOver: HandOver) throws {
        let (name, clause) = (
            words.stage(handOver.stage, handOver.version), citations.clause(handOver.clause, handOver.version)
        )
        if handOver.hold != nil {
            let held = words.held(handOver)
            try add(handOver.entered, 4, .handOver, "was held at \(name): \(held)", clause, handOver.fact)
        }
        if let ready = handOver.ready {
            let note = handOver.isBeforeStart ? ", before go-live" : handOver.isLate ? ", learned of late" : ""
            try add(ready, 4, .handOver, "was handed over at \(name)\(note)", clause, handOver.readyFact)
        }
        for owner in handOver.owners {
            try add(owner.since, 5, .owner, "went to \(words.text(owner.owner)), \(owner.why.inWords)", nil, owner.fact)
        }
        for verdict in handOver.earlierVerdicts + [handOver.verdict].compactMap({ $0 }) {
            try add(verdict.instant, 1, .verdict, "was " + words.verdict(verdict), nil, verdict.fact)
        }
    }

    private mutating func add(_ clock: Clock) throws {
        let program = words.program(clock.version).clocks[Int(clock.program)]
        let clause = citations.clause(program.clause, clock.version)
        let zone = words.agreement(clock.version).zone
        let name = "\(clock.promise) of \(clock.owner < 0 ? "the queue" : words.text(clock.owner))"
        let due = clock.due.map { ", due \($0.onTheWall(in: zone))" } ?? ""
        try add(clock.start, 6, .promise, "\(name) began\(due)", clause, noFact)
        if let missed = clock.missedAt { try add(missed, 7, .promise, "\(name) was missed", clause, noFact) }
        for step in clock.steps {
            let rung = program.ladder[Int(step.step)]
            try add(
                step.instant, 8, .promise, "\(name): \(words.action(rung.action, clock.version))",
                citations.clause(rung.clause, clock.version), noFact)
        }
        guard let ended = clock.ended, clock.state != .running, clock.state != .missed else { return }
        try add(ended, 9, .promise, "\(name) \(clock.ending())", clause, clock.fact)
    }

    private mutating func add(_ breach: Breach) throws {
        let version = words.evaluation.version(at: breach.instant)
        try add(
            breach.instant, 1, .breach, "was contacted while the gate said no: \(breach.answer.reason)",
            citations.clause(breach.answer.clause, version), breach.fact)
    }

    private mutating func add(_ quarantine: Engine.Quarantine) throws {
        let version = words.evaluation.version(at: quarantine.instant)
        try add(
            quarantine.instant, 1, .quarantine,
            "came with a list of \(words.text(quarantine.by)), held until a ground is shown",
            citations.clause(quarantine.clause, version), noFact)
    }

    private mutating func add(_ correction: Correction) throws {
        let decided = correction.decided.onTheWall(in: words.agreement(0).zone)
        let now = correction.handOver < 0 ? "it would not be handed over" : "it would be another hand-over"
        try add(
            correction.instant, 1, .correction, "corrects what was told on \(decided): by what is known now \(now)",
            nil,
            correction.fact)
    }

    private mutating func add(_ conflict: Conflict) throws {
        try add(conflict.instant, 1, .conflict, words.conflict(conflict), nil, conflict.fact)
    }
}

extension WordsOfRun {
    package func held(_ handOver: HandOver) -> String {
        let program = program(handOver.version)
        func names(_ fields: [Int32]) -> String {
            let names = fields.map { program.names[Int(program.fields[Int($0)].name)] }
            return names.joined(separator: ", ") + (names.count == 1 ? " is" : " are") + " not known"
        }
        return switch handOver.hold {
        case .fields(let fields): names(fields)
        case .fieldsAndConsent(let fields): names(fields) + ", and the gate allows no purpose"
        case .consent, nil: "the gate allows no purpose"
        }
    }

    package func verdict(_ verdict: Verdict) -> String {
        let word = verdict.isAccepted ? "accepted" : "rejected"
        let how =
            switch verdict.manner {
            case .spoken: " by \(text(verdict.by))"
            case .silence: " by silence"
            case .deed: " by a meeting held with \(text(verdict.by))"
            }
        let reason = verdict.reason >= 0 ? ", \(text(verdict.reason))" : ""
        let mark = verdict.mark.map { ", mark \(Number(mantissa: $0, scale: 6))" } ?? ""
        return word + how + reason + mark
    }

    package func action(_ action: ClockProgram.Action, _ version: Int32) -> String {
        switch action {
        case .tellManager: "the manager is told"
        case .reassign: "it is given to somebody else"
        case .tell(let name): "\(program(version).names[Int(name)]) is told"
        case .checkIn(let name): "the next \(program(version).names[Int(name)]) check-in talks about it"
        }
    }

    package func conflict(_ conflict: Conflict) -> String {
        switch conflict.what {
        case .claimedStage:
            "conflict: \(text(conflict.source)) says \(text(conflict.detail)), which the agreement does not give"
        case .verdictWithoutHandOver: "conflict: a verdict, but nothing was handed over"
        case .unknownReason: "conflict: rejected for \(text(conflict.detail)), a reason that was not agreed"
        case .disputeOutOfTime: "conflict: a dispute or ruling that does not count"
        case .notTakenUp: "conflict: sent back, but no detour begins here"
        }
    }
}

extension Ownership.Why {
    package var inWords: String {
        switch self {
        case .routed: "by the rules of routing"
        case .recorded: "as a system recorded it"
        case .rerouted: "since the first owner rejected it"
        case .toAccountOwner: "the owner of the account"
        case .joined: "who has the account's open hand-over"
        case .ownerAway: "since the owner was away"
        case .ownerLeft: "since the owner left"
        case .escalated: "as a step of the ladder"
        case .merged: "who accepted them first, under another name"
        }
    }
}

extension Clock {
    /// `was kept on 2026-03-02 10:30`.
    package func ending(_ when: String = "") -> String {
        switch state {
        case .running: "is running"
        case .met: "was kept\(when)"
        case .missed: "was missed"
        case .metLate: "was missed, and kept late\(when)"
        case .withdrawn: "was withdrawn\(when): \(withdrawal.inWords)"
        case .rested: "rests\(when.isEmpty ? "" : " from\(when.dropFirst(3))"), since another has the lead"
        }
    }
}

extension Clock.Withdrawal {
    package var inWords: String {
        switch self {
        case .none: "no reason"
        case .merged: "merged with another hand-over"
        case .bounced: "the address bounced"
        case .consentWithdrawn: "consent was withdrawn"
        case .erased: "the person was erased"
        case .ownedElsewhere: "the account has another owner"
        case .rejectionUpheld: "the rejection stands"
        }
    }
}
