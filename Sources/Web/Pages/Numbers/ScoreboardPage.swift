internal import Hummingbird
internal import Reports
internal import Roles
internal import Vocabulary

/// The page one arrives at: what both sides kept of what they promised each other, marketing's on the left, sales' on the
/// right, in equal width and weight; below it what needs a person today.
enum ScoreboardPage {
    static let routes: [Route] = [Route(.get, "/scoreboard", .seeTeams) { try await page($0) }]

    private static func page(_ asked: Asked) async throws -> Response {
        let definition = try ReportRegistry.report(named: ReportRooms.scoreboard)
        let said = ReportQuestion(definition, asked.query)
        let present = try await asked.site.company.present()
        let question = said.request.options.isEmpty ? said.saying(.from, present.firstDayOfTheLastYear) : said
        return try await asked.answering(question) { report, present in
            let view = ScoreboardView(
                report: report, zone: present.zone, periods: PeriodNames(present.judged?.company),
                today: asked.may(.seeLeads) ? Today(present, asked) : nil)
            return Layout.page(
                "Scoreboard", at: "/scoreboard", asked, live: present,
                said.form(present) + view.content + HowComputed(definition: definition).html)
        }
    }
}

extension Present {
    /// Where nothing else is asked for: the last four whole quarters and the one under way.
    fileprivate var firstDayOfTheLastYear: String? {
        guard let company = judged?.company else { return nil }
        let today = company.zone.civil(at: instant).date
        let quarter = (0..<4).reduce(company.fiscalCalendar.quarter(containing: today)) { quarter, _ in
            quarter.previous
        }
        return company.fiscalCalendar.days(of: quarter)?.lowerBound.description
    }
}

private struct ScoreboardView {
    let report: Report
    let zone: Zone
    let periods: PeriodNames
    /// `nil` for those who may not see leads.
    let today: Today?

    private var tables: ReportTables { ReportTables(report: report, zone: zone, periods: periods) }

    var content: HTML {
        guard let kept = report.section("kept"), let promises = report.section("promises") else { return "" }
        let understood = QuestionUnderstood(report: report, zone: zone)
        return """
            \(jointly(kept))<div class="sides">\(side("marketing", "Marketing’s promises", kept, promises))
            \(side("sales", "Sales’ promises", kept, promises))</div>
            \(today?.html ?? "")\(trend)\(plan)\(understood.warnings)\(understood.html)
            """
    }

    // MARK: Both, and each side

    private func jointly(_ kept: ReportSection) -> HTML {
        guard let cell = kept[ReportRow.total, "share"] else { return "" }
        return """
            <p class="joint"><span class="big">\(figure(cell, "kept", ReportRow.total, "share"))</span>
            of the commitments to each other were kept, by both sides together: \(keptOf(kept, ReportRow.total))\(since).</p>
            """
    }

    private var since: HTML {
        report.question.from.map { ", since \(zone.civil(at: $0).date.shortText)" as HTML } ?? ""
    }

    private func side(_ side: String, _ title: String, _ kept: ReportSection, _ promises: ReportSection) -> HTML {
        let rows = promises.rows.filter { text($0, "side", promises) == side }
        let share = kept[side, "share"].map { figure($0, "kept", side, "share") } ?? "–"
        let cards: HTML =
            rows.isEmpty
            ? "<p class=\"soft\">Nothing was promised.</p>"
            : "<ul class=\"promises\">\(rows.html { promise($0, promises) })</ul>"
        return """
            <section class="side"><h2>\(title)</h2><p><span class="big">\(share)</span> kept: \(keptOf(kept, side))</p>
            \(cards)</section>
            """
    }

    private func keptOf(_ kept: ReportSection, _ row: String) -> HTML {
        guard let part = kept[row, "kept"], let due = kept[row, "due"] else { return "" }
        return "\(figure(part, "kept", row, "kept")) of \(figure(due, "kept", row, "due")) due"
    }

    /// One promise: how its last period ended, and how the one under way goes.
    private func promise(_ row: ReportRow, _ section: ReportSection) -> HTML {
        let (state, outlook) = (text(row, "state", section), text(row, "outlook", section))
        let ended: HTML =
            ["kept", "broken"].contains(state)
            ? """
            <p>\(StateMark(state: state).html) in \(periods.inWords(text(row, "period", section))): \(cell(row, "achieved", section))</p>
            """ : outlook.isEmpty ? "<p>\(StateMark(state: state).html)</p>" : ""
        let running: HTML =
            outlook.isEmpty
            ? ""
            : """
            <p>\(StateMark(state: outlook).html) in \(periods.inWords(text(row, "running", section))), under way:
            \(cell(row, "so_far", section))</p>
            """
        return """
            <li><div><h3><a href="/agreement#\(PercentText.encoded(row.name))">\(row.name.plainAddress)</a></h3>
            <p class="soft">\(text(row, "promised", section))</p>
            <p class="soft">\(cell(row, "kept", section)) periods kept</p></div><div>\(ended)\(running)</div></li>
            """
    }

    private func text(_ row: ReportRow, _ column: String, _ section: ReportSection) -> String {
        guard case .text(let text)? = section[row.key, column]?.value else { return "" }
        return text
    }

    private func cell(_ row: ReportRow, _ column: String, _ section: ReportSection) -> HTML {
        section[row.key, column].map { figure($0, section.key, row.key, column) } ?? ""
    }

    private func figure(_ cell: Cell, _ section: String, _ row: String, _ column: String) -> HTML {
        tables.number(cell, at: CellAddress(section: section, row: row, column: column))
    }

    // MARK: Below

    private var trend: HTML { report.section("trend").map { $0.rows.isEmpty ? "" : tables.html($0) } ?? "" }
    private var plan: HTML { report.section("plan").map { $0.rows.isEmpty ? "" : tables.html($0) } ?? "" }
}
