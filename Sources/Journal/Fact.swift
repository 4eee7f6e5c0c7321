//  What a fact is
//
//      Fact ── key ───────── FactKey     source, object, id, aspect: the same statement again has the same key
//        │  ── kind ──────── FactKind    what happened, one of a closed set of families; version says in which form
//        │  ── name ──────── the open part: which activity, which measure, which decision
//        │  ── occurred ──── when it happened                           evaluation reads this
//        │  ── known ─────── when its source first held it              as-of questions read this
//        │  ── recorded ──── when our journal took it                   audit reads this, nothing else
//        │  ── persons ───── [Identifier]   whom it concerns; several identifiers of one person belong together
//        │  ── accounts ──── [Identifier]   which company it concerns
//        │  ── actor ─────── Identifier?    who did it, on our side
//        └  ── properties ── [Property]     typed values, in the order of their names
//
//  Facts are never changed; a correction is a new fact. Personal values can be destroyed without touching the fact:
//  the journal holds only a commitment to each (see Commitment.swift), the values live apart.

public import Vocabulary

/// One thing that happened, or one thing a system said, as the journal keeps it.
public struct Fact: Hashable, Sendable {
    public var key: FactKey
    public var kind: FactKind
    /// The form of the kind's properties; older forms are lifted on reading (`Upcasting`).
    public var version: UInt8
    /// Which activity, measure or decision; empty for kinds that need none.
    public var name: String
    public var occurred: Instant
    public var known: Instant
    public var recorded: Instant
    public var persons: [Identifier]
    public var accounts: [Identifier]
    public var actor: Identifier?
    /// In the order of their names by bytes, each name once.
    public private(set) var properties: [Property]

    public init(
        key: FactKey, kind: FactKind, version: UInt8? = nil, name: String = "", occurred: Instant,
        known: Instant? = nil,
        recorded: Instant, persons: [Identifier] = [], accounts: [Identifier] = [], actor: Identifier? = nil,
        properties: [Property] = []
    ) {
        self.key = key
        self.kind = kind
        self.version = version ?? kind.currentVersion
        self.name = name
        self.occurred = occurred
        self.known = known ?? occurred
        self.recorded = recorded
        self.persons = persons
        self.accounts = accounts
        self.actor = actor
        self.properties = properties.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    public subscript(_ name: String) -> Value? {
        properties.first { $0.name == name }?.value
    }

    /// Under whose key the fact's personal values are kept: its first person, else its first account.
    public var subject: Subject? {
        (persons.first ?? accounts.first).map(Subject.init(of:))
    }
}

/// A named value of a fact.
public struct Property: Hashable, Sendable {
    public var name: String
    public var value: Value

    public init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }
}

/// A fact with its place in the journal.
public struct RecordedFact: Hashable, Sendable {
    /// 1 for the first fact, without gaps; tells the order of arrival and means nothing else.
    public var sequence: Int64
    public var fact: Fact

    public init(sequence: Int64, fact: Fact) {
        self.sequence = sequence
        self.fact = fact
    }
}
