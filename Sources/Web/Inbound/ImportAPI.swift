internal import Access
internal import Answers
internal import HTTPTypes
internal import Hummingbird
internal import Importing
internal import Intake
internal import Journal
internal import Roles
internal import Vocabulary

/// A whole file from another program, read by a mapping under which somebody has imported one before.
enum ImportAPI {
    static let routes: [Route] = [
        Route(.post, "/v1/import", .sendFacts, .api, operation, bodyLimit: ImportDesk.sizeLimit) { try await take($0) }
    ]

    private static let operation = Operation(
        id: "sendFile", group: .sending, summary: "A file of rows: CSV or NDJSON",
        detail: """
            A person imports one such file first, on the page “Import” or with `interlock import`, and so settles what its rows \
            mean. The mapping’s source must be the key’s. When you are answered, everything that could be read is durable; rows \
            that could not are kept too, to be mended on that page. The same file again changes nothing. NDJSON is taken as \
            `application/x-ndjson`.
            """,
        query: [
            QueryParameter(
                name: "mapping", form: .text(), meaning: "the name of the mapping, as its text says",
                example: "Contacts of the shop", isRequired: true),
            QueryParameter(
                name: "file", form: .text(longest: 100),
                meaning: "what the file is called: its ending tells the format, a date in it as of when it speaks",
                example: "contacts-2026-02-02.csv"),
            QueryParameter(
                name: "as_of", form: .text(longest: 10),
                meaning: "as of which day it speaks, where its rows do not say",
                example: "2026-02-02"),
            QueryParameter(
                name: "complete", form: .choice(["yes", "no"]),
                meaning: "whether it holds every record there is: who is missing is gone", example: "no"),
        ],
        bodies: [
            Operation.Media(type: "text/csv", schema: #"{"type":"string"}"#, example: Examples.file)
        ],
        answers: [
            Operation.Answer(
                status: 200, meaning: "What became of its rows.", media: [.json("Imported", Examples.imported)])
        ], faults: [404, 422])

    private static func take(_ asked: Asked) async throws -> Response {
        let type = (asked.request.headers[.contentType] ?? "").prefix { $0 != ";" }.lowercased()
            .filter { $0 != " " }
        guard ["text/csv", "application/x-ndjson", "application/jsonl", "text/plain"].contains(type) else {
            throw Problem(
                .unsupportedMediaType, "not-a-file", "This address takes rows of CSV or NDJSON.",
                remedy: "Send them with Content-Type: text/csv or application/x-ndjson.")
        }
        guard !asked.body.isEmpty else { throw Problem(.unprocessableContent, "empty", "The body is empty.") }
        let (site, now, query) = (asked.site, asked.now, asked.query)
        let source: String? = if case .key(let key) = asked.caller { key.source } else { nil }
        let isJSON = type.hasSuffix("json") || type.hasSuffix("jsonl")
        let name = query["file"].isEmpty ? (isJSON ? "rows.ndjson" : "rows.csv") : query["file"]
        let body = asked.body
        let report = try await Blocking.run {
            let mapping = try named(query["mapping"], source, in: site.journal)
            let order = ImportOrder(mapping: mapping, asOf: query["as_of"], isComplete: query["complete"] == "yes")
            return try site.imports.pass(body[...], named: name, at: now) { upload in
                try order.run(of: upload, into: site.journal, recorded: now)
            }
        }
        site.company.factsCame()
        site.meters.note(facts: report.summary.counts.factsAdded, as: "accepted")
        return try await answer(report, site)
    }

    /// The text of the mapping that goes by a name, as it was used last.
    private static func named(_ name: String, _ source: String?, in journal: any JournalStore) throws -> String {
        let used = try journal.importMarks().sorted { $0.startedAfter > $1.startedAfter }.lazy
            .compactMap { ImportMarkState($0.state)?.mapping }
        var names: [String] = []
        for text in used {
            guard let mapping = try? MappingText(text).mapping else { continue }
            guard mapping.name == name else {
                if !names.contains(mapping.name) { names.append(mapping.name) }
                continue
            }
            guard source == nil || mapping.source == source else {
                throw Problem(
                    .unprocessableContent, "other-source",
                    "This key sends facts of “\(source ?? "")”, and the mapping reads those of “\(mapping.source)”.",
                    remedy: "Make a key for that source on the page “People and keys”.")
            }
            return text
        }
        let known = names.prefix(10).map { "“\($0)”" }.joined(separator: ", ")
        throw Problem(
            .notFound, "unknown-mapping", "Nobody has imported a file by a mapping of this name.",
            remedy: known.isEmpty ? "Import one first on the page “Import”." : "There are \(known).")
    }

    private static let mostRejects = 100

    private static func answer(_ report: ImportReport, _ site: Site) async throws -> Response {
        let (summary, journal) = (report.summary, site.journal)
        let waiting = try await Blocking.run {
            try journal.rejects(ofImport: summary.importID, after: 0, limit: mostRejects)
        }
        return .json { json in
            json.member("import", summary.importID)
            json.member("mapping", report.mapping)
            let counts = summary.counts
            let numbers = [
                ("rows", counts.rows), ("accepted", counts.accepted), ("unchanged", counts.unchanged),
                ("repeated", counts.repeated), ("rejected", counts.rejected), ("filtered", counts.filtered),
                ("facts_added", counts.factsAdded), ("records_gone", summary.deleted),
                ("records_back", summary.restored),
            ]
            for (name, value) in numbers { json.member(name, Int64(value)) }
            json.member("rejects")
            json.array { json in
                for kept in waiting {
                    json.object { json in
                        json.member("line", Int64(kept.reject.line))
                        json.member("column", kept.reject.column)
                        json.member("code", kept.reject.code)
                        json.member("reason", kept.reject.reason)
                    }
                }
            }
        }
    }
}
