import Agreement
import ArgumentParser
import Engine
import Findings
import Journal
import StoreSQLite
import Vocabulary

/// `interlock explain`: what happened to a person, and the clause behind each move.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "What became of a person, and the clause that decided each move.",
        discussion: """
            interlock explain email:ann@acme.example --agreement agreement.yaml

            One timeline over all systems: stages, hand-overs, verdicts and promises, each with the address of its clause and \
            the number of the fact behind it, and what the consent gate says for each purpose. Owners are those that the \
            systems recorded. The agreement is applied to the whole past as if it had always been in force.
            """)

    @OptionGroup var journal: JournalOption
    @Argument(help: "The person: email:ann@acme.example, record:crm/contact/501.") var person: Identifier
    @Option(help: ArgumentHelp("The agreement.", valueName: "file")) var agreement: String
    @Option(help: "As of this instant; now by default.") var at: Instant?

    func run() throws {
        try reportingTrouble {
            let store = try journal.open()
            let agreement = try AgreementFile(path: agreement).agreement()
            let evaluation = try Evaluation(of: store, under: agreement, until: at ?? .now)
            guard let person = try evaluation.person(person, in: store) else {
                throw Trouble(
                    "The journal has no fact about \(person.text).",
                    remedy:
                        "`interlock journal list --person \(person.text)` shows what it has; check how the person is named."
                )
            }
            print(Explanation(evaluation, person).text)
        }
    }
}

/// The timeline of one person in words.
struct Explanation {
    private struct Entry {
        let instant: Instant
        let order: Int
        let what: String
        let clause: String
        let fact: Int32
    }

    private let evaluation: Evaluation
    private let outcome: AccountOutcome
    private let person: Int32
    private var entries: [Entry] = []

    private var history: Engine.History { evaluation.world.history }
    private var program: Program { evaluation.world.versions[0].program }

    init(_ evaluation: Evaluation, _ person: Int32) {
        (self.evaluation, self.person) = (evaluation, person)
        outcome = evaluation.outcome(ofAccountOf: person)
        for move in outcome.moves where move.person == person { add(move) }
        for handOver in outcome.handOvers where handOver.person == person { add(handOver) }
        for clock in outcome.clocks where clock.person == person { add(clock) }
        for breach in outcome.breaches where breach.person == person {
            add(
                breach.instant, 9, "was contacted while the gate said no (\(breach.answer.why))", breach.answer.clause,
                breach.fact)
        }
    }

    var text: String {
        let rows = entries.sorted { ($0.instant, $0.order) < ($1.instant, $1.order) }.map { entry in
            [
                entry.instant.fixedWidthText, entry.what, entry.clause,
                entry.fact >= 0 ? "fact \(history.sequence[Int(entry.fact)])" : "by time",
            ]
        }
        let timeline = rows.isEmpty ? "Nothing has moved yet." : TextTable(rows: rows, rightAligned: []).text
        return [heading, timeline, gateText].joined(separator: "\n\n")
    }

    private var heading: String {
        let name = history.texts[history.persons[Int(person)].name]
        guard let standing = outcome.standings.first(where: { $0.person == person }) else { return name }
        var place = standing.stage < 0 ? "in no stage" : "at \(stage(standing.stage))"
        if standing.detour >= 0 { place = "in \(program.names[Int(program.detours[Int(standing.detour)].name)])" }
        let grade = standing.grade < 0 ? "" : ", grade \(program.names[Int(program.grades[Int(standing.grade)].name)])"
        return
            "\(name) is \(place), pass \(standing.pass): engagement \(standing.engagement), fit \(standing.fit)\(grade)."
    }

    private var gateText: String {
        let answers = gate(of: person, at: evaluation.world.until, in: evaluation.world)
        guard !answers.isEmpty else {
            return "The agreement names no purposes, so there is nothing the gate could be asked."
        }
        let rows = answers.map { entry in
            let word =
                entry.answer.isAllowed ? "allowed" : entry.answer.notBefore.map { "not before \($0.fixedWidthText)" }
            return [
                history.texts[entry.purpose], word ?? "denied", "\(entry.answer.why)", address(entry.answer.clause),
            ]
        }
        return "May be contacted:\n" + TextTable(rows: rows, rightAligned: []).text
    }

