internal import Agreement
internal import Engine
internal import Journal
internal import Vocabulary

/// A pass that was handed over, and whether and how it came back to marketing.
struct HandedPass: Hashable, Sendable {
    let account: Int32
    let person: Int32
    let pass: Int32
    /// An index in the stages of the agreement in force.
    let stage: Int
    let handedOver: Instant
    /// Into a detour.
    let left: Instant?
    let leftFact: Int32
    /// The detour's name; empty: it is still on its way, or came through.
    let detour: String
    /// Into a detour that leads back.
    let isRecycled: Bool
    let why: String
    let cameBack: Instant?
    let backFact: Int32
    /// The clause that brought it back.
    let broughtBackBy: String
    let handedOverAgain: Instant?
    let isAcceptedAgain: Bool
    let isWonAgain: Bool
    /// Left longer ago than the horizon.
    let isMature: Bool
    /// Mature, and handed over again within the horizon.
    let isRecovered: Bool
    let subject: Subject
}

extension Inquiry {
    /// Every pass that was handed over in the window, once.
    func handedPasses(at stages: [Int]) -> [HandedPass] {
        let reading = PassReading(
            inquiry: self, numbers: StageNumbers(company), entries: StageEntries(company), stages: stages)
        return outcome.accounts.flatMap { reading.passes(of: $0) }
    }
}

private struct PassReading {
    let inquiry: Inquiry
    let numbers: StageNumbers
    let entries: StageEntries
    let stages: [Int]

    private var company: JudgedCompany { inquiry.company }

    func passes(of account: AccountOutcome) -> [HandedPass] {
        var seen: Set<[Int32]> = []
        return account.handOvers.compactMap { handOver in
            guard let stage = numbers[handOver.version, handOver.stage], stages.contains(stage),
                let ready = handOver.ready, !handOver.isBeforeStart, inquiry.isInWindow(ready),
                !inquiry.firstPassOnly || handOver.pass <= 1
            else { return nil }
            guard seen.insert([handOver.person, handOver.pass]).inserted else { return nil }
            let passed = pass(handOver, stage, ready, account)
            return inquiry.isChosen(passed.subject) ? passed : nil
        }
    }

    private func pass(
        _ handOver: HandOver, _ stage: Int, _ ready: Instant, _ account: AccountOutcome
    ) -> HandedPass {
        let own = account.moves.filter { $0.person == handOver.person }
        let away = own.first { $0.change == .wentAway && $0.pass == handOver.pass && $0.instant >= ready }
        let back = away.flatMap { away in own.first { $0.change == .returned && $0.pass == away.pass + 1 } }
        let again = away.flatMap { away in
            account.handOvers.first {
                $0.person == handOver.person && $0.pass > away.pass && $0.ready != nil && !$0.isBeforeStart
            }
        }
        let detour = away.map { company.detour($0) }
        let isMature = away.map { away in inquiry.horizon.map { inquiry.world.until - away.instant >= $0 } ?? true }
        let isInTime = again?.ready.map { again in
            inquiry.horizon.map { horizon in away.map { again - $0.instant <= horizon } ?? false } ?? true
        }
        let owner = company.owner(of: handOver)
        return HandedPass(
            account: account.account, person: handOver.person, pass: handOver.pass, stage: stage, handedOver: ready,
            left: away?.instant, leftFact: away?.fact ?? noFact, detour: detour?.name ?? "",
            isRecycled: detour?.leadsBack ?? false, why: away.map { why($0, account) } ?? "", cameBack: back?.instant,
            backFact: back?.fact ?? noFact,
            broughtBackBy: back.map { company.address(of: $0.clause, $0.version) } ?? "",
            handedOverAgain: again?.ready, isAcceptedAgain: again?.verdict?.isAccepted ?? false,
            isWonAgain: again.map { isWon($0, account.account) } ?? false, isMature: isMature ?? false,
            isRecovered: isMature ?? false && isInTime ?? false,
            subject: Subject(
                at: ready, person: handOver.person, owner: owner.owner, team: owner.team, grade: owner.grade))
    }

    /// The reason that was given, else what happened: a deal was lost, a promise missed.
    private func why(_ move: Move, _ account: AccountOutcome) -> String {
        if move.reason >= 0 { return company.text(move.reason) }
        let lost = account.deals.contains { deal in
            deal.changes.contains { $0.what == .lost && $0.instant == move.instant }
        }
        if lost { return "deal lost" }
        let missed = account.clocks.first { $0.person == move.person && $0.missedAt == move.instant }
        if let missed { return "\(missed.promise) missed" }
        guard move.fact >= 0 else { return "time alone" }
        return company.world.history.acts[Int(company.world.history.act[Int(move.fact)])].kind.word
    }

    private func isWon(_ handOver: HandOver, _ account: Int32) -> Bool {
        let unit = StageUnit(account: account, person: handOver.person, pass: handOver.pass, deal: -1)
        return entries.entry(of: unit, into: numbers.names.count - 1) != nil
    }
}

extension JudgedCompany {
    /// The detour that a move leads into, and whether anything leads back from it.
    fileprivate func detour(_ move: Move) -> (name: String, leadsBack: Bool) {
        let program = world.versions[Int(move.version)].program
        let detour = program.detours[Int(move.stage)]
        return (program.names[Int(detour.name)], detour.returns != nil || detour.alwaysReturns != nil)
    }

    /// The address of a clause in a version; empty where there is none.
    func address(of clause: ClauseID, _ version: Int32) -> String {
        let clauses = agreements[Int(version)].clauses
        return clauses.indices.contains(Int(clause.index)) ? clauses[Int(clause.index)].address : ""
    }
}
