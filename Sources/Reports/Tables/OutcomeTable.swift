internal import Vocabulary

// What the agreement makes of the facts, in tables for any BI tool. One description says what each column means; the store is
// made from it, and so is docs/tables.md.
//
//     about         which company, agreement and instant the tables are of
//     person        pass          stage_entry
//     hand_over     promise_clock verdict       touch
//     deal          deal_change   consent
//     rep           team          period        person_field  deal_field    by which the others are told apart

/// A table of outcomes: what its columns mean, and its rows.
public struct OutcomeTable: Sendable {
    public let name: String
    /// What a row is.
    public let meaning: String
    public let columns: [Column]
    /// The columns by which published SQL looks rows up one by one; a store makes an index of them. Empty: none.
    public let lookedUpBy: [String]
    let rows: @Sendable (TableSource) -> [[TableValue]]

    public struct Column: Hashable, Sendable {
        public let name: String
        public let kind: Kind
        public let meaning: String

        public enum Kind: String, Hashable, Sendable { case text, integer }
    }
}

/// A value of a table.
public enum TableValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
}

/// The columns of a table of records of one type, one statement for each.
struct TableFields<Record> {
    typealias Value = @Sendable (Record, TableSource) -> TableValue

    private(set) var columns: [OutcomeTable.Column] = []
    private(set) var values: [Value] = []

    private mutating func add(
        _ name: String, _ kind: OutcomeTable.Column.Kind, _ meaning: String, _ value: @escaping Value
    ) {
        columns.append(OutcomeTable.Column(name: name, kind: kind, meaning: meaning))
        values.append(value)
    }

    mutating func text(
        _ name: String, _ meaning: String, _ value: @escaping @Sendable (Record, TableSource) -> String?
    ) {
        add(name, .text, meaning) { value($0, $1).map { .text($0) } ?? .null }
    }

    mutating func integer(
        _ name: String, _ meaning: String, _ value: @escaping @Sendable (Record, TableSource) -> Int64?
    ) {
        add(name, .integer, meaning) { value($0, $1).map { .integer($0) } ?? .null }
    }

    /// 1 and 0.
    mutating func flag(
        _ name: String, _ meaning: String, _ value: @escaping @Sendable (Record, TableSource) -> Bool?
    ) {
        integer(name, meaning + "; 1 or 0") { value($0, $1).map { $0 ? 1 : 0 } }
    }

    /// Two columns: `…_at` for people, `…_ms` for arithmetic.
    mutating func instant(
        _ name: String, _ meaning: String, _ value: @escaping @Sendable (Record, TableSource) -> Instant?
    ) {
        text(name + "_at", meaning + ", UTC") { value($0, $1)?.description }
        integer(name + "_ms", "the same in milliseconds since 1970") { value($0, $1)?.milliseconds }
    }

    /// Two columns: `…_minor` in minor units of `…_currency`.
    mutating func money(
        _ name: String, _ meaning: String, _ value: @escaping @Sendable (Record, TableSource) -> Money?
    ) {
        integer(name + "_minor", meaning + ", in minor units") { value($0, $1)?.minorUnits }
        text(name + "_currency", "its currency") { value($0, $1)?.currency.code }
    }
}

extension OutcomeTable {
    init<Record>(
        _ name: String, _ meaning: String, lookedUpBy: [String] = [],
        fields describe: (inout TableFields<Record>) -> Void,
        records: @escaping @Sendable (TableSource) -> [Record]
    ) {
        var fields = TableFields<Record>()
        describe(&fields)
        let values = fields.values
        self.init(name: name, meaning: meaning, columns: fields.columns, lookedUpBy: lookedUpBy) { source in
            records(source).map { record in values.map { $0(record, source) } }
        }
    }

    /// In the order in which they are documented.
    public static let all: [OutcomeTable] = [
        .about, .person, .pass, .stageEntry, .handOver, .promiseClock, .verdict, .touch, .deal, .dealChange, .consent,
        .rep, .team, .period, .personField, .dealField,
    ]
}

/// A table with its rows.
public struct FilledTable: Sendable {
    public let table: OutcomeTable
    /// Parallel to its columns.
    public let rows: [[TableValue]]
}

extension JudgedCompany {
    /// Every table of outcomes.
    public func outcomeTables() -> [FilledTable] {
        let source = TableSource(self)
        return OutcomeTable.all.map { FilledTable(table: $0, rows: $0.rows(source)) }
    }
}
