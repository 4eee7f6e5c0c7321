import Engine
import Foundation
import Journal
import Testing
import Vocabulary

/// What holds of every company, whatever happened there.
@Suite struct LawTests {
    private static let seeds = Array(UInt64(0)..<60)

    @Test(arguments: seeds)
    func inWhicheverOrderFactsArriveTheOutcomeIsTheSame(seed: UInt64) throws {
        let company = try RandomCompany(seed: seed)
        let outcome = try company.evaluated().outcome
        var random = SplitMix(seed: seed)
        for _ in 0..<3 { #expect(try company.evaluated(company.facts.shuffled(using: &random)).outcome == outcome) }
    }

    /// What happened later changes nothing of what was so until then. Disputes and later assignments are looked ahead for, and
    /// that only until the instant that is asked about.
    @Test(arguments: seeds)
    func whatIsStillToComeChangesNothing(seed: UInt64) throws {
        let company = try RandomCompany(seed: seed)
        let middle = Instant(milliseconds: 1_772_323_200_000 + RandomTimeline.length * 30_000)
        let early = company.facts.filter { $0.facts.allSatisfy { $0.occurred <= middle || $0.kind == .company } }
        let (all, some) = (try company.evaluated(until: middle), try company.evaluated(early, until: middle))
        // Who is who, and where, may be told later and then holds for what was before.
        guard all.people == some.people, all.homes == some.homes else { return }
        #expect(all.told == some.told)
    }

    /// What was said by then stays said, where nobody disputes and no system assigns.
    @Test(arguments: seeds)
    func whatWasSaidStaysSaid(seed: UInt64) throws {
        let company = try RandomCompany(seed: seed)
        let middle = Instant(milliseconds: 1_772_323_200_000 + RandomTimeline.length * 30_000)
        let plain = company.facts.filter { $0["owned by"] == nil && $0["verdict"] != "disputed" }
        let (then, later) = (try company.evaluated(plain, until: middle), try company.evaluated(plain))
        for (a, b) in zip(then.outcome.accounts, later.outcome.accounts) {
            #expect(a.moves == b.moves.filter { $0.instant <= middle })
            #expect(a.conflicts == b.conflicts.filter { $0.instant <= middle })
            #expect(a.breaches == b.breaches.filter { $0.instant <= middle })
            #expect(a.handOvers.count == b.handOvers.count { $0.entered <= middle })
        }
        #expect(then.outcome.routing == later.outcome.routing.filter { $0.request.instant <= middle })
    }

    /// Until the next instant at which something may change with no new fact nothing does.
    @Test(arguments: seeds)
    func nothingChangesBeforeTheNextChange(seed: UInt64) throws {
        let company = try RandomCompany(seed: seed)
        let facts = company.facts.filter { $0.facts.allSatisfy { $0.kind != .owned } }
        let outcome = try company.evaluated(facts).outcome
        guard let next = outcome.accounts.compactMap(\.next).min() else { return }
        let later = try company.evaluated(facts, until: next - Elapsed(milliseconds: 1)).outcome
        #expect(outcome.accounts.map(\.moves) == later.accounts.map(\.moves))
        #expect(outcome.accounts.map(\.clocks) == later.accounts.map(\.clocks))
        #expect(outcome.accounts.map(\.handOvers) == later.accounts.map(\.handOvers))
    }

    @Test(arguments: seeds)
    func everyScoreIsTheSumOfItsContributions(seed: UInt64) throws {
        let evaluated = try RandomCompany(seed: seed).evaluated()
        for standing in evaluated.outcome.accounts.flatMap(\.standings) {
            let person = PersonAt(standing.person, at: evaluated.world.until, in: evaluated.world)
            let parts = person.scoreParts.reduce(Int64(0)) { $0 + $1.left.micropoints }
            #expect(person.engagement.micropoints == parts)
            let fit = person.fitParts.filter(\.holds).reduce(Int64(0)) { $0 + $1.points.micropoints }
            #expect(person.fit.micropoints == fit)
        }
    }

    /// Where owners are those that were recorded, accounts know nothing of one another.
    @Test(arguments: seeds)
    func otherAccountsChangeNothing(seed: UInt64) throws {
        let company = try RandomCompany(seed: seed)
        let all = try company.evaluated(assigning: .recorded)
        let alone = Dictionary(grouping: all.facts) { all.homes[$0.fact.key.text] ?? "" }
        for (account, facts) in alone where !account.isEmpty {
            let others = all.facts.filter { $0.fact.kind == .company }
            let part = try Evaluated(
                (facts + others).map(\.fact), under: company.versions, until: company.until, assigning: .recorded,
                years: 2026...2026)
            guard part.homes.values.allSatisfy({ $0 == account }) else { continue }
            let mine = all.told.filter { $0.hasPrefix("\(account): ") }
            #expect(part.told == mine)
        }
    }

    /// More than one piece of work, by one, two and four threads.
    @Test func howManyThreadsFoldMakesNoDifference() throws {
        let company = try RandomCompany(seed: 7)
        var facts: [Fact] = []
        var number = 0
        while facts.count < 45_000 {
            number += 1
            facts += company.facts.flatMap(\.facts).filter { $0.kind != .company }.map { $0.of("\(number)") }
        }
        let evaluated = try Evaluated(
            facts, under: company.versions, until: company.until, assigning: .routed, years: 2026...2026)
        for threads in [2, 4] {
            let outcome = evaluate(evaluated.world) { pieces, work in
                DispatchQueue.concurrentPerform(iterations: threads) { thread in
                    for piece in stride(from: thread, to: pieces, by: threads) { work(piece) }
                }
            }
            #expect(outcome == evaluated.outcome)
        }
    }
}

extension Evaluated {
    fileprivate var told: [String] {
        let keys = Dictionary(uniqueKeysWithValues: facts.map { ($0.sequence, $0.fact.key.text) })
        return ToldByEngine(history: history, agreements: agreements, versions: versions, keys: keys).lines(outcome)
    }

    fileprivate var people: [String] { history.persons.map { history.texts[$0.name] } }

    /// The account of each fact, by its key.
    fileprivate var homes: [String: String] {
        let keys = Dictionary(uniqueKeysWithValues: facts.map { ($0.sequence, $0.fact.key.text) })
        var homes: [String: String] = [:]
        for account in history.accounts {
            for place in account.facts {
                if let key = keys[Int64(history.sequence[Int(place)])] { homes[key] = history.texts[account.name] }
            }
        }
        return homes
    }
}

extension Fact {
    /// The same of somebody else of another company.
    fileprivate func of(_ name: String) -> Fact {
        var other = self
        other.key.id += "-" + name
        for index in other.persons.indices { other.persons[index].value = name + other.persons[index].value }
        for index in other.accounts.indices { other.accounts[index].value += "-" + name }
        return other
    }
}
