internal import Access
internal import Agreement
internal import Answers
internal import Engine
internal import HTTPTypes
internal import Hummingbird
internal import Reports
internal import Roles
internal import Vocabulary

/// What waits for the arbiter, and what was ruled.
enum DisputesPage {
    static let routes: [Route] = [
        Route(.get, "/disputes", .arbitrate) { asked in
            let present = try await asked.site.company.present()
            return try await Blocking.run { try page(asked, present) }
        },
        Route(.post, "/disputes", .arbitrate) { try await rule($0) },
    ]

    private static func page(
        _ asked: Asked, _ present: Present, stated: StatedDispute? = nil, fault: String? = nil,
        _ status: HTTPResponse.Status = .ok
    ) throws -> Response {
        guard let leads = VisibleLeads(present, asked) else {
            return NothingInForce.page("Disputes", at: "/disputes", present, asked)
        }
        let view = DisputesView(asked, leads, stated: stated, fault: fault)
        return Layout.page("Disputes", at: "/disputes", asked, live: present, try view.content, status: status)
    }

    private static func rule(_ asked: Asked) async throws -> Response {
        let present = try await asked.site.company.upToDate()
        let stated = StatedDispute(ruling: asked.form, by: try asked.session().member)
        if let fault = try await asked.state(stated, present) {
            return try await Blocking.run {
                try page(asked, present, stated: stated, fault: fault, .unprocessableContent)
            }
        }
        return .redirect(to: "/disputes")
    }
}

private struct DisputesView {
    private let asked: Asked
    private let leads: VisibleLeads
    private let stated: StatedDispute?
    private let fault: String?
    private static let most = 40

    init(_ asked: Asked, _ leads: VisibleLeads, stated: StatedDispute?, fault: String?) {
        (self.asked, self.leads, self.stated, self.fault) = (asked, leads, stated, fault)
    }

    private var company: JudgedCompany { leads.company }
    private var zone: Zone { company.zone }

    var content: HTML {
        get throws {
            guard let clause = company.agreement.verdicts.dispute else {
                return """
                    <p>The agreement in force does not say who may dispute a verdict. A clause such as
                    <code>dispute: {by: marketing, within: 1 business day, arbiter: operations, ruling_within: 5 business days}</code>
                    under <code>verdicts</code> does.</p><p><a href="/agreement">To the agreement</a></p>
                    """
            }
            let member = try asked.session().member
            let rules = member.role.party == clause.arbiter.value
            let disputed = SaidVerdict.all(in: company).filter { $0.isLast && $0.handOver.dispute != nil }
            let waiting = disputed.filter { $0.handOver.dispute?.ruling == .pending }
                .sorted { ($0.rulingDue(in: company) ?? .latest) < ($1.rulingDue(in: company) ?? .latest) }
            let ruled = disputed.filter { $0.handOver.dispute?.ruling != .pending }.prefix(DisputesView.most)
            let none: HTML = waiting.isEmpty ? "<p class=\"soft\">Nothing waits for a ruling.</p>" : ""
            return """
                \(fault.map { HTML.bad($0) } ?? "")
                <p>\(clause.arbiter.value.words.capitalizedFirst) rules within \(clause.rulingWithin.value.words); without a ruling in
                time the rejection stands, as <a href="/agreement#verdicts.dispute.within">the agreement</a> says. Meanwhile the rep
                keeps the lead.</p>\(rules ? "" : "<p class=\"soft\">You may look; they rule.</p>" as HTML)
                <div\(fault == nil ? " data-renews" : "" as HTML)><section><h2>Waiting for a ruling</h2>\(none)
                \(waiting.html { card($0, rules ? member : nil) })</section>\(history(Array(ruled)))</div>
                """
        }
    }

    // MARK: What waits

    private func card(_ said: SaidVerdict, _ arbiter: Member?) -> HTML {
        let handOver = said.handOver
        let due: HTML = said.rulingDue(in: company).map { "\(DueTime(due: $0, now: asked.now).html) to rule" } ?? ""
        let verdict = """
            \(company.text(said.verdict.by, none: "the owner")) on \(said.verdict.instant.inWords(of: zone)):
            \(said.verdict.reason < 0 ? "no reason" : company.text(said.verdict.reason).asWords)
            """
        return """
            <article class="card"><header><h3>\(title(handOver.person))
            <span class="soft">\(company.stageName(handOver.stage, handOver.version)), pass \(Int(handOver.pass))</span></h3>
            <span>\(due)</span></header><dl class="pairs"><dt>Rejected by</dt><dd>\(verdict)\(note(said.verdict.fact))</dd>
            <dt>Disputed</dt><dd>\(handOver.dispute.map { $0.raised.shown(in: zone) } ?? "")\(note(handOver.dispute?.fact ?? -1))</dd>
            <dt>As handed over</dt><dd>\(standing(handOver))</dd></dl>\(arbiter.map { form(said, $0) } ?? "")</article>
            """
    }

    /// Whoever rules learns whom it is about; the page of the lead opens only for those who see leads.
    private func title(_ person: Int32) -> HTML {
        asked.may(.seeLeads) ? leads.link(person) : HTML(leads.title(person))
    }

    private func note(_ fact: Int32) -> HTML {
        guard fact >= 0, let note = company.world.history.text(of: "note", at: Int(fact)) else { return "" }
        return "<div>“\(note)”</div>"
    }

    private func standing(_ handOver: HandOver) -> HTML {
        let program = company.world.versions[Int(handOver.version)].program
        let grade =
            handOver.grade < 0 ? "" : "grade \(program.names[Int(program.grades[Int(handOver.grade)].name)]), "
        return "\(grade)engagement \(handOver.engagement.shown), fit \(handOver.fit.shown)"
    }

    private func form(_ said: SaidVerdict, _ arbiter: Member) -> HTML {
        let subject = DeedSubject(said, company, by: arbiter, at: asked.now)
        let isThis = stated?.subject.person == subject.person
        return """
            <form class="stack" method="post" action="/disputes" aria-label="Rule: \(leads.title(said.handOver.person))">
            \(asked.formToken)\(subject.fields)<label>Why <textarea name="note" rows="2" maxlength="2000">\(isThis ? stated?.note ?? "" : "")</textarea></label>
            <span class="row"><button name="ruling" value="upheld">The rejection stands</button>
            <button class="quiet" name="ruling" value="overturned">Overturn it: the lead was good</button></span></form>
            """
    }

    // MARK: What was ruled

    private func history(_ ruled: [SaidVerdict]) -> HTML {
        guard !ruled.isEmpty else { return "" }
        let rows = ruled.html { said in
            let dispute = said.handOver.dispute
            return """
                <tr><th scope="row">\(title(said.handOver.person))</th><td data-label="Reason">\(said.verdict.reason < 0 ? "" : company.text(said.verdict.reason).asWords)</td>
                <td data-label="Ruling">\(dispute?.ruling.shown.html ?? "")</td>
                <td data-label="When">\(dispute?.ruled.map { $0.shown(in: zone) } ?? "")</td></tr>
                """
        }
        return """
            <section><h2 id="ruled">Ruled</h2><div class="scroll" tabindex="0" role="region" aria-labelledby="ruled"><table class="cards">
            <thead><tr><th scope="col">Lead</th><th scope="col">Rejected for</th><th scope="col">Ruling</th><th scope="col">When</th></tr></thead>
            <tbody>\(rows)</tbody></table></div></section>
            """
    }
}
