public import Journal

/// Why a statement, or a recorded text, does not count. Raw values are stable codes.
public enum StatementFault: String, CaseIterable, Sendable {
    case malformed
    case unknownKey = "unknown-key"
    case forged
    case beforeKey = "before-key"
    case replacedKey = "replaced-key"
    case notVouched = "not-vouched"
    case noText = "no-text"
    case otherText = "other-text"
    case notAnOfficer = "not-an-officer"
    case inPerson = "in-person"
    case mayNotStandIn = "may-not-stand-in"
    case bothSides = "both-sides"
    case notNamed = "not-named"

    /// Follows who stated it: "… , statement 3: the signature is not …".
    public var sentence: String {
        switch self {
        case .malformed: "it is not written as this program writes statements"
        case .unknownKey: "no key of this person is registered under a lower number"
        case .forged: "it is not signed with the key that this person has registered, or was altered afterwards"
        case .beforeKey: "it claims an instant before the key was registered"
        case .replacedKey: "it is signed with a key that had been replaced"
        case .notVouched: "neither the key that it replaces nor operations of the version in force vouches for this key"
        case .noText: "the text that it is about is not in the journal"
        case .otherText: "the recorded text cannot be read, or is not the one that has this digest"
        case .notAnOfficer: "the agreement does not name this person for the side that they sign for"
        case .inPerson: "only the two sides can be signed for on somebody's behalf"
        case .mayNotStandIn:
            "on behalf of the head of a side may sign the executive or operations, as the agreement names them, and never "
                + "the head of the other side"
        case .bothSides: "the same person has signed on behalf of the other side already"
        case .notNamed: "the agreement does not name this person"
        }
    }

    public var remedy: String {
        switch self {
        case .malformed, .noText, .otherText: "Sign the agreement anew with `interlock sign`."
        case .unknownKey, .beforeKey: "Register a key first: `interlock sign key --as EMAIL --out FILE`."
        case .forged, .replacedKey: "Sign with the file that the registered key was made with."
        case .notVouched:
            "Name the old key with --old-key, or let operations vouch: --vouched-by EMAIL --voucher-key FILE."
        case .notAnOfficer: "Who signs for a side stands in `parties`: name that person, or sign on their behalf."
        case .inPerson: "Leave out --on-behalf-of: this one is given in person."
        case .mayNotStandIn: "Let the executive or operations sign on their behalf, or name another head in `parties`."
        case .bothSides: "Let somebody else sign for one of the two sides."
        case .notNamed: "Confirm as somebody whom the agreement names in `parties` or `teams`."
        }
    }
}

/// What stands in the journal and does not count.
public struct Uncounted: Hashable, Sendable {
    public let key: FactKey
    public let fault: StatementFault
    /// `marta@northwind.example, statement 3` or `agreement 3f2a9c41b7d0`.
    public let what: String

    init(_ fact: Fact, _ fault: StatementFault) {
        (key, self.fault) = (fact.key, fault)
        what = fact.key.object == RecordedText.agreementObject ? "agreement \(fact.key.id.prefix(12))" : fact.key.text
    }

    init(_ signed: SignedStatement, _ fault: StatementFault) {
        (key, self.fault) = (signed.factKey, fault)
        what = "\(signed.statement.person), statement \(signed.statement.number)"
    }

    public var sentence: String { "\(what): \(fault.sentence)." }
}
