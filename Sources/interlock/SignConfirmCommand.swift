import Agreement
import Answers
import ArgumentParser
import Journal
import Vocabulary

/// `interlock sign confirm`: somebody has read what changes for them.
struct SignConfirm: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm", abstract: "Confirm that you have read what changes for you.",
        discussion: """
            interlock sign confirm agreement.yaml --as jonas@northwind.example --key jonas.key

            Everybody whom the agreement names in `parties` and `teams` may: `interlock describe` ends with what changes \
            for each role. `interlock sign status` shows how many have.
            """)

    @Argument(help: ArgumentHelp("The agreement.", valueName: "file"), completion: .file())
    var file: String
    @OptionGroup var signer: SignerOptions
    @Option(help: ArgumentHelp("Your key.", valueName: "file"), completion: .file())
    var key: String

    func run() throws {
        try reportingTrouble {
            let now = Instant.now
            let at = signer.at ?? now
            let person = try signer.named()
            let agreement = try AgreementFile(path: file).agreement()
            let journal = try AgreementJournal(try signer.journal.open())
            let keyFile = try SigningKeyFile(path: key)
            try keyFile.refuseUnlessCurrent(of: person, in: journal.versions, option: "--key \(key)")
            guard let version = journal.versions.version(agreement.digest) else {
                throw Refusal(
                    StatementFault.noText.rawValue, "nobody has signed \(file) yet, as it now stands",
                    remedy: "Confirm what one side has signed; `interlock sign status` lists it.")
            }
            if let confirmed = version.readers.first(where: { $0.person == person })?.confirmed {
                return print("\(person) confirmed at \(confirmed) already.")
            }
            try journal.refuseGoingBack(to: at, now: now)
            let statement = SignedStatement(
                Statement(
                    by: person, number: journal.versions.nextNumber(of: person), at: at,
                    .confirms(digest: agreement.digest)), with: keyFile.key)
            let after = try journal.append([statement.fact(recorded: now)], stating: [statement])
            print("\(person) has read what changes for them in \(version.title).")
            if let readers = after.version(agreement.digest)?.readersInWords { print(readers) }
        }
    }
}
