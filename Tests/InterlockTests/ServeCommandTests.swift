import Foundation
import Journal
import StoreSQLite
import Synchronization
import Testing

@Suite(.serialized) struct ServeCommandTests {
    private let folder: TemporaryFolder
    private let program: ProgramUnderTest
    private var journal: String { folder.path + "/journal" }

    init() throws {
        folder = try TemporaryFolder()
        program = ProgramUnderTest(folder: folder)
    }

    private func key() throws -> String {
        let made = try program.run("key", "make", "Site", "--may", "send", "--source", "web", "--journal", journal)
        try #require(made.code == 0, "\(made.errors)")
        return made.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func call(_ number: Int) -> String {
        #"{"type":"track","event":"A","userId":"\#(number % 50)","messageId":"m-\#(number)","properties":{"email":"a\#(number)@acme.example"}}"#
    }

    private static func batch(_ numbers: Range<Int>) -> String {
        #"{"batch":["# + numbers.map(call).joined(separator: ",") + "]}"
    }

    /// The ids of the facts in a journal, in order.
    private func stored(_ path: String) throws -> [String] {
        let store = try SQLiteJournal(path: path, makeKey: { PersonKey(drawing: { .random(in: 0...255) }) })
        defer { try? store.close() }
        return try store.stored(after: 0, limit: .max).map(\.id)
    }

    @Test func itServesSaysWhereAndStopsWhenToldTo() async throws {
        let key = try key()
        let server = try await RunningServer(journal: journal)
        #expect(server.greeting.contains("Nobody has joined yet") || server.isRunning)
        #expect(try await server.get("/ready").status == 200)
        #expect(try await server.get("/sign-in").body.contains("<h1>Sign in</h1>"))
        #expect(try await server.post("/v1/batch", ServeCommandTests.batch(0..<20), key: key).status == 200)
        let second = try program.run("serve", "--journal", journal, "--port", "0")
        #expect(second.code == 3 && second.errors.contains("another server already serves"))
        #expect(server.stop() == 0)
        #expect(try stored(journal).count == 20)
        let verified = try program.run("journal", "verify", "--journal", journal)
        #expect(verified.code == 0)
    }

    /// A page that listens does not keep the server from stopping, nor is it left hanging.
    @Test func whoeverListensIsToldTheEndWhenItStops() async throws {
        let made = try program.run("key", "make", "Board", "--may", "read", "--journal", journal)
        let key = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
        let server = try await RunningServer(journal: journal)
        async let heard = server.get("/live", key: key)
        // The stream is there once another request after it has been answered.
        for _ in 0..<5 { _ = try await server.get("/ready") }
        try await Task.sleep(for: .milliseconds(300))
        #expect(server.stop() == 0)
        let (status, body) = try await heard
        #expect(status == 200 && body.contains("event: moment") && body.hasSuffix("0\r\n\r\n"))
    }

    @Test func whatCannotBeServedIsSaid() throws {
        for (arguments, saying) in [
            (["--host", "0.0.0.0"], "--public-url"), (["--port", "70000"], "up to 65535"),
            (["--public-url", "interlock.example"], "without a path"),
        ] {
            let outcome = try program.run(ProgramUnderTest.path, ["serve", "--journal", journal] + arguments)
            #expect(outcome.code == 2 && outcome.errors.contains(saying), "\(outcome.errors)")
        }
        let elsewhere = try program.run(
            "serve", "--journal", journal, "--host", "203.0.113.7", "--public-url", "https://a.example")
        #expect(elsewhere.code == 3 && elsewhere.errors.contains("does not let the program listen"))
    }

    @Test func aPortThatIsTakenIsSaid() async throws {
        let server = try await RunningServer(journal: journal)
        let other = try program.run("serve", "--journal", folder.path + "/other", "--port", String(server.port))
        #expect(other.code == 3 && other.errors.contains("another program listens on port \(server.port)"))
    }

    @Test func aBackupTakenWhileFactsComeInIsAPrefixOfTheJournal() async throws {
        let key = try key()
        let server = try await RunningServer(journal: journal)
        let isOver = Shared(false)
        let sent = Task {
            var number = 0
            while !isOver.value.withLock({ $0 }) {
                let answer = try await server.post(
                    "/v1/batch", ServeCommandTests.batch(number..<number + 100), key: key)
                try #require(answer.status == 200)
                number += 100
            }
            return number
        }
        var heads: [Int] = []
        for copy in 0..<3 {
            try await Task.sleep(for: .milliseconds(150))
            let backup = folder.path + "/backup-\(copy)"
            let made = try program.run("backup", "--journal", journal, "--to", backup, "--json")
            try #require(made.code == 0, "\(made.errors)")
            let manifest = try String(contentsOfFile: backup + "/backup.json", encoding: .utf8)
            #expect(manifest == made.output && manifest.contains("\"audit_head\""))
            heads.append(try stored(backup).count)
        }
        isOver.value.withLock { $0 = true }
        let number = try await sent.value
        #expect(server.stop() == 0)
        let all = try stored(journal)
        #expect(all.count == number && heads == heads.sorted() && (heads.last ?? 0) > 0)
        for (copy, count) in heads.enumerated() {
            let backup = folder.path + "/backup-\(copy)"
            #expect(try stored(backup) == Array(all.prefix(count)))
            #expect(try program.run("journal", "verify", "--journal", backup).code == 0)
            #expect(try program.run("audit", "verify", "--journal", backup).code == 0)
            #expect(try program.run("key", "list", "--journal", backup).output.contains("Site"))
        }
        let again = try program.run("backup", "--journal", journal, "--to", folder.path + "/backup-0")
        #expect(again.code == 3 && again.errors.contains("is there already"))
        // A backup is served like any journal.
        let restored = try await RunningServer(journal: folder.path + "/backup-2")
        #expect(
            try await restored.post("/v1/batch", ServeCommandTests.batch(0..<1), key: key).body.contains("\"known\":1"))
    }

