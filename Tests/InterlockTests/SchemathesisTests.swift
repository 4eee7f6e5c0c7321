import Foundation
import Testing

/// Schemathesis, as it comes from PyPI, holds the server to its own description: every check, every phase, links included, with
/// the sign-in of each role and with keys of every kind. It finds nothing.
@Suite(.serialized) struct SchemathesisTests {
    /// From PyPI.
    private static let version = "4.32.5"

    /// Who asks.
    private enum Token {
        case cookie(of: String)
        case key(mayDo: [String], isRevoked: Bool = false)
        case none

        static let all: [Token] =
            ["operator", "marketing", "sales manager", "rep", "executive", "auditor"].map { .cookie(of: $0) } + [
                .key(mayDo: ["read", "send", "meters"]), .key(mayDo: ["read"]), .key(mayDo: ["send"]),
                .key(mayDo: ["meters"]), .key(mayDo: ["read", "send", "meters"], isRevoked: true), .none,
            ]
    }

    @Test(.enabled(if: LongTests.areWanted, "a long test: set INTERLOCK_LONG_TESTS=1"))
    func nothingIsFoundWhoeverAsks() async throws {
        let folder = try TemporaryFolder()
        let program = ProgramUnderTest(folder: folder)
        guard let python = try SchemathesisTests.python(with: program) else {
            return print("Skipped: schemathesis could not be installed from PyPI.")
        }
        let journal = try BrowserTests.sampleCompany(in: folder, persons: 300)
        let server = try await RunningServer(journal: journal)
        let run = Run(program: program, python: python, journal: journal, base: "http://127.0.0.1:\(server.port)")
        for token in Token.all {
            let found = try run.ask(as: token)
            #expect(found.code == 0, "\(token): \(found.output.suffix(6000))\(found.errors.suffix(2000))")
            // It ran to the end, with every phase.
            #expect(found.output.contains("Stateful") && found.output.contains("passed"), "\(token)")
            #expect(server.isRunning)
        }
        #expect(server.stop() == 0)
    }

    /// The folder of a Python that has it; `nil` where PyPI cannot be reached.
    private static func python(with program: ProgramUnderTest) throws -> String? {
        let environment = program.folder.path + "/python"
        guard try program.run("python3", ["-m", "venv", environment]).code == 0 else { return nil }
        let installed = try program.run(
            environment + "/bin/pip", ["install", "--quiet", "schemathesis==\(version)"])
        return installed.code == 0 ? environment + "/bin" : nil
    }

    private struct Run {
        let program: ProgramUnderTest
        let python: String
        let journal: String
        let base: String

        func ask(as token: Token) throws -> ProgramUnderTest.Outcome {
            let written = try String(
                contentsOf: CommandRun.package.appendingPathComponent("Tests/Clients/schemathesis.toml"),
                encoding: .utf8)
            let settings = try program.folder.write(written + authorization(token), to: "schemathesis.toml")
            return try program.run(
                python + "/schemathesis",
                [
                    "--config-file", settings, "run", base + "/v1/openapi.json", "--checks", "all", "--phases",
                    "examples,coverage,fuzzing,stateful", "--max-examples", "10", "--seed", "20260202",
                    "--continue-on-failure", "--no-color",
                ])
        }

        private func authorization(_ token: Token) throws -> String {
            switch token {
            case .none: return ""
            case .key(let acts, let isRevoked):
                let key = try made(
                    ["key", "make", "Tried out"] + acts.flatMap { ["--may", $0] } + ["--journal", journal])
                if isRevoked {
                    let listed = try made(["key", "list", "--journal", journal])
                    let last = listed.split(separator: "\n").compactMap { Int($0.prefix { $0.isNumber }) }.max()
                    _ = try made(["key", "revoke", String(try #require(last)), "--journal", journal])
                }
                return "\n[auth.openapi.bearer]\nbearer = \"\(key)\"\n"
            case .cookie(let role):
                let invitation = try made(["invite", role, "--journal", journal])
                let link = try #require(invitation.firstMatch(of: /http:[^ \n]*\/join\/[^ \n]+/)).output
                let script = CommandRun.package.appendingPathComponent("Tests/Clients/join.py").path
                let address = role.replacing(" ", with: ".") + "@northwind.example"
                let joined = try program.run(python + "/python", [script, base, String(link), address])
                try #require(joined.code == 0, "\(joined.errors)")
                let cookie = joined.output.split(separator: "=", maxSplits: 1).last.map { $0.filter { $0 != "\n" } }
                // As the browser says it: what a sign-in sends must come from a page of ours.
                return "\n[headers]\nOrigin = \"\(base)\"\n\n[auth.openapi.session]\napi_key = \"\(cookie ?? "")\"\n"
            }
        }

        private func made(_ arguments: [String]) throws -> String {
            let outcome = try program.run(ProgramUnderTest.path, arguments)
            try #require(outcome.code == 0, "interlock \(arguments.joined(separator: " ")): \(outcome.errors)")
            return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }
}
