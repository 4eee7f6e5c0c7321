public import Vocabulary

/// Where facts are kept. Every store passes the same contract suite (`JournalContract` in the tests), and nothing above
/// this protocol can tell one from another.
///
/// What every store promises:
/// - Facts are only ever added; sequence numbers start at 1 and have no gaps.
/// - `append` is all or nothing: when it returns, everything in the group is durable; when it throws, nothing of it is.
/// - The same fact again is *repeated* or *unchanged* and adds nothing; the same key with other content is *key reused*.
/// - Personal values lie apart, each person's under a key of their own, and are written before the facts that need them.
/// - After `erase`, no call gives a value of that subject again, and what is said again of that time is not taken back in.
///
/// Calls block; whoever must not block calls from a thread of its own. A store may be called from any thread.
public protocol JournalStore: AnyObject, Sendable {
    func head() throws -> JournalHead

    /// Adds a group of batches in one transaction. Receipts are in the order of the batches and of their entries.
    func append(_ group: JournalGroup) throws -> [[Receipt]]

    /// At most `limit` facts after `sequence`, as stored, in order of sequence.
    func stored(after sequence: Int64, limit: Int) throws -> [StoredFact]

    /// What lies behind the commitments of a person's facts; empty for one who was erased.
    func values(ofPerson person: Int64) throws -> [Commitment: String]

    /// The facts whose key has this source, object and id, in the order of their aspects.
    func stored(source: String, object: String, id: String) throws -> [StoredFact]

    /// Everything ever stated about the records of one object, record by record in the order of their ids by bytes, read
    /// from the keys alone. Stops when `body` returns false.
    func statements(source: String, object: String, _ body: (RecordStatements) throws -> Bool) throws

    /// Destroys every personal value and the key of each of these subjects, and adds one `erased` fact for each that had
    /// any. Gives how many values were destroyed.
    func erase(_ subjects: [Subject], at instant: Instant) throws -> Int

    /// All subjects under whose keys values lie or lay, in the order in which they came.
    func people(after person: Int64, limit: Int) throws -> [PersonRecord]

    /// Takes in subjects with their keys and numbers from an export, before the facts that need them. Their numbers must
    /// ascend and be above those already there.
    func adopt(_ people: [PersonRecord]) throws

    /// Removes what a crash between the two halves of an `append` can leave: people no fact refers to, and values that no
    /// fact of their person commits to. One pass, whatever the size.
    func sweep() throws -> Swept

    /// Recomputes the whole chain and opens every personal value that a fact commits to. `expected` is a head written
    /// down earlier; without one, facts missing from the end can go unnoticed.
    func verify(expecting expected: JournalHead?) throws -> Verification

    /// The last state an import left behind, to go on from there.
    func importMark(_ id: String) throws -> ImportMark?
    func importMarks() throws -> [ImportMark]

    /// Rejected rows that still wait, in the order of import, file, line.
    func rejects(ofImport id: String?, after reject: Int64, limit: Int) throws -> [KeptReject]
    /// Marks rejects as settled and destroys their rows: re-fed and accepted, or dropped by a person.
    func settle(_ rejects: [Int64], as settlement: String) throws

    /// How many facts there are of each kind, source and object.
    func counts() throws -> [FactCount]
}

/// What goes into a journal together.
public struct JournalGroup: Sendable {
    public var batches: [FactBatch]
    public var rejects: [Reject]
    public var marks: [ImportMark]

    public init(_ batches: [FactBatch], rejects: [Reject] = [], marks: [ImportMark] = []) {
        self.batches = batches
        self.rejects = rejects
        self.marks = marks
    }
}

/// What became of one entry of a batch.
public struct Receipt: Hashable, Sendable {
    public enum Verdict: UInt8, Sendable {
        /// It is new and was added.
        case accepted
        /// The very same fact was there.
        case repeated
        /// It states what the nearest earlier statement of its source stated.
        case unchanged
        /// Its key was there with other content: nothing was added.
        case keyReused
        /// It speaks of a time before its person was erased: nothing was added.
        case erasedPerson
    }

