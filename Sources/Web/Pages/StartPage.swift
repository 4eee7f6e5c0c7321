internal import Hummingbird
internal import Journal
internal import Roles

/// Where one arrives: how much is known, and which rooms are open.
enum StartPage {
    static let routes: [Route] = [
        Route(.get, "/", .ownSession) { asked in
            let site = asked.site
            let head = try await Blocking.run { try site.journal.head() }
            let rooms = Layout.openRooms(to: asked.caller).html { room in
                "<li><a href=\"\(room.path)\">\(room.name)</a> <span class=\"soft\">\(meaning(room.path))</span></li>"
            }
            return Layout.page(
                "What is known", at: "/", asked,
                "<p>\(known(head.sequence))</p><h2>Rooms</h2><ul class=\"rooms\">\(rooms)</ul>")
        }
    ]

    private static func known(_ facts: Int64) -> HTML {
        facts == 0
            ? """
            The journal is empty. Import files with <code>interlock import</code>, or let your site and your tools send
            what happens: an operator makes keys for them under “People and keys”.
            """ : "The journal holds \(grouped(facts)) facts."
    }

    private static func meaning(_ path: String) -> String {
        switch path {
        case "/agreement": "what both sides have signed, and what somebody proposes"
        case "/journal": "every fact that was taken in, in order"
        case "/people": "who may come in, and which programs"
        case "/audit": "who changed what"
        default: "where you are signed in, and your password"
        }
    }
}
