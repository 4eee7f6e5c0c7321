import Foundation
import Testing

/// What `interlock import --json` says of one file.
struct ImportSummary: Decodable, Equatable {
    var importID: String
    var rows, accepted, unchanged, repeated, rejected, filtered, blank, footer: Int
    var factsAdded, factsUnchanged, factsRepeated, recordsGone, recordsBack: Int

    private enum CodingKeys: String, CodingKey {
        case importID = "import"
        case rows, accepted, unchanged, repeated, rejected, filtered, blank, footer
        case factsAdded = "facts_added"
        case factsUnchanged = "facts_unchanged"
        case factsRepeated = "facts_repeated"
        case recordsGone = "records_gone"
        case recordsBack = "records_back"
    }

    var accountedFor: Int { accepted + unchanged + repeated + rejected + filtered }

    static func all(in outcome: ProgramUnderTest.Outcome) throws -> [ImportSummary] {
        try #require(!outcome.output.isEmpty, "\(outcome.errors)")
        return try JSONDecoder().decode([ImportSummary].self, from: Data(outcome.output.utf8))
    }
}
