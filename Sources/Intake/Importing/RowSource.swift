/// A file opened as its mapping wants it read, with what is needed to open it again further on.
public struct RowSource {
    public let reader: any RowReader
    /// One name for each field of a row.
    public let columns: [String]
    /// How its rows are written, and so how rejected ones are written again.
    public let form: RejectSheet.Form
    private let resume: (Position, @escaping Pull) -> any RowReader

    /// `name` tells the format where the mapping does not; `open` gives the file's bytes from the first on, and may be
    /// called more than once. Throws `UnreadableFile`, `UnusableFile`, and what the pull throws.
    public init(_ mapping: Mapping, fileName name: String, open: () throws -> Pull) throws {
        self = try mapping.readsNDJSON(name) ? .ndjson(mapping, open) : .csv(mapping.dialect, open)
    }

    /// A reader that goes on where another stood: `pull` begins at the byte `position.offset` of the file.
    public func resuming(at position: Position, pull: @escaping Pull) -> any RowReader { resume(position, pull) }

    private init(
        reader: any RowReader, columns: [String], form: RejectSheet.Form,
        resume: @escaping (Position, @escaping Pull) -> any RowReader
    ) {
        (self.reader, self.columns, self.form, self.resume) = (reader, columns, form, resume)
    }

    private static func csv(_ override: Mapping.DialectOverride, _ open: () throws -> Pull) throws -> RowSource {
        var dialect: Dialect?
        if override != Mapping.DialectOverride() {
            var sniffed = Dialect.sniffed(head: try FileHead.read(Dialect.sampleSize, from: open()))
            sniffed.delimiter = override.delimiter ?? sniffed.delimiter
            sniffed.encoding = override.encoding ?? sniffed.encoding
            sniffed.hasBackslashEscapes = override.backslashEscapes
            dialect = sniffed
        }
        let reader = try CSVReader(dialect: dialect, pull: open())
        let form = RejectSheet.Form.csv(delimiter: reader.dialect.delimiter)
        return RowSource(reader: reader, columns: reader.fieldNames, form: form) { position, pull in
            CSVReader(resumingAt: position, dialect: reader.dialect, header: reader.header, pull: pull)
        }
    }

    private static func ndjson(_ mapping: Mapping, _ open: () throws -> Pull) throws -> RowSource {
        let sample = NDJSONReader.paths(inSample: try FileHead.read(Dialect.sampleSize, from: open()))
        let names = mapping.paths(inSample: Set(sample.map(\.description)))
        let paths = try names.map { name in
            guard let path = JSONPath(parsing: name) else {
                throw UnusableFile(
                    "“\(name)” is no path into a JSON object", remedy: "Write it as properties.plan or items[0].name.")
            }
            return path
        }
        let withReject = paths + [JSONPath(parsing: StepReader.rejectColumn)!]
        let reader = try NDJSONReader(paths: withReject, pull: open())
        return RowSource(reader: reader, columns: names + [StepReader.rejectColumn], form: .ndjson) { position, pull in
            NDJSONReader(resumingAt: position, paths: withReject, encoding: reader.encoding, pull: pull)
        }
    }
}

/// A file that cannot serve as what it was named for: as the rows to import, or as the second file of a join.
public struct UnusableFile: Error, Hashable, Sendable {
    public var cause: String
    public var remedy: String

    public init(_ cause: String, remedy: String) {
        (self.cause, self.remedy) = (cause, remedy)
    }
}

extension Mapping {
    /// `.ndjson`, `.jsonl` and `.json`, also gzipped, are NDJSON where the mapping does not say.
    func readsNDJSON(_ fileName: String) -> Bool {
        switch reads {
        case .csv: return false
        case .ndjson: return true
        case .byFileName:
            let lower = fileName.lowercased()
            let name = lower.hasSuffix(".gz") ? String(lower.dropLast(3)) : lower
            return [".ndjson", ".jsonl", ".json"].contains { name.hasSuffix($0) }
        }
    }
}

extension JoinTable {
    /// Reads the second file of a join. Throws `UnusableFile` when it has no such column, a bad row, or too many rows.
    public init(_ join: Join, file: String, pull: @escaping Pull) throws {
        let reader = try CSVReader(pull: pull)
        guard var table = JoinTable(columns: reader.fieldNames, key: join.key) else {
            throw UnusableFile(
                "the joined file \(file) has no column “\(join.key)”",
                remedy: "It has: \(reader.fieldNames.joined(separator: ", ")).")
        }
        let row = Row()
        loop: while true {
            switch try reader.read(into: row) {
            case .row: table.add(row)
            case .malformed(let malformed):
                throw UnusableFile(
                    "the joined file \(file) has a bad row in line \(malformed.line): \(malformed.reason.cause)",
                    remedy: malformed.reason.remedy)
            case .end: break loop
            }
            guard table.count <= JoinTable.rowLimit else {
                throw UnusableFile(
                    "the joined file \(file) has more than \(JoinTable.rowLimit) rows",
                    remedy: "Join it where it came from.")
            }
        }
        self = table
    }
}
