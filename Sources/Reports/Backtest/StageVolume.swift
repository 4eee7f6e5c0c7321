internal import Engine
internal import Vocabulary

/// How many enter a stage, by each agreement.
public struct StageVolume: Hashable, Sendable {
    public let stage: String
    public let current: Int
    public let draft: Int
}

extension RunOverThePast {
    /// By stage; those that pass it over count too.
    fileprivate func entries(in window: Range<Instant>) -> [String: Int] {
        var counts: [String: Int] = [:]
        for move in outcome.accounts.flatMap(\.moves)
        where window.contains(move.instant) && (move.change == .entered || move.change == .skipped) {
            let program = world.versions[Int(move.version)].program
            counts[program.names[Int(program.stages[Int(move.stage)].name)], default: 0] += 1
        }
        return counts
    }

    private var stageNames: [String] {
        world.versions.flatMap { version in version.program.stages.map { version.program.names[Int($0.name)] } }
    }

    /// In this run's order of stages, then what only the other one has.
    func stageVolumes(beside current: RunOverThePast, in window: Range<Instant>) -> [StageVolume] {
        let (before, after) = (current.entries(in: window), entries(in: window))
        var names: [String] = []
        for name in stageNames + current.stageNames where !names.contains(name) { names.append(name) }
        return names.map { StageVolume(stage: $0, current: before[$0] ?? 0, draft: after[$0] ?? 0) }
    }
}
