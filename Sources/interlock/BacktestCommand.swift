import Agreement
import Answers
import ArgumentParser
import Reports
import StoreSQLite
import Vocabulary

/// `interlock backtest`: what a draft would have done over the past, beside the agreement in force.
struct BacktestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "What a draft would have done over the past, as a plan to read before signing.",
        discussion: """
            interlock backtest draft.yaml
            interlock backtest draft.yaml --against agreement.yaml --from 2026-01-01 --names
            interlock backtest draft.yaml --sweep stages.mql.enter:engagement=40..80/10

            Both agreements are run over the same facts, as if each had been in force and live in the whole window, with \
            owners by its rules of routing. The plan says who would have been handed over instead, what became of those in \
            truth, how much that is a week for each rep, which promises fall due, who would newly enter on the day the \
            draft takes force, and what cannot be known. How life differed from the agreement in force is a list of its own.

            The exit code is 0; with --detailed-exitcode it is 0 without a difference, 1 where the draft is refused, and 2 \
            with a difference. A draft with errors is refused with its findings, as by `interlock check`.
            """)

    @OptionGroup var journal: JournalOption
    @Argument(help: ArgumentHelp("The draft.", valueName: "draft"), completion: .file()) var draft: String
    @Option(
        help: ArgumentHelp(
            "The agreement to compare with; what is in force in the journal by default.", valueName: "file"),
        completion: .file())
    var against: String?
    @Option(help: "The beginning of the window; go-live or the first fact by default.") var from: Instant?
    @Option(help: "The end of the window, which does not belong to it; the last fact by default.") var to: Instant?
    @Flag(help: "Name the people, not only how many they are.") var names = false
    @Flag(name: .long, help: "Print one JSON object.") var json = false
    @Option(
        help: ArgumentHelp(
            "Try other values of one number of the draft: the clause, what the number stands beside, and its range.",
            valueName: "address:term=low..high/step"))
    var sweep: String?
    @Flag(help: "Exit with 2 where there is a difference, for CI.") var detailedExitcode = false

    func validate() throws {
        if let from, let to, from >= to { throw ValidationError("--from must lie before --to.") }
        if sweep != nil, detailedExitcode {
            throw ValidationError("--sweep compares many values, so --detailed-exitcode says nothing there.")
        }
        _ = try sweepRange()
    }

    private func sweepRange() throws -> SweepRange? {
        do throws(SweepRangeError) {
            return try sweep.map { text throws(SweepRangeError) in try SweepRange(text: text) }
        } catch {
            throw ValidationError("--sweep: \(error)")
        }
    }

    func run() throws {
        try reportingTrouble {
            let store = try journal.open()
            let draft = try BacktestDraft(draft)
            let current = try BacktestCurrent(against, in: store)
            let range = try sweepRange()
            let swept = try range.map { try draft.swept($0) }
            let run = try BacktestRun(draft, current, Evaluation.history(of: store), from: from, to: to, now: .now)
            if let swept, let range {
                let points = run.sweep(swept, range.values(with: swept.present))
                let table = SweepInWords(points, swept, run)
                return print(json ? table.json : table.text)
            }
            let plan = run.backtest()
            print(json ? BacktestJSON(plan, run).text : BacktestInWords(plan, run, names: names).text)
            if detailedExitcode, !plan.isWithoutDifference { throw Exits.different }
        }
    }
}
