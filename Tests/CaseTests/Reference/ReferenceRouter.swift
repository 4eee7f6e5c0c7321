import Agreement
import Engine
import Journal
import Vocabulary

/// Somebody as the agreement names them.
private typealias AgreedRep = Rep

/// Who works where, when and how much: as the agreement says, and later dated facts.
struct ReferenceStaff {
    struct Rep {
        var team: String
        var weight = Int64(1_000_000)
        var capacity: Int64?
        var since: Instant?
        var left: Instant?
        var away: [Range<Instant>] = []
        var ramp: [Int64] = []
    }

    var reps: [String: Rep] = [:]
    var teams: [(name: String, manager: String, calendar: WorkingTime)] = []
    var departed: [String: Instant] = [:]
    let zone: Zone
    let always: WorkingTime

    init(_ agreement: Agreement, _ company: [Fact], years: ClosedRange<Int>) throws {
        zone = agreement.zone
        let wholeDay = try DayHours([.wholeDay])
        let hours = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, wholeDay) })
        always = WorkingTime(BusinessCalendar(zone: zone, hours: hours), years: years)
        for team in agreement.teams {
            let named = team.calendar.flatMap { agreement.calendar(named: $0.value) }
            teams.append(
                (
                    team.name, team.manager?.value.text ?? "",
                    named.map { WorkingTime($0.calendar, years: years) } ?? always
                ))
            for rep in team.reps { reps[rep.email.value.text] = ReferenceStaff.rep(rep, team.name, zone) }
        }
        for fact in company { note(fact) }
    }

    private static func rep(_ rep: AgreedRep, _ team: String, _ zone: Zone) -> Rep {
        var made = Rep(team: team)
        made.weight = (try? Points(rep.weight.value))?.micropoints ?? 1_000_000
        // The agreements of these tests count by month.
        made.capacity = rep.capacity.map { Int64($0.value.count) * 1_000_000 }
        made.since = rep.since.map { zone.startOfDay($0.value) }
        made.left = rep.until.map { zone.startOfDay($0.value.adding(days: 1)) }
        made.away = rep.away.value.map { zone.startOfDay($0.first)..<zone.startOfDay($0.last.adding(days: 1)) }
        made.ramp = rep.ramp?.value.shares.map(\.millionths) ?? []
        return made
    }

    private mutating func note(_ fact: Fact) {
        guard case .text(let rep)? = fact["rep"] else { return }
        var from: CivilDate?
        if case .date(let date)? = fact["from"] { from = date }
        switch fact.name {
        case "absence":
            guard let from, case .date(let last)? = fact["until"], from <= last else { return }
            reps[rep]?.away.append(zone.startOfDay(from)..<zone.startOfDay(last.adding(days: 1)))
        case "departure":
            guard let from else { return }
            departed[rep] = zone.startOfDay(from)
            let left = zone.startOfDay(from)
            let earlier = reps[rep]?.left ?? left
            reps[rep]?.left = min(earlier, left)
        case "roster":
            if case .date(let since)? = fact["since"] { reps[rep]?.since = zone.startOfDay(since) }
        default: break
        }
    }

    /// Of whoever owes the work: a rep's team's, a manager's team's, else that of the team it is for, else the only one there
    /// is, else round the clock.
    func calendar(of owner: String, orTeam team: String = "") -> WorkingTime {
        if let rep = reps[owner] { return calendar(ofTeam: rep.team) ?? always }
        if let managed = teams.first(where: { $0.manager == owner && !owner.isEmpty }) { return managed.calendar }
        return calendar(ofTeam: team) ?? (teams.count == 1 ? teams[0].calendar : always)
    }

    private func calendar(ofTeam name: String) -> WorkingTime? { teams.first { $0.name == name }?.calendar }

    /// Of those who are of no team: marketing and operations.
    var officeOfOfficers: WorkingTime { teams.first?.calendar ?? always }

    func areOfOneTeam(_ a: String, _ b: String) -> Bool {
        guard let first = reps[a], let second = reps[b] else { return false }
        return first.team == second.team
    }

    func isThere(_ name: String, at instant: Instant) -> Bool {
        guard !name.isEmpty else { return false }
        if let left = reps[name]?.left ?? departed[name], left <= instant { return false }
        guard let rep = reps[name] else { return true }
        return rep.since.map { $0 <= instant } ?? true && !rep.away.contains { $0.contains(instant) }
    }
}

/// A share of leads, exactly.
struct Fraction: Comparable {
    var top: Int128
    var bottom: Int128

    var size: Fraction { Fraction(Int128(top.magnitude), bottom) }

