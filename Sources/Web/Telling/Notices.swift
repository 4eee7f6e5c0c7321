internal import Access
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Roles
internal import Vocabulary

/// A message as a browser shows it.
struct Notice: Hashable, Sendable {
    /// What is shown twice is the same.
    let id: String
    let title: String
    let text: String
    /// Where it leads.
    let path: String
}

/// What whoever has a page open is told in their browser: asked for by app.js when something has come.
enum NoticeRoutes {
    static let all: [Route] = [
        Route(.get, "/notices", .ownSession) { asked in
            let (member, site, now) = (try asked.session().member, asked.site, asked.now)
            // Nobody is told anew what was so before they asked to be told.
            let since = Int64(asked.query["since"]).map { Instant(milliseconds: $0) } ?? now
            let notices = try await Blocking.run { site.courier?.notices(for: member.email, after: since) ?? [] }
            return .text(json(notices, now), type: "application/json")
        }
    ]

    private static func json(_ notices: [Notice], _ now: Instant) -> String {
        var json = JSONText()
        json.object { json in
            json.member("now", now.milliseconds)
            json.member("notices")
            json.array { json in
                for notice in notices {
                    json.object { json in
                        json.member("id", notice.id)
                        json.member("title", notice.title)
                        json.member("text", notice.text)
                        json.member("path", notice.path)
                    }
                }
            }
        }
        return json.text
    }
}
