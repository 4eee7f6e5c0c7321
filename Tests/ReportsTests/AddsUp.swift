import Reports
import Vocabulary

/// What in a report does not follow from the records behind it, in words; nothing where all adds up.
///
/// Every cell's records are looked up by its handle's address, as `interlock records` does.
func whatDoesNotAddUp(_ report: Report) throws -> [String] {
    var problems: [String] = []
    for section in report.sections {
        for row in section.rows {
            for (column, cell) in zip(section.columns, row.cells) {
                let address = CellAddress(section: section.key, row: row.key, column: column.key)
                let records = try report.records(at: address)
                if let problem = problem(cell, records) { problems.append("\(address): \(problem)") }
                if cell.value.isOfKind(column.kind) == false {
                    problems.append("\(address): \(cell.value) is no \(column.kind)")
                }
            }
        }
        for row in section.records.rows where row.count != section.records.columns.count {
            problems.append("\(section.key): a record has \(row.count) values")
        }
    }
    let keys = report.sections.map(\.key)
    if Set(keys).count != keys.count { problems.append("two sections have one key") }
    for section in report.sections where Set(section.rows.map(\.key)).count != section.rows.count {
        problems.append("\(section.key): two rows have one key")
    }
    return problems
}

private func problem(_ cell: Cell, _ records: CellRecords) -> String? {
    switch (cell.adding, cell.value) {
    case (.count, .count(let count)):
        return count == records.rows.count ? nil : "\(count) of \(records.rows.count) records"
    case (.share, .share(let share)):
        let part = records.isInPart?.count { $0 } ?? -1
        return share == Reports.Share(part, of: records.rows.count) ? nil : "\(share) of \(part)/\(records.rows.count)"
    case (.sum(let column), .money(let sums)):
        guard let place = records.columns.firstIndex(where: { $0.key == column }) else { return "no column \(column)" }
        var totals: [Currency: Int64] = [:]
        for row in records.rows {
            guard case .money(let amounts) = row[place] else { return "a record without an amount" }
            for money in amounts { totals[money.currency, default: 0] += money.minorUnits }
        }
        let same = totals == Dictionary(uniqueKeysWithValues: sums.map { ($0.currency, $0.minorUnits) })
        return same ? nil : "\(sums) of \(totals)"
    case (.sum(let column), .count(let count)):
        guard let place = records.columns.firstIndex(where: { $0.key == column }) else { return "no column \(column)" }
        let counts = records.rows.map { row in
            guard case .count(let count) = row[place] else { return 0 }
            return count
        }
        return counts.reduce(0, +) == count ? nil : "\(count) of \(counts.reduce(0, +))"
    case (.statistic, _): return nil
    default: return "\(cell.value) is no \(cell.adding)"
    }
}

extension ReportValue {
    /// `nil`: there is no value, or words in its place.
    fileprivate func isOfKind(_ kind: Kind) -> Bool? {
        switch self {
        case .nothing: nil
        case .text: kind == .text ? true : nil
        case .count: kind == .count
        case .share: kind == .share
        case .duration: kind == .duration
        case .money: kind == .money
        case .number: kind == .number
        case .flag: kind == .flag
        case .instant: kind == .instant
        case .date: kind == .date
        case .fact: kind == .fact
        }
    }
}

extension Report {
    func count(_ section: String, _ row: String, _ column: String) -> Int? {
        guard case .count(let count)? = self[section, row, column]?.value else { return nil }
        return count
    }

    func share(_ section: String, _ row: String, _ column: String) -> [Int]? {
        guard case .share(let share)? = self[section, row, column]?.value else { return nil }
        return [share.part, share.whole]
    }

    func money(_ section: String, _ row: String, _ column: String) -> [Int64]? {
        guard case .money(let sums)? = self[section, row, column]?.value else { return nil }
        return sums.map(\.minorUnits)
    }

    func time(_ section: String, _ row: String, _ column: String) -> HalfMilliseconds? {
        guard case .duration(let time, _)? = self[section, row, column]?.value else { return nil }
        return time
    }
}
