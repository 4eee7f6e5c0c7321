internal import Access
internal import Agreement
internal import Answers
internal import Engine
internal import HTTPTypes
internal import Hummingbird
internal import Intake
internal import Reports
internal import Roles
internal import Vocabulary

/// Leads for another program, through the consent gate: for one purpose, and only those who may be contacted for it.
enum LeadExport {
    static func preview(_ asked: Asked) async throws -> Response {
        let present = try await asked.site.company.present()
        return try await Blocking.run {
            guard let leads = VisibleLeads(present, asked) else {
                return NothingInForce.page("Export leads", at: "/leads", present, asked)
            }
            let filter = LeadFilter(asked.query)
            let purposes = leads.company.agreement.consent.purposes.map(\.name)
            guard let purpose = chosen(asked.query["purpose"], among: purposes) else {
                return page(filter, purposes, nil, told: "", asked)
            }
            let gated = try GatedLeads(filter.chosen(of: leads), purpose, leads, asked)
            return page(filter, purposes, purpose, told: gated.summary(filter, asked), asked)
        }
    }

    static func file(_ asked: Asked) async throws -> Response {
        let (site, form) = (asked.site, asked.form)
        let present = try await site.company.present()
        return try await Blocking.run {
            guard let leads = VisibleLeads(present, asked) else {
                return NothingInForce.page("Export leads", at: "/leads", present, asked)
            }
            let filter = LeadFilter(form)
            let purposes = leads.company.agreement.consent.purposes.map(\.name)
            guard let purpose = chosen(form["purpose"], among: purposes) else { throw noPurpose(purposes) }
            let gated = try GatedLeads(filter.chosen(of: leads), purpose, leads, asked)
            // Before anything leaves it is written down that it does.
            try site.access.note(
                at: asked.now, actor: asked.actor.text, deed: "exported leads", subject: purpose,
                detail: "\(gated.allowed.count) of \(gated.all), \(gated.denied) denied; \(filter.told)")
            return .csv(gated.csv, named: "leads-\(purpose)")
        }
    }

    private static func chosen(_ purpose: String, among purposes: [String]) -> String? {
        purposes.contains(purpose) ? purpose : nil
    }

    private static func noPurpose(_ purposes: [String]) -> Problem {
        Problem(
            .unprocessableContent, "unknown-purpose", "The agreement has no such purpose.",
            remedy: purposes.isEmpty
                ? "It names none, so nothing may be exported: see consent.purposes."
                : "Choose one of \(purposes.joined(separator: ", ")).")
    }

    private static func page(
        _ filter: LeadFilter, _ purposes: [String], _ purpose: String?, told: HTML, _ asked: Asked
    ) -> Response {
        let options = purposes.html { name in
            let mark: HTML = name == purpose ? " selected" : ""
            return "<option\(mark)>\(name)</option>"
        }
        let form: HTML =
            purposes.isEmpty
            ? "<p class=\"note\">The agreement names no purpose, so nobody may be contacted: see consent.purposes.</p>"
            : """
            <form class="question" method="get" action="/leads-export">\(hidden(filter))<div class="fields">
            <label>What for <select name="purpose">\(options)</select></label><button>Ask the gate</button></div></form>
            """
        return Layout.page(
            "Export leads", at: "/leads", asked,
            """
            <p class="lead">Whoever is exported may be contacted, so the agreement’s consent gate is asked about each of them,
            for one purpose. Those it denies are left out.</p>\(form)\(told)
            <p class="pages"><a href="\(filter.path())">Back to the leads</a></p>
            """)
    }

    fileprivate static func hidden(_ filter: LeadFilter) -> HTML {
        filter.query.html { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" }
    }
}

/// What the gate says of a list.
private struct GatedLeads {
    let purpose: String
    let all: Int
    private(set) var allowed: [(lead: Lead, gate: ExplainedGate)] = []
    /// How many were denied, by reason.
    private var reasons: [String: Int] = [:]
    private let leads: VisibleLeads

    init(_ chosen: [Lead], _ purpose: String, _ leads: VisibleLeads, _ asked: Asked) throws {
        (self.purpose, self.leads, all) = (purpose, leads, chosen.count)
        let gate = try Gate(
            leads.present.evaluation, purpose: purpose, channel: nil, citing: asked.site.journal)
        for lead in chosen {
            let answer = try gate.gate(of: lead.person)
            if answer.answer.isAllowed {
                allowed.append((lead, answer))
            } else {
                reasons[answer.answer.reason, default: 0] += 1
            }
        }
    }

    var denied: Int { all - allowed.count }

    func summary(_ filter: LeadFilter, _ asked: Asked) -> HTML {
        let rows = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.html { reason in
            "<tr><th scope=\"row\">\(reason.key)</th><td class=\"number\">\(reason.value)</td></tr>"
        }
        let why: HTML =
            reasons.isEmpty
            ? ""
            : """
            <h2 id="left-out">Left out, and why</h2><div class="scroll" tabindex="0" role="region"
            aria-labelledby="left-out"><table><thead><tr><th scope="col">Why</th><th scope="col" class="number">Leads</th></tr>
            </thead><tbody>\(rows)</tbody></table></div>
            """
        let take: HTML =
            allowed.isEmpty
            ? ""
            : """
            <form class="row" method="post" action="/leads-export">\(asked.formToken)\(LeadExport.hidden(filter))
            <input type="hidden" name="purpose" value="\(purpose)"><button>Export \(grouped(Int64(allowed.count)))</button>
            <span class="soft">It is noted in the audit trail.</span></form>
            """
        return """
            <p><strong>\(grouped(Int64(allowed.count))) of \(grouped(Int64(all)))</strong> may be contacted for \(purpose);
            \(grouped(Int64(denied))) are left out.</p>\(take)\(why)
            """
    }

    var csv: [UInt8] {
        var writer = CSVWriter(guardsFormulas: true)
        writer.row([
            "person", "name", "email", "company", "stage", "grade", "owner", "source", "purpose", "expires", "clause",
        ])
        for (lead, gate) in allowed {
            writer.row([
                PersonName(lead.identifier).text, lead.name, lead.email, lead.company, lead.stage, lead.grade,
                leads.owner(of: lead), lead.source, purpose, gate.answer.expires.map { "\($0)" } ?? "",
                gate.clause?.address ?? "",
            ])
        }
        return writer.bytes
    }
}
