import ArgumentParser
import Reports

/// `interlock report`: a number, the question as it was understood, and what to know before quoting it.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Numbers about leads, promises and deals, with the records behind each.",
        discussion: """
            interlock report funnel --agreement agreement.yaml --by source --period 2026-Q1

            Without a name it lists the reports there are. Windows are half-open: --from 2026-01-01 --to 2026-04-01 is the \
            first quarter; a day stands for its beginning in the company's zone. --how prints the formula of each number. \
            What stands in the last line opens the records behind a number with `interlock records`.
            """)

    @Argument(help: "Which report; none: list them.") var name: String?
    @OptionGroup(title: "The question") var question: QuestionOptions
    @Flag(help: "Print how each number is computed, told apart as --by says, and do not compute it.") var how = false
    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        try reportingTrouble {
            guard let name else { return print(ReportRegistry.list(.ofStandardOutput)) }
            try refusingProblems {
                let definition = try ReportRegistry.report(named: name)
                let request = try question.request(named: name)
                if how { return print(try definition.how(.ofStandardOutput, for: request)) }
                let report = try definition.report(request, of: reporting.company(for: request))
                reporting.show(json: report.json, csv: report.csv) { report.text($0) }
            }
        }
    }
}

/// What can be said of a question, as options.
struct QuestionOptions: ParsableArguments {
    @Option(help: ArgumentHelp(ReportOption.period.help)) var period: String?
    @Option(help: ArgumentHelp(ReportOption.from.help)) var from: String?
    @Option(help: ArgumentHelp(ReportOption.to.help)) var to: String?
    @Option(help: ArgumentHelp(ReportOption.by.help)) var by: String?
    @Option(help: ArgumentHelp(ReportOption.segment.help)) var segment: [String] = []
    @Option(help: ArgumentHelp(ReportOption.team.help)) var team: String?
    @Option(help: ArgumentHelp(ReportOption.kind.help)) var kind: String?
    @Option(help: ArgumentHelp(ReportOption.start.help)) var start: String?
    @Option(help: ArgumentHelp(ReportOption.stage.help)) var stage: String?
    @Option(help: ArgumentHelp(ReportOption.within.help)) var within: String?
    @Option(help: ArgumentHelp(ReportOption.mode.help)) var mode: String?
    @Option(help: ArgumentHelp(ReportOption.who.help)) var who: String?
    @Option(help: ArgumentHelp(ReportOption.asOf.help)) var asOf: String?
    @Flag(help: "Of each person the first pass only.") var firstPass = false
    @Flag(help: "Every pass; so by default.") var allPasses = false

    func validate() throws {
        if firstPass, allPasses { throw ValidationError("--first-pass and --all-passes exclude each other") }
    }

    func request(named name: String) throws -> ReportRequest {
        let single: [(ReportOption, String?)] = [
            (.period, period), (.from, from), (.to, to), (.by, by), (.team, team), (.kind, kind), (.start, start),
            (.stage, stage), (.within, within), (.mode, mode), (.who, who),
            (.asOf, asOf),
            (.passes, firstPass ? "first" : allPasses ? "all" : nil),
        ]
        let said = single.compactMap { option, text in text.map { (option, $0) } }
        return ReportRequest(name, said + segment.map { (.segment, $0) })
    }
}

extension ReportOption {
    /// As a sentence.
    fileprivate var help: String { meaning.prefix(1).uppercased() + meaning.dropFirst() + "." }
}
