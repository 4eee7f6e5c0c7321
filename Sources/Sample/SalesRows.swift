/// What sales does, as rows of the CRM's logs and versions of its records. `person` is an index into `People.persons`,
/// `rep` and `owner` one into `Roster.emails`, times are `UnixTime` in 32 bits.

struct Assignment: Sendable {
    enum Reason: Int, Sendable {
        case routed, rerouted, leaver, returned
    }

    let at: UInt32
    let person: UInt32
    let rep: UInt16
    let reason: Reason
}

struct Touch: Sendable {
    enum Channel: Int, Sendable {
        case call, email, meeting
    }

    enum Outcome: Int, Sendable {
        case noAnswer, voicemail, connected, sent, replied, held
    }

    /// When it happened, and when the CRM first held it.
    let completed: UInt32
    let created: UInt32
    let person: UInt32
    /// An index into `Sales.deals`, or `none`.
    var deal: UInt32
    let rep: UInt16
    let channel: Channel
    let outcome: Outcome
    let inbound: Bool
    let automatic: Bool

    static let none = UInt32.max
    /// What may be evidence of a response: outward and done by a person.
    var isResponse: Bool { !inbound && !automatic }
}

struct Meeting: Sendable {
    enum Status: Int, Sendable {
        case booked, held, noShow, canceled
    }

    let at: UInt32
    let start: UInt32
    let number: UInt32
    let person: UInt32
    let rep: UInt16
    let status: Status
}

struct Verdict: Sendable {
    enum Kind: Int, Sendable {
        case accept, reject, recycle
    }

    enum Reason: Int, Sendable {
        case none, wrongSize, wrongPersona, wrongRegion, alreadyCustomer, competitor, cannotReach, noNeed
    }

    let at: UInt32
    let person: UInt32
    let rep: UInt16
    let kind: Kind
    let reason: Reason
    /// 1 to 3 for an acceptance, else 0.
    let mark: UInt8
    /// An index into `CRMWords.notes`; 0 is none.
    let note: UInt8
}

struct Deal: Sendable {
    enum Kind: Int, Sendable {
        case new, expansion, renewal
    }

    let opened: UInt32
    let account: UInt32
    /// The person it came from; `Person.nobody` for a renewal.
    let person: UInt32
    /// A second person of the account on the deal, or `Person.nobody`.
    let colleague: UInt32
    let kind: Kind
    let currency: Currency
    /// An index into `Lexicon.competitors`, once the deal is lost to one.
    var competitor: UInt8?
}

struct DealVersion: Sendable {
    enum Stage: Int, Sendable {
        case qualification, proposal, negotiation, won, lost, renewalDue, renewed, churned

        var isClosed: Bool { self == .won || self == .lost || self == .renewed || self == .churned }
        var isWon: Bool { self == .won || self == .renewed }
    }

    let at: UInt32
    var deal: UInt32
    let owner: UInt16
    let stage: Stage
    /// Minor units of the deal's currency.
    let amount: Int
    let closeDay: Int32
}
