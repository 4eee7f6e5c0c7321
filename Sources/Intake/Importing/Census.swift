//  Who is gone, told from complete lists
//
//  A file that says `complete: true` lists every record its source held as of a day. A record known from before that is
//  missing from it was deleted; one that is there again was restored. Files come in any order, so for each record all
//  evidence is laid out in time:
//
//      Monday's list      seen, modified Wednesday      Friday's list
//      ────●──────────────────────●──────────────────────────○────────▶      ○ missing: deleted as of Friday
//
//  and a fact is added wherever the journal's own account (deleted, restored, merged) says otherwise. Whether a list read
//  before held a record is told by what the journal knew when that list was counted. Whichever file came first, the same
//  changes arise (`RecordHistory` folds what is redundant).
//
//  Files without modification instants leave out what was said before, so one that goes in late can contradict what a
//  later list had silently confirmed. Then the confirmation is written down (`confirmations`).

public import Journal
public import Vocabulary

/// Finds who is gone or back after a file of records was read.
public struct Census {
    /// What the file at hand says: its day, and which records it held when it is complete.
    public struct List {
        /// No earlier than the last modification of its records.
        public var asOf: Instant
        /// False when some row could not be read: it may be the very one that seems to be missing.
        public var isWhole: Bool
        /// Whether the list held this id; asked in the order of ids by bytes.
        public var holds: (String) throws -> Bool

        public init(asOf: Instant, isWhole: Bool = true, holds: @escaping (String) throws -> Bool) {
            self.asOf = asOf
            self.isWhole = isWhole
            self.holds = holds
        }
    }

    /// A complete list that was read before.
    public struct EarlierList: Hashable, Sendable {
        public var asOf: Instant
        /// The journal's sequence at which everything the list said was known.
        public var sequence: Int64
    }

    /// That a list read before had found a statement still true at its day, which a file read later put in doubt.
    public struct Confirmation: Hashable, Sendable {
        /// The statement's whole aspect, and the one under which it is to be stated again.
        public var of: String
        public var aspect: String
        public var at: Instant
    }

    public var source: String
    public var object: String
    /// How facts about the records name them: persons, accounts, or by key alone.
    public var concerns: Concern
    public var list: List?
    /// The instant given to records without a modification instant; `nil` when the rows bring their own.
    public var undatedAsOf: Instant?
    /// The journal's last sequence before the import: what came later is new.
    public var startedAfter: Int64
    public var recorded: Instant

    public enum Concern: Sendable {
        case persons, accounts, records
    }

    /// The id under which complete lists themselves are kept.
    public static let listID = "*"

    public init(
        source: String, object: String, concerns: Concern, list: List?, undatedAsOf: Instant? = nil,
        startedAfter: Int64, recorded: Instant
    ) {
        self.source = source
        self.object = object
        self.concerns = concerns
        self.list = list
        self.undatedAsOf = undatedAsOf
        self.startedAfter = startedAfter
        self.recorded = recorded
    }

    /// The complete lists known before, in the order of their days, from the statements under `listID`.
    public static func lists(in statements: [RecordStatements.Statement]) -> [EarlierList] {
        statements.filter { $0.kind == .counted }
            .compactMap { statement in
                RecordAspect(statement.aspect).since.map { EarlierList(asOf: $0, sequence: statement.sequence) }
            }
            .sorted { $0.asOf < $1.asOf }
    }

    /// The facts that must be added about one record. `lists` are the complete lists known before this file.
    public func conclusions(on record: RecordStatements, lists: [EarlierList]) throws -> [Fact] {
        let account = Account(record)
        guard let firstSeen = account.firstSeen, let news = news(account) else { return [] }
        var changes = account.changes
        var facts: [Fact] = []
        for evidence in try evidence(account, record.id, lists, since: max(news, firstSeen)) {
            let present = changes.last { $0.at <= evidence.at }?.isPresent ?? true
            guard present != evidence.isPresent else { continue }
            let place = changes.firstIndex { $0.at > evidence.at } ?? changes.endIndex
            changes.insert(Account.Change(at: evidence.at, isPresent: evidence.isPresent, sequence: .max), at: place)
            facts.append(fact(record.id, evidence.isPresent ? .restored : .deleted, evidence.at))
        }
        return facts
    }

    /// The earliest instant about which this import said something: what was concluded before that stands.
    private func news(_ account: Account) -> Instant? {
        let stated =
            account.sightings.filter { $0.sequence > startedAfter }.map(\.at)
            + account.changes.filter { $0.sequence > startedAfter }.map(\.at)
        return (stated + [list?.asOf].compactMap { $0 }).min()
    }

    private struct Evidence {
        var at: Instant
        var isPresent: Bool
    }

