internal import Answers
internal import Foundation
internal import Intake
package import Journal
package import Vocabulary

/// Rows that an import could not read and that wait to be mended.
package struct WaitingRejects {
    /// What the import left behind.
    package let state: ImportMarkState
    package let rejects: [KeptReject]

    /// Of one import. `nil`: none of its rows waits.
    package init?(ofImport id: String, in journal: any JournalStore) throws {
        let rejects = try journal.allRejects(ofImport: id)
        guard !rejects.isEmpty, let mark = try journal.importMark(id), let state = ImportMarkState(mark.state) else {
            return nil
        }
        (self.state, self.rejects) = (state, rejects)
    }

    /// The file in which people mend them: their own columns, and what is wrong beside each.
    package var sheet: [UInt8] { RejectSheet(form: state.form, columns: state.fields).bytes(rejects) }
}

/// Rejects are read from the store in portions of this many.
private let portion = 1000

extension JournalStore {
    /// Every waiting reject of an import, or of all.
    package func allRejects(ofImport id: String?) throws -> [KeptReject] {
        var all: [KeptReject] = []
        while true {
            let next = try rejects(ofImport: id, after: all.last?.number ?? 0, limit: portion)
            all += next
            if next.count < portion { return all }
        }
    }
}

/// A mended sheet on its way back, under the mapping under which its rows were rejected.
package struct MendedRows {
    package let state: ImportMarkState
    private let path: String

    /// Throws `Trouble` where it cannot be told whose rows they are.
    package init(_ path: String, in journal: any JournalStore) throws {
        self.path = path
        let name = (path as NSString).lastPathComponent
        let numbers = Set(try MendedRows.numbers(in: path))
        let ids = Set(
            try journal.allRejects(ofImport: nil).filter { numbers.contains($0.number) }.map(\.reject.importID))
        guard ids.count == 1, let id = ids.first, let mark = try journal.importMark(id),
            let state = ImportMarkState(mark.state)
        else {
            throw Trouble(
                ids.isEmpty ? "\(name) names no reject that waits" : "\(name) holds rejects of several imports",
                remedy: "Keep the column \(StepReader.rejectColumn) as it was written into the file of rejects.")
        }
        self.state = state
    }

    package func run(into journal: any JournalStore, recorded: Instant) throws -> ImportRun {
        let facts = FileFacts(
            asOf: state.asOf.map { Instant(milliseconds: $0) }, isComplete: false, recorded: recorded)
        let mapping = state.clauses.applied(to: try MappingText(state.mapping).mapping)
        return ImportRun(
            journal: journal, file: try InputFile(path), mapping: mapping, mappingText: state.mapping,
            stated: state.clauses, folder: state.folder, facts: facts, zones: { SystemZones.zone($0) })
    }

    private static func numbers(in path: String) throws -> [Int64] {
        let input = try InputFile(path)
        let isNDJSON = [".ndjson", ".jsonl"].contains { path.lowercased().hasSuffix($0) }
        guard let column = JSONPath(parsing: StepReader.rejectColumn) else { return [] }
        let reader: any RowReader =
            isNDJSON ? try NDJSONReader(paths: [column], pull: input.pull) : try CSVReader(pull: input.pull)
        guard let place = reader.fieldNames.firstIndex(of: StepReader.rejectColumn) else { return [] }
        let row = Row()
        var numbers: [Int64] = []
        while true {
            switch try reader.read(into: row) {
            case .end: return numbers
            case .malformed: continue
            case .row: if let number = Int64(row.text(place)) { numbers.append(number) }
            }
        }
    }
}
