internal import Findings

extension Check {
    static let rejectReasonAstray = Check(
        "reject-reason-astray", .error,
        finds: """
            A reason to reject that leads to a detour no hand-over stage leads into, that another detour claims as its own, or \
            that leads to a detour which whoever may enter the stage may leave again at once.
            """
    ) { checked in
        let agreement = checked.agreement
        return agreement.verdicts.rejectReasons.flatMap { reason -> [Concern] in
            guard case .detour(let name) = reason.leadsTo.value else { return [] }
            return [
                leadsNowhere(reason, name, agreement), contradicts(reason, name, agreement),
                leadsBackAtOnce(reason, name, checked),
            ].compactMap { $0 }
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

    /// What ends the detour holds for everybody who was handed over: what somebody is and scores, no new happening.
    private static func leadsBackAtOnce(_ reason: RejectReason, _ name: String, _ checked: CheckedAgreement) -> Concern?
    {
        guard let detour = checked.agreement.detours.first(where: { $0.name == name }), let returns = detour.returns,
            detour.notBefore == nil, returns.all.allSatisfy({ $0.value.judges(exceptScores: detour.forgets.value) })
        else { return nil }
        let stages = checked.agreement.stages.filter { $0.handOver != nil && detour.from.value.contains($0.name) }
        guard let stage = stages.first(where: { checked.circumstances.implies($0.enter.asOne, anyOf: [returns.asOne]) })
        else { return nil }
        return Concern(
            at: reason.leadsTo.place,
            "\(reason.name) leads to \(name), which whoever may enter \(stage.name) may leave again at once: \(returns.otherwise.value.text).",
            remedy: "Ask for more before somebody returns, or say not_before.", example: "not_before: 30 days",
            related: [returns.otherwise.place, stage.enter.otherwise.place])
    }
}

extension Condition {
    /// Whether it is about fields and scores alone, and about no score that begins anew.
    fileprivate func judges(exceptScores forgotten: [ScoreName]) -> Bool {
        func isKept(_ terms: Term...) -> Bool { terms.allSatisfy { $0.judges(exceptScores: forgotten) } }
        return switch node {
        case .always: true
        case .not(let inner): inner.judges(exceptScores: forgotten)
        case .all(let parts), .any(let parts): parts.allSatisfy { $0.judges(exceptScores: forgotten) }
        case .compares(let left, _, let right): isKept(left, right)
        case .between(let term, let low, let high): isKept(term, low, high)
        case .isOneOf(let term, _), .matches(let term, _), .isKnown(let term), .isFreeMail(let term),
            .isTrue(let term):
            isKept(term)
        case .happened, .accountInTargets, .accountHasOpenDeal, .accountHasOpenHandOver, .dealIsOpen, .inPeriod,
            .missed:
            false
        }
    }
}

extension Term {
    fileprivate func judges(exceptScores forgotten: [ScoreName]) -> Bool {
        switch node {
        case .literal, .field: true
        case .grade: !forgotten.contains(.fit)
        case .score(let score): !forgotten.contains(score)
        case .arithmetic(let left, _, let right):
            left.judges(exceptScores: forgotten) && right.judges(exceptScores: forgotten)
        case .property, .deal, .stage, .pass, .today, .timeSince, .timeIn: false
        }
    }
}
