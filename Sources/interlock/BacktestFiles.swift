import Agreement
import Answers
import Findings
import Journal
import Vocabulary

extension BacktestDraft {
    /// A draft that could take force: one with errors is refused with its findings.
    init(_ path: String) throws {
        let file = AgreementFile(path: path)
        let reading = try file.reading()
        var findings = reading.findings
        if let agreement = reading.agreement {
            let today = agreement.zone.civil(at: .now).date
            findings += checkAgreement(agreement, in: try file.text(), today: today)
        }
        let errors = findings.filter { $0.level == .error }
        for finding in errors { printError(finding.text) }
        guard let agreement = reading.agreement, errors.isEmpty else {
            throw Refusal(
                "draft-has-errors",
                "\(path) has \(errors.count == 1 ? "an error" : "\(errors.count) errors"), so it could never take force",
                remedy: "Mend what is said above; `interlock check \(path)` says it again.")
        }
        self.init(agreement, at: path)
    }
}

extension BacktestCurrent {
    /// A file, or the version in force.
    init(_ path: String?, in store: any JournalStore) throws {
        guard let path else {
            self = try BacktestCurrent(inForceIn: AgreementJournal(store), at: .now)
            return
        }
        let agreement = try AgreementFile(path: path).agreement()
        self.init(agreement, title: "\(path) (\(agreement.digest.prefix(12)))")
    }
}
