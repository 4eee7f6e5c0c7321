internal import Vocabulary

// Who gets a hand-over: the rules in order, in a pool whoever is owed most, then fallbacks (semantics, section 8).
//
//     owed to i = Σ over leads of the pool for which i was eligible of wᵢ / Σw − leads received
//
// Those who are owed at most one lead less than whoever is owed most may take it, but nobody in whose place another would
// lower both what is owed in leads and what is owed in value. Of them a lead worth more than the pool's mean goes to whoever
// is owed most value for the leads they are owed, one worth less to whoever is owed least; then the most leads owed, then the
// address by bytes. A lead upheld as invalid counts as never received and as due to nobody.
//
// Whoever is owed most value must not simply come first: their turn would come sooner, and as often with a lead that is
// worth little. Over a year mean values then stray from the pool's by several hundredths.

/// What one rule said of a lead.
public struct RoutingStep: Hashable, Sendable {
    public enum Answer: UInt8, Hashable, Sendable {
        case doesNotHold, nobody, to, fallback, manager, lastResort
        /// One of many: nobody has room for it yet.
        case waits
    }

    /// An index in `Program.routing`; −1: no rule.
    public var rule: Int32
    public var answer: Answer
    /// A text; −1: nobody.
    public var owner: Int32
}

/// A routed hand-over with all that was tried.
public struct Routed: Hashable, Sendable {
    public var request: OwnerRequest
    public var answer: OwnerAnswer
    public var steps: [RoutingStep]
}

/// What the pool of a team owes one of its reps, by the rules alone: what came, and what was due.
public struct Fairness: Hashable, Sendable {
    /// A text.
    public let rep: Int32
    /// An index in `Staff.teams`.
    public let team: Int
    public let received: Int
    /// In millionths of a lead, rounded down: the sum of the rep's shares of the leads for which they were eligible.
    public let due: Int64
    /// By what leads are worth, in millionths: received, and due.
    public let receivedValue: Int64
    public let dueValue: Int64
}

/// Answers requests in order of instant, and remembers who received what.
public struct Router: Sendable {
    /// Debts are kept in parts of a lead so many that shares are whole: the least number that 1 to 24 all divide.
    private static let lead: Int64 = 5_354_228_880

    private struct Share: Sendable {
        let rep: Int
        let part: Int64
    }

    private struct Turn: Sendable {
        let team: Int
        let shares: [Share]
        let receiver: Int
        let value: Int64
    }

    private struct Month: Hashable, Sendable {
        let rep: Int
        let month: Int32
    }

    private let staff: Staff
    private let texts: Texts
    /// By rep: leads and value owed.
    private var owed: [Int64]
    private var owedValue: [Int64]
    /// By rep: leads of the pool, and their value.
    private var taken: [Int64]
    private var takenValue: [Int64]
    /// By team: how many leads its pool has given, and what they are worth.
    private var pools: [(leads: Int64, value: Int64)]
    private var received: [Month: Int64] = [:]
    private var turns: [HandOverKey: Turn] = [:]
    /// By version, of those who would newly enter.
    private var entrants: [Int32: Turns] = [:]
    /// By origin, when its latest leads were handed over.
    private var arrivals: [Int32: [Instant]] = [:]
    public private(set) var log: [Routed] = []

    private struct HandOverKey: Hashable, Sendable {
        let account: Int32
        let handOver: Int32
    }

    public init(_ staff: Staff, texts: Texts) {
        (self.staff, self.texts) = (staff, texts)
        owed = Array(repeating: 0, count: staff.reps.count)
        owedValue = Array(repeating: 0, count: staff.reps.count)
        (taken, takenValue) = (owed, owedValue)
        pools = Array(repeating: (0, 0), count: staff.teams.count)
    }

    /// Of every rep, in the order of the staff.
    public var fairness: [Fairness] {
        staff.reps.indices.map { rep in
            let value = takenValue[rep]
            return Fairness(
                rep: staff.reps[rep].name, team: staff.reps[rep].team, received: Int(taken[rep]),
                due: Int64(Int128(owed[rep]) * 1_000_000 / Int128(Router.lead)) + taken[rep] * 1_000_000,
                receivedValue: value, dueValue: Int64(Int128(owedValue[rep]) * 1_000_000 / Int128(Router.lead)) + value)
        }
    }

