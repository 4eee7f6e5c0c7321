/// All that is kept of one person while the files are written: 40 bytes.
struct Person: Sendable {
    static let never = UInt32.max
    static let nobody = UInt32.max

    var firstSeen: UInt32
    /// When the first form was filled in (or the list uploaded): the contact record's creation. `never` for most.
    var identified = Person.never
    /// When the person becomes qualified for the first time and is handed over.
    var qualified = Person.never
    var optedOut = Person.never
    /// When the contact record was deleted or merged away.
    var gone = Person.never
    var account: UInt32
    /// The person of whom this record is a second one.
    var twin = Person.nobody
    /// Which of the territory's names.
    var name: UInt32
    var visits: UInt8 = 1
    var country: UInt8
    var level: UInt8
    var campaign = Campaign.none
    var source: Source
    var origin = Origin.web
    var traits: Traits = []

    /// How the person entered the company's systems.
    enum Origin: UInt8 { case web, fair, upload }

    struct Traits: OptionSet, Sendable {
        let rawValue: UInt8
        static let freeMail = Traits(rawValue: 1)
        /// Becomes qualified by asking for a demo; the others by points.
        static let asksForDemo = Traits(rawValue: 2)
        static let consents = Traits(rawValue: 4)
        static let gavePhone = Traits(rawValue: 8)
        /// Is mailed twice more after opting out.
        static let mailedInSpite = Traits(rawValue: 16)
        static let leftCompanyBlank = Traits(rawValue: 32)
        static let bounces = Traits(rawValue: 64)
        /// A second record with the name misspelled; other second records differ by the address.
        static let misspelled = Traits(rawValue: 128)
    }

    var isContact: Bool { identified != Person.never }

    func isKnown(_ at: UnixTime) -> Bool { Int(identified) <= at && at < Int(gone) }
}

struct Account: Sendable {
    var employees: UInt32
    var country: UInt8
    var industry: UInt8
    var isTarget: Bool
}

/// Who the people are and where they work, drawn in order of their arrival.
struct People: Sendable {
    let options: SampleOptions
    let timeline: Timeline
    let seasons: Seasons
    let campaigns: [Campaign]
    private(set) var accounts: [Account]
    private(set) var persons: [Person]
    /// Each upload: its persons, in order.
    private(set) var uploads: [Range<Int>] = []
    private(set) var fair: Range<Int> = 0..<0
    /// People in each account so far; with it, everybody of an account has another name.
    private var headcount: [UInt32]

    /// First hand-overs for each thousand persons: 27 in a large company. A small one is given more, so that some 240 a
    /// year are there to be looked at.
    let qualifiedShare: Int
    private var identifiedShare: Int { max(165, qualifiedShare * 2) }

    init(_ options: SampleOptions, _ timeline: Timeline) {
        (self.options, self.timeline) = (options, timeline)
        seasons = Seasons(days: timeline.days)
        campaigns = Campaign.all(timeline)
        qualifiedShare = max(27, min(180, 240_000 / options.persons))
        accounts = People.accounts(options)
        headcount = Array(repeating: 0, count: accounts.count)
        persons = []
        persons.reserveCapacity(options.persons)
        for index in 0..<options.persons { persons.append(person(index)) }
        for (list, day) in timeline.uploads.enumerated() { plantUpload(list, day) }
        plantFair()
        plantRecordTroubles()
        nameEverybody()
    }

    // MARK: Accounts

    /// One account for six persons. How many work at each follows a power law, see `drawAccount`.
    private static func accounts(_ options: SampleOptions) -> [Account] {
        let count = max(40, options.persons / 6)
        let shares = Country.all.map(\.share)
        return (0..<count).map { index in
            var dice = Dice(seed: options.seed, .account, index)
            let median = index < count / 50 ? 2400 : index < count / 8 ? 700 : 160
            return Account(
                employees: UInt32(max(4, min(90_000, dice.spread(median, .wide)))),
                country: UInt8(dice.weighted(shares)), industry: UInt8(dice.below(8)),
                isTarget: index < count / 12 && dice.perMille(350))
        }
    }

