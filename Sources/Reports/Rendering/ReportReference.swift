// docs/reports.md and docs/tables.md, written from what the program itself goes by.

/// The pages about numbers.
public enum ReportReference {
    /// `docs/reports.md`.
    public static var reports: String {
        let head = """
            # Reports

            Written from the program's own registry (`Sources/Reports`); `RECORD_GOLDEN=1 swift test --filter ReportsTests` writes \
            it anew.

            `interlock report` lists the reports, `interlock report NAME --how` prints what stands here about one. Windows are
            half-open; a day stands for its beginning in the company's zone. Every report answers with the question as it was
            understood, tables, warnings, and a handle; `interlock records HANDLE/cell=SECTION.ROW.COLUMN` lists the records behind
            a number, and they add up to it. `--as-of` asks with what was known at an instant; who is one person is told as today.
            Numbers of single reps are shown to whom `visibility.rep_numbers` names (`--viewer ADDRESS`); everybody else sees
            “another rep” in their place, and the same totals. SQL is over the [outcome tables](tables.md).
            `interlock report NAME --by SEGMENT --how` prints it told apart: a row for each segment of which there is anything.
            """
        let options = ReportOption.allCases.map { "| `--\($0.rawValue)` | \($0.meaning) |" }.joined(separator: "\n")
        return [head, "## Options\n\n| option | meaning |\n|---|---|\n\(options)", toldApart].joined(separator: "\n\n")
            + "\n\n"
            + ReportRegistry.all.map(\.reference).joined(separator: "\n\n") + "\n"
    }

    /// What telling apart adds to the SQL, shown of hand-overs, and what is never told apart.
    private static var toldApart: String {
        let segments = Segment.words.map(Segment.init(named:)) + [.property("country")]
        let rows = segments.map { "| `\($0.word)` | `\(SubjectColumns.handOver.name(by: $0))` |" }.joined(
            separator: "\n")
        let never = ReportRegistry.all.filter { $0.options.contains(.by) }.flatMap { report in
            report.formulas.filter { $0.sql != nil && $0.sql(by: .team) == nil }
                .map { "\($0.number) in [\(report.name)](#\(report.name))" }
        }
        return """
            ## Told apart

            `--by` adds a column `segment` to the SQL, by which it groups. Of a hand-over that is in the verdicts or recycled:

            | `--by` | `segment` |
            |---|---|
            \(rows)

            The team is the owner's, else the one that the hand-over goes to. What facts say of a deal comes before what they say of
            the person. Only fields of the agreement that are not personal are in the tables; told apart by anything else, SQL has
            “\(unsaid)” alone. Never told apart by the report, and so not by SQL: \(never.joined(separator: ", ")).
            """
    }

    /// `docs/tables.md`.
    public static var tables: String {
        let head = """
            # Outcome tables

            Written from the program's own description (`Sources/Reports/Tables`); `RECORD_GOLDEN=1 swift test --filter \
            ReportsTests` writes it anew.

            `interlock tables` writes what the agreement makes of the facts into `derived.sqlite` beside the journal, for any BI
            tool. The file is put in place whole, and can be deleted and made again at any time. It names people, so make it again
            after an erasure, and give it only to whom the agreement shows the numbers of single reps. An instant has two columns:
            `…_at` as text in UTC, `…_ms` in milliseconds since 1970; an amount is in minor units of its currency.
            """
        let tables = OutcomeTable.all.map { table in
            let columns = table.columns.map { "| `\($0.name)` | \($0.kind.rawValue) | \($0.meaning) |" }
            return "## \(table.name)\n\n\(table.meaning)\n\n| column | type | meaning |\n|---|---|---|\n"
                + columns.joined(separator: "\n")
        }
        return ([head] + tables).joined(separator: "\n\n") + "\n"
    }
}

extension ReportDefinition {
    fileprivate var reference: String {
        let taken = (options.map { "`--\($0.rawValue)`" }).joined(separator: ", ")
        let ways = modes.map { "- `--mode \($0.name)`: \($0.meaning)" }.joined(separator: "\n")
        let numbers = formulas.map { "| \($0.number) | \($0.formula) | \($0.source) |" }.joined(separator: "\n")
        let sql = formulas.compactMap { formula in
            formula.sql.map { "**\(formula.number)**\n\n```sql\n\($0)\n```" }
        }
        return
            (["## \(name)", answers, "Options: \(taken)."] + (ways.isEmpty ? [] : [ways])
            + ["| number | formula | source |\n|---|---|---|\n\(numbers)"] + sql).joined(separator: "\n\n")
    }
}
