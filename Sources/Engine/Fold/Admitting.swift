internal import Journal
internal import Vocabulary

// A new version would let many in at once. Where the agreement says so many a day, they take turns, those whose latest
// evidence is oldest first: at the change, then at each midnight of the company. Whoever does something in the meantime need
// not wait.

/// The turns of those who would newly enter under a version.
struct Turns {
    private let change: Instant
    private let perDay: Int32
    private let zone: Zone
    private var given: Int32 = 0

    init(_ bound: BoundProgram, perDay: Int32) {
        (change, zone, self.perDay) = (bound.from, bound.zone, max(1, perDay))
    }

    mutating func next() -> Instant {
        let day = given / perDay
        given += 1
        return day == 0 ? change : zone.startOfDay(zone.civil(at: change).date.adding(days: Int(day)))
    }
}

extension AccountFold {
    /// Whoever would enter a further stage now, by their latest evidence.
    mutating func wantTurns() {
        let entrants = persons.indices.dropLast().filter { wouldEnter($0) }
        let ordered = entrants.map { (person: $0, evidence: latestEvidence($0)) }
            .sorted { ($0.evidence, $0.person) < ($1.evidence, $1.person) }
        for entrant in ordered {
            ask(
                OwnerRequest(
                    instant: present, account: outcome.account, handOver: -1, person: global(entrant.person),
                    fact: entrant.evidence, stage: -1, grade: -1, version: version, why: .turn, without: [],
                    rules: [], accountOwner: -1, openOwner: -1, team: -1,
                    evidence: entrant.evidence < 0 ? .earliest : history.at(Int(entrant.evidence))))
        }
    }

    private func wouldEnter(_ person: Int) -> Bool {
        let state = persons[person]
        guard state.detour < 0, !state.isIgnored, !state.isErased else { return false }
        return (Int(state.stage + 1)..<program.stages.count).contains { holds(entry(into: $0, of: person), person) }
    }

    /// The place of the last fact that is an occurrence of something; −1: none is.
    private func latestEvidence(_ person: Int) -> Int32 {
        (0..<program.happeningCount).map { happening in
            let last = lastOccurrence[person * program.happeningCount + happening]
            return last < 0 ? noFact : occurrences[Int(last)].place
        }.max() ?? noFact
    }

    mutating func takeTurn(_ person: Int, at instant: Instant) {
        if instant <= present { return enterInTurn(person) }
        timers.set(Timer(instant: instant, kind: .turn, subject: Int32(person), detail: version))
    }

    mutating func enterInTurn(_ person: Int) {
        guard endsAwaiting(person) else { return }
        judge(person)
    }
}
