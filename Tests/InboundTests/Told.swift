import Inbound
import Journal
import Vocabulary

/// What a request became, one line for each fact and each fault, as a test reads it.
enum Told {
    static let received = instant("2026-02-02T08:00:00.000Z")
    static let sender = Sender(source: "web", userSource: "hubspot", userObject: "contact")

    static func instant(_ text: String) -> Instant { (try? Instant(text: text)) ?? Instant(milliseconds: 0) }

    static func segment(_ segment: Segment, _ json: String) throws -> [String] {
        try lines(segment.delivery(of: JSON(json.utf8), from: sender, received: received))
    }

    static func lines(_ delivery: Delivery) throws -> [String] {
        let facts = try facts(delivery).map(line)
        return facts + delivery.faults.map { "fault \($0.index) \($0.pointer) \($0.code)" }
    }

    static func facts(_ delivery: Delivery) throws -> [Fact] {
        let journal = MemoryJournal(makeKey: { PersonKey(drawing: { 7 }) })
        _ = try journal.append(JournalGroup([delivery.batch]))
        var values = PersonalValues(journal)
        return try journal.stored(after: 0, limit: 1000).map { try values.reveal($0).fact }
    }

    static func line(_ fact: Fact) -> String {
        var parts = [
            "\(fact.kind.word) \(fact.key.object)/\(fact.key.id)"
                + (fact.key.aspect.isEmpty ? "" : "#\(fact.key.aspect)")
        ]
        if !fact.name.isEmpty { parts.append("“\(fact.name)”") }
        parts.append("@\(fact.occurred.fixedWidthText)")
        parts += fact.persons.map { "person:\($0.text)" } + fact.accounts.map { "account:\($0.text)" }
        if let actor = fact.actor { parts.append("by:\(actor.text)") }
        return (parts + fact.properties.map { "\($0.name)=\(text($0.value))" }).joined(separator: " ")
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .text(let text): text
        case .personal(.known(let text)): "<\(text)>"
        case .personal(.erased): "erased"
        case .number(let number): "#\(number)"
        case .money(let money): money.description
        case .instant(let instant): instant.description
        case .date(let date): date.description
        case .flag(let flag): flag ? "yes" : "no"
        case .list(let items): "[\(items.joined(separator: ", "))]"
        case .cleared: "∅"
        }
    }
}
