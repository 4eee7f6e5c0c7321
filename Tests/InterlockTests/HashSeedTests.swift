import Foundation
import Testing

/// Swift's hashes differ from run to run; what the program says may not.
@Suite(.disabled(if: zonesOfBirchAreMissing, "no time zone data: apt-get install tzdata"))
struct HashSeedTests {
    @Test func everyHashSeedGivesTheSameBytes() throws {
        let company = try BirchCompany()
        let journal = company.folder.path + "/journal"
        for arguments in [
            ["backtest", company.draft, "--against", company.agreement, "--json"],
            ["report", "funnel", "--agreement", company.agreement, "--as-of", "2026-03-10", "--json"],
        ] {
            let outputs = try [[:], ["SWIFT_DETERMINISTIC_HASHING": "1"], [:]].map { settings in
                let program = ProgramUnderTest(
                    folder: company.folder, environment: settings.merging(["INTERLOCK_JOURNAL": journal]) { $1 })
                return try program.run(ProgramUnderTest.path, arguments)
            }
            #expect(!outputs[0].output.isEmpty, "\(outputs[0].errors)")
            #expect(Set(outputs.map(\.output)).count == 1)
        }
    }
}
