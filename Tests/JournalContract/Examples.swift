public import Journal
public import Vocabulary

/// Facts to test with: short to write where a test needs one, and never personal unless it says so.
public enum Example {
    /// Midnight of 2 February 2026 plus so many hours.
    public static func hour(_ hours: Int64) -> Instant {
        Instant(milliseconds: 1_769_990_400_000 + hours * 3_600_000)
    }

    public static func click(_ id: String, page: String = "/pricing", at hours: Int64 = 1) -> Fact {
        Fact(
            key: FactKey(source: "web", object: "event", id: id), kind: .activity, name: "page_view",
            occurred: hour(hours), recorded: hour(hours + 1),
            persons: [Identifier(.anonymous, namespace: "web", "v-\(id)")],
            properties: [Property("page", .text(page))])
    }

    /// A record as its source showed it at that hour; with an e-mail address, something of it is personal.
    public static func contact(
        _ id: String, at hours: Int64, country: String, email: String? = nil
    ) -> Fact {
        var properties = [Property("country", .text(country))]
        var persons = [Identifier.record("crm", "contact", id)]
        if let email {
            properties.append(Property("email", .personal(.known(email))))
            persons.append(.email(email))
        }
        return Fact(
            key: FactKey(
                source: "crm", object: "contact", id: id, aspect: FactKey.aspect("values", since: hour(hours))),
            kind: .observed, occurred: hour(hours), recorded: hour(hours + 1), persons: persons, properties: properties)
    }

    public static func subject(_ id: String) -> Subject { Subject(of: .record("crm", "contact", id)) }
}

extension JournalStore {
    /// Appends one fact in a group of its own.
    @discardableResult
    public func append(_ fact: Fact, _ statement: FactBatch.Statement = .event) throws -> Receipt {
        var batch = FactBatch()
        batch.append(fact, statement)
        return try append(JournalGroup([batch]))[0][0]
    }

    /// Appends facts as one batch of one group.
    @discardableResult
    public func append(_ facts: [Fact], _ statement: FactBatch.Statement = .event) throws -> [Receipt] {
        var batch = FactBatch()
        for fact in facts { batch.append(fact, statement) }
        return try append(JournalGroup([batch]))[0]
    }

    /// Everything in it as an export, without personal values when they are not asked for.
    public func exported(withPersonal: Bool = true) throws -> String {
        var export = JournalExport(of: self, personal: withPersonal)
        var text: [UInt8] = []
        while let lines = try export.next() { text += lines }
        return String(decoding: text, as: UTF8.self)
    }
}

extension Example {
    public static func reject(line: Int, of importID: String = "file", code: String = "not-a-time") -> Reject {
        Reject(
            importID: importID, file: "contacts.csv", line: line, column: "created", value: "soon", code: code,
            reason: "“soon” is not a time", raw: Array("7,soon,ann@acme.example".utf8))
    }

    public static func mark(_ id: String, done: Bool, state: [UInt8] = [1, 2, 3]) -> ImportMark {
        ImportMark(id: id, startedAfter: 5, done: done, state: state)
    }

    /// One fact for each shape of value, identifier and time that a fact can have.
    public static var ofEveryValue: [Fact] {
        let values: [Value] = [
            .text(""), .text("“quoted” \"and\" \\ \n\t\u{1} é e\u{301} 日本"), .personal(.known("Ann Example")),
            .number(Number(mantissa: -125, scale: 2)), .number(Number(Int64.max)),
            .number(Number(mantissa: 1, scale: 18)),
            .money(Money(minorUnits: -1, currency: Currency(code: "EUR")!)),
            .money(Money(minorUnits: 5, currency: Currency(code: "JPY")!)),
            .money(Money(minorUnits: 4_800_000, currency: Currency(code: "EUR")!)),
            .money(Money(minorUnits: .min, currency: Currency(code: "KWD")!)), .instant(.earliest), .instant(.latest),
            .date(CivilDate(daysSinceEpoch: -1)), .flag(true), .flag(false), .list([]), .list(["", "a", "b,c"]),
            .cleared,
        ]
        let identifiers: [[Identifier]] = [
            [], [.record("crm", "contact", "7/8:9")], [.email("ann@acme.example"), .record("crm", "contact", "7")],
            [Identifier(.phone, "+49 30 1234"), Identifier(.anonymous, namespace: "web", "v/1")],
        ]
        return values.enumerated().map { place, value in
            Fact(
                key: FactKey(source: "crm", object: "thing", id: "\(place)", aspect: place % 2 == 0 ? "" : "x@y"),
                kind: .observed, name: place % 3 == 0 ? "" : "näme", occurred: hour(Int64(place)),
                known: hour(Int64(place) + 1), recorded: hour(100), persons: identifiers[place % 4],
                accounts: place % 5 == 0 ? [Identifier(.domain, "acme.example")] : [],
                actor: place % 2 == 0 ? .email("rep@ours.example") : nil,
                properties: [Property("zeta", value), Property("alpha", .flag(true))])
        }
    }
}
