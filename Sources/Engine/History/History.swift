public import Journal
public import Vocabulary

// All facts of a company as the engine reads them: columns of whole numbers, the facts of an account together and in the
// order of the semantics, texts by number.
//
//     History ─ accounts ─ [AccountEntry]   the range of its facts, the range of its persons
//             ─ persons ── [PersonEntry]    in the order of their accounts
//             ─ columns ── one row for each fact
//                 occurred   when it happened
//                 act        what happened: an index into `acts`, shared by all facts that say the same
//                 person     an index into `persons`; −1: the account itself, or one of its deals
//                 sequence   its place in the journal
//             ─ late ───── the facts whose source learned of them after they happened, and when
//             ─ assumed ── the snapshots whose values count from the creation of their record
//             ─ acts ───── [Act] kind, name, source, actor, record, and which properties
//             ─ texts ──── every text by number
//             ─ company ── [CompanyFact]    what concerns nobody: roster, quotas, absences, targets, rates
//             ─ apart ──── [CompanyFact]    what nobody is judged by: measures, requests between the sides
//
// A fact costs 20 bytes, and what it says is stored once for all facts that say the same.

/// The facts of a company in columns.
public struct History: Sendable {
    public internal(set) var texts = Texts()
    public internal(set) var acts: [Act] = []
    public internal(set) var properties = PropertyTable()
    public internal(set) var accounts: [AccountEntry] = []
    public internal(set) var persons: [PersonEntry] = []

    public internal(set) var occurred: [Int64] = []
    public internal(set) var act: [Int32] = []
    public internal(set) var person: [Int32] = []
    public internal(set) var sequence: [UInt32] = []

    /// Facts whose source held them only later than they occurred, in order, and when each became known.
    public internal(set) var lateFacts: [Int32] = []
    public internal(set) var lateKnown: [Int64] = []

    /// Snapshots of records that say since when the record exists, but nothing of what it said before: facts, in order, and
    /// the instant of creation. Their values count from there, as assumed.
    public internal(set) var assumedFacts: [Int32] = []
    public internal(set) var assumedSince: [Int64] = []

    public internal(set) var company: [CompanyFact] = []
    /// Facts that nobody is judged by: measures, requests between the sides, lists counted, agreements.
    public internal(set) var apart: [CompanyFact] = []

    /// What gave the numbers of its acts and texts: of two histories that have the same, the larger one's begin with the other's.
    /// `nil`: nothing else has them.
    var lineage: Lineage?

    /// How many facts are not among the rows: they state something of a record that is no deal and nobody's, such as a
    /// campaign.
    public internal(set) var unplaced = 0

    public var count: Int { occurred.count }

    public init() {}

    /// When the source of a fact first held it.
    public func known(_ fact: Int) -> Int64 {
        var (low, high) = (0, lateFacts.count)
        while low < high {
            let middle = (low + high) / 2
            if lateFacts[middle] < fact { low = middle + 1 } else { high = middle }
        }
        return low < lateFacts.count && lateFacts[low] == fact ? lateKnown[low] : occurred[fact]
    }

    /// The number of a text, which it gets where no fact says it.
    public mutating func intern(_ text: String) -> Int32 { texts.intern(text) }

    public func at(_ fact: Int) -> Instant { Instant(milliseconds: occurred[fact]) }
}

/// Known by what it is alone.
final class Lineage: Sendable {}

/// One company, or a person who belongs to none.
public struct AccountEntry: Hashable, Sendable {
    /// A text: the account's record (`salesforce/account/001`), else its domain, else the person's own name.
    public let name: Int32
    /// Its identifiers, as texts (`record:salesforce/account/001`, `domain:acme.example`): for the list of targets.
    public let identifiers: [Int32]
    public let facts: Range<Int32>
    public let persons: Range<Int32>

    public init(name: Int32, identifiers: [Int32], facts: Range<Int32>, persons: Range<Int32>) {
        (self.name, self.identifiers, self.facts, self.persons) = (name, identifiers, facts, persons)
    }
}

/// One person, whatever names systems know them by.
public struct PersonEntry: Hashable, Sendable {
    /// A text: the first of the person's identifiers by scheme and bytes, never a personal one where there is another.
    public let name: Int32
    /// An index into `History.accounts`.
    public let account: Int32

    public init(name: Int32, account: Int32) {
        (self.name, self.account) = (name, account)
    }
}

/// What a fact says, apart from when and of whom.
public struct Act: Hashable, Sendable {
    public let kind: FactKind
    /// The open part: which activity; a text.
    public let name: Int32
    public let source: Int32
    /// The value of the actor's identifier, such as a rep's address; −1: nobody is named.
    public let actor: Int32
    /// The record a fact of state is about, `salesforce/deal/006`; −1 for what happened once.
    public let record: Int32
    /// The index in `History.properties`.
    public let properties: Int32

    public init(kind: FactKind, name: Int32, source: Int32, actor: Int32, record: Int32, properties: Int32) {
        (self.kind, self.name, self.source) = (kind, name, source)
        (self.actor, self.record, self.properties) = (actor, record, properties)
    }
}

/// A fact that concerns nobody: a roster, a quota, an absence, a target, a rate.
public struct CompanyFact: Hashable, Sendable {
    public let sequence: Int64
    public let occurred: Instant
    public let known: Instant
    public let fact: Fact

    public init(_ recorded: RecordedFact) {
        sequence = recorded.sequence
        (occurred, known, fact) = (recorded.fact.occurred, recorded.fact.known, recorded.fact)
    }
}
