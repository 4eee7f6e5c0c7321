//  Who is gone, told from complete lists
//
//  A file that says `complete: true` lists every record its source held as of a day. A record known from before that is
//  missing from it was deleted; one that is there again was restored. Files come in any order, so for each record all
//  evidence is laid out in time:
//
//      Monday's list      seen, modified Wednesday      Friday's list
//      ────●──────────────────────●──────────────────────────○────────▶      ○ missing: deleted as of Friday
//
//  and a fact is added wherever the journal's own account (deleted, restored, merged) says otherwise. Whichever file came
//  first, two files give the same facts; of three or more, read in any order, the same changes (`RecordHistory` folds
//  what is redundant).

public import Journal
public import Vocabulary

/// Finds who is gone or back after a file of records was read.
public struct Census {
    /// What the file at hand says: its day, and which records it held when it is complete.
    public struct List {
        public var asOf: Instant
        /// Whether the list held this id; asked in the order of ids by bytes.
        public var holds: (String) -> Bool

        public init(asOf: Instant, holds: @escaping (String) -> Bool) {
            self.asOf = asOf
            self.holds = holds
        }
    }

    public var source: String
    public var object: String
    /// How facts about the records name them: persons, accounts, or by key alone.
    public var concerns: Concern
    public var list: List?
    /// The journal's last sequence before the import.
    public var startedAfter: Int64
    public var recorded: Instant

    public enum Concern: Sendable {
        case persons, accounts, records
    }

    /// The id under which complete lists themselves are kept.
    public static let listID = "*"

    public init(
        source: String, object: String, concerns: Concern, list: List?, startedAfter: Int64, recorded: Instant
    ) {
        self.source = source
        self.object = object
        self.concerns = concerns
        self.list = list
        self.startedAfter = startedAfter
        self.recorded = recorded
    }

    /// The days of the complete lists known before, from the statements under `listID`.
    public static func lists(in statements: [RecordStatements.Statement]) -> [Instant] {
        statements.filter { $0.kind == .counted }.compactMap { RecordAspect($0.aspect).since }.sorted()
    }

    /// The facts that must be added about one record. `lists` are the complete lists known before this file.
    public func conclusions(on record: RecordStatements, lists: [Instant]) -> [Fact] {
        let account = Account(record, startedAfter: startedAfter)
        guard let firstSeen = account.firstSeen, account.isNew || list != nil else { return [] }
        var changes = account.changes
        var facts: [Fact] = []
        for evidence in evidence(account, record.id, lists).sorted(by: { $0.at < $1.at }) where evidence.at >= firstSeen
        {
            let present = changes.last { $0.at <= evidence.at }?.isPresent ?? true
            guard present != evidence.isPresent else { continue }
            changes.append((evidence.at, evidence.isPresent))
            changes.sort { $0.at < $1.at }
            facts.append(fact(record.id, evidence.isPresent ? .restored : .deleted, evidence.at))
        }
        return facts
    }

    /// What each list, and each sighting from before, says of the record.
    private func evidence(_ account: Account, _ id: String, _ lists: [Instant]) -> [(at: Instant, isPresent: Bool)] {
        var evidence = lists.filter { $0 != list?.asOf }.map { day in
            (at: day, isPresent: account.wasPresent(at: day))
        }
        if let list { evidence.append((list.asOf, list.holds(id))) }
        if let seen = account.firstSeenBefore { evidence.append((seen, account.wasPresent(at: seen))) }
        return evidence
    }

    /// That this list was read: the days on which absence means something.
    public func counted(records: Int, digest: String) -> Fact? {
        list.map { list in
            Fact(
                key: FactKey(
                    source: source, object: object, id: Census.listID,
                    aspect: FactKey.aspect(FactKind.counted.word, since: list.asOf)),
                kind: .counted, occurred: list.asOf, recorded: recorded,
                properties: [
                    Property("records", .number(Number(Int64(records)))), Property("digest", .text(digest)),
                ])
        }
    }

    private func fact(_ id: String, _ kind: FactKind, _ at: Instant) -> Fact {
        let record = Identifier.record(source, object, id)
        return Fact(
            key: FactKey(source: source, object: object, id: id, aspect: FactKey.aspect(kind.word, since: at)),
            kind: kind, occurred: at, recorded: recorded, persons: concerns == .persons ? [record] : [],
            accounts: concerns == .accounts ? [record] : [])
    }
}

/// The journal's account of one record, from its keys alone.
private struct Account {
    /// When the record is first known to have been there, and when it was before this import; `nil`: was unknown.
    let firstSeen: Instant?
    let firstSeenBefore: Instant?
    /// Deletions and returns, in order.
    let changes: [(at: Instant, isPresent: Bool)]
    private let changesBefore: [(at: Instant, isPresent: Bool)]

    init(_ record: RecordStatements, startedAfter: Int64) {
        var sightings: [(at: Instant, isOld: Bool)] = []
        var changes: [(at: Instant, isPresent: Bool, isOld: Bool)] = []
        for statement in record.statements {
            guard let since = RecordAspect(statement.aspect).since else { continue }
            let isOld = statement.sequence <= startedAfter
            switch statement.kind {
            case .deleted, .archived, .mergedAway, .merged: changes.append((since, false, isOld))
            case .restored: changes.append((since, true, isOld))
            case .counted, .erased: break
            default: sightings.append((since, isOld))
            }
        }
        firstSeen = sightings.map(\.at).min()
        firstSeenBefore = sightings.filter(\.isOld).map(\.at).min()
        self.changes = changes.map { ($0.at, $0.isPresent) }.sorted { $0.0 < $1.0 }
        changesBefore = changes.filter(\.isOld).map { ($0.at, $0.isPresent) }.sorted { $0.0 < $1.0 }
    }

    /// Whether all that is known of it came with this import.
    var isNew: Bool { firstSeenBefore == nil }

    /// What was known before this import: a list that was read then and added no deletion held the record.
    func wasPresent(at day: Instant) -> Bool {
        guard let firstSeenBefore, firstSeenBefore <= day else { return false }
        return changesBefore.last { $0.at <= day }?.isPresent ?? true
    }
}

/// An aspect of a record's statement taken apart: `values.3fa2b1@2026-02-02T08:00:00.000Z`.
struct RecordAspect {
    let stated: Substring
    let since: Instant?

    init(_ aspect: String) {
        guard let at = aspect.lastIndex(of: "@") else {
            (stated, since) = (aspect[...], nil)
            return
        }
        stated = aspect[..<at]
        since = try? Instant(text: String(aspect[aspect.index(after: at)...]))
    }
}
