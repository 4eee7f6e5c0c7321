import Answers
import ArgumentParser
import Findings
import Foundation
import Importing
import Intake
import Journal
import StoreSQLite
import Vocabulary

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read exported files into the journal.",
        discussion: """
            A mapping says what each row means; `interlock map FILE` proposes one. Running the same import twice changes \
            nothing; an import that was interrupted goes on where it stopped. Rows that cannot be read are kept: see \
            `interlock rejects`.

              interlock import leads.csv --mapping leads.yaml
              interlock import contacts-2026-02-02.csv --mapping preset:hubspot/contacts --complete
            """)

    @Argument(help: "CSV or NDJSON files, plain or gzipped.", completion: .file())
    var files: [String]

    @Option(
        help: "A mapping file, or preset:NAME (see `interlock map --presets`).", completion: .file(extensions: ["yaml"])
    )
    var mapping: String

    @OptionGroup var journal: JournalOption

    @Option(help: "As of when the files speak, where their rows do not say: 2026-02-02 or an instant.")
    var asOf: String?

    @Flag(help: "The files hold every record there is: who is missing is gone.")
    var complete = false

    @Option(help: "The zone of times written without one, instead of the mapping's: Europe/Berlin.")
    var zone: String?

    @Option(help: "The currency of amounts written without one, instead of the mapping's: EUR.")
    var currency: String?

    @Option(
        help: ArgumentHelp(
            "How times are written, instead of the mapping's `times:`; several are tried in order: M/d/yyyy.",
            valueName: "format"))
    var times: [String] = []

    @Option(help: "The instant written down as the time of recording; now by default.")
    var recordedAt: String?

    @Flag(help: "Print the summary as JSON.")
    var json = false

    @Flag(help: "No progress bar.")
    var quiet = false

    private var stated: StatedClauses { StatedClauses(zone: zone, currency: currency, times: times) }

    func validate() throws {
        if let fault = stated.fault { throw ValidationError(fault) }
    }

    func run() throws {
        try reportingTrouble {
            let loaded = try LoadedMapping(argument: mapping, stated)
            let store = try journal.open(creating: true)
            var reports: [ImportReport] = []
            for path in files {
                let report = try importFile(path, loaded, store)
                reports.append(report)
                if !json, files.count > 1 { print(report.line) }
            }
            print(json ? ImportReport.json(reports) : ImportReport.total(reports).text)
            if reports.contains(where: { $0.summary.counts.rejected > 0 }) { throw Exits.findings }
        }
    }

    private func importFile(_ path: String, _ loaded: LoadedMapping, _ store: SQLiteJournal) throws -> ImportReport {
        let file = try InputFile(path)
        let mapping = loaded.mapping
        let bar = ProgressBar(label: file.name, total: file.size, isShown: !quiet && !json)
        var run = ImportRun(
            journal: store, file: file, mapping: mapping, mappingText: loaded.text, stated: stated,
            folder: loaded.folder,
            facts: try fileFacts(file, mapping), zones: { SystemZones.zone($0) })
        run.progress = { counts, file in bar.show(rows: counts.rows, consumed: file.consumed) }
        let summary: ImportRun.Summary
        do {
            summary = try run.run()
        } catch let problems as MappingProblems {
            throw loaded.trouble(problems)
        }
        bar.finish()
        return ImportReport(file: file.name, mapping: mapping.name, summary: summary)
    }

    private func fileFacts(_ file: InputFile, _ mapping: Mapping) throws -> FileFacts {
        let recorded = try recordedAt.map { try instant($0, option: "--recorded-at") } ?? Instant.now
        let isComplete = complete || mapping.isComplete(file.name)
        let facts = FileFacts(asOf: try asOfInstant(file, mapping), isComplete: isComplete, recorded: recorded)
        if isComplete, facts.asOf == nil {
            throw ValidationError("a complete list must say as of when: give --as-of, or `as_of:` in the mapping")
        }
        return facts
    }

    private func asOfInstant(_ file: InputFile, _ mapping: Mapping) throws -> Instant? {
        if let asOf { return try instant(asOf, option: "--as-of", zone: mapping.zone ?? "UTC") }
        return try mapping.asOf(file.name)
    }

    private func instant(_ written: String, option: String, zone: String = "UTC") throws -> Instant {
        if let instant = try? Instant(text: written) { return instant }
        guard let date = try? CivilDate(text: written), let zone = SystemZones.zone(zone) else {
            throw ValidationError("\(option): “\(written)” is no instant; write 2026-02-02 or 2026-02-02T08:00:00Z")
        }
        return zone.instant(of: CivilDateTime(date: date, time: .midnight)).earliest
    }
}

extension LoadedMapping {
    /// A file, or `preset:NAME`.
    fileprivate init(argument: String, _ stated: StatedClauses) throws {
        if argument.hasPrefix("preset:") {
            try self.init(preset: Preset.meant(by: String(argument.dropFirst("preset:".count))), stated)
        } else {
            try self.init(file: argument, stated)
        }
    }
}

extension Preset {
    /// The preset of a name that somebody wrote. Throws `ValidationError`.
    static func meant(by name: String) throws -> Preset {
        if let preset = named(name) { return preset }
        let near = nearestName(to: name, among: all.map(\.name)).map { "Did you mean \($0)? " } ?? ""
        throw ValidationError("there is no preset “\(name)”. \(near)`interlock map --presets` lists them.")
    }
}
