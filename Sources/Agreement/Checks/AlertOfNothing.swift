internal import Findings

extension Check {
    static let alertOfNothing = Check(
        "alert-of-nothing", .error,
        finds:
            "An alert whose condition names nothing that happens: alerts are judged when something is done, so nobody would ever be "
            + "told."
    ) { checked in
        checked.agreement.alerts.filter { !$0.when.value.namesSomethingDone }.map { alert in
            Concern(
                at: alert.when.place, "Nothing happens in \(alert.when.value.text), so nobody is ever told.",
                remedy: "Name what is done, and what else must hold.", example: "when: demo_request and grade in (A, B)"
            )
        }
    }
}

extension Condition {
    fileprivate var namesSomethingDone: Bool {
        switch node {
        case .happened: true
        case .not(let inner): inner.namesSomethingDone
        case .all(let parts), .any(let parts): parts.contains(where: \.namesSomethingDone)
        default: false
        }
    }
}
