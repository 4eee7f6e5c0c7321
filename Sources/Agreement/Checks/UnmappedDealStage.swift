internal import Findings

extension Check {
    static let unmappedDealStage = Check(
        "unmapped-deal-stage", .error,
        finds: """
            A stage or detour that waits for deals to be won or lost where none of the pipelines says which stage means that; a \
            stage of a pipeline that is mapped twice, or mapped and ignored.
            """
    ) { checked in
        unmapped(checked.agreement) + checked.agreement.deals.pipelines.flatMap { twice($0, checked.agreement.deals) }
    }

    private static func unmapped(_ agreement: Agreement) -> [Concern] {
        let pipelines = agreement.deals.pipelines
        guard !pipelines.isEmpty else { return [] }
        let clauses = agreement.stages.flatMap(\.enter.all) + agreement.detours.flatMap(\.enters.all)
        return clauses.compactMap { clause in
            let ends: [(change: DealChange, name: String, isMapped: Bool)] = [
                (.won, "won", pipelines.contains { !$0.won.value.isEmpty }),
                (.lost, "lost", pipelines.contains { !$0.lost.value.isEmpty }),
            ]
            guard let end = ends.first(where: { !$0.isMapped && clause.value.waits(for: $0.change) }) else {
                return nil
            }
            return Concern(
                at: clause.place,
                "This waits for a deal \(end.name), and no pipeline says which stage of the CRM means that.",
                remedy: "Name the stage under deals.",
                example: "deals: {pipelines: {new: {open: [Open], won: [Won], lost: [Lost]}}}")
        }
    }

    private static func twice(_ pipeline: DealPipeline, _ deals: Deals) -> [Concern] {
        var seen: [String: Clause<[String]>] = [:]
        for name in deals.ignored.value { seen[name] = deals.ignored }
        return [pipeline.open, pipeline.won, pipeline.lost].flatMap { clause in
            clause.value.compactMap { name in
                guard let earlier = seen.updateValue(clause, forKey: name) else { return nil }
                return Concern(
                    at: clause.place,
                    "\"\(name)\" is in \(clause.address) and in \(earlier.address): a deal in it would be both.",
                    remedy: "Keep it in one of them.", related: [earlier.place])
            }
        }
    }
}

extension Condition {
    func waits(for change: DealChange) -> Bool {
        switch node {
        case .not(let inner): inner.waits(for: change)
        case .all(let parts), .any(let parts): parts.contains { $0.waits(for: change) }
        case .happened(let happening, _, _): happening.node == .deal(change)
        default: false
        }
    }
}
