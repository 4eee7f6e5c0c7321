import Access
import Foundation
import HTTPTypes
import Journal
import Roles
import Synchronization
import Testing
import Vocabulary
import Web

@Suite struct InboundTests {
    private static let track = #"{"event":"A","userId":"1","messageId":"1"}"#

    @Test func aKeyMayComeAsUserNameAsTokenOrInTheBody() async throws {
        let house = try House()
        let key = try house.key([.send])
        let basic = Data("\(key):".utf8).base64EncodedString()
        for header in ["Basic \(basic)", "Bearer \(key)", "basic \(basic.filter { $0 != "=" })"] {
            let answer = try await house.ask(
                .post, "/v1/track", headers: [.authorization: header, .contentType: "application/json"],
                body: InboundTests.track)
            #expect(answer.status == 200, "\(header)")
        }
        let inBody = #"{"event":"A","userId":"1","messageId":"1","writeKey":"\#(key)"}"#
        #expect(
            try await house.ask(.post, "/v1/track", headers: [.contentType: "text/plain"], body: inBody).status == 200)
        // CloudEvents and plain facts have no such place.
        #expect(
            try await house.ask(.post, "/v1/facts", headers: [.contentType: "application/json"], body: inBody).status
                == 401)
        for header in ["Basic !!", "Bearer", "Basic " + Data("il_x_y:".utf8).base64EncodedString(), "Digest x"] {
            let answer = try await house.ask(
                .post, "/v1/track", headers: [.authorization: header], body: InboundTests.track)
            #expect(answer.status == 401 && answer.header("WWW-Authenticate") != nil, "\(header)")
        }
        #expect(try house.journal.head().sequence == 1)
    }

    @Test func whatIsSentAgainIsKnown() async throws {
        let house = try House()
        let key = try house.key([.send])
        let call =
            #"{"event":"A","userId":"1","messageId":"1","timestamp":"2026-02-01T00:00:00Z","sentAt":"2026-02-01T00:00:01Z"}"#
        #expect(try await house.post("/v1/track", call, key: key).body == #"{"success":true,"accepted":1,"known":0}"#)
        house.pass(.seconds(30))
        #expect(try await house.post("/v1/track", call, key: key).body == #"{"success":true,"accepted":0,"known":1}"#)
        #expect(try house.journal.head().sequence == 1)
    }

    @Test func badItemsAreNamedAndTheOthersKept() async throws {
        let house = try House()
        let key = try house.key([.send])
        let batch =
            #"{"batch":[{"type":"track","event":"A","userId":"1","messageId":"1"},{"type":"x"},{"type":"track","event":"B","messageId":"2"}]}"#
        let answer = try await house.post("/v1/batch", batch, key: key)
        #expect(answer.status == 422 && answer.header("Content-Type") == "application/problem+json")
        #expect(answer.faults == ["1 /batch/1/type unknown-type", "2 /batch/2/userId nobody"])
        #expect(
            answer.member("accepted") == "1" && answer.member("code") == "bad-items"
                && !answer.member("message").isEmpty)
        #expect(try house.journal.head().sequence == 1)
        let clash =
            #"[{"object":"d","id":"1","kind":"deal won"},{"object":"d","id":"1","kind":"deal won","properties":{"stage":"x"}}]"#
        let facts = try await house.post("/v1/facts", clash, key: key)
        #expect(facts.status == 422 && facts.faults == ["1 /1/id key-reused"])
    }

    @Test(arguments: [
        ("/v1/track", "application/json", "{", 400, "not-json"), ("/v1/track", "application/json", "", 400, "not-json"),
        ("/v1/track", "application/json", #"{"event":"\u0000"}"#, 422, "json-not-taken"),
        ("/v1/track", "application/x-www-form-urlencoded", "a=1", 415, "not-json"),
        ("/v1/batch", "application/json", "[]", 400, "not-a-batch"),
        ("/v1/batch", "application/json", #"{"batch":{}}"#, 400, "not-a-batch"),
        ("/v1/events", "application/json", "{}", 415, "not-a-cloudevent"),
        ("/v1/events", "application/cloudevents-batch+json", "{}", 400, "not-a-batch"),
        ("/v1/events", "application/cloudevents+json; charset=utf-8", "{}", 422, "bad-items"),
        ("/v1/facts", "application/json", "[7]", 422, "bad-items"), ("/v1/facts", "image/png", "[7]", 415, "not-json"),
    ])
    func whatCannotBeReadIsRefusedWithAReason(path: String, type: String, body: String, status: Int, code: String)
        async throws
    {
        let house = try House()
        let answer = try await house.post(path, body, key: try house.key([.send]), type: type)
        #expect(answer.status == status && answer.member("code") == code, "\(answer.body)")
    }

    @Test func depthAndSizeHaveLimits() async throws {
        let house = try House()
        let key = try house.key([.send])
        let deep = String(repeating: "[", count: 20_000)
        #expect(try await house.post("/v1/track", deep, key: key).member("code") == "json-not-taken")
        let large = #"{"event":""# + String(repeating: "x", count: 33_000) + #""}"#
        #expect(try await house.post("/v1/track", large, key: key).status == 413)
        let batch =
            #"{"batch":[{"type":"track","userId":"1","event":""# + String(repeating: "x", count: 33_000) + #""}]}"#
        #expect(try await house.post("/v1/batch", batch, key: key).faults == ["0 /batch/0 event-too-large"])
        let huge = String(repeating: " ", count: 501 * 1024)
        #expect(try await house.post("/v1/batch", huge, key: key).status == 413)
        let packed = try await house.ask(
            .post, "/v1/track", headers: [.authorization: "Bearer \(key)", .contentEncoding: "br"], body: "x")
        #expect(packed.status == 415)
    }

    @Test func headersOfCloudEventsSayTheSameAsTheirJSON() async throws {
        let house = try House()
        let key = try house.key([.send])
        var headers: HTTPFields = [.authorization: "Bearer \(key)", .contentType: "application/json"]
        for (name, value) in [("specversion", "1.0"), ("id", "1"), ("source", "s"), ("type", "t"), ("subject", "7")] {
            headers[HTTPField.Name("ce-" + name)!] = value
        }
        #expect(try await house.ask(.post, "/v1/events", headers: headers, body: #"{"a":1}"#).member("accepted") == "1")
        let same = #"{"specversion":"1.0","id":"1","source":"s","type":"t","subject":"7","data":{"a":1}}"#
        let again = try await house.post("/v1/events", same, key: key, type: "application/cloudevents+json")
        #expect(again.member("known") == "1" && again.status == 200)
    }

    // MARK: When the store cannot

    @Test(arguments: [
        (JournalError.full("x"), 503, "disk-full"), (.busy("x"), 503, "busy"), (.damaged("x"), 503, "store"),
        (.readOnly("x"), 503, "store"),
    ])
    func whatCannotBeKeptIsNotAcknowledged(error: JournalError, status: Int, code: String) async throws {
        let journal = StubbornJournal()
        let house = try House(journal: journal)
        let key = try house.key([.send])
        journal.refusal.withLock { $0 = error }
        let answer = try await house.post("/v1/track", InboundTests.track, key: key)
        #expect(answer.status == status && answer.member("code") == code)
        #expect(answer.header("Retry-After").flatMap { Int($0) } ?? 0 > 0)
        #expect(!answer.body.contains("\"x\""))
        journal.refusal.withLock { $0 = nil }
        #expect(try await house.post("/v1/track", InboundTests.track, key: key).member("accepted") == "1")
    }

    @Test func whenTooManyWaitTheOthersAreAskedToComeBack() async throws {
        let journal = StubbornJournal()
        let house = try House(journal: journal, waitingFacts: 3)
        let key = try house.key([.send])
        journal.isHeld.withLock { $0 = true }
        let statuses = try await withThrowingTaskGroup(of: Answer.self) { group in
            for number in 0..<12 {
                group.addTask {
                    try await house.post("/v1/track", #"{"event":"A","userId":"1","messageId":"\#(number)"}"#, key: key)
                }
            }
            var answers: [Answer] = []
            while let answer = try await group.next() {
                answers.append(answer)
                // Those who were sent away answer at once; the others once the disk goes on.
                if answers.count == 6 { journal.isHeld.withLock { $0 = false } }
            }
            return answers
        }
        let busy = statuses.filter { $0.status == 429 }
        #expect(busy.count >= 6 && busy.allSatisfy { $0.header("Retry-After") == "1" && $0.member("code") == "busy" })
        #expect(statuses.filter { $0.status == 200 }.count == 12 - busy.count)
        #expect(try house.journal.head().sequence == Int64(12 - busy.count))
    }

    @Test func aServerThatStopsIsNotReadyAndTakesNothingMore() async throws {
        let house = try House()
        let key = try house.key([.send])
        #expect(try await house.ask(.get, "/ready").status == 200)
        house.site.beginToStop()
        #expect(try await house.ask(.get, "/ready").status == 503)
        #expect(try await house.ask(.get, "/health").status == 200)
        #expect(try await house.post("/v1/track", InboundTests.track, key: key).status == 200)
        await house.site.finish()
        let late = try await house.post("/v1/track", #"{"event":"B","userId":"1"}"#, key: key)
        #expect(late.status == 503 && late.member("code") == "stopping")
    }
}
