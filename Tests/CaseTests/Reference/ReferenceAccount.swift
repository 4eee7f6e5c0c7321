import Agreement
import Engine
import Journal
import Vocabulary

/// Where somebody stands.
struct ReferencePerson {
    var stage = ""
    var detour = ""
    var pass = 1
    /// When each stage was entered in this pass.
    var entered: [String: Instant] = [:]
    /// Happenings count from this place on.
    var passStart = 0
    var passSince = Instant.earliest
    var detourStart = 0
    var detourSince = Instant.earliest
    var notBefore: Instant?
    /// The instant at which each detour was entered last.
    var detoured: [String: Instant] = [:]
    /// The version changed, and they would have moved with it: they wait for the next thing they do.
    var waits = false
    var handOver: Int?
    /// To whom a system gave the person in this pass before there was a hand-over, and the fact that says so.
    var givenTo: (owner: String, fact: String)?
    /// The reason of the verdict that is being judged.
    var reason = ""
    var isErased = false
}

/// A verdict or a change of a deal, as conditions know it.
struct ReferenceSaid {
    var kind: FactKind
    var person: Int
    var instant: Instant
    var place: Int
    /// For a verdict, where it was handed over; for a deal, its stage.
    var stage = ""
    var deal = ""
}

/// Something that scored when it happened.
struct ReferenceScored {
    var person: Int
    /// The address of the rule.
    var rule: String
    var instant: Instant
    var points: Points
    var fact: Fact?
}

/// One account, from its first fact until the end or until it wants an owner.
struct ReferenceAccount {
    let world: ReferenceWorld
    let number: Int
    let people: [String]
    let facts: [ReferenceFact]
    let answers: [ReferenceAnswer]

    var told: ToldAccount
    var states: [ReferencePerson]
    var now = Instant.earliest
    var version = 0
    /// The place of the fact that is being judged; −1: time alone.
    var fact = -1
    /// How many facts have been noted.
    var noted = 0
    var said: [ReferenceSaid] = []
    var scored: [ReferenceScored] = []
    var accountOwner = ""
    /// The deal that is being judged.
    var deal = ""
    /// Of each hand-over, when silence gives its verdict, and when its present owner got it.
    var silenceEnds: [Int: Instant] = [:]
    var owned: [Int: Instant] = [:]
    /// Touches of the owner or the owner's team, or of anybody for a queue, by hand-over.
    var touches: [Int: [Instant]] = [:]
    /// The instant at which time may move somebody next.
    var looks: [Instant?]
    var done: Set<String> = []
    /// Something that others of the account may be asked about has changed.
    var accountChanged = false
    var asked: [ReferenceRequest] = []
    var answered = 0
    var request: ReferenceRequest?

    init(
        world: ReferenceWorld, number: Int, name: String, people: [String], facts: [ReferenceFact],
        answers: [ReferenceAnswer]
    ) {
        (self.world, self.number, self.people, self.facts, self.answers) = (world, number, people, facts, answers)
        told = ToldAccount(name: name)
        states = Array(repeating: ReferencePerson(), count: people.count + 1)
        looks = Array(repeating: nil, count: people.count + 1)
    }

    var agreed: AgreedVersion { world.versions[version] }
    var itself: Int { people.count }
    func who(_ person: Int) -> String { person == itself ? "" : people[person] }
    func number(of who: String) -> Int { people.firstIndex(of: who) ?? itself }
    var evidence: String { fact < 0 ? "time" : facts[fact].key }
    /// Where what is said now stands among the facts.
    var place: Int { fact < 0 ? noted : fact }
    func property(_ name: String) -> Value? { fact < 0 ? nil : facts[fact].fact[name] }

    mutating func run() {
        while let next = nextInstant, next <= world.until {
            let due = looks.indices.filter { looks[$0] == next }
            now = next
            enterVersions()
            while request == nil, noted < facts.count, facts[noted].fact.occurred == now {
                fact = noted
                noted += 1
                note()
                settle()
                if request == nil { raiseAlerts() }
            }
            fact = -1
            guard request == nil else { return }
            passTime(due)
            guard request == nil else { return }
            look()
        }
        now = max(now, world.until)
        told.standings = people.indices.map { standing($0) }
    }

    private var nextInstant: Instant? {
        var all = looks.compactMap { $0 } + timed.map(\.instant) + world.versions.map(\.from)
        if noted < facts.count { all.append(facts[noted].fact.occurred) }
        return all.filter { $0 > now }.min()
    }

    private func standing(_ person: Int) -> ToldStanding {
        let state = states[person]
        return ToldStanding(
            who: who(person), stage: state.stage, detour: state.detour, pass: state.pass,
            engagement: engagement(person, at: world.until), fit: fit(person), grade: grade(fit(person)))
    }

    /// Others of the account, where something changed that they may be asked about; then owners, one after the other.
    mutating func settle() {
        while accountChanged {
            accountChanged = false
            guard agreed.asksAboutAccount else { break }
            for person in states.indices where !states[person].waits { judge(person) }
        }
        while answered < asked.count, request == nil {
            guard answered < answers.count else {
                request = asked[answered]
                return
            }
            assign(asked[answered], answers[answered])
            answered += 1
        }
    }

    // MARK: Versions

    private mutating func enterVersions() {
        for (number, entry) in world.versions.enumerated() where number > 0 && entry.from == now {
            version = number
            for person in states.indices {
                if stageIndex(states[person].stage) == nil { states[person].stage = "" }
                if detour(states[person].detour) == nil { states[person].detour = "" }
            }
            fact = -1
            for person in states.indices {
                states[person].waits = false
                if agreed.agreement.onChange.value == .enter {
                    judge(person)
                } else {
                    states[person].waits = wouldMove(person)
                }
            }
            settle()
            look()
        }
    }

