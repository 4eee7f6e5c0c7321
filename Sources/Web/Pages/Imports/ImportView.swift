internal import Answers
internal import Findings
internal import Importing
internal import Intake
internal import Journal
internal import Vocabulary

/// One file: its first rows, what its columns are taken for, the mapping, and what its rows would become.
struct ImportView {
    let html: HTML

    /// Blocks: reads the file.
    init(
        _ upload: ImportDesk.Upload, _ order: ImportOrder?, _ asked: Asked, _ journal: any JournalStore,
        _ now: Instant
    ) throws {
        switch upload.state {
        case .running(let rows, let hundredths): html = ImportView.progress(upload, rows, hundredths)
        case .done(let report): html = try ImportView.outcome(report, journal)
        case .refused(let fault):
            html = .bad(fault.sentence) + (try ImportView.bench(upload, order, asked, journal, now))
        case .brought: html = try ImportView.bench(upload, order, asked, journal, now)
        }
    }

    // MARK: On its way, and done

    private static func progress(_ upload: ImportDesk.Upload, _ rows: Int, _ hundredths: Int) -> HTML {
        """
        <div class="note" role="status"><p>\(grouped(Int64(rows))) rows are in.</p>
        <progress max="100" value="\(hundredths)" aria-label="Imported">\(hundredths) %</progress>
        <p>You can leave this page and come back to it.</p></div><p><a href="/import/\(upload.id)">Look again</a></p>
        """
    }

    private static func outcome(_ report: ImportReport, _ journal: any JournalStore) throws -> HTML {
        let summary = report.summary
        let again: HTML =
            summary.counts.accepted == 0 && summary.counts.repeated + summary.counts.unchanged > 0
            ? "<p>Everything in it was known already: nothing is there twice.</p>" : ""
        var rejects: HTML = ""
        if let waiting = try WaitingRejects(ofImport: summary.importID, in: journal) {
            rejects = """
                <h2>Rows to mend</h2><p>Take <a href="/import/rejects/\(summary.importID)">these rows as CSV</a>, put right what the
                last columns say, and <a href="/import">bring the file again</a>.</p>\(table(of: waiting.rejects.map(\.reject)))
                """
        }
        return """
            <pre tabindex="0"><code>\(report.text)</code></pre>\(again)\(rejects)
            <p><a href="/import">Bring another file</a></p>
            """
    }

    private static let mostRejects = 50

