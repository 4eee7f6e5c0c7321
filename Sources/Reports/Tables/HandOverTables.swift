internal import Engine
internal import Journal
internal import Vocabulary

/// A hand-over and where it stands among those of its account.
struct HandOverRow: Sendable {
    let account: Int32
    let index: Int32
    let handOver: HandOver
    /// The first response in both times; `nil`: it was never ready, or lies before go-live.
    let response: ResponseRecord?
    let physicalWait: Elapsed?
}

extension OutcomeTable {
    static let handOver = OutcomeTable(
        "hand_over", "A lead on its way from one side to the other.",
        fields: { (fields: inout TableFields<HandOverRow>) in
            fields.integer("hand_over", "its number in these tables") { $1.handOver($0.account, $0.index) }
            fields.text("account", "the account") { record, source in source.company.accountName(record.account) }
            fields.text("person", "the person") { $1.person($0.handOver.person) }
            fields.integer("pass", "the person's pass") { record, _ in Int64(record.handOver.pass) }
            fields.text("stage", "the stage that hands over") { $1.stage($0.handOver.stage, $0.handOver.version) }
            fields.text("clause", "the clause that brought the person there") {
                $1.clause($0.handOver.clause, $0.handOver.version)
            }
            fields.instant("entered", "when the stage was entered") { record, _ in record.handOver.entered }
            fields.instant("ready", "when nothing held it any more; empty: it is held") { record, _ in
                record.handOver.ready
            }
            fields.instant(
                "told",
                "when the first owner was told, where a queue has it, when it was ready; empty: it is held, from before go-live, or "
                    + "at a stage that is none any more"
            ) {
                record, _ in
                record.response?.told
            }
            fields.text("first_owner", "who got it first; empty: a queue has it") {
                $1.text($0.handOver.owners.first?.owner ?? -1)
            }
            fields.text("owner", "who has it") { $1.text($0.handOver.owner) }
            fields.text("team", "the team it goes to by the agreement") { record, source in
                source.text(source.company.owner(of: record.handOver).team)
            }
            fields.integer("owners", "how many have had it") { record, _ in Int64(record.handOver.owners.count) }
            fields.integer("engagement", "the score then, in millionths of a point") { record, _ in
                record.handOver.engagement.micropoints
            }
            fields.integer("fit", "the fit then, in millionths of a point") { record, _ in
                record.handOver.fit.micropoints
            }
            fields.text("grade", "the letter of the fit") { record, source in
                source.text(source.company.owner(of: record.handOver).grade)
            }
            fields.flag("is_late", "learned of too late to be acted on at once") { record, _ in record.handOver.isLate }
            fields.flag("is_burst", "one of many of one origin") { record, _ in record.handOver.isBurst }
            fields.flag("is_before_start", "from before go-live") { record, _ in record.handOver.isBeforeStart }
            fields.instant("responded", "the first outward touch, not automatic, or meeting booked, by anyone") {
                record, _ in
                record.response?.responded
            }
            fields.integer("waited_ms", "from told to the response, or until now, by the clock on the wall") {
                record, _ in
                record.physicalWait?.milliseconds
            }
            fields.integer("waited_business_ms", "the same in the working time of the first owner or the team") {
                record, _ in
                record.response?.wait.milliseconds
            }
            fields.flag("kept_response", "the promise to respond was kept; empty: not promised, or not decided") {
                record, _ in
                record.response?.isInTime
            }
            fields.flag("is_qualified", "the pass came to the stage that says so") { record, _ in
                record.response?.isQualified
            }
            fields.flag("is_accepted", "the verdict that stands; empty: none") { record, _ in
                record.handOver.verdict?.isAccepted
            }
            fields.text("end", "open, cancelled, rejected, recycled or completed") { record, _ in
                "\(record.handOver.end)"
            }
            fields.instant("ended", "when it ended") { record, _ in record.handOver.ended }
            fields.integer("fact", "the fact that made it ready") { $1.fact($0.handOver.readyFact) }
        }
    ) { HandOverRow.all($0) }

    static let promiseClock = OutcomeTable(
        "promise_clock", "A promise about one hand-over.",
        fields: { (fields: inout TableFields<ClockRow>) in
            fields.integer("hand_over", "the hand-over") { $1.handOver($0.account, $0.clock.handOver) }
            fields.text("promise", "respond, decide, explain, pursue or qualify") { record, _ in
                "\(record.clock.promise)"
            }
            fields.text("clause", "the clause of its time") { record, source in
                let program = source.world.versions[Int(record.clock.version)].program
                return source.clause(program.clocks[Int(record.clock.program)].clause, record.clock.version)
            }
            fields.text("owner", "whose it is; empty: a queue's") { $1.text($0.clock.owner) }
            fields.instant("began", "when it began") { record, _ in record.clock.start }
            fields.instant("due", "when it is due") { record, _ in record.clock.due }
            fields.text("state", "running, met, missed, metLate, withdrawn or rested") { record, _ in
                "\(record.clock.state)"
            }
            fields.text("withdrawal", "why it was withdrawn") { record, _ in
                record.clock.withdrawal == .none ? nil : "\(record.clock.withdrawal)"
            }
            fields.flag("was_missed", "due and unmet, whatever came later") { record, _ in record.clock.wasMissed }
            fields.instant("missed", "when it was missed") { record, _ in record.clock.missedAt }
            fields.instant("ended", "when it was met, withdrawn or rested") { record, _ in record.clock.ended }
            fields.integer("touches", "touches that counted") { record, _ in Int64(record.clock.touches) }
            fields.integer("steps", "steps of the ladder that were taken") { record, _ in
                Int64(record.clock.steps.count)
            }
            fields.integer("fact", "the fact that met it") { $1.fact($0.clock.fact) }
        }
    ) { source in
        source.company.outcome.accounts.flatMap { account in
            account.clocks.map { ClockRow(account: account.account, clock: $0) }
        }
    }

