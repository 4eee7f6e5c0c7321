internal import Agreement
package import Engine
package import Journal
package import Vocabulary

/// Who would have got which lead by the rules of routing, beside who got it in truth: over the whole past, with nothing done.
///
/// Beside another assignment this is shadow mode: the same facts, routed as the agreement says, and nobody told.
package struct RoutingReplay {
    /// One hand-over, or one that looked for another owner.
    package struct Entry {
        package let instant: Instant
        package let person: String
        package let why: OwnerRequest.Why
        package let grade: String?
        /// In order, each with what it said.
        package let rules: [ExplainedHandOver.Rule]
        package let owner: String
        /// To whom a system gave the same hand-over; `nil`: to nobody, as far as any system says.
        package let recorded: String?

        package var isSame: Bool { recorded == owner }
    }

    /// What one rep of a team's pool was due and got.
    package struct Part {
        package let team: String
        package let rep: String
        /// In millionths.
        package let weight: Int64
        /// In millionths of a lead.
        package let due: Int64
        package let byRules: Int
        package let recorded: Int
        /// The mean worth of a lead by `routing.value`, in millionths; `nil` where none came.
        package let meanValue: Int64?

        /// How many leads more than due so many are, in millionths; below nothing: fewer.
        package func ahead(by leads: Int) -> Int64 { Int64(leads) * 1_000_000 - due }
    }

    /// The latest, in order.
    package let entries: [Entry]
    /// How many there are in all.
    package let count: Int
    /// How many hand-overs went to the same person in truth, of those that a system gave to somebody.
    package let same: (count: Int, of: Int)
    /// By team, each rep in the order of the roster.
    package let parts: [Part]
    package let zone: Zone
    package let standing: String

    /// `last`: of how many the rules are told; the parts are of all.
    package init(_ evaluation: Evaluation, last: Int, citing store: any JournalStore) throws {
        let routed = evaluate(evaluation.routed, targets: evaluation.targets, by: wholeCrew)
        let recorded = RecordedOwners(evaluate(evaluation.world, targets: evaluation.targets, by: wholeCrew))
        let words = WordsOfRun(evaluation, replayed: routed)
        let citations = Citations(evaluation: evaluation, store: store)
        entries = routed.routing.suffix(last).map { routed in
            Entry(
                instant: routed.request.instant, person: words.name(of: routed.request), why: routed.request.why,
                grade: words.grade(routed.request.grade, routed.request.version),
                rules: ExplainedHandOver.rules(routed, words, citations), owner: words.text(routed.answer.owner),
                recorded: recorded.owner(of: routed.request).map { words.text($0) })
        }
        count = routed.routing.count
        let given = routed.routing.filter { $0.request.why == .handedOver }
            .compactMap { routed in recorded.owner(of: routed.request).map { (routed.answer.owner, $0) } }
        same = (given.count { $0 == $1 }, given.count)
        parts = RoutingReplay.parts(routed, recorded, words)
        let last = evaluation.agreements.versions[Int(evaluation.version(at: evaluation.world.until))]
        (zone, standing) = (last.agreement.zone, evaluation.agreements.standing)
    }

    private static func parts(_ routed: Outcome, _ recorded: RecordedOwners, _ words: WordsOfRun) -> [Part] {
        let staff = words.evaluation.world.staff
        let parts = zip(routed.fairness, staff.reps).map { fairness, rep in
            (
                fairness.team,
                Part(
                    team: words.text(staff.teams[fairness.team].name), rep: words.text(fairness.rep),
                    weight: rep.weight,
                    due: fairness.due, byRules: fairness.received, recorded: recorded.count(of: fairness.rep),
                    meanValue: fairness.received > 0 ? fairness.receivedValue / Int64(fairness.received) : nil)
            )
        }
        return staff.teams.indices.flatMap { team in parts.filter { $0.0 == team }.map(\.1) }
    }
}

/// To whom systems gave hand-overs.
private struct RecordedOwners {
    private struct Key: Hashable {
        let person: Int32
        let ready: Instant
    }

    private var owners: [Key: Int32] = [:]
    private var counts: [Int32: Int] = [:]

    init(_ outcome: Outcome) {
        for handOver in outcome.accounts.lazy.flatMap(\.handOvers) {
            guard let ready = handOver.ready,
                let first = handOver.owners.first(where: { $0.why == .recorded && $0.owner >= 0 })
            else { continue }
            owners[Key(person: handOver.person, ready: ready)] = first.owner
            counts[first.owner, default: 0] += 1
        }
    }

    func owner(of request: OwnerRequest) -> Int32? { owners[Key(person: request.person, ready: request.instant)] }

    /// How many a rep got first.
    func count(of rep: Int32) -> Int { counts[rep] ?? 0 }
}

extension WordsOfRun {
    fileprivate func name(of request: OwnerRequest) -> String {
        request.person >= 0
            ? history.texts[history.persons[Int(request.person)].name]
            : history.texts[history.accounts[Int(request.account)].name]
    }
}

extension OwnerRequest.Why {
    /// Why an owner was wanted.
    package var inWords: String {
        switch self {
        case .handedOver: "handed over"
        case .rejected: "rejected, and to be given to somebody else"
        case .toAccountOwner: "to go to the account's owner"
        case .ownerAway: "its owner is away"
        case .ownerLeft: "its owner has left"
        case .escalated: "a step of the ladder"
        case .invalid: "upheld as invalid"
        case .turn: "a turn"
        }
    }
}

extension RoutingReplay.Part {
    /// What several reps of a team were due and got together.
    package init(of parts: [RoutingReplay.Part]) {
        let came = parts.filter { $0.meanValue != nil }
        let leads = came.reduce(Int64(0)) { $0 + Int64($1.byRules) }
        team = parts.first?.team ?? ""
        rep = ""
        weight = parts.reduce(0) { $0 + $1.weight }
        due = parts.reduce(0) { $0 + $1.due }
        (byRules, recorded) = (parts.reduce(0) { $0 + $1.byRules }, parts.reduce(0) { $0 + $1.recorded })
        meanValue =
            leads == 0 ? nil : came.reduce(Int64(0)) { $0 + ($1.meanValue ?? 0) * Int64($1.byRules) } / leads
    }
}
