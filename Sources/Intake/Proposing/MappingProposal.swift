//  A mapping proposed for a file
//
//      the first rows ── FileSample
//         │ columns' names against every preset ── PresetFit
//         │ a preset fits: that one, with what it does not understand
//         └ none does: ── ColumnReading for each column ── RowReading: id, times, whom it concerns ── a mapping of its own
//
//  Either way it is text with the reasons as comments, tried on the rows that were read. It imports the file as it stands;
//  what no rows can tell is marked “check”.

internal import Journal
public import Vocabulary

/// A mapping proposed for a file, with how sure each choice is and why.
public struct MappingProposal: Sendable {
    public let fileName: String
    public let rowsRead: Int
    /// All presets that fit at all, best first.
    public let fits: [PresetFit]
    /// The preset proposed; `nil` when none fits well enough and a mapping was made for the file.
    public let preset: Preset?
    /// What each column was taken for, in the order of the file; empty when a preset is proposed.
    public let columns: [ColumnReading]
    /// The mapping as commented YAML.
    public let text: String

    /// `open` gives the file's bytes from the first on, and may be called more than once. `written` is when the file was
    /// last written: the day its records are taken to speak of where nothing in it says so.
    ///
    /// Throws `UnreadableFile` and what the pull throws.
    public init(fileName: String, written: Instant? = nil, open: () throws -> Pull) throws {
        let sample = try FileSample(fileName: fileName, open: open)
        self.fileName = fileName
        rowsRead = sample.rows
        fits = PresetFit.ranked(fileName: fileName, columns: sample.names)
        let day = MappingProposal.day(fileName, written)
        if let best = fits.first(where: \.isProposed) {
            preset = best.preset
            columns = []
            text = ProposalText.of(best, sample, day, open: open)
        } else {
            preset = nil
            let readings = MappingProposal.readings(sample)
            let rows = RowReading(sample, readings)
            columns = readings.map { rows.keepingApart($0) }
            text = ProposalText.of(columns, RowReading(sample, columns), sample, day, nearest: fits.first, open: open)
        }
    }

    /// Since when a record without a date of its own is as it is.
    enum Day: Equatable {
        case inFileName
        case lastWritten(String)
        case unknown
    }

    private static func day(_ fileName: String, _ written: Instant?) -> Day {
        if FileNameDate.date(in: fileName) != nil { return .inFileName }
        return written.map { .lastWritten(String($0.fixedWidthText.prefix(10))) } ?? .unknown
    }

    private static func readings(_ sample: FileSample) -> [ColumnReading] {
        var taken = ProposalText.reserved
        return sample.columns.map { column in
            let wanted = HeaderWords(column.name).name
            var name = wanted
            var number = 2
            while !taken.insert(name).inserted {
                name = "\(wanted)_\(number)"
                number += 1
            }
            return ColumnReading(column, name: name)
        }
    }
}

/// The date in a file's name: the first ten characters like 2026-02-02.
public enum FileNameDate {
    public static func date(in name: String) -> String? {
        let bytes = Array(name.utf8)
        guard bytes.count >= 10 else { return nil }
        return (0...bytes.count - 10).lazy
            .map { String(decoding: bytes[$0..<$0 + 10], as: UTF8.self) }
            .first { (try? CivilDate(text: $0)) != nil }
    }
}
