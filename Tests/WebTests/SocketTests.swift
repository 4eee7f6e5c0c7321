import Foundation
import Hummingbird
import HummingbirdTesting
import Journal
import Roles
import Testing
import Web

/// Clients that do not keep to the manners, over real sockets: whatever they do, others are served.
@Suite(.timeLimit(.minutes(2))) struct SocketTests {
    /// Less patient than in earnest, so that a test need not wait.
    private static let patience = Patience(
        header: .milliseconds(400), body: .milliseconds(400), leastSpeed: 1000, answer: .seconds(5))

    private func serving<Result: Sendable>(
        _ house: House, connections: Int = 500, _ test: @escaping @Sendable (Int) throws -> Result
    ) async throws -> Result {
        try await house.site.application(
            Listening(port: 0, connections: connections, patience: SocketTests.patience)
        ).test(.live) { client in
            let port = try #require(client.port)
            // On a thread of its own: these sockets block, and the server needs the threads that tests run on.
            return try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread { continuation.resume(with: Swift.Result { try test(port) }) }
            }
        }
    }

    private static let health = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"

    private static func post(_ path: String, _ body: String, key: String, length: Int? = nil) -> String {
        "POST \(path) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(key)\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(length ?? body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func anHonestRequestIsAnsweredAndItsConnectionKept() async throws {
        let house = try House()
        let key = try house.key([.send])
        try await serving(house) { port in
            let socket = try RawSocket(port)
            for number in 1...3 {
                try socket.send(
                    SocketTests.post("/v1/track", #"{"event":"A","userId":"1","messageId":"\#(number)"}"#, key: key))
                #expect(try socket.receive(until: "known\":0}").hasPrefix("HTTP/1.1 200 OK"))
            }
        }
        #expect(try house.journal.head().sequence == 3)
    }

    @Test func whoeverDribblesIsCutOffAndOthersAreServed() async throws {
        let house = try House()
        let key = try house.key([.send])
        try await serving(house) { port in
            let headers = try (0..<100).map { _ in try RawSocket(port) }
            let bodies = try (0..<100).map { _ in try RawSocket(port) }
            for socket in bodies { try socket.send(SocketTests.post("/v1/track", "{", key: key, length: 20_000)) }
            let end = ContinuousClock.now + .milliseconds(1500)
            var sent = Array(SocketTests.health.utf8)[...]
            while ContinuousClock.now < end {
                let byte = [sent.popFirst() ?? UInt8(ascii: "x")]
                // The last byte of a header is never sent.
                if sent.count > 1 { for socket in headers { socket.trySend(byte) } }
                for socket in bodies { socket.trySend([0x20]) }
                let honest = try RawSocket(port)
                try honest.send(SocketTests.health)
                #expect(try honest.receive(until: "ok\n").hasPrefix("HTTP/1.1 200"))
                Thread.sleep(forTimeInterval: 0.030)
            }
            #expect((headers + bodies).allSatisfy { $0.isClosedByPeer(within: 500) })
        }
        #expect(try house.journal.head().sequence == 0)
    }

    @Test func aBodyThatKeepsUpMayTakeItsTime() async throws {
        let house = try House()
        let key = try house.key([.send])
        try await serving(house) { port in
            let socket = try RawSocket(port)
            let body =
                #"{"event":"A","userId":"1","messageId":"1","properties":{"x":""# + String(repeating: "x", count: 3000)
                + #""}}"#
            let request = Array(SocketTests.post("/v1/track", body, key: key).utf8)
            // 3 kB in a second and a half: above the least speed, and far longer than the first patience.
            for start in stride(from: 0, to: request.count, by: 100) {
                try socket.send(Array(request[start..<min(start + 100, request.count)]))
                Thread.sleep(forTimeInterval: 0.035)
            }
            #expect(try socket.receive(until: "known\":0}").hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func aClientThatClosesItsHalfIsAnsweredOrDroppedButNothingHalfIsKept() async throws {
        let house = try House()
        let key = try house.key([.send])
        try await serving(house) { port in
            let whole = try RawSocket(port)
            try whole.send(SocketTests.post("/v1/track", #"{"event":"A","userId":"1","messageId":"1"}"#, key: key))
            whole.closeSending()
            #expect(try whole.receive(until: "known\":0}").hasPrefix("HTTP/1.1 200"))
            let half = try RawSocket(port)
            try half.send(SocketTests.post("/v1/track", #"{"event":"B","userId":"1"}"#, key: key, length: 5000))
            half.closeSending()
            #expect(half.isClosedByPeer(within: 2000))
            let chunked = try RawSocket(port)
            try chunked.send(
                "POST /v1/track HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(key)\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n2b\r\n{\"event\":\"C\",\"userId\":\"1\",\"messageId\":\"77\"}\r\n"
            )
            chunked.closeSending()
            #expect(chunked.isClosedByPeer(within: 2000))
            for _ in 0..<200 { try RawSocket(port).send("POST /v1/track HTTP/1.1\r\nHos") }
            let honest = try RawSocket(port)
            try honest.send(SocketTests.health)
            #expect(try honest.receive(until: "ok\n").hasPrefix("HTTP/1.1 200"))
        }
        #expect(try house.journal.head().sequence == 1)
    }

    @Test(arguments: [
        "GET /health HTTP/1.1\r\nHost: localhost\r\nX: \(String(repeating: "x", count: 100_000))\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\n" + String(repeating: "A: b\r\n", count: 2000) + "\r\n",
        "GET /\(String(repeating: "x", count: 100_000)) HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GARBAGE\r\n\r\n", "\0\0\0\0", "GET /health HTTP/9.9\r\n\r\n", "GET  HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /v1/track HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "POST /v1/track HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        "POST /v1/track HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x",
        "POST /v1/track HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        "POST /v1/track HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\nx",
    ])
    func whatIsNoRequestIsAnsweredWithAFaultAndNeverStopsTheServer(text: String) async throws {
        let house = try House()
        try await serving(house) { port in
            let socket = try RawSocket(port)
            socket.trySend(Array(text.utf8))
            let answer = socket.receiveAll(within: 1500)
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer.prefix(80))")
            let honest = try RawSocket(port)
            try honest.send(SocketTests.health)
            #expect(try honest.receive(until: "ok\n").hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func aBodyBeyondTheLimitIsRefusedWhetherItSaysItsLengthOrNot() async throws {
        let house = try House()
        let key = try house.key([.send])
        let head =
            "POST /v1/track HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer \(key)\r\n"
            + "Content-Type: application/json\r\n"
        try await serving(house) { port in
            let told = try RawSocket(port)
            try told.send(head + "Content-Length: 50000000\r\n\r\n")
            // It is refused by what it says, before it is sent.
            #expect(told.receiveAll(within: 2000).hasPrefix("HTTP/1.1 413"))
            let untold = try RawSocket(port)
            try untold.send(head + "Transfer-Encoding: chunked\r\n\r\n")
            let chunk = "4000\r\n" + String(repeating: " ", count: 0x4000) + "\r\n"
            for _ in 0..<8 where untold.trySend(Array(chunk.utf8)) {}
            #expect(untold.receiveAll(within: 2000).hasPrefix("HTTP/1.1 413"))
            let endless = try RawSocket(port)
            try endless.send(head + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n")
            let answer = endless.receiveAll(within: 1500)
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer.prefix(80))")
        }
        #expect(try house.journal.head().sequence == 0)
    }

    @Test func deepJSONIsRefusedAndTheConnectionGoesOn() async throws {
        let house = try House()
        let key = try house.key([.send])
        try await serving(house) { port in
            let socket = try RawSocket(port)
            for (open, close, depth) in [("[", "]", 100_000), ("{\"a\":", "}", 80_000)] {
                let deep = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
                let batch = try RawSocket(port)
                try batch.send(SocketTests.post("/v1/batch", deep, key: key))
                #expect(try batch.receive(until: "}").hasPrefix("HTTP/1.1 422"))
                try socket.send(SocketTests.post("/v1/track", String(deep.prefix(30_000)), key: key))
                #expect(try socket.receive(until: "}").hasPrefix("HTTP/1.1 422"))
            }
            try socket.send(SocketTests.health)
            #expect(try socket.receive(until: "ok\n").hasPrefix("HTTP/1.1 200"))
        }
        #expect(try house.journal.head().sequence == 0)
    }

    @Test func garbageBehindAGoodRequestSpoilsNothingBeforeIt() async throws {
        let house = try House()
        let key = try house.key([.send])
        try await serving(house) { port in
            let socket = try RawSocket(port)
            let good = SocketTests.post("/v1/track", #"{"event":"A","userId":"1","messageId":"1"}"#, key: key)
            try socket.send(good + SocketTests.health + "\u{1}\u{2}GARBAGE\r\n\r\n")
            let answer = socket.receiveAll(within: 1500)
            #expect(answer.contains("known\":0}") && answer.hasPrefix("HTTP/1.1 200"), "\(answer.prefix(200))")
            // Whatever comes of the garbage, it is no success.
            #expect(answer.matches(of: /HTTP\/1.1 200/).count <= 2)
        }
        #expect(try house.journal.head().sequence == 1)
    }

    /// All of it at once, while somebody honest sends and is answered.
    @Test func aCrowdWithoutMannersStopsNobody() async throws {
        let house = try House()
        let key = try house.key([.send])
        try await serving(house) { port in
            let chunked =
                "POST /v1/track HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(key)\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
            let deep = String(repeating: "[", count: 30_000)
            let manners: [(what: String, closesHalf: Bool)] = [
                ("", false), ("GET /hea", true), (SocketTests.post("/v1/track", "{", key: key, length: 30_000), true),
                (SocketTests.post("/v1/track", deep, key: key), false), (chunked + "ZZ\r\n", false),
                (chunked + "4\r\n[[[[", true), (SocketTests.health + "\0\0garbage\r\n\r\n", false),
                ("GET /health HTTP/1.1\r\nX: " + String(repeating: "x", count: 1 << 20), false),
                (SocketTests.post("/v1/track", "", key: key, length: 1 << 40), false),
            ]
            var crowd: [RawSocket] = []
            for number in 1...20 {
                for manner in manners {
                    let socket = try RawSocket(port)
                    socket.trySend(Array(manner.what.utf8))
                    if manner.closesHalf { socket.closeSending() }
                    crowd.append(socket)
                }
                let honest = try RawSocket(port)
                try honest.send(
                    SocketTests.post("/v1/track", #"{"event":"A","userId":"1","messageId":"\#(number)"}"#, key: key))
                #expect(try honest.receive(until: "known\":0}").hasPrefix("HTTP/1.1 200"))
            }
            #expect(crowd.allSatisfy { $0.isClosedByPeer(within: 3000) })
        }
        #expect(try house.journal.head().sequence == 20)
    }

    @Test func anotherSitesNameGetsNothing() async throws {
        let house = try House()
        try await serving(house) { port in
            for (host, status) in [
                ("localhost:\(port)", "303"), ("127.0.0.1:\(port)", "303"), ("[::1]:\(port)", "303"),
                ("evil.example", "421"),
                ("localhost.evil.example", "421"), ("127.0.0.1.evil.example:80", "421"),
            ] {
                let socket = try RawSocket(port)
                try socket.send("GET / HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
                #expect(socket.receiveAll(within: 2000).hasPrefix("HTTP/1.1 \(status)"), "\(host)")
            }
        }
    }

    @Test func moreConnectionsThanAllowedWaitForTheirTurn() async throws {
        let house = try House()
        try await serving(house, connections: 20) { port in
            let idle = try (0..<40).map { _ in try RawSocket(port) }
            let honest = try RawSocket(port)
            try honest.send(SocketTests.health)
            // The idle ones are closed when patience ends, and make room.
            #expect(try honest.receive(until: "ok\n", within: 5000).hasPrefix("HTTP/1.1 200"))
            #expect(idle.count == 40)
        }
    }
}
