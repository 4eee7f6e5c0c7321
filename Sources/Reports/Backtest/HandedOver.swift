public import Engine
public import Vocabulary

// What an agreement would have handed over, as a list that can be held beside another agreement's list.

/// A hand-over that was ready, by an agreement that was run over the past.
public struct HandedOver: Hashable, Sendable {
    public let account: Int32
    /// An index in `History.persons`; −1: the account itself.
    public let person: Int32
    public let stage: String
    public let pass: Int32
    public let ready: Instant
    /// The first owner, a text; −1: nobody.
    public let owner: Int32
    /// When the first owner was told.
    public let told: Instant?
    /// How many had it, one after the other.
    public let owners: Int

    /// The same step of the same person, by whichever agreement.
    struct Step: Hashable {
        let account: Int32
        let person: Int32
        let stage: String
        let pass: Int32
    }

    var step: Step { Step(account: account, person: person, stage: stage, pass: pass) }
}

/// An agreement that was run over the past.
public struct RunOverThePast: Sendable {
    public let world: FoldWorld
    public let outcome: Outcome

    public init(
        _ world: FoldWorld, targets: Set<Int32>,
        by crew: Crew = { pieces, work in for piece in 0..<pieces { work(piece) } }
    ) {
        (self.world, outcome) = (world, evaluate(world, targets: targets, by: crew))
    }

    /// In order of instant, then of account and person.
    public var handOvers: [HandedOver] {
        let all = outcome.accounts.flatMap { account in
            account.handOvers.compactMap { handOver in handedOver(handOver, account.account) }
        }
        return all.sorted {
            ($0.ready, $0.account, $0.person, $0.pass) < ($1.ready, $1.account, $1.person, $1.pass)
        }
    }

    func handedOver(_ handOver: HandOver, _ account: Int32) -> HandedOver? {
        guard let ready = handOver.ready, !handOver.isBeforeStart else { return nil }
        let program = world.versions[Int(handOver.version)].program
        return HandedOver(
            account: account, person: handOver.person,
            stage: program.names[Int(program.stages[Int(handOver.stage)].name)], pass: handOver.pass, ready: ready,
            owner: handOver.owners.first?.owner ?? -1, told: handOver.owners.first?.since,
            owners: handOver.owners.count)
    }
}
