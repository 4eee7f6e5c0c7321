import Agreement
import Answers
import ArgumentParser
import Engine
import Findings
import Foundation
import Journal
import StoreSQLite
import Vocabulary

/// `interlock gate`: may these people be contacted, for this purpose, now?
struct GateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate", abstract: "Whether people may be contacted for a purpose, by which clause and evidence.",
        discussion: """
            interlock gate ann@acme.example --purpose sales_call
            interlock gate --list fair.csv --purpose marketing_email --allowed-only > may-be-mailed.csv

            Everybody who is asked about gets an answer, those of whom the journal knows nothing too: for them the \
            agreement says what holds where nothing is known. A list is a CSV file with a column of e-mail addresses, or \
            one address a line.

            The exit code is 0 where all are allowed and 1 where anybody is denied.
            """)

    @OptionGroup var journal: JournalOption
    @OptionGroup var choice: AgreementChoice
    @Argument(help: "The person: ann@acme.example, record:crm/contact/501.") var person: Identifier?
    @Option(help: ArgumentHelp("The purpose, by its name in the agreement.", valueName: "name")) var purpose: String
    @Option(help: "The channel; the purpose's own is the only one it is allowed on.") var channel: String?
    @Option(help: ArgumentHelp("A list of addresses to answer for.", valueName: "file"), completion: .file())
    var list: String?
    @Option(help: "At this instant; now by default.") var at: Instant?
    @Flag(name: .long, help: "Print JSON: one object for each person, a line each.") var json = false
    @Flag(name: .long, help: "Print CSV: one row for each person.") var csv = false
    @Flag(help: "Print the rows of the list that are allowed, as they stand there, and nothing else.")
    var allowedOnly = false

    func validate() throws {
        if (person == nil) == (list == nil) { throw ValidationError("Name one person, or a file with --list.") }
        if [json, csv, allowedOnly].count(where: { $0 }) > 1 {
            throw ValidationError("--json, --csv and --allowed-only are three formats; choose one.")
        }
        if allowedOnly, list == nil { throw ValidationError("--allowed-only filters a list; name one with --list.") }
    }

    func run() throws {
        try reportingTrouble {
            let asked = try list.map { try AddressList($0) }
            let store = try journal.open()
            let instant = at ?? .now
            let agreements = try choice.ofAllTime(in: store, at: instant)
            let evaluation = try Evaluation(of: store, under: agreements, until: instant)
            let gate = try Gate(evaluation, purpose: purpose, channel: channel, citing: store)
            let replies =
                try asked.map { try gate.answers(to: $0.addresses) } ?? gate.answers(to: person.map { [$0] } ?? [])
            answer(replies, asked, gate)
            if replies.contains(where: { !$0.isAllowed }) { throw Exits.findings }
        }
    }

    private func answer(_ replies: [GateReply], _ asked: AddressList?, _ gate: Gate) {
        if json {
            for reply in replies { print(reply.json) }
        } else if csv {
            FileHandle.standardOutput.write(Data(GateReply.csv(replies)))
        } else if allowedOnly, let asked {
            FileHandle.standardOutput.write(Data(asked.rows(where: replies.map(\.isAllowed))))
            printError(gate.summary(of: replies))
        } else {
            print(gate.text(of: replies))
        }
    }
}

extension Gate {
    func text(of replies: [GateReply]) -> String {
        let rows = replies.map { [$0.who, $0.word, $0.reason, $0.expires, $0.clause, $0.evidence] }
        return [TextTable(rows: rows).text, summary(of: replies), standing].joined(separator: "\n")
    }
}
