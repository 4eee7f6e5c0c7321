import Agreement
import Engine
import Journal
import Vocabulary

/// An outcome of the engine, in words.
struct ToldByEngine {
    let history: Engine.History
    let agreements: [Agreement]
    let versions: [BoundProgram]
    /// The key of each fact, by its place in the journal.
    let keys: [Int64: String]

    func lines(_ outcome: Outcome) -> [String] {
        outcome.accounts.flatMap { account($0).lines } + outcome.routing.map { "\(routing($0))" }
    }

    func account(_ outcome: AccountOutcome) -> ToldAccount {
        var told = ToldAccount(name: history.texts[history.accounts[Int(outcome.account)].name])
        told.moves = outcome.moves.map { move($0, outcome) }
        told.handOvers = outcome.handOvers.map(handOver)
        told.clocks = outcome.clocks.map(clock)
        told.deals = outcome.deals.map(deal)
        told.conflicts = outcome.conflicts.map(conflict)
        told.breaches = outcome.breaches.map { breach in
            ToldBreach(
                instant: breach.instant, who: who(breach.person), by: text(breach.by), channel: text(breach.channel),
                why: "\(breach.answer.why)", fact: fact(breach.fact))
        }
        told.alerts = outcome.alerts.map { raised in
            let alert = versions[Int(raised.version)].program.alerts[Int(raised.alert)]
            return ToldAlert(
                instant: raised.instant, who: who(raised.person), clause: clause(alert.clause, raised.version),
                version: Int(raised.version), fact: fact(raised.fact), owner: text(raised.owner))
        }
        told.standings = outcome.standings.map(standing)
        return told
    }

    func text(_ number: Int32) -> String { number < 0 ? "" : history.texts[number] }
    func who(_ person: Int32) -> String { person < 0 ? "" : history.texts[history.persons[Int(person)].name] }
    func fact(_ place: Int32) -> String {
        place < 0 ? "time" : keys[Int64(history.sequence[Int(place)])] ?? "unknown"
    }

    private func clause(_ id: ClauseID, _ version: Int32) -> String {
        id.index < 0 ? "" : agreements[Int(version)].clauses[Int(id.index)].address
    }

    private func name(_ id: Int32, _ version: Int32) -> String { versions[Int(version)].program.names[Int(id)] }

    private func stage(_ index: Int32, _ version: Int32) -> String {
        index < 0 ? "" : agreements[Int(version)].stages[Int(index)].name
    }

    private func detour(_ index: Int32, _ version: Int32) -> String {
        index < 0 ? "" : agreements[Int(version)].detours[Int(index)].name
    }

    private func grade(_ index: Int32, _ version: Int32) -> String {
        index < 0 ? "" : agreements[Int(version)].scoring.fit.grades[Int(index)].name
    }

    private func move(_ move: Move, _ account: AccountOutcome) -> ToldMove {
        let place = move.change == .wentAway ? detour(move.stage, move.version) : stage(move.stage, move.version)
        return ToldMove(
            instant: move.instant, who: who(move.person),
            deal: move.deal < 0 ? "" : text(account.deals[Int(move.deal)].record), pass: Int(move.pass),
            change: "\(move.change)", stage: place, clause: clause(move.clause, move.version),
            version: Int(move.version),
            fact: fact(move.fact), reason: text(move.reason))
    }

    private func handOver(_ handOver: HandOver) -> ToldHandOver {
        let version = handOver.version
        var told = ToldHandOver(
            who: who(handOver.person), stage: stage(handOver.stage, version), pass: Int(handOver.pass),
            version: Int(version), entered: handOver.entered, clause: clause(handOver.clause, version),
            fact: fact(handOver.fact))
        told.hold = hold(handOver)
        (told.ready, told.readyFact) = (handOver.ready, handOver.ready == nil ? "" : fact(handOver.readyFact))
        (told.engagement, told.fit) = (handOver.engagement, handOver.fit)
        told.grade = handOver.ready.map { grade(handOver.grade, self.version(at: $0)) } ?? ""
        (told.isLate, told.isBeforeStart) = (handOver.isLate, handOver.isBeforeStart)
        told.joins = handOver.joins < 0 ? nil : Int(handOver.joins)
        told.owners = handOver.owners.map { owner in
            ToldOwner(
                owner: text(owner.owner), since: owner.since, why: "\(owner.why)", rule: rule(owner.rule),
                fact: fact(owner.fact))
        }
        told.verdict = handOver.verdict.map(verdict)
        told.earlier = handOver.earlierVerdicts.map(verdict)
        told.dispute = handOver.dispute.map {
            ToldDispute(raised: $0.raised, fact: fact($0.fact), ruling: "\($0.ruling)", ruled: $0.ruled)
        }
        (told.end, told.ended) = ("\(handOver.end)", handOver.ended)
        return told
    }

