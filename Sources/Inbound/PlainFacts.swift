public import Journal
public import Vocabulary

/// Facts as the journal exports them, for whoever wants to say exactly what is meant:
///
///     {"object": "deal", "id": "77", "kind": "deal won", "occurred": "2026-02-02T08:00:00.000Z",
///      "persons": ["email:ann@acme.example"], "properties": {"amount": {"money": "900.00 EUR"}}}
public enum PlainFacts {
    /// One fact, or a list of them.
    public static func delivery(of document: JSON, from sender: Sender, received: Instant) -> Delivery {
        var delivery = Delivery()
        if case .array(let facts) = document {
            for (place, json) in facts.enumerated() { add(json, at: "/\(place)", to: &delivery, sender, received) }
        } else {
            add(document, at: "", to: &delivery, sender, received)
        }
        return delivery
    }

    private static func add(
        _ json: JSON, at pointer: String, to delivery: inout Delivery, _ sender: Sender, _ received: Instant
    ) {
        delivery.add(at: pointer) { () throws(ItemFault) in
            [try PlainFact(json, sender: sender, received: received).fact()]
        }
    }

    /// The kinds that may be sent.
    public static var kinds: [FactKind] { FactKind.allCases.filter { !reserved.contains($0) } }

    /// What only the program itself may say, each by its own command.
    static let reserved: Set<FactKind> = [
        .erased, .counted, .agreementProposed, .agreementSigned, .agreementInForce, .decision,
    ]
}

private struct PlainFact {
    private let json: JSONObject
    private let sender: Sender
    private let received: Instant

    init(_ json: JSON, sender: Sender, received: Instant) throws(ItemFault) {
        guard case .object(let object) = json else {
            throw ItemFault("not-an-object", "it is no JSON object", remedy: "Send one object for each fact.")
        }
        guard object.byteCount <= InboundLimits.event else {
            throw ItemFault(
                "event-too-large", "it takes \(object.byteCount) bytes, and a fact may take \(InboundLimits.event)",
                remedy: "Leave out what the agreement does not ask for.")
        }
        (self.json, self.sender, self.received) = (object, sender, received)
    }

    func fact() throws(ItemFault) -> Fact {
        try checkMembers()
        let kind = try kind()
        let occurred = try SentTimes(
            received: received, timestamp: try SentTimes.instant(json["occurred"], at: "/occurred")
        ).occurred()
        return Fact(
            key: FactKey(
                source: try source(), object: try required("object"), id: Sender.keyed(try required("id")),
                aspect: try SegmentCall.identifier("aspect", in: json) ?? (kind == .activity ? "" : kind.word)),
            kind: kind, name: json.text("name") ?? "", occurred: occurred, known: received, recorded: received,
            persons: try identifiers("persons"), accounts: try identifiers("accounts"), actor: try actor(),
            properties: try properties())
    }

    private static let members: Set<String> = [
        "source", "object", "id", "aspect", "kind", "name", "occurred", "persons", "accounts", "actor", "properties",
    ]

    private func checkMembers() throws(ItemFault) {
        guard let stranger = json.members.first(where: { !PlainFact.members.contains($0.name) }) else { return }
        throw ItemFault(
            "unknown-member", at: "/\(stranger.name.pointerEscaped)", "a fact has no “\(stranger.name)”",
            remedy: "It has: \(PlainFact.members.sorted().joined(separator: ", ")).")
    }

    private func kind() throws(ItemFault) -> FactKind {
        guard let kind = json.text("kind").flatMap({ FactKind(word: $0) }), !PlainFacts.reserved.contains(kind) else {
            throw ItemFault(
                "unknown-kind", at: "/kind", "its kind is none that may be sent",
                remedy: "The kinds of facts are listed in docs/facts.md.")
        }
        return kind
    }

