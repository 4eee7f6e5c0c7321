import Foundation
import Hummingbird
import HummingbirdTesting
import Journal
import Roles
import Testing
import Vocabulary
import Web

/// What open pages hear of, over real sockets.
@Suite(.timeLimit(.minutes(2))) struct LiveTests {
    private func serving<Result: Sendable>(
        _ house: House, patience: Patience = Patience(), _ test: @escaping @Sendable (Int) throws -> Result
    ) async throws -> Result {
        try await house.site.application(Listening(port: 0, patience: patience)).test(.live) { client in
            let port = try #require(client.port)
            return try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread { continuation.resume(with: Swift.Result { try test(port) }) }
            }
        }
    }

    private static func listen(_ cookie: String) -> String {
        "GET /live HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookie)\r\n\r\n"
    }

    private static func track(_ id: String, key: String) -> String {
        let body = #"{"event":"A","userId":"2","messageId":"\#(id)"}"#
        return "POST /v1/track HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(key)\r\n"
            + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func aFactThatComesIsToldAndNothingElseOfIt() async throws {
        let birch = try BirchHouse()
        let house = birch.house
        let (cookie, key) = (try house.cookie(of: .auditor), try house.key([.send]))
        let facts = try house.journal.head().sequence
        try await serving(house) { port in
            let page = try RawSocket(port)
            try page.send(LiveTests.listen(cookie))
            let first = try page.receive(until: "\"facts\": \(facts)}\n\n\r\n")
            #expect(first.contains("text/event-stream") && first.contains("event: moment"))
            let sender = try RawSocket(port)
            try sender.send(LiveTests.track("m1", key: key))
            _ = try sender.receive(until: "\"known\":0}")
            let told = try page.receive(until: "\"facts\": \(facts + 1)}\n\n\r\n", within: 3000)
            #expect(!told.contains("contact"))
            house.site.beginToStop()
        }
    }

    @Test func aStreamOutlastsThePatienceForAnswersAsLongAsItIsRead() async throws {
        let birch = try BirchHouse()
        let (house, cookie) = (birch.house, try birch.house.cookie(of: .rep))
        let key = try house.key([.send])
        let facts = try house.journal.head().sequence
        let patience = Patience(
            header: .seconds(5), body: .seconds(5), leastSpeed: 1000, answer: .milliseconds(600))
        try await serving(house, patience: patience) { port in
            let page = try RawSocket(port)
            try page.send(LiveTests.listen(cookie))
            _ = try page.receive(until: "\"facts\": \(facts)}\n\n\r\n")
            for number in 1...3 {
                Thread.sleep(forTimeInterval: 0.4)
                let sender = try RawSocket(port)
                try sender.send(LiveTests.track("m\(number)", key: key))
                _ = try page.receive(until: "\"facts\": \(facts + Int64(number))}\n\n\r\n")
            }
            // Nothing is told for too long: then it is over.
            #expect(page.isClosedByPeer(within: 3000))
            house.site.beginToStop()
        }
    }

    @Test func streamsEndWhenTheServerStops() async throws {
        let birch = try BirchHouse()
        let (house, cookie) = (birch.house, try birch.house.cookie(of: .rep))
        let facts = try house.journal.head().sequence
        try await serving(house) { port in
            let page = try RawSocket(port)
            try page.send(LiveTests.listen(cookie))
            _ = try page.receive(until: "\"facts\": \(facts)}\n\n\r\n")
            house.site.beginToStop()
            #expect(try page.receive(until: "0\r\n\r\n").hasSuffix("0\r\n\r\n"))
        }
    }
}
