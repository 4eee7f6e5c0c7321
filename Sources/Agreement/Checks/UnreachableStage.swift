internal import Findings

extension Check {
    static let unreachableStage = Check(
        "unreachable-stage", .error,
        finds:
            "A stage nobody can ever stand in: its condition is never true, or a later stage's holds wherever it does."
    ) { checked in
        let stages = checked.agreement.stages
        return stages.indices.compactMap { index in
            let stage = stages[index]
            let enter = stage.enter.asOne
            guard checked.circumstances.canHold(enter) else {
                return Concern(
                    at: stage.enter.otherwise.place,
                    "Nobody can ever enter \(stage.name): \(stage.enter.otherwise.value.text) is never true.",
                    remedy: "Change what does not go together, or take the stage out.",
                    example: "\(stage.name): {side: \(stage.side.value.words), enter: email is known}")
            }
            let later = stages[(index + 1)...]
            guard checked.circumstances.implies(enter, anyOf: later.map(\.enter.asOne)) else { return nil }
            return Concern(
                at: stage.enter.otherwise.place,
                "Nobody ever stands in \(stage.name): whoever may enter it may enter a later stage at the same instant.",
                remedy: "Ask more of the later stages, or put the stages in another order.",
                related: later.map(\.enter.otherwise.place))
        }
    }
}

extension CheckedAgreement {
    /// Whether anybody can ever stand in it, as far as can be shown.
    func isReachable(_ stage: Stage) -> Bool { circumstances.canHold(stage.enter.asOne) }
}
