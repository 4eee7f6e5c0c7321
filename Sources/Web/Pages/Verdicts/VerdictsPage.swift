internal import Access
internal import Agreement
internal import Engine
internal import HTTPTypes
internal import Hummingbird
internal import Reports
internal import Roles
internal import Vocabulary

/// What sales says of the leads, as it happens: every verdict, what was heard, and what can still be disputed.
enum VerdictsPage {
    static let routes: [Route] = [
        Route(.get, "/verdicts", .seeLeads) { asked in
            let present = try await asked.site.company.present()
            return try await Blocking.run { try page(asked, present) }
        },
        Route(.post, "/verdicts/dispute", .dispute) { try await dispute($0) },
    ]

    private static func page(
        _ asked: Asked, _ present: Present, stated: StatedDispute? = nil, fault: String? = nil,
        _ status: HTTPResponse.Status = .ok
    ) throws -> Response {
        guard let leads = VisibleLeads(present, asked) else {
            return NothingInForce.page("Verdicts", at: "/verdicts", present, asked)
        }
        let view = VerdictsView(asked, leads, stated: stated, fault: fault)
        return Layout.page("Verdicts", at: "/verdicts", asked, live: present, view.content, status: status)
    }

    private static func dispute(_ asked: Asked) async throws -> Response {
        let present = try await asked.site.company.upToDate()
        let stated = StatedDispute(objection: asked.form, by: try asked.session().member)
        if let fault = try await asked.state(stated, present) {
            return try await Blocking.run {
                try page(asked, present, stated: stated, fault: fault, .unprocessableContent)
            }
        }
        return .redirect(to: "/verdicts")
    }
}

private struct VerdictsView {
    private let asked: Asked
    private let leads: VisibleLeads
    private let stated: StatedDispute?
    private let fault: String?
    private static let most = 30

    init(_ asked: Asked, _ leads: VisibleLeads, stated: StatedDispute?, fault: String?) {
        (self.asked, self.leads, self.stated, self.fault) = (asked, leads, stated, fault)
    }

    private var company: JudgedCompany { leads.company }
    private var zone: Zone { company.zone }
    private var member: Member? { try? asked.session().member }

    /// Whether whoever asks may object to anything.
    private var disputes: Bool {
        guard let clause = company.agreement.verdicts.dispute, let member else { return false }
        return asked.may(.dispute) && member.role.party == clause.by.value
    }

    var content: HTML {
        let said = SaidVerdict.all(in: company).lazy.filter { leads.sees(person: $0.handOver.person) }
        let shown = Array(said.prefix(VerdictsView.most))
        return """
            \(fault.map { HTML.bad($0) } ?? "")
            <p>What sales says of the leads that were handed over, the latest first.
            <a href="/reports/verdicts">Acceptance, marks and reasons in numbers</a></p>
            <div\(fault == nil ? " data-renews" : "" as HTML)>\(terms)\(table(shown))\(heard)</div>
            """
    }

    private var terms: HTML {
        guard let clause = company.agreement.verdicts.dispute else { return "" }
        return """
            <p class="soft">\(clause.by.value.words.capitalizedFirst) may dispute a rejection within \(clause.within.value.words);
            \(clause.arbiter.value.words) rules within \(clause.rulingWithin.value.words), as
            <a href="/agreement#verdicts.dispute.within">the agreement</a> says.</p>
            """
    }

    // MARK: Verdicts

    private func table(_ said: [SaidVerdict]) -> HTML {
        guard !said.isEmpty else { return "<p class=\"soft\">Nobody has said anything yet.</p>" }
        return """
            <section><h2 id="said">Said</h2><div class="scroll" tabindex="0" role="region" aria-labelledby="said" data-keys>
            <table class="cards"><thead><tr><th scope="col">Lead</th><th scope="col">Verdict</th><th scope="col">Why, and in words</th>
            <th scope="col">By</th><th scope="col">When</th></tr></thead><tbody>\(said.html(row))</tbody></table></div></section>
            """
    }

