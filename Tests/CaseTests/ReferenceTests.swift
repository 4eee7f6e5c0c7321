import Engine
import Foundation
import Testing
import Vocabulary

/// The engine against the slow and obvious one. INTERLOCK_LONG_TESTS=1 tries as many accounts as one waits for; INTERLOCK_SEED
/// tries one company again.
@Suite struct ReferenceTests {
    /// Also where a case is about what the engine does not do yet: then both do not do it.
    @Test(arguments: CaseFiles.all)
    func bothSayTheSameOfWorkedTimelines(_ worked: Case) throws {
        let both = try BothEngines(Evaluated(worked))
        #expect(both.byEngine == both.byReference)
    }

    private static let isLong = ProcessInfo.processInfo.environment["INTERLOCK_LONG_TESTS"] == "1"
    private static let seed = ProcessInfo.processInfo.environment["INTERLOCK_SEED"].flatMap { UInt64($0) }
    private static let companies = UInt64(isLong ? 40_000 : 800)
    private static let parts = UInt64(16)

    @Test(arguments: 0..<parts)
    func bothSayTheSameOfRandomCompanies(part: UInt64) throws {
        let seeds = Array(stride(from: part, to: ReferenceTests.companies, by: UInt64.Stride(ReferenceTests.parts)))
        for seed in ReferenceTests.seed.map({ [$0] }) ?? seeds {
            let company = try RandomCompany(seed: seed)
            guard try !company.differences(company.facts).isEmpty else { continue }
            Issue.record(Comment(rawValue: try company.report()))
            return
        }
    }
}