    /// A key sends facts of its own source only.
    private func source() throws(ItemFault) -> String {
        guard let stated = json.text("source"), stated != sender.source else { return sender.source }
        throw ItemFault(
            "other-source", at: "/source", "this key sends facts of “\(sender.source)”, not of “\(stated)”",
            remedy: "Leave “source” out, or use a key made for that source.")
    }

    private func required(_ name: String) throws(ItemFault) -> String {
        guard let text = try SegmentCall.identifier(name, in: json) else {
            throw ItemFault(
                "missing", at: "/\(name)", "a fact must have “\(name)”",
                remedy: "Object and id name the thing in your system, so that the same fact sent again is known.")
        }
        return text
    }

    private func identifiers(_ name: String) throws(ItemFault) -> [Identifier] {
        guard let list = json[name] else { return [] }
        guard case .array(let items) = list else {
            throw ItemFault(
                "not-a-list", at: "/\(name)", "“\(name)” is no list", remedy: #"Send ["email:ann@acme.example"]."#)
        }
        var identifiers: [Identifier] = []
        for (place, item) in items.enumerated() { identifiers.append(try identifier(item, "/\(name)/\(place)")) }
        return identifiers
    }

    private func actor() throws(ItemFault) -> Identifier? {
        guard let actor = json["actor"] else { return nil }
        return try identifier(actor, "/actor")
    }

    private func identifier(_ json: JSON, _ pointer: String) throws(ItemFault) -> Identifier {
        guard let text = json.plainText, var identifier = Identifier(text: text), identifier.commitment == nil else {
            throw ItemFault(
                "not-an-identifier", at: pointer, "it is no identifier",
                remedy: "Write email:ann@acme.example, record:crm/contact/501, anonymous:web/v1 or domain:acme.example."
            )
        }
        if identifier.scheme == .email {
            guard let normal = EmailText.normal(identifier.value) else {
                throw ItemFault(
                    "not-an-email", at: pointer, "it is no e-mail address", remedy: "Write email:ann@acme.example.")
            }
            identifier = .email(normal)
        }
        return identifier
    }

    // MARK: Values

    private func properties() throws(ItemFault) -> [Property] {
        guard let member = json["properties"] else { return [] }
        guard case .object(let object) = member else {
            throw ItemFault(
                "not-an-object", at: "/properties", "“properties” is no object", remedy: #"Send {"stage": "won"}."#)
        }
        guard object.members.count <= InboundLimits.properties else {
            throw ItemFault(
                "too-many-values", at: "/properties", "it has more than \(InboundLimits.properties) values",
                remedy: "Send what the agreement asks for, and leave the rest where it is.")
        }
        var properties: [Property] = []
        for member in object.members {
            properties.append(Property(member.name, try value(member.value, member.name)))
        }
        return properties
    }

    private func value(_ json: JSON, _ name: String) throws(ItemFault) -> Value {
        switch json {
        case .null: return .cleared
        case .flag(let flag): return .flag(flag)
        case .number(let written): return Value(number: written)
        case .string(let text):
            return PersonalNames.holds(name, ofPerson: false) ? Value(personal: text) : .text(text)
        case .array(let items):
            let texts = items.compactMap(\.plainText)
            if texts.count == items.count { return .list(texts) }
        case .object(let object):
            if object.members.count == 1, object.members[0].name != "erased",
                case .string(let text) = object.members[0].value,
                let value = Value(tag: object.members[0].name, text)
            {
                return value
            }
        }
        throw ItemFault(
            "not-a-value", at: "/properties/\(name.pointerEscaped)", "“\(name)” is no value a fact can have",
            remedy:
                #"Write a text, a number, true, null, a list of texts, {"money": "12.50 EUR"}, {"date": "2026-02-02"}"#
                + #", {"instant": "2026-02-02T08:00:00.000Z"} or {"personal": "Ann"}."#)
    }
}

extension String {
    /// As a part of a JSON pointer.
    var pointerEscaped: String {
        reduce(into: "") { text, character in
            switch character {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.append(character)
            }
        }
    }
}
