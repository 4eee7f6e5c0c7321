import Foundation
import Journal
import StoreSQLite
import Testing

/// A server that tells people over a real mail server, and is killed at any moment.
@Suite(.serialized) struct KilledCourierTests {
    private static let kills = 100
    private static let leadsEach = 2

    @Test(.enabled(if: LongTests.areWanted, "a long test: set INTERLOCK_LONG_TESTS=1"))
    func killedAHundredTimesItTellsEveryLeadUnderOneID() async throws {
        guard let company = try await TellingCompany() else {
            return print("Skipped: aiosmtpd could not be installed from PyPI.")
        }
        var random = SplitMix(state: 16)
        var unanswered: [Int] = []
        for kill in 0..<KilledCourierTests.kills {
            let server = try await company.server()
            let leads = unanswered + (0..<KilledCourierTests.leadsEach).map { kill * KilledCourierTests.leadsEach + $0 }
            let posting = Task { () -> [Int] in
                var failed: [Int] = []
                for lead in leads {
                    let answer = try? await server.post("/v1/batch", company.lead(lead), key: company.key)
                    if answer?.status != 200 { failed.append(lead) }
                }
                return failed
            }
            try await Task.sleep(for: .milliseconds(Int64.random(in: 0...900, using: &random)))
            server.kill()
            unanswered = await posting.value
        }
        // The last one lives, and finishes everything.
        let server = try await company.server()
        for lead in unanswered {
            #expect(try await server.post("/v1/batch", company.lead(lead), key: company.key).status == 200)
        }
        let leads = KilledCourierTests.kills * KilledCourierTests.leadsEach
        _ = try await company.wait(60) { Set(try self.leadMails(company).map(\.id)).count >= leads }
        try await Task.sleep(for: .seconds(2))
        #expect(server.stop() == 0)
        try check(company, leads)
    }

    private func leadMails(_ company: TellingCompany) throws -> [TellingCompany.Mail] {
        try company.mails.filter { $0.subject.hasPrefix("New lead") }
    }

    private func check(_ company: TellingCompany, _ leads: Int) throws {
        let mails = try leadMails(company)
        let ids = Set(mails.map(\.id))
        let store = try SQLiteJournal(
            path: company.birch.folder.path + "/journal", makeKey: { PersonKey(drawing: { .random(in: 0...255) }) })
        let decisions = try store.stored(after: 0, limit: .max).filter {
            $0.shape.kind == .decision && $0.shape.object == "decision"
        }
        #expect(decisions.count == leads)
        #expect(ids.count == leads, "distinct ids")
        #expect(Set(mails.map(\.subject)).count == leads, "nobody is missing")
        #expect(mails.count - ids.count <= KilledCourierTests.kills, "repeats")
        #expect(mails.allSatisfy { $0.defects.isEmpty && $0.to.count == 1 })
        #expect(try store.verify(expecting: nil).isSound)
        print(
            "\(leads) leads, \(mails.count) mails, \(mails.count - ids.count) repeated over \(KilledCourierTests.kills) kills"
        )
    }
}

/// Mail over a real server, and webhooks to receivers that behave as badly as they do.
@Suite(.serialized) struct TellingServerTests {
    @Test(.enabled(if: LongTests.areWanted, "a long test: set INTERLOCK_LONG_TESTS=1"))
    func whateverReceiversDoEverythingArrives() async throws {
        guard let company = try await TellingCompany(failures: 2) else {
            return print("Skipped: aiosmtpd could not be installed from PyPI.")
        }
        let calls = company.birch.folder.path + "/calls"
        let (receiver, port) = try TellingCompany.start(
            "/usr/bin/python3",
            [CommandRun.package.appendingPathComponent("Tests/Clients/webhook_receiver.py").path, calls])
        defer { receiver.terminate() }
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        let hook = { (name: String) in
            "\(name): {url: \"http://127.0.0.1:\(port)/\(name)\", secret: \(secret), tell: [lead]}"
        }
        let notices = try company.birch.folder.write(
            "webhooks: {\(["fails", "moved", "gone", "good"].map(hook).joined(separator: ", "))}", to: "notices.yaml")
        let server = try await company.server(["--notices", notices])
        for lead in 0..<6 {
            #expect(try await server.post("/v1/batch", company.lead(lead), key: company.key).status == 200)
        }
        // What failed comes again after five seconds.
        let arrived = try await company.wait(40) {
            try Set(company.mails.filter { $0.subject.hasPrefix("New lead") }.map(\.id)).count == 6
                && self.calls(calls, "good").count == 6 && self.calls(calls, "fails").count == 6
        }
        #expect(arrived)
        #expect(server.stop() == 0)
        // Everything signed right, under one id each; 410 ended that endpoint; a redirect was not followed.
        #expect(try Set(self.calls(calls, "good")).count == 6)
        #expect(try self.calls(calls, "gone").isEmpty && self.calls(calls, "elsewhere").isEmpty)
        let list = try company.birch.run("outbox", "list", "--json")
        #expect(list.code == 0 && list.output.contains("\"by\":\"webhook:moved\",\"state\":\"waiting\""))
        #expect(try company.birch.run("outbox", "reopen", "webhook:gone").code == 0)
        #expect(try company.birch.run("outbox", "reopen", "webhook:gone").code != 0)
    }

    /// The ids of calls that were accepted and whose signature was right.
    private func calls(_ path: String, _ name: String) throws -> [String] {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
            .filter { $0.count == 3 && $0[0] == name && $0[2] == "signed" }.map { $0[1] }
    }
}
