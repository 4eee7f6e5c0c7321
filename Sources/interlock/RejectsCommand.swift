import Answers
import ArgumentParser
import Foundation
import Intake
import Journal
import StoreSQLite
import Vocabulary

struct RejectsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejects",
        abstract: "Show, mend and feed again the rows that could not be read.",
        discussion: """
            No row vanishes: what cannot become facts is kept with its file, line, column, value and reason.

              interlock rejects list
              interlock rejects export --to mend-me.csv      (correct it in a spreadsheet)
              interlock rejects feed mend-me.csv
            """,
        subcommands: [ListRejects.self, ExportRejects.self, FeedRejects.self, DropRejects.self],
        defaultSubcommand: ListRejects.self)
}

/// Rejects are read from the store in portions of this many.
private let portion = 1000

extension JournalStore {
    /// Every waiting reject of an import, or of all.
    func allRejects(ofImport id: String?) throws -> [KeptReject] {
        var all: [KeptReject] = []
        while true {
            let next = try rejects(ofImport: id, after: all.last?.number ?? 0, limit: portion)
            all += next
            if next.count < portion { return all }
        }
    }
}

struct ListRejects: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Show waiting rejects.")

    @OptionGroup var journal: JournalOption
    @Option(name: .customLong("import"), help: "Only those of this import.") var importID: String?
    @Option(help: "At most this many.") var limit = 100
    @Flag(help: "Print them as JSON, one object a line.") var json = false

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is at least 1") }
    }

    func run() throws {
        try reportingTrouble {
            let store = try journal.open()
            if let importID, try store.importMark(importID) == nil {
                throw ValidationError("there was no import \(importID)")
            }
            let rejects = try store.allRejects(ofImport: importID)
            for kept in rejects.prefix(limit) { print(json ? jsonLine(kept) : text(kept)) }
            if !json { print(summary(rejects)) }
            if !rejects.isEmpty { throw Exits.findings }
        }
    }

    private func text(_ kept: KeptReject) -> String {
        let reject = kept.reject
        let place = [reject.column, reject.value.isEmpty ? "" : "“\(reject.value)”"].filter { !$0.isEmpty }
        return """
            \(kept.number)  \(reject.file):\(reject.line): \(reject.code)\(place.isEmpty ? "" : ": " + place.joined(separator: " "))
                \(reject.reason)
            """
    }

    private func jsonLine(_ kept: KeptReject) -> String {
        var json = JSONText()
        json.object { json in
            json.member("number", kept.number)
            json.member("import", kept.reject.importID)
            json.member("file", kept.reject.file)
            json.member("line", Int64(kept.reject.line))
            json.member("column", kept.reject.column)
            json.member("value", kept.reject.value)
            json.member("code", kept.reject.code)
            json.member("reason", kept.reject.reason)
        }
        return json.text
    }

    private func summary(_ rejects: [KeptReject]) -> String {
        guard !rejects.isEmpty else { return "No row waits to be mended." }
        let imports = Dictionary(grouping: rejects) { $0.reject.importID }.sorted { $0.key < $1.key }
        let lines = imports.map { id, rejects in
            "  --import \(id): \(grouped(rejects.count)) of \(rejects[0].reject.file)"
        }
        return "\(grouped(rejects.count)) \(rejects.count == 1 ? "row waits" : "rows wait") to be mended:\n"
            + lines.joined(separator: "\n")
    }
}

struct ExportRejects: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write an import's rejects to a file in which they can be mended.")

    @OptionGroup var journal: JournalOption
    @Option(name: .customLong("import"), help: "Whose rejects, when several imports have some.") var importID: String?
    @Option(help: "The file to write.", completion: .file()) var to: String

    func run() throws {
        try reportingTrouble {
            let store = try journal.open()
            let (state, rejects) = try waiting(in: store, importID)
            let sheet = RejectSheet(form: state.form, columns: state.fields)
            let file = try PrivateFile(replacing: to, isNew: true)
            try file.handle.write(contentsOf: Data(sheet.bytes(rejects)))
            try file.commit()
            print("\(grouped(rejects.count)) rejected rows of \(state.file) are in \(to).")
            print("Mend them there and run: interlock rejects feed \(to)")
        }
    }
}

