internal import Agreement
internal import Engine
internal import Journal
internal import Vocabulary

extension ReportDefinition {
    /// The way people go before they buy.
    static let journey = ReportDefinition(
        "journey", "Journey",
        answers: "Which steps people go, in which order, which of them buy, and which work is out of step with them.",
        options: [.period, .from, .to, .segment, .team, .who],
        formulas: [
            Formula(
                "path", "the steps of a person's activities in order, repetitions of one step left out, at most eight",
                source: "clause journey"),
            Formula(
                "bought", "people of the path who reached the last stage / people of the path", source: "clause stages"),
            Formula(
                "out of step",
                "what sales did by hand towards somebody whom marketing leads, and what machines sent to somebody whom sales leads / "
                    + "all that was done; sales leads whoever is handed over or on an open deal, else whoever leads the furthest "
                    + "step the person has come to",
                source: "requirement F21; clause journey.led_by"),
        ]
    ) { inquiry throws(ReportProblem) in
        let steps = JourneySteps(inquiry.company)
        if let who = inquiry.request[.who] {
            let entries = try inquiry.timeline(of: who, steps)
            return Found(
                population: "what happened with \(who), in order",
                measure: "touches, activities, verdicts and moves", sections: [inquiry.timelineSection(entries)],
                warnings: entries.isEmpty ? [.noRecords] : [])
        }
        let work = inquiry.work(steps)
        let travellers = inquiry.travellers(steps)
        let isUnsaid = steps.steps.isEmpty
        return Found(
            population: "people with an activity in the window, and what we did towards people in it",
            measure: "the steps they went, and who led",
            sections: [
                inquiry.stepSection(travellers, steps), inquiry.pathSection(travellers), inquiry.workSection(work),
            ],
            warnings: isUnsaid
                ? [ReportWarning("no-journey", "the agreement names no steps: add journey: {awareness: {led_by: …}}")]
                : travellers.isEmpty ? [.noRecords] : [])
    }
}

// MARK: Paths

/// Somebody on the way.
private struct Traveller: Hashable, Sendable {
    let account: Int32
    let person: Int32
    let path: String
    /// Steps they came to, by index.
    let steps: Set<Int>
    let begun: Instant
    let bought: Instant?
    let fact: Int32

    /// From the first activity to the last stage.
    var time: Elapsed? { bought.map { $0 - begun } }
}

extension Inquiry {
    fileprivate func travellers(_ steps: JourneySteps) -> [Traveller] {
        let entries = StageEntries(company)
        let owners = PassOwners(company)
        let last = agreement.stages.count - 1
        return outcome.accounts.flatMap { account -> [Traveller] in
            let journey = AccountJourney(account, steps, world)
            let byPerson = Dictionary(grouping: journey.activities.filter { isInWindow($0.instant) }) { $0.person }
            return byPerson.keys.sorted().compactMap { person -> Traveller? in
                guard let own = byPerson[person], let first = own.first else { return nil }
                let owner = owners[person, 1]
                let subject = Subject(
                    at: first.instant, person: person, owner: owner?.owner ?? -1, team: owner?.team ?? -1)
                guard isChosen(subject) else { return nil }
                let bought = entries.entry(ofPerson: person, into: last)?.instant
                return Traveller(
                    account: account.account, person: person, path: path(own.map(\.step), steps),
                    steps: Set(own.map(\.step)), begun: first.instant,
                    bought: bought.flatMap { $0 >= first.instant ? $0 : nil }, fact: first.fact)
            }
        }
    }

    private func path(_ walked: [Int], _ steps: JourneySteps) -> String {
        var path: [Int] = []
        for step in walked where path.last != step { path.append(step) }
        let names = path.prefix(8).map { steps.steps[$0].name }.joined(separator: " > ")
        return path.count > 8 ? names + " > …" : names
    }

    fileprivate func pathSection(_ travellers: [Traveller]) -> ReportSection {
        let table = table(travellers)
        let groups = Dictionary(grouping: table.all) { travellers[Int($0)].path }
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        let rows = groups.prefix(20).map { table.row($0.key, $0.key, $0.value, travelMeasures) }
        return ReportSection(
            key: "paths", title: "The most common paths", rowsAre: "path", columns: travelMeasures.map(\.column),
            rows: rows + [table.row(ReportRow.total, "all", isTotal: true, table.all, travelMeasures)],
            records: table.list)
    }

