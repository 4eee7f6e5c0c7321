import Agreement
import Answers
import ArgumentParser
import Foundation

/// Whether somebody sits there who can answer.
enum Terminal {
    static var isThere: Bool { isatty(STDIN_FILENO) == 1 }
}

/// Asks one question after the other, and again where an answer does not fit.
struct TerminalInterview {
    func ask(_ interview: inout FirstInterview) throws {
        say("Enter alone takes what stands in brackets. Ctrl-C stops; nothing is written before the end.")
        while let question = interview.next { try ask(question, &interview) }
    }

    private func ask(_ question: FirstQuestion, _ interview: inout FirstInterview) throws {
        say("\n" + question.words)
        for (number, choice) in question.choices.enumerated() {
            say("  \(number + 1)  \(choice.name): \(choice.meaning)")
        }
        while !interview.isAnswered(question) {
            let proposal = interview.proposal(for: question)
            say((proposal.map { $0.isEmpty ? "" : "[\($0)] " } ?? "") + "> ", end: "")
            guard let line = readLine() else { throw endOfInput(question) }
            let isEmpty = line.allSatisfy(\.isWhitespace)
            do throws(UnfitAnswer) {
                try interview.take(isEmpty ? proposal ?? "" : line, for: question)
            } catch {
                say("\(error.cause) \(error.remedy)")
            }
        }
    }

    private func endOfInput(_ question: FirstQuestion) -> Trouble {
        Trouble(
            "the answers ended before all was asked, and nothing was written",
            remedy: "Begin again; \(question.option) and the other options answer without being asked.")
    }

    /// Questions are no result: they go where errors go, so that a result can be kept apart.
    private func say(_ text: String, end: String = "\n") {
        FileHandle.standardError.write(Data((text + end).utf8))
    }
}
