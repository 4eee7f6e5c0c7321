//  What a mapping says: which rows of a file become which facts
//
//      Mapping ── source, zone, currency, times …        what holds for the whole file
//        │  ── columns: [Column]                          the file's columns by names of our own, with types
//        │  ── joins: [Join]                              a small second file looked up row by row
//        │  ── only: Condition                            rows that count at all; the others are *filtered*
//        └  ── facts: [FactRule]                          each row becomes one fact for every rule whose `when` holds
//                │ ── kind, object, id, aspect            → the fact's key
//                │ ── at | since, known                   → its times; `since` marks a record row
//                │ ── person, account, by                 → whom it concerns, who did it
//                └ ── with: [(property, Cell)]            → its values
//
//  docs/mapping.md is the language as people write it; MappingText.swift reads it.

public import Vocabulary

/// How the rows of a kind of file become facts.
public struct Mapping: Hashable, Sendable {
    public var name: String
    public var source: String
    public var reads = Format.byFileName
    public var dialect = DialectOverride()
    /// The zone of times written without one; `nil` where nothing names it, and they are read in UTC and noticed.
    public var zone: String?
    public var currency: Currency?
    public var decimalComma = false
    /// Formats tried in order for columns that give none of their own.
    public var times: [String] = []
    public var asOf = AsOf.notStated
    public var complete = Complete.no
    public var columns: [Column] = []
    public var joins: [Join] = []
    public var only = Condition.always
    public var facts: [FactRule] = []

    public init(name: String, source: String) {
        self.name = name
        self.source = source
    }

    public enum Format: String, Hashable, Sendable {
        case csv, ndjson
        /// `.ndjson`, `.jsonl` and `.json` are NDJSON, everything else is CSV.
        case byFileName
    }

    /// What is known of a CSV file's form; the rest is sniffed.
    public struct DialectOverride: Hashable, Sendable {
        public var delimiter: UInt8?
        public var encoding: TextEncoding?
        public var backslashEscapes = false

        public init() {}
    }

    /// As of when a file without modification instants speaks.
    public enum AsOf: Hashable, Sendable {
        case notStated
        case instant(Instant)
        /// The date in the file's name, `contacts-2026-02-02.csv`: the start of that day in the mapping's zone.
        case fileName
    }

    /// Whether records missing from a file are gone.
    public enum Complete: Hashable, Sendable {
        case no
        case yes
        /// Files whose name matches, `*` standing for anything.
        case fileName(String)
    }
}

/// A column of the file, or of a joined file, under a name of our own.
public struct Column: Hashable, Sendable {
    public var name: String
    /// The names it may have in the file: internal name, label, older label. The first that is there is read.
    public var named: [String]
    /// The join it is looked up in; `nil` for the file itself.
    public var join: String?
    public var type = ValueType.text
    public var isPersonal = false
    /// Whether a file without it is fine.
    public var isOptional = false
    /// What an empty field stands for; where facts of the kind must have the value, also one that is missing.
    public var empty: String?
    /// `from` in any case, trimmed, is written `to`.
    public var aliases: [String: String] = [:]
    /// The values a choice may have; others are kept as written and noticed.
    public var choices: [String] = []
    /// Splits a field into a list.
    public var separator: String?
    public var zone: String?
    public var formats: [String] = []
    public var decimalComma: Bool?
    public var currency: CurrencyRule?

    public init(_ name: String, named: [String]? = nil) {
        self.name = name
        self.named = named ?? [name]
    }

    public enum ValueType: String, CaseIterable, Hashable, Sendable {
        case text, number, money, time, date, flag, choice, email, phone, domain, country, list
    }

    public enum CurrencyRule: Hashable, Sendable {
        case fixed(Currency)
        case column(String)
    }
}

/// A small second file: its rows whose `key` equals this file's `on` are joined to each row. A column shows the first of
/// them; a rule that says `each:` with the join's name is applied once for each.
public struct Join: Hashable, Sendable {
    public var name: String
    /// The names it may have. The first that is there is read.
    public var files: [String]
    public var on: String
    public var key: String
    /// Whether it is fine when none of the files is there: then nothing fits any row.
    public var isOptional = false

    public init(name: String, files: [String], on: String, key: String) {
        self.name = name
        self.files = files
        self.on = on
        self.key = key
    }
}

/// A value of a fact: a column's, or the same for every row.
public enum Cell: Hashable, Sendable {
    case column(String)
    case constant(String)
    /// A flag: whether the column is not empty.
    case known(String)
}

/// Any of these groups, in each of which all tests hold.
public struct Condition: Hashable, Sendable {
    public var anyOf: [[Test]]

    public init(anyOf: [[Test]]) {
        self.anyOf = anyOf
    }

    public static let always = Condition(anyOf: [])

    public struct Test: Hashable, Sendable {
        public var column: String
        public var comparison: Comparison
        public var isNegated: Bool

        public init(column: String, _ comparison: Comparison, isNegated: Bool = false) {
            self.column = column
            self.comparison = comparison
            self.isNegated = isNegated
        }
    }

    public enum Comparison: Hashable, Sendable {
        /// Equal to one of these, in any case, spaces around left out.
        case oneOf([String])
        case known
        /// The file has the column, or the row the path, be it empty.
        case present
        /// `*` stands for anything; in any case.
        case matches(String)
    }
}
