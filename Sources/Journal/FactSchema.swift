internal import Vocabulary

/// The properties each kind of fact must have and may have, by version. `open` kinds take any others as well.
///
/// This is the one place that says so: intake checks mappings and facts against it, and the documentation prints it.
public struct FactSchema: Sendable {
    public enum Shape: Sendable {
        case text, number, money, instant, date, flag, list
        /// One of these words.
        case word([String])
        case anything
    }

    public struct Rule: Sendable {
        public var name: String
        public var shape: Shape
        public var required: Bool
        public var meaning: String
    }

    /// Whom a fact of the kind must concern.
    public enum Concern: Sendable {
        case person, personOrAccount, anyone, nobody
    }

    public var kind: FactKind
    public var version: UInt8
    /// What the name says, for kinds that need one.
    public var names: String?
    public var concerns: Concern
    public var open: Bool
    public var rules: [Rule]
}

extension FactKind {
    /// The form in which facts of this kind are written today.
    public var currentVersion: UInt8 { 1 }

    public var schema: FactSchema { FactKind.schemas[Int(rawValue)]! }

    private static let schemas: [FactSchema?] = {
        var table = [FactSchema?](repeating: nil, count: 256)
        for kind in allCases {
            table[Int(kind.rawValue)] = kind.definition
        }
        return table
    }()

    private var definition: FactSchema {
        switch self {
        case .activity: schema(.person, names: "which activity", open: true)
        case .touch:
            schema(
                .personOrAccount, open: true,
                must("channel", .word(["call", "email", "meeting", "chat", "social", "letter", "other"]), "how"),
                must("direction", .word(["outward", "inward"]), "who turned to whom"),
                may("outcome", .text, "as the source words it"),
                may("automatic", .flag, "a sequence, list mail or robot did it; false when absent"))
        case .meetingBooked, .meetingHeld, .meetingMissed:
            schema(.personOrAccount, open: true, may("scheduled", .instant, "when it was or is to be"))
        case .observed: schema(.anyone, names: nil, open: true)
        case .fieldChanged:
            schema(.anyone, names: "which field", open: false, must("value", .anything, "its value from then on"))
        case .identified: schema(.person, open: false)
        case .merged, .unmerged: schema(.person, open: false, may("by", .text, "who decided"))
        case .owned: schema(.anyone, open: false, may("role", .text, "in which role: owner, sdr, manager"))
        case .accepted:
            schema(
                .person, open: false, may("mark", .number, "quality, higher is better"), may("note", .text, "in words"))
        case .rejected, .recycled, .disqualified:
            schema(.person, open: false, may("reason", .text, "from the agreed list"), may("note", .text, "in words"))
        case .disputed:
            schema(
                .person, open: false, may("note", .text, "in words"),
                may("on_behalf_of", .text, "the head of the side that disputes, where somebody else speaks for them"))
        case .ruled:
            schema(
                .person, open: false, must("ruling", .word(["upheld", "overturned"]), "what the arbiter decided"),
                may("note", .text, "in words"),
                may("on_behalf_of", .text, "the arbiter, where somebody else rules for them"))
        case .dealOpened, .dealChanged, .dealWon, .dealLost, .dealReopened: dealSchema
        case .customerStarted, .customerLost:
            schema(
                .anyone, open: false, may("value", .money, "a year's revenue"), may("reason", .text, "why"),
                may("competitor", .text, "to whom"))
        case .consentGiven, .consentWithdrawn, .consentObjected:
            schema(
                .person, open: false, must("purpose", .text, "what for: marketing_email; `all` for every purpose"),
                may("channel", .text, "email, phone, letter"), may("basis", .text, "the legal ground"),
                may("proof", .text, "where it can be looked up"), may("expires", .instant, "until when it holds"))
        case .deleted, .archived, .restored: schema(.anyone, open: false, may("reason", .text, "as the source says"))
        case .mergedAway: schema(.anyone, open: false, may("into", .text, "the record that remains"))
        case .erased: schema(.anyone, open: false, must("values", .number, "how many personal values were destroyed"))
        case .counted:
            schema(
                .nobody, open: false, must("records", .number, "how many the list held"),
                must("digest", .text, "of the ids in order"))
        case .measure:
            schema(.nobody, names: "what is counted or summed", open: true, must("amount", .anything, "how much"))
        case .heard: schema(.personOrAccount, open: false, must("note", .text, "the question or concern"))
        case .requested:
            schema(
                .anyone, open: true, must("to", .text, "the side asked"), must("what", .text, "asked for"),
                may("request", .text, "its name, which the answer gives; the id of the key where there is none"),
                may("kind", .text, "material, a campaign, a data fix"))
        case .requestAnswered:
            schema(
                .anyone, open: true, must("verdict", .text, "done, declined or unclear"),
                may("request", .text, "the name of the request"), may("note", .text, "in words"))
        case .company: schema(.nobody, names: "what is stated: roster, quota, absence, target, rate", open: true)
        case .agreementProposed:
            schema(
                .nobody, open: true, must("digest", .text, "of the signed text"),
                may("file", .text, "the name of the agreement's file"),
                may("text", .text, "SHA-256 of its text, which is a fact of its own: agreement text"),
                may("beside", .list, "the names of the files that it includes"),
                may("beside_texts", .list, "SHA-256 of their texts, in the same order"))
        case .agreementSigned:
            schema(
                .nobody, open: true, must("digest", .text, "of the signed text"), must("side", .text, "for which side"),
                may("on_behalf_of", .text, "the head of the side, where somebody else signs for them"),
                may("signature", .text, "of the statement, Ed25519 in hexadecimal"))
        case .agreementInForce:
            schema(
                .nobody, open: true, must("digest", .text, "of the signed text"),
                may("signed", .list, "who signed it, side by side"))
        case .decision: schema(.anyone, names: "what was decided", open: true)
        }
    }

