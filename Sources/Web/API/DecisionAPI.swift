internal import Answers
internal import Engine
internal import Hummingbird
internal import Journal
internal import Reports
internal import Roles
internal import Vocabulary

/// What was decided: who was handed over, who got them by which rules, and what was said of it.
enum DecisionAPI {
    static let routes: [Route] = [
        .reading("/v1/decisions", .seeLeads, listing) { asked, _ in
            let present = try await asked.judgedCompany()
            return try await Blocking.run { try DecisionPage(present, asked).reply }
        }
    ]

    private static let listing = Operation(
        id: "listDecisions", group: .people,
        summary: "Hand-overs, with owners, the rules of routing tried, and verdicts",
        detail: """
            In the order in which people entered the stage, then by person. What is learned late is decided for the instant at \
            which it happened, and so may come before what was read already; read from the beginning to have all.
            """,
        query: [
            QueryParameter(
                name: "from", form: .instant, meaning: "only what was entered from this instant on",
                example: "2026-01-05T00:00:00Z"),
            QueryParameter(
                name: "to", form: .instant, meaning: "only what was entered before this instant",
                example: "2026-04-01T00:00:00Z"),
            QueryParameter(
                name: "verdict", form: .choice(["accepted", "rejected", "none"]), meaning: "only those it was said of",
                example: "accepted"),
            QueryParameter(
                name: "owner", form: .text(), meaning: "only those whom somebody has, by address",
                example: "jonas@birch.example"),
            .limit, .after(4, "1770000000000.7.1.1"),
        ],
        answers: [
            Operation.Answer(
                status: 200, meaning: "A page of hand-overs.", media: [.json("DecisionList", Examples.decisionList)],
                isTagged: true, isPaged: true, links: [PeopleAPI.toPerson])
        ], faults: [409, 422])
}

/// A hand-over, and where it is in the order of all.
private struct Decision {
    let place: [Int64]
    let account: Int
    /// In the account's hand-overs.
    let index: Int
    let number: Int64
}

private struct DecisionPage {
    private let judged: Present.Judged
    private let present: Present
    private let store: any JournalStore
    private let found: ArraySlice<Decision>
    private let next: String?

    init(_ asking: JudgedPresent, _ asked: Asked) throws {
        (judged, present, store) = (try asking.judged(), asking.present, asked.site.journal)
        let wanted = DecisionPage.Wanted(asked, judged.evaluation.world.history)
        let visible = VisibleLeads(present, asked)
        var all: [Decision] = []
        for (account, outcome) in judged.company.outcome.accounts.enumerated() {
            for (index, handOver) in outcome.handOvers.enumerated() where wanted.takes(handOver) {
                guard visible?.sees(person: handOver.person) ?? false else { continue }
                guard let number = DecisionPage.number(handOver, outcome.account, present) else { continue }
                let place = [
                    handOver.entered.milliseconds, number, Int64(handOver.pass), Int64(handOver.stage),
                ]
                if let after = asked.after, !after.lexicographicallyPrecedes(place) { continue }
                all.append(Decision(place: place, account: account, index: index, number: number))
            }
        }
        all.sort { $0.place.lexicographicallyPrecedes($1.place) }
        found = all.prefix(asked.limit)
        next = all.count > asked.limit ? found.last.map { asked.next(after: $0.place) } : nil
    }

    /// Of the person, or of the account where it is handed over itself.
    private static func number(_ handOver: HandOver, _ account: Int32, _ present: Present) -> Int64? {
        handOver.person < 0
            ? present.numbers.number(ofAccount: account) : present.numbers.number(of: handOver.person)
    }

    private struct Wanted {
        private let from: Instant?
        private let to: Instant?
        private let verdict: String
        private let owner: Int32?
        private let isNobody: Bool

        init(_ asked: Asked, _ history: Engine.History) {
            from = try? Instant(text: asked.query["from"])
            to = try? Instant(text: asked.query["to"])
            verdict = asked.query["verdict"]
            let address = asked.query["owner"]
            owner = address.isEmpty ? nil : history.texts.number(of: address)
            isNobody = !address.isEmpty && owner == nil
        }

        func takes(_ handOver: HandOver) -> Bool {
            if isNobody { return false }
            if let owner, handOver.owner != owner { return false }
            if let from, handOver.entered < from { return false }
            if let to, handOver.entered >= to { return false }
            switch verdict {
            case "accepted": return handOver.verdict?.isAccepted ?? false
            case "rejected": return handOver.verdict.map { !$0.isAccepted } ?? false
            case "none": return handOver.verdict == nil
            default: return true
            }
        }
    }

    var reply: Reply {
        get throws {
            guard let words = present.judged?.words.get() else { throw Problem.noAgreement }
            let citations = Citations(evaluation: judged.evaluation, store: store)
            let explained = try found.map { decision in
                let outcome = judged.company.outcome.accounts[decision.account]
                return (decision, outcome, try ExplainedHandOver(decision.index, outcome, words, citations))
            }
            var reply = Reply.json { json in
                json.list("data", explained) { json, item in
                    write(item.0, item.1, to: &json)
                    item.2.write(to: &json)
                }
                if let next { json.member("next", next) }
            }
            reply.next = next
            return reply
        }
    }

    private func write(_ decision: Decision, _ outcome: AccountOutcome, to json: inout JSONText) {
        let (history, person) = (present.history, outcome.handOvers[decision.index].person)
        let account = history.texts[history.accounts[Int(outcome.account)].name]
        json.member("number", decision.number)
        json.member("person", person < 0 ? account : history.texts[history.persons[Int(person)].name])
        json.member("account", account)
    }
}
