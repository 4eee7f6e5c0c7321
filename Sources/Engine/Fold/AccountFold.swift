internal import Journal
public import Vocabulary

// The facts of one account, one after the other, and what they mean.
//
//     next event ── the next fact, or the next timer where that comes first; facts of an instant before its timers, a new
//                   version before both
//       fact  ──── recognised (BoundProgram), noted (Noting.swift): occurrences, scores, fields, consent, deals, verdicts
//       timer ──── silence, due, warn, step, end of a dispute, an owner's absence, another look at a person
//     then the persons it may move are judged (Judging.swift), hand-overs looked at (HandingOver.swift) and clocks stopped
//     (Clocks.swift)
//
// Where a hand-over wants an owner and owners come by routing, the fold stops and says so; `answer` lets it go on. So owners
// feed clocks and clocks feed moves without a second path: one account at a time goes as far as it can by itself, and routing
// answers all accounts in order of instant.

/// Where owners come from.
public enum Assigning: Hashable, Sendable {
    /// From what systems say they assigned, and from decisions.
    case recorded
    /// From the rules of the agreement, as in a back-test.
    case routed
    /// From what was recorded and decided; what becomes ready in one of these times and nobody has decided on yet goes by the
    /// rules as of now.
    case live([Range<Instant>])
}

/// What every account is folded with: shared, and never changed.
public final class FoldWorld: Sendable {
    public let history: History
    /// In order of their instants.
    public let versions: [BoundProgram]
    public let staff: Staff
    public let assigning: Assigning
    public let until: Instant
    let words: FactWords
    let uploads: Uploads
    let decisions: Decisions

    public init(
        history: History, versions: [BoundProgram], staff: Staff, assigning: Assigning, until: Instant
    ) {
        (self.history, self.versions, self.staff) = (history, versions, staff)
        (self.assigning, self.until) = (assigning, until)
        words = FactWords(history.texts)
        uploads = Uploads(history, versions, until: until)
        decisions = Decisions(history, words)
    }

    /// Whether owners are whom systems and decisions name.
    var heedsRecords: Bool { assigning != .routed }

    var isLive: Bool {
        if case .live = assigning { return true }
        return false
    }

    /// Whether anything is ever routed.
    var routesAtAll: Bool { assigning != .recorded }

    /// Whether what wants an owner at an instant is routed.
    func routes(at instant: Instant) -> Bool {
        switch assigning {
        case .recorded: false
        case .routed: true
        case .live(let times): times.contains { $0.contains(instant) }
        }
    }
}

/// A hand-over that waits for its owner.
public struct OwnerRequest: Hashable, Sendable {
    public enum Why: UInt8, Hashable, Sendable {
        case handedOver, rejected, toAccountOwner
        /// Away or gone, and the lead untouched.
        case ownerAway
        /// Gone for good, and the lead in work.
        case ownerLeft
        case escalated
        /// Upheld as invalid: the turn is given back, and nobody is asked for.
        case invalid
        /// Would newly enter under a version that lets so many in a day; what is asked for is not an owner but when.
        case turn
    }

    public var instant: Instant
    public let account: Int32
    public let handOver: Int32
    public let person: Int32
    public let fact: Int32
    public let stage: Int32
    public let grade: Int32
    public let version: Int32
    public let why: Why
    /// Who has had it and is not to get it again, texts.
    public let without: [Int32]
    /// For each rule of routing whether its condition holds.
    public let rules: [Bool]
    /// The owner of the account, a text; −1: none.
    public let accountOwner: Int32
    /// The owner of the account's open hand-over; −1: none.
    public let openOwner: Int32
    /// The team that receives this stage, a text; −1: as routing says.
    public let team: Int32
    /// The system whose fact made it a lead, a text; −1: time did.
    public var origin: Int32 = -1
    /// It waited for room.
    public var isReleased = false
    /// Of a turn, when the latest evidence was; live, when the owner was wanted.
    public var evidence = Instant.earliest
    /// Who has it already, as was decided: only counted.
    public var decided: DecidedOwner?
    /// When the owner was wanted, where they are asked for only now.
    public var wanted: Instant?
}