    private var dealSchema: FactSchema {
        schema(
            .anyone, open: true, may("pipeline", .text, "in the CRM's words"),
            may("stage", .text, "in the CRM's words"),
            may("amount", .money, "what it is worth"), may("close_date", .date, "when it is expected to close"),
            may("kind", .text, "new, expansion or renewal, or the CRM's words"),
            may("competitor", .text, "against whom or lost to whom"), may("reason", .text, "why won or lost"))
    }

    private func schema(
        _ concerns: FactSchema.Concern, names: String? = nil, open: Bool, _ rules: FactSchema.Rule...
    ) -> FactSchema {
        FactSchema(
            kind: self, version: currentVersion, names: names, concerns: concerns, open: open, rules: rules)
    }

    private func must(_ name: String, _ shape: FactSchema.Shape, _ meaning: String) -> FactSchema.Rule {
        FactSchema.Rule(name: name, shape: shape, required: true, meaning: meaning)
    }

    private func may(_ name: String, _ shape: FactSchema.Shape, _ meaning: String) -> FactSchema.Rule {
        FactSchema.Rule(name: name, shape: shape, required: false, meaning: meaning)
    }
}

extension FactSchema.Shape {
    /// Whether a value fits. A personal text fits where text does; `cleared` fits everywhere.
    public func takes(_ value: Value) -> Bool {
        switch (self, value) {
        case (_, .cleared), (.anything, _), (.text, .text), (.text, .personal), (.number, .number), (.money, .money),
            (.instant, .instant), (.date, .date), (.flag, .flag), (.list, .list):
            true
        case (.word(let words), .text(let text)): words.contains(text)
        default: false
        }
    }

    public var words: String {
        switch self {
        case .text: "text"
        case .number: "a number"
        case .money: "an amount of money"
        case .instant: "an instant"
        case .date: "a date"
        case .flag: "true or false"
        case .list: "a list"
        case .word(let words): "one of " + words.joined(separator: ", ")
        case .anything: "any value"
        }
    }
}

