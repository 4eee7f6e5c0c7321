import Answers
import ArgumentParser
import Foundation
import Journal
import StoreSQLite
import Vocabulary

struct ListFacts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show facts in the order in which they came.",
        discussion: """
            Each line says when it occurred, what kind of fact it is, whom it concerns, and what it says. Personal values \
            are hidden unless --personal asks for them.
            """)

    @OptionGroup var journal: JournalOption
    @Option(help: "Only facts of this kind; may be given several times.") var kind: [FactKind] = []
    @Option(help: "Only facts of this source.") var source: String?
    @Option(help: "Only facts about this object of a source.") var object: String?
    @Option(help: "Only facts about this person: email:ann@acme.example, record:crm/contact/501.")
    var person: Identifier?
    @Option(help: "Only facts about this account: domain:acme.example.") var account: Identifier?
    @Option(help: "Only facts that occurred at this instant or later.") var since: Instant?
    @Option(help: "Only facts that occurred before this instant.") var until: Instant?
    @Option(help: "Only facts their source held by this instant.") var knownBy: Instant?
    @Option(help: "Only facts after this number.") var after: Int64 = 0
    @Option(help: "At most this many.") var limit: Int?
    @Flag(help: "Show personal values.") var personal = false
    @Flag(help: "Print them as JSON, one object a line.") var json = false
    @Flag(help: "Go on showing facts as they come.") var follow = false

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is at least 1") }
        if after < 0 { throw ValidationError("--after is a fact's number: 0 or more") }
    }

    func run() async throws {
        try await reportingTrouble {
            var search = FactSearch(filter, in: try journal.open(), after: after)
            var left = limit ?? .max
            repeat {
                while left > 0, let found = try search.next() {
                    show(found.prefix(left))
                    left -= min(left, found.count)
                }
                guard follow, left > 0 else { break }
                fflush(nil)
                try await Task.sleep(for: .milliseconds(250))
            } while true
        }
    }

    private var filter: FactFilter {
        var filter = FactFilter()
        (filter.kinds, filter.source, filter.object) = (Set(kind), source, object)
        (filter.person, filter.account) = (person, account)
        (filter.since, filter.until, filter.knownBy) = (since, until, knownBy)
        return filter
    }

    private func show(_ found: ArraySlice<FactSearch.Found>) {
        guard !found.isEmpty else { return }
        if json { return found.forEach { print(line($0)) } }
        let rows = found.map { found in
            ["\(found.stored.sequence)"] + FactInWords(found.revealed, showsPersonal: personal).row
        }
        print(TextTable(rows: rows, rightAligned: [0]).text)
    }

    /// Without --personal a personal value is the commitment that stands for it.
    private func line(_ found: FactSearch.Found) -> String {
        let hidden = try? found.stored.lifted { _ in nil }.fact
        var json = JSONText()
        json.object { $0.write(personal ? found.revealed : hidden ?? found.revealed, found.stored.sequence) }
        return json.text
    }
}
