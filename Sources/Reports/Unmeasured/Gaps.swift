internal import Agreement
internal import Engine
internal import Journal
internal import Vocabulary

/// Something that facts ought to say of somebody, and whether they do.
struct Gap: Hashable, Sendable {
    /// What is missing: the key of a row.
    let row: String
    var account: Int32 = -1
    var person: Int32 = -1
    /// A text, the deal's record; −1: none.
    var deal: Int32 = -1
    /// A text; −1: none.
    var owner: Int32 = -1
    let instant: Instant
    let isMissing: Bool
    var fact: Int32 = noFact
}

/// What is looked for in the facts, by the keys of the rows.
enum GapKind: String, CaseIterable, Sendable {
    case source, assigned, verdicts, unlogged, actors, reasons, marks, held, late, stages, nobody, amounts, dates

    var title: String {
        switch self {
        case .source: "people without a source"
        case .assigned: "assignments of whom the agreement had not handed over"
        case .verdicts: "verdicts about nobody who was handed over"
        case .unlogged: "accepted, and no touch was ever logged"
        case .actors: "touches of ours by nobody known"
        case .reasons: "rejections without a reason"
        case .marks: "acceptances without a mark"
        case .held: "leads held for a field or consent"
        case .late: "hand-overs learned of too late to act on"
        case .stages: "stages claimed by systems that the agreement did not give"
        case .nobody: "deals with nobody on them"
        case .amounts: "deals without an amount"
        case .dates: "open deals without a close date"
        }
    }

    /// What cannot be said because of it.
    var says: String {
        switch self {
        case .source: "what brought them, and what it cost"
        case .assigned: "why they were given to sales: no promise runs for them"
        case .verdicts: "which lead they are about"
        case .unlogged: "whether the promise to respond was kept"
        case .actors: "who kept a promise"
        case .reasons: "what was wrong with the lead"
        case .marks: "how good the lead was"
        case .held: "when they will be handed over"
        case .late: "how soon they were answered"
        case .stages: "where they stand"
        case .nobody: "who led to the deal"
        case .amounts: "what they are worth"
        case .dates: "for which period they count"
        }
    }
}

extension Inquiry {
    /// Everything that was looked at, missing or not, in the window.
    func gaps() -> [Gap] {
        let all = gapsOfPeople() + gapsOfAssignments() + gapsOfHandOvers() + gapsOfTouches() + gapsOfDeals()
        return all.filter { gap in
            isInWindow(gap.instant) && isChosen(Subject(at: gap.instant, person: gap.person, owner: gap.owner))
        }
    }

    private func gapsOfPeople() -> [Gap] {
        let sources = FirstValues(Inquiry.origin, world.history)
        return StageEntries(company).entries(into: 0).filter { $0.unit.pass <= 1 }.map { entry in
            Gap(
                row: GapKind.source.rawValue, account: entry.unit.account, person: entry.unit.person,
                instant: entry.instant, isMissing: sources[entry.unit.person] == nil, fact: entry.fact)
        }
    }

    /// What a system assigned to a rep, and whether the person had been handed over by then.
    private func gapsOfAssignments() -> [Gap] {
        let history = world.history
        let ready = firstReady()
        return (0..<history.count).compactMap { fact -> Gap? in
            let act = history.acts[Int(history.act[fact])]
            let person = history.person[fact]
            guard act.kind == .owned, person >= 0, world.staff.rep(act.actor) != nil,
                history.at(fact) <= world.until
            else { return nil }
            return Gap(
                row: GapKind.assigned.rawValue, account: history.persons[Int(person)].account, person: person,
                owner: act.actor, instant: history.at(fact),
                isMissing: ready[person].map { $0 > history.at(fact) } ?? true, fact: Int32(fact))
        }
    }

    private func firstReady() -> [Int32: Instant] {
        var first: [Int32: Instant] = [:]
        for handOver in outcome.accounts.flatMap(\.handOvers) {
            guard let ready = handOver.ready else { continue }
            first[handOver.person] = min(first[handOver.person] ?? ready, ready)
        }
        return first
    }

