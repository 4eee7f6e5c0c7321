import Agreement
import Engine
import Foundation
import Journal
import Testing
import Vocabulary

/// A year in a company of forty reps, some part-time, some full each month, away, gone, new, one who rejects everything, with
/// days on which a fair's list comes at once: who gets what is held to shares worked out again from the log alone.
@Suite struct YearOfRoutingTests {
    private static let isLong = ProcessInfo.processInfo.environment["INTERLOCK_LONG_TESTS"] == "1"
    /// Enough for two hundred leads and more to each.
    private static let leads = isLong ? 14_000 : 2_400
    private static let seeds: [UInt64] = isLong ? [1, 2, 3] : [1]

    @Test(arguments: seeds)
    func everybodyGetsTheirShare(seed: UInt64) throws {
        let year = RoutingYear(seed: seed, leads: YearOfRoutingTests.leads)
        let outcome = try year.outcome()
        let books = RoutingBooks(outcome, year)

        #expect(books.ownerless == [], "every lead has an owner")
        #expect(books.wrongs == [], "nobody who is away, gone, not there yet or full gets one")
        #expect(books.kept.count > year.leadCount * 8 / 10, "most go through the pools")
        for rep in books.shares.values.sorted(by: { $0.name < $1.name }) {
            let gap = abs(Double(rep.received) - rep.due)
            if rep.received >= 200 {
                #expect(gap <= rep.due / 100, "\(rep)")
            } else {
                #expect(gap <= 2, "\(rep)")
            }
            guard rep.received >= 200 else { continue }
            let (mean, pool) = (rep.value / Double(rep.received), rep.valueDue / rep.due)
            #expect(abs(mean - pool) <= pool / 50, "\(rep)")
        }
        #expect(books.betterSwaps == [], "no swap of the last lead would lower what is owed in leads and in value")
        // All of that was put to the test: some were full, some bursts waited, turns were given back.
        #expect(books.full > 0 && books.released > 0 && books.givenBack > 0)
    }

    @Test func whoRejectsEverythingGetsNoMoreAndNoLess() throws {
        let year = RoutingYear(seed: 7, leads: 1_200)
        let before = try year.outcome()
        let rejecter = year.reps[3].email
        let after = try year.outcome(rejecting: year.ownedLeads(of: rejecter, in: before))
        #expect(after.routing.map(\.answer) == before.routing.map(\.answer))
        #expect(RoutingBooks(after, year).shares[rejecter].map { abs(Double($0.received) - $0.due) <= 2 } == true)
        let rejected = after.accounts.flatMap(\.handOvers).count { $0.verdict?.isAccepted == false }
        #expect(rejected > 20)
    }

    @Test func theSameSeedGivesTheSameAssignments() throws {
        let year = RoutingYear(seed: 11, leads: 800)
        let outcome = try year.outcome()
        #expect(try RoutingYear(seed: 11, leads: 800).outcome().routing == outcome.routing)
        #expect(try RoutingYear(seed: 12, leads: 800).outcome().routing != outcome.routing)
        // Owners by name, since another order of arrival numbers everything anew.
        #expect(try year.owners(shuffled: true) == year.owners(shuffled: false))
    }
}

/// What happened in the year, made from a seed.
struct RoutingYear {
    struct Rep {
        let email: String
        let team: String
        /// In tenths.
        let weight: Int
        let capacity: Int?
        let since: CivilDate?
        /// Gone from this day on.
        let until: CivilDate?
        let away: [ClosedRange<CivilDate>]
    }

    let leadCount: Int
    let reps: [Rep]
    private let leads: [Lead]

    struct Lead {
        let number: Int
        let at: Instant
        let isHome: Bool
        let grade: String
        /// Worth nothing: rejected, and for good.
        let isInvalid: Bool
    }

    static let year = (first: day(2026, 1, 1), last: day(2026, 12, 31))

    init(seed: UInt64, leads count: Int) {
        var random = SplitMix(seed: seed)
        reps = (0..<40).map { RoutingYear.rep($0, &random) }
        leads = RoutingYear.leads(count, &random)
        leadCount = count
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
        CivilDate(year: year, month: month, day: day) ?? CivilDate(daysSinceEpoch: 0)
    }

