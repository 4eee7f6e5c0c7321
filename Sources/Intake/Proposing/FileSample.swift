/// The first rows of a file, column by column: what a proposal goes by.
struct FileSample {
    struct Column {
        var name: String
        /// One for each row, trimmed; empty where the row says nothing.
        var values: [String] = []

        /// Those that say something.
        var written: [String] { values.filter { !$0.isEmpty } }
        var distinct: Set<String> { Set(written) }
        /// Whether every row has a value of its own.
        var tellsRowsApart: Bool { distinct.count == values.count }
    }

    let fileName: String
    let isNDJSON: Bool
    var columns: [Column]
    let rows: Int
    /// Rows that no reader can read, among the first.
    let malformed: Int

    var names: [String] { columns.map(\.name) }

    /// Names of columns that look like values: an e-mail address, a number, a date, an id. Then the file has no header.
    var namesLikeData: [String] { isNDJSON ? [] : names.filter(FileSample.isLikeData) }

    private static func isLikeData(_ name: String) -> Bool {
        let digits = name.utf8.count { ASCII.isDigit($0) }
        let isEmail = name.withBytes { (try? EmailAddress.read($0) { _ in true }) ?? false }
        let isNumber = digits > 0 && name.utf8.allSatisfy { ASCII.isDigit($0) || ".,-+".utf8.contains($0) }
        let isID = digits >= 3 && name.utf8.allSatisfy { ASCII.isDigit($0) || ASCII.isLetter($0) || $0 == 0x2D }
        return isEmail || isNumber || isID || digits >= 3 && !proposeTimeFormat(samples: [name]).fitting.isEmpty
    }

    /// As many rows as tell the types of nearly every column, and not so many that a person waits.
    static let rowLimit = 4000
    /// Of wide files fewer rows: this many fields in all.
    static let fieldLimit = 400_000

    /// Throws `UnreadableFile` and what the pull throws. `open` may be called more than once.
    init(fileName: String, open: () throws -> Pull) throws {
        let all = try FileSample.everything(fileName, open)
        let source = try RowSource(all, fileName: fileName, open: open)
        let row = Row()
        var columns = source.columns.filter { $0 != StepReader.rejectColumn }.map { Column(name: $0) }
        var (rows, malformed) = (0, 0)
        let limit = min(FileSample.rowLimit, FileSample.fieldLimit / max(columns.count, 1) + 10)
        loop: while rows + malformed < limit {
            switch try source.reader.read(into: row) {
            case .row:
                for place in columns.indices { columns[place].values.append(row.withField(place) { $0.trimmed.text }) }
                rows += 1
            case .malformed: malformed += 1
            case .end: break loop
            }
        }
        (self.fileName, self.columns, isNDJSON) = (fileName, columns, source.form == .ndjson)
        (self.rows, self.malformed) = (rows, malformed)
    }

    /// A mapping that names every path of an NDJSON file's first lines; a CSV file's header names its columns itself.
    private static func everything(_ fileName: String, _ open: () throws -> Pull) throws -> Mapping {
        var mapping = Mapping(name: "sample", source: "sample")
        guard mapping.readsNDJSON(fileName) else { return mapping }
        let paths = NDJSONReader.paths(inSample: try FileHead.read(Dialect.sampleSize, from: open()))
        let leaves = paths.filter { path in
            !paths.contains { $0.steps.count > path.steps.count && $0.steps.starts(with: path.steps) }
        }
        mapping.columns = leaves.map { Intake.Column($0.description) }
        return mapping
    }
}
