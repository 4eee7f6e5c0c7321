internal import Findings
internal import Vocabulary

// Tables beside the agreement: rates, quotas and target accounts. A header, commas, quotes where a value needs them. What the journal
// imports is read by `Intake`; these are part of the agreement or of its delegated facts, a few columns wide.

/// A file of rows under a header.
struct IncludedTable {
    let source: SourceText
    let header: [String]
    let rows: [Row]

    struct Row {
        let line: Int
        let fields: [String]
        /// Where each field begins, in characters from 1.
        let columns: [Int]
    }

    /// `nil` where the bytes are no text or there is no header.
    init?(file: String, bytes: [UInt8]) {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard String(validating: content, as: UTF8.self) != nil else { return nil }
        let lines = content.split(separator: 10, omittingEmptySubsequences: false)
            .map { $0.last == 13 ? $0.dropLast() : $0 }
        guard let first = lines.first, !first.isEmpty else { return nil }
        source = SourceText(file: file, bytes: content)
        header = csvFields(first).map { $0.text.lowercased() }
        rows = lines.enumerated().dropFirst().filter { !$0.element.isEmpty }.map { number, line in
            let fields = csvFields(line)
            return Row(line: number + 1, fields: fields.map(\.text), columns: fields.map(\.column))
        }
    }

    /// The position of a column.
    func column(_ name: String) -> Int? { header.firstIndex(of: name) }
}

/// The fields of a line and where each begins; a quote within quotes is doubled. Bytes, since lists of target accounts are long.
private func csvFields(_ line: ArraySlice<UInt8>) -> [(text: String, column: Int)] {
    let (quote, comma, space) = (UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: " "))
    var (fields, field, isQuoted, closedAt) = ([(text: String, column: Int)](), [UInt8](), false, -2)
    var start = line.startIndex
    func column(of index: Int) -> Int { String(decoding: line[line.startIndex..<index], as: UTF8.self).count + 1 }
    for (index, byte) in zip(line.indices, line) {
        switch byte {
        case quote:
            if !isQuoted, closedAt == index - 1 { field.append(quote) }
            if isQuoted { closedAt = index }
            isQuoted.toggle()
        case comma where !isQuoted:
            fields.append((String(decoding: field, as: UTF8.self), column(of: start)))
            (field, start) = ([], index + 1)
        case space where field.isEmpty && !isQuoted: start += 1
        default: field.append(byte)
        }
    }
    return fields + [(String(decoding: field, as: UTF8.self), column(of: start))]
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

// Quotas:
//
//     rep,period,amount,currency
//     jonas@northwind.example,2026-Q1,400000,EUR

/// A row of the table of quotas.
struct IncludedQuota {
    let rep: MailAddress
    let period: FiscalPeriod
    let amount: Money
    let place: Place
}

extension AgreementReader {
    /// The rows for people of the teams, in order. What is wrong with a row is noted where it stands in the file.
    mutating func quotas(_ root: Section) -> [IncludedQuota] {
        let columns = ["rep", "period", "amount", "currency"]
        guard let syntax = root["quotas"], let (_, table) = table(syntax, columns: columns) else { return [] }
        let positions = columns.compactMap { table.column($0) }
        let people = emails(root["teams"])
        var seen: Set<String> = []
        return table.rows.compactMap { row in
            guard positions.allSatisfy({ $0 < row.fields.count }) else {
                noteRow(
                    table, row.line, "This row has \(row.fields.count) values; the header has \(table.header.count).")
                return nil
            }
            guard let quota = quota(row, positions, people, in: table) else { return nil }
            guard seen.insert("\(quota.rep.text) \(quota.period)").inserted else {
                let cause = "\(quota.rep.text) has a quota for \(quota.period) already."
                noteField(.init(.nameTwice, cause, remedy: "Keep one of them."), table, row, positions[1])
                return nil
            }
            return quota
        }
    }

    private mutating func quota(
        _ row: IncludedTable.Row, _ positions: [Int], _ people: [String], in table: IncludedTable
    ) -> IncludedQuota? {
        let fields = positions.map { row.fields[$0] }
        let rep = MailAddress(checking: fields[0]).flatMap { people.contains($0.text) ? $0 : nil }
        if rep == nil {
            let remedy = didYouMean(nearestName(to: fields[0], among: people)) ?? "Name somebody of the teams."
            noteField(.init(.unknownName, "\"\(fields[0])\" is in no team.", remedy: remedy), table, row, positions[0])
        }
        let period = FiscalPeriod(text: fields[1])
        if period == nil {
            let cause = "\"\(fields[1])\" is not a fiscal period."
            let remedy = "Write a year, a quarter or a month of the fiscal year."
            noteField(.init(.badValue, cause, remedy: remedy, example: "2026-Q1"), table, row, positions[1])
        }
        let amount = Money(text: "\(fields[2]) \(fields[3])")
        if amount.map({ $0.minorUnits < 0 }) ?? true {
            let cause = "\"\(fields[2])\" and \"\(fields[3])\" are not an amount and its currency."
            let remedy = "Write a number that is not negative, and the currency in three letters."
            noteField(.init(.badAmount, cause, remedy: remedy, example: "400000,EUR"), table, row, positions[2])
        }
        guard let rep, let period, let amount, amount.minorUnits >= 0 else { return nil }
        let place = Place(file: table.source.file, line: row.line, column: row.columns[positions[2]])
        return IncludedQuota(rep: rep, period: period, amount: amount, place: place)
    }

    /// Of every team.
    private func emails(_ teams: Syntax?) -> [String] {
        guard case .mapping(let entries)? = teams?.content else { return [] }
        return entries.flatMap { members($0.value["reps"]) }.compactMap {
            $0["email"]?.text.flatMap(MailAddress.init(checking:))?.text
        }
    }

    private mutating func noteField(
        _ complaint: Complaint, _ table: IncludedTable, _ row: IncludedTable.Row, _ column: Int
    ) {
        findings.append(
            table.source.finding(
                complaint, line: row.line, column: row.columns[column], length: max(1, row.fields[column].count)))
    }
}
