import Answers
import ArgumentParser
import Foundation
import Importing
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
            let names = try namesInRejects(people, in: store)
            guard !people.isEmpty else { return try eraseRejectsOnly(names, in: store) }
            try confirm(people, in: store)
            let subjects = Set(people.map(\.subject)).sorted()
            let rejects = try store.eraseRejects(naming: names)
            let destroyed = try store.erase(subjects, at: .now)
            print(
                "Destroyed \(grouped(destroyed)) values, \(grouped(people.count)) keys and \(grouped(rejects)) rejected "
                    + "rows. The facts stay, and name nobody.\nHead: \(try store.head().text)")
        }
    }

    /// What the person may stand under in rejected rows: the identifiers given, and the addresses and numbers known.
    private func namesInRejects(_ people: [PersonRecord], in store: SQLiteJournal) throws -> [String] {
        let known = try people.flatMap { try store.values(ofPerson: $0.person).values }
        let telling = known.filter { $0.contains("@") || $0.count(where: \.isNumber) >= 7 }
        return person.filter { $0.scheme.isPersonal }.map(\.value) + telling
    }

    private func eraseRejectsOnly(_ names: [String], in store: SQLiteJournal) throws {
        let rejects = try store.eraseRejects(naming: names)
        // Until then the log beside the file still holds what was deleted from it.
        try store.checkpoint()
        print("The journal holds no personal values of this person. \(grouped(rejects)) rejected rows were destroyed.")
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
