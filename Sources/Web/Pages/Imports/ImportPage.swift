internal import Access
internal import Answers
internal import Findings
internal import HTTPTypes
internal import Hummingbird
internal import Importing
internal import Intake
internal import Journal
internal import Logging
internal import Roles
internal import Vocabulary

/// Files of other systems on their way into the journal: brought, looked at, mapped, tried, imported, mended.
enum ImportPage {
    static let routes: [Route] = [
        Route(.get, "/import", .importFiles) { try await page($0) },
        Route(.post, "/import", .importFiles, bodyLimit: ImportDesk.sizeLimit + 64 * 1024, takesFiles: true) {
            try await bring($0)
        },
        Route(.get, "/import/{id}", .importFiles) { asked in
            let upload = try asked.site.imports.upload(try asked.text("id"))
            return try await workbench(asked, upload)
        },
        // A mapping is text in a form, which takes up to three bytes for one.
        Route(.post, "/import/{id}", .importFiles, bodyLimit: 4 << 20) { try await work($0) },
        Route(.get, "/import/rejects/{import}", .importFiles) { try await rejects($0) },
    ]

    // MARK: Bringing

    private static func page(
        _ asked: Asked, fault: String? = nil, _ status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let (site, journal) = (asked.site, asked.site.journal)
        let waiting = try await Blocking.run { try WaitingByImport.all(in: journal) }
        return Layout.page(
            "Import", at: "/import", asked,
            """
            \(fault.map { HTML.bad($0) } ?? "")
            <p>Bring a file that another system exported: contacts, deals, activities, consent. You see what its columns are taken
            for and what its rows would become before anything is written.</p>
            <form class="stack" method="post" action="/import" enctype="multipart/form-data">\(asked.formToken)
            <label>A file <small>CSV or NDJSON, plain or gzipped, up to 32 MiB; larger ones with <code>interlock import</code>.</small>
            <input type="file" name="file" required></label><button>Look at it</button></form>
            \(uploads(site.imports.all))\(mending(waiting))
            """, status: status)
    }

    private static func bring(_ asked: Asked) async throws -> Response {
        guard let form = asked.formWithFiles, let file = form.file("file") else {
            return try await page(asked, fault: "Choose a file first.", .unprocessableContent)
        }
        guard !file.bytes.isEmpty else {
            return try await page(asked, fault: "\(file.fileName ?? "The file") is empty.", .unprocessableContent)
        }
        let (site, now) = (asked.site, asked.now)
        let (bytes, name) = (file.bytes, file.fileName ?? "")
        let upload = try await Blocking.run { try site.imports.bring(bytes, named: name, at: now) }
        return .redirect(to: "/import/\(upload.id)")
    }

    private static func uploads(_ uploads: [ImportDesk.Upload]) -> HTML {
        guard !uploads.isEmpty else { return "" }
        let rows = uploads.html { upload in
            """
            <tr><th scope="row"><a href="/import/\(upload.id)">\(upload.name)</a></th>
            <td class="number">\(grouped(Int64(upload.size))) bytes</td><td>\(upload.at.shown)</td><td>\(upload.mark.html)</td></tr>
            """
        }
        return """
            <section><h2 id="brought">Brought</h2><div class="scroll" tabindex="0" role="region" aria-labelledby="brought"><table>
            <thead><tr><th scope="col">File</th><th scope="col" class="number">Size</th><th scope="col">When</th>
            <th scope="col">State</th></tr></thead><tbody>\(rows)</tbody></table></div></section>
            """
    }

    private static func mending(_ waiting: [WaitingByImport]) -> HTML {
        guard !waiting.isEmpty else { return "" }
        let rows = waiting.html { one in
            """
            <tr><th scope="row">\(one.file)</th><td class="number">\(one.shown)</td>
            <td><a href="/import/rejects/\(one.id)">The rows, to be mended</a></td></tr>
            """
        }
        return """
            <section><h2 id="mending">Rows that wait to be mended</h2>
            <p>Take the file, put right what its last columns say, and bring it here again: its rows are read as they would have
            been.</p><div class="scroll" tabindex="0" role="region" aria-labelledby="mending"><table><thead><tr>
            <th scope="col">Of which file</th><th scope="col" class="number">Rows</th><th scope="col">As CSV</th></tr></thead>
            <tbody>\(rows)</tbody></table></div></section>
            """
    }

