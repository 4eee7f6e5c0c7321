internal import Access
internal import Agreement
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Reports
internal import Roles
internal import Vocabulary

/// What the sides ask of each other: asked here, answered here, and due as the agreement says.
enum RequestsPage {
    static let routes: [Route] = [
        Route(.get, "/requests", .seeLeads) { try await page($0) },
        Route(.post, "/requests", .askOtherSide) { try await ask($0) },
        Route(.post, "/requests/answer", .answerRequest) { try await answer($0) },
    ]

    private static func page(_ asked: Asked) async throws -> Response {
        let present = try await asked.site.company.present()
        return try RequestsView(asked, present).page()
    }

    private static func ask(_ asked: Asked) async throws -> Response {
        let present = try await asked.site.company.upToDate()
        let member = try asked.session().member
        let asking = AskedRequest(asked.form, by: member)
        if let fault = asking.fault(under: present) {
            return try RequestsView(asked, present, asking: asking, fault: fault).page(.unprocessableContent)
        }
        if asking.isAsked(already: present) { return .redirect(to: "/requests") }
        let receipts = try await asked.site.append([asking.fact(at: asked.now)])
        guard receipts.allSatisfy({ $0.verdict == .accepted }) else {
            return try RequestsView(
                asked, present, asking: asking,
                fault:
                    "You have asked something else from this form already. Look below, and ask again if it is missing."
            ).page(.conflict)
        }
        _ = try await asked.site.company.upToDate()
        return .redirect(to: "/requests")
    }

    private static func answer(_ asked: Asked) async throws -> Response {
        let present = try await asked.site.company.upToDate()
        let member = try asked.session().member
        let answer = GivenAnswer(asked.form, by: member)
        if let fault = answer.fault(under: present) {
            return try RequestsView(asked, present, answering: answer, fault: fault).page(.unprocessableContent)
        }
        try await asked.site.state([answer.fact(at: asked.now)])
        _ = try await asked.site.company.upToDate()
        return .redirect(to: "/requests")
    }
}

/// The page, for whoever asks.
private struct RequestsView {
    private let asked: Asked
    private let present: Present
    private let requests: [SideRequest]
    private let clause: Requests?
    private let asking: AskedRequest?
    private let answering: GivenAnswer?
    private let fault: String?

    init(
        _ asked: Asked, _ present: Present, asking: AskedRequest? = nil, answering: GivenAnswer? = nil,
        fault: String? = nil
    ) throws {
        (self.asked, self.present, self.fault) = (asked, present, fault)
        (self.asking, self.answering) = (asking, answering)
        clause = present.judged?.company.agreement.requests
        requests = present.judged?.company.sideRequests ?? []
    }

    private var side: Party? {
        guard case .member(let session) = asked.caller else { return nil }
        return session.member.role.side
    }

    func page(_ status: HTTPResponse.Status = .ok) -> Response {
        guard let clause else {
            return Layout.page(
                "Requests", at: "/requests", asked, live: present,
                """
                <p>The agreement in force does not say how soon one side answers what the other asks. A clause such as
                <code>requests: {between: [marketing, sales], answer_within: 3 business days}</code> does.</p>
                <p><a href="/agreement">To the agreement</a></p>
                """)
        }
        let open = requests.filter { $0.answer == nil }
        let answered = requests.filter { $0.answer != nil }.reversed().prefix(RequestsView.most)
        return Layout.page(
            "Requests", at: "/requests", asked, live: present,
            """
            \(fault.map { HTML.bad($0) } ?? "")
            <p>What is asked is answered within \(clause.answerWithin.value.words), as
            <a href="/agreement#requests.answer_within">the agreement says</a>.
            <a href="/reports/requests">How well that is kept</a></p>
            \(clause.between.value.html { waiting(open.filter { [side = $0] in $0.to == side }, for: $0) })
            \(form(clause))\(done(Array(answered)))
            """, status: status)
    }

    private static let most = 50

    // MARK: What waits

