internal import Access
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Roles

/// What whoever runs the server asks it.
enum WatchingRoutes {
    static let all: [Route] = [
        // It answers: more is not asked.
        Route(.get, "/health", .lookWhetherItRuns, .api) { _ in .text("ok\n") },
        // Whether it should be sent requests: not while it stops, and not while its stores cannot be read.
        Route(.get, "/ready", .lookWhetherItRuns, .api) { asked in
            let site = asked.site
            guard site.isReady else {
                throw Problem.unavailable("stopping", seconds: 5, "The server is being stopped.")
            }
            _ = try await Blocking.run { (try site.journal.head(), try site.access.isNew()) }
            return .text("ready\n")
        },
        Route(.get, "/metrics", .seeMeters, .api) { asked in
            let site = asked.site
            let head = try await Blocking.run { try site.journal.head() }
            let text = site.meters.text(waiting: site.commit.waitingFacts, head: head.sequence, now: asked.now)
            return .text(text, type: "text/plain; version=0.0.4; charset=utf-8")
        },
    ]
}
