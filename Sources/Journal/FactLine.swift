//  A journal as text: one JSON object a line
//
//      {"interlock":"journal","format":1}
//      {"person":1,"subject":"record:hubspot/contact/501","key":"9f86…"}        its key, or "erased":"2026-…Z"
//      {"seq":1,"person":1,"source":"hubspot","object":"contact","id":"501","aspect":"…","kind":"observed","version":1,
//       "occurred":"…Z","known":"…Z","recorded":"…Z","persons":["record:hubspot/contact/501"],
//       "properties":{"country":"DE","email":{"personal":"ann@acme.example"},"amount":{"money":"12.50 EUR"}}}
//      {"end":true,"facts":1,"head":"1:ab12…"}
//
//  Restoring it gives the same facts, the same chain, and so the same export, byte for byte. It holds everything, keys
//  included: keep it as you keep the people it names.

internal import Vocabulary

/// One line of an exported journal.
public enum FactLine: Equatable, Sendable {
    case beginning(format: Int)
    case person(PersonRecord)
    /// `person` is the one under whose key its personal values lie, or lay.
    case fact(sequence: Int64, person: Int64?, Fact)
    case end(facts: Int64, head: JournalHead)

    public static let format = 1
}

/// A line that is not what an export holds.
public struct BadFactLine: Error, Equatable, Sendable {
    public var what: String
}

// MARK: - Writing

extension FactLine {
    /// The line without its newline.
    public var json: [UInt8] {
        var json = JSONText()
        json.object { json in
            switch self {
            case .beginning(let format):
                json.member("interlock", "journal")
                json.member("format", Int64(format))
            case .person(let person): json.write(person)
            case .fact(let sequence, let person, let fact): json.write(fact, sequence, person: person)
            case .end(let facts, let head):
                json.member("end", true)
                json.member("facts", facts)
                json.member("head", head.text)
            }
        }
        return json.bytes
    }
}

extension JSONText {
    fileprivate mutating func write(_ person: PersonRecord) {
        member("person", person.person)
        member("subject", person.subject.text)
        if let key = person.key { member("key", Hex.text(key.bytes)) }
        if let erased = person.erased { member("erased", erased.fixedWidthText) }
    }

    /// The members of a fact, for an object the caller opened.
    public mutating func write(_ fact: Fact, _ sequence: Int64?, person: Int64? = nil) {
        if let sequence { member("seq", sequence) }
        if let person { member("person", person) }
        member("source", fact.key.source)
        member("object", fact.key.object)
        member("id", fact.key.id)
        if !fact.key.aspect.isEmpty { member("aspect", fact.key.aspect) }
        member("kind", fact.kind.word)
        member("version", Int64(fact.version))
        if !fact.name.isEmpty { member("name", fact.name) }
        member("occurred", fact.occurred.fixedWidthText)
        member("known", fact.known.fixedWidthText)
        member("recorded", fact.recorded.fixedWidthText)
        write("persons", fact.persons)
        write("accounts", fact.accounts)
        if let actor = fact.actor { member("actor", actor.text) }
        guard !fact.properties.isEmpty else { return }
        member("properties")
        object { json in
            for property in fact.properties {
                json.member(property.name)
                json.write(property.value)
            }
        }
    }

    private mutating func write(_ name: String, _ identifiers: [Identifier]) {
        guard !identifiers.isEmpty else { return }
        member(name)
        array { json in
            for identifier in identifiers { json.string(identifier.text) }
        }
    }

    public mutating func write(_ value: Value) {
        switch value {
        case .cleared: literal("null")
        case .text(let text): string(text)
        case .flag(let flag): literal(flag ? "true" : "false")
        case .list(let items): array { json in for item in items { json.string(item) } }
        case .personal(.known(let text)): object { $0.member("personal", text) }
        case .personal(.erased(let commitment)): object { $0.member("erased", commitment.text) }
        case .number(let number): object { $0.member("number", number.description) }
        case .money(let money): object { $0.member("money", money.description) }
        case .instant(let instant): object { $0.member("instant", instant.fixedWidthText) }
        case .date(let date): object { $0.member("date", String(Instant(midnightOf: date).fixedWidthText.prefix(10))) }
        }
    }
}

extension Instant {
    init(midnightOf date: CivilDate) {
        self.init(milliseconds: Int64(date.daysSinceEpoch) * 86_400_000)
    }

    /// Reads `fixedWidthText` back, and nothing else.
    init?(fixedWidthText text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 24 else { return nil }
        func digits(_ range: Range<Int>) -> Int? { Int(String(decoding: bytes[range], as: UTF8.self)) }
        guard let year = digits(0..<4), let month = digits(5..<7), let day = digits(8..<10),
            let date = CivilDate(year: year, month: month, day: day), let hour = digits(11..<13),
            let minute = digits(14..<16), let second = digits(17..<19), let fraction = digits(20..<23)
        else { return nil }
        let ofDay = Int64(((hour * 60 + minute) * 60 + second) * 1000 + fraction)
        self.init(milliseconds: Instant(midnightOf: date).milliseconds + ofDay)
        guard fixedWidthText == text else { return nil }
    }
}

// MARK: - Reading

extension FactLine {
    /// The line's first member tells which it is. Throws `BadFactLine` saying what is wrong.
    public init(json bytes: [UInt8]) throws {
        guard case .object(let members) = try JSONValue(bytes) else {
            throw BadFactLine(what: "it is not a JSON object")
        }
        let line = Members(members)
        switch members.first?.name {
        case "interlock": self = .beginning(format: Int(try line.number("format")))
        case "person": self = .person(try line.person())
        case "seq":
            self = .fact(sequence: try line.number("seq"), person: try line.optionalNumber("person"), try line.fact())
        case "end": self = .end(facts: try line.number("facts"), head: try line.head())
        default: throw BadFactLine(what: "it begins with none of “interlock”, “person”, “seq” and “end”")
        }
    }
}

