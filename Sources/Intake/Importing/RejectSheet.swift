public import Journal

/// Rejected rows as a file that people mend in a spreadsheet or an editor and feed again: the file's own columns, and
/// beside them which reject a row is and what is wrong with it. A row too broken to have columns stands whole in
/// `interlock_raw`.
public struct RejectSheet {
    /// How the rejected file was written, and so how its rows are written again.
    public enum Form: Hashable, Sendable, Codable {
        case csv(delimiter: UInt8)
        case ndjson
    }

    public static let reasonColumn = "interlock_reason"
    public static let rawColumn = "interlock_raw"
    static let ownColumns = [StepReader.rejectColumn, reasonColumn, rawColumn]

    public let form: Form
    /// The file's own columns.
    private let columns: [String]
    private let fileColumns: [String]

    /// `columns` are those of the rejected file: when that was itself a mended sheet, with ours among them.
    public init(form: Form, columns: [String]) {
        self.form = form
        fileColumns = columns
        self.columns = columns.filter { !RejectSheet.ownColumns.contains($0) }
    }

    /// The whole sheet. Formulas are disarmed: people open it in a spreadsheet.
    public func bytes(_ rejects: [KeptReject]) -> [UInt8] {
        switch form {
        case .csv(let delimiter): csv(rejects, delimiter)
        case .ndjson: rejects.flatMap { ndjson($0) + [0x0A] }
        }
    }

    private func csv(_ rejects: [KeptReject], _ delimiter: UInt8) -> [UInt8] {
        var writer = CSVWriter(delimiter: delimiter, guardsFormulas: true)
        writer.row(columns + RejectSheet.ownColumns)
        for kept in rejects {
            let (fields, raw) =
                read(kept.reject.raw, delimiter)
                ?? (columns.map { _ in "" }, String(decoding: kept.reject.raw, as: UTF8.self))
            writer.row(fields + [String(kept.number), kept.reject.reason, raw])
        }
        return writer.take()
    }

    /// The row's own fields, read again from how it was written, and what an earlier sheet carried of a broken row;
    /// `nil` when it is too broken.
    private func read(_ raw: [UInt8], _ delimiter: UInt8) -> (fields: [String], raw: String)? {
        var rest = raw[...]
        let reader = CSVReader(
            resumingAt: .start, dialect: Dialect(encoding: .utf8, delimiter: delimiter),
            header: CSVHeader(written: fileColumns)
        ) { buffer in
            let count = min(buffer.count, rest.count)
            buffer.copyBytes(from: rest.prefix(count))
            rest = rest.dropFirst(count)
            return count
        }
        let row = Row()
        guard case .row? = try? reader.read(into: row) else { return nil }
        let carried = fileColumns.firstIndex(of: RejectSheet.rawColumn).map { row.text($0) } ?? ""
        return (
            fileColumns.indices.filter { !RejectSheet.ownColumns.contains(fileColumns[$0]) }.map { row.text($0) },
            carried
        )
    }

    private func ndjson(_ kept: KeptReject) -> [UInt8] {
        var json = JSONText()
        let text = String(decoding: kept.reject.raw, as: UTF8.self)
        json.object { json in
            json.member(StepReader.rejectColumn, kept.number)
            json.member(RejectSheet.reasonColumn, kept.reject.reason)
            if !isObject(kept.reject.raw) { json.member(RejectSheet.rawColumn, text) }
        }
        guard isObject(kept.reject.raw) else { return json.bytes }
        let inner = kept.reject.raw.drop { $0 == 0x20 || $0 == 0x09 }.dropFirst()
        let isEmpty = inner.first { $0 != 0x20 } == UInt8(ascii: "}")
        return json.bytes.dropLast() + (isEmpty ? [] : [UInt8(ascii: ",")]) + inner
    }

    private func isObject(_ raw: [UInt8]) -> Bool {
        var rest = raw[...]
        let reader = try? NDJSONReader(paths: []) { buffer in
            let count = min(buffer.count, rest.count)
            buffer.copyBytes(from: rest.prefix(count))
            rest = rest.dropFirst(count)
            return count
        }
        guard let reader, case .row? = try? reader.read(into: Row()) else { return false }
        return true
    }
}
