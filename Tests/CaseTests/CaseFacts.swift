import Journal
import Vocabulary

// The facts of a case as the journal would hold them. The CRM's contact `ann` is the person, the site's visitor `v1` a browser.

extension CaseFact {
    var facts: [Fact] {
        guard let at = self["at"].flatMap(instant) else { return [] }
        let known = self["known"].flatMap(instant) ?? at
        func make(
            _ kind: FactKind, _ object: String, _ id: String?, _ aspect: String, _ name: String,
            _ persons: [Identifier],
            _ accounts: [Identifier], _ properties: [Property]
        ) -> Fact {
            Fact(
                key: FactKey(
                    source: source, object: object, id: id ?? self["id"] ?? "\(number)",
                    aspect: aspect.isEmpty ? "" : aspect + "@" + at.fixedWidthText), kind: kind, name: name,
                occurred: at,
                known: known, recorded: known, persons: persons, accounts: accounts,
                actor: self["by"].map { Identifier(.email, $0) }, properties: properties)
        }
        if let name = self["company"] { return [company(name, make)] }
        if let deal = self["deal"] { return dealFacts(deal, make) }
        if let owner = self["owned by"] {
            let fact =
                self["who"].map { make(.owned, "contact", $0, "owner", "", [contact($0)], accounts, []) }
                ?? make(.owned, "account", self["account"] ?? "", "owner", "", [], accounts, [])
            var owned = fact
            owned.actor = Identifier(.email, owner)
            return [owned]
        }
        if let change = self["customer"] {
            let kind: FactKind = change == "started" ? .customerStarted : .customerLost
            return [make(kind, "account", nil, "", "", [], accounts, [])]
        }
        return personal(make)
    }

    private var source: String { self["source"] ?? "crm" }
    private func contact(_ who: String) -> Identifier { .record("crm", "contact", who) }
    private var accounts: [Identifier] { self["account"].map { [.record("crm", "account", $0)] } ?? [] }

    private typealias Make = (
        FactKind, String, String?, String, String, [Identifier], [Identifier], [Property]
    ) -> Fact

    private func company(
        _ name: String,
        _ make: Make
    ) -> Fact {
        var properties = [Property("rep", .text(self["who"] ?? ""))]
        if let from = self["from"], let date = try? CivilDate(text: from) {
            properties.append(Property("from", .date(date)))
        }
        if let last = self["through"], let date = try? CivilDate(text: last) {
            properties.append(Property("until", .date(date)))
        }
        let named = ["leaves": "departure", "joins": "roster"][name] ?? name
        if named == "roster", let from = properties.first(where: { $0.name == "from" }) {
            properties.append(Property("since", from.value))
        }
        return make(.company, named, nil, "", named, [], [], properties)
    }

    private func dealFacts(
        _ deal: String,
        _ make: Make
    ) -> [Fact] {
        let kinds: [String: FactKind] = [
            "opened": .dealOpened, "changed": .dealChanged, "won": .dealWon, "lost": .dealLost,
            "reopened": .dealReopened,
        ]
        let kind = kinds[self["is"] ?? ""] ?? .dealChanged
        var properties = [Property("deal", .text(deal))]
        for key in ["pipeline", "stage", "kind"] {
            if let value = self[key] { properties.append(Property(key, .text(value))) }
        }
        if let amount = self["amount"].flatMap(money) { properties.append(Property("amount", .money(amount))) }
        if let close = self["close_date"], let date = try? CivilDate(text: close) {
            properties.append(Property("close_date", .date(date)))
        }
        properties += with
        // People are tied to the deal by facts of their own, before it is judged.
        let ties = (lists["persons"] ?? []).map { who in
            make(
                .dealChanged, "deal", deal, "contact.\(who)", "", [contact(who)], accounts,
                [Property("deal", .text(deal))])
        }
        return ties + [make(kind, "deal", deal, "deal.\(number)", "", [], accounts, properties)]
    }

