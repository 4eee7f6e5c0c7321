internal import Answers
internal import Intake
internal import Journal

/// What an import did, for people and for programs.
package struct ImportReport: Sendable {
    package let file: String
    package let mapping: String
    package let summary: ImportRun.Summary

    package init(file: String, mapping: String, summary: ImportRun.Summary) {
        (self.file, self.mapping, self.summary) = (file, mapping, summary)
    }

    package var text: String {
        let counts = summary.counts
        var lines = ["\(file), read as “\(mapping)”\(summary.wentOn ? ", going on where it was interrupted" : "")"]
        lines += table([
            (counts.rows, "rows read"), (counts.accepted, "accepted"), (counts.unchanged, "unchanged"),
            (counts.repeated, "repeated"), (counts.rejected, "rejected"), (counts.filtered, "filtered"),
        ])
        lines.append(facts(counts))
        if counts.blank + counts.footer > 0 {
            lines.append("  beside them \(number(counts.blank)) blank and \(number(counts.footer)) footer lines")
        }
        if summary.deleted + summary.restored > 0 {
            lines.append("  by comparing complete lists: \(summary.deleted) records gone, \(summary.restored) back")
        }
        lines += noticed
        if counts.rejected > 0 {
            lines.append("  see the rejected rows with: interlock rejects list")
        }
        return lines.joined(separator: "\n")
    }

    /// One of many files, in one line: what is nothing is left out.
    package var line: String {
        let counts = summary.counts
        let parts = [
            (counts.accepted, "accepted"), (counts.unchanged, "unchanged"), (counts.repeated, "repeated"),
            (counts.rejected, "rejected"), (counts.filtered, "filtered"), (summary.deleted, "records gone"),
            (summary.restored, "records back"),
        ].filter { $0.0 > 0 }.map { "\(number($0.0)) \($0.1)" }
        return "\(file): \(number(counts.rows)) rows" + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
    }

    /// All files of a command as if they were one.
    package static func total(_ reports: [ImportReport]) -> ImportReport {
        guard reports.count > 1, var total = reports.first?.summary else { return reports[0] }
        for report in reports.dropFirst() {
            total.counts.add(report.summary.counts)
            total.notices.add(report.summary.notices)
            total.deleted += report.summary.deleted
            total.restored += report.summary.restored
        }
        return ImportReport(file: "\(reports.count) files", mapping: reports[0].mapping, summary: total)
    }

    private func facts(_ counts: ImportCounts) -> String {
        "  \(number(counts.factsAdded)) facts added, \(number(counts.factsUnchanged)) said nothing new, "
            + "\(number(counts.factsRepeated)) were there"
    }

    private func table(_ rows: [(Int, String)]) -> [String] {
        let width = rows.map { number($0.0).count }.max() ?? 0
        return rows.map { count, word in
            "  " + String(repeating: " ", count: width - number(count).count) + number(count) + "  " + word
        }
    }

    /// At most this many lines of notices of a kind; the rest is counted.
    private static let shownPerCode = 8

    private var noticed: [String] {
        let groups = Dictionary(grouping: summary.notices.listed) { $0.notice.code }
        return Notice.Code.allCases.flatMap { code -> [String] in
            guard let listed = groups[code] else { return [] }
            if code == .notMapped { return ["  noticed: \(listed.count) \(code.sentence): \(names(listed))"] }
            let shown = listed.prefix(ImportReport.shownPerCode).map { item in
                let value = item.notice.value.isEmpty ? "" : " “\(item.notice.value)”"
                let line = item.count.firstLine > 0 ? ", first in line \(item.count.firstLine)" : ""
                return "    \(item.notice.column)\(value): \(number(item.count.rows))\(line)"
            }
            let more = listed.count - shown.count
            return ["  noticed: \(code.sentence)"] + shown + (more > 0 ? ["    … and \(more) more"] : [])
        }
    }

    private func names(_ listed: [(notice: Notice, count: Notices.Count)]) -> String {
        let names = listed.map(\.notice.column)
        return names.prefix(6).joined(separator: ", ") + (names.count > 6 ? ", …" : "")
    }

    private func number(_ value: Int) -> String { grouped(value) }

    package static func json(_ reports: [ImportReport]) -> String {
        var json = JSONText()
        json.array { json in
            for report in reports { report.write(to: &json) }
        }
        return json.text
    }

    private func write(to json: inout JSONText) {
        let counts = summary.counts
        json.object { json in
            json.member("file", file)
            json.member("mapping", mapping)
            json.member("import", summary.importID)
            let numbers = [
                ("rows", counts.rows), ("accepted", counts.accepted), ("unchanged", counts.unchanged),
                ("repeated", counts.repeated), ("rejected", counts.rejected), ("filtered", counts.filtered),
                ("blank", counts.blank), ("footer", counts.footer), ("facts_added", counts.factsAdded),
                ("facts_unchanged", counts.factsUnchanged), ("facts_repeated", counts.factsRepeated),
                ("records_gone", summary.deleted), ("records_back", summary.restored),
            ]
            for (name, value) in numbers { json.member(name, Int64(value)) }
            json.member("notices")
            json.array { json in
                for (notice, count) in summary.notices.listed {
                    json.object { json in
                        json.member("code", notice.code.rawValue)
                        json.member("column", notice.column)
                        json.member("value", notice.value)
                        json.member("rows", Int64(count.rows))
                        json.member("first_line", Int64(count.firstLine))
                    }
                }
            }
        }
    }
}

/// `1,234,567`: for people; programs get plain digits.
package func grouped(_ value: Int) -> String {
    var digits = String(value.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
        groups.insert(String(digits.suffix(3)), at: 0)
        digits.removeLast(3)
    }
    return (value < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
}