/// Who gets it.
public struct OwnerAnswer: Hashable, Sendable {
    /// A text; −1: nobody could be found.
    public let owner: Int32
    /// An index in `Program.routing`; −1: a last resort.
    public let rule: Int32
    public let told: Instant
    /// One of many of one origin.
    public let isBurst: Bool
    /// When to ask again, where there is no room for a lead of a burst.
    public let again: Instant?

    public init(owner: Int32, rule: Int32, told: Instant, isBurst: Bool = false, again: Instant? = nil) {
        (self.owner, self.rule, self.told) = (owner, rule, told)
        (self.isBurst, self.again) = (isBurst, again)
    }
}

/// One account while it is folded. Takes one account after the other, so that its room is made once.
public struct AccountFold: Sendable {
    let world: FoldWorld
    let history: History
    private let targets: Set<Int32>
    let mailDomains: MailDomains
    private(set) var room: ConditionRoom
    private(set) var account = AccountEntry(name: -1, identifiers: [], facts: 0..<0, persons: 0..<0)
    private(set) var firstPerson: Int32 = 0
    /// Persons of the account, and one more for the account itself.
    private(set) var size = 0
    public private(set) var outcome = AccountOutcome(account: -1)
    /// The request that waits for an answer.
    public private(set) var request: OwnerRequest?

    var program: BoundProgram
    var version: Int32 = 0
    var present = Instant.earliest
    /// The fact that is being judged; −1: time alone.
    var fact: Int32 = noFact
    /// The next fact, an index in the history.
    private var cursor: Int32 = 0
    var timers = Timers()

    var persons: [PersonState] = []
    /// How many wait for a sign of life after a new version.
    var awaiting = 0
    /// By person and field.
    var fields: [Int64] = []
    var fieldCurrencies: [UInt16] = []
    /// Whether a value only stands for what nobody wrote down then.
    var isAssumed: [Bool] = []
    /// By person and happening, the last occurrence.
    var lastOccurrence: [Int32] = []
    var occurrences: [Occurrence] = []
    /// By person and rule, the last contribution that counted.
    var lastOfRule: [Int32] = []
    var contributions: [Contribution] = []
    /// All that scored, counted or not, where there are several versions.
    var scored: [Scored] = []
    /// By person and stage, when it was entered in this pass.
    var enteredAt: [Int64] = []
    /// What records last said, and by person and field the last of them.
    var recordValues: [RecordValue] = []
    var lastRecordValue: [Int32] = []
    /// By person, the last stage that a record claimed.
    var lastClaim: [Int32] = []
    /// The facts of consent of each person, by place.
    var consents: [[Int32]] = []
    var requests: [[Int32]] = []
    var deals: [Int32: Int32] = [:]
    /// What was told last of each deal.
    var dealValues: [DealValue: PropertyTable.Property] = [:]
    var accountOwner: Int32 = -1
    var openDeals = 0
    /// The deal whose change is being judged; −1: none.
    var deal: Int32 = -1
    /// Of deals, only what became of this one counts.
    var isUnit = false
    var isTarget = false
    /// Something that others of the account may be asked about.
    var hasAccountChanged = false
    /// Hand-overs whose owner or team has turned to the person.
    var touched: Set<Int32> = []
    /// Hand-overs that somebody was told of.
    var anchors: [Anchor] = []
    /// By decision, the hand-over that it was about.
    var bindings: [Int32: Int] = [:]
    /// Alerts that ask about the fact that is being noted.
    var heeded: [HeededAlert] = []
    /// Verdicts and changes of deals so far, to be recognised anew under another version.
    var saidAndDone: [SaidOrDone] = []
    /// Requests that came up while one waits.
    private var waiting: [OwnerRequest] = []