    /// Half of the people are spread evenly; the account numbered i has of the others a share proportional to 1/√i.
    private func drawAccount(_ dice: inout Dice) -> Int {
        let count = accounts.count
        let even = dice.below(count)
        guard dice.perMille(500) else { return even }
        return even * even / count
    }

    // MARK: A person

    private func person(_ index: Int) -> Person {
        var dice = Dice(seed: options.seed, .traits, index)
        let account = drawAccount(&dice)
        let clock = Country.all[Int(accounts[account].country)].territory.clock
        let arrival = seasons.day(at: 1000 * index + dice.below(1000), of: 1000 * options.persons)
        let firstSeen = clock.instant(day: arrival, second: seasons.second(arrival, &dice))
        let level = dice.weighted([80, 120, 180, 320, 300])
        var person = Person(
            firstSeen: UInt32(firstSeen), account: UInt32(account), name: 0, country: accounts[account].country,
            level: UInt8(level), source: Source(rawValue: UInt8(dice.weighted([330, 190, 140, 60, 80, 200])))!)
        person.campaign = drawCampaign(person.source, day: arrival, &dice)
        if dice.perMille(140) { person.traits.insert(.freeMail) }
        becomeKnown(&person, clock, &dice)
        person.visits = UInt8(visits(person, &dice))
        return person
    }

    private func drawCampaign(_ source: Source, day: Int, _ dice: inout Dice) -> UInt8 {
        let weights = campaigns.map { $0.source == source && $0.runs.contains(day) ? $0.weight : 0 }
        return weights.contains { $0 > 0 } ? UInt8(dice.weighted(weights)) : Campaign.none
    }

    /// How much likelier than others a person is to become qualified, in thousandths.
    private func promise(_ person: Person) -> Int {
        let account = accounts[Int(person.account)]
        let level = [1400, 1700, 1350, 900, 450][Int(person.level)]
        let size = (200...5000).contains(account.employees) ? 1400 : 750
        let mail = person.traits.contains(.freeMail) ? 250 : 1000
        let campaign = person.campaign == Campaign.none ? 100 : campaigns[Int(person.campaign)].quality
        let territory = [1050, 1050, 500][Country.all[Int(person.country)].territory.rawValue]
        return level * size / 1000 * mail / 1000 * campaign / 100 * territory / 1000
    }

    /// Makes up for the mean of `promise`, which is below one, and for those whom the end cuts off; in thousandths.
    private static let calibration = 1250

    private func becomeKnown(_ person: inout Person, _ clock: LocalClock, _ dice: inout Dice) {
        let chance = promise(person) * qualifiedShare * People.calibration / 1000
        let qualifies = dice.below(1_000_000) < chance
        guard qualifies || dice.perMille(identifiedShare - qualifiedShare) else { return }
        let atOnce = dice.perMille(450)
        let wait = 1 + dice.spread(9, .wide)
        let identified = atOnce ? Int(person.firstSeen) + 240 : later(Int(person.firstSeen), days: wait, clock, &dice)
        guard identified < timeline.end else { return }
        person.identified = UInt32(identified)
        if dice.perMille(620) { person.traits.insert(.consents) }
        if dice.perMille(300) { person.traits.insert(.gavePhone) }
        if dice.perMille(30) { person.traits.insert(.leftCompanyBlank) }
        if dice.perMille(30) { person.traits.insert(.bounces) }
        if qualifies { becomeQualified(&person, clock, &dice) }
        mayOptOut(&person, clock, &dice)
    }

