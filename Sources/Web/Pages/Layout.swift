internal import Access
internal import HTTPTypes
internal import Hummingbird
internal import Roles
internal import Vocabulary

/// The one frame of all pages: the rooms on the left, who is signed in on top, the page itself.
struct Layout {
    /// A room, and the act by which one may enter it.
    private struct Room {
        var path: String
        var name: String
        var act: Act
        /// Whether it shows numbers, and so keeps period, team and segment.
        var keepsStandpoint = false
    }

    private static let rooms = [
        Room(path: "/scoreboard", name: "Scoreboard", act: .seeTeams, keepsStandpoint: true),
        Room(path: "/day", name: "Your day", act: .giveVerdict),
        Room(path: "/leads", name: "Leads", act: .seeLeads),
        Room(path: "/alerts", name: "Alerts", act: .setAlerts),
        Room(path: "/verdicts", name: "Verdicts", act: .seeLeads),
        Room(path: "/disputes", name: "Disputes", act: .arbitrate),
        Room(path: "/reports/funnel", name: "Funnel", act: .seeTeams, keepsStandpoint: true),
        Room(path: "/reports/promises", name: "Promises", act: .seeTeams, keepsStandpoint: true),
        Room(path: "/reports/pipeline", name: "Pipeline", act: .seeTeams, keepsStandpoint: true),
        Room(path: "/reports/coverage", name: "Coverage", act: .seeTeams, keepsStandpoint: true),
        Room(path: "/reports/queue", name: "Queue", act: .seeTeams, keepsStandpoint: true),
        Room(path: "/reports", name: "All reports", act: .seeTeams, keepsStandpoint: true),
        Room(path: "/routing", name: "Routing", act: .seeRouting),
        Room(path: "/absences", name: "Absences", act: .seeLeads),
        Room(path: "/requests", name: "Requests", act: .seeLeads),
        Room(path: "/check-ins", name: "Check-ins", act: .seeTeams),
        Room(path: "/agreement", name: "Agreement", act: .seeAgreement),
        Room(path: "/import", name: "Import", act: .importFiles),
        Room(path: "/journal", name: "Journal", act: .seeJournal),
        Room(path: "/outbox", name: "Outbox", act: .tendOutbox),
        Room(path: "/people", name: "People and keys", act: .managePeople),
        Room(path: "/audit", name: "Audit trail", act: .seeAudit),
        Room(path: "/account", name: "Your sign-ins", act: .ownSession),
    ]

    /// A page for whoever asked. `keeping` is what stays put from page to page, that of the address where nothing else is
    /// said; `live` is the moment that the page tells of, so that it hears of later ones.
    static func page(
        _ title: String, at path: String, _ asked: Asked, keeping standpoint: Standpoint? = nil,
        live present: Present? = nil, _ content: HTML, status: HTTPResponse.Status = .ok
    ) -> Response {
        var token: String?
        if case .member(let session) = asked.caller { token = asked.site.access.formToken(of: session) }
        let rail = rail(at: path, asked.caller, standpoint ?? Standpoint(asked.query))
        return response(frame(title, rail, asked.caller, token, LiveMark(present), content), status)
    }

    /// A page for somebody who is nobody yet.
    static func door(_ title: String, _ content: HTML, _ status: HTTPResponse.Status = .ok) -> Response {
        response(document(title, "<main class=\"door\"><h1>\(title)</h1>\(content)</main>"), status)
    }

    static func page(of problem: Problem, _ caller: Caller) -> Response {
        let content: HTML = """
            <main class="door"><h1>\(problem.detail)</h1><p>\(problem.remedy)</p><p><a href="/">To the start</a></p></main>
            """
        var response = response(document(problem.detail, content), problem.status)
        for field in problem.headers { response.headers[field.name] = field.value }
        return response
    }

    // MARK: Pieces

    private static func rail(at path: String, _ caller: Caller, _ standpoint: Standpoint) -> HTML {
        rooms.filter { $0.act.isAllowed(to: caller.standing) }.html { room in
            let current: HTML = room.path == path ? " aria-current=\"page\"" : ""
            let link = room.keepsStandpoint ? standpoint.path(room.path) : room.path
            return "<li><a href=\"\(link)\"\(current)>\(room.name)</a></li>"
        }
    }

    private static func frame(
        _ title: String, _ rail: HTML, _ caller: Caller, _ token: String?, _ live: LiveMark, _ content: HTML
    ) -> HTML {
        document(
            title,
            """
            <a class="skip" href="#content">To the content</a>
            <header class="top"><a class="brand" href="/">Interlock</a>\(who(caller, token))</header>
            <nav class="rail" aria-label="Rooms"><ul>\(rail)</ul></nav>
            \(live.notice)<main id="content"\(live.attributes)><h1>\(title)</h1>\(content)</main>
            """, script: true)
    }

    private static func who(_ caller: Caller, _ token: String?) -> HTML {
        guard case .member(let session) = caller, let token else { return "" }
        return """
            <form class="who" method="post" action="/sign-out">
            <span>\(session.member.name), \(session.member.role.rawValue)</span>
            <input type="hidden" name="form_token" value="\(token)"><button class="quiet">Sign out</button></form>
            """
    }

    private static func document(_ title: String, _ body: HTML, script: Bool = false) -> HTML {
        let program: HTML = script ? "<script src=\"/app.js\" defer></script>" : ""
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>\(title) · Interlock</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark"><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/style.css">\(program)</head>
            <body>\(body)</body></html>

            """
    }

    private static func response(_ html: HTML, _ status: HTTPResponse.Status) -> Response {
        .text(html.text, type: "text/html; charset=utf-8", status)
    }
}

// MARK: - Words and pieces that pages share

extension Asked {
    /// What every form of a signed-in person carries.
    var formToken: HTML {
        guard case .member(let session) = caller else { return "" }
        return "<input type=\"hidden\" name=\"form_token\" value=\"\(site.access.formToken(of: session))\">"
    }
}

extension Instant {
    /// `2 Feb 2026, 08:00 UTC`, and exactly for programs and on hovering.
    var shown: HTML {
        let days = (milliseconds >= 0 ? milliseconds : milliseconds - 86_399_999) / 86_400_000
        let minutes = (milliseconds - days * 86_400_000) / 60_000
        let (year, month, day) = CivilDate(daysSinceEpoch: Int32(days)).fields
        let clock = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        let date = "\(day) \(Instant.months[month - 1]) \(year)"
        return "<time datetime=\"\(description)\" title=\"\(description)\">\(date), \(clock) UTC</time>"
    }

    static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

/// `1,234,567`.
func grouped(_ number: Int64) -> String {
    var (digits, text) = (String(number.magnitude)[...], "")
    while digits.count > 3 {
        text = "," + digits.suffix(3) + text
        digits = digits.dropLast(3)
    }
    return (number < 0 ? "-" : "") + digits + text
}
