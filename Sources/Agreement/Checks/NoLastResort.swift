internal import Findings
internal import Vocabulary

extension Check {
    static let noLastResort = Check(
        "no-last-resort", .error,
        finds: """
            A routing rule that leads nowhere when its people cannot take a lead: no fallback, no manager of the team and no \
            last resort, or all of them have left.
            """
    ) { checked in
        let routing = checked.agreement.routing
        guard !checked.hasActive(routing.lastResort?.value) else { return [] }
        return routing.rules.filter { !checked.hasResort($0) }.map { rule in
            Concern(
                at: rule.to.place, "When nobody of \(rule.to.value.words) can take a lead, nobody gets it.",
                remedy: "Name a last resort who has not left.", example: "last_resort: manager@northwind.example",
                related: [routing.lastResort?.place].compactMap { $0 })
        }
    }
}

extension CheckedAgreement {
    fileprivate func hasResort(_ rule: RoutingRule) -> Bool {
        if let fallback = rule.fallback?.value, isActive(fallback) { return true }
        guard case .team(let name) = rule.to.value else { return false }
        return hasActive(agreement.team(named: name)?.manager?.value)
    }

    private func isActive(_ destination: Destination) -> Bool {
        if case .person(let address) = destination { hasActive(address) } else { true }
    }

    /// Somebody who is no rep cannot be seen to have left.
    fileprivate func hasActive(_ address: MailAddress?) -> Bool {
        guard let address else { return false }
        let entries = agreement.teams.flatMap(\.reps).filter { $0.email.value == address }
        return entries.isEmpty || entries.contains { $0.until.map { $0.value >= today } ?? true }
    }
}
