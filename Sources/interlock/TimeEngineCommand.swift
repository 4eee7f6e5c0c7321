import Agreement
import ArgumentParser
import Dispatch
import Engine
import Foundation
import Identity
import Journal
import PublicSuffixes
import StoreSQLite
import Synchronization
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

    /// One JSON object with milliseconds and counts.
    func run() throws {
        try reportingTrouble {
            let head = try writeColumns()
            let draft = try AgreementFile(path: draft).agreement()
            var reads: [Double] = []
            var folds: [Double] = []
            var facts = 0
            var handOvers = 0
            var bytes = 0
            let clock = ContinuousClock()
            for _ in 0..<max(1, repeats) {
                var world: FoldWorld?
                reads.append(try clock.measure { world = try self.world(draft, head) } / .milliseconds(1))
                guard let world else { continue }
                var outcome: Outcome?
                folds.append(clock.measure { outcome = evaluate(world, by: crew(of: threads)) } / .milliseconds(1))
                facts = world.history.count
                handOvers = outcome?.accounts.reduce(0) { $0 + $1.handOvers.count } ?? 0
                bytes = try Data(contentsOf: URL(filePath: columns), options: .alwaysMapped).count
            }
            print(
                "{\"facts\": \(facts), \"hand_overs\": \(handOvers), \"bytes\": \(bytes), \"read\": \(middle(reads)), "
                    + "\"fold\": \(middle(folds))}")
        }
    }

    private func middle(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }

    private func writeColumns() throws -> JournalHead {
        let store = try journal.open()
        let head = try store.head()
        if !FileManager.default.fileExists(atPath: columns) {
            var builder = HistoryBuilder()
            try builder.add(journal: store)
            let suffixes = PublicSuffixList()
            let history = builder.build { suffixes.registrableDomain(of: $0) }
            try Data(history.columns(of: head)).write(to: URL(filePath: columns))
        }
        return head
    }

    private func world(_ agreement: Agreement, _ head: JournalHead) throws -> FoldWorld {
        let file = try Data(contentsOf: URL(filePath: columns), options: .alwaysMapped)
        guard var history = file.withUnsafeBytes({ Engine.History(columns: $0, of: head) }) else {
            throw Trouble(
                "\(columns) is not the column file of this journal.", remedy: "Remove it, and it is written anew.")
        }
        let bound = BoundProgram(compile(agreement), to: &history, zone: agreement.zone) { address in
            FreeMail.isProvider(domain: address.split(separator: "@").last.map(String.init) ?? address)
        }
        let staff = staff(of: agreement, in: &history, years: history.years(until: .now))
        return FoldWorld(history: history, versions: [bound], staff: staff, assigning: .routed, until: .now)
    }
}

/// So many threads, or as many as there are cores where that is fewer.
func crew(of threads: Int) -> Crew {
    { pieces, work in
        let next = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, pieces))) { _ in
            while true {
                let piece = next.withLock { next in
                    defer { next += 1 }
                    return next
                }
                guard piece < pieces else { return }
                work(piece)
            }
        }
    }
}
