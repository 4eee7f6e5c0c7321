import Agreement
import Answers
import ArgumentParser
import Findings
import Vocabulary

/// `interlock check`: everything there is to say about an agreement before it runs.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Everything that is wrong with an agreement, at once.",
        discussion: """
            interlock check agreement.yaml

            Each finding has a place, an excerpt, a cause and a remedy. The exit code is 1 where one of them is an error: \
            such an agreement never runs.
            """)

    @Argument(help: ArgumentHelp("The agreement.", valueName: "file"))
    var file: String

    @Option(
        help: "Check as of this day, 2026-02-02; today in the company's zone by default.", transform: CheckCommand.date)
    var today: CivilDate?

    @Flag(name: .long, help: "Print one JSON object for each finding, a line each.")
    var json = false

    @Flag(name: .long, help: "Print SARIF 2.1.0, which editors and code reviews read.")
    var sarif = false

    func validate() throws {
        if json, sarif { throw ValidationError("--json and --sarif are two formats; choose one.") }
    }

    func run() throws {
        try reportingTrouble {
            let agreementFile = AgreementFile(path: file)
            let reading = try agreementFile.reading()
            var findings = reading.findings
            if let agreement = reading.agreement {
                let day = today ?? agreement.zone.civil(at: .now).date
                findings += checkAgreement(agreement, in: try agreementFile.text(), today: day)
            }
            print(findings)
            if findings.contains(where: { $0.level == .error }) { throw Exits.findings }
        }
    }

    private static func date(_ text: String) throws -> CivilDate {
        guard let date = try? CivilDate(text: text) else {
            throw ValidationError("--today: “\(text)” is no date; write 2026-02-02")
        }
        return date
    }

    private func print(_ findings: [Finding]) {
        if sarif {
            Swift.print(sarifText(of: findings))
        } else if json {
            for finding in findings { Swift.print(finding.json) }
        } else {
            for finding in findings { Swift.print(finding.text) }
            Swift.print(summary(of: findings))
        }
    }

    /// `agreement.yaml: no findings.`
    private func summary(of findings: [Finding]) -> String {
        guard !findings.isEmpty else { return "\(file): no findings." }
        let errors = findings.count { $0.level == .error }
        return "\(file): \(counted(errors, "error")), \(counted(findings.count - errors, "warning"))."
    }

    private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
