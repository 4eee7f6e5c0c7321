extension ReportDefinition {
    /// How each number comes about: formula, source, and SQL where there is one.
    public func how(_ style: TextStyle) -> String {
        let head = style.strong("\(title): \(answers)")
        let ways = modes.map { "  --mode \($0.name): \($0.meaning)" }
        let numbers = formulas.map { formula in
            let sql = formula.sql.map { "\n" + style.faint(indented($0, by: 4)) } ?? ""
            return "  " + style.strong(formula.number) + "\n" + "    = \(formula.formula)\n"
                + style.faint("    source: \(formula.source)") + sql
        }
        return ([head] + (ways.isEmpty ? [] : [ways.joined(separator: "\n")]) + numbers).joined(separator: "\n\n")
    }

    private func indented(_ text: String, by width: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { String(repeating: " ", count: width) + $0 }.joined(separator: "\n")
    }
}

extension ReportRegistry {
    /// One line for each report.
    public static func list(_ style: TextStyle) -> String {
        AlignedText(rows: all.map { [style.strong($0.name), $0.answers] }, rightAligned: []).text
    }
}
