import Agreement
import Answers
import ArgumentParser
import Engine
import Journal
import StoreSQLite
import Vocabulary

/// `interlock explain`: what happened to a person, the clause behind each move, and why they are not further.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "What became of a person, by which clause, and why they are not further.",
        discussion: """
            interlock explain ann@acme.example

            One timeline over all systems: what happened, what it moved, by which clause of which version, and the fact \
            behind it. Then each contribution to the score and what is left of it, what is missing for the next stages and \
            what would do, each hand-over with its promises and the rules of routing that were tried, and what the consent \
            gate says for each purpose. Owners are those that the systems recorded.

            It goes by the versions in force of the journal. With --agreement FILE it is a dry run of that file over the \
            whole past, signed or not.
            """)

    @OptionGroup var journal: JournalOption
    @OptionGroup var choice: AgreementChoice
    @Argument(help: "The person: ann@acme.example, record:crm/contact/501.") var person: Identifier
    @Option(help: "As of this instant; now by default.") var at: Instant?
    @Flag(name: .long, help: "Print one JSON object.") var json = false

    func run() throws {
        try reportingTrouble {
            let store = try journal.open()
            let instant = at ?? .now
            let agreements = try choice.ofAllTime(in: store, at: instant)
            let evaluation = try Evaluation(of: store, under: agreements, until: instant)
            let found = try PersonSearch(evaluation.world.history).persons([person], in: store)[person]
            guard let found else {
                throw Trouble(
                    "The journal has no fact about \(person.text)",
                    remedy:
                        "`interlock journal list --person \(person.text)` shows what it has; check how the person is named."
                )
            }
            let explanation = try Explanation(evaluation, found, citing: store)
            print(json ? explanation.json : explanation.text)
        }
    }
}