/// Why a fact is not what its kind says it is.
public enum FactProblem: Error, Equatable, Sendable {
    case noName(FactKind)
    case concernsNobody(FactKind)
    case missing(property: String, FactKind)
    case unexpected(property: String, FactKind)
    case misshapen(property: String, FactKind, wants: String)
    case outOfRange(String)
    case emptyKey(String)
    case controlCharacter(String)
    case unreadableIdentifier(String)

    public var sentence: String {
        switch self {
        case .noName(let kind): "a fact of kind “\(kind.word)” must say \(kind.schema.names ?? "its name")"
        case .concernsNobody(let kind): "a fact of kind “\(kind.word)” must name whom it concerns"
        case .missing(let property, let kind): "a fact of kind “\(kind.word)” must have “\(property)”"
        case .unexpected(let property, let kind): "a fact of kind “\(kind.word)” has no “\(property)”"
        case .misshapen(let property, let kind, let wants): "“\(property)” of “\(kind.word)” must be \(wants)"
        case .outOfRange(let what): "\(what) is not between the years 1 and 9999"
        case .emptyKey(let part): "the \(part) of the key is empty"
        case .controlCharacter(let part): "the \(part) of the key holds a control character"
        case .unreadableIdentifier(let text): "“\(text)” is not scheme:value with a value and the scheme's namespace"
        }
    }
}

extension Fact {
    /// Everything that is wrong with it; empty for a fact that a journal may take.
    public var problems: [FactProblem] {
        formProblems + concernProblems + propertyProblems
    }

    /// What no journal could keep and export again, whatever the kind says.
    var formProblems: [FactProblem] { keyProblems + timeProblems + identifierProblems }

    /// Identifiers that would not read back from their text.
    private var identifierProblems: [FactProblem] {
        (persons + accounts + [actor].compactMap { $0 })
            .filter { Identifier(text: $0.text) != $0 }
            .map { .unreadableIdentifier($0.text) }
    }

    private var keyProblems: [FactProblem] {
        let parts = [("source", key.source), ("object", key.object), ("id", key.id), ("aspect", key.aspect)]
        return parts.flatMap { part, text -> [FactProblem] in
            if text.isEmpty, part != "aspect" { return [.emptyKey(part)] }
            return text.utf8.contains { $0 < 0x20 } ? [.controlCharacter(part)] : []
        }
    }

    private var timeProblems: [FactProblem] {
        let stated = properties.compactMap { property -> (String, Instant)? in
            switch property.value {
            case .instant(let instant): (property.name, instant)
            case .date(let date): (property.name, Instant(midnightOf: date))
            default: nil
            }
        }
        return ([("occurred", occurred), ("known", known), ("recorded", recorded)] + stated)
            .compactMap { name, instant in
                (Instant.earliest...Instant.latest).contains(instant) ? nil : .outOfRange(name)
            }
    }

    private var concernProblems: [FactProblem] {
        let schema = kind.schema
        let satisfied =
            switch schema.concerns {
            case .person: !persons.isEmpty
            case .personOrAccount: !(persons.isEmpty && accounts.isEmpty)
            case .anyone, .nobody: true
            }
        return (satisfied ? [] : [.concernsNobody(kind)])
            + (schema.names != nil && name.isEmpty ? [.noName(kind)] : [])
    }

    private var propertyProblems: [FactProblem] {
        let schema = kind.schema
        let missing = schema.rules.filter { $0.required && self[$0.name] == nil }
        return missing.map { .missing(property: $0.name, kind) }
            + properties.compactMap { property in
                guard let rule = schema.rules.first(where: { $0.name == property.name }) else {
                    return schema.open ? nil : .unexpected(property: property.name, kind)
                }
                return rule.shape.takes(property.value)
                    ? nil : .misshapen(property: property.name, kind, wants: rule.shape.words)
            }
    }
}
