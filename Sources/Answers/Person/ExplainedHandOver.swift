internal import Agreement
package import Engine
package import Vocabulary

/// One hand-over of a person: what held it, who has it and why, what was said of it, and the promises on it.
package struct ExplainedHandOver {
    package struct Promise {
        package let name: String
        package let owner: String
        package let within: String
        package let start: Instant
        package let due: Instant?
        package let calendar: String
        package let ending: String
        package let ended: Instant?
        package let clause: CitedClause?
        package let fact: CitedFact?
    }

    package struct Rule {
        package let name: String
        package let holds: Bool
        /// Who got it by this rule, or why it did not apply.
        package let outcome: String
        package let clause: CitedClause?
    }

    package let stage: String
    package let handOver: HandOver
    package let clause: CitedClause?
    package let fact: CitedFact?
    package let readyFact: CitedFact?
    /// What holds it, or held it.
    package let held: String?
    package let grade: String?
    package let owners: [(name: String, since: Instant, why: String)]
    /// In the order tried, the last is the one that answered; empty where nobody was asked for.
    package let rules: [Rule]
    /// By the rules of routing, replayed with everybody's turns; `nil`: nobody was asked for.
    package let ownerByRules: String?
    package let verdict: String?
    package let dispute: String?
    package let promises: [Promise]

    package static func all(
        of person: Int32, _ outcome: AccountOutcome, _ words: WordsOfRun, _ citations: Citations
    ) throws -> [ExplainedHandOver] {
        try outcome.handOvers.indices.filter { outcome.handOvers[$0].person == person }.map {
            try ExplainedHandOver($0, outcome, words, citations)
        }
    }

    package init(
        _ index: Int, _ outcome: AccountOutcome, _ words: WordsOfRun, _ citations: Citations
    ) throws {
        let handOver = outcome.handOvers[index]
        self.handOver = handOver
        stage = words.stage(handOver.stage, handOver.version)
        clause = citations.clause(handOver.clause, handOver.version)
        (fact, readyFact) = (try citations.fact(handOver.fact), try citations.fact(handOver.readyFact))
        held = handOver.hold.map { _ in words.held(handOver) }
        grade = words.grade(handOver.grade, handOver.version)
        owners = handOver.owners.map { (words.text($0.owner), $0.since, $0.why.inWords) }
        let routed = words.routed(handOver)
        rules = routed.map { ExplainedHandOver.rules($0, words, citations) } ?? []
        ownerByRules = routed.map { words.text($0.answer.owner) }
        verdict = handOver.verdict.map { words.verdict($0) }
        dispute = handOver.dispute?.ruling.inWords
        promises = try outcome.clocks.filter { $0.handOver == Int32(index) }.map {
            try Promise($0, handOver, words, citations)
        }
    }

    static func rules(_ routed: Routed, _ words: WordsOfRun, _ citations: Citations) -> [Rule] {
        let version = routed.request.version
        let (program, compiled) = (words.program(version), words.compiled(version))
        let person = words.evaluation.person(routed.request.person, at: routed.request.instant)
        let explainer = ConditionExplainer(compiled, person)
        return routed.steps.map { step in
            guard step.rule >= 0 else {
                return Rule(
                    name: "last resort", holds: true, outcome: words.text(step.owner),
                    clause: citations.clause(program.assigning.lastResortClause, version))
            }
            let rule = program.routing[Int(step.rule)]
            let because = explainer.shortfall(of: compiled.agreement.routing.rules[Int(step.rule)].when.value)
            return Rule(
                name: program.names[Int(rule.name)], holds: step.answer != .doesNotHold,
                outcome: step.inWords(words, because: because?.sentence),
                clause: citations.clause(rule.clause, version))
        }
    }
}

extension RoutingStep {
    fileprivate func inWords(_ words: WordsOfRun, because: String?) -> String {
        switch answer {
        case .doesNotHold: because ?? "does not hold"
        case .nobody: "nobody there can take it"
        case .to: words.text(owner)
        case .fallback: "\(words.text(owner)), the fallback"
        case .manager: "\(words.text(owner)), the manager"
        case .lastResort: "\(words.text(owner)), the last resort"
        case .waits: "one of many at once: it waits for room"
        }
    }
}

extension Engine.Dispute.Ruling {
    fileprivate var inWords: String {
        switch self {
        case .pending: "disputed, not ruled on yet"
        case .upheld: "disputed; the rejection was upheld"
        case .overturned: "disputed; the rejection was overturned"
        case .upheldForWantOfRuling: "disputed; nobody ruled in time, so the rejection stands"
        }
    }
}

extension ExplainedHandOver.Promise {
    fileprivate init(
        _ clock: Clock, _ handOver: HandOver, _ words: WordsOfRun, _ citations: Citations
    ) throws {
        let program = words.program(clock.version).clocks[Int(clock.program)]
        let agreement = words.agreement(clock.version)
        self.name = "\(clock.promise)"
        let name = clock.owner < 0 ? "the queue" : words.text(clock.owner)
        owner = name
        within = "\(program.within)"
        (start, due, ended) = (clock.start, clock.due, clock.ended)
        calendar = agreement.calendarName(of: name, stage: words.stage(handOver.stage, clock.version))
        ending = clock.ending(clock.ended.map { " on \($0.onTheWall(in: agreement.zone))" } ?? "")
        clause = citations.clause(program.clause, clock.version)
        fact = try citations.fact(clock.fact)
    }
}

extension Agreement {
    /// The calendar that a promise of somebody, or of the queue of a stage, is measured by.
    fileprivate func calendarName(of owner: String, stage: String) -> String {
        var team = teams.first { team in
            team.reps.contains { $0.email.value.text == owner } || team.manager?.value.text == owner
        }
        if team == nil, case .team(let name)? = self.stage(named: stage)?.handOver?.value {
            team = self.team(named: name)
        }
        if team == nil, teams.count == 1 { team = teams[0] }
        return team?.calendar?.value ?? "round the clock"
    }
}

/// What the gate says of one purpose.
package struct ExplainedGate {
    package let purpose: String
    package let channel: String
    package let answer: GateAnswer
    package let clause: CitedClause?
    package let fact: CitedFact?

    package static func all(of person: PersonAt, _ words: WordsOfRun, _ citations: Citations) throws -> [ExplainedGate]
    {
        try words.program(person.version).gate.purposes.indices.map {
            try ExplainedGate(person, purpose: $0, words.program(person.version), citations)
        }
    }

    package init(_ person: PersonAt, purpose index: Int, _ program: Program, _ citations: Citations) throws {
        let purpose = program.gate.purposes[index]
        answer = person.gate(purpose: index)
        (self.purpose, channel) = (program.names[Int(purpose.name)], program.names[Int(purpose.channel)])
        clause = citations.clause(answer.clause, person.version)
        fact = try citations.fact(answer.fact)
    }
}
