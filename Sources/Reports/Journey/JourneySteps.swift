internal import Agreement
internal import Engine
internal import Journal
internal import Vocabulary

/// The company's own steps of the way people buy, and which facts belong to which.
struct JourneySteps: Sendable {
    let steps: [JourneyStep]
    private let program: BoundProgram
    private let history: Engine.History
    /// By happening: the activity, an index in the agreement's.
    private let activities: [Int32: Int]
    private let names: [String]
    /// By activity: its step.
    private let stepOf: [Int: Int]
    /// The deals' stages whose entry is an activity: the activity by the stage's text.
    private let dealStages: [Int32: Int]

    init(_ company: JudgedCompany) {
        let agreement = company.agreement
        steps = agreement.journey
        names = agreement.activities.map(\.name)
        var history = company.world.history
        let compiled = compileActivities(agreement)
        let versions = company.world.versions
        let freeMail = versions[versions.count - 1].isFreeMail
        program = BoundProgram(compiled.program, to: &history, zone: agreement.zone, isFreeMail: freeMail)
        self.history = company.world.history
        activities = Dictionary(zip(compiled.happenings, names.indices)) { first, _ in first }
        var stepOf: [Int: Int] = [:]
        for (number, step) in agreement.journey.enumerated() {
            for name in step.activities.value { if let index = names.firstIndex(of: name) { stepOf[index] = number } }
        }
        self.stepOf = stepOf
        var dealStages: [Int32: Int] = [:]
        for (index, happening) in compiled.happenings.enumerated() {
            if case .dealEnters(let stage) = compiled.program.happenings[Int(happening)] {
                dealStages[program.name(stage)] = index
            }
        }
        self.dealStages = dealStages
    }

    /// The activities a fact is, by name, in the order of the agreement.
    func activities(in fact: Int32) -> [String] { recognised(in: fact).map { names[$0] } }

    /// The furthest step that a fact belongs to.
    func step(of fact: Int32) -> Int? { recognised(in: fact).compactMap { stepOf[$0] }.max() }

    private func recognised(in fact: Int32) -> [Int] {
        program.recognised(in: history.act[Int(fact)]).compactMap { activities[$0] }.sorted()
    }

    /// The activity that a deal's coming into a stage is.
    func activity(entering stage: Int32) -> (name: String, step: Int?)? {
        dealStages[stage].map { (names[$0], stepOf[$0]) }
    }
}

/// Something a person did that belongs to a step.
struct JourneyActivity: Hashable, Sendable {
    let person: Int32
    let instant: Instant
    let step: Int
    let fact: Int32
}

/// What the persons of an account did, in order, and who leads at which time.
struct AccountJourney: Sendable {
    private(set) var activities: [JourneyActivity] = []
    private let handOvers: [HandOver]
    private let deals: [DealOutcome]

    init(_ account: AccountOutcome, _ steps: JourneySteps, _ world: FoldWorld) {
        (handOvers, deals) = (account.handOvers, account.deals)
        let history = world.history
        for fact in history.accounts[Int(account.account)].facts where history.at(Int(fact)) <= world.until {
            let person = history.person[Int(fact)]
            guard person >= 0, let step = steps.step(of: fact) else { continue }
            activities.append(
                JourneyActivity(person: person, instant: history.at(Int(fact)), step: step, fact: fact))
        }
        for deal in account.deals {
            var last: Int32 = -1
            for change in deal.changes where change.stage != last {
                last = change.stage
                guard let step = steps.activity(entering: change.stage)?.step else { continue }
                activities += Set(deal.persons).sorted().map {
                    JourneyActivity(person: $0, instant: change.instant, step: step, fact: change.fact)
                }
            }
        }
        activities.sort { ($0.instant, $0.fact, $0.person) < ($1.instant, $1.fact, $1.person) }
    }

    /// The furthest step somebody had come to before a fact; `nil`: they had not begun.
    func step(of person: Int32, before instant: Instant) -> Int? {
        activities.lazy.filter { $0.person == person && $0.instant < instant }.map(\.step).max()
    }

    /// Sales leads where the person is handed over or on an open deal; else whoever leads the step they have come to, and
    /// marketing before the first.
    func leader(of person: Int32, at instant: Instant, _ steps: JourneySteps) -> Party {
        let isHandedOver = handOvers.contains { handOver in
            handOver.person == person && handOver.ready.map { $0 <= instant } ?? false
                && handOver.ended.map { $0 > instant } ?? true
        }
        let isOnDeal = deals.contains { deal in
            deal.persons.contains(person) && deal.changes.last { $0.instant <= instant }?.state == .open
        }
        if isHandedOver || isOnDeal { return .sales }
        return step(of: person, before: instant).map { steps.steps[$0].ledBy.value } ?? .marketing
    }
}
