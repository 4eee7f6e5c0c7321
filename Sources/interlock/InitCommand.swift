import Agreement
import Answers
import ArgumentParser
import Foundation
import Vocabulary

/// `interlock init`: a company's first agreement, from a few answers.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a first agreement, from a few questions or from options.",
        discussion: """
            interlock init
            interlock init agreement.yaml --template enterprise
            interlock init --template product-led --company Northwind --marketing maria@northwind.example \
            --sales carlos@northwind.example --executive ada@northwind.example \
            --operations revops@northwind.example --yes

            What no option answers is asked at the terminal; --yes takes what is proposed wherever something is. A file \
            that is there already is never overwritten without --force.
            """)

    @Argument(help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file(extensions: ["yaml"]))
    var file = "agreement.yaml"

    @Option(help: "The company.")
    var company: String?

    @Option(help: "The zone in which it counts its days, such as Europe/Berlin; proposed: this machine's.")
    var timezone: String?

    @Option(help: "The currency in which it counts its money, in three letters; proposed: EUR.")
    var currency: String?

    @Option(help: ArgumentHelp(InitCommand.choices(.template)))
    var template: String?

    @Option(help: "Who speaks, and signs, for marketing: a mail address.")
    var marketing: String?

    @Option(help: "Who speaks, and signs, for sales: a mail address.")
    var sales: String?

    @Option(help: "Who is above both and signs what each team is for: a mail address.")
    var executive: String?

    @Option(help: "Who keeps systems and data, and rules in disputes: a mail address.")
    var operations: String?

    @Option(help: ArgumentHelp(InitCommand.choices(.qualified)))
    var qualified: String?

    @Option(help: "The team that takes leads; proposed: inside sales.")
    var team: String?

    @Option(help: "Who leads the team: a mail address; proposed: who speaks for sales.")
    var manager: String?

    @Option(help: "Who takes the leads in turn: mail addresses with commas between; proposed: who speaks for sales.")
    var reps: String?

    @Option(help: "Within what time sales answers a lead: 1 business hour, 2 business days, 24 hours.")
    var response: String?

    @Option(help: "The quota of each rep for this quarter, such as 250k; proposed: none yet.")
    var quota: String?

    @Flag(help: "Ask nothing: take what is proposed wherever no option says anything.")
    var yes = false

    @Flag(help: "Overwrite an agreement that is there already.")
    var force = false

    func run() throws {
        try reportingTrouble {
            let folder = FirstFolder(agreement: file, isOverwriting: force)
            try folder.checkThatItIsFree()
            let answers = try answers()
            let written = try folder.write(FirstAgreement(answers))
            print(farewell(answers, filesBeside: written))
        }
    }

    private func answers() throws -> FirstAnswers {
        var interview = try interview()
        try takeOptions(&interview)
        if yes { try takeProposals(&interview) }
        if interview.next != nil {
            guard Terminal.isThere else { throw refusal(of: interview) }
            try TerminalInterview().ask(&interview)
        }
        guard let answers = interview.answers else { throw refusal(of: interview) }
        return answers
    }

    private func interview() throws -> FirstInterview {
        let zones = try SystemZones.load()
        let local = TimeZone.current.identifier
        let zone = zones[local] ?? .utc
        return FirstInterview(zones: zones, localZone: local, today: zone.civil(at: .now).date)
    }

    private func takeOptions(_ interview: inout FirstInterview) throws {
        for question in FirstQuestion.allCases {
            guard let written = option(question) else { continue }
            do {
                try interview.take(written, for: question)
            } catch {
                throw ValidationError("\(question.option): \(error.cause) \(error.remedy)")
            }
        }
    }

    private func option(_ question: FirstQuestion) -> String? {
        switch question {
        case .company: company
        case .timezone: timezone
        case .currency: currency
        case .template: template
        case .marketing: marketing
        case .sales: sales
        case .executive: executive
        case .operations: operations
        case .qualified: qualified
        case .team: team
        case .manager: manager
        case .reps: reps
        case .response: response
        case .quota: quota
        }
    }

    private func takeProposals(_ interview: inout FirstInterview) throws {
        for question in FirstQuestion.allCases where !interview.isAnswered(question) {
            guard let proposal = interview.proposal(for: question) else { continue }
            do {
                try interview.take(proposal, for: question)
            } catch {
                throw ValidationError("\(question.option): \(error.cause) \(error.remedy)")
            }
        }
    }

    /// Names the option for every question that is open.
    private func refusal(of interview: FirstInterview) -> Trouble {
        let open = FirstQuestion.allCases.filter { !interview.isAnswered($0) }
        let needed = open.filter(\.isForTheCompanyAlone)
        let lines = open.map { "\($0.option)  \($0.words)" }.joined(separator: "\n  ")
        let hint =
            yes
            ? "" : "\n  With --yes what is proposed is taken" + (needed.isEmpty ? "." : " for all but \(list(needed)).")
        return Trouble("there is no terminal to ask at, and these have no answer", remedy: lines + hint)
    }

    private func list(_ questions: [FirstQuestion]) -> String { questions.map(\.option).joined(separator: ", ") }

    private static func choices(_ question: FirstQuestion) -> String {
        question.choices.map { "\($0.name): \($0.meaning)" }.joined(separator: "; ") + "."
    }

    private func farewell(_ answers: FirstAnswers, filesBeside: [String]) -> String {
        let others = filesBeside.map { "\n\($0) beside it is still empty: fill it in." }.joined()
        let name = file.shellWord
        return """
            \(file) is written: a first agreement for \(answers.company). Read it, and change what does not fit.\(others)

            Next
              interlock check \(name)
                what is missing or contradicts itself
              interlock describe \(name)
                the contract in plain words, for both sides to read
              interlock sign --help
                how each side signs it, once both agree
            """
    }
}

extension String {
    /// As a shell reads it as one word.
    fileprivate var shellWord: String {
        let isPlain =
            !isEmpty
            && unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || ("0"..."9").contains($0) || "./_-".unicodeScalars.contains($0)
            }
        return isPlain ? self : "'" + replacing("'", with: "'\\''") + "'"
    }
}
