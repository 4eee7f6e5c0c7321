internal import Access
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Roles
internal import Synchronization
internal import Vocabulary

//  What tells open pages that something has come
//
//      facts ─▶ LivingCompany judges ─▶ changes() ─▶ one line for each stream ─▶ app.js: “New facts have come”
//
//  A stream says where the company stands when it begins, so that whoever lost one in between misses nothing. It tells no
//  fact, only that there are some: what a page shows is asked for by the same rules as ever.

enum LiveRoutes {
    static let all: [Route] = [
        AppScript.route,
        Route(.get, "/live", .seeTeams) { try await stream($0) },
    ]

    /// A stream ends by itself after so many seconds, and the browser begins another.
    private static let longest: Int64 = 3600

    private static func stream(_ asked: Asked) async throws -> Response {
        guard let seat = asked.site.seats.take() else {
            throw Problem.unavailable("too-many-watchers", seconds: 60, "Too many pages are watching at once.")
        }
        let seconds = min(longest, max(0, Int64(asked.query["for"]) ?? longest))
        let company = asked.site.company
        let changes = company.changes()
        let present = try await company.present()
        let body = ResponseBody { writer in
            defer { seat.leave() }
            try await writer.write(ByteBuffer(string: "retry: 2000\n\n" + present.event))
            if seconds > 0 { try await LiveLines(changes, seconds: seconds).write(to: &writer) }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no"], body: body)
    }
}

extension HTTPField.Name {
    /// Proxies that gather answers must not gather this one.
    fileprivate static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
}

extension Present {
    /// As an event of a stream (HTML standard, 9.2.5).
    fileprivate var event: String {
        "event: moment\ndata: {\"moment\": \(instant.milliseconds), \"facts\": \(sequence)}\n\n"
    }
}

/// The lines of one stream: a line for each state of the company, and a comment now and then, so that nobody on the way takes
/// it for dead.
private struct LiveLines {
    private let changes: AsyncStream<Present>
    private let seconds: Int64
    private static let heartbeat = Duration.seconds(15)

    init(_ changes: AsyncStream<Present>, seconds: Int64) { (self.changes, self.seconds) = (changes, seconds) }

    func write(to writer: inout any ResponseBodyWriter) async throws {
        let (lines, feed) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(8))
        let (changes, seconds) = (changes, seconds)
        let telling = Task {
            for await present in changes { feed.yield(present.event) }
            feed.finish()
        }
        let beating = Task {
            while (try? await Task.sleep(for: LiveLines.heartbeat)) != nil { feed.yield(": still here\n\n") }
        }
        let ending = Task {
            if (try? await Task.sleep(for: .seconds(seconds))) != nil { feed.finish() }
        }
        defer { for task in [telling, beating, ending] { task.cancel() } }
        for await line in lines { try await writer.write(ByteBuffer(string: line)) }
    }
}

/// How many may watch at once.
final class LiveSeats: Sendable {
    private let free: Mutex<Int>

    init(_ count: Int = 512) { free = Mutex(count) }

    func take() -> Seat? {
        let isFree = free.withLock { free in
            guard free > 0 else { return false }
            free -= 1
            return true
        }
        return isFree ? Seat(self) : nil
    }

    fileprivate func giveBack() { free.withLock { $0 += 1 } }

    /// Is given back once, at the latest when nobody holds it any more.
    final class Seat: Sendable {
        private let seats: LiveSeats
        private let isTaken = Mutex(true)

        fileprivate init(_ seats: LiveSeats) { self.seats = seats }
        deinit { leave() }

        func leave() {
            let wasTaken = isTaken.withLock { isTaken in
                defer { isTaken = false }
                return isTaken
            }
            if wasTaken { seats.giveBack() }
        }
    }
}
