import Agreement
import ArgumentParser

/// `interlock schema`: the form of an agreement, for editors.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "The JSON Schema of an agreement, for editors that complete and check.",
        discussion: """
            interlock schema > agreement.schema.json

            An editor with the YAML language server finds it by the first line of an agreement:

                # yaml-language-server: $schema=agreement.schema.json

            The schema knows the form alone. `interlock check` knows what the agreement means.
            """)

    func run() {
        print(agreementSchema(), terminator: "")
    }
}