    private func stage(_ index: Int32) -> String { program.names[Int(program.stages[Int(index)].name)] }
    private func text(_ number: Int32) -> String { number < 0 ? "nobody" : history.texts[number] }

    private func address(_ clause: ClauseID) -> String {
        let clauses = evaluation.agreement.clauses
        guard clauses.indices.contains(Int(clause.index)) else { return "" }
        let entry = clauses[Int(clause.index)]
        return "\(entry.address) (\(entry.place.file):\(entry.place.line))"
    }

    private mutating func add(_ instant: Instant, _ order: Int, _ what: String, _ clause: ClauseID, _ fact: Int32) {
        entries.append(Entry(instant: instant, order: order, what: what, clause: address(clause), fact: fact))
    }

    private mutating func add(_ move: Move) {
        let what: String =
            switch move.change {
            case .skipped: "passed over \(stage(move.stage))"
            case .entered: "entered \(stage(move.stage))"
            case .imported: "entered \(stage(move.stage)), as an older system says"
            case .alsoOnDeal: "was named on a deal that is credited to somebody else"
            case .wentAway:
                "went to \(program.names[Int(program.detours[Int(move.stage)].name)])"
                    + (move.reason >= 0 ? ", \(text(move.reason))" : "")
            case .returned: "came back to \(stage(move.stage)), pass \(move.pass)"
            case .restored: "stands at \(stage(move.stage)) again"
            case .expanded: "began an expansion, pass \(move.pass)"
            }
        add(move.instant, move.change == .wentAway || move.change == .returned ? 1 : 2, what, move.clause, move.fact)
    }

    private mutating func add(_ handOver: HandOver) {
        let name = stage(handOver.stage)
        if handOver.ready == nil, handOver.hold != nil {
            add(handOver.entered, 3, "is held at \(name): \(held(handOver))", handOver.clause, handOver.fact)
        }
        if let ready = handOver.ready {
            add(ready, 3, "was ready to be handed over at \(name)", handOver.clause, handOver.readyFact)
        }
        for owner in handOver.owners {
            add(owner.since, 4, "went to \(text(owner.owner))", handOver.clause, owner.fact)
        }
        if let verdict = handOver.verdict {
            let how = verdict.manner == .spoken ? "by \(text(verdict.by))" : "by \(verdict.manner)"
            let reason = verdict.reason >= 0 ? ", \(text(verdict.reason))" : ""
            let word = verdict.isAccepted ? "accepted" : "rejected"
            add(verdict.instant, 0, "was \(word) \(how)\(reason)", handOver.clause, verdict.fact)
        }
    }

    private func held(_ handOver: HandOver) -> String {
        func names(_ fields: [Int32]) -> String {
            fields.map { program.names[Int(program.fields[Int($0)].name)] }.joined(separator: ", ") + " missing"
        }
        return switch handOver.hold {
        case .fields(let fields): names(fields)
        case .fieldsAndConsent(let fields): names(fields) + ", no consent"
        case .consent, nil: "no consent"
        }
    }

    private mutating func add(_ clock: Clock) {
        let clause = program.clocks[Int(clock.program)].clause
        let due = clock.due.map { ", due \($0.fixedWidthText)" } ?? ""
        add(clock.start, 5, "\(clock.promise) of \(text(clock.owner)) began\(due)", clause, noFact)
        if let missed = clock.missedAt {
            add(missed, 6, "\(clock.promise) of \(text(clock.owner)) was missed", clause, noFact)
        }
        guard let ended = clock.ended, clock.state == .met || clock.state == .metLate || clock.state == .withdrawn
        else { return }
        let word = clock.state == .met ? "was kept" : clock.state == .metLate ? "was kept late" : "was withdrawn"
        add(ended, 7, "\(clock.promise) of \(text(clock.owner)) \(word)", clause, clock.fact)
    }
}
