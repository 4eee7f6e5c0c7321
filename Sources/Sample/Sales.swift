/// The life of every lead after marketing hands it over: routed to a rep, answered or not, judged, met, sold to, lost,
/// returned. Simulated once, in order of time, because reps and their queues are shared; few people come this far.
struct Sales: Sendable {
    let people: People
    let roster: Roster
    let timeline: Timeline

    private(set) var assignments: [Assignment] = []
    private(set) var touches: [Touch] = []
    private(set) var meetings: [Meeting] = []
    private(set) var verdicts: [Verdict] = []
    private(set) var deals: [Deal] = []
    private(set) var versions: [DealVersion] = []
    private(set) var changes: [Change] = []
    /// Those who come back after having been recycled, by asking for a demo.
    private(set) var returns: [(at: UInt32, person: UInt32)] = []
    /// When sales first had each account; `Person.never` for most.
    private(set) var accountSince: [UInt32]
    private(set) var accountOwner: [UInt16]
    /// When each account first won; `Person.never` for most.
    private(set) var customerSince: [UInt32]
    /// Where each deal's versions begin; one more entry than deals.
    private(set) var versionStarts: [Int] = []

    private let seed: UInt64
    private var agenda = Agenda()
    /// Each rep's share of the leads for which the rep was eligible, less those received; in thousandths of a lead.
    private var deficit: [Int]
    /// Until when each rep's first touches are taken up by earlier leads.
    private var busy: [UnixTime]
    private var odds = ClosingOdds()
    private var meetingCount: UInt32 = 0
    private let firstContact: [UInt32]

    init(_ people: People, _ roster: Roster) {
        (self.people, self.roster) = (people, roster)
        timeline = people.timeline
        seed = people.options.seed
        deficit = Array(repeating: 0, count: roster.reps.count)
        busy = Array(repeating: 0, count: roster.reps.count)
        accountSince = Array(repeating: Person.never, count: people.accounts.count)
        accountOwner = Array(repeating: 0, count: people.accounts.count)
        customerSince = Array(repeating: Person.never, count: people.accounts.count)
        firstContact = Sales.firstContacts(people)
        receiveUploads()
        knowTargets()
        renewContracts()
        workLeads()
        numberDeals()
        sortByTime()
        indexVersions()
    }

    func versions(of deal: Int) -> ArraySlice<DealVersion> { versions[versionStarts[deal]..<versionStarts[deal + 1]] }

    private mutating func workLeads() {
        for (index, person) in people.persons.enumerated() where person.qualified != Person.never {
            agenda.add(LeadPass(at: Int(person.qualified), person: index, number: 1, reason: .routed))
        }
        while let next = agenda.next() { work(next) }
    }

    private mutating func work(_ pass: LeadPass) {
        record(.stage, pass.person, at: pass.at, ContactState.Stage.qualified.rawValue)
        guard var walk = assign(pass), respond(&walk), pursue(&walk), decide(&walk), meet(&walk) else { return }
        openDeal(walk)
    }
}

/// A lead on its way to a rep.
struct LeadPass {
    let at: UnixTime
    let person: Int
    /// 1 for the first hand-over, more after a return.
    let number: Int
    let reason: Assignment.Reason
    /// The territory asked to take it, where it is not the person's own.
    var territory: Territory?
}

/// Leads by the instant at which sales gets them: a binary heap, ties in order of person.
struct Agenda: Sendable {
    private var heap: [LeadPass] = []

    private static func isEarlier(_ a: LeadPass, _ b: LeadPass) -> Bool { (a.at, a.person) < (b.at, b.person) }

