import Answers
import Reports

/// A back-test as a plan, on a terminal.
struct BacktestInWords {
    private let plan: BacktestPlan
    private let showsNames: Bool

    init(_ backtest: Backtest, _ run: BacktestRun, names showsNames: Bool) {
        plan = BacktestPlan(backtest, run)
        self.showsNames = showsNames
    }

    var text: String { plan.sections.map(text).joined(separator: "\n\n") }

    private func text(_ section: BacktestPlan.Section) -> String {
        let lines = section.parts.flatMap(lines)
        guard !section.title.isEmpty else { return lines.joined(separator: "\n") }
        return ([section.title] + lines.map { $0.isEmpty ? "" : "  \($0)" }).joined(separator: "\n")
    }

    private func lines(_ part: BacktestPlan.Part) -> [String] {
        switch part {
        case .line(let line): [line]
        case .group(let sign, let what, let names):
            [sign.isEmpty ? what : "\(sign) \(what)"] + (showsNames ? names.map { "    \($0)" } : [])
        case .clause(let address, let old, let new): [address, "  - \(old)", "  + \(new)"]
        case .table(let rows, let right, _): table(rows, right)
        }
    }

    /// A table of two columns needs no heads: its title says what it holds.
    private func table(_ rows: [[String]], _ right: Set<Int>) -> [String] {
        let rows = rows[0].count == 2 ? Array(rows.dropFirst()) : rows
        return TextTable(rows: rows, rightAligned: right).text.split(separator: "\n").map(String.init)
    }
}
