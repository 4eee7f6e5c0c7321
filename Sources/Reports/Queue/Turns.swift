internal import Agreement
internal import Engine
internal import Journal
internal import Vocabulary

/// A lead in the hands of one owner: from being told until somebody else has it, or it is over.
struct Turn: Hashable, Sendable {
    let account: Int32
    let person: Int32
    let pass: Int32
    /// An index in the stages of the agreement in force.
    let stage: Int
    /// A text; −1: a queue's.
    let owner: Int32
    /// The first who had it.
    let isFirst: Bool
    let told: Instant
    let readyFact: Int32
    /// When the owner had it no more; `nil`: it is still the owner's.
    let ended: Instant?
    /// Who got it then, a text; −1: nobody, it was over.
    let next: Int32
    /// The first time anybody of ours turned to the person meanwhile.
    let touched: Instant?
    let touchFact: Int32
    let decided: Instant?
    /// Engagement and fit at the hand-over.
    let score: Points
    /// How the owner chose when they first turned to this one; `nil`: the owner never did.
    var pick: Pick?
    let subject: Subject

    var isOpen: Bool { ended == nil }
    var isUntouched: Bool { touched == nil }
    /// Open, and nobody has turned to the person.
    var isWaiting: Bool { isOpen && isUntouched && decided == nil }
}

extension Inquiry {
    /// Every turn that began in the window, as it stood at its end.
    func turns(at stages: [Int]) -> [Turn] {
        let reading = TurnReading(
            inquiry: self, numbers: StageNumbers(company), words: ResponseWords(world.history.texts), stages: stages)
        var turns = outcome.accounts.flatMap { account in account.handOvers.isEmpty ? [] : reading.turns(of: account) }
        pick(&turns, TouchesByReps(turns, world, until: to))
        return turns.filter { isInWindow($0.told) && isChosen($0.subject) }
    }
}

private struct TurnReading {
    let inquiry: Inquiry
    let numbers: StageNumbers
    let words: ResponseWords
    let stages: [Int]

    func turns(of account: AccountOutcome) -> [Turn] {
        let touches = OutwardTouches(of: account.account, words, inquiry.world)
        return account.handOvers.flatMap { handOver -> [Turn] in
            guard let stage = numbers[handOver.version, handOver.stage], stages.contains(stage),
                let ready = handOver.ready, ready < inquiry.to, !handOver.isBeforeStart,
                !inquiry.firstPassOnly || handOver.pass <= 1
            else { return [] }
            return stretches(of: handOver, ready).enumerated().map { number, stretch in
                turn(handOver, account.account, stage, stretch, isFirst: number == 0, touches)
            }
        }
    }

    private struct Stretch {
        let owner: Int32
        let told: Instant
        let ended: Instant?
        let next: Int32
    }

    /// The owners one after the other, as far as they had begun by the end of the window; where nobody has it, the queue.
    private func stretches(of handOver: HandOver, _ ready: Instant) -> [Stretch] {
        let owners = handOver.owners.filter { $0.since < inquiry.to }
        let ended = handOver.ended.flatMap { $0 < inquiry.to ? $0 : nil }
        guard !owners.isEmpty else { return [Stretch(owner: -1, told: ready, ended: ended, next: -1)] }
        return owners.indices.map { number in
            let next = number + 1 < owners.count ? owners[number + 1] : nil
            return Stretch(
                owner: owners[number].owner, told: max(ready, owners[number].since), ended: next?.since ?? ended,
                next: next?.owner ?? -1)
        }
    }

    private func turn(
        _ handOver: HandOver, _ account: Int32, _ stage: Int, _ stretch: Stretch, isFirst: Bool,
        _ touches: OutwardTouches
    ) -> Turn {
        let owner = inquiry.company.owner(of: handOver)
        let end = stretch.ended ?? inquiry.to
        let touch = touches.first(of: handOver.person, from: stretch.told, before: end)
        let verdict = (handOver.earlierVerdicts + [handOver.verdict].compactMap { $0 }).first {
            $0.manner != .silence && $0.instant >= stretch.told && $0.instant <= end && $0.instant < inquiry.to
        }
        return Turn(
            account: account, person: handOver.person, pass: handOver.pass, stage: stage, owner: stretch.owner,
            isFirst: isFirst, told: stretch.told, readyFact: handOver.readyFact, ended: stretch.ended,
            next: stretch.next,
            touched: touch?.instant, touchFact: touch?.fact ?? noFact, decided: verdict?.instant,
            score: Points(micropoints: handOver.engagement.micropoints + handOver.fit.micropoints),
            subject: Subject(
                at: stretch.told, person: handOver.person, owner: stretch.owner, team: owner.team, grade: owner.grade))
    }
}

/// What we did towards the persons of an account, by person and in order: outward, not by a machine; meetings booked.
struct OutwardTouches: Sendable {
    struct Touch: Hashable, Sendable {
        let instant: Instant
        /// A text; −1: nobody is named.
        let actor: Int32
        let fact: Int32
    }

    private var byPerson: [Int32: [Touch]] = [:]

    init(of account: Int32, _ words: ResponseWords, _ world: FoldWorld) {
        let history = world.history
        for fact in history.accounts[Int(account)].facts where history.person[Int(fact)] >= 0 {
            let act = history.acts[Int(history.act[Int(fact)])]
            guard act.kind == .touch || act.kind == .meetingBooked, words.isOurs(act, history) else { continue }
            // A hand-typed one counts from when it was written down.
            let known = Instant(milliseconds: history.known(Int(fact)))
            let instant = words.isTyped(act, history) ? max(known, history.at(Int(fact))) : history.at(Int(fact))
            guard instant <= world.until else { continue }
            byPerson[history.person[Int(fact)], default: []].append(
                Touch(instant: instant, actor: act.actor, fact: fact))
        }
        for person in byPerson.keys { byPerson[person]?.sort { ($0.instant, $0.fact) < ($1.instant, $1.fact) } }
    }

    func all(of person: Int32) -> [Touch] { byPerson[person] ?? [] }

    func first(of person: Int32, from: Instant, before end: Instant) -> Touch? {
        all(of: person).first { $0.instant >= from && $0.instant < end }
    }
}

extension ResponseWords {
    /// Outward and by a human being; a meeting booked is.
    func isOurs(_ act: Act, _ history: Engine.History) -> Bool {
        guard act.kind == .touch else { return true }
        return bits(direction, act, history) == Int64(outward) && bits(automatic, act, history) != 1
    }

    func isOutward(_ act: Act, _ history: Engine.History) -> Bool {
        bits(direction, act, history) == Int64(outward)
    }

    func isTyped(_ act: Act, _ history: Engine.History) -> Bool { bits(typed, act, history) == 1 }

    private func bits(_ name: Int32, _ act: Act, _ history: Engine.History) -> Int64? {
        history.properties.property(name, of: act.properties)?.bits
    }
}
