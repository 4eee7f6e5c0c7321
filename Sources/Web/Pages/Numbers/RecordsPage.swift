internal import HTTPTypes
internal import Hummingbird
internal import Reports
internal import Roles
internal import Vocabulary

/// The records behind a number, which add up to it.
enum RecordsPage {
    static let routes: [Route] = [Route(.get, "/records", .seeTeams) { try await page($0) }]

    static func path(_ handle: ReportHandle) -> String { Link("/records", [("of", handle.description)]).text }

    private static let length = 100

    private static func page(_ asked: Asked) async throws -> Response {
        let handle: ReportHandle
        do {
            handle = try ReportHandle(text: asked.query["of"])
        } catch {
            throw Problem(
                .unprocessableContent, error.code, "This address names no number.",
                remedy: "Open the records from the number itself.")
        }
        guard let cell = handle.cell, let definition = try? ReportRegistry.report(named: handle.request.name) else {
            throw Problem.notFound
        }
        let question = ReportQuestion(definition, handle.request)
        return try await asked.answering(question) { report, present in
            let records = try report.records(at: cell)
            guard let number = report[cell.section, cell.row, cell.column] else { throw Problem.notFound }
            if asked.query["as"] == "csv" {
                return .csv(RecordsCSV.of(records), named: "\(definition.name)-\(cell.column)")
            }
            let view = RecordsView(
                handle: handle, report: report, question: question, records: records, number: number,
                zone: present.zone, seesLeads: asked.may(.seeLeads),
                page: max(1, Int(asked.query["page"]) ?? 1), length: length)
            return Layout.page(
                view.title, at: "", asked, keeping: Standpoint(of: handle.request), view.content)
        }
    }
}

/// One page of the records behind one number.
private struct RecordsView {
    let handle: ReportHandle
    let report: Report
    let question: ReportQuestion
    let records: CellRecords
    let number: Cell
    let zone: Zone
    let seesLeads: Bool
    let page: Int
    let length: Int

    var title: String { "\(records.section): \(records.row.plainAddress), \(records.column)" }

    var content: HTML {
        // The instant that a handle fixes is the page's own: back goes to what is so now.
        let back = question.saying(.until, nil).path
        return """
            <p><a href="\(back)">Back to \(report.title.lowercased())</a></p>
            <p class="big">\(records.value.shown(in: zone))</p><p>\(sum)</p>\(changed)\(list)\(pages)
            <p class="pages"><a href="\(link([("as", "csv")]))">As CSV</a></p>
            \(QuestionUnderstood(report: report, zone: zone).html)\(question.how)
            """
    }

    /// How the records make up the number.
    private var sum: HTML {
        let count = grouped(Int64(records.rows.count))
        let these = records.rows.count == 1 ? "This 1 record" : "These \(count) records"
        switch number.adding {
        case .count: return "\(these) \(records.rows.count == 1 ? "is" : "are") what was counted."
        case .share(let part):
            return """
                \(grouped(Int64(part.count))) of \(these.lowercased()) are in the part, and marked: that is
                \(records.value.shown(in: zone)).
                """
        case .sum(let column):
            let title = records.columns.first { $0.key == column }?.title ?? column
            return "Added up, “\(title)” of \(these.lowercased()) is the number."
        case .statistic: return "\(these) \(records.rows.count == 1 ? "is" : "are") what the number was computed of."
        }
    }

    private var changed: HTML {
        handle.agreement == report.handle.agreement
            ? ""
            : """
            <p class="note">This number was asked for under agreement \(handle.agreement); since then
            \(report.handle.agreement) has taken force, and the records are judged by it.</p>
            """
    }

    private var shown: Range<Int> {
        let start = min((page - 1) * length, records.rows.count)
        return start..<min(start + length, records.rows.count)
    }

    private var list: HTML {
        guard !records.rows.isEmpty else { return "" }
        let part: HTML = records.isInPart == nil ? "" : "<th scope=\"col\">in the part</th>"
        let heads = records.columns.html { column in
            let alignment: HTML = column.kind.isRightAligned ? " class=\"number\"" : ""
            return "<th scope=\"col\"\(alignment)>\(column.title)</th>"
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="The records"><table>
            <thead><tr>\(part)\(heads)</tr></thead><tbody>\(shown.html(row))</tbody></table></div>
            """
    }

    private func row(_ number: Int) -> HTML {
        let part: HTML = records.isInPart.map { $0[number] ? "<td>● yes</td>" : "<td>○ no</td>" } ?? ""
        let cells = zip(records.columns, records.rows[number]).html { column, value in
            let alignment: HTML = column.kind.isRightAligned ? " class=\"number\"" : ""
            return "<td\(alignment)>\(shown(value, column))</td>"
        }
        return "<tr>\(part)\(cells)</tr>"
    }

    private func shown(_ value: ReportValue, _ column: ReportColumn) -> HTML {
        guard case .text(let text) = value else { return value.shown(in: zone) }
        if column.key == "who" { return PersonName(text).html(seesLeads: seesLeads) }
        return PersonName.isPersonal(text) && column.key == "account" && !seesLeads
            ? PersonName.apart : HTML(text.plainAddress)
    }

    private func link(_ more: [(name: String, value: String)]) -> String {
        Link("/records", [("of", handle.description)] + more).text
    }

    private var pages: HTML {
        let last = max(1, (records.rows.count + length - 1) / length)
        guard last > 1 else { return "" }
        let earlier: HTML = page > 1 ? "<a href=\"\(link([("page", String(page - 1))]))\">Earlier</a>" : ""
        let later: HTML = page < last ? "<a href=\"\(link([("page", String(page + 1))]))\">Further</a>" : ""
        return "<nav class=\"pages\" aria-label=\"Pages\">\(earlier)<span>Page \(page) of \(last)</span>\(later)</nav>"
    }
}

/// How a person is called where no name is known: by an identifier, which may itself name a human being.
struct PersonName: Sendable {
    let identifier: String

    init(_ identifier: String) { self.identifier = identifier }

    static let apart: HTML = "<span class=\"soft\">kept apart</span>"

    static func isPersonal(_ identifier: String) -> Bool {
        identifier.hasPrefix("email:") || identifier.hasPrefix("phone:")
    }

    /// `hubspot/contact/501`, `ann@acme.example`.
    var text: String {
        for scheme in ["record:", "email:", "phone:", "anonymous:"] where identifier.hasPrefix(scheme) {
            return String(identifier.dropFirst(scheme.count))
        }
        return identifier
    }

    var path: String { "/leads/\(PercentText.encoded(identifier))" }

    /// A link to the person's page, for those who may see it.
    func html(seesLeads: Bool) -> HTML {
        if seesLeads { return "<a href=\"\(path)\">\(text)</a>" }
        return PersonName.isPersonal(identifier) ? PersonName.apart : HTML(text)
    }
}
