import ArgumentParser
import Foundation
import Journal
import StoreSQLite

struct ExportJournal: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the whole journal as text, one JSON object a line.",
        discussion: """
            `interlock journal restore` makes the same journal of it. An export holds personal values and the keys to them: \
            keep it as you keep the people it names.
            """)

    @OptionGroup var journal: JournalOption
    @Option(help: "The file to write; the standard output when not given.", completion: .file()) var to: String?
    @Flag(help: "Leave people and keys out, for comparing two journals; it cannot be restored.") var withoutKeys = false
    @Flag(help: "Write commitments in place of personal values, and no keys.") var withoutPersonal = false

    func run() throws {
        try reportingTrouble {
            var export = JournalExport(of: try journal.open(), keys: !withoutKeys, personal: !withoutPersonal)
            guard let to else { return try write(&export, to: .standardOutput) }
            let file = try PrivateFile(replacing: to)
            try write(&export, to: file.handle)
            try file.commit()
        }
    }

    private func write(_ export: inout JournalExport, to handle: FileHandle) throws {
        while let lines = try export.next() { try handle.write(contentsOf: lines) }
    }
}
