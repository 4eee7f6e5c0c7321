public import Journal

/// One fact that a row becomes.
public struct FactRule: Hashable, Sendable {
    public var kind: FactKind
    public var object: String
    public var id: Identity
    /// What of the row this fact states, when several facts share its id.
    public var aspect: Aspect?
    public var name: Cell?
    public var time: Time
    /// For what happened but is told by a record: since when the record says so. A correction is then a new fact.
    public var toldSince: [String]?
    /// Whether a record's statement that says what the nearest earlier one said is left out.
    public var keepsChangesOnly = false
    public var known: [String] = []
    public var persons: [Reference] = []
    public var accounts: [Reference] = []
    public var by: Reference?
    public var with: [Named] = []
    /// Take every column that is not named elsewhere as a text value.
    public var takesRest = false
    /// A list column: the rule is applied once for each of its items, which the rule sees as column `each`. Or a join: it is
    /// applied once for each joined row.
    public var each: String?
    public var when = Condition.always
    /// What becomes of a row that names nobody where the kind needs somebody: it is rejected, or this fact left out.
    public var skipsNobody = false

    public init(_ kind: FactKind, object: String, id: Identity, time: Time) {
        self.kind = kind
        self.object = object
        self.id = id
        self.time = time
    }

    public enum Identity: Hashable, Sendable {
        /// These columns' values, joined by `|`.
        case columns([String])
        /// The row has no id of its own: the digest of the row and its ordinal among equal rows.
        case row
    }

    public struct Aspect: Hashable, Sendable {
        public var text: String
        /// A column whose value tells several facts of one record apart: which of a deal's contacts.
        public var column: String?

        public init(_ text: String, of column: String? = nil) {
            self.text = text
            self.column = column
        }
    }

    public enum Time: Hashable, Sendable {
        /// Something happened: the first of these columns that is not empty says when.
        case at([String], elseAsOf: Bool)
        /// A record's state since it was last modified.
        case since([String])
        /// A record's state; only the file's own date is known.
        case asOf
    }

    public struct Named: Hashable, Sendable {
        public var property: String
        public var cell: Cell

        public init(_ property: String, _ cell: Cell) {
            self.property = property
            self.cell = cell
        }
    }

    /// How a row names a person, an account or an actor.
    public struct Reference: Hashable, Sendable {
        public var scheme: Identifier.Scheme
        /// For records: whose and of which object; for anonymous ids: whose. The mapping's source when `nil`.
        public var source: String?
        public var object: String?
        public var cell: Cell

        public init(_ scheme: Identifier.Scheme, source: String? = nil, object: String? = nil, _ cell: Cell) {
            self.scheme = scheme
            self.source = source
            self.object = object
            self.cell = cell
        }
    }

    /// Whether the rule states what a record is, rather than that something happened.
    public var statesRecord: Bool {
        switch time {
        case .at: false
        case .since, .asOf: true
        }
    }
}
