internal import Access
internal import Agreement
internal import Answers
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Reports
internal import Roles
internal import Vocabulary

/// Numbers, and the records behind each.
enum ReportAPI {
    static let routes: [Route] = [
        .reading("/v1/reports", .seeTeams, listing) { _, _ in
            .json { json in json.list("data", ReportRegistry.all) { $1.write(to: &$0) } }
        },
        .reading("/v1/reports/{name}", .seeTeams, reading) { asked, type in
            let request = try asked.reportRequest()
            let (present, viewpoint) = (try await asked.judgedCompany(), asked.viewpoint)
            return try await Blocking.run {
                let report = try present.answer(request, seenBy: viewpoint)
                return Reply(type == csv ? report.csv : report.json)
            }
        },
        .reading("/v1/records", .seeLeads, records) { asked, type in
            let handle = try refusingProblems { try ReportHandle(text: asked.query["of"]) }
            let (present, viewpoint) = (try await asked.judgedCompany(), asked.viewpoint)
            return try await Blocking.run { try RecordPage(handle, present, viewpoint, asked).reply(type) }
        },
    ]

    private static let csv = "text/csv"

    // MARK: In the document

    private static let listing = Operation(
        id: "listReports", group: .numbers, summary: "Which reports there are, and what can be asked of each",
        answers: [
            Operation.Answer(
                status: 200, meaning: "The reports, by name.",
                media: [.json("ReportList", Examples.reportList)], isTagged: true,
                links: [
                    Operation.Link(
                        name: "report", operation: "readReport", parameter: "path.name",
                        value: "$response.body#/data/0/name")
                ])
        ])

