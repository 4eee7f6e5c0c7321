public import Agreement
import Answers
public import ArgumentParser
import Findings
import Journal
import Vocabulary

/// `interlock sign`: who agreed to what, and since when it is in force.
struct SignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign an agreement for a side; make keys; see which version is in force.",
        discussion: """
            interlock sign key --as maria@northwind.example --out maria.key
            interlock sign agreement.yaml --as maria@northwind.example --side marketing --key maria.key
            interlock sign confirm agreement.yaml --as jonas@northwind.example --key jonas.key
            interlock sign status

            A version is in force from the start of its effective day, or from the last signature it needs if that is \
            later: both sides', and the executive's own where the mission changed. docs/signing.md tells all.
            """,
        subcommands: [SignAgreement.self, SignKey.self, SignConfirm.self, SignStatus.self],
        defaultSubcommand: SignAgreement.self)
}

extension Party: ExpressibleByArgument {}

/// Who states something, with what, and when: the same for every command that states.
struct SignerOptions: ParsableArguments {
    @OptionGroup var journal: JournalOption
    @Option(name: .customLong("as"), help: ArgumentHelp("Who you are.", valueName: "email"))
    var person: String
    @Option(
        help: ArgumentHelp(
            "When; now by default. It cannot go back behind what was stated since.", valueName: "instant"))
    var at: Instant?

    func validate() throws { _ = try named() }

    func named() throws -> NamedPerson { try NamedPerson(option: "--as", person) }
}

extension NamedPerson {
    /// Reads the value of an option; a wrong one is a wrong command line.
    init(option: String, _ text: String) throws {
        guard let address = MailAddress(checking: text) else {
            throw ValidationError("\(option): “\(text)” is no mail address")
        }
        self.init(address.text)
    }
}

/// `interlock sign agreement.yaml`: a side's signature.
struct SignAgreement: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreement", abstract: "Sign an agreement for a side.",
        discussion: """
            What is signed is the digest of everything in the agreement that is not delegated. The first signature of a \
            text records it whole, with all files that it includes. An agreement with errors cannot be signed.
            """)

    @Argument(help: ArgumentHelp("The agreement.", valueName: "file"), completion: .file())
    var file: String
    @OptionGroup var signer: SignerOptions
    @Option(
        help:
            "For whom you sign. operations signs only where somebody else comes to speak for a side, to let them in.")
    var side: Party
    @Option(help: ArgumentHelp("Your key.", valueName: "file"), completion: .file())
    var key: String
    @Option(help: ArgumentHelp("The head of the side, if that is not you; it is told as such.", valueName: "email"))
    var onBehalfOf: String?

    func validate() throws { _ = try officer() }

    private func officer() throws -> NamedPerson? {
        try onBehalfOf.map { try NamedPerson(option: "--on-behalf-of", $0) }
    }

    func run() throws {
        try reportingTrouble {
            let now = Instant.now
            let at = signer.at ?? now
            let (agreement, text) = try signable(at)
            let journal = try AgreementJournal(try signer.journal.open())
            let person = try signer.named()
            let keyFile = try SigningKeyFile(path: key)
            try keyFile.refuseUnlessCurrent(of: person, in: journal.versions, option: "--key \(key)")
            let before = journal.versions.version(agreement.digest)
            if let before, try tellIfSigned(before, by: person) { return }
            try journal.refuseGoingBack(to: at, now: now)
            let statement = SignedStatement(
                Statement(
                    by: person, number: journal.versions.nextNumber(of: person), at: at,
                    .signs(digest: agreement.digest, side: side, onBehalfOf: try officer())), with: keyFile.key)
            let proposal =
                before == nil ? text.facts(digest: agreement.digest, by: person, at: at, recorded: now) : []
            let after = try journal.record(proposal, [statement], on: agreement.digest, at: at, recorded: now)
            try tell(after, agreement.digest, at: at)
        }
    }

    /// Stops where the agreement has errors, after printing what there is to say about it.
    private func signable(_ at: Instant) throws -> (Agreement, RecordedText) {
        let (reading, text) = try AgreementFile(path: file).recording()
        var findings = reading.findings
        if let agreement = reading.agreement {
            let source = SourceText(file: file, bytes: text.main.bytes)
            findings += checkAgreement(agreement, in: source, today: agreement.zone.civil(at: at).date)
        }
        for finding in findings { printError(finding.text) }
        guard let agreement = reading.agreement, !findings.contains(where: { $0.level == .error }) else {
            throw Refusal(
                "has-errors", "\(file) has errors, and what cannot run cannot be signed",
                remedy: "Mend what is printed above; `interlock check \(file)` shows it again.")
        }
        return (agreement, text)
    }

    /// A second signature of the same person for the same side says nothing new, unless another version came between.
    private func tellIfSigned(_ version: AgreementVersion, by person: NamedPerson) throws -> Bool {
        if let until = version.until, let from = version.from {
            throw Refusal(
                "was-replaced", "this text was in force from \(from) until \(until), when another replaced it",
                remedy: "To bring it back, give it a new effective day: it is then a version of its own.")
        }
        guard !version.isOvertaken,
            let signature = version.signatures.first(where: { $0.side == side && $0.signer == person })
        else { return false }
        print("\(person) signed \(version.title) for \(side) at \(signature.at) already.")
        print(version.standing(at: .now).sentence)
        return true
    }

    private func tell(_ after: AgreementVersions, _ digest: String, at: Instant) throws {
        guard let version = after.version(digest) else {
            preconditionFailure("a signature that counts is on a text that was recorded")
        }
        let officer = try officer().map { " on behalf of \($0)" } ?? ""
        print("Signed \(version.title) for \(side), by \(try signer.named())\(officer), at \(at).")
        print(version.standing(at: at).sentence)
    }
}
