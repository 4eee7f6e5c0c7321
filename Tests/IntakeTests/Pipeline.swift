import Foundation
import Intake
import Journal
import Testing
import Vocabulary

/// The import as the command runs it, step by step into a journal in memory, without files' names and marks.
struct Pipeline {
    var mapping: Mapping
    var asOf: Instant? = Pipeline.day
    var recorded = Instant(milliseconds: 1_800_000_000_000)
    /// The contents of files that the mapping may join, by name.
    var beside: (String) -> [UInt8]? = { _ in nil }
    let journal: MemoryJournal

    /// 2026-01-01T00:00:00Z.
    static let day = Instant(milliseconds: 1_767_225_600_000)

    init(_ mapping: Mapping, journal: MemoryJournal = .numbered()) {
        (self.mapping, self.journal) = (mapping, journal)
    }

    struct Outcome {
        var counts: ImportCounts
        var notices: Notices
        var rejects: [Reject]
    }

    @discardableResult
    func run(_ bytes: [UInt8], fileName: String = "file.csv") throws -> Outcome {
        let source = try RowSource(mapping, fileName: fileName) { pull(bytes) }
        let row = Row()
        let mapper = try mapping.mapper(
            columns: source.columns, joins: try mapping.joins.map(joinTable), row: row,
            file: FileFacts(asOf: asOf, isComplete: false, recorded: recorded), zones: testZone,
            occurrences: RowOccurrencesInMemory())
        let origin = ImportOrigin(importID: "test", file: fileName)
        let steps = StepReader(reader: source.reader, row: row, mapper: mapper, origin: origin)
        var books = ImportBooks(origin: origin)
        var rejects: [Reject] = []
        while let step = try steps.next() {
            let receipts = try journal.append(JournalGroup([step.batch]))[0]
            rejects += step.rejects + books.settle(step, receipts)
        }
        try books.check()
        return Outcome(counts: books.counts, notices: steps.notices, rejects: rejects)
    }

    @discardableResult
    func run(_ text: String, fileName: String = "file.csv") throws -> Outcome {
        try run(Array(text.utf8), fileName: fileName)
    }

    private func joinTable(_ join: Join) throws -> JoinTable {
        guard let (name, bytes) = join.files.lazy.compactMap({ name in beside(name).map { (name, $0) } }).first else {
            if join.isOptional { return .absent }
            throw UnusableFile("there is no \(join.files[0])", remedy: "")
        }
        return try JoinTable(join, file: name, pull: pull(bytes))
    }
}

extension MemoryJournal {
    /// A journal whose keys are numbered instead of drawn, so that a run can be repeated.
    static func numbered() -> MemoryJournal {
        let numbers = Numbers()
        return MemoryJournal { PersonKey(drawing: numbers.next) }
    }

    func allFacts() throws -> [StoredFact] { try stored(after: 0, limit: .max) }

    /// Every fact as one line of JSON, personal values opened.
    func lines() throws -> [String] {
        try allFacts().map { stored in
            let values = try stored.person.map { try self.values(ofPerson: $0) } ?? [:]
            let fact = try stored.asWritten { values[$0] }
            return String(
                decoding: FactLine.fact(sequence: stored.sequence, person: stored.person, fact).json, as: UTF8.self)
        }
    }
}

private final class Numbers: @unchecked Sendable {
    private var state: UInt8 = 0
    private let lock = NSLock()

    func next() -> UInt8 {
        lock.withLock {
            state &+= 1
            return state
        }
    }
}

/// The zones that tests use, from the machine's zone data; `nil` for names that are none.
func testZone(_ name: String) -> Zone? {
    if name == "UTC" { return .utc }
    let folder = ProcessInfo.processInfo.environment["TZDIR"] ?? "/usr/share/zoneinfo"
    return FileManager.default.contents(atPath: folder + "/" + name).flatMap {
        try? Zone(name: name, tzif: Array($0))
    }
}

/// Real data that does not belong to the repository: in the folder that INTERLOCK_DATA names, or beside the package.
enum RealData {
    static let folder: String = {
        if let named = ProcessInfo.processInfo.environment["INTERLOCK_DATA"] { return named }
        return package.deletingLastPathComponent().appendingPathComponent("shared/data").path
    }()

    static let package = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: folder + "/" + path) }

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + path)))
    }

    static func files(_ path: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + path)) ?? []
        return names.sorted().map { path + "/" + $0 }
    }

    static func example(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: package.appendingPathComponent("Examples/" + path)), as: UTF8.self)
    }

    static let missing: Comment = """
        the vendors' and public example files are not here: name their folder with INTERLOCK_DATA to run this
        """
}