    private static func rep(_ number: Int, _ random: inout SplitMix) -> Rep {
        let start = year.first.daysSinceEpoch
        func date(_ day: Int) -> CivilDate { CivilDate(daysSinceEpoch: start + Int32(day)) }
        // The first of each team is always there: their touch counts for the team.
        let isSteady = number < 2
        var away: [ClosedRange<CivilDate>] = []
        for part in 0..<(isSteady ? 0 : Int.random(in: 0...3, using: &random)) {
            let from = 20 + part * 110 + Int.random(in: 0..<80, using: &random)
            away.append(date(from)...date(from + Int.random(in: 2...18, using: &random)))
        }
        return Rep(
            email: "rep\(number < 10 ? "0" : "")\(number)@tamar.example", team: number % 2 == 0 ? "home" : "abroad",
            weight: isSteady ? 10 : [10, 10, 10, 5, 8][Int.random(in: 0..<5, using: &random)],
            capacity: number % 9 == 5 ? 3 : number % 9 == 7 ? 12 : nil,
            since: number % 13 == 6 ? date(Int.random(in: 40..<200, using: &random)) : nil,
            until: number % 11 == 8 ? date(Int.random(in: 150..<330, using: &random)) : nil, away: away)
    }

    private static func leads(_ count: Int, _ random: inout SplitMix) -> [Lead] {
        let start = year.first.daysSinceEpoch
        // A fair now and then: sixty at once.
        let fairs = (0..<(count / 600)).map { _ in Int.random(in: 10..<350, using: &random) }
        return (0..<count).map { number in
            let isOfFair = number < fairs.count * 60
            let day = isOfFair ? fairs[number / 60] : Int.random(in: 0..<360, using: &random)
            let minute = isOfFair ? 600 : Int.random(in: 0..<1440, using: &random)
            return Lead(
                number: number,
                at: Instant(
                    milliseconds: (Int64(start) + Int64(day)) * 86_400_000 + Int64(minute) * 60_000
                        + Int64(number % 60_000)),
                isHome: Int.random(in: 0..<2, using: &random) == 0,
                grade: ["A", "B", "C"][Int.random(in: 0..<3, using: &random)],
                isInvalid: Int.random(in: 0..<25, using: &random) == 0)
        }
    }

    // MARK: The agreement

    private var agreement: String {
        func list(_ team: String) -> String {
            reps.filter { $0.team == team }.map { rep in
                var parts = ["email: \(rep.email)"]
                if rep.weight != 10 { parts.append("weight: 0.\(rep.weight)") }
                if let capacity = rep.capacity { parts.append("capacity: \(capacity) per month") }
                if let since = rep.since { parts.append("since: \(since)") }
                if let until = rep.until { parts.append("until: \(until.adding(days: -1))") }
                if !rep.away.isEmpty {
                    let away = rep.away.map { "\($0.lowerBound)..\($0.upperBound)" }.joined(separator: ", ")
                    parts.append("away: [\(away)]")
                }
                return "      - {\(parts.joined(separator: ", "))}"
            }.joined(separator: "\n")
        }
        return """
            company: Tamar Pumps
            timezone: UTC
            parties: {marketing: maria@tamar.example, sales: carlos@tamar.example, operations: olga@tamar.example}
            calendars: {office: {hours: {mon-sun: 00:00-24:00}}}
            teams:
              home:
                manager: ines@tamar.example
                calendar: office
                reps:
            \(list("home"))
              abroad:
                manager: ruth@tamar.example
                calendar: office
                reps:
            \(list("abroad"))
            fields:
              email: {type: email, owner: marketing}
              country: {type: country, owner: marketing}
              employees: {type: integer, owner: sales}
            activities: {demo: event = 'Demo Requested'}
            scoring:
              fit:
                rules: [{when: employees >= 100, points: 20}, {when: employees >= 1000, points: 20}]
                grades: {A: 40, B: 20, C: 0}
              engagement: {half_life: 30 days, rules: [{for: demo, points: 50}]}
            stages:
              lead: {side: marketing, enter: email is known}
              mql: {side: marketing, enter: demo, hand_over: sales}
              sal: {side: sales, enter: accepted}
            detours:
              nurture: {side: marketing, from: [mql, sal], enters: recycled, returns: engagement >= 900, to: lead}
              out: {side: sales, from: any, enters: disqualified}
            verdicts:
              reject_reasons: {wrong_person: nurture, wrong_size: out}
              silence: {after: 2 days, means: accepted}
            routing:
              rules:
                - {name: home, when: country = DE, to: team home}
                - {name: abroad, to: team abroad}
              last_resort: carlos@tamar.example
              value: {A: 5, B: 3, C: 1}
              burst: {over: 40 per hour of one origin, release: at capacity}
            consent: {default: allow, purposes: {sales_call: {channel: phone}}}

            """
    }

