/// The families of facts. The set is closed: whatever a source sends is one of these or is refused.
public enum Family: String, CaseIterable, Sendable {
    case activity, touch, meeting, field, identity, ownership, verdict, deal, customer, consent, gone, measure, heard
    case request, company, agreement, decision
}

/// What a fact says, in one word of its family. Raw values are written to disk: never renumber, never reuse.
public enum FactKind: UInt8, CaseIterable, Hashable, Sendable {
    /// A person did something; the name says what, in the source's own words.
    case activity = 1
    /// A rep did something towards a person.
    case touch = 2
    case meetingBooked = 3
    case meetingHeld = 4
    case meetingMissed = 5
    /// A record as its source showed it, all mapped values at once; changes of values arise from two of these.
    case observed = 6
    /// One field took a value, as a source's own history says.
    case fieldChanged = 7
    /// Identifiers belong to one person.
    case identified = 8
    case merged = 9
    case unmerged = 10
    /// A record has an owner from now on; without an actor, nobody.
    case owned = 11
    case accepted = 12
    case rejected = 13
    case recycled = 14
    case disqualified = 15
    case disputed = 16
    case ruled = 17
    case dealOpened = 18
    case dealChanged = 19
    case dealWon = 20
    case dealLost = 21
    case dealReopened = 22
    case customerStarted = 23
    case customerLost = 24
    case consentGiven = 25
    case consentWithdrawn = 26
    case consentObjected = 27
    case deleted = 28
    case archived = 29
    case mergedAway = 30
    case restored = 31
    /// All personal values of a subject were destroyed here.
    case erased = 32
    /// A complete list of a source's records was read: who is missing from it is gone.
    case counted = 33
    /// A dated count or sum that concerns no person: visitors, spend.
    case measure = 34
    case heard = 35
    case requested = 36
    case requestAnswered = 37
    /// Roster, availability, quota, calendar, target list, rates, zone table: the name says which.
    case company = 38
    case agreementProposed = 39
    case agreementSigned = 40
    case agreementInForce = 41
    /// What Interlock did and told others.
    case decision = 42
}

extension FactKind {
    public var family: Family {
        switch self {
        case .activity: .activity
        case .touch: .touch
        case .meetingBooked, .meetingHeld, .meetingMissed: .meeting
        case .observed, .fieldChanged: .field
        case .identified, .merged, .unmerged: .identity
        case .owned: .ownership
        case .accepted, .rejected, .recycled, .disqualified, .disputed, .ruled: .verdict
        case .dealOpened, .dealChanged, .dealWon, .dealLost, .dealReopened: .deal
        case .customerStarted, .customerLost: .customer
        case .consentGiven, .consentWithdrawn, .consentObjected: .consent
        case .deleted, .archived, .mergedAway, .restored, .erased, .counted: .gone
        case .measure: .measure
        case .heard: .heard
        case .requested, .requestAnswered: .request
        case .company: .company
        case .agreementProposed, .agreementSigned, .agreementInForce: .agreement
        case .decision: .decision
        }
    }

    /// The word used in files, on pages and in commands: `meeting held`, `deal won`, `observed`.
    public var word: String {
        switch self {
        case .activity: "activity"
        case .touch: "touch"
        case .meetingBooked: "meeting booked"
        case .meetingHeld: "meeting held"
        case .meetingMissed: "meeting missed"
        case .observed: "observed"
        case .fieldChanged: "field changed"
        case .identified: "identified"
        case .merged: "merged"
        case .unmerged: "unmerged"
        case .owned: "owned"
        case .accepted: "accepted"
        case .rejected: "rejected"
        case .recycled: "recycled"
        case .disqualified: "disqualified"
        case .disputed: "disputed"
        case .ruled: "ruled"
        case .dealOpened: "deal opened"
        case .dealChanged: "deal changed"
        case .dealWon: "deal won"
        case .dealLost: "deal lost"
        case .dealReopened: "deal reopened"
        case .customerStarted: "customer started"
        case .customerLost: "customer lost"
        case .consentGiven: "consent given"
        case .consentWithdrawn: "consent withdrawn"
        case .consentObjected: "consent objected"
        case .deleted: "deleted"
        case .archived: "archived"
        case .mergedAway: "merged away"
        case .restored: "restored"
        case .erased: "erased"
        case .counted: "counted"
        case .measure: "measure"
        case .heard: "heard"
        case .requested: "requested"
        case .requestAnswered: "request answered"
        case .company: "company"
        case .agreementProposed: "agreement proposed"
        case .agreementSigned: "agreement signed"
        case .agreementInForce: "agreement in force"
        case .decision: "decision"
        }
    }

    public init?(word: some StringProtocol) {
        guard let kind = FactKind.byWord[String(word)] else { return nil }
        self = kind
    }

    private static let byWord = Dictionary(uniqueKeysWithValues: allCases.map { ($0.word, $0) })
}