    // MARK: Time

    /// What time does by itself, in order where several things fall on one instant.
    struct Timed {
        enum What: Int { case typed, consent, look, silence, ruling, absence, warn, due, step }
        var instant: Instant
        var what: What
        /// A fact, a person, a hand-over or a clock.
        var subject: Int
        var detail = 0

        var name: String { "\(what) \(subject) \(detail) \(instant.milliseconds)" }
    }

    private mutating func passTime(_ due: [Int]) {
        let looked = due.map { Timed(instant: now, what: .look, subject: $0) }
        while request == nil, let next = first(of: timed + looked) {
            done.insert(next.name)
            happen(next)
            fact = -1
            settle()
        }
    }

    private func first(of all: [Timed]) -> Timed? {
        all.filter { $0.instant == now && !done.contains($0.name) }.min {
            ($0.what.rawValue, $0.subject, $0.detail) < ($1.what.rawValue, $1.subject, $1.detail)
        }
    }

    private var timed: [Timed] {
        typedTouches + consentFlags + silences + rulings + absences + clockTimes
    }

    private mutating func happen(_ timed: Timed) {
        switch timed.what {
        case .typed:
            fact = timed.subject
            turnTo(facts[fact].person)
        case .consent:
            fact = timed.subject
            withdrawWhereNothingIsAllowed(facts[fact].person)
        case .look:
            if !states[timed.subject].waits { judge(timed.subject) }
        case .silence: takeSilence(timed.subject)
        case .ruling: upholdForWantOfRuling(timed.subject)
        case .absence: ownerGone(timed.subject)
        case .warn: told.clocks[timed.subject].warned = now
        case .due: becomeDue(timed.subject)
        case .step: climb(timed.subject, timed.detail)
        }
    }

    private mutating func look() {
        for person in states.indices { looks[person] = states[person].waits ? nil : nextLook(person) }
    }

    // MARK: Facts

    private mutating func note() {
        let entry = facts[fact]
        let (person, kind) = (entry.person, entry.fact.kind)
        var isAskedAbout = states[person].waits || isAnything(entry) || asksForContact(entry.fact)
        states[person].waits = false
        if !isIgnored(person, before: fact) { score(person, of: entry.fact) }
        switch kind.family {
        case .field:
            isAskedAbout = changedField(fact) || isAskedAbout
            noteStageClaim(person)
        case .consent:
            isAskedAbout = true
            if kind != .consentGiven { withdrawWhereNothingIsAllowed(person) }
        case .touch: noteTouch(person)
        case .meeting: noteMeeting(person)
        case .verdict:
            isAskedAbout = true
            noteVerdict(person)
        case .deal: return noteDeal(person)
        case .ownership: noteOwner(person)
        case .identity where kind == .merged, .gone where kind == .mergedAway: noteMerge(person)
        case .gone where kind == .erased:
            states[person].isErased = true
            withdraw(states[person].handOver, "erased")
        default: break
        }
        if isAskedAbout { judge(person) }
    }

    /// Whether the agreement has a name or a condition for it.
    private func isAnything(_ entry: ReferenceFact) -> Bool {
        agreed.happenings.contains { isOccurrence(entry.fact, of: $0) }
    }

    private mutating func noteOwner(_ person: Int) {
        let owner = facts[fact].fact.actor?.value ?? ""
        guard person == itself else {
            if world.assigning == .recorded { assignAsRecorded(owner, person) }
            return
        }
        guard owner != accountOwner else { return }
        accountOwner = owner
        for index in told.handOvers.indices where told.handOvers[index].isOpen {
            let holder = told.handOvers[index].owner
            if !holder.isEmpty, !owner.isEmpty, holder != owner { withdraw(index, "ownedElsewhere") }
        }
    }

    /// A system that is named in `history` says before go-live where somebody stands; another claim is a conflict.
    private mutating func noteStageClaim(_ person: Int) {
        guard case .text(let claim)? = property("stage"), person != itself, isNew(claim),
            let claimed = agreed.agreement.stages.firstIndex(where: { $0.name.lowercased() == claim.lowercased() })
        else { return }
        let source = facts[fact].fact.key.source
        let starts = agreed.agreement.company.starts.map { agreed.agreement.zone.startOfDay($0.value) }
        if agreed.agreement.company.history.stagesFrom.value.contains(source), let starts, now < starts {
            if claimed > stageIndex(states[person].stage) ?? -1, states[person].detour.isEmpty {
                enter(claimed, person, change: "imported")
            }
        } else if agreed.agreement.stages[claimed].name != states[person].stage {
            judge(person)
            guard agreed.agreement.stages[claimed].name != states[person].stage else { return }
            conflict("claimedStage", person, claim)
        }
    }

    /// A record that says the same again claims nothing new.
    private func isNew(_ claim: String) -> Bool {
        let mine = facts[fact].fact.key
        let last = facts[..<fact].last { entry in
            let key = entry.fact.key
            guard case .text(let earlier)? = entry.fact["stage"], entry.fact.kind == .observed else { return false }
            return (key.source, key.object, key.id) == (mine.source, mine.object, mine.id)
                && agreed.agreement.stages.contains { $0.name.lowercased() == earlier.lowercased() }
        }
        return last?.fact["stage"] != .text(claim)
    }

    mutating func conflict(_ what: String, _ person: Int, _ detail: String = "") {
        told.conflicts.append(
            ToldConflict(
                instant: now, who: who(person), what: what, detail: detail, source: facts[fact].fact.key.source,
                fact: evidence, stage: states[person].stage))
    }

    func stageIndex(_ name: String) -> Int? { agreed.agreement.stages.firstIndex { $0.name == name } }
    func detour(_ name: String) -> Detour? { agreed.agreement.detours.first { $0.name == name } }
}
