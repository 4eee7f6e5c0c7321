/// Something odd that does not stop a row: it is counted and shown, never silent.
public struct Notice: Hashable, Sendable {
    public enum Code: String, CaseIterable, Sendable {
        /// A row found no partner in the joined file.
        case joinMissed = "join-missed"
        /// A row of the joined file was never used.
        case joinUnused = "join-unused"
        /// The file to join is not there, and need not be.
        case joinAbsent = "join-absent"
        /// A choice has a value that the mapping does not list.
        case notListed = "not-listed"
        /// A value said to be an e-mail address is none: kept as text, no one is known by it.
        case notAnEmail = "not-an-email"
        /// A country is not in the list: kept as written.
        case notACountry = "not-a-country"
        /// An empty field got the value that the mapping gives to empty ones.
        case filledIn = "filled-in"
        /// A fact without a date of its own got the file's date.
        case datedAsOf = "dated-as-of"
        /// A local time that the clocks skipped or passed twice: the earlier instant was taken.
        case unclearLocalTime = "unclear-local-time"
        /// A time written without a zone, in a file for which nothing names one: it was read in UTC.
        case utcAssumed = "utc-assumed"
        /// The mapping looks for an account or a person that the row does not name, and the kind of fact can do without.
        case alone = "alone"
        /// The kind of fact needs somebody, the row names nobody: the fact was left out, as the mapping says.
        case nobody = "nobody"
        /// Columns of the file that the mapping does not read.
        case notMapped = "not-mapped"
        /// A row of a complete list could not be read and may be any record, so absence from the list means nothing.
        case listNotWhole = "list-not-whole"

        public var sentence: String {
            switch self {
            case .joinMissed: "no row of the joined file fits"
            case .joinAbsent:
                "this file to join is not there; facts that need it were left out or are without its values"
            case .joinUnused: "rows of the joined file that no row used"
            case .notListed: "not among the values the mapping lists; kept as written"
            case .notAnEmail: "not an e-mail address; kept as text, nobody is known by it"
            case .notACountry: "not a country we know; kept as written"
            case .filledIn: "empty; filled in as the mapping says"
            case .datedAsOf: "has no date of its own; dated as of the file"
            case .unclearLocalTime: "local time skipped or passed twice by the clocks; the earlier instant taken"
            case .utcAssumed: "read in UTC, because nothing names a zone: say `zone:` or --zone"
            case .alone: "empty; the fact stands alone"
            case .nobody: "names nobody; this fact was left out, as the mapping says"
            case .notMapped: "columns the mapping does not read"
            case .listNotWhole:
                "has rows nobody can tell apart, so nobody missing is taken for gone; mend and import again"
            }
        }
    }

    public var code: Code
    public var column: String
    /// The value concerned; empty where values would be too many to tell apart, and for personal ones.
    public var value: String

    public init(_ code: Code, column: String, value: String = "") {
        self.code = code
        self.column = column
        self.value = value
    }
}

/// Counts notices, and remembers where each was first met. Bounded: past a number of different values a column's further
/// values are counted together.
public struct Notices: Hashable, Sendable {
    public struct Count: Hashable, Sendable {
        public var rows = 0
        public var firstLine = 0
        /// The last row counted, so that a column that several facts read is counted once a row.
        fileprivate var lastLine = -1
    }

    /// More different values of a column than a person would read.
    public static let valuesPerColumn = 50

    public private(set) var counts: [Notice: Count] = [:]
    private var values: [String: Int] = [:]

    public init() {}

    /// `line` 0: it concerns no row of the file, so each call counts.
    public mutating func note(_ notice: Notice, line: Int, rows: Int = 1) {
        let notice = bounded(notice)
        var count = counts[notice] ?? Count(rows: 0, firstLine: line)
        if line == 0 || count.lastLine != line { count.rows += rows }
        count.lastLine = line
        counts[notice] = count
    }

    /// Adds another file's notices. A column that the mapping does not read is told once.
    public mutating func add(_ other: Notices) {
        for (notice, count) in other.listed {
            let notice = bounded(notice)
            if notice.code == .notMapped, counts[notice] != nil { continue }
            counts[notice, default: Count(rows: 0, firstLine: count.firstLine)].rows += count.rows
        }
    }

    /// The notice, without its value where its column already has as many different ones as are told apart.
    private mutating func bounded(_ notice: Notice) -> Notice {
        guard counts[notice] == nil, !notice.value.isEmpty else { return notice }
        let column = notice.code.rawValue + "\u{1F}" + notice.column
        guard values[column, default: 0] < Notices.valuesPerColumn else {
            return Notice(notice.code, column: notice.column)
        }
        values[column, default: 0] += 1
        return notice
    }

    /// In the order of their codes' declaration, then by column, then most frequent first.
    public var listed: [(notice: Notice, count: Count)] {
        let order = Dictionary(uniqueKeysWithValues: Notice.Code.allCases.enumerated().map { ($1, $0) })
        return counts.map { (notice: $0.key, count: $0.value) }.sorted { a, b in
            let (x, y) = (order[a.notice.code]!, order[b.notice.code]!)
            if x != y { return x < y }
            if a.notice.column != b.notice.column { return a.notice.column < b.notice.column }
            if a.count.rows != b.count.rows { return a.count.rows > b.count.rows }
            return a.notice.value < b.notice.value
        }
    }
}
