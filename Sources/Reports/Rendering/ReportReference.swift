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
            """
        let options = ReportOption.allCases.map { "| `--\($0.rawValue)` | \($0.meaning) |" }.joined(separator: "\n")
        return [head, "## Options\n\n| option | meaning |\n|---|---|\n\(options)"].joined(separator: "\n\n") + "\n\n"
            + ReportRegistry.all.map(\.reference).joined(separator: "\n\n") + "\n"
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