    mutating func add(_ pass: LeadPass) {
        heap.append(pass)
        var child = heap.count - 1
        while child > 0, Agenda.isEarlier(heap[child], heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func next() -> LeadPass? {
        guard let first = heap.first else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while let child = earliestChild(parent), Agenda.isEarlier(heap[child], heap[parent]) {
            heap.swapAt(parent, child)
            parent = child
        }
        return first
    }

    private func earliestChild(_ parent: Int) -> Int? {
        let (left, right) = (2 * parent + 1, 2 * parent + 2)
        guard left < heap.count else { return nil }
        return right < heap.count && Agenda.isEarlier(heap[right], heap[left]) ? right : left
    }
}

/// One rep's way with one lead: who, and how far in time it has come.
struct Walk {
    let pass: LeadPass
    let rep: Int
    let told: UnixTime
    var at: UnixTime
    var dice: Dice
    /// Set once the rep has left; the lead's way with this rep ends here.
    var isOver = false

    var person: Int { pass.person }
}

// MARK: - To a rep

extension Sales {
    /// Routes the lead and tells the rep, some seconds or minutes after the hand-over.
    private mutating func assign(_ pass: LeadPass) -> Walk? {
        var dice = Dice(seed: seed, .life, pass.person, pass.number << 8 | pass.reason.rawValue)
        let told = pass.at + dice.within(5...180)
        guard told < timeline.end else { return nil }
        let territory = pass.territory ?? people.territory(pass.person)
        let rep = route(territory, told, account: Int(people.persons[pass.person].account))
        let owner = rep ?? roster.reps.count + territory.rawValue
        assignments.append(
            Assignment(at: UInt32(told), person: UInt32(pass.person), rep: UInt16(owner), reason: pass.reason))
        record(.owner, pass.person, at: told, UInt32(owner))
        meetAccount(pass.person, told, owner)
        return rep.map { Walk(pass: pass, rep: $0, told: told, at: told, dice: dice) }
    }

    /// Within two weeks of an account's first lead its owner gets the others, too; else the one to whom most is due.
    /// Nobody eligible: the team's manager has it, and it rests there.
    private mutating func route(_ territory: Territory, _ at: UnixTime, account: Int) -> Int? {
        let eligible = roster.reps(of: territory).filter { roster.reps[$0].isActive(at) }
        guard !eligible.isEmpty else { return nil }
        let last = Int(accountOwner[account])
        if eligible.contains(last), accountSince[account] != Person.never,
            at - Int(accountSince[account]) < 14 * secondsPerDay
        {
            return last
        }
        let all = eligible.reduce(0) { $0 + roster.reps[$1].weight }
        for rep in eligible { deficit[rep] += 1000 * roster.reps[rep].weight / all }
        let chosen = eligible.max { (deficit[$0], -$0) < (deficit[$1], -$1) }!
        deficit[chosen] -= 1000
        return chosen
    }

    private mutating func meetAccount(_ person: Int, _ at: UnixTime, _ owner: Int) {
        let account = Int(people.persons[person].account)
        guard accountSince[account] == Person.never else { return }
        accountSince[account] = UInt32(at)
        accountOwner[account] = UInt16(owner)
    }

    private mutating func record(_ kind: Change.Kind, _ person: Int, at: UnixTime, _ value: UInt32) {
        guard at < timeline.end else { return }
        changes.append(Change(at: UInt32(at), person: UInt32(person), value: value, kind: kind))
    }
}

// MARK: - The rep's work

extension Sales {
    private func calendar(_ rep: Int) -> WorkCalendar { roster.calendar(roster.reps[rep].territory) }

    /// Moves on to `at`, or after an absence to the return from it; false where the files end or the rep has left, in
    /// which case the manager may give the lead to another.
    private mutating func go(_ walk: inout Walk, to at: UnixTime) -> Bool {
        var at = at
        while let back = roster.reps[walk.rep].back(at) {
            at = calendar(walk.rep).advance(back, by: walk.dice.within(600...7200))
        }
        guard !walk.isOver, at < roster.reps[walk.rep].gone else {
            leaveBehind(&walk)
            return false
        }
        walk.at = at
        return at < timeline.end
    }

    private mutating func go(_ walk: inout Walk, working seconds: Int) -> Bool {
        let at = calendar(walk.rep).advance(walk.at, by: max(60, seconds))
        return go(&walk, to: at)
    }

    private mutating func leaveBehind(_ walk: inout Walk) {
        let gone = roster.reps[walk.rep].gone
        guard gone < timeline.end, !walk.isOver else { return }
        walk.isOver = true
        guard walk.dice.perMille(600) else { return }
        let at = gone + walk.dice.within(4...12) * secondsPerDay + 9 * 3600
        agenda.add(LeadPass(at: at, person: walk.person, number: walk.pass.number, reason: .leaver))
    }

    /// The first touch, by the rep's own speed and after the leads that came before. False where none is made.
    private mutating func respond(_ walk: inout Walk) -> Bool {
        let rep = roster.reps[walk.rep]
        let isGood = people.fit(walk.person) >= 20
        if rep.trait == .slow || rep.trait == .rejectsEverything {
            touch(walk, .email, .sent, at: walk.told + 120, automatic: true)
        }
        let free = busy[walk.rep]
        busy[walk.rep] = calendar(walk.rep).advance(max(free, walk.told), by: 1200)
        guard !walk.dice.perMille(neglect(rep.trait, isGood)) else {
            leaveBehind(&walk)
            return false
        }
        let median = rep.trait == .cherryPicker && !isGood ? 1500 : rep.medianResponse
        let wait = walk.dice.spread(median * 60, rep.trait == .ordinary ? .wide : .narrow)
        let at = calendar(walk.rep).advance(walk.told, by: max(60, wait))
        return go(&walk, to: max(at, free))
    }

    /// How many of a thousand leads are never touched.
    private func neglect(_ trait: Trait, _ isGood: Bool) -> Int {
        switch trait {
        case .cherryPicker: isGood ? 10 : 550
        case .slow: 120
        case .fast: 5
        default: 40
        }
    }

    /// Calls and mails in turn until the person answers; after the last attempt the lead goes back, mostly.
    private mutating func pursue(_ walk: inout Walk) -> Bool {
        let attempts = walk.dice.within(3...6)
        for attempt in 0..<attempts {
            if attempt > 0 {
                let pause = walk.dice.spread(6 * 3600, .narrow)
                guard go(&walk, working: pause) else { return false }
            }
            if attempt % 2 == 0 ? call(walk) : mail(&walk) { return go(&walk, working: walk.dice.within(300...5400)) }
        }
        let wait = walk.dice.within(2...8) * 3600
        if walk.dice.perMille(700), go(&walk, working: wait) {
            judge(walk, .reject, .cannotReach)
            recycle(&walk)
        }
        return false
    }

    private mutating func call(_ walk: Walk) -> Bool {
        var dice = Dice(seed: seed, .page, walk.person, walk.at)
        let reached = dice.perMille(420)
        touch(walk, .call, reached ? .connected : dice.perMille(500) ? .voicemail : .noAnswer, at: walk.at)
        return reached
    }

    private mutating func mail(_ walk: inout Walk) -> Bool {
        touch(walk, .email, .sent, at: walk.at)
        let pause = walk.dice.spread(3 * 3600, .wide)
        guard walk.dice.perMille(260), go(&walk, working: pause) else { return false }
        touch(walk, .email, .replied, at: walk.at, inbound: true)
        return true
    }

    /// One in thirty is typed in by hand, days later.
    private mutating func touch(
        _ walk: Walk, _ channel: Touch.Channel, _ outcome: Touch.Outcome, at: UnixTime, deal: UInt32 = Touch.none,
        inbound: Bool = false, automatic: Bool = false
    ) {
        guard at < timeline.end else { return }
        var dice = Dice(seed: seed, .typing, walk.person, at)
        let isLate = !automatic && !inbound && dice.perMille(33)
        let typed = at + (isLate ? dice.within(secondsPerDay...20 * secondsPerDay) : dice.within(20...600))
        touches.append(
            Touch(
                completed: UInt32(at), created: UInt32(automatic ? at : typed), person: UInt32(walk.person), deal: deal,
                rep: UInt16(walk.rep), channel: channel, outcome: outcome, inbound: inbound, automatic: automatic))
    }
}

// MARK: - The verdict

extension Sales {
    private mutating func decide(_ walk: inout Walk) -> Bool {
        guard !isWindingDown(&walk) else {
            leaveBehind(&walk)
            return false
        }
        if walk.dice.perMille(acceptance(walk)) {
            let mark = max(1, min(3, 1 + people.fit(walk.person) / 20 + walk.dice.below(2)))
            judge(walk, .accept, .none, mark: mark)
            return true
        }
        let reason = rejection(&walk)
        judge(walk, .reject, reason)
        switch reason {
        case .wrongRegion: reroute(walk)
        case .wrongPersona, .cannotReach: recycle(&walk)
        default: record(.stage, walk.person, at: walk.at, ContactState.Stage.lead.rawValue)
        }
        return false
    }

    /// Of the leads of the last five weeks the one who leaves judges hardly any.
    private func isWindingDown(_ walk: inout Walk) -> Bool {
        roster.reps[walk.rep].gone - walk.told < 35 * secondsPerDay && walk.dice.perMille(850)
    }

    /// In thousandths: the better the fit, the likelier; 40 for the rep who rejects everything.
    private func acceptance(_ walk: Walk) -> Int {
        if roster.reps[walk.rep].trait == .rejectsEverything { return 40 }
        return min(950, 700 + 6 * people.fit(walk.person) + (walk.pass.number > 1 ? 60 : 0))
    }

    private func rejection(_ walk: inout Walk) -> Verdict.Reason {
        let person = people.persons[walk.person]
        let isSized = (200...5000).contains(people.accounts[Int(person.account)].employees)
        let weights = [
            isSized ? 30 : 420, person.level >= 4 ? 380 : 60, walk.pass.reason == .rerouted ? 0 : 70, 60, 50, 0, 160,
        ]
        return Verdict.Reason(rawValue: 1 + walk.dice.weighted(weights))!
    }

    private mutating func judge(_ walk: Walk, _ kind: Verdict.Kind, _ reason: Verdict.Reason, mark: Int = 0) {
        var dice = Dice(seed: seed, .typing, walk.person, walk.at)
        let explains = roster.reps[walk.rep].trait != .rejectsEverything && dice.perMille(600)
        verdicts.append(
            Verdict(
                at: UInt32(walk.at), person: UInt32(walk.person), rep: UInt16(walk.rep), kind: kind, reason: reason,
                mark: UInt8(mark), note: explains ? UInt8(1 + dice.below(CRMWords.noteCount - 1)) : 0))
    }

    private mutating func reroute(_ walk: Walk) {
        let other: Territory = people.territory(walk.person) == .dach ? .international : .dach
        agenda.add(
            LeadPass(
                at: walk.at + 60, person: walk.person, number: walk.pass.number, reason: .rerouted, territory: other))
    }

    /// Back to marketing; one in five asks again, five weeks to four months later.
    private mutating func recycle(_ walk: inout Walk) {
        record(.stage, walk.person, at: walk.at, ContactState.Stage.lead.rawValue)
        guard walk.pass.number < 4, walk.dice.perMille(220) else { return }
        let clock = people.territory(walk.person).clock
        let wanted = clock.localDay(walk.at) + walk.dice.within(35...120)
        let day = people.seasons.settle(min(wanted, timeline.endDay), &walk.dice)
        let at = clock.instant(day: day, second: people.seasons.second(day, &walk.dice))
        guard at < timeline.end else { return }
        returns.append((UInt32(at), UInt32(walk.person)))
        agenda.add(LeadPass(at: at, person: walk.person, number: walk.pass.number + 1, reason: .returned))
    }

    /// A meeting booked and held makes the lead qualified by sales; without one it is recycled after a while.
    private mutating func meet(_ walk: inout Walk) -> Bool {
        guard walk.dice.perMille(730) else { return giveUp(&walk) }
        let days = walk.dice.within(1...8)
        let start = meetingStart(walk, from: walk.at + days * secondsPerDay, walk.dice.within(2...12) * 1800)
        meetingCount += 1
        meeting(walk, meetingCount, at: walk.at, start, .booked)
        let held = walk.dice.perMille(830)
        let status: Meeting.Status = held ? .held : walk.dice.perMille(650) ? .noShow : .canceled
        let number = meetingCount
        guard go(&walk, to: start + 2700) else { return false }
        meeting(walk, number, at: walk.at, start, status)
        guard held else { return giveUp(&walk) }
        touch(walk, .meeting, .held, at: walk.at)
        record(.stage, walk.person, at: walk.at, ContactState.Stage.salesQualified.rawValue)
        let pause = walk.dice.within(1...5) * 7 * 3600
        guard walk.dice.perMille(780) else { return giveUp(&walk) }
        return go(&walk, working: pause)
    }

    /// A start that leaves the meeting's three quarters of an hour before the next break, and no absence.
    private func meetingStart(_ walk: Walk, from: UnixTime, _ seconds: Int) -> UnixTime {
        let calendar = calendar(walk.rep)
        var start = calendar.advance(from, by: seconds)
        while let back = roster.reps[walk.rep].back(start) { start = calendar.advance(back, by: 7200) }
        let end = calendar.advance(start, by: 2700)
        return end - start == 2700 ? start : calendar.advance(end, by: 60)
    }

    private mutating func meeting(
        _ walk: Walk, _ number: UInt32, at: UnixTime, _ start: UnixTime, _ status: Meeting.Status
    ) {
        meetings.append(
            Meeting(
                at: UInt32(at), start: UInt32(start), number: number, person: UInt32(walk.person),
                rep: UInt16(walk.rep),
                status: status))
    }

    private mutating func giveUp(_ walk: inout Walk) -> Bool {
        let wait = walk.dice.within(6...20) * 8 * 3600
        if go(&walk, working: wait) {
            judge(walk, .recycle, .noNeed)
            recycle(&walk)
        }
        return false
    }
}

// MARK: - Deals

extension Sales {
    /// Days from opening to closing, and cents of an average sale before the account's size is looked at.
    static let medianCycle = 62
    static let medianSale = 4_100_000

    private mutating func openDeal(_ walk: Walk) {
        let person = people.persons[walk.person]
        let colleague = firstContact[Int(person.account)]
        let joins =
            colleague != Person.nobody && Int(colleague) != walk.person
            && Int(people.persons[Int(colleague)].identified) < walk.at
        if joins { record(.owner, Int(colleague), at: walk.at, UInt32(walk.rep)) }
        deals.append(
            Deal(
                opened: UInt32(walk.at), account: person.account, person: UInt32(walk.person),
                colleague: joins ? colleague : Person.nobody, kind: .new,
                currency: Country.all[Int(person.country)].currency))
        record(.stage, walk.person, at: walk.at, ContactState.Stage.opportunity.rawValue)
        sell(walk, UInt32(deals.count - 1))
    }

    private mutating func sell(_ walk: Walk, _ deal: UInt32) {
        var walk = walk
        let opened = walk.at
        let cycle = walk.dice.spread(Sales.medianCycle * secondsPerDay, .narrow)
        let closing = calendar(walk.rep).advance(opened + cycle, by: 60)
        let isWon = odds.isWon(isAfterSlip: closing >= timeline.slip * secondsPerDay, fit: people.fit(walk.person))
        let amount = drawAmount(&walk, deal)
        let expected = opened / secondsPerDay + 75
        let pushed = max(expected, closing / secondsPerDay + walk.dice.within(0...20))
        let agreed = amount * walk.dice.within(88...108) / 100
        let days = calendar(walk.rep)
        let (proposed, negotiated) = (
            days.advance(opened + cycle / 4, by: 60), days.advance(opened + cycle * 6 / 10, by: 60)
        )
        version(walk, deal, opened, .qualification, amount, expected)
        version(walk, deal, proposed, .proposal, agreed, expected)
        if isWon || walk.dice.perMille(500) { version(walk, deal, negotiated, .negotiation, agreed, pushed) }
        version(walk, deal, closing, isWon ? .won : .lost, agreed, closing / secondsPerDay)
        talk(&walk, deal, until: closing)
        conclude(walk, deal, closing, isWon, agreed)
    }

    private mutating func drawAmount(_ walk: inout Walk, _ deal: UInt32) -> Int {
        let it = deals[Int(deal)]
        let employees = people.accounts[Int(it.account)].employees
        let size = employees < 200 ? 70 : employees < 1000 ? 100 : 150
        let euros = walk.dice.spread(Sales.medianSale * size / 100, .narrow)
        return euros * it.currency.usualRate / 10_000 / 10_000 * 10_000
    }

    /// From the day after a rep has left, the manager owns the rep's deals.
    private mutating func version(
        _ walk: Walk, _ deal: UInt32, _ at: UnixTime, _ stage: DealVersion.Stage, _ amount: Int, _ closeDay: Int
    ) {
        guard at < timeline.end else { return }
        let rep = roster.reps[walk.rep]
        let owner = at < rep.gone ? walk.rep : roster.reps.count + rep.territory.rawValue
        versions.append(
            DealVersion(
                at: UInt32(at), deal: deal, owner: UInt16(owner), stage: stage, amount: amount,
                closeDay: Int32(closeDay)))
    }

    private mutating func talk(_ walk: inout Walk, _ deal: UInt32, until closing: UnixTime) {
        let touches = walk.dice.within(3...8)
        let step = (closing - walk.at) / (touches + 1)
        let opened = walk.at
        for number in 1...touches {
            let at = calendar(walk.rep).advance(opened + number * step, by: walk.dice.within(60...9000))
            guard at < min(closing, roster.reps[walk.rep].gone) else { return }
            let isCall = walk.dice.perMille(550)
            touch(walk, isCall ? .call : .email, isCall ? .connected : .sent, at: at, deal: deal)
        }
    }

    private mutating func conclude(_ walk: Walk, _ deal: UInt32, _ closing: UnixTime, _ isWon: Bool, _ amount: Int) {
        var walk = walk
        walk.at = closing
        guard closing < timeline.end else { return }
        if isWon {
            record(.stage, walk.person, at: closing, ContactState.Stage.customer.rawValue)
            if walk.dice.perMille(250) { expand(&walk, deal, amount) }
        } else {
            if walk.dice.perMille(450) { deals[Int(deal)].competitor = UInt8(walk.dice.below(4)) }
            recycle(&walk)
        }
    }

    /// A second, smaller sale to a customer two or three months later.
    private mutating func expand(_ walk: inout Walk, _ first: UInt32, _ amount: Int) {
        let at = calendar(walk.rep).advance(walk.at + walk.dice.within(50...100) * secondsPerDay, by: 3600)
        guard at < min(timeline.end, roster.reps[walk.rep].gone) else { return }
        let it = deals[Int(first)]
        deals.append(
            Deal(
                opened: UInt32(at), account: it.account, person: it.person, colleague: Person.nobody, kind: .expansion,
                currency: it.currency))
        let deal = UInt32(deals.count - 1)
        let closing = calendar(walk.rep).advance(at + walk.dice.within(25...60) * secondsPerDay, by: 60)
        let isWon = walk.dice.perMille(520)
        version(walk, deal, at, .qualification, amount * 2 / 5, at / secondsPerDay + 45)
        version(
            walk, deal, calendar(walk.rep).advance(at + (closing - at) / 2, by: 60), .proposal, amount * 2 / 5,
            at / secondsPerDay + 45)
        version(walk, deal, closing, isWon ? .won : .lost, amount * 2 / 5, closing / secondsPerDay)
    }

    /// Sales has had its target accounts from the beginning.
    private mutating func knowTargets() {
        for (index, account) in people.accounts.enumerated() where account.isTarget {
            let reps = roster.reps(of: Country.all[Int(account.country)].territory)
            accountSince[index] = UInt32(timeline.days.lowerBound * secondsPerDay)
            accountOwner[index] = UInt16(reps.filter { roster.reps[$0].isActive(timeline.start) }[index % 2])
        }
    }

    /// One account in eighty, and at least half a dozen, were customers before and decide on their contract once.
    private mutating func renewContracts() {
        for account in people.accounts.indices {
            var dice = Dice(seed: seed, .renewal, account)
            guard dice.perMille(12) || account < 6 else { continue }
            let country = Country.all[Int(people.accounts[account].country)]
            let reps = roster.reps(of: country.territory).filter { roster.reps[$0].isActive(timeline.start) }
            let rep = reps[account % reps.count]
            accountSince[account] = UInt32(timeline.days.lowerBound * secondsPerDay)
            accountOwner[account] = UInt16(rep)
            renew(account, rep, country, &dice)
        }
    }

    private mutating func renew(_ account: Int, _ rep: Int, _ country: Country, _ dice: inout Dice) {
        let due = timeline.startDay + dice.below(timeline.endDay - timeline.startDay + 60)
        let opened = calendar(rep).advance((due - 90) * secondsPerDay, by: dice.within(60...20_000))
        guard opened < timeline.end else { return }
        let isRenewed = dice.perMille(840)
        let lostTo = dice.perMille(600) ? UInt8(dice.below(4)) : nil
        deals.append(
            Deal(
                opened: UInt32(opened), account: UInt32(account), person: Person.nobody, colleague: Person.nobody,
                kind: .renewal, currency: country.currency, competitor: isRenewed ? nil : lostTo))
        let deal = UInt32(deals.count - 1)
        let pass = LeadPass(at: opened, person: 0, number: 0, reason: .routed)
        var walk = Walk(pass: pass, rep: rep, told: opened, at: opened, dice: dice)
        let amount = drawAmount(&walk, deal) / 2
        version(walk, deal, opened, .renewalDue, amount, due)
        let decided = calendar(rep).advance((due - walk.dice.below(20)) * secondsPerDay, by: 60)
        version(walk, deal, decided, isRenewed ? .renewed : .churned, amount, due)
    }

    private mutating func receiveUploads() {
        for (list, persons) in people.uploads.enumerated() {
            let rep = UploadList.uploader(list, roster)
            for person in persons { record(.owner, person, at: Int(people.persons[person].identified), UInt32(rep)) }
        }
    }

    /// The first contact of each account whose record stays.
    private static func firstContacts(_ people: People) -> [UInt32] {
        var first = [UInt32](repeating: Person.nobody, count: people.accounts.count)
        for (index, person) in people.persons.enumerated() where person.isContact && person.gone == Person.never {
            guard first[Int(person.account)] == Person.nobody, person.origin == .web, person.twin == Person.nobody
            else { continue }
            first[Int(person.account)] = UInt32(index)
        }
        return first
    }

    // MARK: In order

    /// Deals get their numbers in order of opening.
    private mutating func numberDeals() {
        let order = deals.indices.sorted { (deals[$0].opened, $0) < (deals[$1].opened, $1) }
        var number = [UInt32](repeating: 0, count: deals.count)
        for (new, old) in order.enumerated() { number[old] = UInt32(new) }
        deals = order.map { deals[$0] }
        for index in versions.indices { versions[index].deal = number[Int(versions[index].deal)] }
        for index in touches.indices where touches[index].deal != Touch.none {
            touches[index].deal = number[Int(touches[index].deal)]
        }
    }

    private mutating func indexVersions() {
        versionStarts = Array(repeating: 0, count: deals.count + 1)
        for version in versions {
            versionStarts[Int(version.deal) + 1] += 1
            let account = Int(deals[Int(version.deal)].account)
            if version.stage.isWon { customerSince[account] = min(customerSince[account], version.at) }
        }
        for deal in deals.indices { versionStarts[deal + 1] += versionStarts[deal] }
    }

    private mutating func sortByTime() {
        assignments.sort { ($0.at, $0.person) < ($1.at, $1.person) }
        touches.sort { ($0.created, $0.completed, $0.person) < ($1.created, $1.completed, $1.person) }
        meetings.sort { ($0.at, $0.number) < ($1.at, $1.number) }
        verdicts.sort { ($0.at, $0.person) < ($1.at, $1.person) }
        versions.sort { ($0.deal, $0.at, $0.stage.rawValue) < ($1.deal, $1.at, $1.stage.rawValue) }
        returns.sort { ($0.at, $0.person) < ($1.at, $1.person) }
    }
}

/// Who wins: 24 % of the deals that close before the planted day and 15 % of those after, better fits more often. Drawn
/// systematically (each deal adds its chance, each full thousand is a win), so that the shares hold in small companies.
struct ClosingOdds: Sendable {
    static let before = 240
    static let after = 150
    private var owed = [500, 500]

    mutating func isWon(isAfterSlip: Bool, fit: Int) -> Bool {
        let side = isAfterSlip ? 1 : 0
        let factor = fit >= 40 ? 1250 : fit >= 20 ? 1050 : 700
        owed[side] += (isAfterSlip ? ClosingOdds.after : ClosingOdds.before) * factor / 1000
        guard owed[side] >= 1000 else { return false }
        owed[side] -= 1000
        return true
    }
}
