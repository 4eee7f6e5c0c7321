import Agreement
import ArgumentParser
import Findings
import Vocabulary

/// `interlock time-agreement`, for `make bench` alone: how long each step takes from an agreement's text to its program.
struct TimeAgreementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "time-agreement", abstract: "Time each step from an agreement's text to its program.",
        shouldDisplay: false)

    @Argument(help: ArgumentHelp("The agreement.", valueName: "file"))
    var file: String

    @Option(name: .long, help: "How often; the median counts.")
    var repeats = 15

    /// One JSON object with milliseconds. `parse` is the YAML parser alone, and part of `read`; so are the files beside the
    /// agreement.
    func run() throws {
        try reportingTrouble {
            let agreementFile = AgreementFile(path: file)
            let agreement = try agreementFile.agreement()
            let text = try agreementFile.text()
            let surroundings = try agreementFile.surroundings()
            let today = agreement.zone.civil(at: .now).date
            let times = [
                ("parse", median { _ = try? Syntax.root(of: text) }),
                ("read", median { _ = readAgreement(text, in: surroundings) }),
                ("check", median { _ = checkAgreement(agreement, in: text, today: today) }),
                ("compile", median { _ = compile(agreement) }),
            ]
            print("{" + times.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}")
        }
    }

    private func median(_ work: () -> Void) -> Double {
        let clock = ContinuousClock()
        let times = (0..<max(1, repeats)).map { _ in clock.measure(work) / .milliseconds(1) }.sorted()
        return times[times.count / 2]
    }
}
