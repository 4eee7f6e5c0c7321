internal import Foundation
package import Intake
internal import Journal
internal import Vocabulary

/// What an import needs to go on after it was interrupted, and what `rejects` needs to feed rows again: the state of an
/// `ImportMark`, as JSON.
package struct ImportMarkState: Codable, Equatable {
    package var file: String
    var path: String
    var modified: Int64
    package var mapping: String
    /// `nil` where the command line said nothing.
    var stated: StatedClauses?
    package var folder: String
    package var asOf: Int64?
    var isComplete: Bool
    package var fields: [String]
    package var form: RejectSheet.Form
    var line: Int
    var offset: Int
    var settledSequence: Int64
    var counts: Counts

    struct Counts: Codable, Equatable {
        var accepted, unchanged, repeated, rejected, filtered: Int
        var header, blank, footer: Int
        var factsAdded, factsUnchanged, factsRepeated: Int
    }

    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Array((try? encoder.encode(self)) ?? Data())
    }

    package init?(_ bytes: [UInt8]) {
        guard let state = try? JSONDecoder().decode(ImportMarkState.self, from: Data(bytes)) else { return nil }
        self = state
    }

    init(
        file: InputFile, mapping: String, stated: StatedClauses, folder: String, facts: FileFacts, fields: [String],
        form: RejectSheet.Form,
        position: Position,
        settledSequence: Int64, counts: ImportCounts
    ) {
        self.file = file.name
        path = file.path
        modified = file.modified
        self.mapping = mapping
        self.stated = stated == StatedClauses() ? nil : stated
        self.folder = folder
        asOf = facts.asOf?.milliseconds
        isComplete = facts.isComplete
        self.fields = fields
        self.form = form
        line = position.line
        offset = position.offset
        self.settledSequence = settledSequence
        self.counts = Counts(counts)
    }

    package var clauses: StatedClauses { stated ?? StatedClauses() }

    var position: Position { Position(line: line, offset: offset) }
}

extension ImportMarkState.Counts {
    init(_ counts: ImportCounts) {
        (accepted, unchanged, repeated) = (counts.accepted, counts.unchanged, counts.repeated)
        (rejected, filtered) = (counts.rejected, counts.filtered)
        (header, blank, footer) = (counts.header, counts.blank, counts.footer)
        (factsAdded, factsUnchanged, factsRepeated) = (counts.factsAdded, counts.factsUnchanged, counts.factsRepeated)
    }

    var counts: ImportCounts {
        var counts = ImportCounts()
        (counts.accepted, counts.unchanged, counts.repeated) = (accepted, unchanged, repeated)
        (counts.rejected, counts.filtered) = (rejected, filtered)
        (counts.header, counts.blank, counts.footer) = (header, blank, footer)
        (counts.factsAdded, counts.factsUnchanged, counts.factsRepeated) = (factsAdded, factsUnchanged, factsRepeated)
        return counts
    }
}
