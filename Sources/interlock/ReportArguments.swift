import Agreement
import Answers
import ArgumentParser
import Foundation
import Journal
import Reports
import StoreSQLite
import Vocabulary

/// The agreement by which reports judge, and who looks at them: the same for every command that makes one.
struct ReportingOptions: ParsableArguments {
    @OptionGroup var journal: JournalOption
    @OptionGroup var choice: AgreementChoice
    @Option(
        help: ArgumentHelp(
            "Show what the agreement shows to this person: numbers of single reps only to whom `visibility` names.",
            valueName: "address"))
    var viewer: String?
    @Flag(help: "Print JSON.") var json = false
    @Flag(help: "Print CSV.") var csv = false

    func validate() throws {
        if json, csv { throw ValidationError("--json and --csv are two forms of one answer: give one of them") }
    }

    /// The company as the request wants it.
    func company(for request: ReportRequest) throws -> JudgedCompany {
        try judgedCompany(
            for: request, in: journal.open(), under: choice, seenBy: viewer.map { .person($0) } ?? .everything)
    }

    /// Prints in the form that was asked for.
    func show(json: @autoclosure () -> String, csv: @autoclosure () -> String, text: (TextStyle) -> String) {
        if self.json { return print(json()) }
        if self.csv { return print(csv(), terminator: "") }
        print(text(.ofStandardOutput))
    }
}

/// A journal judged by the agreement in a file, as a request wants it.
func judgedCompany(
    for request: ReportRequest, in store: any JournalStore, under choice: AgreementChoice, seenBy viewpoint: Viewpoint
) throws -> JudgedCompany {
    let agreements = try choice.ofAllTime(in: store, at: .now)
    let evaluation = try Evaluation(of: store, under: agreements, until: .now)
    let company = try JudgedCompany(
        evaluation.world, agreements: agreements.versions.map(\.agreement), targets: evaluation.targets, for: request,
        seenBy: viewpoint)
    guard let company else {
        throw Trouble("there is no agreement to judge by", remedy: "Name one with --agreement FILE.")
    }
    return company
}

extension TextStyle {
    /// Colour only for a person at a terminal who has not said otherwise (https://no-color.org).
    static var ofStandardOutput: TextStyle {
        let refused = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return TextStyle(hasColour: isatty(STDOUT_FILENO) == 1 && !refused)
    }
}

extension Refusal {
    /// Of a question that has no answer.
    init(_ problem: ReportProblem) { self.init(problem.code, problem.cause, remedy: problem.remedy) }
}

/// Turns what is wrong with a question into what commands report.
func refusingProblems<Answer>(_ body: () throws -> Answer) throws -> Answer {
    do {
        return try body()
    } catch let problem as ReportProblem {
        throw Refusal(problem)
    }
}