private struct Members {
    private let members: [JSONValue.Member]

    init(_ members: [JSONValue.Member]) { self.members = members }

    private subscript(_ name: String) -> JSONValue? { members.first { $0.name == name }?.value }

    func text(_ name: String) throws -> String {
        guard let text = self[name]?.text else { throw BadFactLine(what: "“\(name)” is missing or not a text") }
        return text
    }

    func number(_ name: String) throws -> Int64 {
        guard let number = self[name]?.number else { throw BadFactLine(what: "“\(name)” is missing or no integer") }
        return number
    }

    func optionalNumber(_ name: String) throws -> Int64? { self[name] == nil ? nil : try number(name) }

    private func optionalText(_ name: String) throws -> String { self[name] == nil ? "" : try text(name) }

    func head() throws -> JournalHead {
        guard let head = JournalHead(text: try text("head")) else { throw BadFactLine(what: "“head” is no head") }
        return head
    }

    func instant(_ name: String) throws -> Instant {
        guard let instant = Instant(fixedWidthText: try text(name)) else {
            throw BadFactLine(what: "“\(name)” is no instant like 2026-02-02T08:00:00.000Z")
        }
        return instant
    }

    func person() throws -> PersonRecord {
        var key: PersonKey?
        if self["key"] != nil {
            guard let bytes = Hex.bytes(try text("key")), let read = PersonKey(bytes: bytes) else {
                throw BadFactLine(what: "“key” is not sixty-four bytes in hexadecimal")
            }
            key = read
        }
        return PersonRecord(
            person: try number("person"), subject: Subject(text: try text("subject")), key: key,
            erased: self["erased"] == nil ? nil : try instant("erased"))
    }

    func fact() throws -> Fact {
        guard let kind = FactKind(word: try text("kind")) else { throw BadFactLine(what: "its kind is unknown") }
        guard let version = UInt8(exactly: try number("version")) else {
            throw BadFactLine(what: "“version” is too large")
        }
        return Fact(
            key: FactKey(
                source: try text("source"), object: try text("object"), id: try text("id"),
                aspect: try optionalText("aspect")),
            kind: kind, version: version, name: try optionalText("name"), occurred: try instant("occurred"),
            known: try instant("known"), recorded: try instant("recorded"), persons: try identifiers("persons"),
            accounts: try identifiers("accounts"), actor: try self["actor"].map { try identifier($0, "actor") },
            properties: try properties())
    }

    private func identifiers(_ name: String) throws -> [Identifier] {
        guard let member = self[name] else { return [] }
        guard case .array(let items) = member else { throw BadFactLine(what: "“\(name)” is not a list") }
        return try items.map { try identifier($0, name) }
    }

    private func identifier(_ json: JSONValue, _ name: String) throws -> Identifier {
        guard let identifier = json.text.flatMap({ Identifier(text: $0) }) else {
            throw BadFactLine(what: "“\(name)” holds something that is no identifier")
        }
        return identifier
    }

    private func properties() throws -> [Property] {
        guard let member = self["properties"] else { return [] }
        guard case .object(let properties) = member else { throw BadFactLine(what: "“properties” is not an object") }
        return try properties.map { Property($0.name, try value($0.value, $0.name)) }
    }

    private func value(_ json: JSONValue, _ name: String) throws -> Value {
        switch json {
        case .null: return .cleared
        case .flag(let flag): return .flag(flag)
        case .string(let text): return .text(text)
        case .array(let items):
            let texts = items.compactMap(\.text)
            if texts.count == items.count { return .list(texts) }
        case .object(let object):
            if object.count == 1, let text = object[0].value.text, let value = Value(tag: object[0].name, text) {
                return value
            }
        case .integer: break
        }
        throw BadFactLine(what: "“\(name)” is no value a fact can have")
    }
}

extension Value {
    /// A value by the tag under which an export writes it: `{"money": "12.50 EUR"}`.
    public init?(tag: String, _ text: String) {
        switch tag {
        case "personal": self = .personal(.known(text))
        case "erased":
            guard let commitment = Commitment(text: text) else { return nil }
            self = .personal(.erased(commitment))
        case "number":
            guard let number = Number(plain: text) else { return nil }
            self = .number(number)
        case "money":
            guard let money = Money(plain: text) else { return nil }
            self = .money(money)
        case "instant":
            guard let instant = Instant(fixedWidthText: text) else { return nil }
            self = .instant(instant)
        case "date":
            guard let instant = Instant(fixedWidthText: text + "T00:00:00.000Z") else { return nil }
            self = .date(CivilDate(daysSinceEpoch: Int32(instant.milliseconds / 86_400_000)))
        default: return nil
        }
    }
}

extension Money {
    /// Reads `description` back, and nothing else: always with all decimals of the currency.
    init?(plain text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let currency = Currency(code: String(parts[1])),
            let minorUnits = Int64(parts[0].filter { $0 != "." })
        else { return nil }
        self.init(minorUnits: minorUnits, currency: currency)
        guard description == text else { return nil }
    }
}

extension Number {
    /// Reads `description` back, and nothing else.
    init?(plain text: String) {
        let digits = text.filter { $0 != "." }
        let scale = text.firstIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
        guard let mantissa = Int64(digits), scale <= Number.maximumScale else { return nil }
        self.init(mantissa: mantissa, scale: UInt8(scale))
        guard description == text else { return nil }
    }
}