    private func becomeQualified(_ person: inout Person, _ clock: LocalClock, _ dice: inout Dice) {
        let employees = accounts[Int(person.account)].employees
        let fits = person.level <= 1 || (200...5000).contains(employees)
        let asks = !fits || person.traits.contains(.freeMail) || dice.perMille(550)
        if asks { person.traits.insert(.asksForDemo) }
        let wait = 2 + dice.spread(12, .wide)
        let atOnce = asks && dice.perMille(350)
        let qualified =
            atOnce ? Int(person.identified) : later(Int(person.identified), days: max(wait, asks ? 2 : 7), clock, &dice)
        if qualified < timeline.end { person.qualified = UInt32(qualified) }
    }

    private func mayOptOut(_ person: inout Person, _ clock: LocalClock, _ dice: inout Dice) {
        guard person.traits.contains(.consents), dice.perMille(110) else { return }
        let optedOut = later(Int(person.identified), days: 10 + dice.spread(45, .wide), clock, &dice)
        if timeline.written.contains(optedOut) { person.optedOut = UInt32(optedOut) }
    }

    private func later(_ from: UnixTime, days: Int, _ clock: LocalClock, _ dice: inout Dice) -> UnixTime {
        let wanted = min(clock.localDay(from) + days, timeline.endDay)
        let day = seasons.settle(wanted, &dice)
        return clock.instant(day: day, second: seasons.second(day, &dice))
    }

    /// Most have one or two; those who are known come back.
    private func visits(_ person: Person, _ dice: inout Dice) -> Int {
        if person.qualified != Person.never { return dice.within(6...24) }
        if person.isContact { return dice.within(3...16) }
        return dice.pick([1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 7, 11])
    }

    func territory(_ person: Int) -> Territory { Country.all[Int(persons[person].country)].territory }

    /// The points of the agreement's fit rules.
    func fit(_ person: Int) -> Int {
        let (it, account) = (persons[person], accounts[Int(persons[person].account)])
        return (it.level <= 1 ? 25 : 0) + ((200...5000).contains(account.employees) ? 20 : 0)
            - (it.traits.contains(.freeMail) ? 20 : 0)
    }
}

// MARK: - What is planted in the people

extension People {
    /// The persons who would have arrived from `at` on are on the list instead: uploaded by one rep at intervals of 15
    /// to 35 seconds, without consent.
    private mutating func plantUpload(_ list: Int, _ day: Int) {
        let size = min([14, 18, 24][list], options.persons / 60 + 10)
        let first = firstArrival(day * secondsPerDay)
        guard first + size <= persons.count else { return }
        var dice = Dice(seed: options.seed, .duplicate, list)
        var at = LocalClock.berlin.instant(day: day, second: 10 * 3600 + 900)
        for index in first..<first + size {
            at += dice.within(15...35)
            var person = unlinked(persons[index])
            person.origin = .upload
            person.firstSeen = UInt32(at)
            person.identified = UInt32(at)
            person.visits = 0
            persons[index] = person
        }
        uploads.append(first..<first + size)
    }

    /// One in a hundred persons, or in a small company enough to overrun the home team, comes to the stand within two
    /// days; two in five of them ask to be contacted.
    private mutating func plantFair() {
        let size = max(options.persons / 100, 60)
        let first = firstArrival((timeline.fair.lowerBound - 1) * secondsPerDay)
        guard first + size <= persons.count else { return }
        for index in first..<first + size where persons[index].origin == .web {
            var dice = Dice(seed: options.seed, .arrival, index)
            let day = timeline.fair.lowerBound + dice.below(2)
            let at = LocalClock.berlin.instant(day: day, second: 9 * 3600 + dice.below(8 * 3600))
            var person = unlinked(persons[index])
            person.origin = .fair
            person.country = UInt8(dice.weighted([620, 230, 150]))
            person.firstSeen = UInt32(at)
            person.identified = UInt32(at)
            person.campaign = UInt8(Campaign.fair)
            if dice.perMille(800) { person.traits.insert(.consents) }
            let wait = dice.within(60...900)
            if index % 5 < 2 { person.qualified = UInt32(at + wait) }
            person.visits = UInt8(dice.below(4))
            persons[index] = person
        }
        fair = first..<first + size
    }

