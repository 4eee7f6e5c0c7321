import Crypto
import Foundation
import Intake
import Journal
import StoreSQLite
import Vocabulary

/// One file on its way into the journal.
///
/// Steps are committed one by one, each with its rejects and with a mark that covers the steps before it. Killed at any
/// moment, the next run goes on from the last mark, and what lies between is met again and counted once.
struct ImportRun {
    let journal: any JournalStore
    let file: InputFile
    let mapping: Mapping
    let mappingText: String
    /// The mapping's folder: where joined files are looked for when they are not beside the file.
    let folder: String
    let facts: FileFacts
    let zones: (String) -> Zone?
    var progress: (ImportCounts, InputFile) -> Void = { _, _ in }
    /// Called after each commit: a place for tests to interrupt.
    var committed: () -> Void = {}

    struct Summary {
        var counts: ImportCounts
        var notices: Notices
        var importID: String
        var wentOn: Bool
        /// Records found gone or back by comparing complete lists.
        var deleted = 0
        var restored = 0
    }

    func run() throws -> Summary {
        let id = try importID()
        let source = try openReader()
        let occurrences = ScratchOccurrences()
        let row = Row()
        let mapper = try mapping.mapper(
            columns: source.columns, joins: try mapping.joins.map { try joinTable($0) }, row: row, file: facts,
            zones: zones, occurrences: occurrences)
        let startsOver = mapper.dependsOnEarlierRows || facts.isComplete
        let begun = try begin(id, source, canGoOn: !startsOver)
        let reader = try begun.position.map { try resume(source, at: $0) } ?? source.reader
        let origin = ImportOrigin(importID: id, file: file.name)
        let steps = StepReader(reader: reader, row: row, mapper: mapper, origin: origin)
        let list = facts.isComplete ? try RecordList(mapping, source.columns, row, journal) : nil
        var books = ImportBooks(origin: origin, earlier: begun.earlier)
        try commitAll(steps, &books, begun, source, list)
        try books.check()
        var summary = Summary(
            counts: books.counts, notices: steps.notices, importID: id, wentOn: begun.position != nil)
        try concludeWhoIsGone(list, begun.startedAfter, &summary)
        try finish(books, begun, source)
        return summary
    }

    // MARK: Beginning

    private struct Begun {
        var id: String
        var startedAfter: Int64
        var position: Position?
        var earlier: ImportBooks.Earlier?
    }

    /// The same content under the same mapping is the same import, wherever the file lies.
    private func importID() throws -> String {
        var hash = SHA256()
        hash.update(data: Data(try file.fingerprint()))
        let rest = "\(file.name)\u{1F}\(mappingText)\u{1F}\(facts.asOf?.milliseconds ?? 0)\u{1F}\(facts.isComplete)"
        hash.update(data: Data(rest.utf8))
        return Hex.text(Array(hash.finalize().prefix(6)))
    }

    private func begin(_ id: String, _ source: RowSource, canGoOn: Bool) throws -> Begun {
        let head = try journal.head().sequence
        guard let mark = try journal.importMark(id), !mark.done, let state = ImportMarkState(mark.state) else {
            let mark = ImportMark(
                id: id, startedAfter: head, done: false,
                state: state(source, .start, settled: head, ImportCounts()).bytes)
            _ = try journal.append(JournalGroup([], marks: [mark]))
            return Begun(id: id, startedAfter: head)
        }
        guard canGoOn, state.modified == file.modified, state.offset > 0 else {
            let earlier = ImportBooks.Earlier(
                counts: ImportCounts(), settledSequence: mark.startedAfter, head: head)
            return Begun(id: id, startedAfter: mark.startedAfter, position: nil, earlier: earlier)
        }
        let earlier = ImportBooks.Earlier(
            counts: state.counts.counts, settledSequence: state.settledSequence, head: head)
        return Begun(id: id, startedAfter: mark.startedAfter, position: state.position, earlier: earlier)
    }

    private func state(
        _ source: RowSource, _ position: Position, settled: Int64, _ counts: ImportCounts
    ) -> ImportMarkState {
        ImportMarkState(
            file: file, mapping: mappingText, facts: facts, fields: source.columns, isNDJSON: source.isNDJSON,
            position: position, settledSequence: settled, counts: counts)
    }

    // MARK: Committing

    private func commitAll(
        _ steps: StepReader, _ books: inout ImportBooks, _ begun: Begun, _ source: RowSource, _ list: RecordList?
    ) throws {
        let queue = StepQueue()
        queue.start { try steps.next() }
        defer { queue.cancel() }
        var lateRejects: [Reject] = []
        var mark: ImportMark?
        while let step = try queue.next() {
            try list?.add(step.batch)
            let group = JournalGroup(
                [step.batch], rejects: lateRejects + step.rejects, marks: mark.map { [$0] } ?? [])
            let receipts = try journal.append(group)[0]
            lateRejects = books.settle(step, receipts)
            let settled = try journal.head().sequence
            mark = ImportMark(
                id: begun.id, startedAfter: begun.startedAfter, done: false,
                state: state(source, step.position, settled: settled, books.counts).bytes)
            progress(books.counts, file)
            committed()
        }
        if !lateRejects.isEmpty { _ = try journal.append(JournalGroup([], rejects: lateRejects)) }
        if !books.settledRejects.isEmpty { try journal.settle(books.settledRejects, as: "fed again") }
    }

