internal import Journal
internal import Vocabulary

/// What becomes of the first rows of a file under a mapping, without a journal.
struct Trial {
    /// The mapping needs to be told as of when the file speaks.
    private(set) var needsAsOf = false
    /// Sentences about what does not fit, and about rows that would be rejected.
    private(set) var refusals: [String] = []

    init(_ text: String, _ sample: FileSample, _ open: () throws -> Pull) {
        do {
            try run(MappingText(text).mapping, sample, open)
        } catch let problems as MappingProblems {
            needsAsOf = problems.problems.contains { $0.code == .noAsOf }
            refusals = problems.problems.filter { $0.code != .noAsOf }.map { "\($0.cause). \($0.remedy)" }
        } catch {
            refusals = ["\(error)"]
        }
    }

    private mutating func run(_ mapping: Mapping, _ sample: FileSample, _ open: () throws -> Pull) throws {
        let source = try RowSource(mapping, fileName: sample.fileName, open: open)
        let row = Row()
        // Which day it is does not matter for a trial, only whether there is one.
        let asOf: Instant? = mapping.asOf == .notStated ? nil : Instant(milliseconds: 0)
        var mapper = try mapping.mapper(
            columns: source.columns, joins: mapping.joins.map { _ in .absent }, row: row,
            file: FileFacts(asOf: asOf, isComplete: false, recorded: Instant(milliseconds: 0)),
            zones: { $0 == "UTC" ? .utc : nil }, occurrences: RowOccurrencesInMemory())
        var counts: [MappingFault: Int] = [:]
        var batch = FactBatch()
        for _ in 0..<sample.rows + sample.malformed {
            guard try source.reader.read(into: row) == .row else { continue }
            if case .rejected(var fault) = try mapper.map(into: &batch) {
                fault.value = ""
                counts[fault, default: 0] += 1
            }
            batch.removeAll()
            mapper.batchWasEmptied()
        }
        refusals = counts.map { fault, rows in
            let column = fault.column.isEmpty ? "" : " (\(fault.column))"
            return
                "\(rows) of the \(sample.rows) rows read would be rejected as \(fault.code)\(column). \(fault.remedy)"
        }.sorted()
    }
}