    /// Each step with those who came to it.
    fileprivate func stepSection(_ travellers: [Traveller], _ steps: JourneySteps) -> ReportSection {
        let table = table(travellers)
        let rows = steps.steps.enumerated().map { number, step in
            let row = table.row(
                step.name, step.name, table.all.filter { travellers[Int($0)].steps.contains(number) }, travelMeasures)
            let leader = Cell(.text(step.ledBy.value.rawValue), of: [], .statistic)
            return ReportRow(key: row.key, name: row.name, isTotal: false, cells: [leader] + row.cells)
        }
        return ReportSection(
            key: "steps", title: "Steps", rowsAre: "step",
            columns: [ReportColumn(key: "led_by", title: "led by", kind: .text)] + travelMeasures.map(\.column),
            rows: rows, records: table.list)
    }

    private func table(_ travellers: [Traveller]) -> Tabulation<Traveller> {
        let company = company
        return Tabulation(
            travellers,
            listing: [
                Listed("who", "who", .text) { .text(company.personName($0.person)) },
                Listed("account", "account", .text) { .text(company.accountName($0.account)) },
                Listed("path", "path", .text) { .text($0.path) },
                Listed("begun", "begun", .instant) { .instant($0.begun) },
                Listed("bought", "bought", .instant) { ReportValue($0.bought) },
                Listed("fact", "fact", .fact) { company.fact($0.fact) },
            ])
    }
}

private let travelMeasures: [Measure<Traveller>] = [
    .count("people", "people"), .count("customers", "bought") { $0.bought != nil },
    .share("share", "share that bought", { $0.bought != nil }),
    .quantile("time", "median time of those", 50) { traveller in traveller.time.map { ($0, true) } },
]

// MARK: In and out of step

/// Something we did towards a person.
private struct Work: Hashable, Sendable {
    let account: Int32
    let person: Int32
    /// A text; −1: nobody is named.
    let actor: Int32
    let isByHand: Bool
    let instant: Instant
    let leader: Party
    let fact: Int32
    let subject: Subject

    var isOutOfStep: Bool { isByHand ? leader != .sales : leader == .sales }
}

extension Inquiry {
    fileprivate func work(_ steps: JourneySteps) -> [Work] {
        let history = world.history
        let words = ResponseWords(history.texts)
        return outcome.accounts.flatMap { account -> [Work] in
            var journey: AccountJourney?
            return history.accounts[Int(account.account)].facts.compactMap { fact -> Work? in
                let act = history.acts[Int(history.act[Int(fact)])]
                let (person, instant) = (history.person[Int(fact)], history.at(Int(fact)))
                guard act.kind == .touch, person >= 0, isInWindow(instant), words.isOutward(act, history) else {
                    return nil
                }
                let subject = Subject(at: instant, person: person, owner: act.actor)
                guard isChosen(subject) else { return nil }
                let known = journey ?? AccountJourney(account, steps, world)
                journey = known
                return Work(
                    account: account.account, person: person, actor: act.actor, isByHand: words.isOurs(act, history),
                    instant: instant, leader: known.leader(of: person, at: instant, steps), fact: fact,
                    subject: subject)
            }
        }
    }

    /// Each team's work by hand, and what machines sent.
    fileprivate func workSection(_ work: [Work]) -> ReportSection {
        let company = company
        let table = Tabulation(
            work,
            listing: [
                Listed("who", "who", .text) { .text(company.personName($0.person)) },
                Listed("account", "account", .text) { .text(company.accountName($0.account)) },
                Listed("by", "by", .text) { .text(company.repName($0.actor)) },
                Listed("by_hand", "by hand", .flag) { .flag($0.isByHand) },
                Listed("instant", "when", .instant) { .instant($0.instant) },
                Listed("leader", "led by", .text) { .text($0.leader.rawValue) },
                Listed("out", "out of step", .flag) { .flag($0.isOutOfStep) },
                Listed("fact", "fact", .fact) { company.fact($0.fact) },
            ])
        let measures: [Measure<Work>] = [
            .count("done", "done"), .count("out", "out of step") { $0.isOutOfStep },
            .share("share", "share out of step", { $0.isOutOfStep }),
        ]
        let names = work.map { one in
            one.isByHand
                ? company.text(company.team(of: one.subject), none: "of no team") : "sent by machines"
        }
        let groups = Dictionary(grouping: table.all) { names[Int($0)] }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { (name: $0.key, members: $0.value) }
        return table.section("work", "Work in and out of step", rowsAre: "team", groups: groups, measures)
    }
}