    // MARK: Facts

    private func facts(rejecting: Set<Int>) -> [Fact] {
        leads.flatMap { lead -> [Fact] in
            let employees: Int64 = ["A": 5000, "B": 500, "C": 5][lead.grade] ?? 5
            var facts = [
                fact(
                    .observed, lead, 0,
                    [
                        Property("email", .personal(.known("p\(lead.number)@a\(lead.number).example"))),
                        Property("country", .text(lead.isHome ? "DE" : "FR")),
                        Property("employees", .number(Number(mantissa: employees, scale: 0))),
                    ]),
                fact(.activity, lead, 1, [], name: "Demo Requested"),
                // By somebody of the team, so that nothing of it moves when its owner goes away.
                fact(
                    .touch, lead, 60_000,
                    [Property("channel", .text("call")), Property("direction", .text("outward"))],
                    by: reps[lead.isHome ? 0 : 1].email),
            ]
            if lead.isInvalid || rejecting.contains(lead.number) {
                let reason = lead.isInvalid ? "wrong_size" : "wrong_person"
                facts.append(
                    fact(
                        .rejected, lead, 120_000, [Property("reason", .text(reason))],
                        by: reps[lead.isHome ? 0 : 1].email))
            }
            return facts
        }
    }

    private func fact(
        _ kind: FactKind, _ lead: Lead, _ later: Int64, _ properties: [Property], name: String = "", by: String? = nil
    ) -> Fact {
        let at = lead.at + Elapsed(milliseconds: later)
        return Fact(
            key: FactKey(source: "crm", object: kind.word, id: "\(lead.number)"), kind: kind, name: name, occurred: at,
            known: at, recorded: at,
            persons: [.record("crm", "contact", "\(lead.number)")], actor: by.map { .email($0) }, properties: properties
        )
    }

    // MARK: What came of it

    private func evaluated(rejecting: Set<Int> = [], shuffled: Bool = false) throws -> Evaluated {
        var facts = facts(rejecting: rejecting)
        if shuffled {
            var random = SplitMix(seed: 99)
            facts.shuffle(using: &random)
        }
        return try Evaluated(
            facts, under: [(.earliest, Evaluated.agreement(agreement, "year of routing"))],
            until: Instant(milliseconds: Int64(RoutingYear.year.last.daysSinceEpoch + 31) * 86_400_000),
            years: 2025...2027)
    }

    func outcome(rejecting: Set<Int> = []) throws -> RoutingOutcome {
        let evaluated = try evaluated(rejecting: rejecting)
        return RoutingOutcome(evaluated, leads)
    }

    /// Of each lead, who had it, one after the other.
    func owners(shuffled: Bool) throws -> [String: [String]] {
        let evaluated = try evaluated(shuffled: shuffled)
        var owners: [String: [String]] = [:]
        for handOver in evaluated.outcome.accounts.flatMap(\.handOvers) {
            let person = evaluated.history.texts[evaluated.history.persons[Int(handOver.person)].name]
            owners[person] = handOver.owners.map { $0.owner < 0 ? "" : evaluated.history.texts[$0.owner] }
        }
        return owners
    }

    func ownedLeads(of email: String, in outcome: RoutingOutcome) -> Set<Int> {
        Set(outcome.routing.filter { outcome.name($0.answer.owner) == email }.map { outcome.lead($0).number })
    }
}

/// The engine's answer, with names.
struct RoutingOutcome {
    let routing: [Routed]
    let accounts: [AccountOutcome]
    private let evaluated: Evaluated
    private let leads: [RoutingYear.Lead]

    init(_ evaluated: Evaluated, _ leads: [RoutingYear.Lead]) {
        (routing, accounts) = (evaluated.outcome.routing, evaluated.outcome.accounts)
        (self.evaluated, self.leads) = (evaluated, leads)
    }