    private func row(_ said: SaidVerdict) -> HTML {
        let (verdict, handOver) = (said.verdict, said.handOver)
        let mark: HTML = verdict.mark.map { ", mark \(Number(mantissa: $0, scale: 6).description)" } ?? ""
        let reason = verdict.reason < 0 ? "" : company.text(verdict.reason).asWords
        let note = verdict.fact < 0 ? nil : company.world.history.text(of: "note", at: Int(verdict.fact))
        let by = verdict.by >= 0 ? company.text(verdict.by) : company.text(handOver.owner, none: "")
        return """
            <tr><th scope="row">\(leads.link(handOver.person))<div class="soft">\(company.stageName(handOver.stage, handOver.version)),
            pass \(Int(handOver.pass))</div></th><td data-label="Verdict">\(verdict.shown.html)\(mark)</td>
            <td data-label="Why">\(reason)\(note.map { "<div>“\($0)”</div>" as HTML } ?? "")\(said.isLast ? dispute(said) : "")</td>
            <td data-label="By">\(by)</td><td data-label="When">\(verdict.instant.shown(in: zone))</td></tr>
            """
    }

    // MARK: Disputes

    private func dispute(_ said: SaidVerdict) -> HTML {
        if let dispute = said.handOver.dispute { return "<div>\(dispute.ruling.shown.html)</div>" }
        guard disputes, let end = said.disputable(in: company), let member else { return "" }
        let subject = DeedSubject(said, company, by: member, at: asked.now)
        let isOpen = stated?.subject.person == subject.person
        return """
            <details class="menu deed"\(isOpen ? " open" : "" as HTML)><summary>Dispute</summary>
            <form class="stack" method="post" action="/verdicts/dispute" aria-label="Dispute: \(leads.title(said.handOver.person))">
            \(asked.formToken)\(subject.fields)<label>Why the lead was good
            <textarea name="note" rows="3" required maxlength="2000">\(isOpen ? stated?.note ?? "" : "")</textarea></label>
            <button>Dispute it</button></form></details><span class="soft">\(DueTime(due: end, now: asked.now).html) to dispute</span>
            """
    }

    // MARK: Heard

    private var heard: HTML {
        let heard = Heard.latest(VerdictsView.most, in: company).filter {
            $0.person < 0 || leads.sees(person: $0.person)
        }
        guard !heard.isEmpty else {
            return """
                <section><h2 id="heard">Heard from prospects</h2><p class="soft">Nothing yet. Reps pass on what they hear from
                “Your day”.</p></section>
                """
        }
        let rows = heard.html { one in
            """
            <tr><th scope="row">“\(one.note)”</th><td data-label="Who">\(one.person < 0 ? "an account" : leads.link(one.person))</td>
            <td data-label="Heard by">\(company.text(one.by, none: ""))</td><td data-label="When">\(one.instant.shown(in: zone))</td></tr>
            """
        }
        return """
            <section><h2 id="heard">Heard from prospects</h2><div class="scroll" tabindex="0" role="region" aria-labelledby="heard">
            <table class="cards"><thead><tr><th scope="col">What</th><th scope="col">Who</th><th scope="col">Heard by</th>
            <th scope="col">When</th></tr></thead><tbody>\(rows)</tbody></table></div></section>
            """
    }
}

extension VisibleLeads {
    /// What people call somebody.
    func title(_ person: Int32) -> String {
        present.leads.get().lead(person)?.title ?? PersonName(company.personName(person)).text
    }

    func link(_ person: Int32) -> HTML {
        "<a href=\"\(PersonName(company.personName(person)).path)\">\(title(person))</a>"
    }
}

extension DeedSubject {
    init(_ said: SaidVerdict, _ company: JudgedCompany, by member: Member, at now: Instant) {
        self.init(
            person: company.personName(said.handOver.person),
            stage: company.stageName(said.handOver.stage, said.handOver.version), pass: said.handOver.pass,
            mark: "\(member.id)-", at: now)
    }
}

extension Engine.Verdict {
    var shown: StateMark {
        let by =
            switch manner {
            case .spoken: ""
            case .silence: " by silence"
            case .deed: " by deed"
            }
        return StateMark(isAccepted ? .good : .bad, (isAccepted ? "accepted" : "rejected") + by)
    }
}

extension Engine.Dispute.Ruling {
    var shown: StateMark {
        switch self {
        case .pending: StateMark(.warn, "disputed, not ruled on yet")
        case .upheld: StateMark(.still, "disputed, upheld")
        case .overturned: StateMark(.good, "disputed, overturned")
        case .upheldForWantOfRuling: StateMark(.still, "disputed, not ruled on in time: it stands")
        }
    }
}
