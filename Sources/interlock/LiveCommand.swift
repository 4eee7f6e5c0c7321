import Answers
import ArgumentParser
import Engine
import Foundation
import Journal
import StoreSQLite
import Vocabulary

/// `interlock live`: from when on the server assigns leads and tells people.
struct LiveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "live", abstract: "Begin or end assigning leads and telling people.",
        discussion: """
            interlock live begin --by revops@acme.example
            interlock live begin --by revops@acme.example --owners recorded
            interlock live end --by revops@acme.example
            interlock live status

            From then on the server gives what becomes ready to an owner by the rules of routing, writes that down, and tells \
            people. What was ready before is neither assigned nor told. With --owners recorded another system goes on \
            assigning leads, and Interlock only tells. It is a fact in the journal: it outlives restarts and names who said it.
            """,
        subcommands: [Begin.self, End.self, Status.self], defaultSubcommand: Status.self)

    enum Owners: String, CaseIterable, ExpressibleByArgument { case rules, recorded }

    struct Begin: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Assign and tell from now on.")

        @OptionGroup var journal: JournalOption
        @Option(help: ArgumentHelp("Who says so.", valueName: "address")) var by: String
        @Option(help: "Who gives leads to reps: rules (of routing, the default), or recorded (another system).")
        var owners = Owners.rules

        func validate() throws { try LiveCommand.checkAddress(by) }

        func run() throws {
            try reportingTrouble {
                let instant = Instant.now
                try LiveCommand.state(
                    [("state", .text("begun")), ("assigns", .flag(owners == .rules))], by, instant, journal)
                print(
                    owners == .rules
                        ? "From \(instant) on leads are assigned by the rules, and people are told."
                        : "From \(instant) on people are told; another system assigns leads.")
            }
        }
    }

    struct End: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Assign and tell no more.")

        @OptionGroup var journal: JournalOption
        @Option(help: ArgumentHelp("Who says so.", valueName: "address")) var by: String

        func validate() throws { try LiveCommand.checkAddress(by) }

        func run() throws {
            try reportingTrouble {
                let instant = Instant.now
                try LiveCommand.state([("state", .text("ended"))], by, instant, journal)
                print(
                    "From \(instant) on nothing is assigned and nobody is told. What waits in the outbox is cancelled.")
            }
        }
    }

    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say since when, and who said so.")

        @OptionGroup var journal: JournalOption

        func run() throws {
            try reportingTrouble {
                let store = try journal.open()
                let history = try Evaluation.history(of: store)
                let times = LiveTimes(history, until: .now)
                let last = history.company.last { $0.fact.name == LiveTimes.factName }
                let by = last.map { " (\($0.occurred), \($0.fact.actor?.value ?? "nobody named"))" } ?? ""
                if times.tells(of: .now) {
                    let assigns = times.assigning.contains { $0.contains(.now) }
                    print(
                        "People are told, and leads are assigned by \(assigns ? "the rules" : "another system")\(by).")
                } else {
                    print("Nobody is told, and nothing is assigned\(by).")
                }
            }
        }
    }

    private static func checkAddress(_ text: String) throws {
        guard text.contains("@") else {
            throw ValidationError("--by: “\(text)” is no address; write revops@acme.example")
        }
    }

    private static func state(
        _ properties: [(String, Value)], _ by: String, _ instant: Instant, _ journal: JournalOption
    ) throws {
        let store = try journal.open()
        let fact = Fact(
            key: FactKey(source: "interlock", object: "live", id: instant.fixedWidthText), kind: .company,
            name: LiveTimes.factName, occurred: instant, recorded: instant, actor: .email(by),
            properties: properties.map { Property($0.0, $0.1) })
        var batch = FactBatch()
        batch.append(fact)
        _ = try store.append(JournalGroup([batch]))
        try store.close()
    }
}
