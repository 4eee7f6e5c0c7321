internal import Agreement
internal import Engine
internal import Journal
internal import Vocabulary

/// Something that happened with one person or account.
struct TimelineEntry: Hashable, Sendable {
    let instant: Instant
    let person: Int32
    let what: String
    /// A rep, a text; −1: nobody of ours.
    let by: Int32
    /// The step of the journey it belongs to; empty: none.
    let step: String
    let fact: Int32
}

extension Inquiry {
    /// Touches, activities, meetings, verdicts, moves, owners and deals of a person or an account, in order.
    func timeline(of who: String, _ steps: JourneySteps) throws(ReportProblem) -> [TimelineEntry] {
        guard let (account, person) = find(who) else {
            throw ReportProblem(
                "unknown-person", "nobody is known as “\(who)”",
                remedy:
                    "Give a name as the records of a report show it, such as record:hubspot/contact/101, or the id alone."
            )
        }
        let entries =
            facts(account, person, steps) + moves(account, person) + owners(account, person)
            + deals(account, person, steps)
        // At one instant what was done comes before what it led to.
        return entries.enumerated().filter { isInWindow($0.element.instant) }
            .sorted { ($0.element.instant, $0.offset) < ($1.element.instant, $1.offset) }.map(\.element)
    }

    /// An account, and one person of it, where the name is a person's. An id that several have is nobody's.
    private func find(_ who: String) -> (account: Int32, person: Int32?)? {
        let history = world.history
        func isNamed(_ text: Int32) -> Bool {
            let name = history.texts[text]
            return name == who || name.hasSuffix("/" + who) || name.hasSuffix(":" + who)
        }
        let persons = history.persons.indices.filter { isNamed(history.persons[$0].name) }
        let exact = persons.filter { history.texts[history.persons[$0].name] == who }
        if let person = exact.first ?? (persons.count == 1 ? persons[0] : nil) {
            return (history.persons[person].account, Int32(person))
        }
        let accounts = history.accounts.indices.filter { index in
            isNamed(history.accounts[index].name) || history.accounts[index].identifiers.contains(where: isNamed)
        }
        return accounts.count == 1 ? (Int32(accounts[0]), nil) : nil
    }

    private func facts(_ account: Int32, _ person: Int32?, _ steps: JourneySteps) -> [TimelineEntry] {
        let history = world.history
        return history.accounts[Int(account)].facts.compactMap { fact -> TimelineEntry? in
            let act = history.acts[Int(history.act[Int(fact)])]
            let whose = history.person[Int(fact)]
            guard whose >= 0, person.map({ $0 == whose }) ?? true, history.at(Int(fact)) <= world.until else {
                return nil
            }
            switch act.kind.family {
            case .activity, .touch, .meeting, .verdict, .consent, .customer, .heard: break
            default: return nil
            }
            let names = steps.activities(in: fact)
            return TimelineEntry(
                instant: history.at(Int(fact)), person: whose, what: words(act, names), by: act.actor,
                step: steps.step(of: fact).map { steps.steps[$0].name } ?? "", fact: fact)
        }
    }

    /// `touch: call (call)`, `activity: Whitepaper (whitepaper)`.
    private func words(_ act: Act, _ activities: [String]) -> String {
        let history = world.history
        var said = act.name >= 0 ? history.texts[act.name] : ""
        if act.kind == .touch, let channel = history.texts.number(of: "channel"),
            let property = history.properties.property(channel, of: act.properties), property.kind == .text
        {
            said = history.texts[Int32(property.bits)]
        }
        let means = activities.isEmpty ? "" : " (\(activities.joined(separator: ", ")))"
        return act.kind.word + (said.isEmpty ? "" : ": \(said)") + means
    }

    private func moves(_ account: Int32, _ person: Int32?) -> [TimelineEntry] {
        outcome.accounts[Int(account)].moves.compactMap { move in
            guard person.map({ $0 == move.person }) ?? true else { return nil }
            let program = world.versions[Int(move.version)].program
            let name =
                move.change == .wentAway
                ? program.names[Int(program.detours[Int(move.stage)].name)]
                : company.stageName(move.stage, move.version)
            let clause = company.address(of: move.clause, move.version)
            return TimelineEntry(
                instant: move.instant, person: move.person,
                what: "\(move.change.words) \(name)" + (clause.isEmpty ? "" : " by \(clause)"), by: -1, step: "",
                fact: move.fact)
        }
    }

    private func owners(_ account: Int32, _ person: Int32?) -> [TimelineEntry] {
        outcome.accounts[Int(account)].handOvers.flatMap { handOver -> [TimelineEntry] in
            guard person.map({ $0 == handOver.person }) ?? true else { return [] }
            return handOver.owners.map { owner in
                TimelineEntry(
                    instant: owner.since, person: handOver.person, what: "given to", by: owner.owner, step: "",
                    fact: owner.fact)
            }
        }
    }

    /// Of the account, or those that the person is on.
    private func deals(_ account: Int32, _ person: Int32?, _ steps: JourneySteps) -> [TimelineEntry] {
        outcome.accounts[Int(account)].deals.flatMap { deal -> [TimelineEntry] in
            guard person.map({ deal.persons.contains($0) || deal.credited == $0 }) ?? true else { return [] }
            return deal.changes.map { change in
                let activity = steps.activity(entering: change.stage)
                return TimelineEntry(
                    instant: change.instant, person: deal.credited,
                    what: "deal \(change.what), in \(company.text(change.stage))", by: change.owner,
                    step: activity?.step.map { steps.steps[$0].name } ?? "", fact: change.fact)
            }
        }
    }

    /// A row for each entry.
    func timelineSection(_ entries: [TimelineEntry]) -> ReportSection {
        let company = company
        let table = Tabulation(
            entries,
            listing: [
                Listed("instant", "when", .instant) { .instant($0.instant) },
                Listed("who", "who", .text) { $0.person < 0 ? .nothing : .text(company.personName($0.person)) },
                Listed("what", "what", .text) { .text($0.what) },
                Listed("by", "by", .text) { $0.by < 0 ? .nothing : .text(company.repName($0.by)) },
                Listed("step", "step", .text) { $0.step.isEmpty ? .nothing : .text($0.step) },
                Listed("fact", "fact", .fact) { company.fact($0.fact) },
            ])
        let rows = entries.indices.map { number in
            ReportRow(
                key: "entry-\(number + 1)", name: "\(number + 1)", isTotal: false,
                cells: table.list.rows[number].map { Cell($0, of: [Int32(number)], .statistic) })
        }
        return ReportSection(
            key: "timeline", title: "Timeline", rowsAre: "entry", columns: table.list.columns, rows: rows,
            records: table.list)
    }
}

extension Move.Change {
    fileprivate var words: String {
        switch self {
        case .skipped: "passed over"
        case .entered: "entered"
        case .imported: "imported as"
        case .alsoOnDeal: "also on the deal in"
        case .wentAway: "went into"
        case .returned: "came back to"
        case .expanded: "began an expansion from"
        }
    }
}
