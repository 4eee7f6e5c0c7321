internal import Findings
internal import Vocabulary

// Tables beside the agreement: rates and target accounts. A header, commas, quotes where a value needs them. What the journal
// imports is read by `Intake`; these are part of the agreement or of its delegated facts, a few columns wide.

/// A file of rows under a header.
struct IncludedTable {
    let source: SourceText
    let header: [String]
    let rows: [(line: Int, fields: [String])]

    /// `nil` where the bytes are no text or there is no header.
    init?(file: String, bytes: [UInt8]) {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard String(validating: content, as: UTF8.self) != nil else { return nil }
        let lines = content.split(separator: 10, omittingEmptySubsequences: false)
            .map { $0.last == 13 ? $0.dropLast() : $0 }
        guard let first = lines.first, !first.isEmpty else { return nil }
        source = SourceText(file: file, bytes: content)
        header = csvFields(first).map { $0.lowercased() }
        rows = lines.enumerated().dropFirst().filter { !$0.element.isEmpty }.map {
            ($0.offset + 1, csvFields($0.element))
        }
    }

    /// The position of a column.
    func column(_ name: String) -> Int? { header.firstIndex(of: name) }
}

/// The fields of a line; a quote within quotes is doubled. Bytes, since lists of target accounts are long.
private func csvFields(_ line: ArraySlice<UInt8>) -> [String] {
    let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
    guard line.contains(quote) else {
        return line.split(separator: comma, omittingEmptySubsequences: false).map(csvText)
    }
    var (fields, field, isQuoted, closedAt) = ([String](), [UInt8](), false, -2)
    for (index, byte) in zip(line.indices, line) {
        switch byte {
        case quote:
            if !isQuoted, closedAt == index - 1 { field.append(quote) }
            if isQuoted { closedAt = index }
            isQuoted.toggle()
        case comma where !isQuoted:
            fields.append(csvText(field[...]))
            field = []
        default: field.append(byte)
        }
    }
    return fields + [csvText(field[...])]
}

private func csvText(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
}

extension AgreementReader {
    /// `month,currency,per_eur`: how many units one euro is worth, from the first day of the month on.
    mutating func rates(_ syntax: Syntax, base: Currency) -> RateTable? {
        let amount = "per_\(base.code.lowercased())"
        guard let (path, table) = table(syntax, columns: ["month", "currency", amount]) else { return nil }
        let columns = ["month", "currency", amount].compactMap { table.column($0) }
        var rates: [RateTable.Rate] = []
        for row in table.rows {
            guard let rate = rate(row.fields, columns) else {
                noteRow(table, row.line, "This row is not a month, a currency and a rate above 0.")
                return nil
            }
            rates.append(rate)
        }
        return RateTable(file: path, rates: rates.sorted { ($0.from, $0.currency) < ($1.from, $1.currency) })
    }

    private func rate(_ fields: [String], _ columns: [Int]) -> RateTable.Rate? {
        guard columns.allSatisfy({ $0 < fields.count }), let from = try? CivilDate(text: fields[columns[0]] + "-01"),
            let currency = Currency(code: fields[columns[1]]),
            let rate = Number(agreementText: fields[columns[2]]), rate.mantissa > 0
        else { return nil }
        return RateTable.Rate(from: from, currency: currency, perBase: rate)
    }

    /// `account_id`, `domain` or both; further columns are for people.
    mutating func targets(_ syntax: Syntax) -> TargetList? {
        guard let (path, table) = table(syntax, columns: []) else { return nil }
        let (id, domain) = (table.column("account_id"), table.column("domain"))
        guard id != nil || domain != nil else {
            noteRow(table, 1, "The table has neither a column account_id nor a column domain.")
            return nil
        }
        let accounts = table.rows.map { row in
            TargetList.Account(
                id: field(id, row.fields), domain: field(domain, row.fields).map { $0.lowercased() })
        }
        if let row = zip(table.rows, accounts).first(where: { $1.id == nil && $1.domain == nil })?.0 {
            noteRow(table, row.line, "This row names no account.")
            return nil
        }
        let ordered = accounts.map { (words: $0.words, account: $0) }.sorted {
            $0.words.utf8.lexicographicallyPrecedes($1.words.utf8)
        }
        return TargetList(file: path, accounts: ordered.map(\.account))
    }

    private func field(_ column: Int?, _ fields: [String]) -> String? {
        guard let column, column < fields.count, !fields[column].isEmpty else { return nil }
        return fields[column]
    }

    private mutating func table(_ syntax: Syntax, columns: [String]) -> (path: String, table: IncludedTable)? {
        guard let path = plainText(syntax, "the name of a file"), let bytes = include(path, at: syntax) else {
            return nil
        }
        guard let table = IncludedTable(file: path, bytes: bytes) else {
            return bad(
                .badInclude, syntax, "\"\(path)\" is not a table as UTF-8 text.",
                "Save it as CSV with a header and commas.", columns.joined(separator: ","))
        }
        guard columns.allSatisfy({ table.column($0) != nil }) else {
            noteRow(table, 1, "The table lacks a column: it needs \(columns.joined(separator: ", ")).")
            return nil
        }
        return (path, table)
    }

    private mutating func noteRow(_ table: IncludedTable, _ line: Int, _ cause: String) {
        note(
            Complaint(.badInclude, cause, remedy: "Mend the file, or name another."), in: table.source, line: line)
    }
}
