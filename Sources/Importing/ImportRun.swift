internal import Answers
internal import Crypto
internal import Foundation
package import Intake
package import Journal
internal import StoreSQLite
package import Vocabulary

/// One file on its way into the journal.
///
/// Steps are committed one by one, each with its rejects and with a mark that covers the steps before it. Killed at any
/// moment, the next run goes on from the last mark, and what lies between is met again and counted once.
package struct ImportRun {
    let journal: any JournalStore
    let file: InputFile
    package let mapping: Mapping
    let mappingText: String
    /// What the command line says instead of the mapping, which has it already.
    let stated: StatedClauses
    /// The mapping's folder: where joined files are looked for when they are not beside the file.
    let folder: String
    let facts: FileFacts
    let zones: (String) -> Zone?
    package var progress: (ImportCounts, InputFile) -> Void = { _, _ in }
    private let interruption = Interruption()

    package init(
        journal: any JournalStore, file: InputFile, mapping: Mapping, mappingText: String,
        stated: StatedClauses = StatedClauses(), folder: String, facts: FileFacts,
        zones: @escaping (String) -> Zone?
    ) {
        (self.journal, self.file, self.mapping, self.mappingText) = (journal, file, mapping, mappingText)
        (self.stated, self.folder, self.facts, self.zones) = (stated, folder, facts, zones)
    }

    package struct Summary: Sendable {
        package var counts: ImportCounts
        package var notices: Notices
        package var importID: String
        package var wentOn: Bool
        /// Records found gone or back by comparing complete lists.
        package var deleted = 0
        package var restored = 0
    }

    package func run() throws -> Summary {
        let id = try importID()
        let source = try openReader()
        let row = Row()
        let mapper = try mapper(of: row, source)
        let startsOver = mapper.dependsOnEarlierRows || facts.isComplete
        try checkOrder(id)
        let begun = try begin(id, source, canGoOn: !startsOver)
        let reader = try begun.position.map { try resume(source, at: $0) } ?? source.reader
        let origin = ImportOrigin(importID: id, file: file.name)
        let steps = StepReader(reader: reader, row: row, mapper: mapper, origin: origin)
        let list = facts.isComplete ? try facts.asOf.map { try RecordList(mapping, asOf: $0) } : nil
        var books = ImportBooks(origin: origin, earlier: begun.earlier)
        let late = try commitAll(steps, &books, begun, source, list)
        try books.check()
        var summary = Summary(
            counts: books.counts, notices: steps.notices, importID: id, wentOn: begun.position != nil)
        try finish(late, list, begun, source, &summary)
        return summary
    }

    private func mapper(of row: Row, _ source: RowSource) throws -> RowMapper {
        try mapping.mapper(
            columns: source.columns, joins: try mapping.joins.map { try joinTable($0) }, row: row, file: facts,
            zones: zones, occurrences: ScratchOccurrences())
    }

    // MARK: Trying

    /// What the first rows would become. Nothing is written.
    package func tried(rows limit: Int) throws -> Trial {
        let source = try openReader()
        let row = Row()
        let steps = StepReader(
            reader: source.reader, row: row, mapper: try mapper(of: row, source),
            origin: ImportOrigin(importID: "", file: file.name))
        var trial = Trial()
        if let step = try steps.next(rowLimit: limit, byteLimit: 64 << 20) { trial.add(step) }
        trial.isWhole = try steps.next(rowLimit: 1).map { $0.read.total == trial.read.total } ?? true
        return trial
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
        let rest =
            "\(file.name)\u{1F}\(mappingText)\(stated.identity)\u{1F}\(facts.asOf?.milliseconds ?? 0)\u{1F}\(facts.isComplete)"
        hash.update(data: Data(rest.utf8))
        return Hex.text(Array(hash.finalize().prefix(6)))
    }

    /// Rows that bring no date of change leave out what an earlier file said, so a file of a day between two others can no
    /// longer tell what the later one confirmed. A complete list can: it says who was in it.
    private func checkOrder(_ id: String) throws {
        guard let asOf = facts.asOf?.milliseconds, !facts.isComplete,
            mapping.facts.contains(where: { $0.time == .asOf })
        else { return }
        let days = try journal.importMarks().filter { $0.id != id }.compactMap { ImportMarkState($0.state) }
            .filter { $0.mapping == mappingText && $0.clauses == stated && !$0.isComplete }.compactMap(\.asOf)
        guard days.contains(where: { $0 < asOf }), let later = days.filter({ $0 > asOf }).min() else { return }
        throw Trouble(
            "\(file.name) speaks as of \(Instant(milliseconds: asOf)), and a file of \(Instant(milliseconds: later)) was read before it",
            remedy:
                "Files whose rows bring no date of change go in the order of their days. Name the column that says when a "
                + "row changed (`since:`), or say that the files are complete.")
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
                counts: ImportCounts(), settledSequence: mark.startedAfter, head: try leftUntil(mark, head))
            return Begun(id: id, startedAfter: mark.startedAfter, position: nil, earlier: earlier)
        }
        let earlier = ImportBooks.Earlier(
            counts: state.counts.counts, settledSequence: state.settledSequence, head: try leftUntil(mark, head))
        return Begun(id: id, startedAfter: mark.startedAfter, position: state.position, earlier: earlier)
    }

    /// The last sequence that the interrupted run can have written: what an import begun since added is not its own.
    private func leftUntil(_ mark: ImportMark, _ head: Int64) throws -> Int64 {
        try journal.importMarks().filter { $0.id != mark.id && $0.startedAfter > mark.startedAfter }
            .map(\.startedAfter).min() ?? head
    }

    private func state(
        _ source: RowSource, _ position: Position, settled: Int64, _ counts: ImportCounts
    ) -> ImportMarkState {
        ImportMarkState(
            file: file, mapping: mappingText, stated: stated, folder: folder, facts: facts, fields: source.columns,
            form: source.form,
            position: position, settledSequence: settled, counts: counts)
    }

    // MARK: Committing

    /// Gives the rejects that the last step brought about: they are still to be stored.
    private func commitAll(
        _ steps: StepReader, _ books: inout ImportBooks, _ begun: Begun, _ source: RowSource, _ list: RecordList?
    ) throws -> [Reject] {
        let queue = StepQueue()
        let rowLimit = interruption.stepRows ?? StepReader.rowLimit
        queue.start { try steps.next(rowLimit: rowLimit) }
        defer { queue.cancel() }
        var lateRejects: [Reject] = []
        var mark: ImportMark?
        var commits = 0
        while let step = try queue.next() {
            try list?.add(step)
            let group = JournalGroup(
                [step.batch], rejects: lateRejects + step.rejects, marks: mark.map { [$0] } ?? [])
            let receipts = try journal.append(group)[0]
            lateRejects = books.settle(step, receipts)
            // Before the mark that covers the step: a run that goes on behind it does not see their rows again.
            if !books.settledRejects.isEmpty { try journal.settle(books.takeSettledRejects(), as: "fed again") }
            let settled = try journal.head().sequence
            mark = ImportMark(
                id: begun.id, startedAfter: begun.startedAfter, done: false,
                state: state(source, step.position, settled: settled, books.counts).bytes)
            progress(books.counts, file)
            commits += 1
            interruption.committed(commits)
        }
        return lateRejects
    }

    /// What the file says as a whole, the last rejects and the mark that says it is done: all or nothing.
    private func finish(
        _ late: [Reject], _ list: RecordList?, _ begun: Begun, _ source: RowSource, _ summary: inout Summary
    ) throws {
        let batch = try whoIsGone(list, begun.startedAfter, &summary)
        let mark = ImportMark(
            id: begun.id, startedAfter: begun.startedAfter, done: true,
            state: state(source, .start, settled: try journal.head().sequence, summary.counts).bytes)
        _ = try journal.append(JournalGroup([batch], rejects: late, marks: [mark]))
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
    package func head(_ count: Int) throws -> [UInt8] {
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