    static let verdict = OutcomeTable(
        "verdict", "What the receiver said of a hand-over.",
        fields: { (fields: inout TableFields<VerdictRow>) in
            fields.integer("hand_over", "the hand-over") { record, _ in record.handOver }
            fields.flag("is_accepted", "accepted") { record, _ in record.verdict.isAccepted }
            fields.text("manner", "spoken, silence or deed") { record, _ in "\(record.verdict.manner)" }
            fields.instant("given", "when") { record, _ in record.verdict.instant }
            fields.text("by", "who said it") { $1.text($0.verdict.by) }
            fields.text("reason", "why") { $1.text($0.verdict.reason) }
            fields.integer("mark", "the quality mark, in millionths") { record, _ in record.verdict.mark }
            fields.flag("is_return", "a rejection of what silence had accepted") { record, _ in record.verdict.isReturn
            }
            fields.flag("stands", "the last word on the hand-over") { record, _ in record.stands }
            fields.text("ruling", "what a dispute about the hand-over came to") { record, _ in
                record.dispute.map { "\($0.ruling)" }
            }
            fields.integer("fact", "the fact that says it; empty: the passing of time") { $1.fact($0.verdict.fact) }
        }
    ) { VerdictRow.all($0) }

    static let touch = OutcomeTable(
        "touch", "What somebody of ours did towards a person or an account.",
        fields: { (fields: inout TableFields<TouchRow>) in
            fields.text("account", "the account") { record, source in source.company.accountName(record.account) }
            fields.text("person", "the person; empty: the account itself") {
                $1.person($1.world.history.person[Int($0.fact)])
            }
            fields.text("what", "touch, meeting booked, meeting held or meeting missed") { record, _ in record.kind.word
            }
            fields.instant("occurred", "when") { record, source in source.world.history.at(Int(record.fact)) }
            fields.text("channel", "how") { record, source in source.property("channel", of: record.fact) }
            fields.text("direction", "outward or inward") { record, source in
                source.property("direction", of: record.fact)
            }
            fields.flag("is_automatic", "a sequence, list mail or robot did it") { record, source in
                source.property("automatic", of: record.fact) == "yes"
            }
            fields.text("by", "who did it") { record, source in source.actor(record.fact) }
            fields.integer("fact", "its number in the journal") { $1.fact($0.fact) }
        }
    ) { source in
        let history = source.world.history
        return history.accounts.indices.flatMap { account in
            history.accounts[account].facts.compactMap { fact -> TouchRow? in
                let kind = history.acts[Int(history.act[Int(fact)])].kind
                guard kind.family == .touch || kind.family == .meeting, history.at(Int(fact)) <= source.world.until
                else { return nil }
                return TouchRow(account: Int32(account), fact: fact, kind: kind)
            }
        }
    }
}

struct ClockRow: Sendable {
    let account: Int32
    let clock: Clock
}

struct TouchRow: Sendable {
    let account: Int32
    let fact: Int32
    let kind: FactKind
}

struct VerdictRow: Sendable {
    let handOver: Int64?
    let verdict: Verdict
    let stands: Bool
    let dispute: Dispute?

    static func all(_ source: TableSource) -> [VerdictRow] {
        source.company.outcome.accounts.flatMap { account in
            account.handOvers.enumerated().flatMap { index, handOver in
                let number = source.handOver(account.account, Int32(index))
                let earlier = handOver.earlierVerdicts.map {
                    VerdictRow(handOver: number, verdict: $0, stands: false, dispute: nil)
                }
                return earlier
                    + [handOver.verdict].compactMap { $0 }.map {
                        VerdictRow(handOver: number, verdict: $0, stands: true, dispute: handOver.dispute)
                    }
            }
        }
    }
}

extension HandOverRow {
    static func all(_ source: TableSource) -> [HandOverRow] {
        let clocks = ResponseClock(source.company, source.entries)
        return source.company.outcome.accounts.flatMap { account -> [HandOverRow] in
            let answers = clocks.answers(account)
            return account.handOvers.enumerated().map { index, handOver in
                let business = clocks.record(account, Int32(index), handOver, answers, in: .business)
                let physical = clocks.record(account, Int32(index), handOver, answers, in: .physical)
                return HandOverRow(
                    account: account.account, index: Int32(index), handOver: handOver, response: business,
                    physicalWait: physical?.wait)
            }
        }
    }
}
