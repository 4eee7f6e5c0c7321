internal import Access
internal import Engine
internal import HTTPTypes
internal import Hummingbird
internal import Reports
internal import Roles
internal import Sync
internal import Vocabulary

/// Where a link in a notice leads: its reader says what they do about the lead without signing in. Following the link changes
/// nothing; only the form there does.
enum DeedLinkPage {
    static let routes: [Route] = [
        Route(.get, "/deeds/{token}", .answerByLink) { asked in
            let (ticket, present) = (try ticket(asked), try await asked.site.company.upToDate())
            return try await Blocking.run { try page(asked, ticket, present) }
        },
        Route(.post, "/deeds/{token}", .answerByLink) { try await work($0) },
    ]

    private static func ticket(_ asked: Asked) throws -> DeedTicket {
        guard let ticket = DeedLinks(asked.site.access).ticket(in: try asked.text("token")) else {
            throw Problem(
                .notFound, "unknown-link", "This link is none of ours, or was cut off.",
                remedy: "Copy the whole of it from the mail, or sign in and open “Your day”.")
        }
        guard asked.now < ticket.until else {
            throw Problem(
                .gone, "link-expired", "This link was good for two weeks, and they are over.",
                remedy: "Sign in and open “Your day”.")
        }
        return ticket
    }

    private static func page(
        _ asked: Asked, _ ticket: DeedTicket, _ present: Present, stated: StatedDeed? = nil, fault: String? = nil,
        _ status: HTTPResponse.Status = .ok
    ) throws -> Response {
        guard let leads = VisibleLeads(present, linkedTo: ticket.owner), let open = leads.openLead(of: ticket),
            ticket.worker.mayWork(open, leads.company)
        else { return moved(fault) }
        let token = try asked.text("token")
        let briefing = try LeadBriefing(open, leads, asked.site.journal, at: asked.now)
        let forms = DeedForms(
            open: open, company: leads.company, worker: ticket.worker, action: "/deeds/\(token)",
            carried: asked.formToken, now: asked.now, stated: stated,
            opened: fault == nil ? Deed(rawValue: asked.query["deed"]) : nil)
        return Layout.door(
            open.lead.title,
            """
            \(fault.map { HTML.bad($0) } ?? "")<p>\(open.lead.company == open.lead.title ? "" : open.lead.company) \(briefing.left)</p>
            \(briefing.html)\(forms.html)<p class="soft">You answer as \(ticket.owner).</p>
            """, status)
    }

    private static func moved(_ fault: String?) -> Response {
        Layout.door(
            "Nothing left to do here",
            """
            <p>\(fault ?? "This lead has moved on: it is answered, has gone back, or somebody else has it.")</p>
            <p><a href="/day">Open your day</a></p>
            """, fault == nil ? .ok : .unprocessableContent)
    }

    private static func work(_ asked: Asked) async throws -> Response {
        let ticket = try ticket(asked)
        let present = try await asked.site.company.upToDate()
        guard let leads = VisibleLeads(present, linkedTo: ticket.owner), let stated = StatedDeed(asked.form) else {
            throw Problem(
                .unprocessableContent, "no-deed", "This form says of nothing to be done.",
                remedy: "Open the link anew and send it again.")
        }
        let open = leads.openLead(of: ticket).flatMap { $0.lead.identifier == stated.subject.person ? $0 : nil }
        let (register, journal) = (leads.present.leads.get(), asked.site.journal)
        let isDone = try await Blocking.run { try stated.isDone(in: leads.company, register, journal) }
        if !isDone {
            if let fault = stated.fault(of: open, by: ticket.worker, under: leads.company) {
                return try await Blocking.run {
                    try page(asked, ticket, present, stated: stated, fault: fault, .unprocessableContent)
                }
            }
            try await asked.site.doDeed(stated, by: ticket.worker, in: present, at: asked.now)
        }
        return Layout.door(
            "\(stated.deed.done)",
            """
            <p role="status">It is noted, and everybody sees it.</p>
            <p><a href="/deeds/\(try asked.text("token"))">What else there is to do about this lead</a></p>
            <p><a href="/day">Open your day</a></p>
            """)
    }
}

extension DeedTicket {
    fileprivate var worker: Worker {
        Worker(linkedTo: owner, mark: "link-" + StableKey.of(lead, owner).prefix(8) + "-")
    }
}

extension VisibleLeads {
    /// The open lead that a link is about; `nil` once it has moved on.
    fileprivate func openLead(of ticket: DeedTicket) -> OpenLead? {
        let lead = present.leads.get().leads.first { $0.owner >= 0 && DeedTicket.lead($0.identifier) == ticket.lead }
        return lead.flatMap { OpenLead($0, company) }.flatMap {
            $0.stage(company) == ticket.stage && $0.pass == ticket.pass ? $0 : nil
        }
    }
}
