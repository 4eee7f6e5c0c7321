internal import Agreement
internal import Answers
internal import Engine
internal import HTTPTypes
internal import Hummingbird
internal import Intake
internal import Journal
internal import Reports
internal import Roles
internal import Vocabulary

/// People: where each stands, and why.
enum PeopleAPI {
    static let routes: [Route] = [
        .reading("/v1/people", .seeLeads, listing) { asked, _ in
            let present = try await asked.judgedCompany()
            return try await Blocking.run { try PeoplePageOfList(present, asked).reply }
        },
        .reading("/v1/people/{person}", .seeLeads, explaining) { asked, _ in
            let (number, present) = (try asked.number("person"), try await asked.judgedCompany())
            return try await Blocking.run { try present.explanation(of: number, asked) }
        },
    ]

    static let person = Operation.PathParameter(
        name: "person",
        meaning: "The person's number: that of the first fact about them. That of any other fact will do.",
        schema: #"{"type":"integer","minimum":1,"maximum":4294967295}"#, example: "7")

    static let toPerson = Operation.Link(
        name: "explanation", operation: "explainPerson", parameter: "path.person",
        value: "$response.body#/data/0/number")

    private static let listing = Operation(
        id: "listPeople", group: .people, summary: "People, and where each stands",
        detail: """
            In the order of their numbers, which never changes: whoever comes new comes behind. With `email` or `identifier` it \
            is the one whom that names, or nobody. Who owns a lead is shown to everybody who sees leads.
            """,
        query: [
            QueryParameter(
                name: "stage", form: .text(), meaning: "only those in this stage, or in this detour", example: "mql"),
            QueryParameter(
                name: "owner", form: .text(), meaning: "only those whose open hand-over somebody has, by address",
                example: "jonas@birch.example"),
            QueryParameter(
                name: "email", form: .text(longest: 254), meaning: "whom this e-mail address names",
                example: "ann@acme.example"),
            QueryParameter(
                name: "identifier", form: .text(longest: 500),
                meaning: "whom this names: record:crm/contact/501, anonymous:web/v1", example: "record:crm/contact/501"),
            .limit, .after(1, "7"),
        ],
        answers: [
            Operation.Answer(
                status: 200, meaning: "A page of people.", media: [.json("PersonList", Examples.personList)],
                isTagged: true, isPaged: true, links: [toPerson])
        ], faults: [409, 422])

    private static let explaining = Operation(
        id: "explainPerson", group: .people,
        summary: "What became of a person, by which clause, and why they are not further",
        detail: """
            The same object as `interlock explain --json`: one timeline over all systems, each contribution to the score, what is \
            missing for the next stages, each hand-over with its promises and the rules of routing that were tried, and what \
            the consent gate says for each purpose.
            """,
        path: [person],
        query: [
            QueryParameter(
                name: "at", form: .instant, meaning: "as of this instant; else as of now",
                example: "2026-02-02T07:00:00Z")
        ],
        answers: [
            Operation.Answer(
                status: 200, meaning: "The explanation.", media: [.json("Explanation", Examples.explanation)],
                isTagged: true,
                links: [
                    Operation.Link(
                        name: "decisions", operation: "listDecisions", parameter: "query.owner",
                        value: "$response.body#/hand_overs/0/owners/0/owner"),
                    Operation.Link(
                        name: "gate", operation: "askGate", parameter: "query.who", value: "$response.body#/person"),
                ])
        ], faults: [404, 409, 422])
}

extension JudgedPresent {
    fileprivate func explanation(of number: Int64, _ asked: Asked) throws -> Reply {
        let (judged, store) = (try judged(), asked.site.journal)
        guard let person = present.numbers.person(ofFact: number) else { throw Problem.nobody }
        guard VisibleLeads(present, asked)?.sees(person: person) ?? false else { throw Problem.notYours }
        guard let at = try? Instant(text: asked.query["at"]) else {
            return Reply(try Explanation(judged.words.get(), person, citing: store).json)
        }
        try check(at)
        guard let then = try present.evaluation(at: at) else { throw Problem.noAgreement }
        return Reply(try Explanation(then, person, citing: store).json)
    }

    /// Of what is yet to come, and of what was before the first fact, nobody can tell.
    func check(_ instant: Instant) throws {
        let first = Instant(milliseconds: present.history.occurred.min() ?? instant.milliseconds)
        guard instant <= now, instant >= first else {
            throw Problem(
                .unprocessableContent, "no-such-moment",
                "\(instant) is yet to come, or lies before the first fact.",
                remedy: "Ask about an instant from \(first) until now.")
        }
    }
}

extension Problem {
    static let nobody = Problem(
        .notFound, "nobody", "No person has this number.", remedy: "Look for them under /v1/people?email=.")
}

/// Somebody and where they stand, as a list shows them.
private struct ListedPerson {
    let number: Int64
    let standing: Engine.Standing
    /// Who has the open hand-over, a text; −1: nobody.
    let owner: Int32
}

/// One page of the list of people.
private struct PeoplePageOfList {
    private let judged: Present.Judged
    private let found: ArraySlice<ListedPerson>
    private let next: String?

