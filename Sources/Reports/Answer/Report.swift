public import Vocabulary

// A report is its records first; every number of a cell is computed from the records behind it, so that both agree.
//
//     Report ─ question ─── what was asked, as it was understood
//            ─ sections ─── tables: columns with a type, rows of cells
//                Cell ───── a value, and the records of its section that make it up
//                records ── one for each person, hand-over or deal, with what it adds
//            ─ warnings ─── what a reader must know before quoting a number
//            ─ handle ───── the question in one word; with a cell's address it names the records behind that cell

/// What happened, answered.
public struct Report: Hashable, Sendable {
    public let name: String
    public let title: String
    public let question: Question
    public let sections: [ReportSection]
    public let warnings: [ReportWarning]
    public let handle: ReportHandle

    public func section(_ key: String) -> ReportSection? { sections.first { $0.key == key } }

    /// The cell at an address: keys of a section, a row and a column.
    public subscript(section: String, row: String, column: String) -> Cell? {
        self.section(section)?[row, column]
    }
}

/// A table of a report.
public struct ReportSection: Hashable, Sendable {
    /// Part of handles: small letters, digits and `_`.
    public let key: String
    public let title: String
    /// What the rows are: `stage`, `month`.
    public let rowsAre: String
    public let columns: [ReportColumn]
    public let rows: [ReportRow]
    /// What the cells are made of.
    public let records: RecordList

    public subscript(row: String, column: String) -> Cell? {
        guard let place = columns.firstIndex(where: { $0.key == column }) else { return nil }
        return rows.first { $0.key == row }?.cells[place]
    }
}

public struct ReportColumn: Hashable, Sendable {
    /// Part of handles.
    public let key: String
    public let title: String
    public let kind: ReportValue.Kind
}

public struct ReportRow: Hashable, Sendable {
    /// Part of handles; the name, except for totals.
    public let key: String
    public let name: String
    public let isTotal: Bool
    /// Parallel to the columns of the section.
    public let cells: [Cell]

    public static let total = "total"
}

/// One number, and what it is made of.
public struct Cell: Hashable, Sendable {
    /// How the records add up to the value.
    public enum Adding: Hashable, Sendable {
        /// The value is how many they are.
        case count
        /// The value is a share of them: these are the part.
        case share(part: [Int32])
        /// The value is the sum of this column of theirs.
        case sum(column: String)
        /// The value is a statistic of theirs, which no sum gives: a median, a quotient.
        case statistic
    }

    public let value: ReportValue
    /// Indices of the section's records.
    public let records: [Int32]
    public let adding: Adding

    public init(_ value: ReportValue, of records: [Int32], _ adding: Adding) {
        (self.value, self.records, self.adding) = (value, records, adding)
    }
}

/// The records of a section in a table of their own.
public struct RecordList: Hashable, Sendable {
    public let columns: [ReportColumn]
    /// Parallel to the columns.
    public let rows: [[ReportValue]]

    public func column(_ key: String) -> Int? { columns.firstIndex { $0.key == key } }
}

/// The question as understood.
public struct Question: Hashable, Sendable {
    public let population: String
    public let measure: String
    public let mode: String
    public let from: Instant?
    public let to: Instant
    /// Only what was known then; `nil`: all that is known today.
    public let knownBy: Instant?
    public let until: Instant
    public let segment: String
    /// Options that choose: `team dach`, `country = DE`, `first passes`.
    public let chosen: [String]
    public let zone: String
    public let currency: String
    /// The beginning of the digest of the agreement in force at the end.
    public let agreement: String
    public let company: String
}

/// What to know before a number is quoted.
public struct ReportWarning: Hashable, Sendable {
    /// Stable, in kebab case.
    public let code: String
    public let sentence: String

    public init(_ code: String, _ sentence: String) { (self.code, self.sentence) = (code, sentence) }
}

extension ReportWarning: CustomStringConvertible {
    public var description: String { sentence }
}

extension ReportWarning {
    static func immature(_ n: Int) -> ReportWarning {
        ReportWarning("immature", "\(n) \(isOrAre(n)) too young for the horizon and counted apart")
    }

    /// The end was reached before the start.
    static func reachedBeforeStart(_ n: Int) -> ReportWarning {
        ReportWarning(
            "reached-before-start",
            "\(n) reached the end before the start; they count as converted, with a negative time: check their dates")
    }

    static func skipped(_ n: Int) -> ReportWarning {
        ReportWarning("skipped", "\(n) passed over a stage; they count in conversion, not in times")
    }

    static func unanswered(_ n: Int) -> ReportWarning {
        ReportWarning(
            "unanswered", "\(n) \(n == 1 ? "has" : "have") no response yet; counted in shares and censored in quantiles"
        )
    }

    static func withoutAmount(_ n: Int) -> ReportWarning {
        ReportWarning("without-amount", "\(n) deals have no amount and add nothing to the value")
    }

    static func severalCurrencies(_ codes: [String]) -> ReportWarning {
        ReportWarning("several-currencies", "amounts are in \(codes.joined(separator: ", ")), which are not added up")
    }

    static func smallNumbers(_ least: Int) -> ReportWarning {
        ReportWarning("small-numbers", "some shares are of fewer than \(least): chance alone moves them much")
    }

    static let noRecords = ReportWarning(
        "no-records", "nothing fits the question; check its window and the names of stages and activities in it")

    private static func isOrAre(_ n: Int) -> String { n == 1 ? "is" : "are" }
}
