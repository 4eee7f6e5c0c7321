import Agreement
import ArgumentParser
import Findings

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

    @Flag(name: .long, help: "Print one JSON object for each finding, a line each.")
    var json = false

    @Flag(name: .long, help: "Print SARIF 2.1.0, which editors and code reviews read.")
    var sarif = false

    func validate() throws {
        if json, sarif { throw ValidationError("--json and --sarif are two formats; choose one.") }
    }

    func run() throws {
        try reportingTrouble {
            let reading = try AgreementFile(path: file).reading()
            print(reading.findings)
            if reading.agreement == nil { throw Exits.findings }
        }
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