    init(_ present: JudgedPresent, _ asked: Asked) throws {
        judged = try present.judged()
        let chosen = try PeoplePageOfList.chosen(present, asked)
        let (outcomes, visible) = (judged.company.outcome.accounts, VisibleLeads(present.present, asked))
        let wanted = try Wanted(judged, asked)
        let after = asked.after?.first ?? 0
        var found: [ListedPerson] = []
        for (number, person) in present.present.numbers.all where number > after {
            if let chosen, !chosen.contains(person) { continue }
            guard visible?.sees(person: person) ?? false else { continue }
            let account = outcomes[Int(present.present.history.persons[Int(person)].account)]
            guard let standing = account.standings.first(where: { $0.person == person }) else { continue }
            let open = account.handOvers.last { $0.person == person && $0.isOpen }
            let listed = ListedPerson(number: number, standing: standing, owner: open?.owner ?? -1)
            guard wanted.takes(listed) else { continue }
            found.append(listed)
            if found.count > asked.limit { break }
        }
        self.found = found.prefix(asked.limit)
        next = found.count > asked.limit ? self.found.last.map { asked.next(after: [$0.number]) } : nil
    }

    /// Whom an address or an identifier names; `nil`: nobody was asked for by name.
    private static func chosen(_ present: JudgedPresent, _ asked: Asked) throws -> Set<Int32>? {
        var chosen: Set<Int32>?
        func choose(_ identifier: Identifier?) throws {
            let found = try identifier.map { try asked.site.company.persons([$0], in: present.present) } ?? [:]
            let persons = Set(found.values)
            chosen = chosen?.intersection(persons) ?? persons
        }
        let (email, identifier) = (asked.query["email"], asked.query["identifier"])
        if !email.isEmpty { try choose(WrittenAddress(email).identifier) }
        if !identifier.isEmpty { try choose(Identifier(text: identifier)) }
        return chosen
    }

    /// A stage or a detour, and an owner.
    private struct Wanted {
        private var stage: Int32?
        private var detour: Int32?
        private var owner: Int32?
        private var isNobody = false

        init(_ judged: Present.Judged, _ asked: Asked) throws {
            let agreement = judged.company.agreement
            let (place, address) = (asked.query["stage"], asked.query["owner"])
            if !place.isEmpty {
                stage = agreement.stages.firstIndex { $0.name == place }.map { Int32($0) }
                detour = agreement.detours.firstIndex { $0.name == place }.map { Int32($0) }
                guard stage != nil || detour != nil else {
                    let names = agreement.stages.map(\.name) + agreement.detours.map(\.name)
                    throw Problem(
                        .unprocessableContent, "unknown-stage", "There is no stage or detour “\(place)”.",
                        remedy: "There is: \(names.joined(separator: ", ")).")
                }
            }
            guard !address.isEmpty else { return }
            owner = judged.evaluation.world.history.texts.number(of: address)
            isNobody = owner == nil
        }

        func takes(_ person: ListedPerson) -> Bool {
            if isNobody { return false }
            if let owner, person.owner != owner { return false }
            if let detour { return person.standing.detour == detour }
            if let stage { return person.standing.stage == stage && person.standing.detour < 0 }
            return true
        }
    }

    var reply: Reply {
        var reply = Reply.json { json in
            json.list("data", Array(found)) { write($1, to: &$0) }
            if let next { json.member("next", next) }
        }
        reply.next = next
        return reply
    }

    private func write(_ person: ListedPerson, to json: inout JSONText) {
        let (history, agreement) = (judged.evaluation.world.history, judged.company.agreement)
        let (standing, entry) = (person.standing, history.persons[Int(person.standing.person)])
        json.member("number", person.number)
        json.member("person", history.texts[entry.name])
        json.member("account", history.texts[history.accounts[Int(entry.account)].name])
        if agreement.stages.indices.contains(Int(standing.stage)) {
            json.member("stage", agreement.stages[Int(standing.stage)].name)
        }
        if agreement.detours.indices.contains(Int(standing.detour)) {
            json.member("detour", agreement.detours[Int(standing.detour)].name)
        }
        json.member("pass", Int64(standing.pass))
        if standing.since != .earliest { json.member("since", "\(standing.since)") }
        if person.owner >= 0 { json.member("owner", history.texts[person.owner]) }
    }
}