    public var verdict: Verdict
    /// The fact that was added or that was there; 0 for an erased person.
    public var sequence: Int64

    public init(_ verdict: Verdict, _ sequence: Int64) {
        self.verdict = verdict
        self.sequence = sequence
    }
}

/// A row that could not become facts. The raw row names people, so it is kept with the personal values.
public struct Reject: Hashable, Sendable {
    public var importID: String
    public var file: String
    public var line: Int
    public var column: String
    public var value: String
    /// Stable, like `unclosed-quote` or `not-a-time`.
    public var code: String
    public var reason: String
    /// The row as read, so that it can be exported, mended and fed again.
    public var raw: [UInt8]

    public init(
        importID: String, file: String, line: Int, column: String, value: String, code: String, reason: String,
        raw: [UInt8]
    ) {
        self.importID = importID
        self.file = file
        self.line = line
        self.column = column
        self.value = value
        self.code = code
        self.reason = reason
        self.raw = raw
    }
}

extension Reject {
    /// Whether both tell of the same fault in the same place: a second telling adds nothing.
    func isOfSamePlace(as other: Reject) -> Bool {
        (importID, file, column, code) == (other.importID, other.file, other.column, other.code) && line == other.line
    }

    /// Where and why, without the row: what is left of a reject once it is settled.
    public var withoutContent: Reject {
        var reject = self
        (reject.value, reject.raw) = ("", [])
        return reject
    }
}

extension JournalStore {
    /// Settles the waiting rejects in whose rows one of these texts stands, in any case, and with that destroys the rows:
    /// an erasure that left the person in a rejected row would be none. Gives how many.
    public func eraseRejects(naming texts: [String]) throws -> Int {
        let wanted = texts.map { $0.lowercased() }.filter { !$0.isEmpty }
        var (erased, last) = (0, Int64(0))
        while true {
            let portion = try rejects(ofImport: nil, after: last, limit: 1000)
            guard let newest = portion.last else { return erased }
            let naming = portion.filter { kept in
                let row = (String(decoding: kept.reject.raw, as: UTF8.self) + "\n" + kept.reject.value).lowercased()
                return wanted.contains { row.contains($0) }
            }
            try settle(naming.map(\.number), as: "erased with the person it names")
            erased += naming.count
            last = newest.number
        }
    }
}

/// A reject with its number in the store.
public struct KeptReject: Hashable, Sendable {
    public var number: Int64
    public var reject: Reject

    public init(number: Int64, reject: Reject) {
        self.number = number
        self.reject = reject
    }
}

/// How far an import came: written with the facts it covers, in the same transaction.
public struct ImportMark: Hashable, Sendable {
    public var id: String
    /// The journal's last sequence when the import began.
    public var startedAfter: Int64
    public var done: Bool
    /// What the importer needs to go on; the store does not look inside.
    public var state: [UInt8]

    public init(id: String, startedAfter: Int64, done: Bool, state: [UInt8]) {
        self.id = id
        self.startedAfter = startedAfter
        self.done = done
        self.state = state
    }
}

/// What the keys say about one record of a source.
public struct RecordStatements: Hashable, Sendable {
    public struct Statement: Hashable, Sendable {
        public var aspect: String
        public var kind: FactKind
        public var sequence: Int64

        public init(aspect: String, kind: FactKind, sequence: Int64) {
            self.aspect = aspect
            self.kind = kind
            self.sequence = sequence
        }
    }

    public var id: String
    /// In the order of their aspects by bytes.
    public var statements: [Statement]

    public init(id: String, statements: [Statement]) {
        self.id = id
        self.statements = statements
    }
}

/// A subject under whose key personal values lie. One who comes back after an erasure is a new person of the same subject.
public struct PersonRecord: Hashable, Sendable {
    public var person: Int64
    public var subject: Subject
    /// `nil` once erased.
    public var key: PersonKey?
    public var erased: Instant?

    public init(person: Int64, subject: Subject, key: PersonKey?, erased: Instant?) {
        self.person = person
        self.subject = subject
        self.key = key
        self.erased = erased
    }
}