    func name(_ text: Int32) -> String { text < 0 ? "" : evaluated.history.texts[text] }

    func lead(_ routed: Routed) -> RoutingYear.Lead {
        let name = evaluated.history.texts[evaluated.history.persons[Int(routed.request.person)].name]
        return leads[Int(name.split(separator: "/").last ?? "") ?? 0]
    }
}

/// Shares worked out again, from the log and what is known of each rep alone.
struct RoutingBooks {
    struct Share: CustomStringConvertible {
        let name: String
        var received = 0
        var due = 0.0
        var value = 0.0
        var valueDue = 0.0

        var description: String { "\(name): received \(received), due \(due), value \(value), due \(valueDue)" }
    }

    private(set) var shares: [String: Share] = [:]
    private(set) var ownerless: [String] = []
    private(set) var wrongs: [String] = []
    /// Leads that a pool gave and that were not given back.
    private(set) var kept: [Int] = []
    private(set) var betterSwaps: [String] = []
    private(set) var (full, released, givenBack) = (0, 0, 0)

    init(_ outcome: RoutingOutcome, _ year: RoutingYear) {
        ownerless = outcome.accounts.flatMap(\.handOvers).filter { $0.ready != nil && $0.owner < 0 }.map {
            "\($0.person)"
        }
        var months: [String: Int] = [:]
        var last: [String: (receiver: String, others: [String], value: Double)] = [:]
        for routed in outcome.routing.sorted(by: { $0.request.instant < $1.request.instant }) {
            let (lead, at) = (outcome.lead(routed), routed.request.instant)
            let team = lead.isHome ? "home" : "abroad"
            let owner = outcome.name(routed.answer.owner)
            let without = Set(routed.request.without.map(outcome.name))
            let there = year.reps.filter { $0.team == team && $0.isThere(at) && !without.contains($0.email) }
            let eligible = there.filter { rep in
                rep.capacity.map { months[rep.month(at), default: 0] < $0 } ?? true
            }
            full += there.count - eligible.count
            if routed.request.isReleased { released += 1 }
            if let rep = year.reps.first(where: { $0.email == owner }) {
                if !eligible.contains(where: { $0.email == owner }) { wrongs.append("\(owner) at \(at)") }
                months[rep.month(at), default: 0] += 1
            }
            guard let step = routed.steps.last, step.answer == .to, !eligible.isEmpty else { continue }
            guard !lead.isInvalid else {
                givenBack += 1
                continue
            }
            kept.append(lead.number)
            let (weights, value): (Int, Double) = (
                eligible.reduce(0) { $0 + $1.weight }, ["A": 5.0, "B": 3, "C": 1][lead.grade] ?? 0
            )
            for rep in eligible {
                let part = Double(rep.weight) / Double(weights)
                shares[rep.email, default: Share(name: rep.email)].due += part
                shares[rep.email]?.valueDue += part * value
            }
            shares[owner, default: Share(name: owner)].received += 1
            shares[owner]?.value += value
            last[team] = (owner, eligible.map(\.email), value)
        }
        for (receiver, others, value) in last.values {
            betterSwaps += others.filter { other in
                lowers(1, receiver, other) { $0.due - Double($0.received) }
                    && lowers(value, receiver, other) { $0.valueDue - $0.value }
            }
        }
    }

    /// Whether two are owed less between them if the one gives the other so much.
    private func lowers(
        _ amount: Double, _ giver: String, _ taker: String, _ owed: (Share) -> Double
    ) -> Bool {
        guard let giver = shares[giver].map(owed), let taker = shares[taker].map(owed) else { return false }
        return abs(giver + amount) + abs(taker - amount) < abs(giver) + abs(taker) - 1e-9
    }
}

extension RoutingYear.Rep {
    func isThere(_ instant: Instant) -> Bool {
        let day = CivilDate(daysSinceEpoch: Int32(instant.milliseconds / 86_400_000))
        if let since, day < since { return false }
        if let until, day >= until { return false }
        return !away.contains { $0.contains(day) }
    }

    func month(_ instant: Instant) -> String {
        let (year, month, _) = CivilDate(daysSinceEpoch: Int32(instant.milliseconds / 86_400_000)).fields
        return "\(email) \(year)-\(month)"
    }
}