    static func + (a: Fraction, b: Fraction) -> Fraction {
        Fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
    }
    static func * (a: Fraction, b: Int64) -> Fraction { Fraction(a.top * Int128(b), a.bottom) }
    static func < (a: Fraction, b: Fraction) -> Bool { a.top * b.bottom < b.top * a.bottom }

    init(_ top: Int128, _ bottom: Int128 = 1) {
        var (a, b) = (top.magnitude, bottom.magnitude)
        while b != 0 { (a, b) = (b, a % b) }
        let common = Int128(max(a, 1))
        (self.top, self.bottom) = (top / common, bottom / common)
    }
}

/// Rules in order; in a pool, whoever is owed most.
struct ReferenceRouter {
    let world: ReferenceWorld
    var log: [ToldRouting] = []
    /// What was due to whom and who received it, lead by lead.
    private var turns: [(key: String, team: String, shares: [String: Fraction], receiver: String, value: Int64)] = []
    private var received: [(rep: String, instant: Instant)] = []
    private var steps: [String] = []

    init(_ world: ReferenceWorld) { self.world = world }

    mutating func answer(_ request: ReferenceRequest, of account: String) -> ReferenceAnswer {
        if request.why == "invalid" {
            if let last = turns.lastIndex(where: { $0.key == key(request) }) { turns.remove(at: last) }
            return ReferenceAnswer(owner: "", rule: -1)
        }
        steps = []
        let answer = find(request)
        if world.staff.reps[answer.owner] != nil { received.append((answer.owner, request.instant)) }
        log.append(
            ToldRouting(
                instant: request.instant, account: account, handOver: request.handOver, why: request.why,
                owner: answer.owner, steps: steps))
        return answer
    }

    private func key(_ request: ReferenceRequest) -> String { "\(request.account) \(request.handOver)" }
    private func agreed(_ request: ReferenceRequest) -> AgreedVersion { world.versions[request.version] }

    private mutating func find(_ request: ReferenceRequest) -> ReferenceAnswer {
        func answer(_ owner: String) -> ReferenceAnswer { ReferenceAnswer(owner: owner, rule: -1) }
        if request.why == "ownerLeft" {
            let manager = manager(ofTeam: request.without.last.flatMap { world.staff.reps[$0]?.team } ?? "")
            if mayTake(manager, request) { return answer(manager) }
        }
        if request.why == "toAccountOwner", mayTake(request.accountOwner, request) {
            return answer(request.accountOwner)
        }
        if request.team.isEmpty { return byRules(request) }
        if let owner = turn(request.team, request, inHours: false) { return answer(owner) }
        let manager = manager(ofTeam: request.team)
        return mayTake(manager, request) ? answer(manager) : lastResort(request)
    }

    private func manager(ofTeam team: String) -> String { world.staff.teams.first { $0.name == team }?.manager ?? "" }

    private mutating func byRules(_ request: ReferenceRequest) -> ReferenceAnswer {
        var managers: [(rule: Int, owner: String)] = []
        for (number, rule) in agreed(request).agreement.routing.rules.enumerated() {
            guard request.rules[number] else {
                steps.append("\(number) doesNotHold ")
                continue
            }
            if let owner = take(rule.to.value, request, inHours: rule.isInHoursOnly.value) {
                steps.append("\(number) to \(owner)")
                return ReferenceAnswer(owner: owner, rule: number)
            }
            if let owner = rule.fallback.flatMap({ take($0.value, request, inHours: false) }) {
                steps.append("\(number) fallback \(owner)")
                return ReferenceAnswer(owner: owner, rule: number)
            }
            steps.append("\(number) nobody ")
            if case .team(let team) = rule.to.value { managers.append((number, manager(ofTeam: team))) }
        }
        if let first = managers.first, mayTake(first.owner, request) {
            steps.append("\(first.rule) manager \(first.owner)")
            return ReferenceAnswer(owner: first.owner, rule: first.rule)
        }
        return lastResort(request)
    }

    private mutating func lastResort(_ request: ReferenceRequest) -> ReferenceAnswer {
        let owner = agreed(request).agreement.routing.lastResort?.value.text ?? ""
        guard mayTake(owner, request) else { return ReferenceAnswer(owner: "", rule: -1) }
        steps.append("-1 lastResort \(owner)")
        return ReferenceAnswer(owner: owner, rule: -1)
    }

    private func mayTake(_ owner: String, _ request: ReferenceRequest) -> Bool {
        !request.without.contains(owner) && world.staff.isThere(owner, at: request.instant)
    }

    private func isAtWork(_ owner: String, _ request: ReferenceRequest, _ inHours: Bool) -> Bool {
        !inHours || world.staff.calendar(of: owner).isOpen(at: request.instant)
    }

