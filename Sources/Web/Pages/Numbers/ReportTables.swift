internal import Reports
internal import Vocabulary

/// The tables of a report, each with its chart; every number leads to its records.
struct ReportTables {
    let report: Report
    let zone: Zone
    let periods: PeriodNames

    func html(_ section: ReportSection) -> HTML {
        """
        <section class="numbers"><h2 id="section-\(section.key)">\(section.title)</h2>\(section.chart(of: report.name))
        \(table(section))</section>
        """
    }

    func table(_ section: ReportSection) -> HTML {
        guard !section.rows.isEmpty else { return "<p class=\"soft\">There is nothing of it.</p>" }
        let heads = section.columns.html { column in
            "<th scope=\"col\"\(alignment(column.kind))>\(column.title)</th>"
        }
        let rows = section.rows.html { row in
            """
            <tr\(row.isTotal ? " class=\"total\"" : "" as HTML)><th scope="row">\(name(row))</th>
            \(zip(section.columns, row.cells).html { cell($1, $0, row, section) })</tr>
            """
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-labelledby="section-\(section.key)"><table>
            <thead><tr><th scope="col">\(section.rowsAre.isEmpty ? "of" : section.rowsAre)</th>\(heads)</tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }

    private func name(_ row: ReportRow) -> HTML {
        row.name.hasPrefix("promises.") || row.name.hasPrefix("requests.")
            ? "<a href=\"\(clausePath(row.name))\">\(periods.inWords(row.name.plainAddress))</a>"
            : HTML(periods.inWords(row.name))
    }

    private func clausePath(_ name: String) -> String {
        "/agreement#" + PercentText.encoded(String(name.prefix { $0 != "," }))
    }

    private func cell(_ cell: Cell, _ column: ReportColumn, _ row: ReportRow, _ section: ReportSection) -> HTML {
        let address = CellAddress(section: section.key, row: row.key, column: column.key)
        return "<td\(alignment(column.kind))>\(number(cell, at: address))</td>"
    }

    /// A number as a link to its records, where it has any.
    func number(_ cell: Cell, at address: CellAddress) -> HTML {
        let shown = cell.value.shown(in: zone)
        guard !cell.records.isEmpty, cell.value != .nothing else { return shown }
        return "<a class=\"figure\" href=\"\(RecordsPage.path(report.handle.at(address)))\">\(shown)</a>"
    }

    private func alignment(_ kind: ReportValue.Kind) -> HTML { kind.isRightAligned ? " class=\"number\"" : "" }
}

/// How each number comes about: formula, source, and SQL where there is one.
struct HowComputed {
    let definition: ReportDefinition
    /// As the question tells apart; `nil`: it does not.
    var segment: Segment?

    var html: HTML {
        let formulas = definition.formulas.html { formula in
            let how = formula.how(by: segment)
            let remark: HTML = how.remark.map { "<p class=\"soft\">SQL: \($0)</p>" } ?? ""
            let sql: HTML = how.sql.map { "<pre tabindex=\"0\"><code>\($0)</code></pre>" } ?? ""
            return """
                <dt>\(formula.number)</dt><dd><p>\(formula.formula)</p><p class="soft">Source: \(formula.source)</p>\(remark)\(sql)</dd>
                """
        }
        let segments: HTML = segment?.remark.map { "<p class=\"soft\">\($0)</p>" } ?? ""
        return """
            <details class="how"><summary>How is this computed?</summary>\(segments)<dl>\(formulas)</dl></details>
            """
    }
}

/// The question as it was understood: what a reader must know before quoting a number.
struct QuestionUnderstood {
    let report: Report
    let zone: Zone

    var html: HTML {
        let question = report.question
        let window: HTML =
            (question.from.map { "from \($0.shown(in: zone)) " as HTML } ?? "")
            + "before \(question.to.shown(in: zone)), in \(question.zone)"
        let known: HTML =
            question.knownBy.map { "with what was known at \($0.shown(in: zone))" as HTML }
            ?? "as of \(question.until.shown(in: zone)), with what is known today"
        var pairs: [(String, HTML)] = [("Who", HTML(question.population)), ("What", HTML(question.measure))]
        if !question.mode.isEmpty { pairs.append(("Counted", HTML(question.mode))) }
        pairs += [("When", window), ("Known", known)]
        if !question.segment.isEmpty { pairs.append(("Told apart by", HTML(question.segment))) }
        if !question.chosen.isEmpty { pairs.append(("Only", HTML(question.chosen.joined(separator: ", ")))) }
        pairs.append(
            ("Agreement", "<a href=\"/agreement\">\(question.agreement)</a>, amounts in \(question.currency)"))
        return """
            <details class="understood"><summary>The question as understood</summary>
            <dl class="pairs">\(pairs.html { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" })</dl></details>
            """
    }

    var warnings: HTML {
        guard !report.warnings.isEmpty else { return "" }
        return """
            <ul class="warnings">\(report.warnings.html { "<li>\($0.sentence.capitalizedFirst).</li>" })</ul>
            """
    }
}
