import Agreement
import Answers
import ArgumentParser

/// `interlock diff`: what changed between two agreements, and whom it touches.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "What a new agreement changes, in words, and whom it touches.",
        discussion: """
            interlock diff agreement.yaml proposal.yaml

            Clauses are compared, not lines: comments, the order of keys, a split into files and a default that is written \
            out make no difference.

            The exit code is that of diff: 0 where both say the same, 1 where they differ, 2 where one of them cannot be \
            read or has errors.
            """)

    @Argument(help: ArgumentHelp("The agreement as it is.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("The agreement as it might be.", valueName: "new"))
    var new: String

    @Flag(name: .long, help: "Print one JSON object.")
    var json = false

    func run() throws {
        let diff = try difference()
        if json {
            print(diff.json)
        } else {
            print(diff.changes.isEmpty ? "Both say the same.\n" : diff.text, terminator: "")
        }
        if !diff.changes.isEmpty { throw Exits.findings }
    }

    /// Whatever keeps the two from being compared is trouble, findings included.
    private func difference() throws -> AgreementDiff {
        var read: [Agreement] = []
        do {
            try reportingTrouble { read = try [old, new].map { try AgreementFile(path: $0).agreement() } }
        } catch {
            throw Exits.incomparable
        }
        return AgreementDiff(from: read[0], to: read[1])
    }
}
