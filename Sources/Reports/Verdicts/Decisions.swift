internal import Agreement
internal import Engine
internal import Vocabulary

/// One receiver's turn with a hand-over, and what they said of it. A rejection that passed it on to somebody else is a turn of
/// its own; the next receiver has another.
struct Decision: Hashable, Sendable {
    enum Answer: String, Hashable, Sendable { case accepted, rejected, undecided }

    let account: Int32
    let person: Int32
    let pass: Int32
    /// An index in the stages of the agreement in force.
    let stage: Int
    let ready: Instant
    let answer: Answer
    /// How it was said; `nil`: it was not.
    let manner: Verdict.Manner?
    /// Rejected after it counted as accepted.
    let isReturn: Bool
    let isPassedOn: Bool
    let decided: Instant?
    /// A text; −1: none.
    let reason: Int32
    /// In millionths.
    let mark: Int64?
    let ruling: Engine.Dispute.Ruling?
    /// The pass came to the stage that says whether it was a good lead.
    let isQualified: Bool
    let fact: Int32
    let subject: Subject

    var isDecided: Bool { answer != .undecided }
}

extension Inquiry {
    /// Every turn with hand-overs that were ready in the window.
    func decisions(at stages: [Int]) -> [Decision] {
        let reading = DecisionReading(
            inquiry: self, numbers: StageNumbers(company), entries: StageEntries(company), stages: stages)
        return outcome.accounts.flatMap { account in
            account.handOvers.flatMap { reading.decisions(on: $0, account.account) }
        }
    }
}

private struct DecisionReading {
    let inquiry: Inquiry
    let numbers: StageNumbers
    let entries: StageEntries
    let stages: [Int]

    func decisions(on handOver: HandOver, _ account: Int32) -> [Decision] {
        guard let stage = numbers[handOver.version, handOver.stage], stages.contains(stage),
            let ready = handOver.ready, !handOver.isBeforeStart, inquiry.isInWindow(ready),
            !inquiry.firstPassOnly || handOver.pass <= 1
        else { return [] }
        let passedOn = handOver.earlierVerdicts.filter { !$0.isAccepted }.map { verdict in
            decision(handOver, account, stage, ready, verdict, isPassedOn: true)
        }
        let last = decision(handOver, account, stage, ready, handOver.verdict, isPassedOn: false)
        return (passedOn + [last]).filter { inquiry.isChosen($0.subject) }
    }

    private func decision(
        _ handOver: HandOver, _ account: Int32, _ stage: Int, _ ready: Instant, _ verdict: Verdict?, isPassedOn: Bool
    ) -> Decision {
        let owner = inquiry.company.owner(of: handOver)
        let by = verdict?.by ?? -1
        let subject = Subject(
            at: ready, person: handOver.person, owner: by >= 0 ? by : owner.owner, team: owner.team,
            grade: owner.grade)
        return Decision(
            account: account, person: handOver.person, pass: handOver.pass, stage: stage, ready: ready,
            answer: verdict.map { $0.isAccepted ? .accepted : .rejected } ?? .undecided, manner: verdict?.manner,
            isReturn: verdict?.isReturn ?? false, isPassedOn: isPassedOn, decided: verdict?.instant,
            reason: verdict?.reason ?? -1, mark: verdict?.mark, ruling: isPassedOn ? nil : handOver.dispute?.ruling,
            isQualified: !isPassedOn && isQualified(handOver, account, stage), fact: verdict?.fact ?? noFact,
            subject: subject)
    }

    private func isQualified(_ handOver: HandOver, _ account: Int32, _ stage: Int) -> Bool {
        guard let goal = inquiry.company.qualifiedStage(after: stage) else { return false }
        let unit = StageUnit(account: account, person: handOver.person, pass: handOver.pass, deal: -1)
        return entries.entry(of: unit, into: goal) != nil
    }
}