    private func finish(_ books: ImportBooks, _ begun: Begun, _ source: RowSource) throws {
        let settled = try journal.head().sequence
        let mark = ImportMark(
            id: begun.id, startedAfter: begun.startedAfter, done: true,
            state: state(source, .start, settled: settled, books.counts).bytes)
        _ = try journal.append(JournalGroup([], marks: [mark]))
    }
}

/// Equal rows counted in a temporary file.
private final class ScratchOccurrences: RowOccurrences {
    private lazy var table = Result { try ScratchTable() }

    func ordinal(of digest: [UInt8]) throws -> Int { try table.get().add(digest) }
}

// MARK: - Opening

extension ImportRun {
    private func openReader() throws -> RowSource {
        try RowSource(mapping, fileName: file.name) {
            try file.seek(to: 0)
            return file.pull
        }
    }

    private func resume(_ source: RowSource, at position: Position) throws -> any RowReader {
        let again = try InputFile(file.path)
        try again.seek(to: position.offset)
        return source.resuming(at: position, pull: again.pull)
    }

    /// Beside the file being read if it is there, else beside the mapping; `nil` when it is in neither place.
    private func path(ofJoined name: String) -> String? {
        if name.hasPrefix("/") { return name }
        let beside = (file.path as NSString).deletingLastPathComponent
        return [beside.isEmpty ? "." : beside, folder].map { $0 + "/" + name }
            .first { FileManager.default.fileExists(atPath: $0) }
    }

    private func joinTable(_ join: Join) throws -> JoinTable {
        guard let (name, path) = join.files.lazy.compactMap({ name in path(ofJoined: name).map { (name, $0) } }).first
        else {
            if join.isOptional { return .absent }
            throw Trouble(
                "there is no file \(join.files.joined(separator: " or ")), which the mapping joins",
                remedy: "Put it beside \(file.path), or beside the mapping.")
        }
        return try JoinTable(join, file: name, pull: InputFile(path).pull)
    }
}

extension InputFile {
    func head(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = try bytes.withUnsafeMutableBytes {
                try pull(UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
            }
            if got == 0 { break }
            filled += got
        }
        return Array(bytes.prefix(filled))
    }
}

// MARK: - Who is gone

/// The ids that a complete file holds, by object.
final class RecordList {
    private var tables: [String: ScratchTable] = [:]
    let rules: [FactRule]
    private let source: String

    init(_ mapping: Mapping, _ columns: [String], _ row: Row, _ journal: any JournalStore) throws {
        source = mapping.source
        rules = mapping.facts.filter { $0.kind == .observed }
        for rule in rules { tables[rule.object] = try ScratchTable() }
    }

    func add(_ batch: FactBatch) throws {
        for index in batch.entries.indices where batch.shapes[batch.entries[index].shape].kind == .observed {
            let key = batch.keys[batch.keyRange(index)]
            let end = key.firstIndex(of: FactKey.separator) ?? key.endIndex
            try tables[batch.shapes[batch.entries[index].shape].object]?.add(Array(key[..<end]))
        }
    }

    func table(_ object: String) -> ScratchTable? { tables[object] }
}

extension ImportRun {
    private func concludeWhoIsGone(_ list: RecordList?, _ startedAfter: Int64, _ summary: inout Summary) throws {
        for rule in mapping.facts where rule.kind == .observed && rule.statesRecord {
            let asOf = list.flatMap { _ in facts.asOf }
            let table = list?.table(rule.object)
            let census = Census(
                source: mapping.source, object: rule.object, concerns: concern(rule),
                list: asOf.map { day in Census.List(asOf: day) { id in (try? table?.contains(Array(id.utf8))) ?? true }
                },
                startedAfter: startedAfter, recorded: facts.recorded)
            try conclude(census, table, &summary)
        }
    }

    private func concern(_ rule: FactRule) -> Census.Concern {
        if rule.persons.contains(where: { $0.scheme == .record && $0.object == nil }) { return .persons }
        return rule.accounts.contains { $0.scheme == .record && $0.object == nil } ? .accounts : .records
    }

    private func conclude(_ census: Census, _ table: ScratchTable?, _ summary: inout Summary) throws {
        let lists = Census.lists(
            in: try journal.stored(source: census.source, object: census.object, id: Census.listID).map {
                RecordStatements.Statement(aspect: $0.aspect, kind: $0.shape.kind, sequence: $0.sequence)
            })
        guard census.list != nil || !lists.isEmpty else { return }
        var batch = FactBatch()
        try journal.statements(source: census.source, object: census.object) { record in
            guard record.id != Census.listID else { return true }
            for fact in census.conclusions(on: record, lists: lists) {
                if fact.kind == .deleted { summary.deleted += 1 } else { summary.restored += 1 }
                batch.append(fact)
            }
            return true
        }
        if let table, let counted = census.counted(records: try table.count(), digest: try digest(table)) {
            batch.append(counted)
        }
        let receipts = try journal.append(JournalGroup([batch]))[0]
        summary.counts.factsAdded += receipts.count { $0.verdict == .accepted }
    }

    private func digest(_ table: ScratchTable) throws -> String {
        var hash = SHA256()
        try table.inOrder { hash.update(data: $0 + [FactKey.separator]) }
        return Hex.text(Array(hash.finalize().prefix(16)))
    }
}