    public mutating func answer(_ request: OwnerRequest, under bound: BoundProgram) -> OwnerAnswer {
        if request.why == .invalid {
            giveBack(request)
            return OwnerAnswer(owner: -1, rule: -1, told: request.instant)
        }
        if request.why == .turn { return turn(request, bound) }
        if let decided = request.decided { return count(decided, request, bound) }
        var steps: [RoutingStep] = []
        let isBurst = isOfBurst(request, bound)
        if isBurst, bound.program.assigning.burstWaitsForCapacity { return release(request, bound) }
        let (owner, rule) = find(request, bound, &steps)
        if let index = staff.index(of: owner) { count(index, request.instant) }
        let answer = OwnerAnswer(owner: owner, rule: rule, told: request.instant, isBurst: isBurst)
        log.append(Routed(request: request, answer: answer, steps: steps))
        return answer
    }

    /// What was decided stands; the turn, the capacity and the burst it was part of count as they did then.
    private mutating func count(
        _ decided: DecidedOwner, _ request: OwnerRequest, _ bound: BoundProgram
    ) -> OwnerAnswer {
        if request.why == .handedOver { _ = isOfBurst(request, bound) }
        if let index = staff.index(of: decided.owner) {
            if pool(of: decided, request, bound) == staff.teams[staff.reps[index].team].name {
                charge(index, request, bound)
            }
            count(index, request.instant)
        }
        let answer = OwnerAnswer(
            owner: decided.owner, rule: decided.rule, told: request.instant, isBurst: decided.isBurst)
        log.append(Routed(request: request, answer: answer, steps: steps(to: decided, request)))
        return answer
    }

    /// The team whose pool it was taken from, a text; −1: from none.
    private func pool(of decided: DecidedOwner, _ request: OwnerRequest, _ bound: BoundProgram) -> Int32 {
        guard decided.rule >= 0 else { return request.team }
        let rule = bound.program.routing[Int(decided.rule)]
        for destination in [rule.to, rule.fallback] {
            guard case .team(let team)? = destination else { continue }
            let name = bound.name(team)
            if staff.rep(decided.owner).map({ staff.teams[$0.team].name == name }) ?? false { return name }
        }
        return -1
    }

    private func steps(to decided: DecidedOwner, _ request: OwnerRequest) -> [RoutingStep] {
        let earlier = request.rules.prefix(max(0, Int(decided.rule))).enumerated().map { number, holds in
            RoutingStep(rule: Int32(number), answer: holds ? .nobody : .doesNotHold, owner: -1)
        }
        guard decided.rule >= 0 else { return [] }
        return earlier + [RoutingStep(rule: decided.rule, answer: .to, owner: decided.owner)]
    }

    private mutating func turn(_ request: OwnerRequest, _ bound: BoundProgram) -> OwnerAnswer {
        guard case .enterAtMost(let perDay) = bound.program.onChange else {
            return OwnerAnswer(owner: -1, rule: -1, told: request.instant)
        }
        let turn = entrants[request.version, default: Turns(bound, perDay: perDay)].next()
        return OwnerAnswer(owner: -1, rule: -1, told: turn)
    }

    private mutating func find(
        _ request: OwnerRequest, _ bound: BoundProgram, _ steps: inout [RoutingStep]
    ) -> (owner: Int32, rule: Int32) {
        if request.why == .ownerLeft {
            let manager = request.without.last.map { staff.manager(of: $0) } ?? -1
            if isThere(manager, request) { return (manager, -1) }
        }
        if request.why == .toAccountOwner, isThere(request.accountOwner, request) { return (request.accountOwner, -1) }
        if request.team >= 0 {
            if let taken = takeForTeam(request, bound, &steps) { return taken }
            let manager = staff.teams.first { $0.name == request.team }?.manager ?? -1
            if isThere(manager, request) { return (manager, -1) }
            return (lastResort(request, bound, &steps), -1)
        }
        if let taken = takeByRules(request, bound, &steps) { return taken }
        if let (manager, rule) = managerOfRules(request, bound), isThere(manager, request) {
            steps.append(RoutingStep(rule: rule, answer: .manager, owner: manager))
            return (manager, rule)
        }
        return (lastResort(request, bound, &steps), -1)
    }

