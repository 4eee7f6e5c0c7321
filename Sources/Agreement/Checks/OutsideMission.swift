internal import Findings

extension Check {
    static let outsideMission = Check(
        "outside-mission", .warning,
        finds: """
            What does not go with the mission of marketing: a promise of won customers where it fills the pipeline, promises \
            of pipeline where it creates revenue only, no promise of revenue where it creates revenue; a next aim that is \
            there already or waits for promises that are not made; a boundary that no condition measures.
            """
    ) { checked in
        let agreement = checked.agreement
        return promises(agreement) + nextAim(agreement) + unmeasured(agreement.mission)
    }

    private static func promises(_ agreement: Agreement) -> [Concern] {
        let aim = agreement.mission.marketing
        switch aim.value {
        case .fillPipeline: return agreement.revenuePromised.map { outside($0.what, $0.volume.place, aim) }
        case .both: return withoutRevenue(agreement)
        case .createRevenue:
            return withoutRevenue(agreement)
                + agreement.pipelinePromised.map { outside($0.what, $0.place, aim) }
        }
    }

    private static func outside(_ what: String, _ place: Place, _ aim: Clause<Aim>) -> Concern {
        Concern(
            at: place, "Marketing is there to \(aim.value.spoken), and \(what) is not part of that.",
            remedy: "Leave the promise out, or let the executive widen the mission.",
            example: "mission: {marketing: both}",
            related: [aim.place])
    }

    private static func withoutRevenue(_ agreement: Agreement) -> [Concern] {
        let won = agreement.stages.filter { $0.enter.all.contains { $0.value.waits(for: .won) } }
        guard let stage = won.first, agreement.revenuePromised.isEmpty else { return [] }
        let aim = agreement.mission.marketing
        return [
            Concern(
                at: aim.place, "Marketing is there to \(aim.value.spoken), and promises nothing that is won.",
                remedy: "Let marketing promise how many are won.",
                example: "promises: {marketing: {deliver: {\(stage.name): 5 per quarter}}}", related: [stage.side.place]
            )
        ]
    }

    private static func nextAim(_ agreement: Agreement) -> [Concern] {
        let (mission, made) = (agreement.mission, agreement.promises.marketing.made)
        guard let then = mission.then else { return [] }
        if then.value.aim == mission.marketing.value || mission.marketing.value == .both {
            return [
                Concern(
                    at: then.place, "The next aim is the one marketing has already.",
                    remedy: "Name another, or leave it out.", related: [mission.marketing.place])
            ]
        }
        return then.value.promises.filter { !made.contains($0) }.map { name in
            Concern(
                at: then.place, "The next aim waits until \(name) was kept, and marketing makes no such promise.",
                remedy: "Add the promise, or do not wait for it.", example: "promises: {marketing: {\(name): …}}")
        }
    }

    private static func unmeasured(_ mission: Mission) -> [Concern] {
        mission.boundaries.compactMap { boundary in
            guard case .unmeasured = boundary.never.value else { return nil }
            return Concern(
                at: boundary.never.place, "No condition says when this boundary is crossed, so nobody will be told.",
                remedy: "Begin with what is done, where, and a condition; or know that it is listed as unmeasured.",
                example: "never: \(Limit.Act.salesCall.rawValue) where account has open deal")
        }
    }
}

extension Agreement {
    /// People in stages that a won deal brings.
    fileprivate var revenuePromised: [Deliver.Amount] {
        let amounts = (promises.marketing.deliver?.all ?? []).flatMap(\.amounts)
        return amounts.filter { amount in
            stage(named: amount.what)?.enter.all.contains { $0.value.waits(for: .won) } ?? false
        }
    }

    fileprivate var pipelinePromised: [(what: String, place: Place)] {
        let marketing = promises.marketing
        return (marketing.pipeline?.all ?? []).map { ("sourced pipeline", $0.sourced.place) }
            + (marketing.coverage?.all ?? []).map { ("coverage", $0.atLeast.place) }
            + (marketing.targetAccounts?.all ?? []).compactMap(\.withPipeline).map {
                ("pipeline with target accounts", $0.place)
            }
    }
}

extension MarketingPromises {
    /// By the names of their keys.
    fileprivate var made: Set<String> {
        let names: [(String, Bool)] = [
            ("deliver", deliver != nil), ("quality", quality != nil), ("complete", complete != nil),
            ("consent", consent != nil), ("pipeline", pipeline != nil), ("coverage", coverage != nil),
            ("target_accounts", targetAccounts != nil),
        ]
        return Set(names.filter(\.1).map(\.0))
    }
}
