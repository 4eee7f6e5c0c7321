import Answers
import ArgumentParser
import Findings
import Foundation

/// `interlock fmt`: one layout for every agreement.
struct FmtCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Lay out agreements: indentation, spaces, empty lines. Comments stay.",
        discussion: """
            interlock fmt agreement.yaml
            interlock fmt --check agreement.yaml proposal.yaml

            Two spaces for each level, one behind colons and commas, none at the ends of lines, at most one empty line, \
            comments of neighbouring lines in one column. Keys keep their order, texts their quotes, comments their lines. \
            The result is read again before it is written: nothing an agreement says changes. Mappings and other YAML \
            files can be laid out as well.

            A file that cannot be read is left as it is, with what is wrong. The exit code is then 1, and with --check also \
            where a file is not laid out this way.
            """)

    @Argument(help: ArgumentHelp("The files.", valueName: "file"))
    var files: [String]

    @Flag(name: .long, help: "Write nothing; print what would change.")
    var check = false

    func run() throws {
        try reportingTrouble {
            var areFine = true
            for file in files { areFine = try isFine(file) && areFine }
            if !areFine { throw Exits.findings }
        }
    }

    /// Whether nothing is left to mend in a file.
    private func isFine(_ file: String) throws -> Bool {
        let text = try AgreementFile(path: file).text()
        let formatted: FormattedText
        do throws(YAMLGuard.Refusal) {
            formatted = try FormattedText(text)
        } catch {
            printError(text.finding(error.complaint, line: error.line, column: error.column).text)
            printError("\(file) is left as it is.")
            return false
        }
        if formatted.bytes == text.bytes { return true }
        if check {
            tell(formatted.changes, in: file)
        } else {
            try replaceFile(file, with: formatted.bytes)
        }
        return !check
    }

    /// The lines that would change.
    private func tell(_ changes: [FormattedText.Change], in file: String) {
        for change in changes.prefix(20) {
            print("\(file):\(change.line)\n-\(change.old.shown)" + (change.new.map { "\n+\($0)" } ?? ""))
        }
        if changes.count > 20 { print("… and \(changes.count - 20) more") }
        print("\(file) is not laid out: interlock fmt \(file)")
    }
}

extension String {
    /// A carriage return would move the cursor.
    fileprivate var shown: String { replacing("\r", with: "␍") }
}
