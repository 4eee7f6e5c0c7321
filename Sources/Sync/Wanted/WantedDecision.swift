public import Journal
public import Vocabulary

/// An owner that is to stand in the journal before anybody is told.
public struct WantedDecision: Hashable, Sendable {
    public enum Name: String, Hashable, Sendable {
        case handedOver = "handed over"
        case reassigned
    }

    /// The id of its fact.
    public var key: String
    public var name: Name
    public var person: Identifier
    public var stage: String
    /// The address of the owner.
    public var to: String
    /// Whether Interlock gives it to them; otherwise a system did, and it is only known that they were told.
    public var assigns: Bool
    /// As `OwnerRequest.Why` says it.
    public var why: String
    /// The rule of routing by its name; empty: a last resort, or none.
    public var rule: String
    public var clause: String
    /// The digest of the agreement's version.
    public var version: String
    /// The key of the first fact that it rests upon; empty: time alone.
    public var evidence: String
    public var ready: Instant
    public var isBurst: Bool
    /// Every rule that was tried, in order, with what it said.
    public var tried: [String]

    /// As the journal keeps it.
    public func fact(at instant: Instant, recorded: Instant) -> Fact {
        var properties = [
            Property("stage", .text(stage)), Property("to", .text(to)), Property("assigns", .flag(assigns)),
            Property("why", .text(why)), Property("clause", .text(clause)), Property("version", .text(version)),
            Property("ready", .instant(ready)), Property("burst", .flag(isBurst)),
        ]
        if !rule.isEmpty { properties.append(Property("rule", .text(rule))) }
        if !evidence.isEmpty { properties.append(Property("evidence", .text(evidence))) }
        if !tried.isEmpty { properties.append(Property("tried", .list(tried))) }
        return Fact(
            key: FactKey(source: SentFact.source, object: "decision", id: key), kind: .decision, name: name.rawValue,
            occurred: instant, recorded: recorded, persons: [person], properties: properties)
    }
}

/// That something was told, as the journal keeps it. It names the message, never what it said.
public struct SentFact: Hashable, Sendable {
    public static let source = "interlock"
    public static let object = "told"

    public var entry: OutboxEntry
    public var at: Instant
    /// Whom it was about; `nil`: nobody who is known any more.
    public var person: Identifier?

    public init(_ entry: OutboxEntry, at: Instant, about person: Identifier?) {
        (self.entry, self.at, self.person) = (entry, at, person)
    }

    public func fact(recorded: Instant) -> Fact {
        Fact(
            key: FactKey(source: SentFact.source, object: SentFact.object, id: entry.key, aspect: entry.message),
            kind: .decision, name: "told", occurred: at, recorded: recorded, persons: person.map { [$0] } ?? [],
            properties: [
                Property("what", .text(entry.kind)), Property("to", .text(entry.recipient)),
                Property("by", .text(entry.target)),
            ])
    }
}
