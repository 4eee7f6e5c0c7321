internal import Findings

extension Check {
    static let promiseWithoutEvidence = Check(
        "promise-without-evidence", .error,
        finds: """
            A promise whose clock nothing can start or stop: no channel to answer by, a stage that hands nobody over, a \
            qualification that goes backwards, an amount from a plan that does not say it.
            """
    ) { checked in
        let agreement = checked.agreement
        let sales = agreement.promises.sales
        var concerns = sales.respond.flatMap(\.all).flatMap { respond($0, agreement) }
        concerns += sales.decide.flatMap(\.all).compactMap { handsOver($0.about, agreement) }
        concerns += sales.explain.flatMap(\.all).compactMap { isEmpty($0.about, "verdict", "about: [rejection]") }
        concerns += sales.pursue.flatMap(\.all).compactMap {
            isEmpty($0.channels, "channel", "channels: [call, email]")
        }
        concerns += sales.qualify.flatMap(\.all).compactMap { goesForward($0, agreement) }
        return concerns + (agreement.promises.marketing.deliver?.all ?? []).flatMap { planned($0, agreement) }
    }

    private static func respond(_ respond: Respond, _ agreement: Agreement) -> [Concern] {
        [isEmpty(respond.by, "channel", "by: [call, email]"), handsOver(respond.to, agreement)].compactMap { $0 }
    }

    private static func isEmpty<Value>(_ clause: Clause<[Value]>, _ what: String, _ example: String) -> Concern? {
        guard clause.value.isEmpty else { return nil }
        return Concern(
            at: clause.place, "\(clause.address) names no \(what), so nothing could ever keep the promise.",
            remedy: "Name at least one.", example: example)
    }

    private static func handsOver(_ clause: Clause<String>, _ agreement: Agreement) -> Concern? {
        guard let stage = agreement.stage(named: clause.value), stage.handOver == nil else { return nil }
        return Concern(
            at: clause.place, "Nobody is handed over in \(stage.name), so no clock of this promise ever starts.",
            remedy: "Name a stage that has hand_over, or add it to this one.",
            example: "\(stage.name): {side: \(stage.side.value.words), hand_over: sales}", related: [stage.side.place])
    }

    private static func goesForward(_ qualify: Qualify, _ agreement: Agreement) -> Concern? {
        let names = agreement.stages.map(\.name)
        guard let from = names.firstIndex(of: qualify.from.value), let to = names.firstIndex(of: qualify.to.value),
            to <= from
        else { return nil }
        return Concern(
            at: qualify.to.place,
            "\(qualify.to.value) does not come after \(qualify.from.value), and backward moves happen through detours only.",
            remedy: "Name a later stage.", example: names.dropFirst(from + 1).first.map { "to: \($0)" },
            related: [qualify.from.place])
    }

    private static func planned(_ deliver: Deliver, _ agreement: Agreement) -> [Concern] {
        deliver.amounts.filter { $0.volume.value == .fromPlan }.compactMap { amount in
            guard let missing = agreement.plan.missing(for: amount.what) else { return nil }
            return Concern(
                at: amount.volume.place, "The plan does not say how many: \(missing) is missing.",
                remedy: "Add it to the plan, or write a number here.", example: "\(amount.what): 120 per month")
        }
    }
}

extension Plan {
    /// The first assumption that is missing on the way from visitors to a stage.
    fileprivate func missing(for what: String) -> String? {
        guard visitors != nil else { return "plan.visitors" }
        var at = "visitor"
        while at != what, what != "visitors" {
            guard let next = conversions.first(where: { $0.from == at }) else { return "plan.\(at)_to_…" }
            at = next.to
        }
        return nil
    }
}
