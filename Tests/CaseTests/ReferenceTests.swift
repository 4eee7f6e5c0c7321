import Engine
import Foundation
import Testing
import Vocabulary

/// The engine against the slow and obvious one. INTERLOCK_LONG_TESTS=1 tries as many accounts as one waits for, INTERLOCK_COMPANIES
/// so many companies of one to four accounts each; INTERLOCK_SEED tries one company again.
@Suite struct ReferenceTests {
    /// Lists of a fair and turns by the day are beyond the reference, and so are lists that are quarantined, corrections,
    /// snapshots, alerts about deals, and what we decided ourselves. Where a case is about what the engine does not do yet both do not do it.
    private static let told = CaseFiles.all.filter { worked in
        !worked.ownersAreLive
            && !worked.agreements.contains { $0.text.contains("burst:") || $0.text.contains("enter at most") }
            && !worked.facts.contains { $0["snapshot"] != nil || worked.file == "alerts.yaml" && $0["deal"] != nil }
    }

    @Test(arguments: told)
    func bothSayTheSameOfWorkedTimelines(_ worked: Case) throws {
        let both = try BothEngines(Evaluated(worked))
        #expect(both.byEngine == both.byReference)
    }

    private static let isLong = ProcessInfo.processInfo.environment["INTERLOCK_LONG_TESTS"] == "1"
    private static let seed = ProcessInfo.processInfo.environment["INTERLOCK_SEED"].flatMap { UInt64($0) }
    private static let asked = ProcessInfo.processInfo.environment["INTERLOCK_COMPANIES"].flatMap { UInt64($0) }
    private static let companies = asked ?? UInt64(isLong ? 6_000 : 600)
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
