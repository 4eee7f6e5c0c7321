internal import Reports

extension ReportSection {
    /// The section drawn: lines where its rows follow each other in time, else bars; nothing where there is nothing to compare.
    func chart(of report: String) -> HTML {
        let drawn = rows.filter { !$0.isTotal }
        guard drawn.count > 1 else { return "" }
        return isOfTime ? trend(drawn) : bars(drawn)
    }

    private static let times: Set<String> = ["week", "month", "quarter", "year", "period"]
    private var isOfTime: Bool { ReportSection.times.contains(rowsAre) }

    /// What is drawn first where several could be.
    private static let telling = ["coverage", "conversion", "kept", "share"]

    private var drawnColumn: Int? {
        let named = ReportSection.telling.lazy.compactMap { key in
            columns.firstIndex { $0.key == key && $0.kind.isRightAligned }
        }.first
        let kinds: [ReportValue.Kind] = [.share, .money, .count, .duration]
        return named ?? kinds.lazy.compactMap { kind in columns.firstIndex { $0.kind == kind } }.first
    }

    // MARK: Bars

    private static let most = 30

    private func bars(_ rows: [ReportRow]) -> HTML {
        guard let column = drawnColumn, rows.count <= ReportSection.most else { return "" }
        let bars = rows.compactMap { row -> BarChart.Bar? in
            let cell = row.cells[column]
            return cell.value.drawn.map { bar(row, cell, $0) }
        }
        guard bars.count > 1, bars.contains(where: { $0.value != 0 }) else { return "" }
        return BarChart(title: "\(title): \(columns[column].title)", key: key, bars: bars).html
    }

    private func bar(_ row: ReportRow, _ cell: Cell, _ value: Int128) -> BarChart.Bar {
        var bar = BarChart.Bar(name: row.name.plainAddress, value: value, text: text(of: cell, in: row))
        guard case .share(let share) = cell.value, let interval = Interval(share.part, of: share.whole) else {
            return bar
        }
        bar.interval = (interval.low.drawnShare, interval.high.drawnShare)
        bar.isOfFew = share.whole < ReportValue.fewRecords
        return bar
    }

    private func text(of cell: Cell, in row: ReportRow) -> String {
        switch cell.value {
        case .share(let share):
            let young = columns.firstIndex { $0.key == "immature" }.map { row.cells[$0].value }
            let note = if case .count(let count)? = young, count > 0 { ", \(count) too young" } else { "" }
            return "\(share.inTenths) of \(share.whole)\(note)"
        case .count(let count): return grouped(Int64(count))
        case .money(let sums): return sums.first?.groupedText ?? "0"
        default: return cell.value.description
        }
    }

    // MARK: Lines

    /// The telling column alone, where there is one; else up to three shares, which compare with each other.
    private var drawnInTime: [Int] {
        guard let first = drawnColumn else { return [] }
        let isTelling = ReportSection.telling.contains(columns[first].key)
        let shares = columns.indices.filter { columns[$0].kind == .share }
        return isTelling || shares.isEmpty ? [first] : Array(shares.prefix(3))
    }

    private func trend(_ rows: [ReportRow]) -> HTML {
        let drawn = drawnInTime
        let areShares = drawn.allSatisfy { columns[$0].kind == .share }
        let series = drawn.map { column in
            TrendChart.Series(
                name: columns[column].title, values: rows.map { $0.cells[column].value.drawn },
                last: rows.last { $0.cells[column].value.drawn != nil }.map { lastText($0.cells[column]) } ?? "")
        }
        guard series.contains(where: { $0.values.contains { $0 != nil } }) else { return "" }
        return TrendChart(
            title: title, periods: rows.map(\.name), series: series,
            top: areShares ? (100_000, "100 %") : nil
        ).html
    }

    private func lastText(_ cell: Cell) -> String {
        if case .share(let share) = cell.value { return share.inTenths }
        return cell.value.description
    }
}

extension String {
    /// The address of a clause as a name: `deliver mql`; anything else as it is.
    var plainAddress: String {
        for side in ["promises.marketing.", "promises.sales."] where hasPrefix(side) {
            return String(dropFirst(side.count)).replacing(".", with: " ").replacing("_", with: " ")
        }
        return self
    }
}
