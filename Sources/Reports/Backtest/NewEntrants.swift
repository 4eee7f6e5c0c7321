public import Engine
public import Vocabulary

/// Who would newly enter a stage at the instant a draft takes force, because it asks for less than what was agreed before.
public struct NewEntrants: Hashable, Sendable {
    public struct Stage: Hashable, Sendable {
        public let name: String
        public let isHandedOver: Bool
        /// Indices in `History.persons`, in order.
        public let persons: [Int32]
    }

    public let at: Instant
    /// In the draft's order; those with nobody are left out.
    public let stages: [Stage]

    public var count: Int { stages.reduce(0) { $0 + $1.persons.count } }

    /// Each world has the current agreement first and a second version, which takes force at `until` and lets everybody enter
    /// at once: in `draft` the draft, in `control` the current agreement again. Whoever moves there too does so because
    /// everybody is looked at anew, not because of the draft.
    public init(draft: FoldWorld, control: FoldWorld, targets: Set<Int32>) {
        at = draft.until
        let entered = NewEntrants.entered(draft, targets)
        let anyway = NewEntrants.entered(control, targets)
        let program = draft.versions[1].program
        stages = program.stages.compactMap { stage in
            let name = program.names[Int(stage.name)]
            let persons = (entered[name] ?? []).subtracting(anyway[name] ?? [])
            return persons.isEmpty
                ? nil : Stage(name: name, isHandedOver: stage.handsOver, persons: persons.sorted())
        }
    }

    /// Persons by the stage they stand in after the second version has looked at them.
    private static func entered(_ world: FoldWorld, _ targets: Set<Int32>) -> [String: Set<Int32>] {
        let program = world.versions[1].program
        var entered: [String: Set<Int32>] = [:]
        for move in evaluate(world, targets: targets).accounts.flatMap(\.moves)
        where move.instant == world.until && move.version == 1 && move.fact == noFact && move.change == .entered {
            entered[program.names[Int(program.stages[Int(move.stage)].name)], default: []].insert(move.person)
        }
        return entered
    }
}
