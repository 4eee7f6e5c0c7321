import Answers
import ArgumentParser
import Journal
import StoreSQLite
import Vocabulary

struct ShowValues: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "values", abstract: "Show a record's values, now or as they were known then.",
        discussion: """
              interlock journal values crm/contact/501
              interlock journal values crm/contact/501 --as-of 2026-03-01
              interlock journal values --person email:ann@acme.example
            """)

    @OptionGroup var journal: JournalOption
    @Argument(help: "The record: source/object/id.") var record: RecordName?
    @Option(help: "All records of this person: email:ann@acme.example.") var person: Identifier?
    @Option(help: "As the source knew them at this instant.") var asOf: Instant?
    @Flag(help: "Show every change, not only the last.") var changes = false
    @Flag(help: "Show personal values.") var personal = false
    @Flag(help: "Print them as JSON, one object a line.") var json = false

    func validate() throws {
        guard (record == nil) != (person == nil) else {
            throw ValidationError("name one record like crm/contact/501, or a person with --person")
        }
    }

    func run() throws {
        try reportingTrouble {
            let store = try journal.open()
            let records = try record.map { [$0] } ?? recordsOfPerson(in: store)
            let shown = try records.map { (name: $0, history: try history(of: $0, in: store)) }
                .filter { !$0.history.changes.isEmpty || !$0.history.turns.isEmpty }
            guard !shown.isEmpty else {
                throw Trouble(
                    "the journal says nothing about \(record?.text ?? person!.text)\(asOf.map { " by \($0)" } ?? "")",
                    remedy: "`interlock journal list` shows what it holds.")
            }
            for (name, history) in shown { show(name, history) }
        }
    }

    private func recordsOfPerson(in store: SQLiteJournal) throws -> [RecordName] {
        var filter = FactFilter()
        filter.kinds = [.observed, .fieldChanged]
        filter.person = person
        var search = FactSearch(filter, in: store)
        var keys: Set<FactKey> = []
        while let found = try search.next() {
            for fact in found.map(\.revealed.key) {
                keys.insert(FactKey(source: fact.source, object: fact.object, id: fact.id))
            }
        }
        return keys.sorted().map { RecordName(of: $0) }
    }

    private func history(of record: RecordName, in store: SQLiteJournal) throws -> RecordHistory {
        var values = PersonalValues(store)
        let stored = try store.stored(source: record.source, object: record.object, id: record.id)
        return RecordHistory(try stored.map { try values.reveal($0) }, knownBy: asOf)
    }

    private func show(_ record: RecordName, _ history: RecordHistory) {
        let instant = asOf ?? .latest
        let shown = changes ? history.changes.filter { $0.occurred <= instant } : history.values(at: instant)
        if json { return print(line(record, history.standing(at: instant), shown)) }
        print(record.text + history.standing(at: instant).suffix)
        let rows = shown.map { change in
            ["  " + change.field, text(change.value), "since " + change.occurred.description]
        }
        if !rows.isEmpty { print(TextTable(rows: rows).text) }
    }

    private func text(_ value: Value) -> String { ValueInWords(showsPersonal: personal).text(value) }

    private func line(_ record: RecordName, _ standing: RecordHistory.Standing, _ shown: [RecordHistory.Change])
        -> String
    {
        var json = JSONText()
        json.object { json in
            json.member("source", record.source)
            json.member("object", record.object)
            json.member("id", record.id)
            json.member("standing", standing.word)
            json.member("values")
            json.array { json in
                for change in shown {
                    json.object { json in
                        json.member("field", change.field)
                        json.member("value")
                        write(change.value, to: &json)
                        json.member("since", change.occurred.fixedWidthText)
                        json.member("known", change.known.fixedWidthText)
                        json.member("seq", change.sequence)
                    }
                }
            }
        }
        return json.text
    }

    private func write(_ value: Value, to json: inout JSONText) {
        if !personal, case .personal = value {
            json.object { $0.member("personal", ValueInWords.hidden) }
        } else {
            json.write(value)
        }
    }
}

extension RecordHistory.Standing {
    var word: String {
        switch self {
        case .present: "present"
        case .archived: "archived"
        case .deleted: "deleted"
        case .mergedAway(let record): "merged" + (record.map { " into \($0)" } ?? "")
        }
    }

    fileprivate var suffix: String { self == .present ? "" : " (\(word))" }
}
