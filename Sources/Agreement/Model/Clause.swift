public import Findings

// The model of an agreement. Every statement that somebody could point at, sign, change or break is a clause:
//
//     Agreement
//       company ─ Company      parties ─ Parties      mission ─ Mission         … one section for each top-level key
//       stages ─ [Stage]
//                  Stage.enter ─ Segmented<Condition>
//                                  otherwise ─ Clause<Condition>   address   stages.mql.enter
//                                  cases ─ [Segment]               place     agreement.yaml:91:39
//                                                                  value     (engagement >= 50 and …
//                                                                  isDefault the agreement is silent, Defaults.swift speaks
//                                                                  standing  signed, or delegated to a side
//
// `Agreement.clauses` lists them all, sections and names included, so that findings, contract, diff, digest and
// explanations speak of the same things by the same addresses.

/// What a clause may say: it can be compared, and written in the agreement's own words.
public protocol Statable: Hashable, Sendable {
    /// The one canonical way to write it in an agreement. Values that mean the same have the same words, others have others.
    var words: String { get }
}

/// One statement of the agreement, where it stands and what it is called.
public struct Clause<Value: Statable>: Hashable, Sendable {
    /// `stages.mql.enter`: the keys from the top, joined by dots. Members of a list go by name where they have one, else by
    /// number from 1.
    public let address: String
    /// Where it is written; for a default, the key it was left out of.
    public let place: Place
    public let value: Value
    /// The agreement is silent and `Defaults.swift` speaks.
    public let isDefault: Bool
    public let standing: Standing

    public init(_ value: Value, address: String, place: Place, isDefault: Bool = false, standing: Standing = .signed) {
        (self.value, self.address, self.place) = (value, address, place)
        (self.isDefault, self.standing) = (isDefault, standing)
    }
}

/// Whether a clause needs signatures to change.
public enum Standing: Hashable, Sendable {
    /// Part of the digest that both sides sign.
    case signed
    /// A dated company fact that this side may change alone; outside the digest.
    case delegated(to: Party)
}

/// A clause that may differ by segment: the first case whose condition holds applies, else `otherwise`.
public struct Segmented<Value: Statable>: Hashable, Sendable {
    /// Without the number of a case: `stages.mql.enter`.
    public let address: String
    /// In the order of the file; empty where the clause is the same for everybody.
    public let cases: [Segment<Value>]
    public let otherwise: Clause<Value>

    public init(_ address: String, cases: [Segment<Value>], otherwise: Clause<Value>) {
        (self.address, self.cases, self.otherwise) = (address, cases, otherwise)
    }

    /// Every value it may take, `otherwise` last.
    public var all: [Clause<Value>] { cases.map(\.clause) + [otherwise] }
}

/// One case of a clause that differs by segment.
public struct Segment<Value: Statable>: Hashable, Sendable {
    /// `promises.sales.respond.1.where`.
    public let condition: Clause<Condition>
    public let clause: Clause<Value>

    public init(where condition: Clause<Condition>, _ clause: Clause<Value>) {
        (self.condition, self.clause) = (condition, clause)
    }
}

/// A clause without its type, for those who treat all alike: the digest, the diff, lists.
public struct ClauseEntry: Sendable {
    public let address: String
    public let place: Place
    /// What it says, in canonical words.
    public let words: String
    public let isDefault: Bool
    public let standing: Standing
    let value: any Statable

    public init<Value>(_ clause: Clause<Value>) {
        (address, place, words) = (clause.address, clause.place, clause.value.words)
        (isDefault, standing, value) = (clause.isDefault, clause.standing, clause.value)
    }

    /// The same clause under another address, with names of today.
    init(_ entry: ClauseEntry, calledNow address: String, saying value: any Statable) {
        (self.address, self.value, words) = (address, value, value.words)
        (place, isDefault, standing) = (entry.place, entry.isDefault, entry.standing)
    }
}

extension ClauseEntry: Hashable {
    /// Equal words are equal values.
    public static func == (a: ClauseEntry, b: ClauseEntry) -> Bool {
        (a.address, a.place, a.words, a.isDefault) == (b.address, b.place, b.words, b.isDefault)
            && a.standing == b.standing
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(address)
        hasher.combine(words)
    }
}