    private static let reading = Operation(
        id: "readReport", group: .numbers,
        summary: "A number, the question as it was understood, and what to know before quoting it",
        detail: """
            The same object as `interlock report --json`. Without `as-of` or `until` it is about now, and `until` in the answer \
            says which instant that is: ask with it, and the answer stays the same. Each cell has a handle; `/v1/records` lists \
            what it is made of. Numbers of single reps are shown to whom `visibility` in the agreement names; to a key they are \
            those of “another rep”. Telling apart by what facts say of people, or choosing by it, takes the right to see leads, \
            unless the agreement declares the field as not personal.
            """,
        path: [
            Operation.PathParameter(
                name: "name", meaning: "The report's name.",
                schema: #"{"type":"string","enum":["\#(ReportRegistry.all.map(\.name).joined(separator: #"",""#))"]}"#,
                example: "funnel")
        ],
        query: ReportOption.allCases.map(\.parameter),
        answers: [
            Operation.Answer(
                status: 200, meaning: "The report.",
                media: [
                    .json("Report", Examples.report),
                    Operation.Media(type: csv, schema: #"{"type":"string"}"#, example: Examples.reportCSV),
                ], isTagged: true, links: countedColumns.map(toRecords))
        ], faults: [404, 409, 422])

    /// With one of these a report begins; a link leads nowhere where there is no such cell.
    private static let countedColumns = ["entered", "deals", "won", "decided", "untouched", "handed", "due", "turns"]

    private static func toRecords(of column: String) -> Operation.Link {
        Operation.Link(
            name: "records-\(column)", operation: "listRecords", parameter: "query.of",
            value: "$response.body#/sections/0/rows/0/cells/\(column)/handle")
    }

    private static let records = Operation(
        id: "listRecords", group: .numbers, summary: "The records behind a number",
        detail: """
            A handle says the question and the cell; nothing is stored. It is asked again of the journal, so facts that came \
            since for an earlier time are in the answer, unless the question was asked as of an instant.
            """,
        query: [
            QueryParameter(
                name: "of", form: .text(longest: 2000), meaning: "the handle of a cell, from a report",
                example: "queue/until=2026-02-02T07:00:00Z/agreement=0a1b2c3d4e5f/cell=waiting.total.leads",
                isRequired: true),
            .limit, .after(1, "50"),
        ],
        answers: [
            Operation.Answer(
                status: 200, meaning: "Records of the cell, in the report's order.",
                media: [
                    .json("Records", Examples.records),
                    Operation.Media(type: csv, schema: #"{"type":"string"}"#, example: "lead,fact\r\nann,7\r\n"),
                ], isTagged: true, isPaged: true)
        ], faults: [404, 409, 422])
}

extension ReportOption {
    fileprivate var parameter: QueryParameter {
        let form: QueryParameter.Form =
            switch self {
            case .passes: .choice(["first", "all"])
            case .asOf, .until: .instant
            default: .text()
            }
        return QueryParameter(
            name: rawValue, form: form, meaning: meaning, example: example, mayRepeat: self == .segment)
    }

    private var example: String {
        switch self {
        case .period: "2026-Q1"
        case .from: "2026-01-05"
        case .to: "2026-04-01"
        case .by: "month"
        case .segment: "country=DE"
        case .team: "field"
        case .kind: "new"
        case .start: "lead"
        case .stage: "mql"
        case .within: "90 days"
        case .passes: "first"
        case .mode: "cohort"
        case .who: "record:crm/contact/501"
        case .asOf, .until: "2026-02-02T07:00:00Z"
        }
    }
}

extension ReportDefinition {
    fileprivate func write(to json: inout JSONText) {
        json.member("name", name)
        json.member("title", title)
        json.member("answers", answers)
        json.list("options", options + [.asOf, .until]) { json, option in
            json.member("name", option.rawValue)
            json.member("meaning", option.meaning)
        }
        json.list("modes", modes) { json, mode in
            json.member("name", mode.name)
            json.member("meaning", mode.meaning)
        }
        json.list("formulas", formulas) { json, formula in
            json.member("number", formula.number)
            json.member("formula", formula.formula)
            json.member("source", formula.source)
        }
    }
}

// MARK: - Asking

extension Asked {
    fileprivate func reportRequest() throws -> ReportRequest {
        let options = ReportOption.allCases.flatMap { option in query.all(option.rawValue).map { (option, $0) } }
        return ReportRequest(parameters["name"] ?? "", options)
    }

    /// The company as it stands, once there is an agreement to judge it by.
    func judgedCompany() async throws -> JudgedPresent {
        JudgedPresent(try await site.company.present(), mayNamePeople: may(.seeLeads), now: now)
    }
}

/// A moment of the company, to be asked by somebody.
struct JudgedPresent: Sendable {
    let present: Present
    let mayNamePeople: Bool
    let now: Instant

    init(_ present: Present, mayNamePeople: Bool, now: Instant) {
        (self.present, self.mayNamePeople, self.now) = (present, mayNamePeople, now)
    }

    /// Throws 409 while no agreement is in force.
    func judged() throws -> Present.Judged {
        guard let judged = present.judged else { throw Problem.noAgreement }
        return judged
    }

    func answer(_ request: ReportRequest, seenBy viewpoint: Viewpoint) throws -> Report {
        try refusingProblems {
            _ = try ReportRegistry.report(named: request.name)
            try check(request, try judged().company.agreement)
            guard let report = try present.report(request, seenBy: viewpoint) else { throw Problem.noAgreement }
            return report
        }
    }

    private func check(_ request: ReportRequest, _ agreement: Agreement) throws {
        for option in [ReportOption.asOf, .until] {
            if let text = request[option], let instant = try? Instant(text: text), instant > now {
                throw Problem(
                    .unprocessableContent, "yet-to-come", "\(instant) is yet to come.",
                    remedy: "Ask about an instant that has passed.")
            }
        }
        if !mayNamePeople { try request.checkNamesNobody(agreement) }
    }
}

extension Problem {
    static let noAgreement = Problem(
        .conflict, "no-agreement", "No agreement is in force, so nothing can be judged.",
        remedy: "Sign one: `interlock sign status` says what is missing.")
}

/// Turns what is wrong with a question into what programs are told.
func refusingProblems<Found>(_ body: () throws -> Found) throws -> Found {
    do {
        return try body()
    } catch let problem as ReportProblem {
        let isAnotherPlace = problem.code == "unknown-report"
        throw Problem(
            isAnotherPlace ? .notFound : .unprocessableContent, problem.code, "\(problem.cause.capitalizedFirst).",
            remedy: problem.remedy)
    } catch let refusal as Refusal {
        throw Problem(
            .unprocessableContent, refusal.code, "\(refusal.cause.capitalizedFirst).", remedy: refusal.remedy)
    }
}

/// One page of the records of a cell.
private struct RecordPage {
    private let records: CellRecords
    private let start: Int
    private let asked: Asked

    init(_ handle: ReportHandle, _ present: JudgedPresent, _ viewpoint: Viewpoint, _ asked: Asked) throws {
        guard let cell = handle.cell else {
            throw Problem(
                .unprocessableContent, "handle-of-no-cell", "The handle names a report, not one of its numbers.",
                remedy: "Take the handle of a cell; each cell of a report has one.")
        }
        let report = try present.answer(handle.request, seenBy: viewpoint)
        guard report.handle.agreement == handle.agreement else {
            throw Problem(
                .conflict, "handle-of-another-agreement",
                "The handle was made under the agreement \(handle.agreement), and \(report.handle.agreement) is in force.",
                remedy: "Make the report anew.")
        }
        records = try refusingProblems { try report.records(at: cell) }
        start = min(Int(clamping: asked.after?.first ?? 0), records.rows.count)
        self.asked = asked
    }

    func reply(_ type: String) -> Reply {
        let end = min(start + asked.limit, records.rows.count)
        let next = end < records.rows.count ? asked.next(after: [Int64(end)]) : nil
        let page = records.page(start..<end)
        if type == "text/csv" { return Reply(Array(page.csv.utf8), next: next) }
        var reply = Reply.json { json in
            page.write(to: &json)
            if let next { json.member("next", next) }
        }
        reply.next = next
        return reply
    }
}
