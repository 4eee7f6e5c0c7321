import Foundation
import Testing

/// The sample company's files, imported with the mappings it brings: nothing rejected, what was planted found.
@Suite struct SampleImportTests {
    @Test func everyFileIsReadAndWhatWasPlantedIsFound() throws {
        try withTemporaryFolder { folder in
            let sample = folder.appendingPathComponent("sample")
            #expect(try CommandRun(["sample", "--out", sample.path]).exitCode == 0)
            let first = try SampleImport.all(sample)
            let planted = try Planted(sample)

            #expect(first.values.allSatisfy { $0.rejected == 0 && $0.filtered == 0 })
            #expect(first["contacts"]?.gone == planted.deleted.count)
            for (family, repeated) in planted.repeated {
                let mapping = try #require(SampleImport.plan.first { $0.family == family + "-" }?.mapping)
                #expect(first[mapping]?.repeated == repeated, "\(family)")
            }
            let again = try SampleImport.all(sample)
            #expect(again.values.allSatisfy { $0.added == 0 && $0.rejected == 0 && $0.gone == 0 })
        }
    }

    /// The smallest company too promises something in every clause, and its plan and people can keep it.
    @Test(arguments: [300, 340, 700, 2000])
    func itsAgreementHasNoFinding(persons: Int) throws {
        try withTemporaryFolder { folder in
            let sample = folder.appendingPathComponent("sample")
            #expect(try CommandRun(["sample", "--persons", "\(persons)", "--out", sample.path]).exitCode == 0)
            let agreement = sample.appendingPathComponent("agreement.yaml").path
            let check = try CommandRun(["check", agreement, "--today", "2026-01-10"])
            #expect(check.exitCode == 0 && !check.output.contains("Warning:"), "\(check.output)")
        }
    }
}

/// The parts of planted.json that an import must show.
private struct Planted: Decodable {
    var deleted: [Int]
    var repeated: [String: Int]

    init(_ sample: URL) throws {
        let data = try Data(contentsOf: sample.appendingPathComponent("planted.json"))
        self = try JSONDecoder().decode(Planted.self, from: data)
    }
}
