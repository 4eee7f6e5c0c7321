internal import Findings

extension Check {
    static let stageNeverLeft = Check(
        "stage-never-left", .error,
        finds:
            "A stage, other than the last, that no later stage and no detour leads out of; a detour meant to end that cannot."
    ) { checked in stages(checked) + detours(checked) }

    private static func stages(_ checked: CheckedAgreement) -> [Concern] {
        let (stages, detours) = (checked.agreement.stages, checked.agreement.detours)
        return stages.indices.dropLast().compactMap { index in
            let stage = stages[index]
            let ways = detours.filter {
                $0.from.value.contains(stage.name) && checked.circumstances.canHold($0.enters.asOne)
            }
            guard ways.isEmpty, !stages[(index + 1)...].contains(where: checked.isReachable) else { return nil }
            return Concern(
                at: stage.side.place,
                "Whoever stands in \(stage.name) stays there: no later stage can be entered, and no detour leads out.",
                remedy: "Correct the stages after it, or let a detour begin here.",
                example: "detours:\n  nurture: {side: marketing, from: [\(stage.name)], enters: recycled}")
        }
    }

    private static func detours(_ checked: CheckedAgreement) -> [Concern] {
        checked.agreement.detours.compactMap { detour in
            guard let returns = detour.returns else { return nil }
            let always = detour.alwaysReturns.map { checked.circumstances.canHold($0.value) } ?? false
            guard !always, !checked.circumstances.canHold(returns.asOne) else { return nil }
            return Concern(
                at: returns.otherwise.place,
                "Nobody ever comes back from \(detour.name): \(returns.otherwise.value.text) is never true.",
                remedy: "Change it, or leave out returns to make the detour a way out.")
        }
    }
}

extension Origin {
    func contains(_ stage: String) -> Bool {
        switch self {
        case .any: true
        case .stages(let names): names.contains(stage)
        }
    }
}