    /// What sightings and lists say of the record, in order of time, each instant once: a list outweighs a sighting, and
    /// where the source itself says what became of the record a sighting says nothing.
    private func evidence(
        _ account: Account, _ id: String, _ lists: [EarlierList], since start: Instant
    ) throws -> [Evidence] {
        var says: [Instant: Bool] = [:]
        let explicit = Set(account.changes.map(\.at))
        for sighting in account.sightings where sighting.at >= start && !explicit.contains(sighting.at) {
            says[sighting.at] = true
        }
        for earlier in lists where earlier.asOf >= start {
            says[earlier.asOf] = account.wasHeld(by: earlier)
        }
        if let list, list.asOf >= start {
            let isHeld = try list.holds(id)
            if isHeld || list.isWhole { says[list.asOf] = isHeld }
        }
        return says.map { Evidence(at: $0, isPresent: $1) }.sorted { $0.at < $1.at }
    }

    private func fact(_ id: String, _ kind: FactKind, _ at: Instant) -> Fact {
        let record = Identifier.record(source, object, id)
        return Fact(
            key: FactKey(source: source, object: object, id: id, aspect: FactKey.aspect(kind.word, since: at)),
            kind: kind, occurred: at, recorded: recorded, persons: concerns == .persons ? [record] : [],
            accounts: concerns == .accounts ? [record] : [])
    }

    /// What must be stated again of one record since this undated file spoke of a day before a list already read.
    public func confirmations(of record: RecordStatements, lists: [EarlierList]) -> [Confirmation] {
        guard let undatedAsOf, lists.last.map({ $0.asOf > undatedAsOf }) ?? false else { return [] }
        let account = Account(record)
        let statements = record.statements.filter { $0.kind.family != .gone }
            .map { (RecordAspect($0.aspect), $0.sequence) }
        return statements.compactMap { aspect, sequence in
            guard aspect.since == undatedAsOf, sequence > startedAfter else { return nil }
            let same = statements.map(\.0).filter { $0.stated == aspect.stated }
            let next = same.compactMap(\.since).filter { $0 > undatedAsOf }.min() ?? .latest
            guard let earlier = same.filter({ ($0.since ?? .latest) < undatedAsOf }).max(by: { $0.since! < $1.since! }),
                let confirmed = lists.first(where: {
                    $0.asOf > undatedAsOf && $0.asOf < next && account.wasHeld(by: $0)
                })
            else { return nil }
            return Confirmation(
                of: earlier.text, aspect: FactKey.aspect(String(aspect.stated), since: confirmed.asOf),
                at: confirmed.asOf)
        }
    }

    /// That this list was read: the days on which absence means something. `nil` for a list that is not whole.
    public func counted(records: Int, digest: String) -> Fact? {
        guard let list, list.isWhole else { return nil }
        return Fact(
            key: FactKey(
                source: source, object: object, id: Census.listID,
                aspect: FactKey.aspect(FactKind.counted.word, since: list.asOf)),
            kind: .counted, occurred: list.asOf, recorded: recorded,
            properties: [Property("records", .number(Number(Int64(records)))), Property("digest", .text(digest))])
    }
}

/// The journal's account of one record, from its keys alone.
private struct Account {
    struct Sighting {
        var at: Instant
        var sequence: Int64
    }

    struct Change {
        var at: Instant
        var isPresent: Bool
        var sequence: Int64
    }

    private(set) var sightings: [Sighting] = []
    /// Deletions and returns, in order of time.
    private(set) var changes: [Change] = []

    init(_ record: RecordStatements) {
        for statement in record.statements {
            guard let since = RecordAspect(statement.aspect).since else { continue }
            switch statement.kind {
            case .deleted, .mergedAway:
                changes.append(Change(at: since, isPresent: false, sequence: statement.sequence))
            case .restored: changes.append(Change(at: since, isPresent: true, sequence: statement.sequence))
            // A list goes on showing what is archived, and a merge of persons is told in the row of the one that stays.
            case .archived, .merged, .unmerged, .counted, .erased: break
            default: sightings.append(Sighting(at: since, sequence: statement.sequence))
            }
        }
        changes.sort { ($0.at, $0.isPresent ? 1 : 0) < ($1.at, $1.isPresent ? 1 : 0) }
    }

    /// When the record is first known to have been there.
    var firstSeen: Instant? { sightings.map(\.at).min() }

    /// A list adds a deletion for whomever it misses; so one known by then and not deleted was in it.
    func wasHeld(by list: Census.EarlierList) -> Bool {
        guard sightings.contains(where: { $0.sequence <= list.sequence && $0.at <= list.asOf }) else { return false }
        return changes.last { $0.sequence <= list.sequence && $0.at <= list.asOf }?.isPresent ?? true
    }
}

/// An aspect of a record's statement taken apart: `values.3fa2b1@2026-02-02T08:00:00.000Z`.
struct RecordAspect {
    let text: String
    let stated: Substring
    let since: Instant?

    init(_ aspect: String) {
        text = aspect
        guard let at = aspect.lastIndex(of: "@") else {
            (stated, since) = (aspect[...], nil)
            return
        }
        stated = aspect[..<at]
        since = try? Instant(text: String(aspect[aspect.index(after: at)...]))
    }
}
