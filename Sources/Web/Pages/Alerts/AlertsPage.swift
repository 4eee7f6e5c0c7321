internal import Access
internal import Answers
internal import Engine
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Roles
internal import Sync
internal import Vocabulary

/// What somebody wants to be told of for themselves: set, paused, ended, and what it told of lately.
enum AlertsPage {
    static let routes: [Route] = [
        Route(.get, "/alerts", .setAlerts) { try await page($0, SaidAlert($0.query)) },
        Route(.post, "/alerts", .setAlerts) { try await set($0) },
        Route(.post, "/alerts/{id}/pause", .setAlerts) { asked in
            try await change(asked) { try $0.pauseAlert($1, true, of: $2, at: asked.now) }
        },
        Route(.post, "/alerts/{id}/resume", .setAlerts) { asked in
            try await change(asked) { try $0.pauseAlert($1, false, of: $2, at: asked.now) }
        },
        Route(.post, "/alerts/{id}/end", .setAlerts) { asked in
            try await change(asked) { try $0.endAlert($1, of: $2) }
        },
    ]

    private static func page(
        _ asked: Asked, _ said: SaidAlert, fault: String? = nil, _ status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let (member, site) = (try asked.session().member, asked.site)
        let present = try await site.company.present()
        return try await Blocking.run {
            guard let leads = VisibleLeads(present, asked) else {
                return NothingInForce.page("Alerts", at: "/alerts", present, asked)
            }
            let alerts = try site.access.alerts(of: member)
            let heeded = try AlertWatch(site.access, site.company)
                .facts(alerts, of: member, present, within: Wanted.horizon)
            let view = AlertsView(
                asked: asked, member: member, present: present, leads: leads, alerts: alerts, heeded: heeded,
                said: said, fault: fault)
            return Layout.page("Alerts", at: "/alerts", asked, live: present, view.content, status: status)
        }
    }

    private static func set(_ asked: Asked) async throws -> Response {
        let (member, site, said) = (try asked.session().member, asked.site, SaidAlert(asked.form))
        let present = try await site.company.upToDate()
        let fault = try await Blocking.run { () -> String? in
            guard let leads = VisibleLeads(present, asked) else { return "No agreement is in force yet." }
            do {
                let meant = try said.meant(leads, site.company, present)
                try site.access.setAlert(
                    person: meant.person, account: meant.account, act: said.act, page: said.page, of: member,
                    at: asked.now)
                return nil
            } catch let fault as AlertFault {
                return fault.sentence
            } catch let fault as SaidAlert.Fault {
                return fault.sentence
            }
        }
        guard let fault else { return .redirect(to: "/alerts") }
        return try await page(asked, said, fault: fault, .unprocessableContent)
    }

    private static func change(
        _ asked: Asked, _ body: @escaping @Sendable (AccessStore, Int64, Member) throws -> Void
    ) async throws -> Response {
        let (access, id, member) = (asked.site.access, try asked.number("id"), try asked.session().member)
        try await Blocking.run { try body(access, id, member) }
        return .redirect(to: "/alerts")
    }
}