/// The one import whose rejects are meant, with what it left behind.
private func waiting(in store: SQLiteJournal, _ id: String?) throws -> (ImportMarkState, [KeptReject]) {
    let rejects = try store.allRejects(ofImport: id)
    let ids = Set(rejects.map(\.reject.importID)).sorted()
    guard ids.count <= 1 else {
        throw ValidationError(
            "several imports have rejects; say which: \(ids.map { "--import \($0)" }.joined(separator: ", "))")
    }
    guard let only = ids.first, let mark = try store.importMark(only), let state = ImportMarkState(mark.state) else {
        throw Trouble("no row waits to be mended", remedy: "`interlock rejects list` shows those that do.")
    }
    return (state, rejects)
}

struct FeedRejects: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feed", abstract: "Read mended rows under the mapping under which they were rejected.")

    @OptionGroup var journal: JournalOption
    @Argument(help: "The mended file.", completion: .file()) var file: String
    @Option(help: "The instant written down as the time of recording; now by default.") var recordedAt: String?

    func run() throws {
        try reportingTrouble {
            let store = try journal.open()
            let state = try origin(in: store)
            let facts = FileFacts(
                asOf: state.asOf.map { Instant(milliseconds: $0) }, isComplete: false,
                recorded: try recordedAt.map { try Instant(option: "--recorded-at", $0) } ?? .now)
            let mapping = state.clauses.applied(to: try MappingText(state.mapping).mapping)
            let run = ImportRun(
                journal: store, file: try InputFile(file), mapping: mapping, mappingText: state.mapping,
                stated: state.clauses, folder: state.folder, facts: facts, zones: { SystemZones.zone($0) })
            let summary = try run.run()
            print(ImportReport(file: file, mapping: "that of \(state.file)", summary: summary).text)
            if summary.counts.rejected > 0 { throw Exits.findings }
        }
    }

    /// What the import left behind whose rejects the file's first numbered row belongs to.
    private func origin(in store: SQLiteJournal) throws -> ImportMarkState {
        let numbers = Set(try numbers())
        let rejects = try store.allRejects(ofImport: nil).filter { numbers.contains($0.number) }
        let ids = Set(rejects.map(\.reject.importID))
        guard ids.count == 1, let mark = try store.importMark(ids.first!), let state = ImportMarkState(mark.state)
        else {
            throw Trouble(
                ids.isEmpty
                    ? "\(file) names no reject that waits" : "\(file) holds rejects of several imports",
                remedy: "Keep the column \(StepReader.rejectColumn) as `interlock rejects export` wrote it.")
        }
        return state
    }

    private func numbers() throws -> [Int64] {
        let input = try InputFile(file)
        let isNDJSON = [".ndjson", ".jsonl"].contains { file.lowercased().hasSuffix($0) }
        let reader: any RowReader =
            isNDJSON
            ? try NDJSONReader(paths: [JSONPath(parsing: StepReader.rejectColumn)!], pull: input.pull)
            : try CSVReader(pull: input.pull)
        guard let column = reader.fieldNames.firstIndex(of: StepReader.rejectColumn) else { return [] }
        let row = Row()
        var numbers: [Int64] = []
        while true {
            switch try reader.read(into: row) {
            case .end: return numbers
            case .malformed: continue
            case .row: if let number = Int64(row.text(column)) { numbers.append(number) }
            }
        }
    }
}

struct DropRejects: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop", abstract: "Settle rejects that need no mending, with the reason why.")

    @OptionGroup var journal: JournalOption
    @Argument(help: "The numbers of the rejects.") var numbers: [Int64]
    @Option(help: "Why they need no mending; kept with them.") var because: String

    func run() throws {
        try reportingTrouble {
            let store = try journal.open()
            let waiting = Set(try store.allRejects(ofImport: nil).map(\.number))
            if let unknown = numbers.first(where: { !waiting.contains($0) }) {
                throw ValidationError("no reject \(unknown) waits; `interlock rejects list` shows those that do")
            }
            try store.settle(numbers, as: "dropped: " + because)
            print("\(grouped(numbers.count)) rejects dropped.")
        }
    }
}