    struct DealValue: Hashable {
        /// An index in the outcome.
        let deal: Int32
        let name: Int32
    }

    struct RecordValue {
        let record: Int32
        var property: PropertyTable.Property
        let previous: Int32
    }

    public init(_ account: Int32, in world: FoldWorld, targets: Set<Int32> = []) {
        self.init(in: world, targets: targets)
        begin(account)
    }

    init(in world: FoldWorld, targets: Set<Int32>, mailDomains: MailDomains = MailDomains()) {
        self.mailDomains = mailDomains
        self.world = world
        self.targets = targets
        history = world.history
        program = world.versions[0]
        room = program.conditions.room
    }

    /// Turns to an account from its first fact on.
    mutating func begin(_ number: Int32) {
        account = history.accounts[Int(number)]
        firstPerson = account.persons.lowerBound
        size = account.persons.count + 1
        outcome = AccountOutcome(account: number)
        cursor = account.facts.lowerBound
        if version != 0 {
            (program, version) = (world.versions[0], 0)
            room = program.conditions.room
        }
        (present, fact) = (.earliest, noFact)
        (accountOwner, openDeals, deal) = (-1, 0, -1)
        (hasAccountChanged, isUnit) = (false, false)
        isTarget = account.identifiers.contains { targets.contains($0) } || targets.contains(account.name)
        awaiting = 0
        makeRoom()
        for number in persons.indices { persons[number].passStart = account.facts.lowerBound }
        setAssumptions()
        for (number, bound) in world.versions.enumerated().dropFirst() {
            timers.set(Timer(instant: bound.from, kind: .version, subject: Int32(number), detail: 0))
        }
    }

    private mutating func makeRoom() {
        persons.refill(with: PersonState(), count: size)
        fields.refill(with: unknown, count: size * program.fields.count)
        fieldCurrencies.refill(with: 0, count: size * program.fields.count)
        isAssumed.refill(with: false, count: size * program.fields.count)
        lastOccurrence.refill(with: -1, count: size * program.happeningCount)
        lastOfRule.refill(with: -1, count: size * program.engagement.count)
        enteredAt.refill(with: unknown, count: size * program.stages.count)
        consents.refill(with: [], count: size)
        requests.refill(with: [], count: size)
        occurrences.removeAll(keepingCapacity: true)
        contributions.removeAll(keepingCapacity: true)
        scored.removeAll(keepingCapacity: true)
        saidAndDone.removeAll(keepingCapacity: true)
        anchors.removeAll(keepingCapacity: true)
        if !bindings.isEmpty { bindings.removeAll(keepingCapacity: true) }
        heeded.removeAll(keepingCapacity: true)
        waiting.removeAll(keepingCapacity: true)
        timers.removeAll()
        recordValues.removeAll(keepingCapacity: true)
        lastRecordValue.refill(with: -1, count: size * program.fields.count)
        lastClaim.refill(with: -1, count: size)
        if !deals.isEmpty { deals.removeAll(keepingCapacity: true) }
        if !dealValues.isEmpty { dealValues.removeAll(keepingCapacity: true) }
        if !touched.isEmpty { touched.removeAll(keepingCapacity: true) }
    }

    /// Goes on until an owner is wanted or nothing is left until `world.until`, which still belongs to it.
    public mutating func run() {
        while request == nil {
            if let next = waiting.first {
                waiting.removeFirst()
                request = next
                return
            }
            guard step() else { return finish() }
        }
    }

    public mutating func answer(_ answer: OwnerAnswer) {
        guard let asked = request else { return }
        request = nil
        if asked.why == .turn { return takeTurn(local(asked.person), at: answer.told) }
        assign(asked, answer)
    }

    mutating func ask(_ asked: OwnerRequest) { waiting.append(asked) }

    mutating func edit(_ change: (inout AccountOutcome) -> Void) { change(&outcome) }