    private func waiting(_ open: [SideRequest], for side: Party) -> HTML {
        let id = "of-\(side.rawValue)"
        let rows = open.html { request in
            """
            <tr><th scope="row">\(request.what)\(about(request))</th><td>\(request.asked.shown(in: present.zone))</td>
            <td>\(due(request))</td>\(side == self.side ? "<td>\(answerForm(request))</td>" : "" as HTML)</tr>
            """
        }
        let head: HTML = side == self.side ? "<th scope=\"col\">Answer</th>" : ""
        return """
            <section><h2 id="\(id)">Asked of \(side.rawValue)</h2>\(open.isEmpty ? "<p class=\"soft\">Nothing waits.</p>" : """
            <div class="scroll" tabindex="0" role="region" aria-labelledby="\(id)"><table><thead><tr><th scope="col">What</th>
            <th scope="col">Asked</th><th scope="col">Due</th>\(head)</tr></thead><tbody>\(rows)</tbody></table></div>
            """ as HTML)</section>
            """
    }

    private func about(_ request: SideRequest) -> HTML {
        let kind = RequestKind(rawValue: request.kind)?.words ?? request.kind
        let parts = [kind, request.by.isEmpty ? "" : "asked by \(request.by)"].filter { !$0.isEmpty }
        let questions: HTML =
            request.questions == 0
            ? ""
            : "<div>\(StateMark(.warn, request.questions == 1 ? "asked back once" : "asked back \(request.questions) times").html)</div>"
        return "<div class=\"soft\">\(parts.joined(separator: ", "))</div>\(questions)"
    }

    private func due(_ request: SideRequest) -> HTML {
        guard let due = request.due else { return "" }
        return "\(due.shown(in: present.zone))<div>\(DueTime(due: due, now: asked.now).html)</div>"
    }

    private func answerForm(_ request: SideRequest) -> HTML {
        let isThis = answering?.request == request.name
        let note = isThis ? answering?.note ?? "" : ""
        return """
            <form class="stack" method="post" action="/requests/answer">\(asked.formToken)
            <input type="hidden" name="request" value="\(request.name)">
            <label><span class="soft">In words</span> <input name="note" maxlength="2000" value="\(note)"></label>
            <span class="row"><button name="verdict" value="done">Done</button>
            <button class="quiet" name="verdict" value="unclear">Ask back</button>
            <button class="quiet" name="verdict" value="declined">Decline</button></span></form>
            """
    }

    // MARK: Asking

    private func form(_ clause: Requests) -> HTML {
        guard let side, clause.between.value.contains(side), asked.may(.askOtherSide),
            let session = try? asked.session()
        else { return "" }
        let others = clause.between.value.filter { $0 != side }
        let name = asking?.name ?? "\(session.member.id)-\(asked.now.milliseconds)"
        let sides = others.html { other in
            "<option value=\"\(other.rawValue)\"\(asking?.to == other.rawValue ? " selected" : "" as HTML)>\(other.rawValue)</option>"
        }
        let kinds = RequestKind.allCases.html { kind in
            """
            <option value="\(kind.rawValue)"\(asking?.kind == kind.rawValue ? " selected" : "" as HTML)>\(kind.words)</option>
            """
        }
        return """
            <section><h2>Ask</h2><form class="stack" method="post" action="/requests">\(asked.formToken)
            <input type="hidden" name="request" value="\(name)">
            <label>Of whom <select name="to">\(sides)</select></label>
            <label>What kind <select name="kind">\(kinds)</select></label>
            <label>What you need, and for whom
            <textarea name="what" rows="3" required maxlength="2000">\(asking?.what ?? "")</textarea></label>
            <button>Ask</button></form></section>
            """
    }

    // MARK: What was answered

    private func done(_ answered: [SideRequest]) -> HTML {
        guard !answered.isEmpty else { return "" }
        let rows = answered.html { request in
            let answer = request.answer
            let mark = StateMark(request.isKept ? .good : .bad, request.isKept ? "in time" : "late")
            return """
                <tr><th scope="row">\(request.what)\(about(request))</th><td>\(request.to.rawValue)</td>
                <td>\(answer?.verdict ?? "")<div class="soft">\(answer?.note ?? "")</div></td>
                <td>\(answer.map { $0.instant.shown(in: present.zone) } ?? "")<div>\(mark.html)</div></td></tr>
                """
        }
        return """
            <section><h2 id="answered">Answered</h2><div class="scroll" tabindex="0" role="region" aria-labelledby="answered">
            <table><thead><tr><th scope="col">What</th><th scope="col">Asked of</th><th scope="col">Answer</th>
            <th scope="col">When</th></tr></thead><tbody>\(rows)</tbody></table></div></section>
            """
    }
}
