internal import Findings

extension Check {
    static let reasonUndefined = Check(
        "reason-undefined", .warning,
        finds: """
            A reason to reject called wrong_ and the name of a field, where no stage that hands over, no fit rule that such a \
            stage counts, and, for a reason that gives the lead to somebody else, no rule of the routing asks about that \
            field: marketing is blamed for what the definition does not say.
            """
    ) { checked in
        let agreement = checked.agreement
        return agreement.verdicts.rejectReasons.compactMap { reason in
            guard reason.name.hasPrefix("wrong_"),
                let field = agreement.field(named: String(reason.name.dropFirst("wrong_".count))),
                !agreement.definition(behind: reason).contains(where: { $0.asks(about: field.name) })
            else { return nil }
            return Concern(
                at: reason.leadsTo.place,
                "A lead may be rejected for \(reason.name), and nothing in the definition of a lead to hand over asks about \(field.name).",
                remedy: "Ask about it where the stage is entered, or take the reason out.",
                related: [field.type.place]
                    + agreement.stages.filter { $0.handOver != nil }.map(\.enter.otherwise.place))
        }
    }
}

extension Agreement {
    fileprivate func definition(behind reason: RejectReason) -> [Condition] {
        let entries = stages.filter { $0.handOver != nil }.flatMap { $0.enter.cases.map(\.condition) + $0.enter.all }
            .map(\.value)
        let countsFit = entries.contains { $0.terms.contains { $0 == .grade || $0 == .score(.fit) } }
        let fit = countsFit ? scoring.fit.rules.map(\.when.value) : []
        switch reason.leadsTo.value {
        case .detour: return entries + fit
        case .reroute, .accountOwner: return entries + fit + routing.rules.map(\.when.value)
        }
    }
}

extension Condition {
    fileprivate func asks(about field: String) -> Bool { terms.contains(.field(field)) }

    /// Of the condition itself, not of what happened.
    fileprivate var terms: [Term.Node] {
        switch node {
        case .not(let inner): inner.terms
        case .all(let parts), .any(let parts): parts.flatMap(\.terms)
        case .compares(let left, _, let right): left.parts + right.parts
        case .between(let term, let low, let high): term.parts + low.parts + high.parts
        case .isOneOf(let term, _), .matches(let term, _), .isKnown(let term), .isFreeMail(let term),
            .isTrue(let term), .inPeriod(let term):
            term.parts
        case .always, .happened, .accountInTargets, .accountHasOpenDeal, .accountHasOpenHandOver, .dealIsOpen, .missed:
            []
        }
    }
}

extension Term {
    fileprivate var parts: [Node] {
        if case .arithmetic(let left, _, let right) = node { return left.parts + right.parts }
        return [node]
    }
}
