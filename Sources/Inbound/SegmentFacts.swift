//  What a Segment call means
//
//      track     activity, named by its event                  object track
//      page      activity “page”; screen likewise              object page, screen
//      identify  identified: these ids are one person          object identify
//                observed: the traits, of the user's record    object user
//      group     observed: the traits, of the group's record   object group
//                observed: the user belongs to that group      object user
//      alias     identified: the earlier id is the same        object alias
//
//  Every key holds the messageId, so a call sent again changes nothing. A consent event also gives a fact of consent for
//  each category.

internal import Crypto
internal import Journal
internal import Vocabulary

struct SegmentFacts {
    let call: SegmentCall
    let sender: Sender
    /// The call's place in its request: tells apart calls that say the same, have no id and no time.
    let place: Int

    func facts() throws(ItemFault) -> [Fact] {
        switch call.kind {
        case .track: try track()
        case .page, .screen: [try view()]
        case .identify: try identify()
        case .group: try group()
        case .alias: [try alias()]
        }
    }

    // MARK: Calls

    private func track() throws(ItemFault) -> [Fact] {
        let event = try call.required("event")
        var properties = Properties(.ofEvent)
        try properties.add(call.body.object("properties"), under: "/properties")
        let activity = try fact(.activity, "track", name: event, properties)
        return event == SegmentFacts.consentEvent ? [activity] + (try consents()) : [activity]
    }

    private func view() throws(ItemFault) -> Fact {
        var properties = Properties(.ofEvent)
        try properties.add(call.body.object("properties"), under: "/properties")
        properties.add(call.kind.rawValue + "_name", call.body.text("name"))
        properties.add("category", call.body.text("category"))
        let page = call.context.object("page")
        for name in ["path", "title", "referrer", "url", "search"] { properties.add(name, page.text(name)) }
        let campaign = call.context.object("campaign")
        for (name, told) in SegmentFacts.campaignNames { properties.add(name, campaign.text(told)) }
        return try fact(.activity, call.kind.rawValue, name: call.kind.rawValue, properties)
    }

    private static let campaignNames = [
        ("utm_campaign", "name"), ("utm_source", "source"), ("utm_medium", "medium"), ("utm_term", "term"),
        ("utm_content", "content"),
    ]

    private func identify() throws(ItemFault) -> [Fact] {
        let identified = try fact(.identified, "identify", name: "", Properties(.ofEvent))
        return [identified] + (try traits(of: try subject(), persons: identified.persons))
    }

    private func group() throws(ItemFault) -> [Fact] {
        guard let groupID = try SegmentCall.identifier("groupId", in: call.body) else {
            throw ItemFault(
                "missing", at: "/groupId", "a call of type group must have “groupId”",
                remedy: "Send the id of the company in your system.")
        }
        let traits = call.body.object("traits")
        var properties = Properties(.ofRecord)
        try properties.add(traits, under: "/traits")
        let account = sender.group(groupID)
        let website = traits.text("website").flatMap(Domain.normal)
        let company = observed(
            "group", Sender.keyed(groupID), "traits",
            accounts: [account] + (website.map { [Identifier(.domain, $0)] } ?? []),
            properties: properties.all)
        let subject = try subject()
        let belongs = observed(
            subject.object, subject.id, "group", persons: try persons(), accounts: [account],
            properties: [Property("group", .text(groupID))])
        return [company, belongs]
    }

    /// The earlier id may be a visitor's or a user's; both are said to be this person.
    private func alias() throws(ItemFault) -> Fact {
        guard let previous = try SegmentCall.identifier("previousId", in: call.body) else {
            throw ItemFault(
                "missing", at: "/previousId", "a call of type alias must have “previousId”",
                remedy: "Send the id under which the person was known before.")
        }
        var fact = try fact(.identified, "alias", name: "", Properties(.ofEvent))
        for identifier in [sender.user(previous), sender.visitor(previous)] where !fact.persons.contains(identifier) {
            fact.persons.append(identifier)
        }
        return fact
    }

    // MARK: Traits

    private func traits(of subject: Subject, persons: [Identifier]) throws(ItemFault) -> [Fact] {
        var properties = Properties(.ofRecord, ofPerson: true)
        try properties.add(call.body.object("traits"), under: "/traits")
        guard !properties.all.isEmpty else { return [] }
        return [observed(subject.object, subject.id, "traits", persons: persons, properties: properties.all)]
    }

    /// The record that traits are said of: the user's, or the visitor's as long as nobody knows who it is.
    private struct Subject {
        var object: String
        var id: String
    }

    private func subject() throws(ItemFault) -> Subject {
        if let user = call.userID { return Subject(object: "user", id: Sender.keyed(user)) }
        guard let visitor = call.anonymousID else { throw nobody }
        return Subject(object: "visitor", id: Sender.keyed(visitor))
    }

