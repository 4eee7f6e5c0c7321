import Foundation
import Testing

/// The small example company with a server that assigns and tells, and a real mail server on loopback.
final class TellingCompany: @unchecked Sendable {
    struct Mail: Decodable {
        let to: [String]
        let id: String
        let subject: String
        let text: String
        let html: String
        let defects: [String]
    }

    let birch: BirchCompany
    let key: String
    private let book: String
    private let mailServer: Process
    private let port: Int

    /// `nil` where aiosmtpd cannot be installed from PyPI.
    init?(failures: Int = 0) async throws {
        birch = try BirchCompany(importing: false)
        let program = ProgramUnderTest(folder: birch.folder)
        let environment = birch.folder.path + "/python"
        guard try program.run("python3", ["-m", "venv", environment]).code == 0,
            try program.run(environment + "/bin/pip", ["install", "--quiet", "aiosmtpd==1.4.6"]).code == 0
        else { return nil }
        book = birch.folder.path + "/mails"
        try Data().write(to: URL(fileURLWithPath: book))
        (mailServer, port) = try TellingCompany.start(
            environment + "/bin/python",
            [CommandRun.package.appendingPathComponent("Tests/Clients/mail_server.py").path, book, "\(failures)"])
        key = try birch.run("key", "make", "Site", "--may", "send").output.trimmingCharacters(
            in: .whitespacesAndNewlines)
        try birch.sign(birch.agreement, at: "2025-12-20T09:00Z")
        let live = try birch.run("live", "begin", "--by", "otto@birch.example")
        try #require(live.code == 0, "\(live.errors)")
    }

    deinit { if mailServer.isRunning { mailServer.terminate() } }

    /// A program that prints its port when it is ready.
    static func start(_ program: String, _ arguments: [String]) throws -> (Process, Int) {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
        try process.run()
        let printed = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        let port = try #require(Int(printed.trimmingCharacters(in: .whitespacesAndNewlines)), "it printed: \(printed)")
        return (process, port)
    }

    func server(_ options: [String] = []) async throws -> RunningServer {
        try await RunningServer(
            journal: birch.folder.path + "/journal",
            ["--smtp", "smtp://127.0.0.1:\(port)", "--from", "interlock@birch.example", "--allow-loopback"] + options)
    }

    /// Somebody of a company of their own who asks for a demonstration.
    func lead(_ number: Int) -> String {
        let who = "\"userId\": \"u\(number)\""
        return """
            {"batch": [
              {"type": "identify", \(who), "messageId": "i\(number)",
               "traits": {"email": "p\(number)@works-\(number).example", "country": "DE"}},
              {"type": "track", \(who), "messageId": "t\(number)", "event": "Demo Requested", "properties": {}}]}
            """
    }

    var mails: [Mail] {
        get throws {
            try String(contentsOfFile: book, encoding: .utf8).split(separator: "\n").map {
                try JSONDecoder().decode(Mail.self, from: Data($0.utf8))
            }
        }
    }

    /// Waits, at most so many seconds, until something is so.
    func wait(_ seconds: Int, until isSo: () throws -> Bool) async throws -> Bool {
        for _ in 0..<seconds * 10 {
            if try isSo() { return true }
            try await Task.sleep(for: .milliseconds(100))
        }
        return try isSo()
    }
}
