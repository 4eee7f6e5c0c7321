import Agreement
import Answers
import ArgumentParser
import Journal
import Vocabulary

/// `--agreement FILE` and `--unsigned`: by which agreement a command goes, the same for every command that runs one.
///
/// With nothing said it is the version in force of the journal. A file that is that version is as good. Any other file may be
/// tried out in a dry run, and acts only where the command line says that it may, and never quietly.
struct AgreementChoice: ParsableArguments {
    @Option(
        help: ArgumentHelp("The agreement; the version in force of the journal when not given.", valueName: "file"),
        completion: .file())
    var agreement: String?
    @Flag(help: "Go by the file although it is not signed and in force.")
    var unsigned = false

    /// What the command is about to do with it.
    enum Purpose {
        /// Nothing leaves the program, and nothing is decided: a back-test, a preview.
        case dryRun
        case acting
    }

    func validate() throws {
        if unsigned, agreement == nil {
            throw ValidationError("--unsigned goes with --agreement: what is in force is signed")
        }
    }

    /// `instant` is when the command acts.
    func chosen(for purpose: Purpose, in journal: AgreementJournal?, at instant: Instant) throws -> ChosenAgreement {
        let inForce = journal?.versions.inForce(at: instant)
        guard let path = agreement else {
            guard let inForce else { throw AgreementChoice.nothingInForce(at: instant) }
            return ChosenAgreement(agreement: inForce.agreement, version: inForce, warning: nil)
        }
        let read = try AgreementFile(path: path).agreement()
        // What is delegated may stand in the file as it is today, so the file is taken, not the text once recorded.
        if let inForce, inForce.digest == read.digest {
            return ChosenAgreement(agreement: read, version: inForce, warning: nil)
        }
        let why = AgreementChoice.whyUnsigned(journal?.versions.version(read.digest), at: instant)
        guard purpose == .dryRun || unsigned else {
            throw Refusal(
                "unsigned", "\(path) is not in force: \(why)",
                remedy:
                    "Sign it with `interlock sign`, leave out --agreement to go by what is in force, or say --unsigned."
            )
        }
        let warning = "This agreement is not signed: \(path) (\(read.digest.prefix(12))), \(why)."
        printError(warning)
        return ChosenAgreement(agreement: read, version: nil, warning: warning)
    }

    private static func nothingInForce(at instant: Instant) -> Refusal {
        Refusal(
            "nothing-in-force", "no agreement is in force at \(instant)",
            remedy: "See `interlock sign status`, or name a file with --agreement.")
    }

    private static func whyUnsigned(_ version: AgreementVersion?, at instant: Instant) -> String {
        guard let version else { return "nobody has signed it in this journal" }
        switch version.standing(at: instant).kind {
        case .waiting: return "signatures are missing"
        case .overtaken, .replaced: return "another version took its place"
        case .scheduled: return version.from.map { "it is in force from \($0)" } ?? "it is not in force yet"
        case .inForce: return "another version took force with it"
        }
    }
}

/// The agreement that a command goes by.
struct ChosenAgreement {
    let agreement: Agreement
    /// `nil` where it is not signed and in force.
    let version: AgreementVersion?
    /// What was said about that on the error stream, for reports to repeat.
    let warning: String?
}

extension AgreementChoice {
    /// By which agreements the past is to be judged. Nothing is acted on, so a file may be tried out, loudly.
    func ofAllTime(in store: any JournalStore, at instant: Instant) throws -> AgreementsOfRun {
        let journal = try AgreementJournal(store)
        let chosen = try chosen(for: .dryRun, in: journal, at: instant)
        guard let path = agreement else {
            return AgreementsOfRun(inForce: journal.versions.all, at: instant)
        }
        let name = chosen.agreement.digest.prefix(12)
        let signed = chosen.version == nil ? "NOT SIGNED" : "signed and in force"
        let standing =
            "A dry run of \(path) (\(name), \(signed)) over the whole past, as if it had always been in force."
        return AgreementsOfRun(tryingOut: chosen.agreement, standing)
    }
}