    /// Killed in the middle of its work, again and again: what was acknowledged is there, and nothing is there twice.
    @Test func whatWasAcknowledgedSurvivesPowerCuts() async throws {
        let key = try key()
        let acknowledged = Shared<Set<Int>>([])
        var next = 0
        var dice = SplitMix(state: 20_260_202)
        for _ in 0..<(LongTests.areWanted ? 100 : 4) {
            let server = try await RunningServer(journal: journal)
            let first = next
            await withTaskGroup(of: Void.self) { group in
                for sender in 0..<4 {
                    group.addTask {
                        var number = first + sender * 1_000_000
                        while let answer = try? await server.post(
                            "/v1/batch", ServeCommandTests.batch(number..<number + 10), key: key), answer.status == 200
                        {
                            acknowledged.value.withLock { $0.formUnion(number..<number + 10) }
                            number += 10
                        }
                    }
                }
                try? await Task.sleep(for: .milliseconds(30 + Int(dice.next() % 200)))
                server.kill()
            }
            next += 10_000
        }
        let all = try stored(journal)
        #expect(Set(all).count == all.count)
        let missing = acknowledged.value.withLock { $0 }.filter { !Set(all).contains("m-\($0)") }
        #expect(missing.isEmpty && !all.isEmpty)
        #expect(try program.run("journal", "verify", "--journal", journal).code == 0)
    }

    @Test func keysAreMadeListedAndRevokedAndAllOfItIsAudited() async throws {
        let key = try key()
        let server = try await RunningServer(journal: journal)
        #expect(try await server.post("/v1/track", ServeCommandTests.call(1), key: key).status == 200)
        let listed = try program.run("key", "list", "--journal", journal)
        #expect(listed.output.contains("Site  send  web  web/user") && !listed.output.contains(key))
        #expect(try program.run("key", "revoke", "1", "--journal", journal).code == 0)
        #expect(try await server.post("/v1/track", ServeCommandTests.call(2), key: key).status == 401)
        #expect(try program.run("key", "revoke", "7", "--journal", journal).code == 3)
        let invited = try program.run(
            "invite", "sales manager", "--journal", journal, "--public-url", "https://a.example")
        #expect(invited.output.hasPrefix("https://a.example/join/"))
        let trail = try program.run("audit", "list", "--journal", journal)
        for deed in ["made a key", "revoked a key", "invited"] { #expect(trail.output.contains(deed)) }
        let head = try program.run("audit", "head", "--journal", journal).output.trimmingCharacters(in: .newlines)
        let verified = try program.run("audit", "verify", "--journal", journal, "--head", head)
        #expect(verified.code == 0 && verified.output.hasSuffix("Sound.\n"))
        let further = try program.run("audit", "verify", "--journal", journal, "--head", "99" + head.drop { $0 != ":" })
        #expect(further.code == 1 && further.output.contains("entries up to 99 are expected"))
        for (arguments, saying) in [
            (["key", "make", "x", "--may", "send", "--source", "A B"], "cannot name a source"),
            (["key", "make", "x", "--may", "send", "--user-record", "x"], "a source and an object"),
            (["key", "make", "x", "--may", "send", "--days", "999"], "at most a year"), (["invite", "boss"], "boss"),
        ] {
            let outcome = try program.run(ProgramUnderTest.path, arguments + ["--journal", journal])
            #expect(outcome.code == 2 && outcome.errors.contains(saying), "\(outcome.errors)")
        }
        let nothing = try program.run("audit", "verify", "--journal", folder.path + "/none")
        #expect(nothing.code == 3 && nothing.errors.contains("nobody was ever let in"))
    }
}

/// A value that several tasks change.
private final class Shared<Value: Sendable>: Sendable {
    let value: Mutex<Value>

    init(_ value: Value) { self.value = Mutex(value) }
}