    private func observed(
        _ object: String, _ id: String, _ aspect: String, persons: [Identifier] = [], accounts: [Identifier] = [],
        properties: [Property]
    ) -> Fact {
        Fact(
            key: FactKey(source: sender.source, object: object, id: id, aspect: aspect + "." + messageID),
            kind: .observed, occurred: call.occurred, known: call.received, recorded: call.received, persons: persons,
            accounts: accounts, properties: properties)
    }

    // MARK: Consent

    private static let consentEvent = "Segment Consent Preference Updated"

    private func consents() throws(ItemFault) -> [Fact] {
        let preferences = call.context.object("consent").object("categoryPreferences")
        guard !preferences.members.isEmpty else {
            throw ItemFault(
                "missing", at: "/context/consent/categoryPreferences", "it says nothing of any category",
                remedy: "Send for each category true or false.")
        }
        let persons = try persons()
        var facts: [Fact] = []
        for preference in preferences.members {
            guard case .flag(let isGiven) = preference.value else {
                throw ItemFault(
                    "not-a-flag", at: "/context/consent/categoryPreferences", "a category is neither true nor false",
                    remedy: "Send for each category true or false.")
            }
            facts.append(
                Fact(
                    key: FactKey(source: sender.source, object: "consent", id: messageID, aspect: preference.name),
                    kind: isGiven ? .consentGiven : .consentWithdrawn, occurred: call.occurred, known: call.received,
                    recorded: call.received, persons: persons,
                    properties: [
                        Property("purpose", .text(preference.name)), Property("proof", .text("Segment " + messageID)),
                    ]))
        }
        return facts
    }

    // MARK: Keys and persons

    private func fact(
        _ kind: FactKind, _ object: String, name: String, _ properties: Properties
    ) throws(ItemFault) -> Fact {
        let group = try SegmentCall.identifier("groupId", in: call.context)
        return Fact(
            key: FactKey(
                source: sender.source, object: object, id: messageID, aspect: kind == .activity ? "" : kind.word),
            kind: kind, name: name, occurred: call.occurred, known: call.received, recorded: call.received,
            persons: try persons(), accounts: group.map { [sender.group($0)] } ?? [], properties: properties.all)
    }

    /// The record, the address, the visitor: whom the call names, in the order in which a mapping of files names them.
    private func persons() throws(ItemFault) -> [Identifier] {
        var persons: [Identifier] = []
        if let user = call.userID { persons.append(sender.user(user)) }
        let email =
            call.body.object("traits").text("email") ?? call.context.object("traits").text("email")
        if let email = email.flatMap(EmailText.normal), call.kind != .group, !persons.contains(.email(email)) {
            persons.append(.email(email))
        }
        if let visitor = call.anonymousID { persons.append(sender.visitor(visitor)) }
        guard call.userID != nil || call.anonymousID != nil else { throw nobody }
        return persons
    }

    private var nobody: ItemFault {
        ItemFault(
            "nobody", at: "/userId", "it names nobody",
            remedy: "Send “userId”, or “anonymousId” as long as you do not know who it is.")
    }

    /// The sender's own; lacking one, the digest of the call, with the time that the call itself tells, or else with the
    /// time and place at which it came.
    private var messageID: String {
        if let id = call.messageID { return Sender.keyed(id) }
        let digest = Hex.text(Array(SHA256.hash(data: Array(canonical.utf8)).prefix(16)))
        return call.isDated ? "~\(digest)" : "\(call.received.fixedWidthText)~\(digest)~\(place)"
    }

    private var canonical: String {
        var text = JSONText()
        text.write(.object(call.body), except: ["sentAt", "receivedAt", "writeKey"])
        return text.text
    }
}

/// The domain of a web address: `https://www.acme.example/about` → `www.acme.example`.
enum Domain {
    static func normal(_ written: String) -> String? {
        let lower = written.lowercased()
        let afterScheme = lower.range(ofScheme: "://").map { lower[$0...] } ?? lower[...]
        let host = afterScheme.prefix { !"/?#:".contains($0) }
        let isHost = host.contains(".") && host.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "@") }
        return isHost ? String(host) : nil
    }
}

extension String {
    /// The index behind a separator.
    fileprivate func range(ofScheme separator: String) -> Index? {
        let wanted = Array(separator)
        var start = startIndex
        while start < endIndex {
            if self[start...].starts(with: wanted) { return index(start, offsetBy: wanted.count) }
            start = index(after: start)
        }
        return nil
    }
}

extension JSONText {
    /// The same document gives the same bytes, whatever spaces it was written with.
    mutating func write(_ json: JSON, except left: Set<String> = []) {
        switch json {
        case .null: literal("null")
        case .flag(let flag): literal(flag ? "true" : "false")
        case .number(let written): literal(written)
        case .string(let text): string(text)
        case .array(let items): array { text in for item in items { text.write(item) } }
        case .object(let object):
            self.object { text in
                for member in object.members where !left.contains(member.name) {
                    text.member(member.name)
                    text.write(member.value)
                }
            }
        }
    }
}
