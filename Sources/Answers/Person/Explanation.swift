package import Agreement
package import Engine
package import Journal
package import Vocabulary

//  Explanation ─ standing ──── where the person is now
//              ─ timeline ──── [TimelineEntry]   what happened, and what it moved
//              ─ score ─────── [ExplainedPart], [ExplainedFit]
//              ─ obstacles ─── [Obstacle]        why not further, or why still in a detour
//              ─ handOvers ─── [ExplainedHandOver]   owners, rules tried, verdict, promises
//              ─ gate ──────── [ExplainedGate]
//
//  It is gathered once and then written as text or as JSON, so that both say the same.

/// Everything there is to say about one person at one instant.
package struct Explanation {
    package let evaluation: Evaluation
    package let citations: Citations
    package let outcome: AccountOutcome
    package let person: Int32
    /// As they stand at the asked instant.
    package let present: PersonAt
    package let timeline: [TimelineEntry]
    package let score: [ExplainedPart]
    package let fit: [ExplainedFit]
    package let obstacles: [Obstacle]
    package let handOvers: [ExplainedHandOver]
    package let gate: [ExplainedGate]

    package var history: Engine.History { evaluation.world.history }
    package var instant: Instant { evaluation.world.until }
    package var version: RunVersion { evaluation.agreements.versions[Int(present.version)] }
    package var zone: Zone { version.agreement.zone }
    package var name: String { history.texts[history.persons[Int(person)].name] }
    package var accountName: String { history.texts[history.accounts[Int(history.persons[Int(person)].account)].name] }

    package init(_ evaluation: Evaluation, _ person: Int32, citing store: any JournalStore) throws {
        try self.init(WordsOfRun(evaluation), person, citing: store)
    }

    /// Of one of many who are asked for: the words of the run are found once.
    package init(_ words: WordsOfRun, _ person: Int32, citing store: any JournalStore) throws {
        let evaluation = words.evaluation
        self.evaluation = evaluation
        self.person = person
        citations = Citations(evaluation: evaluation, store: store)
        present = evaluation.person(person, at: evaluation.world.until)
        outcome = present.outcome
        timeline = try Timeline(person, outcome, present.scoreParts, words, citations).entries
        score = try ExplainedPart.all(of: present, words, citations)
        fit = ExplainedFit.all(of: present, words, citations)
        obstacles = Obstacle.all(of: present, words, citations)
        handOvers = try ExplainedHandOver.all(of: person, outcome, words, citations)
        gate = try ExplainedGate.all(of: present, words, citations)
    }
}

/// Names of a run, by the numbers that outcomes carry.
package struct WordsOfRun: Sendable {
    package let evaluation: Evaluation
    /// Routing replayed over the whole company, since turns depend on everybody's leads; by person.
    private let routing: [Int32: [Routed]]

    package init(_ evaluation: Evaluation) {
        self.init(evaluation, replayed: evaluate(evaluation.routed, targets: evaluation.targets, by: wholeCrew))
    }

    /// Where routing was replayed already.
    init(_ evaluation: Evaluation, replayed: Outcome) {
        self.evaluation = evaluation
        routing = Dictionary(grouping: replayed.routing, by: \.request.person)
    }

    /// How routing answered for a hand-over; `nil`: nobody was asked for.
    package func routed(_ handOver: HandOver) -> Routed? {
        routing[handOver.person]?.first { $0.request.why == .handedOver && $0.request.instant == handOver.ready }
    }

    package var history: Engine.History { evaluation.world.history }

    package func program(_ version: Int32) -> Program { evaluation.world.versions[Int(version)].program }
    package func compiled(_ version: Int32) -> CompiledAgreement {
        evaluation.agreements.versions[Int(version)].compiled
    }
    package func agreement(_ version: Int32) -> Agreement { compiled(version).agreement }

    package func stage(_ index: Int32, _ version: Int32) -> String {
        let program = program(version)
        return program.stages.indices.contains(Int(index)) ? program.names[Int(program.stages[Int(index)].name)] : "?"
    }

    package func detour(_ index: Int32, _ version: Int32) -> String {
        let program = program(version)
        return program.detours.indices.contains(Int(index)) ? program.names[Int(program.detours[Int(index)].name)] : "?"
    }

    package func grade(_ index: Int32, _ version: Int32) -> String? {
        let program = program(version)
        return program.grades.indices.contains(Int(index)) ? program.names[Int(program.grades[Int(index)].name)] : nil
    }

    package func text(_ number: Int32) -> String { number < 0 ? "nobody" : history.texts[number] }
}

extension Points {
    /// To one decimal, rounded down: `31.2`.
    package var shown: String {
        let (whole, rest) = micropoints.quotientAndRemainder(dividingBy: 100_000)
        return Number(mantissa: rest < 0 ? whole - 1 : whole, scale: 1).description
    }
}
