import Foundation
import Testing

private let zonesAreMissing = !FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Europe/Berlin")

/// `interlock init`, from outside.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct InitCommandTests {
    private static let stated = [
        "--company", "O'Brien: \"Nord\"", "--marketing", "maria@n.example", "--sales", "carlos@n.example",
        "--executive", "ada@n.example", "--operations", "revops@n.example", "--timezone", "Europe/Berlin",
    ]

    @Test(arguments: ["inside-sales", "enterprise", "product-led"])
    func whatOptionsSayPassesTheCheck(template: String) throws {
        try withTemporaryFolder { folder in
            let written = try CommandRun(["init", "--template", template, "--yes"] + Self.stated, in: folder)
            #expect(written.exitCode == 0, "\(written.errors)")
            #expect(written.errors == "")
            for next in ["check agreement.yaml", "describe agreement.yaml", "sign"] {
                #expect(written.output.contains("  interlock \(next)"), "\(written.output)")
            }
            #expect(written.output.contains("targets.csv") == (template == "enterprise"))
            let checked = try CommandRun(["check", "agreement.yaml"], in: folder)
            #expect(checked.output == "agreement.yaml: no findings.\n")
            let described = try CommandRun(["describe", "agreement.yaml"], in: folder)
            #expect(described.output.hasPrefix("The agreement of O'Brien: \"Nord\"\n"))
        }
    }

    @Test func aFileIsNeverOverwrittenUnasked() throws {
        try withTemporaryFolder { folder in
            let arguments = ["init", "ours.yaml", "--template", "enterprise", "--yes"] + Self.stated
            let (ours, list) = (
                folder.appendingPathComponent("ours.yaml"), folder.appendingPathComponent("targets.csv")
            )
            try Data("mine".utf8).write(to: ours)
            try Data("domain\na.example\n".utf8).write(to: list)
            let refused = try CommandRun(arguments, in: folder)
            #expect(refused.exitCode == 3)
            #expect(refused.errors.contains("ours.yaml is there already") && refused.errors.contains("--force"))
            #expect(try String(contentsOf: ours, encoding: .utf8) == "mine")
            let forced = try CommandRun(arguments + ["--force"], in: folder)
            #expect(forced.exitCode == 0, "\(forced.errors)")
            #expect(try String(contentsOf: ours, encoding: .utf8).contains("interlock: 1"))
            #expect(try String(contentsOf: list, encoding: .utf8) == "domain\na.example\n")
        }
    }

    /// A test has no terminal unless it makes one.
    @Test func withoutATerminalItSaysWhichOptionsAnswer() throws {
        try withTemporaryFolder { folder in
            let run = try InitAtTerminal(["init", "--sales", "carlos@n.example"], in: folder, answers: nil)
            #expect(run.exitCode == 3)
            for option in ["--company", "--marketing", "--template", "--quota", "--yes"] {
                #expect(run.shown.contains(option), "\(run.shown)")
            }
            #expect(!run.shown.contains("--sales"))
            #expect(run.shown.contains("for all but --company, --marketing, --executive, --operations."))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        }
    }

    @Test(arguments: [
        ("--timezone", "Europe/Berln", "Did you mean Europe/Berlin?"),
        ("--reps", "ann", "\"ann\" is not a mail address"),
        ("--response", "soon", "is not a duration"), ("--template", "small", "none of the choices"),
    ])
    func anOptionThatDoesNotFitIsNamed(option: String, value: String, says: String) throws {
        try withTemporaryFolder { folder in
            let run = try CommandRun(["init", "--yes"] + Self.stated + [option, value], in: folder)
            #expect(run.exitCode == 2)
            #expect(run.errors.contains("\(option): ") && run.errors.contains(says), "\(run.errors)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        }
    }

    @Test func asksAtATerminalAndAgainWhereAnAnswerDoesNotFit() throws {
        try withTemporaryFolder { folder in
            let answers = [
                "Käse & Söhne: NO", "Berln", "Europe/Berlin", "EUR", "2", "maria", "maria@n.example",
                "carlos@n.example", "ada@n.example", "revops@n.example", "interest", "no", "key accounts", "",
                "jonas@n.example, mira@n.example", "", "250k",
            ]
            let run = try InitAtTerminal(["init", "ours.yaml"], in: folder, answers: answers)
            #expect(run.exitCode == 0, "\(run.shown)")
            #expect(run.shown.contains("There is no time zone \"Berln\"."))
            #expect(run.shown.contains("\"maria\" is not a mail address."))
            #expect(run.shown.contains("for true, false or nothing"))
            #expect(run.shown.contains("[carlos@n.example] > "))
            #expect(run.shown.contains("2  enterprise: "))
            let text = try String(contentsOf: folder.appendingPathComponent("ours.yaml"), encoding: .utf8)
            for part in ["company: 'Käse & Söhne: NO'", "key accounts:", "250k EUR", "within: 4 business hours"] {
                #expect(text.contains(part), "\(part)")
            }
            let checked = try CommandRun(["check", "ours.yaml"], in: folder)
            #expect(checked.output == "ours.yaml: no findings.\n")
        }
    }

    @Test func nothingIsWrittenWhereTheAnswersEnd() throws {
        try withTemporaryFolder { folder in
            let run = try InitAtTerminal(["init"], in: folder, answers: ["Northwind", "\u{4}"])
            #expect(run.exitCode == 3)
            #expect(run.shown.contains("the answers ended") && run.shown.contains("--timezone"), "\(run.shown)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        }
    }
}

/// The program with somebody at its terminal, or, without answers, with nobody.
private struct InitAtTerminal {
    let shown: String
    let exitCode: Int32

    init(_ arguments: [String], in folder: URL, answers: [String]?) throws {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: ProgramUnderTest.path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        (process.standardOutput, process.standardError) = (output, output)
        let terminal = try answers.map { try PseudoTerminal(typing: $0) }
        process.standardInput = terminal?.end ?? FileHandle.nullDevice
        try process.run()
        shown = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        exitCode = process.terminationStatus
    }
}

/// A terminal at which all lines have been typed already.
private final class PseudoTerminal {
    private let master: FileHandle
    /// The program's end.
    let end: FileHandle

    init(typing lines: [String]) throws {
        var (ours, other): (Int32, Int32) = (-1, -1)
        try #require(openpty(&ours, &other, nil, nil, nil) == 0)
        master = FileHandle(fileDescriptor: ours, closeOnDealloc: true)
        end = FileHandle(fileDescriptor: other, closeOnDealloc: true)
        try master.write(contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
    }
}