    private mutating func takeForTeam(
        _ request: OwnerRequest, _ bound: BoundProgram, _ steps: inout [RoutingStep]
    ) -> (owner: Int32, rule: Int32)? {
        take(.team(request.team), request, bound, isInHoursOnly: false, named: true).map { ($0, -1) }
    }

    /// Rule by rule, each with its fallback.
    private mutating func takeByRules(
        _ request: OwnerRequest, _ bound: BoundProgram, _ steps: inout [RoutingStep]
    ) -> (owner: Int32, rule: Int32)? {
        for (number, rule) in bound.program.routing.enumerated() {
            let index = Int32(number)
            guard request.rules[number] else {
                steps.append(RoutingStep(rule: index, answer: .doesNotHold, owner: -1))
                continue
            }
            if let owner = take(rule.to, request, bound, isInHoursOnly: rule.isInHoursOnly) {
                steps.append(RoutingStep(rule: index, answer: .to, owner: owner))
                return (owner, index)
            }
            if let fallback = rule.fallback, let owner = take(fallback, request, bound, isInHoursOnly: false) {
                steps.append(RoutingStep(rule: index, answer: .fallback, owner: owner))
                return (owner, index)
            }
            steps.append(RoutingStep(rule: index, answer: .nobody, owner: -1))
        }
        return nil
    }

    /// The manager of the first team that a rule would have given it to.
    private func managerOfRules(_ request: OwnerRequest, _ bound: BoundProgram) -> (manager: Int32, rule: Int32)? {
        for (number, rule) in bound.program.routing.enumerated() where request.rules[number] {
            guard case .team(let team) = rule.to else { continue }
            let name = bound.name(team)
            return staff.teams.first { $0.name == name }.map { ($0.manager, Int32(number)) }
        }
        return nil
    }

    private func lastResort(_ request: OwnerRequest, _ bound: BoundProgram, _ steps: inout [RoutingStep]) -> Int32 {
        let owner = bound.name(bound.program.assigning.lastResort)
        guard isThere(owner, request) else { return -1 }
        steps.append(RoutingStep(rule: -1, answer: .lastResort, owner: owner))
        return owner
    }

    /// `named`: the team is a number of the history's texts already.
    private mutating func take(
        _ destination: RoutingProgram.Destination, _ request: OwnerRequest, _ bound: BoundProgram, isInHoursOnly: Bool,
        named: Bool = false
    ) -> Int32? {
        switch destination {
        case .person(let name):
            let owner = bound.name(name)
            return isThere(owner, request) && isOpen(owner, request, isInHoursOnly) ? owner : nil
        case .accountOwner:
            return isThere(request.accountOwner, request) && isOpen(request.accountOwner, request, isInHoursOnly)
                ? request.accountOwner : nil
        case .itsOwner:
            return isThere(request.openOwner, request) && isOpen(request.openOwner, request, isInHoursOnly)
                ? request.openOwner : nil
        case .team(let name):
            return takeTurn(named ? name : bound.name(name), request, bound, isInHoursOnly)
        }
    }

    /// Whoever is no rep, such as a manager or a partner's manager, is there unless the roster says otherwise.
    private func isThere(_ owner: Int32, _ request: OwnerRequest) -> Bool {
        guard owner >= 0, !request.without.contains(owner), !staff.hasLeft(owner, at: request.instant) else {
            return false
        }
        return staff.rep(owner).map { $0.isActive(at: request.instant) } ?? true
    }

    private func isOpen(_ owner: Int32, _ request: OwnerRequest, _ isInHoursOnly: Bool) -> Bool {
        !isInHoursOnly || staff.calendar(of: owner).isOpen(at: request.instant)
    }

    private mutating func takeTurn(
        _ name: Int32, _ request: OwnerRequest, _ bound: BoundProgram, _ isInHoursOnly: Bool
    ) -> Int32? {
        guard let team = staff.teams.firstIndex(where: { $0.name == name }) else { return nil }
        let eligible = staff.reps.indices.filter { index in
            let rep = staff.reps[index]
            return rep.team == team && isThere(rep.name, request) && isUnderCapacity(index, at: request.instant)
                && isOpen(rep.name, request, isInHoursOnly)
        }
        let weights = eligible.reduce(Int64(0)) { $0 + staff.reps[$1].weight }
        guard weights > 0 else { return nil }
        let shares = share(among: eligible, of: team, weights, request, bound)
        guard let receiver = receiver(among: eligible, of: team, value(of: request.grade, bound)) else { return nil }
        give(to: receiver, of: team, shares, request, bound)
        return staff.reps[receiver].name
    }

