internal import Answers
internal import Findings
internal import Importing
internal import Intake
internal import Journal
internal import Vocabulary

/// How a file is to be read, as a form says it.
struct ImportOrder: Sendable {
    let mapping: String
    /// As of when the file speaks, where its rows do not say: a day, in the mapping's zone. Empty: as the mapping says.
    let asOf: String
    let isComplete: Bool

    init(mapping: String, asOf: String = "", isComplete: Bool = false) {
        (self.mapping, self.asOf, self.isComplete) = (mapping, asOf, isComplete)
    }

    init(_ form: FormFields) {
        // Browsers end lines with two signs; places in findings count from one.
        mapping = form["mapping"].replacing("\r\n", with: "\n")
        (asOf, isComplete) = (form["as_of"], form["complete"] == "yes")
    }

    /// Ready to run. Throws `ImportFault` and what `ImportFault` is made of.
    func run(of upload: ImportDesk.Upload, into journal: any JournalStore, recorded: Instant) throws -> ImportRun {
        guard mapping.utf8.count <= LoadedMapping.sizeLimit else { throw ImportFault("A mapping has at most 1 MiB.") }
        let loaded = try LoadedMapping(text: mapping, name: "mapping.yaml", folder: upload.folder)
        return ImportRun(
            journal: journal, file: try InputFile(upload.path), mapping: loaded.mapping, mappingText: mapping,
            folder: upload.folder, facts: try facts(upload, loaded.mapping, recorded),
            zones: { SystemZones.zone($0) })
    }

    private func facts(_ upload: ImportDesk.Upload, _ mapping: Mapping, _ recorded: Instant) throws -> FileFacts {
        let complete = isComplete || mapping.isComplete(upload.name)
        let facts = FileFacts(asOf: try instant(upload, mapping), isComplete: complete, recorded: recorded)
        guard !complete || facts.asOf != nil else {
            throw ImportFault("A complete list must say as of when: give the day below, or `as_of:` in the mapping.")
        }
        return facts
    }

    private func instant(_ upload: ImportDesk.Upload, _ mapping: Mapping) throws -> Instant? {
        guard !asOf.isEmpty else {
            do {
                return try mapping.asOf(upload.name)
            } catch let trouble as Trouble {
                throw ImportFault("\(trouble.cause). Say the day below.")
            }
        }
        guard let date = try? CivilDate(text: asOf), let zone = SystemZones.zone(mapping.zone ?? "UTC") else {
            throw ImportFault("“\(asOf)” is no day; write it as in 2026-02-02.")
        }
        return zone.instant(of: CivilDateTime(date: date, time: .midnight)).earliest
    }

    /// What the first rows would become.
    func trial(
        of upload: ImportDesk.Upload, into journal: any JournalStore, recorded: Instant
    ) -> Result<Trial, ImportFault> {
        do {
            let run = try run(of: upload, into: journal, recorded: recorded)
            do {
                return .success(try run.tried(rows: ImportOrder.triedRows))
            } catch let problems as MappingProblems {
                let loaded = try LoadedMapping(text: mapping, name: "mapping.yaml", folder: upload.folder)
                throw loaded.trouble(problems)
            }
        } catch {
            return .failure(ImportFault(error))
        }
    }

    static let triedRows = 2000
}

extension ImportDesk.Upload {
    var folder: String { String(path.dropLast(name.count + 1)) }
}