    static func table(of rejects: [Reject]) -> HTML {
        let rows = rejects.prefix(mostRejects).html { reject in
            """
            <tr><th scope="row" class="number">\(reject.line)</th><td>\(reject.column)</td><td><code>\(reject.value)</code></td>
            <td>\(reject.reason) <code class="soft">\(reject.code)</code></td></tr>
            """
        }
        let more: HTML =
            rejects.count > mostRejects ? "<p class=\"soft\">The first \(mostRejects) of \(rejects.count).</p>" : ""
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="Rows that cannot be read"><table><thead><tr>
            <th scope="col" class="number">Line</th><th scope="col">Column</th><th scope="col">Value</th><th scope="col">What is wrong</th>
            </tr></thead><tbody>\(rows)</tbody></table></div>\(more)
            """
    }

    // MARK: The workbench

    private static func bench(
        _ upload: ImportDesk.Upload, _ order: ImportOrder?, _ asked: Asked, _ journal: any JournalStore,
        _ now: Instant
    ) throws -> HTML {
        if (try? MendedRows(upload.path, in: journal)) != nil { return mending(upload, asked) }
        let proposal: MappingProposal
        do {
            let file = try InputFile(upload.path)
            proposal = try MappingProposal(fileName: upload.name, written: upload.at) {
                try file.seek(to: 0)
                return file.pull
            }
        } catch {
            return .bad(ImportFault(error).sentence) + drop(upload, asked)
        }
        let earlier = order == nil ? try EarlierMapping.fitting(upload, proposal, in: journal) : nil
        let order = order ?? ImportOrder(mapping: earlier?.text ?? proposal.text)
        let trial = order.trial(of: upload, into: journal, recorded: now)
        return """
            \(rows(upload, proposal))\(source(proposal, earlier))
            <form class="draft" method="post" action="/import/\(upload.id)">\(asked.formToken)
            <label for="mapping">The mapping <small>What each row says; change it where it is wrong, and look again.</small></label>
            <textarea id="mapping" name="mapping" rows="24" spellcheck="false" autocomplete="off" wrap="off">\n\(order.mapping)</textarea>
            <p class="actions"><button class="quiet" name="do" value="check">Look again</button></p>
            \(found(trial))\(readiness(order, trial))</form>\(drop(upload, asked))
            """
    }

    private static func mending(_ upload: ImportDesk.Upload, _ asked: Asked) -> HTML {
        """
        <p>These are rows of an earlier import that were to be mended. They are read as they would have been then.</p>
        <form method="post" action="/import/\(upload.id)">\(asked.formToken)<button name="do" value="mend">Read them again</button></form>
        \(drop(upload, asked))
        """
    }

    private static func drop(_ upload: ImportDesk.Upload, _ asked: Asked) -> HTML {
        """
        <form method="post" action="/import/\(upload.id)">\(asked.formToken)
        <button class="quiet" name="do" value="drop">Take the file away</button></form>
        """
    }

    // MARK: What is in the file

    private static func rows(_ upload: ImportDesk.Upload, _ proposal: MappingProposal) -> HTML {
        guard let mapping = try? MappingText(proposal.text).mapping, let file = try? InputFile(upload.path),
            let first = try? FirstRows(file, mapping)
        else { return "" }
        let heads = first.columns.html { "<th scope=\"col\">\($0)</th>" }
        let rows = first.rows.html { row in "<tr>\(row.html { "<td>\(String($0.prefix(80)))</td>" })</tr>" }
        return """
            <section><h2 id="rows">Its first rows</h2><div class="scroll" tabindex="0" role="region" aria-labelledby="rows"><table>
            <thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div></section>
            """
    }

    private static func source(_ proposal: MappingProposal, _ earlier: EarlierMapping?) -> HTML {
        if let earlier {
            return """
                <section><h2>What its columns say</h2><p>A file with the same columns, \(earlier.file), was imported before: its
                mapping stands below.</p></section>
                """
        }
        if let preset = proposal.preset {
            return """
                <section><h2>What its columns say</h2><p>It looks like a file that the preset <code>\(preset.name)</code> knows; its
                mapping stands below.</p></section>
                """
        }
        let rows = proposal.columns.html { column in
            """
            <tr><th scope="row">\(column.header)</th><td><code>\(column.name)</code></td>
            <td>\(column.type.rawValue)\(column.isPersonal ? ", personal" : "")</td><td>\(column.certainty.mark.html)</td><td>\(column.why)</td></tr>
            """
        }
        return """
            <section><h2 id="columns">What its columns are taken for</h2><div class="scroll" tabindex="0" role="region"
            aria-labelledby="columns"><table><thead><tr><th scope="col">Column</th><th scope="col">Called</th><th scope="col">Read as</th>
            <th scope="col">How sure</th><th scope="col">Why</th></tr></thead><tbody>\(rows)</tbody></table></div></section>
            """
    }

    // MARK: What comes of it

    private static func found(_ trial: Result<Trial, ImportFault>) -> HTML {
        switch trial {
        case .failure(let fault):
            return """
                <h2>What is wrong</h2>\(HTML.bad(fault.sentence))
                <ol class="findings">\(fault.findings.prefix(50).html { $0.html })</ol>
                """
        case .success(let trial):
            let facts = trial.facts.html { "<li>\(grouped(Int64($0.count))) × \($0.words)</li>" }
            let rejects: HTML =
                trial.rejects.isEmpty
                ? "<p>Every one of them can be read.</p>"
                : """
                <p>\(StateMark(.warn, "\(trial.rejects.count) of them cannot be read").html) They are kept, to be mended.</p>
                \(table(of: trial.rejects))
                """
            let scope =
                trial.isWhole
                ? "all \(grouped(Int64(trial.read.rows)))" : "the first \(grouped(Int64(trial.read.rows)))"
            return """
                <h2>What \(scope) rows become</h2><ul>\(facts)</ul>
                \(trial.facts.isEmpty ? HTML.bad("Nothing: no row becomes a fact under this mapping.") : "")\(rejects)
                """
        }
    }

    private static func readiness(_ order: ImportOrder, _ trial: Result<Trial, ImportFault>) -> HTML {
        let button: HTML =
            if case .success(let trial) = trial, !trial.facts.isEmpty {
                "<button name=\"do\" value=\"import\">Import it</button>"
            } else {
                "<span class=\"soft\">It can be imported once nothing is wrong.</span>"
            }
        return """
            <div class="fields"><label>As of which day <small>where its rows do not say</small>
            <input type="date" name="as_of" value="\(order.asOf)"></label>
            <label class="inline"><input type="checkbox" name="complete" value="yes"\(order.isComplete ? " checked" : "" as HTML)>
            It holds every record there is: who is missing is gone</label></div><p class="actions">\(button)</p>
            """
    }
}

/// The mapping of the last import whose file had the same columns.
private struct EarlierMapping {
    let file: String
    let text: String

    static func fitting(
        _ upload: ImportDesk.Upload, _ proposal: MappingProposal, in journal: any JournalStore
    ) throws -> EarlierMapping? {
        guard let mapping = try? MappingText(proposal.text).mapping, let file = try? InputFile(upload.path),
            let columns = try? FirstRows(file, mapping, count: 0).columns
        else { return nil }
        let states = try journal.importMarks().filter(\.done).sorted { $0.startedAfter > $1.startedAfter }
            .lazy.compactMap { ImportMarkState($0.state) }
        return states.first { $0.fields == columns }.map { EarlierMapping(file: $0.file, text: $0.mapping) }
    }
}

extension ColumnReading.Certainty {
    fileprivate var mark: StateMark {
        switch self {
        case .sure: StateMark(.good, "sure")
        case .guess: StateMark(.still, "a guess")
        case .check: StateMark(.warn, "please check")
        }
    }
}