    /// The version in force at an instant.
    private func version(at instant: Instant) -> Int32 {
        Int32(versions.indices.last { $0 == 0 || versions[$0].from <= instant } ?? 0)
    }

    private func hold(_ handOver: HandOver) -> String {
        func names(_ fields: [Int32]) -> [String] {
            fields.map { name(versions[Int(handOver.version)].program.fields[Int($0)].name, handOver.version) }
        }
        return switch handOver.hold {
        case nil: ""
        case .consent: "consent"
        case .fields(let fields): names(fields).joined(separator: " ")
        case .fieldsAndConsent(let fields): (names(fields) + ["consent"]).joined(separator: " ")
        }
    }

    private func rule(_ index: Int32) -> String { index < 0 ? "" : "\(index)" }

    private func verdict(_ verdict: Verdict) -> ToldVerdict {
        ToldVerdict(
            isAccepted: verdict.isAccepted, manner: "\(verdict.manner)", instant: verdict.instant, by: text(verdict.by),
            reason: text(verdict.reason), mark: verdict.mark, fact: fact(verdict.fact), isReturn: verdict.isReturn)
    }

    private func clock(_ clock: Clock) -> ToldClock {
        let terms = versions[Int(clock.version)].program.clocks[Int(clock.program)]
        return ToldClock(
            promise: "\(clock.promise)", clause: clause(terms.clause, clock.version), version: Int(clock.version),
            handOver: Int(clock.handOver), who: who(clock.person), owner: text(clock.owner), start: clock.start,
            due: clock.due, firstDue: clock.firstDue, missedAt: clock.missedAt, warned: clock.warned,
            state: "\(clock.state)", withdrawal: "\(clock.withdrawal)", ended: clock.ended, fact: fact(clock.fact),
            touches: Int(clock.touches), steps: clock.steps.map { "\($0.step) \(shown($0.instant))" },
            pauses: clock.pauses)
    }

    private func deal(_ deal: DealOutcome) -> ToldDeal {
        var told = ToldDeal(record: text(deal.record), pipeline: text(deal.pipeline))
        if deal.kind >= 0, let last = deal.changes.last {
            told.kind = agreements[Int(version(at: last.instant))].deals.kinds[Int(deal.kind)].name
        }
        told.changes = deal.changes.map { change in
            ToldDeal.Change(
                instant: change.instant, what: "\(change.what)", state: "\(change.state)", stage: text(change.stage),
                amount: change.amount.map { "\($0)" } ?? "", closeDate: change.closeDate.map { "\($0)" } ?? "",
                owner: text(change.owner), fact: fact(change.fact))
        }
        told.persons = deal.persons.map(who)
        told.credited = who(deal.credited)
        return told
    }

    private func conflict(_ conflict: Conflict) -> ToldConflict {
        ToldConflict(
            instant: conflict.instant, who: who(conflict.person), what: "\(conflict.what)",
            detail: text(conflict.detail), source: text(conflict.source), fact: fact(conflict.fact),
            stage: stage(conflict.stage, version(at: conflict.instant)))
    }

    private func standing(_ standing: Engine.Standing) -> ToldStanding {
        let version = Int32(versions.count - 1)
        return ToldStanding(
            who: who(standing.person), stage: stage(standing.stage, version), detour: detour(standing.detour, version),
            pass: Int(standing.pass), engagement: standing.engagement, fit: standing.fit,
            grade: grade(standing.grade, version))
    }

    private func routing(_ routed: Routed) -> ToldRouting {
        let request = routed.request
        return ToldRouting(
            instant: request.instant, account: text(history.accounts[Int(request.account)].name),
            handOver: Int(request.handOver), why: "\(request.why)", owner: text(routed.answer.owner),
            steps: routed.steps.map { "\($0.rule) \($0.answer) \(text($0.owner))" })
    }
}
