public import Journal
public import Vocabulary

// A statement as a fact: keyed by person and number, so that a journal takes each number once.

extension SignedStatement {
    public static let object = "statement"
    /// More than anybody will ever state: so that no number is the last.
    static let numbers = 1...1_000_000

    public var factKey: FactKey { SignedStatement.factKey(of: statement.person, number: statement.number) }

    static func factKey(of person: NamedPerson, number: Int) -> FactKey {
        FactKey(source: AgreementVersions.source, object: object, id: person.address, aspect: "\(number)")
    }

    public func fact(recorded: Instant) -> Fact {
        let content = statement.content
        return Fact(
            key: factKey, kind: content.kind, name: content.factName, occurred: statement.at, recorded: recorded,
            actor: .email(statement.person.address),
            properties: content.properties + [Property("signature", .text(Hex.text(signature)))] + vouchProperties)
    }

    private var vouchProperties: [Property] {
        switch vouch {
        case nil: []
        case .replacedKey(let signature): [Property("vouch", .text(Hex.text(signature)))]
        case .statement(let person, let number):
            [Property("voucher", .text(person.address)), Property("voucher_number", number.asValue)]
        }
    }

    /// Reads `fact` back; `nil` for a fact that is no statement, or none as this program writes them.
    public init?(_ fact: Fact) {
        guard fact.key.source == AgreementVersions.source, fact.key.object == SignedStatement.object,
            let number = Int(fact.key.aspect), SignedStatement.numbers.contains(number), fact.key.aspect == "\(number)",
            let content = Statement.Content(fact), let signature = fact.bytes("signature")
        else { return nil }
        self.init(
            Statement(by: NamedPerson(fact.key.id), number: number, at: fact.occurred, content), signature: signature,
            vouch: Vouch(fact))
    }
}

extension SignedStatement.Vouch {
    fileprivate init?(_ fact: Fact) {
        if let signature = fact.bytes("vouch") {
            self = .replacedKey(signature)
        } else if let person = fact.text("voucher"), let number = fact.count("voucher_number") {
            self = .statement(by: NamedPerson(person), number: number)
        } else {
            return nil
        }
    }
}

extension Statement.Content {
    private static let signingKey = "signing key"
    private static let vouchedKey = "signing key vouched"
    private static let reading = "agreement read"

    fileprivate var kind: FactKind {
        if case .signs = self { .agreementSigned } else { .company }
    }

    fileprivate var factName: String {
        switch self {
        case .registers: Statement.Content.signingKey
        case .vouches: Statement.Content.vouchedKey
        case .signs: ""
        case .confirms: Statement.Content.reading
        }
    }

    fileprivate var properties: [Property] {
        switch self {
        case .registers(let key): [Property("key", .text(key.text))]
        case .vouches(let person, let key, let number):
            [
                Property("person", .text(person.address)), Property("key", .text(key.text)),
                Property("number", number.asValue),
            ]
        case .signs(let digest, let side, let officer):
            [Property("digest", .text(digest)), Property("side", .text(side.rawValue))]
                + (officer.map { [Property("on_behalf_of", .text($0.address))] } ?? [])
        case .confirms(let digest): [Property("digest", .text(digest))]
        }
    }

    fileprivate init?(_ fact: Fact) {
        switch (fact.kind, fact.name) {
        case (.company, Statement.Content.signingKey):
            guard let key = fact.key("key") else { return nil }
            self = .registers(key)
        case (.company, Statement.Content.vouchedKey):
            guard let key = fact.key("key"), let person = fact.text("person"), let number = fact.count("number") else {
                return nil
            }
            self = .vouches(for: NamedPerson(person), key, number: number)
        case (.company, Statement.Content.reading):
            guard let digest = fact.text("digest") else { return nil }
            self = .confirms(digest: digest)
        case (.agreementSigned, _):
            guard let digest = fact.text("digest"), let side = fact.text("side").flatMap(Party.init) else { return nil }
            self = .signs(digest: digest, side: side, onBehalfOf: fact.text("on_behalf_of").map { NamedPerson($0) })
        default: return nil
        }
    }
}

extension Int {
    fileprivate var asValue: Value { .number(Number(mantissa: Int64(self), scale: 0)) }
}

extension Fact {
    func text(_ name: String) -> String? {
        if case .text(let text) = self[name] { text } else { nil }
    }

    func texts(_ name: String) -> [String]? {
        if case .list(let texts) = self[name] { texts } else { nil }
    }

    fileprivate func bytes(_ name: String) -> [UInt8]? { text(name).flatMap { Hex.bytes($0) } }

    fileprivate func key(_ name: String) -> VerifyingKey? { text(name).flatMap { VerifyingKey(text: $0) } }

    fileprivate func count(_ name: String) -> Int? {
        guard case .number(let number) = self[name], number.scale == 0 else { return nil }
        return Int(number.mantissa)
    }
}