    private func unlinked(_ person: Person) -> Person {
        var person = person
        (person.identified, person.qualified, person.optedOut) = (Person.never, Person.never, Person.never)
        (person.source, person.campaign, person.traits) = (.offline, Campaign.none, [])
        return person
    }

    private func firstArrival(_ at: UnixTime) -> Int {
        persons.firstIndex { Int($0.firstSeen) >= at } ?? persons.count
    }

    /// Second records of the same person, deletions and mails in spite of an opt-out: every so many contacts, so that
    /// the smallest company has some.
    private mutating func plantRecordTroubles() {
        var contacts = 0
        var optOuts = 0
        var deletions = 0
        var original: Int?
        for index in persons.indices where persons[index].isContact && persons[index].origin == .web {
            contacts += 1
            if persons[index].optedOut != Person.never {
                if optOuts % 16 == 2 { plantMailsInSpite(index) }
                optOuts += 1
            }
            guard isQuiet(index) else { continue }
            if contacts % 60 < 20, !persons[index].traits.contains(.freeMail) {
                original = index
            } else if contacts % 60 >= 30, let first = original, plantDuplicate(index, of: first) {
                original = nil
            } else if deletions < contacts / 60, plantDeletion(index) {
                deletions += 1
            }
        }
    }

    /// A contact to whom nothing else happens.
    private func isQuiet(_ index: Int) -> Bool {
        let person = persons[index]
        return person.qualified == Person.never && person.optedOut == Person.never && person.twin == Person.nobody
            && person.gone == Person.never && !person.traits.contains(.bounces)
    }

    private mutating func plantMailsInSpite(_ index: Int) {
        if Int(persons[index].optedOut) + 35 * secondsPerDay < timeline.end {
            persons[index].traits.insert(.mailedInSpite)
        }
    }

    private mutating func plantDuplicate(_ index: Int, of first: Int) -> Bool {
        let original = persons[first]
        guard persons[index].identified > original.identified else { return false }
        var dice = Dice(seed: options.seed, .duplicate, index)
        persons[index].twin = UInt32(first)
        persons[index].account = original.account
        persons[index].country = original.country
        persons[index].level = original.level
        persons[index].traits.remove([.freeMail, .misspelled])
        persons[index].traits.insert(dice.perMille(500) ? .misspelled : .freeMail)
        let merged = Int(persons[index].identified) + dice.within(12...60) * secondsPerDay
        if dice.perMille(660), timeline.written.contains(merged) { persons[index].gone = UInt32(merged) }
        return true
    }

    private mutating func plantDeletion(_ index: Int) -> Bool {
        var dice = Dice(seed: options.seed, .duplicate, index)
        let deleted = Int(persons[index].identified) + dice.within(12...90) * secondsPerDay
        guard timeline.written.contains(deleted) else { return false }
        persons[index].gone = UInt32(deleted)
        return true
    }

    /// Names last, because planting moves people between firms. Within a firm names repeat only after all have been
    /// used; then a number is added to the address.
    private mutating func nameEverybody() {
        for index in persons.indices {
            let account = Int(persons[index].account)
            if persons[index].twin != Person.nobody {
                persons[index].name = persons[Int(persons[index].twin)].name
            } else {
                persons[index].name = headcount[account]
                headcount[account] += 1
            }
        }
    }

    /// The indexes of first and last name, and how often the firm has used up all names before.
    func name(_ person: Int) -> (first: Int, last: Int, round: Int) {
        let it = persons[person]
        let all = 48 * 64
        let start = Int(Dice.mix(UInt64(it.account) &+ options.seed) % UInt64(all))
        let place = (start + Int(it.name) * 1237) % all  // 1237 and 3072 have no common factor
        return (place / 64, place % 64, Int(it.name) / all)
    }
}
