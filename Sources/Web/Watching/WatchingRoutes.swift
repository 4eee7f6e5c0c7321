internal import Access
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Roles
internal import Sync

/// What whoever runs the server asks it.
enum WatchingRoutes {
    static let all: [Route] = [
        // It answers: more is not asked.
        Route(.get, "/health", .lookWhetherItRuns, .api, health) { _ in .text("ok\n") },
        // Whether it should be sent requests: not while it stops, and not while its stores cannot be read.
        Route(.get, "/ready", .lookWhetherItRuns, .api, ready) { asked in
            let site = asked.site
            guard site.isReady else {
                throw Problem.unavailable("stopping", seconds: 5, "The server is being stopped.")
            }
            _ = try await Blocking.run { (try site.journal.head(), try site.access.isNew()) }
            return .text("ready\n")
        },
        Route(.get, "/metrics", .seeMeters, .api, meters) { asked in
            let site = asked.site
            let head = try await Blocking.run { try site.journal.head() }
            let outbox = try await Blocking.run { try site.courier?.counts() ?? [:] }
            let text = site.meters.text(
                waiting: site.commit.waitingFacts, head: head.sequence, now: asked.now,
                outbox: outbox.map { ($0.key.rawValue, $0.value) }.sorted { $0.0 < $1.0 })
            return .text(text, type: "text/plain; version=0.0.4; charset=utf-8")
        },
    ]

    private static let health = watching("readHealth", "Whether the process answers", "ok\n")
    private static let ready = watching("readReadiness", "Whether it should be sent requests", "ready\n")
    private static let meters = watching(
        "readMeters", "What the server counts, for Prometheus", "interlock_facts_waiting 0\n")

    private static func watching(_ id: String, _ summary: String, _ example: String) -> Operation {
        let media = Operation.Media(type: "text/plain", schema: #"{"type":"string"}"#, example: example)
        return Operation(
            id: id, group: .server, summary: summary, query: nil,
            answers: [Operation.Answer(status: 200, meaning: "It is so.", media: [media])])
    }
}
