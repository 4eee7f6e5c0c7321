import Agreement
import Engine
import Journal
import Vocabulary

// The engine in the most obvious way, written from docs/semantics.md and not from the engine: names where that has numbers,
// lists where that has columns, trees where that has operations, and every question answered by looking at all facts again.
//
//     ReferenceEngine ─ one account after the other as far as it goes, from its first fact each time; routing answers whoever
//                       has waited longest; until nobody waits
//     ReferenceAccount ─ instant by instant: versions, then facts, then what time does; who may have moved is judged
//       Conditions ──── a tree of conditions, asked of a person at an instant
//       Scores ──────── sums over lists of contributions
//       Moves ───────── stages, detours, passes
//       HandOvers ───── held, ready, owned, joined
//       Verdicts ────── accepted, rejected, disputed, silent
//       Promises ────── clocks and ladders
//       Deals, Gate

/// A fact of an account and whose it is: a number among the account's persons; the last number is the account itself.
struct ReferenceFact {
    let fact: Fact
    let person: Int
    var key: String { fact.key.text }
}

/// A version of the agreement, and from when on it is in force.
final class AgreedVersion: Sendable {
    let from: Instant
    let agreement: Agreement
    let promises: [ReferenceTerms]
    /// The conditions that move people.
    let moving: [Condition]
    /// Every happening that the agreement names.
    let happenings: [Happening]
    /// Whether somebody may be moved by what becomes of the account or its deals.
    let asksAboutAccount: Bool

    init(_ from: Instant, _ agreement: Agreement) {
        (self.from, self.agreement, promises) = (from, agreement, agreement.promises.sales.terms)
        let detours = agreement.detours.flatMap { detour in
            detour.enters.conditions + (detour.returns?.conditions ?? [])
                + (detour.alwaysReturns.map { [$0.value] } ?? [])
        }
        moving = agreement.stages.flatMap { $0.enter.conditions } + detours
        happenings = agreement.activities.map(\.what.value) + moving.flatMap { $0.happenings }
        asksAboutAccount = moving.flatMap(\.parts).contains { part in
            switch part.node {
            case .accountHasOpenDeal, .accountHasOpenHandOver, .dealIsOpen: true
            default: false
            }
        }
    }
}

/// What every account is judged by.
final class ReferenceWorld: Sendable {
    /// In order of their instants.
    let versions: [AgreedVersion]
    let staff: ReferenceStaff
    let until: Instant
    let assigning: Assigning

    init(versions: [AgreedVersion], staff: ReferenceStaff, until: Instant, assigning: Assigning) {
        (self.versions, self.staff, self.until, self.assigning) = (versions, staff, until, assigning)
    }
}

/// What an account asks of routing.
struct ReferenceRequest {
    var instant: Instant
    var account: Int
    var handOver: Int
    /// Where the evidence stands: the account's facts are all behind those of the accounts before it.
    var evidence: Int
    var why: String
    var version: Int
    var grade: String
    var without: [String]
    /// Of each rule, whether its condition holds.
    var rules: [Bool]
    var accountOwner: String
    var openOwner: String
    var team: String
}

struct ReferenceAnswer {
    var owner: String
    /// The number of the rule; −1: a last resort, or none.
    var rule: Int
}

/// All accounts of a company.
struct ReferenceEngine {
    let world: ReferenceWorld
    let accounts: [(name: String, people: [String], facts: [ReferenceFact])]

    /// Everything said, account by account, then what routing did.
    var lines: [String] {
        var answers: [[ReferenceAnswer]] = Array(repeating: [], count: accounts.count)
        var runs = accounts.indices.map { run($0, []) }
        var router = ReferenceRouter(world)
        while let next = earliest(runs) {
            let request = runs[next].request!
            answers[next].append(router.answer(request, of: accounts[next].name))
            runs[next] = run(next, answers[next])
        }
        return runs.flatMap(\.told.lines) + router.log.map { "\($0)" }
    }

    private func run(_ number: Int, _ answers: [ReferenceAnswer]) -> ReferenceAccount {
        let entry = accounts[number]
        var account = ReferenceAccount(
            world: world, number: number, name: entry.name, people: entry.people, facts: entry.facts, answers: answers)
        account.run()
        return account
    }

    private func earliest(_ runs: [ReferenceAccount]) -> Int? {
        runs.indices.filter { runs[$0].request != nil }.min { a, b in
            let (x, y) = (runs[a].request!, runs[b].request!)
            if x.instant != y.instant { return x.instant < y.instant }
            // What time alone did comes before what a fact did.
            if (x.evidence < 0) != (y.evidence < 0) { return x.evidence < 0 }
            return a < b
        }
    }
}
