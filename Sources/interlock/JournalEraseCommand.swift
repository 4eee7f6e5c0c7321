import ArgumentParser
import Foundation
import Journal
import StoreSQLite
import Vocabulary

struct ErasePeople: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Destroy all personal values of a person, and the key to them.",
        discussion: """
            interlock journal erase --person email:ann@acme.example --person record:crm/contact/501

            Every fact stays, and the journal still verifies, but nothing in it names the person any more. This cannot be \
            undone. Exports and backups taken before still hold the values.
            """)

    @OptionGroup var journal: JournalOption
    @Option(help: "An identifier of the person; give all that are known.") var person: [Identifier] = []
    @Flag(help: "Do not ask.") var yes = false

    func validate() throws {
        if person.isEmpty { throw ValidationError("name the person: --person email:ann@acme.example") }
    }

    func run() throws {
        try reportingTrouble {
            let store = try journal.open()
            let people = try store.people(named: person)
            guard !people.isEmpty else { return print("The journal holds no personal values of this person.") }
            try confirm(people, in: store)
            let subjects = Set(people.map(\.subject)).sorted()
            let destroyed = try store.erase(subjects, at: .now)
            print(
                "Destroyed \(grouped(destroyed)) values and \(grouped(people.count)) keys. The facts stay, and name "
                    + "nobody.\nHead: \(try store.head().text)")
        }
    }

    private func confirm(_ people: [PersonRecord], in store: SQLiteJournal) throws {
        guard !yes else { return }
        guard isatty(STDIN_FILENO) != 0 else {
            throw ValidationError("an erasure cannot be undone; say --yes where nobody can be asked")
        }
        let values = try people.reduce(0) { try $0 + store.values(ofPerson: $1.person).count }
        for record in people { print("  \(record.subject.text)") }
        print(
            "\(grouped(values)) values under \(grouped(people.count)) keys will be destroyed for good. Type “erase”: ",
            terminator: "")
        fflush(nil)
        guard readLine() == "erase" else { throw Trouble("nothing was erased", remedy: "Type the word to go on.") }
    }
}
