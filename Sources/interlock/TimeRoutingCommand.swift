import Answers
import ArgumentParser
import Engine
import Foundation
import Vocabulary

/// `interlock time-routing`, for `make bench` alone: how many owners the rules of routing find in a second.
struct TimeRoutingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "time-routing", abstract: "Time routing alone.", shouldDisplay: false)

    @OptionGroup var journal: JournalOption

    @Option(name: .long, help: "The agreement.", completion: .file())
    var agreement: String

    @Option(name: .long, help: "Where the column file is, or is to be.", completion: .file())
    var columns: String

    @Option(name: .long, help: "How often; the median counts.")
    var repeats = 5

    /// One JSON object with milliseconds and counts. Whoever wants an owner is found once, by judging everything; then those
    /// requests alone are answered anew, in their order, whether the conditions of the rules hold being part of each.
    func run() throws {
        try reportingTrouble {
            let company = TimedCompany(journal: journal, columns: columns)
            let world = try company.world(try AgreementFile(path: agreement).agreement(), company.writeColumns())
            let requests = evaluate(world, by: crew(of: 2)).routing.map(\.request)
            let clock = ContinuousClock()
            var (routed, turned, owned): ([Double], [Double], Int) = ([], [], 0)
            for _ in 0..<max(1, repeats) {
                var router = Router(world.staff, texts: world.history.texts)
                routed.append(
                    clock.measure {
                        for request in requests { _ = router.answer(request, under: world.versions[0]) }
                    } / .milliseconds(1))
                owned = router.log.count { $0.answer.owner >= 0 }
                var turns = RoundRobin(world.staff, under: world.versions[0])
                turned.append(clock.measure { for request in requests { turns.answer(request) } } / .milliseconds(1))
            }
            print(
                "{\"requests\": \(requests.count), \"owned\": \(owned), \"reps\": \(world.staff.reps.count), "
                    + "\"router\": \(middle(routed)), \"round_robin\": \(middle(turned))}")
        }
    }
}

/// The least that could be done instead: each team's reps in turn, whether or not they are there.
private struct RoundRobin {
    private let reps: [[Int32]]
    /// By rule, the team that it names; any other rule leads to the first.
    private let teams: [Int]
    private var next: [Int]
    private var owners: [Int32] = []

    init(_ staff: Staff, under bound: BoundProgram) {
        reps = staff.teams.indices.map { team in staff.reps.filter { $0.team == team }.map(\.name) }
        teams = bound.program.routing.map { rule in
            guard case .team(let name) = rule.to else { return 0 }
            return staff.teams.firstIndex { $0.name == bound.name(name) } ?? 0
        }
        next = reps.map { _ in 0 }
    }

    mutating func answer(_ request: OwnerRequest) {
        let team = request.rules.firstIndex(of: true).map { teams[$0] } ?? 0
        owners.append(reps[team][next[team]])
        next[team] = next[team] + 1 == reps[team].count ? 0 : next[team] + 1
    }
}
