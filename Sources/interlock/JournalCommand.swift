import Answers
import ArgumentParser
import Importing
import Journal
import StoreSQLite

struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Look into the journal, prove it, carry it elsewhere, erase a person from it.",
        discussion: """
            The journal is a folder; every fact ever taken in stands in it, in order, and is never changed.

              interlock journal list --person email:ann@acme.example
              interlock journal values crm/contact/501 --as-of 2026-03-01
              interlock journal verify --head "$(cat head.txt)"
              interlock journal export --to journal.ndjson
            """,
        subcommands: [
            ListFacts.self, CountFacts.self, ShowValues.self, VerifyJournal.self, PrintHead.self, ExportJournal.self,
            RestoreJournal.self, ErasePeople.self, SweepJournal.self,
        ],
        defaultSubcommand: ListFacts.self)
}

struct CountFacts: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "counts", abstract: "How many facts there are of each source, object and kind.")

    @OptionGroup var journal: JournalOption
    @Flag(help: "Print them as JSON, one object a line.") var json = false

    func run() throws {
        try reportingTrouble {
            let counts = try journal.open().counts()
            if json { return counts.forEach { print(line($0)) } }
            let total = counts.reduce(0) { $0 + $1.facts }
            let rows = counts.map { [grouped(Int($0.facts)), $0.source, $0.object, $0.kind.word] }
            print(TextTable(rows: rows + [[grouped(Int(total)), "facts in all"]], rightAligned: [0]).text)
        }
    }

    private func line(_ count: FactCount) -> String {
        var json = JSONText()
        json.object { json in
            json.member("source", count.source)
            json.member("object", count.object)
            json.member("kind", count.kind.word)
            json.member("facts", count.facts)
        }
        return json.text
    }
}

struct SweepJournal: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep", abstract: "Remove personal values that a crash left behind without a fact.",
        discussion: """
            Personal values are written before the facts that need them, so a crash between the two leaves values nobody \
            refers to. The import that was interrupted takes them up when it is run again; what then still lies about goes \
            here. Nothing that a fact needs is touched.
            """)

    @OptionGroup var journal: JournalOption

    func run() throws {
        try reportingTrouble {
            let swept = try journal.open().sweep()
            print(
                "Removed \(grouped(Int(swept.people))) people and \(grouped(Int(swept.values))) values without a fact.")
        }
    }
}
