import Answers
import Importing
import Intake
import Journal

/// A list of people by e-mail address: a CSV file with a column of addresses, or one address a line.
struct AddressList {
    let addresses: [WrittenAddress]
    /// `nil` where the first line is an address itself.
    private let header: [String]?
    private let rows: [[String]]
    private let delimiter: UInt8

    init(_ path: String) throws {
        let file = try InputFile(path)
        let reader = try CSVReader(pull: file.pull)
        let names = reader.fieldNames
        delimiter = reader.dialect.delimiter
        var rows: [[String]] = []
        let row = Row()
        reading: while true {
            switch try reader.read(into: row) {
            case .row: rows.append((0..<row.count).map { row.text($0) })
            case .malformed(let malformed):
                throw UnusableFile(
                    "\(path): \(malformed)", remedy: "Mend the line: nobody on a list may be passed over silently.")
            case .end: break reading
            }
        }
        // A list of bare addresses has no header, and may end in lines that look like a footer to a reader of tables.
        rows += reader.footer.map { [$0] }
        if names.contains(where: { WrittenAddress($0).identifier != nil }) {
            rows.insert(names, at: 0)
            header = nil
        } else {
            header = names
        }
        guard let column = AddressList.column(names, header == nil ? rows : rows) else {
            throw UnusableFile(
                "\(path) has no column of e-mail addresses",
                remedy: "Name one of its columns email, or write one address a line.")
        }
        self.rows = rows
        addresses = rows.map { WrittenAddress($0.indices.contains(column) ? $0[column] : "") }
    }

    /// The column that is called so, else the one with the most addresses.
    private static func column(_ names: [String], _ rows: [[String]]) -> Int? {
        let known: Set = [
            "email", "e-mail", "mail", "email address", "e-mail address", "emailaddress", "email_address",
        ]
        if let named = names.firstIndex(where: { known.contains($0.lowercased()) }) { return named }
        let counts = names.indices.map { column in
            rows.prefix(200).count { $0.indices.contains(column) && WrittenAddress($0[column]).identifier != nil }
        }
        return counts.max().flatMap { most in most > 0 ? counts.firstIndex(of: most) : nil }
    }

    /// The rows for which it is so, as they stand in the file, under its header.
    func rows(where isSo: [Bool]) -> [UInt8] {
        var writer = CSVWriter(delimiter: delimiter, guardsFormulas: false)
        if let header { writer.row(header) }
        for (row, isSo) in zip(rows, isSo) where isSo { writer.row(row) }
        return writer.bytes
    }
}
