internal import Findings

extension Check {
    static let rejectReasonAstray = Check(
        "reject-reason-astray", .error,
        finds: """
            A reason to reject that leads to a detour no hand-over stage leads into, or that another detour claims as its own.
            """
    ) { checked in
        let agreement = checked.agreement
        return agreement.verdicts.rejectReasons.flatMap { reason -> [Concern] in
            guard case .detour(let name) = reason.leadsTo.value else { return [] }
            return [leadsNowhere(reason, name, agreement), contradicts(reason, name, agreement)].compactMap { $0 }
        }
    }

    private static func leadsNowhere(_ reason: RejectReason, _ name: String, _ agreement: Agreement) -> Concern? {
        let handed = agreement.stages.filter { $0.handOver != nil }
        guard let detour = agreement.detours.first(where: { $0.name == name }), !handed.isEmpty,
            !handed.contains(where: { detour.from.value.contains($0.name) })
        else { return nil }
        return Concern(
            at: reason.leadsTo.place,
            "\(reason.name) leads to \(name), and \(name) is not entered from \(handed.map(\.name).joined(separator: ", ")), where leads are rejected.",
            remedy: "Let the detour begin there, or lead the reason elsewhere.",
            example: "from: [\(handed.map(\.name).joined(separator: ", "))]", related: [detour.from.place])
    }

    private static func contradicts(_ reason: RejectReason, _ name: String, _ agreement: Agreement) -> Concern? {
        guard let other = agreement.detours.first(where: { $0.name != name && $0.reasons.value.contains(reason.name) })
        else { return nil }
        return Concern(
            at: reason.leadsTo.place,
            "\(reason.name) leads to \(name) here, and \(other.name) lists it as a reason of its own.",
            remedy: "Say it in one place, or the same in both.", example: "\(reason.name): \(other.name)",
            related: [other.reasons.place])
    }
}