    private mutating func take(_ destination: Destination, _ request: ReferenceRequest, inHours: Bool) -> String? {
        func one(_ owner: String) -> String? {
            mayTake(owner, request) && isAtWork(owner, request, inHours) ? owner : nil
        }
        switch destination {
        case .person(let address): return one(address.text)
        case .accountOwner: return one(request.accountOwner)
        case .itsOwner: return one(request.openOwner)
        case .team(let team): return turn(team, request, inHours: inHours)
        }
    }

    /// Whoever is owed most, of those who are there, under capacity and, where asked for, at work.
    private mutating func turn(_ team: String, _ request: ReferenceRequest, inHours: Bool) -> String? {
        let eligible = world.staff.reps.keys.filter { rep in
            world.staff.reps[rep]?.team == team && mayTake(rep, request) && isUnderCapacity(rep, request.instant)
                && isAtWork(rep, request, inHours)
        }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let weights = eligible.map { Int128(world.staff.reps[$0]?.weight ?? 0) }
        let all = weights.reduce(0, +)
        guard all > 0 else { return nil }
        let shares = Dictionary(uniqueKeysWithValues: zip(eligible, weights.map { Fraction($0, all) }))
        let value = value(request)
        turns.append((key(request), team, shares, "", value))
        let owed = eligible.map { debt($0) { _ in 1_000_000 } }
        guard let most = owed.max() else { return nil }
        let candidates = eligible.indices.filter { owed[$0] + Fraction(1_000_000) >= most }
        let receiver = chosen(
            candidates.map { Debt(rep: eligible[$0], leads: owed[$0], value: debt(eligible[$0]) { $0 }) }, team, value)
        turns[turns.count - 1].receiver = receiver
        return receiver
    }

    /// What somebody is owed, in millionths of a lead and of value.
    private struct Debt {
        let rep: String
        let leads: Fraction
        let value: Fraction

        /// How much less is owed after a lead than before, whichever way.
        func gain(_ amount: Int64, _ owed: Fraction) -> Fraction {
            owed.size + (owed + Fraction(-Int128(amount))).size * -1
        }
    }

    /// Nobody in whose place another would lower both debts; of the rest, by the lead's value beside the pool's mean.
    private func chosen(_ debts: [Debt], _ team: String, _ value: Int64) -> String {
        let unbeaten = debts.filter { one in
            !debts.contains { other in
                other.gain(1_000_000, other.leads) > one.gain(1_000_000, one.leads)
                    && other.gain(value, other.value) > one.gain(value, one.value)
            }
        }
        let pool = turns.filter { $0.team == team }
        let mean = Fraction(pool.reduce(0) { $0 + Int128($1.value) }, Int128(pool.count))
        // In the order of addresses: the first of several that are alike stays.
        var best: (debt: Debt, excess: Fraction)?
        for debt in unbeaten {
            let beyond =
                debt.value + Fraction(mean.top * debt.leads.top, mean.bottom * debt.leads.bottom * 1_000_000) * -1
            let excess =
                Fraction(Int128(value)) > mean ? beyond : Fraction(Int128(value)) < mean ? beyond * -1 : Fraction(0)
            guard let known = best else {
                best = (debt, excess)
                continue
            }
            if excess > known.excess || excess == known.excess && debt.leads > known.debt.leads {
                best = (debt, excess)
            }
        }
        return best?.debt.rep ?? ""
    }

    /// What is due to somebody less what they received, counted by what a lead is worth.
    private func debt(_ rep: String, _ worth: (Int64) -> Int64) -> Fraction {
        turns.reduce(Fraction(0)) { sum, turn in
            let due = (turn.shares[rep] ?? Fraction(0)) * worth(turn.value)
            return sum + due + Fraction(turn.receiver == rep ? -Int128(worth(turn.value)) : 0)
        }
    }

    /// What a lead of a grade counts for, in millionths.
    private func value(_ request: ReferenceRequest) -> Int64 {
        let value = agreed(request).agreement.routing.value.first { $0.grade == request.grade }?.value.value
        return value.flatMap { try? Points($0) }?.micropoints ?? 1_000_000
    }

    private func isUnderCapacity(_ rep: String, _ instant: Instant) -> Bool {
        guard let entry = world.staff.reps[rep], let capacity = entry.capacity else { return true }
        let month = month(instant)
        let count = received.filter { $0.rep == rep && self.month($0.instant) == month }.count
        var part = Int64(1_000_000)
        if let since = entry.since, entry.ramp.indices.contains(month - self.month(since)) {
            part = entry.ramp[month - self.month(since)]
        }
        return Fraction(Int128(count)) < Fraction(Int128(capacity) * Int128(part), 1_000_000_000_000)
    }

    private func month(_ instant: Instant) -> Int {
        let date = world.staff.zone.civil(at: instant).date.fields
        return date.year * 12 + date.month
    }
}