    /// Whether there was something to do.
    private mutating func step() -> Bool {
        // Of what came before, now that whoever has the lead is known.
        raiseAlerts()
        while cursor < account.facts.upperBound, isOfNoConsequence(cursor) { cursor += 1 }
        let hasFact = cursor < account.facts.upperBound
        let factInstant = hasFact ? history.at(Int(cursor)) : .latest
        if let timer = timers.first, !hasFact || timer.isBefore(factAt: factInstant), timer.instant <= world.until {
            present = timer.instant
            fact = noFact
            fire(timers.removeFirst())
            judgeOthers()
            return true
        }
        guard hasFact, factInstant <= world.until else { return false }
        present = factInstant
        fact = cursor
        cursor += 1
        note(fact)
        judgeOthers()
        return true
    }

    /// A deal, or a hand-over that began or ended, may move everybody of the account where conditions ask about those.
    private mutating func judgeOthers() {
        while hasAccountChanged {
            hasAccountChanged = false
            guard program.asksAboutAccount else { return }
            for person in persons.indices where !persons[person].awaitsActivity { judge(person) }
        }
    }

    private mutating func fire(_ timer: Timer) {
        let subject = Int(timer.subject)
        switch timer.kind {
        case .version: enterVersion(timer.subject)
        case .wake:
            guard persons[subject].wake == present else { return }
            persons[subject].wake = nil
            judge(subject)
        case .typed: typed(timer.subject, Int(timer.detail))
        case .consent: withdrawWhereNothingIsAllowed(Int(timer.detail))
        case .silence: silence(timer.subject)
        case .disputeEnd: break
        case .assumed: assume(timer.subject)
        case .turn: if timer.detail == version { enterInTurn(subject) }
        case .release: release(subject)
        case .rulingEnd: upholdForWantOfRuling(timer.subject)
        case .absence: ownerGone(timer.subject, owner: timer.detail)
        case .warn: warn(timer.subject)
        case .due: becomeDue(timer.subject)
        case .step: climb(timer.subject, step: timer.detail)
        }
    }

    /// The outcome, which the fold keeps no longer.
    mutating func takeOutcome() -> AccountOutcome {
        let taken = outcome
        outcome = AccountOutcome(account: taken.account)
        return taken
    }

    private mutating func finish() {
        let next = timers.first?.instant
        let people = (0..<size - 1).map { standing($0) }
        let quarantines = (firstPerson..<firstPerson + Int32(size - 1)).compactMap { world.uploads[$0] }
        let corrections = anchors.isEmpty ? [] : self.corrections
        if world.isLive { markDenied() }
        edit {
            $0.next = next
            $0.quarantines = quarantines
            $0.corrections = corrections
            $0.standings = people
        }
    }

    /// Whose open hand-over nobody may act upon at the end: the gate says no to every purpose.
    private mutating func markDenied() {
        guard !program.program.gate.purposes.isEmpty else { return }
        present = world.until
        for index in outcome.handOvers.indices where outcome.handOvers[index].isOpen {
            let isDenied = !allowsAnything(local(outcome.handOvers[index].person))
            edit { $0.handOvers[index].isDenied = isDenied }
        }
    }

    private func standing(_ person: Int) -> Standing {
        let state = persons[person]
        var engagement = Points.zero
        if state.contributions > 0 { engagement = self.engagement(of: person, at: world.until) }
        let fit = self.fit(of: person)
        return Standing(
            person: firstPerson + Int32(person), stage: state.stage, detour: state.detour, pass: state.pass,
            since: state.since, engagement: engagement, fit: fit, grade: grade(of: fit),
            assumed: (0..<program.fields.count).filter { isAssumed[person * program.fields.count + $0] }.map {
                Int32($0)
            })
    }

    /// The place of the first fact that is still to come.
    var upcoming: Int32 { cursor }
    /// The end of the account's facts.
    var upperFact: Int32 { account.facts.upperBound }

