internal import Hummingbird
internal import Journal
internal import Roles
internal import Vocabulary

/// The journal: how many facts of which kind, and the facts themselves, the newest first.
enum JournalPage {
    static let routes: [Route] = [
        Route(.get, "/journal", .seeJournal) { asked in
            let site = asked.site
            let (before, reveals) = (Int64(asked.query["before"]), asked.may(.seeLeads))
            let view = try await Blocking.run { try JournalView(site.journal, before: before, reveals: reveals) }
            return Layout.page("Journal", at: "/journal", asked, view.content)
        }
    ]
}

/// What one page of the journal shows.
private struct JournalView: Sendable {
    private let head: JournalHead
    private let counts: [FactCount]
    private let facts: [RecordedFact]
    private let reveals: Bool
    private static let length: Int64 = 50

    /// The facts before `sequence`; personal values only where whoever looks may see people.
    init(_ journal: any JournalStore, before sequence: Int64?, reveals: Bool) throws {
        head = try journal.head()
        counts = try journal.counts()
        self.reveals = reveals
        let end = min(sequence ?? .max, head.sequence + 1)
        let start = max(1, end - JournalView.length)
        let stored = end > start ? try journal.stored(after: start - 1, limit: Int(end - start)) : []
        var values = PersonalValues(journal)
        facts = try stored.reversed().map { fact in
            reveals ? try values.reveal(fact) : try fact.lifted { _ in nil }
        }
    }

    var content: HTML {
        guard head.sequence > 0 else {
            return
                "<p>Nothing was taken in yet. Import files with <code>interlock import</code>, or make a key and send.</p>"
        }
        return summary + list
    }

    private var summary: HTML {
        let rows = counts.html { count in
            """
            <tr><th scope="row">\(count.kind.word)</th><td>\(count.source)</td><td>\(count.object)</td>
            <td class="number">\(grouped(count.facts))</td></tr>
            """
        }
        return """
            <p>\(grouped(head.sequence)) facts. Head: <code>\(head.text)</code></p>
            <p class="soft">Write the head down where nobody can change it: then <code>interlock journal verify</code> proves
            that nothing is missing.</p>
            <h2>Kinds</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Kinds"><table><thead><tr><th scope="col">Kind</th><th scope="col">Source</th>
            <th scope="col">Object</th><th scope="col" class="number">Facts</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private var list: HTML {
        let rows = facts.html(row)
        let note: HTML =
            reveals ? "" : "<p class=\"soft\">Values that name a person are kept apart and not shown to your role.</p>"
        return """
            <h2>Facts</h2>\(note)
            <div class="scroll" tabindex="0" role="region" aria-label="Facts"><table><thead><tr><th scope="col" class="number">No.</th><th scope="col">Happened</th>
            <th scope="col">What</th><th scope="col">Whom it concerns</th><th scope="col">What it says</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>\(pages)
            """
    }

    private func row(_ recorded: RecordedFact) -> HTML {
        let fact = recorded.fact
        let name: HTML = fact.name.isEmpty ? "" : " “\(fact.name)”"
        let concerned = (fact.persons + fact.accounts).html { "<div><code>\(shown($0))</code></div>" }
        let values = fact.properties.html { "<dt>\($0.name)</dt><dd>\(shown($0.value))</dd>" }
        return """
            <tr><td class="number">\(recorded.sequence)</td><td>\(fact.occurred.shown)</td>
            <td>\(fact.kind.word)\(name)<div class="soft"><code>\(fact.key.text)</code></div></td>
            <td>\(concerned)</td><td><dl class="pairs">\(values)</dl></td></tr>
            """
    }

    private func shown(_ identifier: Identifier) -> String {
        identifier.commitment == nil ? identifier.text : "\(identifier.scheme.word), kept apart"
    }

    private func shown(_ value: Value) -> String {
        switch value {
        case .text(let text), .personal(.known(let text)): text
        case .personal(.erased): "kept apart"
        case .number(let number): number.description
        case .money(let money): money.description
        case .instant(let instant): instant.description
        case .date(let date): date.description
        case .flag(let flag): flag ? "yes" : "no"
        case .list(let items): items.joined(separator: ", ")
        case .cleared: "none"
        }
    }

    private var pages: HTML {
        guard let oldest = facts.last?.sequence, oldest > 1 else { return "" }
        return
            "<p class=\"pages\"><a href=\"/journal?before=\(oldest)\">Earlier facts</a><a href=\"/journal\">The newest</a></p>"
    }
}
