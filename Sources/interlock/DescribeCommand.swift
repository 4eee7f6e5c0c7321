import Agreement
import ArgumentParser

/// `interlock describe`: the agreement as a contract that people read.
struct DescribeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "The whole agreement in plain language, defaults included.",
        discussion: """
            interlock describe agreement.yaml
            interlock describe agreement.yaml --format html > contract.html
            interlock describe agreement.yaml --data-entry

            Behind each sentence stands the address of the clauses it speaks for.
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument { case text, markdown, html }

    @Argument(help: ArgumentHelp("The agreement.", valueName: "file"))
    var file: String

    @Option(name: .long, help: "text, markdown, or html: one page that needs no other file and prints well.")
    var format = Format.text

    @Flag(name: .long, help: "One page for each entry point instead: what may be written there, and how.")
    var dataEntry = false

    func run() throws {
        try reportingTrouble {
            let agreement = try AgreementFile(path: file).agreement()
            let contract = dataEntry ? DataEntryPages(agreement).pages : Contract(agreement)
            switch format {
            case .text: print(contract.text(), terminator: "")
            case .markdown: print(contract.markdown, terminator: "")
            case .html: print(contract.html, terminator: "")
            }
        }
    }
}
