public import Engine
public import Vocabulary

/// By what deals are told apart.
public enum DealSegment: Hashable, Sendable {
    case owner
    /// What the deal's facts last say under this name.
    case property(String)
}

/// A deal that is won or lost.
public struct WinRecord: Hashable, Sendable {
    public let account: Int32
    /// A text.
    public let deal: Int32
    public let closed: Instant
    public let isWon: Bool
    public let amount: Int64?
    public let currency: UInt16
}

public struct WinCell: Hashable, Sendable {
    public let won: [Int]
    public let lost: [Int]
    public let rate: Share
    /// Of the won ones, by currency in the order of codes.
    public let value: [Money]
    public let withoutAmount: [Int]
}

/// Won / (won + lost) by count, and won value by currency, of deals as they stand at the end.
public func wins(by segment: DealSegment? = nil, _ outcome: Outcome, in world: FoldWorld) -> Report<WinRecord, WinCell>
{
    var records: [WinRecord] = []
    var names: [String] = []
    for account in outcome.accounts {
        for deal in account.deals {
            guard let last = deal.changes.last, last.state == .won || last.state == .lost else { continue }
            let closing = deal.changes.last { $0.what == .won || $0.what == .lost } ?? last
            records.append(
                WinRecord(
                    account: account.account, deal: deal.record, closed: closing.instant, isWon: last.state == .won,
                    amount: last.amount, currency: last.currency))
            if let segment { names.append(name(of: deal, by: segment, world.history)) }
        }
    }
    let total = winCell(Array(records.indices), records)
    return Report(
        question: Question(
            population: "deals that stand as won or lost",
            measure: "won / (won + lost) by count; won value by currency",
            segment: segment?.text ?? "all", asOf: world.until, zone: world.staff.zone.name),
        records: records, total: total, cells: cells(names) { winCell($0, records) },
        warnings: warnings(total, records))
}

extension DealSegment {
    fileprivate var text: String {
        switch self {
        case .owner: "owner"
        case .property(let name): name
        }
    }
}

private func name(of deal: DealOutcome, by segment: DealSegment, _ history: History) -> String {
    switch segment {
    case .owner:
        guard let owner = deal.changes.last?.owner, owner >= 0 else { return unsaid }
        return history.texts[owner]
    case .property(let property):
        guard let number = history.texts.number(of: property) else { return unsaid }
        for change in deal.changes.reversed() where change.fact >= 0 {
            if let value = history.text(of: number, in: change.fact) { return value }
        }
        return unsaid
    }
}

private func winCell(_ members: [Int], _ records: [WinRecord]) -> WinCell {
    let won = members.filter { records[$0].isWon }
    var sums: [UInt16: Int64] = [:]
    for index in won {
        if let amount = records[index].amount { sums[records[index].currency, default: 0] += amount }
    }
    let value = sums.sorted { $0.key < $1.key }.compactMap { packed, sum in
        Currency(packed: packed).map { Money(minorUnits: sum, currency: $0) }
    }
    return WinCell(
        won: won, lost: members.filter { !records[$0].isWon }, rate: Share(won.count, of: members.count), value: value,
        withoutAmount: won.filter { records[$0].amount == nil })
}

private func warnings(_ total: WinCell, _ records: [WinRecord]) -> [ReportWarning] {
    if records.isEmpty { return [.noRecords] }
    var warnings: [ReportWarning] = []
    if !total.withoutAmount.isEmpty { warnings.append(.withoutAmount(total.withoutAmount.count)) }
    if total.value.count > 1 { warnings.append(.severalCurrencies(total.value.map(\.currency.code))) }
    return warnings
}
