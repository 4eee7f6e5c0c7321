import Answers
import ArgumentParser
import Engine
import Foundation
import Journal
import Vocabulary

/// `interlock time-engine`, for `make bench` alone: how long a back-test of a draft takes over a journal, step by step.
struct TimeEngineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "time-engine", abstract: "Time a back-test over all facts.", shouldDisplay: false)

    @OptionGroup var journal: JournalOption

    @Option(name: .long, help: "The agreement, as it is.", completion: .file())
    var agreement: String

    @Option(name: .long, help: "The draft.", completion: .file())
    var draft: String

    @Option(name: .long, help: "Where the column file is, or is to be.", completion: .file())
    var columns: String

    @Option(name: .long, help: "How many threads.")
    var threads = 2

    @Option(name: .long, help: "How often; the median counts.")
    var repeats = 5

    @Option(name: .long, help: "A folder for the columns that the peers read.", completion: .directory)
    var peers: String?

    /// One JSON object with milliseconds and counts.
    func run() throws {
        try reportingTrouble {
            let company = TimedCompany(journal: journal, columns: columns)
            let head = try company.writeColumns()
            let draft = try AgreementFile(path: draft).agreement()
            var reads: [Double] = []
            var folds: [Double] = []
            var facts = 0
            var handOvers = 0
            var bytes = 0
            let clock = ContinuousClock()
            for _ in 0..<max(1, repeats) {
                var world: FoldWorld?
                reads.append(try clock.measure { world = try company.world(draft, head) } / .milliseconds(1))
                guard let world else { continue }
                if let peers, facts == 0 { try writeColumns(of: world, for: peers) }
                var outcome: Outcome?
                folds.append(clock.measure { outcome = evaluate(world, by: crew(of: threads)) } / .milliseconds(1))
                facts = world.history.count
                handOvers = outcome?.accounts.reduce(0) { $0 + $1.handOvers.count } ?? 0
                bytes = try Data(contentsOf: URL(filePath: columns), options: .alwaysMapped).count
            }
            print(
                "{\"facts\": \(facts), \"hand_overs\": \(handOvers), \"bytes\": \(bytes), \"read\": \(middle(reads)), "
                    + "\"fold\": \(middle(folds)), \"peak_mb\": \(peakMegabytes)}")
        }
    }

    private var peakMegabytes: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1024
    }

    /// What the peers compute from: of each fact when, what and who; of each act the points it counts for and the step of a
    /// funnel that it is, the rules of engagement in their order, behind whatever else somebody did.
    private func writeColumns(of world: FoldWorld, for folder: String) throws {
        let (history, bound) = (world.history, world.versions[0])
        func write<Element>(_ column: [Element], _ name: String) throws {
            try column.withUnsafeBytes { try Data($0).write(to: URL(filePath: folder).appending(path: name)) }
        }
        var points: [Double] = []
        var steps: [UInt8] = []
        for (number, act) in history.acts.enumerated() {
            let happenings = bound.recognised(in: Int32(number))
            let rules = bound.program.engagement.indices.filter {
                happenings.contains(bound.program.engagement[$0].happening)
            }
            points.append(rules.reduce(0) { $0 + Double(bound.program.engagement[$1].points.micropoints) / 1e6 })
            steps.append(rules.first.map { UInt8(min($0, 3)) + 2 } ?? (act.kind == .activity ? 1 : 0))
        }
        try write(history.occurred, "occurred")
        try write(history.act, "act")
        try write(history.person, "person")
        try write(points, "points")
        try write(steps, "steps")
    }
}
