internal import Access
internal import Engine
internal import Journal
internal import Reports
internal import Roles
internal import Sync
internal import Vocabulary

/// What members want to hear of for themselves, and what happened of it. Who may no longer see somebody is told nothing of
/// them.
struct AlertWatch: Sendable {
    private let access: AccessStore
    private let company: LivingCompany

    init(_ access: AccessStore, _ company: LivingCompany) { (self.access, self.company) = (access, company) }

    /// Of everybody's running alerts, what came about in the last while. Alerts about somebody who was erased end. Blocks.
    func facts(_ present: Present, within horizon: Elapsed) throws -> [HeededFact] {
        let running = try access.runningAlerts().filter { Act.setAlerts.isAllowed(to: .person($0.member.role)) }
        guard !running.isEmpty, present.judged != nil else { return [] }
        let alerts = running.map { OwnAlert($0.alert, of: $0.member) }
        let heeded = try HeededFacts(alerts, in: present.history, persons: persons(alerts, present))
        var found: [HeededFact] = []
        for (alert, entry) in zip(alerts, running) {
            guard heeded.isKnown(alert) else {
                try access.endAlert(alert.id, of: entry.member)
                continue
            }
            guard let leads = VisibleLeads(present, entry.member) else { continue }
            found += heeded.facts(alert, from: present.instant - horizon, through: present.instant)
                .filter { leads.sees(person: $0.person) }
        }
        return found
    }

    /// Of one member's alerts, paused ones too, for their own page. Blocks.
    func facts(
        _ alerts: [SetAlert], of member: Member, _ present: Present, within horizon: Elapsed
    ) throws -> [Int64: [HeededFact]] {
        let alerts = alerts.map { OwnAlert($0, of: member) }
        guard !alerts.isEmpty, let leads = VisibleLeads(present, member) else { return [:] }
        let heeded = try HeededFacts(alerts, in: present.history, persons: persons(alerts, present))
        return Dictionary(
            alerts.map { alert in
                let facts = heeded.facts(alert, from: present.instant - horizon, through: present.instant)
                return (alert.id, facts.filter { leads.sees(person: $0.person) })
            }
        ) { first, _ in first }
    }

    private func persons(_ alerts: [OwnAlert], _ present: Present) throws -> [Identifier: Int32] {
        let named = Set(
            alerts.compactMap { alert -> Identifier? in
                if case .person(let identifier) = alert.whom { identifier } else { nil }
            })
        return named.isEmpty ? [:] : try company.persons(named, in: present)
    }
}

extension OwnAlert {
    init(_ alert: SetAlert, of member: Member) {
        let whom: Whom =
            if let person = Identifier(text: alert.person) {
                .person(person)
            } else if let account = Identifier(text: alert.account) {
                .account(account)
            } else {
                .anybody
            }
        self.init(
            id: alert.id, reader: member.email, whom: whom, act: alert.act, page: alert.page, since: alert.since)
    }

    /// `views a page with “/pricing”`.
    var deedInWords: String {
        switch (act.isEmpty, page.isEmpty) {
        case (true, true): "does anything"
        case (true, false): "does anything on a page with “\(page)”"
        case (false, true): "does “\(act)”"
        case (false, false): "does “\(act)” on a page with “\(page)”"
        }
    }
}