/// Under which person of a subject the values of a fact are to lie.
public enum KeyHolder: Hashable, Sendable {
    case person(PersonRecord)
    /// The subject has no key now: it is new, or the fact speaks of the time after an erasure.
    case new
    /// The fact speaks of the time before an erasure, and is not taken in again.
    case erased

    /// `people` are all of the subject, in the order in which they came.
    public init(among people: [PersonRecord], at occurred: Instant) {
        if people.contains(where: { person in person.erased.map { occurred <= $0 } ?? false }) {
            self = .erased
        } else if let last = people.last, last.key != nil {
            self = .person(last)
        } else {
            self = .new
        }
    }
}

public struct FactCount: Hashable, Sendable {
    public var source: String
    public var object: String
    public var kind: FactKind
    public var facts: Int64

    public init(source: String, object: String, kind: FactKind, facts: Int64) {
        self.source = source
        self.object = object
        self.kind = kind
        self.facts = facts
    }
}

/// What a sweep removed.
public struct Swept: Hashable, Sendable {
    public var people: Int64
    public var values: Int64

    public init(people: Int64, values: Int64) {
        self.people = people
        self.values = values
    }
}

/// What a check of the whole journal found.
public struct Verification: Hashable, Sendable {
    public struct Damage: Hashable, Sendable {
        /// The first fact that is not what was written; everything before it is. 0 where the damage is in no fact.
        public var sequence: Int64
        public var what: String

        public init(sequence: Int64, what: String) {
            self.sequence = sequence
            self.what = what
        }
    }

    public var facts: Int64
    public var personalValues: Int64
    public var erasedPeople: Int64
    public var head: JournalHead
    public var damage: [Damage]

    public init(facts: Int64, personalValues: Int64, erasedPeople: Int64, head: JournalHead, damage: [Damage]) {
        self.facts = facts
        self.personalValues = personalValues
        self.erasedPeople = erasedPeople
        self.head = head
        self.damage = damage
    }

    public var isSound: Bool { damage.isEmpty }
}

/// What can go wrong with a store. `remedy` tells a person what to do.
public enum JournalError: Error, Equatable, Sendable {
    case full(String)
    case busy(String)
    case readOnly(String)
    case damaged(String)
    case newer(found: Int, understood: Int)
    case notAJournal(String)
    case notEmpty
    /// An export names a person after a later one.
    case outOfOrder(person: Int64)
    /// A fact of an export names a person the export did not bring, or brought without the key.
    case unknownPerson(Int64)
    case failed(String)

    public var sentence: String {
        switch self {
        case .full(let path): "the disk is full: \(path) could not grow, and nothing of this step was kept"
        case .busy(let path): "another process is writing to \(path)"
        case .readOnly(let path): "\(path) cannot be written"
        case .damaged(let what): "the journal is damaged: \(what)"
        case .newer(let found, let understood):
            "this journal has format \(found), and this program understands formats up to \(understood)"
        case .notAJournal(let path): "\(path) is not a journal of Interlock"
        case .notEmpty: "the journal already holds facts"
        case .outOfOrder(let person): "person \(person) comes after a person with a higher number"
        case .unknownPerson(let person): "there is no person \(person) with a key, and a fact needs it"
        case .failed(let what): what
        }
    }

    public var remedy: String {
        switch self {
        case .full: "Free some space and run the same command again; it goes on where it stopped."
        case .busy: "Wait for it to finish, or stop it, and run the same command again."
        case .readOnly: "Check who owns the folder and whether it is mounted for writing."
        case .damaged: "Run `interlock journal verify` to see where, and restore from an export or a backup."
        case .newer: "Use the program that wrote it, or a newer one."
        case .notAJournal: "Name the folder that `--journal` named when the journal was made."
        case .notEmpty: "Restore into a new folder: `--journal` with a name that does not exist yet."
        case .outOfOrder, .unknownPerson: "Export the journal again, with its keys, and restore that."
        case .failed: "Nothing of this step was kept; run the same command again."
        }
    }
}