    /// Whose turn it is, of those who are eligible, for a lead of a value that was shared among them already.
    private func receiver(among eligible: [Int], of team: Int, _ value: Int64) -> Int? {
        guard let most = eligible.map({ owed[$0] }).max() else { return nil }
        let candidates = unbeaten(eligible.filter { owed[$0] >= most - Router.lead }, value)
        let (leads, worth) = (Int128(pools[team].leads), Int128(pools[team].value))
        let side = (Int128(value) * leads - worth).signum()
        // What is owed in value beyond what so many leads of the pool’s mean are worth, in parts that are whole.
        func excess(_ rep: Int) -> Int128 { Int128(owedValue[rep]) * leads * 1_000_000 - worth * Int128(owed[rep]) }
        return candidates.max { a, b in
            (side * excess(a), owed[a], -a) < (side * excess(b), owed[b], -b)
        }
    }

    /// Without those in whose place another would lower both what is owed in leads and what is owed in value.
    private func unbeaten(_ candidates: [Int], _ value: Int64) -> [Int] {
        let worth = Int64(Int128(Router.lead) * Int128(value) / 1_000_000)
        let gains = candidates.map { rep in
            (
                rep: rep, leads: owed[rep].magnitude.distance(from: (owed[rep] - Router.lead).magnitude),
                value: owedValue[rep].magnitude.distance(from: (owedValue[rep] - worth).magnitude)
            )
        }.sorted { $0.leads > $1.leads }
        var (unbeaten, best, place) = ([Int](), Int64.min, 0)
        while place < gains.count {
            let equals = gains[place...].prefix { $0.leads == gains[place].leads }
            unbeaten += equals.filter { $0.value >= best }.map(\.rep)
            best = max(best, equals.map(\.value).max() ?? best)
            place += equals.count
        }
        return unbeaten
    }

    /// The turn of whoever was decided upon, shared among those who were eligible then.
    private mutating func charge(_ receiver: Int, _ request: OwnerRequest, _ bound: BoundProgram) {
        let team = staff.reps[receiver].team
        let eligible = staff.reps.indices.filter { index in
            let rep = staff.reps[index]
            return rep.team == team
                && (index == receiver || isThere(rep.name, request) && isUnderCapacity(index, at: request.instant))
        }
        let weights = eligible.reduce(Int64(0)) { $0 + staff.reps[$1].weight }
        guard weights > 0 else { return }
        give(to: receiver, of: team, share(among: eligible, of: team, weights, request, bound), request, bound)
    }

    /// Each of them is owed their share of the lead.
    private mutating func share(
        among eligible: [Int], of team: Int, _ weights: Int64, _ request: OwnerRequest, _ bound: BoundProgram
    ) -> [Share] {
        let value = value(of: request.grade, bound)
        pools[team] = (pools[team].leads + 1, pools[team].value + value)
        let shares = eligible.map { index in
            Share(rep: index, part: Int64(Int128(staff.reps[index].weight) * Int128(Router.lead) / Int128(weights)))
        }
        for share in shares {
            owed[share.rep] += share.part
            owedValue[share.rep] += Int64(Int128(share.part) * Int128(value) / 1_000_000)
        }
        return shares
    }

    private mutating func give(
        to receiver: Int, of team: Int, _ shares: [Share], _ request: OwnerRequest, _ bound: BoundProgram
    ) {
        let value = value(of: request.grade, bound)
        owed[receiver] -= Router.lead
        owedValue[receiver] -= Int64(Int128(Router.lead) * Int128(value) / 1_000_000)
        taken[receiver] += 1
        takenValue[receiver] += value
        turns[HandOverKey(account: request.account, handOver: request.handOver)] =
            Turn(team: team, shares: shares, receiver: receiver, value: value)
    }

    /// What a lead of a grade counts for, in millionths.
    private func value(of grade: Int32, _ bound: BoundProgram) -> Int64 {
        bound.program.assigning.values.first { $0.grade == grade }?.value ?? 1_000_000
    }

