internal import Access
internal import Agreement
internal import Answers
internal import HTTPTypes
internal import Hummingbird
internal import Reports
internal import Roles
internal import Vocabulary

/// What a draft would have done over the past, to be read before anybody signs.
enum BacktestPage {
    static let routes: [Route] = [
        Route(.get, "/agreement/backtests/{id}", .proposeChange) { try await page($0) }
    ]

    private static func page(_ asked: Asked) async throws -> Response {
        let desk = asked.site.backtests
        guard let trial = desk.trial(asked.parameters["id"] ?? "") else {
            throw Problem(
                .notFound, "no-backtest", "This back-test is not kept any more.",
                remedy: "Open the draft on the page “Propose a change” and run it again.")
        }
        switch trial.state {
        case .waiting, .running: return running(trial, desk.before(trial.id), asked)
        case .refused(let problem):
            return Layout.page(
                "Back-test", at: "/agreement", asked,
                .bad("\(problem.detail) \(problem.remedy)") + goOn(trial, asked))
        case .done(let plan): return try await done(trial, plan, asked)
        }
    }

    /// Looks again by itself; whoever leaves comes back to it by its address.
    private static func running(_ trial: BacktestDesk.Trial, _ before: Int, _ asked: Asked) -> Response {
        let progress: HTML =
            if case .running(let since) = trial.state {
                "Running since \(since.shown): both agreements over every fact there is."
            } else {
                "Waiting for \(counted(before, "back-test")) before it."
            }
        var response = Layout.page(
            "Back-test", at: "/agreement", asked,
            """
            <div class="note" role="status"><p>\(progress)</p><p>You can leave this page and come back to its address; it is also
            listed under <a href="/agreement/propose">Propose a change</a>.</p></div>
            <p><a href="/agreement/backtests/\(trial.id)">Look again</a></p>
            """)
        response.headers[HTTPField.Name.refresh] = "2"
        return response
    }

    private static func done(_ trial: BacktestDesk.Trial, _ plan: BacktestPlan, _ asked: Asked) async throws
        -> Response
    {
        let email = try asked.session().member.email
        let present = try await asked.site.company.present()
        let company = present.judged?.company.seen(by: .person(email))
        let writer = PlanHTML(
            showsNames: asked.may(.seeLeads), repName: { company?.repName($0) ?? JudgedCompany.anotherRep })
        return Layout.page(
            "Back-test", at: "/agreement", asked, writer.html(plan) + goOn(trial, asked))
    }

    /// On with the same text.
    private static func goOn(_ trial: BacktestDesk.Trial, _ asked: Asked) -> HTML {
        """
        <form class="row" method="post" action="/agreement/propose">\(asked.formToken)
        <input type="hidden" name="base" value="\(trial.base)"><input type="hidden" name="text" value="\(trial.written)">
        <button name="do" value="check">Go on with this text</button></form>
        """
    }
}

extension HTTPField.Name {
    /// Not in any RFC, and in every browser.
    static var refresh: HTTPField.Name { HTTPField.Name("Refresh")! }
}

/// Writes the plan that `interlock backtest` prints as a page.
private struct PlanHTML {
    /// Names of leads are for those who may see leads.
    let showsNames: Bool
    let repName: (String) -> String

    private static let namesAtMost = 200

    func html(_ plan: BacktestPlan) -> HTML { "<div class=\"plan\">\(plan.sections.html(section))</div>" }

    private func section(_ section: BacktestPlan.Section) -> HTML {
        let parts = section.parts.html(part)
        return section.title.isEmpty
            ? "<div class=\"lead\">\(parts)</div>" : "<section><h2>\(section.title)</h2>\(parts)</section>"
    }

    private func part(_ part: BacktestPlan.Part) -> HTML {
        switch part {
        case .line(let line): return "<p>\(line)</p>"
        case .group(let sign, let what, let names):
            let mark: HTML = sign.isEmpty || sign == "•" ? "" : "<strong class=\"sign\">\(sign)</strong> "
            return "<div class=\"group\">\(mark)\(what)\(listed(names, what))</div>"
        case .clause(let address, let old, let new):
            return """
                <div class="group"><code>\(address)</code><div><del>\(old)</del></div><div><ins>\(new)</ins></div></div>
                """
        case .table(let rows, let right, let subject): return table(rows, right, subject)
        }
    }

    private func listed(_ names: [String], _ what: String) -> HTML {
        guard showsNames, !names.isEmpty else { return "" }
        let more = names.count - PlanHTML.namesAtMost
        let rest: HTML =
            more > 0
            ? "<li class=\"soft\">and \(grouped(Int64(more))) more: <code>interlock backtest --names</code> lists all</li>"
            : ""
        return """
            <details><summary>Who<span class="hidden"> \(what)</span></summary><ul>
            \(names.prefix(PlanHTML.namesAtMost).html { "<li>\($0)</li>" })\(rest)</ul></details>
            """
    }

    private func table(_ rows: [[String]], _ right: Set<Int>, _ subject: BacktestPlan.RowSubject) -> HTML {
        let heads = rows[0].enumerated().html { column, head in
            let kind: HTML = right.contains(column) ? " class=\"number\"" : ""
            return head.isEmpty && column == 0 ? "<td></td>" : "<th scope=\"col\"\(kind)>\(head)</th>"
        }
        let body = rows.dropFirst().html { row in
            let cells = row.dropFirst().enumerated().html { column, cell in
                let kind: HTML = right.contains(column + 1) ? " class=\"number\"" : ""
                return "<td\(kind)>\(cell)</td>"
            }
            let name = if case .reps = subject { repName(row[0]) } else { row[0] }
            return "<tr><th scope=\"row\">\(name)</th>\(cells)</tr>"
        }
        return
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of the plan\"><table><thead><tr>\(heads)</tr></thead><tbody>\(body)</tbody></table></div>"
    }
}
