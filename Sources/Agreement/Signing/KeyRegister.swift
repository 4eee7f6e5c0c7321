public import Journal
public import Vocabulary

/// A key and from which statement on its person signs with it.
public struct RegisteredKey: Hashable, Sendable {
    public let person: NamedPerson
    public let key: VerifyingKey
    public let number: Int
    public let at: Instant
    /// Who vouched for it: `nil` for a first key, the person for one that the key before it vouched for.
    public let voucher: NamedPerson?
}

/// Whose key is which, person by person in the order of their numbers.
///
/// Whether somebody was operations when they vouched depends on the version then in force, which depends on signatures, which
/// depend on keys. So a key that operations vouched for is taken at its word first; whoever finds that its voucher was not
/// operations makes the register again, refusing that key (`Succession`).
struct KeyRegister {
    private(set) var keys: [NamedPerson: [RegisteredKey]] = [:]
    private(set) var uncounted: [Uncounted] = []
    private let statements: [NamedPerson: [Int: SignedStatement]]

    init(_ all: [SignedStatement], refusing refused: Set<FactKey>) {
        statements = Dictionary(grouping: all, by: \.statement.person).mapValues { own in
            Dictionary(own.map { ($0.statement.number, $0) }) { first, _ in first }
        }
        for signed in all.sorted(by: { $0.statement.number < $1.statement.number }) {
            guard case .registers(let key) = signed.statement.content else { continue }
            if let fault = fault(of: signed, key, refused) {
                uncounted.append(Uncounted(signed, fault))
            } else {
                register(signed, key)
            }
        }
    }

    private mutating func register(_ signed: SignedStatement, _ key: VerifyingKey) {
        let person = signed.statement.person
        let isFirst = keys[person] == nil
        let voucher: NamedPerson? =
            switch signed.vouch {
            case .statement(let voucher, _) where !isFirst: voucher
            default: isFirst ? nil : person
            }
        keys[person, default: []].append(
            RegisteredKey(
                person: person, key: key, number: signed.statement.number, at: signed.statement.at, voucher: voucher))
    }

    /// A first key needs its own proof only. It is the journal that takes one statement of each number, so nobody can come
    /// before it later.
    private func fault(of signed: SignedStatement, _ key: VerifyingKey, _ refused: Set<FactKey>) -> StatementFault? {
        guard signed.isSigned(with: key) else { return .forged }
        guard let replaced = keys[signed.statement.person]?.last else { return nil }
        switch signed.vouch {
        case nil: return .notVouched
        case .replacedKey(let vouch):
            return replaced.key.verifies(vouch, of: signed.statement.signedBytes) ? nil : .notVouched
        case .statement:
            return refused.contains(signed.factKey) || vouch(for: signed) == nil ? .notVouched : nil
        }
    }

    /// The statement of another that is about this very key under this very number, given at the same instant.
    func vouch(for signed: SignedStatement) -> SignedStatement? {
        guard case .registers(let key) = signed.statement.content,
            case .statement(let person, let number) = signed.vouch,
            let vouch = statements[person]?[number], vouch.statement.at == signed.statement.at
        else { return nil }
        let said = Statement.Content.vouches(
            for: signed.statement.person, key, number: signed.statement.number)
        return vouch.statement.content == said ? vouch : nil
    }

    /// With which key a person's statement of this number must be signed.
    func key(of person: NamedPerson, at number: Int) -> RegisteredKey? {
        keys[person]?.last { $0.number < number }
    }

    /// Of any statement but the registration of a key.
    func fault(of signed: SignedStatement) -> StatementFault? {
        let statement = signed.statement
        guard let key = key(of: statement.person, at: statement.number) else { return .unknownKey }
        guard signed.isSigned(with: key.key) else {
            let isKnown = keys[statement.person]?.contains { signed.isSigned(with: $0.key) } ?? false
            return isKnown ? .replacedKey : .forged
        }
        return statement.at < key.at ? .beforeKey : nil
    }
}