    private static func rejects(_ asked: Asked) async throws -> Response {
        let (id, journal) = (try asked.text("import"), asked.site.journal)
        let waiting = try await Blocking.run { try WaitingRejects(ofImport: id, in: journal) }
        guard let waiting else {
            throw Problem(
                .notFound, "no-rejects", "No row of this import waits to be mended.",
                remedy: "Look at the page “Import”.")
        }
        return .csv(waiting.sheet, named: "mend-\(id)")
    }

    // MARK: The workbench

    private static func workbench(
        _ asked: Asked, _ upload: ImportDesk.Upload, _ order: ImportOrder? = nil,
        _ status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let (journal, now) = (asked.site.journal, asked.now)
        let view = try await Blocking.run { try ImportView(upload, order, asked, journal, now) }
        var response = Layout.page(upload.name, at: "/import", asked, view.html, status: status)
        if upload.isRunning { response.headers[HTTPField.Name.refresh] = "1" }
        return response
    }

    private static func work(_ asked: Asked) async throws -> Response {
        let upload = try asked.site.imports.upload(try asked.text("id"))
        let (order, form, site, now) = (ImportOrder(asked.form), asked.form, asked.site, asked.now)
        switch form["do"] {
        case "drop":
            site.imports.drop(upload.id)
            return .redirect(to: "/import")
        case "mend":
            let path = upload.path
            try begin(asked, upload, "mended rows") {
                try MendedRows(path, in: site.journal).run(into: site.journal, recorded: now)
            }
            return .redirect(to: "/import/\(upload.id)")
        case "import":
            let trial = try await Blocking.run { order.trial(of: upload, into: site.journal, recorded: now) }
            guard case .success = trial else { return try await workbench(asked, upload, order, .unprocessableContent) }
            let loaded = try LoadedMapping(text: order.mapping, name: "mapping.yaml", folder: upload.folder)
            try begin(asked, upload, loaded.mapping.name) {
                try order.run(of: upload, into: site.journal, recorded: now)
            }
            return .redirect(to: "/import/\(upload.id)")
        default: return try await workbench(asked, upload, order)
        }
    }

    private static func begin(
        _ asked: Asked, _ upload: ImportDesk.Upload, _ mapping: String,
        _ run: @escaping @Sendable () throws -> ImportRun
    ) throws {
        let (site, actor) = (asked.site, asked.actor.text)
        site.imports.begin(upload, mapping, run) { state in
            site.company.factsCame()
            guard case .done(let report) = state else { return }
            let counts = report.summary.counts
            do {
                try site.access.note(
                    at: site.clock(), actor: actor, deed: "imported a file",
                    subject: "import \(report.summary.importID)",
                    detail: "\(counts.rows) rows, \(counts.factsAdded) facts added, \(counts.rejected) rejected")
            } catch {
                site.logger.error("not in the audit trail", metadata: ["error": "\(type(of: error))"])
            }
        }
    }
}

/// How many rows of an import wait to be mended.
private struct WaitingByImport {
    let id: String
    let file: String
    let rows: Int
    let isMore: Bool

    var shown: String { grouped(Int64(rows)) + (isMore ? " or more" : "") }

    private static let most = 10_000

    static func all(in journal: any JournalStore) throws -> [WaitingByImport] {
        let rejects = try journal.rejects(ofImport: nil, after: 0, limit: most)
        return Dictionary(grouping: rejects) { $0.reject.importID }.map { id, rejects in
            WaitingByImport(
                id: id, file: rejects[0].reject.file, rows: rejects.count, isMore: rejects.count == most)
        }.sorted { $0.file < $1.file }
    }
}

extension ImportDesk.Upload {
    fileprivate var mark: StateMark {
        switch state {
        case .brought: StateMark(.still, "not imported yet")
        case .running(let rows, let hundredths): StateMark(.warn, "\(hundredths) %, \(grouped(Int64(rows))) rows")
        case .done(let report):
            report.summary.counts.rejected > 0
                ? StateMark(.warn, "imported, \(report.summary.counts.rejected) rows to mend")
                : StateMark(.good, "imported")
        case .refused: StateMark(.bad, "could not be imported")
        }
    }
}
