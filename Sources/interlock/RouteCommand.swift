import Agreement
import Answers
import ArgumentParser
import Engine
import Foundation
import Intake
import Journal
import StoreSQLite
import Vocabulary

/// `interlock route --dry-run`: what each rule of routing said, who would get what, and how fair that is.
struct RouteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "route", abstract: "Who would get which lead by the rules of routing, beside who got it.",
        discussion: """
            interlock route --dry-run --last 20
            interlock route --dry-run --agreement draft.yaml
            interlock route --dry-run --last 1000 --csv > routing.csv

            Routes every hand-over of the past by the rules of the agreement, in order, as if nobody else had assigned any, \
            and tells nobody. For the latest it says what each rule answered; of all it says what each rep of a pool was due, \
            what the rules gave and what systems recorded. Run it every day beside another assignment, and you have shadow \
            mode.

            It goes by the versions in force of the journal. With --agreement FILE it is a dry run of that file over the \
            whole past, signed or not.
            """)

    @OptionGroup var journal: JournalOption
    @OptionGroup var choice: AgreementChoice
    @Flag(help: "Tell nobody. Nothing else can be asked for here: `interlock serve` assigns as leads come.")
    var dryRun = false
    @Option(help: "Of how many hand-overs to say what each rule answered.") var last = 10
    @Option(help: "As of this instant; now by default.") var at: Instant?
    @Flag(name: .long, help: "Print one JSON object.") var json = false
    @Flag(name: .long, help: "Print CSV: a row for each rule that was tried.") var csv = false

    func validate() throws {
        guard dryRun else {
            throw ValidationError("Say --dry-run: leads are assigned by `interlock serve`, as they come.")
        }
        if last < 0 { throw ValidationError("--last: give a number from 0 on") }
        if json, csv { throw ValidationError("--json and --csv are two forms of one answer: give one of them") }
    }

    func run() throws {
        try reportingTrouble {
            let store = try journal.open()
            let instant = at ?? .now
            let agreements = try choice.ofAllTime(in: store, at: instant)
            let evaluation = try Evaluation(of: store, under: agreements, until: instant)
            let replay = try RoutingReplay(evaluation, last: last, citing: store)
            if csv { return FileHandle.standardOutput.write(Data(replay.csv)) }
            print(json ? replay.json : replay.text)
        }
    }
}

extension RoutingReplay {
    /// For a terminal.
    fileprivate var text: String {
        let told = entries.map(lines).joined(separator: "\n")
        let summary =
            "\(count) assignments by the rules; of \(same.of) hand-overs that a system gave to somebody, "
            + "\(same.count) went to the same person."
        let unknowable =
            "A lead that another rep called in truth counts as untouched by whom the rules give it, so steps of the ladder "
            + "follow that life would not have seen; they count in \"due\" and \"by rules\"."
        return [told, summary + "\n" + fairness, unknowable, standing].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private func lines(_ entry: Entry) -> String {
        let truth =
            entry.recorded.map { $0 == entry.owner ? ", as recorded" : ", recorded: \($0)" } ?? ", nothing recorded"
        let grade = entry.grade.map { ", grade \($0)" } ?? ""
        let head = "\(entry.instant.onTheWall(in: zone))  \(entry.person), \(entry.why.inWords)\(grade)"
        let rules = TextTable(rows: entry.rules.map { ["    \($0.name)", $0.outcome, $0.clause?.text ?? ""] }).text
        return ([head] + (rules.isEmpty ? [] : [rules]) + ["    → \(entry.owner)\(truth)"]).joined(separator: "\n")
    }

    private var fairness: String {
        let head = ["team", "rep", "weight", "due", "by rules", "difference", "recorded", "difference", "mean value"]
        let rows = parts.map { part in
            [
                part.team, part.rep, part.weight.millionthsInWords, part.due.millionthsInWords, "\(part.byRules)",
                part.ahead(by: part.byRules).millionthsInWords, "\(part.recorded)",
                part.ahead(by: part.recorded).millionthsInWords, part.meanValue?.millionthsInWords ?? "–",
            ]
        }
        return TextTable(rows: [head] + rows, rightAligned: Set(2...8)).text
    }

    fileprivate var json: String {
        var json = JSONText()
        json.object { json in
            json.member("assignments", Int64(count))
            json.member("recorded", Int64(same.of))
            json.member("same", Int64(same.count))
            json.list("latest", entries) { json, entry in
                json.member("at", "\(entry.instant)")
                json.member("person", entry.person)
                json.member("why", entry.why.inWords)
                if let grade = entry.grade { json.member("grade", grade) }
                json.member("owner", entry.owner)
                if let recorded = entry.recorded { json.member("recorded", recorded) }
                json.list("rules", entry.rules) { json, rule in
                    json.member("rule", rule.name)
                    json.member("holds", rule.holds)
                    json.member("outcome", rule.outcome)
                    if let clause = rule.clause { json.member("clause", clause.text) }
                }
            }
            json.list("parts", parts) { json, part in
                json.member("team", part.team)
                json.member("rep", part.rep)
                json.member("weight_millionths", part.weight)
                json.member("due_millionths", part.due)
                json.member("by_rules", Int64(part.byRules))
                json.member("recorded", Int64(part.recorded))
                if let value = part.meanValue { json.member("mean_value_millionths", value) }
            }
            json.member("standing", standing)
        }
        return json.text
    }
}