    private func gapsOfHandOvers() -> [Gap] {
        let words = ResponseWords(world.history.texts)
        return outcome.accounts.flatMap { account -> [Gap] in
            guard !account.handOvers.isEmpty || !account.conflicts.isEmpty else { return [] }
            let touches = OutwardTouches(of: account.account, words, world)
            return account.handOvers.flatMap { gaps(of: $0, account.account, touches) }
                + account.conflicts.compactMap { gap(of: $0, account.account) }
        }
    }

    private func gaps(of handOver: HandOver, _ account: Int32, _ touches: OutwardTouches) -> [Gap] {
        func gap(_ kind: GapKind, _ isMissing: Bool, at instant: Instant, _ fact: Int32) -> Gap {
            Gap(
                row: kind.rawValue, account: account, person: handOver.person, owner: handOver.owner, instant: instant,
                isMissing: isMissing, fact: fact)
        }
        guard !handOver.isBeforeStart else { return [] }
        let isHeld = handOver.ready == nil && handOver.end == .open
        let held = gap(.held, isHeld, at: handOver.entered, handOver.fact)
        guard let ready = handOver.ready else { return [held] }
        var gaps = [held, gap(.late, handOver.isLate, at: ready, handOver.readyFact)]
        guard let verdict = handOver.verdict, verdict.manner != .silence else { return gaps }
        if verdict.isAccepted {
            let isLogged = touches.first(of: handOver.person, from: ready, before: .latest) != nil
            gaps.append(gap(.unlogged, !isLogged, at: verdict.instant, verdict.fact))
            if agreement.verdicts.acceptMark != nil, verdict.manner == .spoken {
                gaps.append(gap(.marks, verdict.mark == nil, at: verdict.instant, verdict.fact))
            }
            gaps.append(gap(.verdicts, false, at: verdict.instant, verdict.fact))
        } else {
            gaps.append(gap(.reasons, verdict.reason < 0, at: verdict.instant, verdict.fact))
            gaps.append(gap(.verdicts, false, at: verdict.instant, verdict.fact))
        }
        return gaps
    }

    private func gap(of conflict: Conflict, _ account: Int32) -> Gap? {
        let kind: GapKind
        switch conflict.what {
        case .verdictWithoutHandOver: kind = .verdicts
        case .claimedStage: kind = .stages
        case .unknownReason, .disputeOutOfTime, .notTakenUp: return nil
        }
        return Gap(
            row: kind.rawValue, account: account, person: conflict.person, instant: conflict.instant, isMissing: true,
            fact: conflict.fact)
    }

    private func gapsOfTouches() -> [Gap] {
        let history = world.history
        let words = ResponseWords(history.texts)
        return (0..<history.count).compactMap { fact -> Gap? in
            let act = history.acts[Int(history.act[fact])]
            guard act.kind == .touch, words.isOurs(act, history), history.at(fact) <= world.until else { return nil }
            let person = history.person[fact]
            return Gap(
                row: GapKind.actors.rawValue, account: person < 0 ? -1 : history.persons[Int(person)].account,
                person: person, owner: act.actor, instant: history.at(fact), isMissing: act.actor < 0,
                fact: Int32(fact))
        }
    }

    private func gapsOfDeals() -> [Gap] {
        deals { $0.changes.first?.instant }.flatMap { record -> [Gap] in
            func gap(_ kind: GapKind, _ isMissing: Bool) -> Gap {
                Gap(
                    row: kind.rawValue, account: record.account, deal: record.deal.record, owner: record.subject.owner,
                    instant: record.opened, isMissing: isMissing, fact: record.fact)
            }
            let last = record.deal.changes.last
            return [
                gap(.nobody, record.deal.persons.isEmpty), gap(.amounts, record.amount == nil),
            ] + (record.isOpen ? [gap(.dates, last?.closeDate == nil)] : [])
        }
    }
}
