internal import Agreement
internal import Engine
internal import Vocabulary

extension ReportDefinition {
    /// What the sides asked of each other.
    static let requests = ReportDefinition(
        "requests", "Requests between the sides",
        answers: "What each side asked of the other, and how soon it was answered.",
        options: [.period, .from, .to],
        formulas: [
            Formula(
                "in time",
                "answered (done or declined) within `requests.answer_within` of being asked / answered or overdue; a question back "
                    + "is no answer; in the working time of the first team, as everything that a side owes",
                source: "requirement F36; semantics, section 6"),
            Formula(
                "wait", "from asked to answered, median; what is open waits at least until now (Kaplan–Meier)",
                source: "semantics, section 7: response time"),
        ]
    ) { inquiry throws(ReportProblem) in
        let asked = inquiry.company.sideRequests.filter { inquiry.isInWindow($0.asked) }
        let sides = inquiry.agreement.requests?.between.value ?? []
        return Found(
            population: "what one side asked of the other in the window", measure: "answered, and in time",
            sections: [inquiry.table(asked).sides(sides, inquiry.world.until)],
            warnings: asked.isEmpty ? [.noRecords] : [])
    }
}

extension Inquiry {
    fileprivate func table(_ requests: [SideRequest]) -> Tabulation<SideRequest> {
        Tabulation(
            requests,
            listing: [
                Listed("request", "request", .text) { .text($0.name) },
                Listed("to", "asked of", .text) { .text($0.to.rawValue) },
                Listed("by", "by", .text) { $0.by.isEmpty ? .nothing : .text($0.by) },
                Listed("kind", "kind", .text) { $0.kind.isEmpty ? .nothing : .text($0.kind) },
                Listed("asked", "asked", .instant) { .instant($0.asked) },
                Listed("fact", "fact", .fact) { .fact($0.fact) },
                Listed("due", "due", .instant) { ReportValue($0.due) },
                Listed("state", "state", .text) { .text($0.state.rawValue) },
                Listed("answered", "answered", .instant) { ReportValue($0.answer?.instant) },
                Listed("verdict", "answer", .text) { $0.answer.map { .text($0.verdict) } ?? .nothing },
                Listed("answer", "fact", .fact) { $0.answer.map { .fact($0.fact) } ?? .nothing },
            ])
    }
}

extension Tabulation where Record == SideRequest {
    fileprivate func sides(_ sides: [Party], _ now: Instant) -> ReportSection {
        let measures: [Measure<SideRequest>] = [
            .count("asked", "asked"),
            .count("open", "open") { $0.state == .open },
            .count("overdue", "overdue") { $0.state == .overdue },
            .count("done", "done") { $0.answer?.verdict == "done" },
            .count("declined", "declined") { $0.answer?.verdict == "declined" },
            .share("in_time", "in time", { $0.isKept }, of: { $0.isDecided }),
            .quantile("wait", "wait", 50) { request in
                ((request.answer?.instant ?? now) - request.asked, request.answer != nil)
            },
        ]
        let groups = sides.map { side in
            (name: side.rawValue, members: all.filter { records[Int($0)].to == side })
        }
        return section("sides", "Asked of each side", rowsAre: "side", groups: groups, measures)
    }
}