    private func personal(
        _ make: Make
    ) -> [Fact] {
        var persons: [Identifier] = []
        if let who = self["who"] { persons.append(contact(who)) }
        if let visitor = self["visitor"] { persons.append(Identifier(.anonymous, namespace: "web", visitor)) }
        if self["identified"] != nil { return [make(.identified, "identify", nil, "", "", persons, accounts, [])] }
        if let other = self["same as"] {
            return [make(.identified, "identify", nil, "", "", persons + [contact(other)], accounts, [])]
        }
        if let other = self["merged with"] {
            return [make(.merged, "contact", nil, "", "", persons + [contact(other)], accounts, [])]
        }
        if let other = self["unmerged from"] {
            return [make(.unmerged, "contact", nil, "", "", persons + [contact(other)], accounts, [])]
        }
        if self["erased"] != nil {
            return [
                make(
                    .erased, "contact", self["who"], "", "", persons, accounts, [Property("values", .number(Number(1)))]
                )
            ]
        }
        if let fields = maps["fields"] { return [fieldFact(fields, persons, make)] }
        if let name = self["activity"] { return [make(.activity, "event", nil, "", name, persons, accounts, with)] }
        if let channel = self["touch"] { return [make(.touch, "task", nil, "", "", persons, accounts, touch(channel))] }
        if let change = self["meeting"] {
            let kinds: [String: FactKind] = ["booked": .meetingBooked, "held": .meetingHeld, "missed": .meetingMissed]
            return [make(kinds[change] ?? .meetingBooked, "meeting", nil, "", "", persons, accounts, [])]
        }
        if let word = self["verdict"], let kind = FactKind(word: word) {
            return [make(kind, "verdict", nil, "", "", persons, accounts, verdict)]
        }
        if let change = self["consent"], let kind = FactKind(word: "consent \(change)") {
            return [make(kind, "consent", nil, "", "", persons, accounts, consent)]
        }
        if let decided = self["decision"] {
            let properties = ["stage", "to", "rule"].compactMap { key in self[key].map { Property(key, .text($0)) } }
            return [make(.decision, "decision", nil, "", decided, persons, accounts, properties)]
        }
        if let stage = self["stage claim"] {
            return [
                make(.observed, "lead", self["who"], "values", "", persons, accounts, [Property("stage", .text(stage))])
            ]
        }
        return []
    }

    private func fieldFact(
        _ fields: [(String, String?)], _ persons: [Identifier],
        _ make: Make
    ) -> Fact {
        var identifiers = persons
        let created = self["created"].flatMap(instant).map { [Property("created", .instant($0))] } ?? []
        let properties =
            created
            + fields.map { name, value -> Property in
                guard let value else { return Property(name, .cleared) }
                if name == "email" {
                    identifiers.append(.email(value))
                    return Property(name, .personal(.known(value)))
                }
                if let number = Int64(value) { return Property(name, .number(Number(number))) }
                if let date = try? CivilDate(text: value) { return Property(name, .date(date)) }
                return Property(name, .text(value))
            }
        return make(.observed, "contact", self["id"] ?? self["who"], "values", "", identifiers, accounts, properties)
    }

    private func touch(_ channel: String) -> [Property] {
        var properties = [
            Property("channel", .text(channel)), Property("direction", .text(self["direction"] ?? "outward")),
            Property("automatic", .flag(self["automatic"] == "true")),
        ]
        if self["typed"] == "true" { properties.append(Property("typed", .flag(true))) }
        if let outcome = self["outcome"] { properties.append(Property("outcome", .text(outcome))) }
        if let until = self["until"] { properties.append(Property("until", .text(until))) }
        return properties
    }

    private var verdict: [Property] {
        var properties: [Property] = []
        for key in ["reason", "ruling", "note", "on_behalf_of"] {
            if let value = self[key] { properties.append(Property(key, .text(value))) }
        }
        if let mark = self["mark"].flatMap({ Int64($0) }) { properties.append(Property("mark", .number(Number(mark)))) }
        return properties
    }

    private var consent: [Property] {
        var properties: [Property] = []
        for key in ["purpose", "channel", "basis", "proof"] {
            if let value = self[key] { properties.append(Property(key, .text(value))) }
        }
        if let end = self["expires"].flatMap(instant) { properties.append(Property("expires", .instant(end))) }
        return properties
    }

    private var with: [Property] {
        (maps["with"] ?? []).compactMap { name, value in
            guard let value else { return nil }
            if value == "true" || value == "false" { return Property(name, .flag(value == "true")) }
            return Property(name, Int64(value).map { .number(Number($0)) } ?? .text(value))
        }
    }
}

/// `40k EUR`, `15000 EUR`.
private func money(_ text: String) -> Money? {
    let parts = text.split(separator: " ")
    guard parts.count == 2, let currency = Currency(code: String(parts[1])) else { return nil }
    let thousands = parts[0].hasSuffix("k")
    guard let amount = Int64(thousands ? parts[0].dropLast() : parts[0]) else { return nil }
    return try? Money(Number(thousands ? amount * 1000 : amount), currency)
}
