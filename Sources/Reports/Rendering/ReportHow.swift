extension ReportDefinition {
    /// How each number comes about: formula, source, and SQL where there is one; told apart as the question says.
    ///
    /// Throws where the report does not take the question.
    public func how(_ style: TextStyle, for request: ReportRequest) throws(ReportProblem) -> String {
        try checkOptions(request)
        return how(style, by: request[.by].map(Segment.init(named:)))
    }

    /// The same; `nil`: of all.
    public func how(_ style: TextStyle, by segment: Segment? = nil) -> String {
        let head = style.strong("\(title): \(answers)")
        let ways = modes.map { "  --mode \($0.name): \($0.meaning)" }
        let numbers = formulas.map { formula in
            let how = formula.how(by: segment)
            let remark = how.remark.map { "\n" + style.faint("    " + $0) } ?? ""
            let sql = how.sql.map { "\n" + style.faint(indented($0, by: 4)) } ?? ""
            return "  " + style.strong(formula.number) + "\n" + "    = \(formula.formula)\n"
                + style.faint("    source: \(formula.source)") + remark + sql
        }
        let remark = segment?.remark.map { ["  " + $0] } ?? []
        return ([head] + (ways.isEmpty ? [] : [ways.joined(separator: "\n")]) + remark + numbers)
            .joined(separator: "\n\n")
    }

    private func indented(_ text: String, by width: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { String(repeating: " ", count: width) + $0 }.joined(separator: "\n")
    }
}

extension Formula {
    /// The SQL of a number as it is told apart, and what must be said where it is not. `nil`: of all.
    public func how(by segment: Segment?) -> (sql: String?, remark: String?) {
        guard let segment, let sql else { return (sql, nil) }
        if let apart = self.sql(by: segment) { return (apart, nil) }
        return (sql, "not told apart by \(segment.text): the report gives it of all, and so does the SQL")
    }
}

extension Segment {
    /// What must be known of the tables before SQL that tells apart by it gives what the report gives.
    public var remark: String? {
        guard case .property = self else { return nil }
        return
            "The tables say \(text) of persons and deals where the agreement has it as a field that is not personal; "
            + "told apart by anything else, SQL has “\(unsaid)” alone."
    }
}

extension ReportRegistry {
    /// One line for each report.
    public static func list(_ style: TextStyle) -> String {
        AlignedText(rows: all.map { [style.strong($0.name), $0.answers] }, rightAligned: []).text
    }
}
