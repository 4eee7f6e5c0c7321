import Answers
import ArgumentParser
import Foundation
import Importing
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
            let waiting = try waiting(in: store, importID)
            let file = try PrivateFile(replacing: to, isNew: true)
            try file.handle.write(contentsOf: Data(waiting.sheet))
            try file.commit()
            print("\(grouped(waiting.rejects.count)) rejected rows of \(waiting.state.file) are in \(to).")
            print("Mend them there and run: interlock rejects feed \(to)")
        }
    }
}

/// The one import whose rejects are meant, with what it left behind.
private func waiting(in store: SQLiteJournal, _ id: String?) throws -> WaitingRejects {
    let ids = Set(try store.allRejects(ofImport: id).map(\.reject.importID)).sorted()
    guard ids.count <= 1 else {
        throw ValidationError(
            "several imports have rejects; say which: \(ids.map { "--import \($0)" }.joined(separator: ", "))")
    }
    guard let only = ids.first, let waiting = try WaitingRejects(ofImport: only, in: store) else {
        throw Trouble("no row waits to be mended", remedy: "`interlock rejects list` shows those that do.")
    }
    return waiting
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
            let mended = try MendedRows(file, in: store)
            let recorded = try recordedAt.map { try Instant(option: "--recorded-at", $0) } ?? .now
            let summary = try mended.run(into: store, recorded: recorded).run()
            print(ImportReport(file: file, mapping: "that of \(mended.state.file)", summary: summary).text)
            if summary.counts.rejected > 0 { throw Exits.findings }
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
