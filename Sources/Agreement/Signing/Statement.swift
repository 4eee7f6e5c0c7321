public import Journal
public import Vocabulary

// What people state about an agreement, and how each statement is held to its author
//
//     SignedStatement
//       statement ─ Statement
//                     person ── under whose name
//                     number ── 1, 2, 3 … of this person: a number can be used once, because it is part of the fact's key
//                     at ────── when, as the person says
//                     content ─ a key, a word for somebody's key, a signature, a confirmation
//       signature ─ by the person's key, over `Statement.signedBytes`
//       vouch ───── only of a key after the first: who says that it is this person's
//
// Which key a statement must be signed with is decided by its number alone: by the key registered with the greatest number
// below it. Whoever finds or steals a key that was replaced can state nothing any more, whatever instant they claim: the
// numbers before the replacement are taken.

/// What a person states about an agreement or about keys.
public struct Statement: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        /// From the next number on I sign with this key.
        case registers(VerifyingKey)
        /// The key that this person registers under this number is theirs.
        case vouches(for: NamedPerson, VerifyingKey, number: Int)
        /// I agree, for a side, to what has this digest.
        case signs(digest: String, side: Party, onBehalfOf: NamedPerson?)
        /// I have read what changes for me.
        case confirms(digest: String)
    }

    public let person: NamedPerson
    public let number: Int
    public let at: Instant
    public let content: Content

    public init(by person: NamedPerson, number: Int, at: Instant, _ content: Content) {
        (self.person, self.number, self.at, self.content) = (person, number, at, content)
    }
}

extension Statement {
    /// What is signed: a line for the form and one for each part, name tab value newline; line breaks and backslashes in
    /// values are escaped. Different statements have different bytes.
    public var signedBytes: [UInt8] {
        let lines = [
            ("person", person.address), ("number", "\(number)"), ("at", at.fixedWidthText),
        ]
        return (lines + content.lines).reduce(Array("interlock statement 1\n".utf8)) { bytes, line in
            bytes + Array(line.0.utf8) + [9] + escaped(line.1) + [10]
        }
    }
}

extension Statement.Content {
    fileprivate var lines: [(String, String)] {
        switch self {
        case .registers(let key): [("registers", key.text)]
        case .vouches(let person, let key, let number):
            [("vouches for", person.address), ("key", key.text), ("under", "\(number)")]
        case .signs(let digest, let side, let officer):
            [("signs", digest), ("side", side.rawValue)] + (officer.map { [("on behalf of", $0.address)] } ?? [])
        case .confirms(let digest): [("confirms", digest)]
        }
    }
}

/// A statement with what proves it.
public struct SignedStatement: Hashable, Sendable {
    /// Who says that a later key is this person's.
    public enum Vouch: Hashable, Sendable {
        /// The person, with the key that is replaced, over the same bytes.
        case replacedKey([UInt8])
        /// Operations, with the statement of this number.
        case statement(by: NamedPerson, number: Int)
    }

    public let statement: Statement
    /// Of a key, by that key: whoever registers it has it.
    public let signature: [UInt8]
    public let vouch: Vouch?

    public init(_ statement: Statement, signature: [UInt8], vouch: Vouch? = nil) {
        (self.statement, self.signature, self.vouch) = (statement, signature, vouch)
    }

    public init(_ statement: Statement, with key: SigningKey, vouch: Vouch? = nil) {
        self.init(statement, signature: key.signature(of: statement.signedBytes), vouch: vouch)
    }

    func isSigned(with key: VerifyingKey) -> Bool { key.verifies(signature, of: statement.signedBytes) }
}