    private mutating func giveBack(_ request: OwnerRequest) {
        let key = HandOverKey(account: request.account, handOver: request.handOver)
        guard let turn = turns.removeValue(forKey: key) else { return }
        for share in turn.shares {
            owed[share.rep] -= share.part
            owedValue[share.rep] -= Int64(Int128(share.part) * Int128(turn.value) / 1_000_000)
        }
        owed[turn.receiver] += Router.lead
        owedValue[turn.receiver] += Int64(Int128(Router.lead) * Int128(turn.value) / 1_000_000)
        pools[turn.team] = (pools[turn.team].leads - 1, pools[turn.team].value - turn.value)
        taken[turn.receiver] -= 1
        takenValue[turn.receiver] -= turn.value
    }
}

// Capacity: a real number of leads in a calendar month of the company's zone.

extension Router {
    private func month(_ instant: Instant) -> Int32 {
        let date = staff.zone.civil(at: instant).date.fields
        return Int32(date.year * 12 + date.month - 1)
    }

    private mutating func count(_ rep: Int, _ instant: Instant) {
        received[Month(rep: rep, month: month(instant)), default: 0] += 1
    }

    /// Fewer received than the capacity, which for a joiner is a part of it in the first months.
    private func isUnderCapacity(_ index: Int, at instant: Instant) -> Bool {
        let rep = staff.reps[index]
        guard let capacity = rep.capacity else { return true }
        let received = received[Month(rep: index, month: month(instant))] ?? 0
        var part = Int64(1_000_000)
        if let since = rep.since {
            let months = Int(month(instant) - month(since))
            if rep.ramp.indices.contains(months) { part = rep.ramp[months] }
        }
        return Int128(received) * 1_000_000_000_000 < Int128(capacity) * Int128(part)
    }
}

// Bursts: a fair's list of five thousand is handed over as there is room.

extension Router {
    /// More than so many of one origin within the time, this one among them; whoever waited for room was one of them.
    private mutating func isOfBurst(_ request: OwnerRequest, _ bound: BoundProgram) -> Bool {
        let assigning = bound.program.assigning
        guard assigning.burst > 0, request.why == .handedOver, request.origin >= 0 else { return false }
        if request.isReleased { return true }
        let arrived = request.wanted ?? request.instant
        var recent = arrivals[request.origin] ?? []
        recent.removeAll { $0 + assigning.burstWindow <= arrived }
        recent.append(arrived)
        arrivals[request.origin] = recent
        return recent.count > Int(assigning.burst)
    }

    /// To whom the rules give it while there is room; a lead of a burst never goes to a manager or a last resort, but waits.
    private mutating func release(_ request: OwnerRequest, _ bound: BoundProgram) -> OwnerAnswer {
        var steps: [RoutingStep] = []
        let taken = request.team >= 0 ? takeForTeam(request, bound, &steps) : takeByRules(request, bound, &steps)
        var answer = OwnerAnswer(
            owner: -1, rule: -1, told: request.instant, isBurst: true, again: nextRoom(after: request.instant))
        if let taken {
            answer = OwnerAnswer(owner: taken.owner, rule: taken.rule, told: request.instant, isBurst: true)
            if let index = staff.index(of: taken.owner) { count(index, request.instant) }
        } else {
            steps.append(RoutingStep(rule: -1, answer: .waits, owner: -1))
        }
        log.append(Routed(request: request, answer: answer, steps: steps))
        return answer
    }

    /// When somebody may have room again: a month begins, somebody comes back or joins.
    private func nextRoom(after instant: Instant) -> Instant {
        let date = staff.zone.civil(at: instant).date.fields
        let (year, month) = date.month == 12 ? (date.year + 1, 1) : (date.year, date.month + 1)
        let nextMonth = staff.zone.startOfDay(
            CivilDate(daysSinceEpoch: CivilDate.days(year: year, month: month, day: 1)))
        let others = staff.reps.flatMap { rep in rep.away.map(\.upperBound) + (rep.since.map { [$0] } ?? []) }
        return others.filter { $0 > instant }.reduce(nextMonth, min)
    }
}

extension UInt64 {
    /// How much less the other is.
    fileprivate func distance(from other: UInt64) -> Int64 { Int64(self) - Int64(other) }
}
