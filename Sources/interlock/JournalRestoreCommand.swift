import Answers
import ArgumentParser
import Foundation
import Importing
import Journal
import StoreSQLite

struct RestoreJournal: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Make a journal of an export, the same one it was taken from.",
        discussion: """
            interlock journal restore journal.ndjson.gz --journal restored.journal

            The folder must not hold a journal with facts. A damaged or cut export is refused with its line, and leaves \
            nothing behind. Who was erased stays erased.
            """)

    @Argument(help: "The export, plain or gzipped.", completion: .file()) var file: String
    @OptionGroup var journal: JournalOption

    func run() throws {
        try reportingTrouble {
            let input = try InputFile(file)
            try refuseToOverwrite()
            let building = UnfinishedJournal(at: journal.path)
            let head = try building.finish { path in try restore(input, into: path) }
            print("Restored \(grouped(Int(head.sequence))) facts into \(journal.path).\nHead: \(head.text)")
        }
    }

    private func refuseToOverwrite() throws {
        guard SQLiteJournal.exists(at: journal.path) else { return }
        let there = try journal.open()
        defer { try? there.close() }
        guard try there.head() == .empty, try there.people(after: 0, limit: 1).isEmpty else {
            throw JournalError.notEmpty
        }
    }

    private func restore(_ input: InputFile, into path: String) throws -> JournalHead {
        let store = try JournalOption.open(path)
        defer { try? store.close() }
        do {
            var restore = try JournalRestore(into: store)
            var lines = LineReader(pull: input.pull)
            while let line = try lines.next() { try restore.take(line) }
            let head = try restore.finish()
            try store.checkpoint()
            return head
        } catch let error as BadExport {
            throw Trouble("\(file), \(error.sentence)", remedy: error.remedy)
        }
    }
}

/// A journal made beside its place and moved there once it is whole.
struct UnfinishedJournal {
    private let path: String
    private var unfinished: String { path + ".unfinished" }

    init(at path: String) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    func finish<Result>(_ make: (String) throws -> Result) throws -> Result {
        let files = FileManager.default
        try? files.removeItem(atPath: unfinished)
        let result: Result
        do {
            result = try make(unfinished)
        } catch {
            try? files.removeItem(atPath: unfinished)
            throw error
        }
        try files.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        // The facts come last: until they are there, the folder holds no journal.
        for file in SQLiteJournal.files.reversed() {
            for log in ["-wal", "-shm"] { try? files.removeItem(atPath: "\(path)/\(file)\(log)") }
            guard rename("\(unfinished)/\(file)", "\(path)/\(file)") == 0 else {
                throw Trouble("\(path) cannot be written", remedy: "The restored journal is whole in \(unfinished).")
            }
        }
        try files.removeItem(atPath: unfinished)
        return result
    }
}

/// Splits what is pulled into lines, without their newlines.
struct LineReader {
    private let pull: (UnsafeMutableRawBufferPointer) throws -> Int
    private var bytes: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    private static let portion = 1 << 18

    init(pull: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) {
        self.pull = pull
    }

    /// `nil` after the last line; a last line without a newline is one.
    mutating func next() throws -> [UInt8]? {
        var searched = start
        while true {
            if let newline = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = newline + 1 }
                return Array(bytes[start..<newline])
            }
            if isAtEnd { return lastLine() }
            bytes.removeSubrange(..<start)
            searched = bytes.count
            start = 0
            try read()
        }
    }

    private mutating func lastLine() -> [UInt8]? {
        defer { start = bytes.count }
        return start < bytes.count ? Array(bytes[start...]) : nil
    }

    private mutating func read() throws {
        let count = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: LineReader.portion))
        let read = try bytes.withUnsafeMutableBytes { try pull(UnsafeMutableRawBufferPointer(rebasing: $0[count...])) }
        bytes.removeSubrange((count + read)...)
        isAtEnd = read == 0
    }
}
