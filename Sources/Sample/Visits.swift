/// One visit to the site, or a scan of a badge at the fair.
struct Visit {
    enum Kind: UInt8 {
        case browsing
        /// The first form: from here on the visitor has a name. The form is sent `formDelay` after the visit's start.
        case identification
        case identificationByDemo
        case whitepaper, webinar, pricing, demo
        case fair
    }

    let at: UnixTime
    /// Which of the person's visits; unique for the person.
    let ordinal: UInt8
    let kind: Kind
    var source = Source.direct
    var campaign = Campaign.none

    static let formDelay = 240
    /// How far ahead of its arrival in the log a visit can lie.
    static let reach = 21 * secondsPerDay
}

/// The visits of everybody, made anew from the seed whenever they are needed, so that none is kept.
struct Visits: Sendable {
    let people: People
    private let seed: UInt64

    init(_ people: People) {
        self.people = people
        seed = people.options.seed
    }

    /// All visits of a person that begin in `window`, in no particular order.
    func forEach(of index: Int, in window: Range<UnixTime>, _ body: (Visit) -> Void) {
        let person = people.persons[index]
        guard Int(person.firstSeen) < window.upperBound else { return }
        func pass(_ visit: Visit) {
            if window.contains(visit.at) && visit.at < Int(person.gone) { body(visit) }
        }
        browsing(index, person, window, pass)
        if person.isContact { intended(person, pass) }
    }

    private func browsing(_ index: Int, _ person: Person, _ window: Range<UnixTime>, _ pass: (Visit) -> Void) {
        guard person.visits > 0 else { return }
        let seasons = people.seasons
        let clock = Country.all[Int(person.country)].territory.clock
        let first = Int(person.firstSeen)
        var dice = Dice(seed: seed, .visits, index)
        if person.origin == .web, first + Visit.formDelay != Int(person.identified) {
            pass(Visit(at: first, ordinal: 0, kind: .browsing, source: person.source, campaign: person.campaign))
        }
        var day = clock.localDay(first)
        for ordinal in 1..<max(1, Int(person.visits)) {
            day = seasons.settle(day + 1 + dice.spread(6, .wide), &dice)
            let second = seasons.second(day, &dice)
            let source = Visits.laterSource[dice.below(16)]
            guard day < people.timeline.endDay, (day - 1) * secondsPerDay < window.upperBound else { return }
            guard (day + 2) * secondsPerDay > window.lowerBound else { continue }
            let campaign = source == person.source ? person.campaign : Campaign.none
            let at = clock.instant(day: day, second: second)
            pass(Visit(at: at, ordinal: UInt8(ordinal), kind: .browsing, source: source, campaign: campaign))
        }
    }

    private static let laterSource: [Source] = [
        .direct, .direct, .direct, .direct, .direct, .direct, .organic, .organic, .organic, .organic, .organic, .paid,
        .social, .email, .email, .referral,
    ]

    /// The visits that make somebody known and qualified.
    private func intended(_ person: Person, _ pass: (Visit) -> Void) {
        let identified = Int(person.identified)
        switch person.origin {
        case .upload: return
        case .fair:
            pass(Visit(at: identified, ordinal: 200, kind: .fair, source: .offline, campaign: person.campaign))
            return
        case .web:
            let kind: Visit.Kind = person.qualified == person.identified ? .identificationByDemo : .identification
            pass(
                Visit(
                    at: identified - Visit.formDelay, ordinal: 200, kind: kind, source: person.source,
                    campaign: person.campaign))
        }
        guard person.qualified != Person.never, person.qualified != person.identified else { return }
        qualification(Int(person.qualified), asks: person.traits.contains(.asksForDemo), pass)
    }

    /// Somebody asks for a demo, or gathers the agreement's 50 points within three days: whitepaper 10, webinar 20 and
    /// three looks at the prices at 8 make 54, of which the decay leaves 51.9 at the last look.
    private func qualification(_ at: UnixTime, asks: Bool, _ pass: (Visit) -> Void) {
        if asks {
            pass(Visit(at: at - secondsPerDay + 1800, ordinal: 203, kind: .pricing))
            pass(Visit(at: at - Visit.formDelay, ordinal: 204, kind: .demo))
            return
        }
        pass(Visit(at: at - 3 * secondsPerDay, ordinal: 201, kind: .whitepaper, source: .email))
        pass(Visit(at: at - 2 * secondsPerDay - 4000, ordinal: 202, kind: .webinar, source: .email))
        pass(Visit(at: at - 2 * secondsPerDay + 600, ordinal: 203, kind: .pricing))
        pass(Visit(at: at - secondsPerDay + 900, ordinal: 204, kind: .pricing))
        pass(Visit(at: at, ordinal: 205, kind: .pricing))
    }

    /// How many seconds after it happened a visit reached the log; 0 for nearly all. A few lie on a device that was
    /// offline, for one to twenty days.
    func lateness(_ person: Int, _ visit: Visit) -> Int {
        guard visit.kind == .browsing else { return 0 }
        var dice = Dice(seed: seed, .lateness, person, Int(visit.ordinal))
        return dice.perMille(4) ? dice.within(secondsPerDay...20 * secondsPerDay) : 0
    }
}