    /// The index of a person of the history among those of this account.
    func local(_ person: Int32) -> Int { person < 0 ? size - 1 : Int(person - firstPerson) }
    /// The other way round; −1 for the account itself.
    func global(_ person: Int) -> Int32 { person == size - 1 ? -1 : firstPerson + Int32(person) }
}

// Versions over time.

extension AccountFold {
    /// What was recognised under the last version is recognised anew; points stay as they were fixed.
    private mutating func enterVersion(_ number: Int32) {
        let old = program
        program = world.versions[Int(number)]
        room = program.conditions.room
        version = number
        let stages = old.program.stages.map { program.stage(named: old.name($0.name)) }
        let detours = old.program.detours.map { detour in
            program.program.detours.firstIndex { program.name($0.name) == old.name(detour.name) }.map(Int32.init) ?? -1
        }
        for person in persons.indices {
            if persons[person].stage >= 0 { persons[person].stage = stages[Int(persons[person].stage)] }
            if persons[person].detour >= 0 { persons[person].detour = detours[Int(persons[person].detour)] }
            persons[person].fit = nil
            persons[person].awaitsActivity = false
            persons[person].wake = nil
        }
        awaiting = 0
        enteredAt = renumbered(
            enteredAt, stages.map { $0 < 0 ? nil : Int($0) }, else: unknown, width: program.stages.count)
        lastOfRule = Array(repeating: -1, count: size * program.program.engagement.count)
        readFieldsAnew()
        recogniseAnew()
        scoreAnew()
        for person in persons.indices {
            if program.program.onChange == .enter { judge(person) } else { awaitActivity(person) }
        }
        if case .enterAtMost = program.program.onChange { wantTurns() }
    }

    /// Whoever the new version would move waits for the next activity.
    private mutating func awaitActivity(_ person: Int) {
        guard wouldMove(person) else { return setWake(person) }
        persons[person].awaitsActivity = true
        awaiting += 1
    }

    /// Fields are what this version says they are, whenever they were told.
    private mutating func readFieldsAnew() {
        fields = Array(repeating: unknown, count: size * program.fields.count)
        fieldCurrencies = Array(repeating: 0, count: size * program.fields.count)
        isAssumed = Array(repeating: false, count: size * program.fields.count)
        lastRecordValue = Array(repeating: -1, count: size * program.fields.count)
        for place in account.facts.lowerBound..<cursor {
            let act = history.acts[Int(history.act[Int(place)])]
            guard act.kind.family == .field else { continue }
            fact = place
            _ = readFields(act, local(history.person[Int(place)]))
        }
        fact = noFact
        assumeAnew(after: cursor)
    }

    /// Columns of a table by person, each where it stands now; `nil`: nowhere.
    private func renumbered<Value>(_ values: [Value], _ places: [Int?], else none: Value, width: Int) -> [Value] {
        var result = Array(repeating: none, count: size * width)
        for person in 0..<size {
            for (column, place) in places.enumerated() {
                if let place { result[person * width + place] = values[person * places.count + column] }
            }
        }
        return result
    }

    private mutating func recogniseAnew() {
        occurrences = []
        lastOccurrence = Array(repeating: -1, count: size * program.program.happenings.count)
        for place in account.facts.lowerBound..<cursor {
            let person = local(history.person[Int(place)])
            for index in program.recognised.range(Int(history.act[Int(place)])) {
                occur(program.recognised[at: index], person, at: history.at(Int(place)), place: place)
            }
        }
        for noted in saidAndDone {
            for happening in happenings(of: noted) {
                occur(happening, noted.person, at: noted.instant, place: noted.place)
            }
        }
    }
}

extension Array {
    /// Becomes so many of one value, in the room it has.
    fileprivate mutating func refill(with value: Element, count: Int) {
        removeAll(keepingCapacity: true)
        append(contentsOf: repeatElement(value, count: count))
    }
}
