import Agreement
import Answers
import ArgumentParser
import Dispatch
import Engine
import Foundation
import Journal
import StoreSQLite
import Vocabulary

/// `interlock time-living`, for `make bench` alone: what one more fact costs a running server, step by step.
struct TimeLivingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "time-living", abstract: "Time what one more fact costs.", shouldDisplay: false)

    @OptionGroup var journal: JournalOption

    @Option(name: .long, help: "The agreement.", completion: .file())
    var agreement: String

    @Option(name: .long, help: "How often; the median counts.")
    var repeats = 15

    /// One JSON object with milliseconds: to read and build everything at first, and then for each fact more the history, the
    /// binding and the judging.
    func run() throws {
        try reportingTrouble {
            let store = try journal.open()
            let agreements = AgreementsOfRun(
                tryingOut: try AgreementFile(path: agreement).agreement(), "Tried out.")
            var (living, clock) = (LivingHistory(), ContinuousClock())
            var sequence: Int64 = 0
            let reading = try clock.measure { sequence = try living.add(journal: store, after: 0) }
            var history = Engine.History()
            living.keep(names: agreements.versions.flatMap(\.compiled.program.names))
            let building = clock.measure { history = living.history() }
            let times = try measure(&living, &clock, after: sequence, agreements, sample: history)
            print(
                """
                {"facts": \(history.count), "read": \(reading / .milliseconds(1)), "build": \(building / .milliseconds(1)), \
                "grow": \(times.grow), "bind": \(times.bind), "judge": \(times.judge), "grown": \(living.grown), \
                "built": \(living.built)}
                """)
        }
    }

    private func measure(
        _ living: inout LivingHistory, _ clock: inout ContinuousClock, after sequence: Int64,
        _ agreements: AgreementsOfRun, sample: Engine.History
    ) throws -> (grow: Double, bind: Double, judge: Double) {
        var (grow, bind, judge): ([Double], [Double], [Double]) = ([], [], [])
        let until = Instant(milliseconds: (sample.occurred.max() ?? 0) + 1)
        var (history, last): (Engine.History, Evaluation?) = (sample, nil)
        for number in 1...max(1, repeats) {
            let place = sample.persons.count * number / (repeats + 1)
            guard let person = Identifier(text: sample.texts[sample.persons[place].name]) else { continue }
            let fact = Fact(
                key: FactKey(source: "bench", object: "event", id: "\(number)"), kind: .activity, name: "page",
                occurred: until, recorded: until, persons: [person], properties: [Property("path", .text("/pricing"))])
            grow.append(
                clock.measure {
                    living.add(RecordedFact(sequence: sequence + Int64(number), fact: fact))
                    history = living.history()
                } / .milliseconds(1))
            let before = last
            bind.append(
                try clock.measure {
                    last = try Evaluation(of: history, under: agreements, until: until, after: before)
                } / .milliseconds(1))
            guard let evaluation = last else { continue }
            judge.append(
                clock.measure { _ = evaluate(evaluation.world, targets: evaluation.targets, by: wholeCrew) }
                    / .milliseconds(1))
        }
        func middle(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }
        return (middle(grow), middle(bind), middle(judge))
    }
}
