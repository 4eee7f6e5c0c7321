internal import Access
internal import Agreement
internal import Answers
internal import HTTPTypes
internal import Hummingbird
internal import Reports
internal import Roles
internal import Vocabulary

/// Every report of the registry as a page; what is asked stands in its address.
enum ReportPage {
    static let routes: [Route] = [
        Route(.get, "/reports", .seeTeams) { try await list($0) },
        Route(.get, "/reports/{name}", .seeTeams) { try await page($0) },
    ]

    private static func list(_ asked: Asked) async throws -> Response {
        let standpoint = Standpoint(asked.query)
        let reports = ReportRegistry.all.html { report in
            """
            <li><a href="\(standpoint.path(report.room))">\(report.title)</a>
            <span class="soft">\(report.answers)</span></li>
            """
        }
        return Layout.page("All reports", at: "/reports", asked, "<ul class=\"rooms\">\(reports)</ul>")
    }

    private static func page(_ asked: Asked) async throws -> Response {
        guard let definition = try? ReportRegistry.report(named: try asked.text("name")) else { throw Problem.notFound }
        guard definition.name != ReportRooms.scoreboard else {
            return .redirect(to: Link("/scoreboard", asked.query.pairs).text)
        }
        let question = ReportQuestion(definition, asked.query)
        return try await asked.answering(question) { report, present in
            if asked.query["as"] == "csv" { return .csv(RecordsCSV.of(report), named: definition.name) }
            let zone = present.zone
            let (tables, understood) = (
                ReportTables(report: report, zone: zone, periods: PeriodNames(present.judged?.company)),
                QuestionUnderstood(report: report, zone: zone)
            )
            let csv = Link(
                definition.room,
                question.request.options.map { ($0.option.rawValue, $0.text) } + [("as", "csv")])
            return Layout.page(
                report.title, at: definition.room, asked, live: present,
                """
                <p class="lead">\(definition.answers)</p>\(question.form(present))
                \(understood.warnings)\(report.sections.html(tables.html))
                <p class="pages"><a href="\(csv.text)">As CSV</a></p>\(understood.html)\(question.how)
                """)
        }
    }
}

extension ReportQuestion {
    /// How each number is computed, told apart as the question says.
    var how: HTML {
        HowComputed(definition: definition, segment: request[.by].map(Segment.init(named:))).html
    }

    func form(_ present: Present?) -> HTML { QuestionForm(question: self, company: present?.judged?.company).html }

    /// The form as it was filled in, what is wrong with it, and what to do.
    func page(of problem: ReportProblem, _ present: Present, _ asked: Asked) -> Response {
        let shown = problem.onPage
        return Layout.page(
            definition.title, at: definition.room, asked,
            """
            <div class="note bad" role="alert"><p><strong>\(shown.cause.capitalizedFirst).</strong> \(shown.remedy)</p></div>
            \(form(present))
            """, status: problem.status)
    }
}

extension Asked {
    /// Through whose eyes numbers are seen: one's own. A key is nobody, and sees teams.
    var viewpoint: Viewpoint {
        if case .member(let session) = caller { return .person(session.member.email) }
        return .person("")
    }

    /// Answers a question, or says what is wrong with it; where no agreement is in force, what to do about that.
    func answering(
        _ question: ReportQuestion, _ show: @escaping @Sendable (Report, Present) throws -> Response
    ) async throws -> Response {
        let (present, viewpoint) = (try await site.company.present(), viewpoint)
        if !may(.seeLeads), let company = present.judged?.company {
            try question.request.checkNamesNobody(company.agreement)
        }
        return try await Blocking.run {
            do {
                guard let report = try present.report(question.request, seenBy: viewpoint) else {
                    return NothingInForce.page(question.definition.title, at: question.definition.room, present, self)
                }
                return try show(report, present)
            } catch let problem as ReportProblem {
                return question.page(of: problem, present, self)
            }
        }
    }
}

extension Present {
    /// The company's, by the agreement in force.
    var zone: Zone { judged?.company.zone ?? .utc }
}

/// What pages of numbers say while no agreement is in force: nothing can be judged, and what comes next.
enum NothingInForce {
    static func page(_ title: String, at path: String, _ present: Present, _ asked: Asked) -> Response {
        Layout.page(title, at: path, asked, live: present, content(present, asked))
    }

    private static func content(_ present: Present, _ asked: Asked) -> HTML {
        let waiting = present.versions.all.filter { $0.from == nil }
        let coming = present.versions.all.first { $0.from.map { $0 > present.instant } ?? false }
        return """
            <p class="lead">No agreement is in force yet, so nothing was promised and nothing can be judged.</p>
            <ol class="steps">\(facts(present))\(agreement(waiting.last?.title, coming))</ol>
            """
    }

    private static func facts(_ present: Present) -> HTML {
        present.sequence == 0
            ? """
            <li><strong>Let facts come in.</strong> Import files with <code>interlock import</code>, or let your site and your
            tools send what happens: an operator makes keys for them under “People and keys”.</li>
            """
            : "<li class=\"done\"><strong>Facts come in.</strong> The journal holds \(grouped(present.sequence)) of them.</li>"
    }

    private static func agreement(_ waiting: String?, _ coming: AgreementVersion?) -> HTML {
        if let coming, let from = coming.from {
            return """
                <li><strong>Wait.</strong> The \(coming.title) takes force on \(from.shown(in: coming.agreement.zone)).</li>
                """
        }
        if let waiting {
            return """
                <li><strong>Sign.</strong> The \(waiting) waits for signatures: see <a href="/agreement">the agreement</a>.</li>
                """
        }
        return """
            <li><strong>Write down what you agree on.</strong> <code>interlock init</code> asks and writes a first agreement;
            <code>interlock check</code> looks for holes in it.</li>
            <li><strong>Sign it.</strong> Once marketing, sales and the executive have signed, the score is kept from then
            on.</li>
            """
    }
}
