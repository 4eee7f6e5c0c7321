import Foundation
import Testing

/// The sample company's files, imported with the mappings it brings: nothing rejected, what was planted found.
@Suite struct SampleImportTests {
    /// Which files each mapping reads.
    private static let plan: [(mapping: String, family: String)] = [
        ("contacts", "map/contacts-"), ("accounts", "crm/accounts-"), ("deals", "crm/deals-"),
        ("deal-contacts", "crm/deal-contacts-"), ("assignments", "crm/assignments-"), ("touches", "crm/touches-"),
        ("meetings", "crm/meetings-"), ("verdicts", "crm/verdicts-"), ("uploads", "crm/uploads-"),
        ("pages", "web/pages-"), ("events", "web/events-"), ("consent", "map/consent-"), ("sends", "map/sends-"),
        ("roster", "company/roster"), ("quotas", "company/quotas"), ("absences", "company/absences"),
        ("targets", "company/targets"), ("rates", "company/rates"), ("spend", "company/spend"),
        ("traffic", "company/traffic"),
    ]

    @Test func everyFileIsReadAndWhatWasPlantedIsFound() throws {
        try withTemporaryFolder { folder in
            let sample = folder.appendingPathComponent("sample")
            #expect(try CommandRun(["sample", "--out", sample.path]).exitCode == 0)
            let first = try importAll(sample)
            let planted = try Planted(sample)

            #expect(first.values.allSatisfy { $0.rejected == 0 && $0.filtered == 0 })
            #expect(first["contacts"]?.gone == planted.deleted.count)
            for (family, repeated) in planted.repeated {
                let mapping = try #require(Self.plan.first { $0.family == family + "-" }?.mapping)
                #expect(first[mapping]?.repeated == repeated, "\(family)")
            }
            let again = try importAll(sample)
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

    private struct Totals {
        var added = 0
        var repeated = 0
        var rejected = 0
        var filtered = 0
        var gone = 0
    }

    private func importAll(_ sample: URL) throws -> [String: Totals] {
        var totals: [String: Totals] = [:]
        for (mapping, family) in Self.plan {
            let run = try CommandRun(
                ["import", "--json", "--mapping", sample.path + "/mappings/\(mapping).yaml"]
                    + ["--journal", sample.path + "/journal"] + (try files(sample, family)))
            try #require(run.exitCode == 0, "\(mapping): \(run.errors)")
            for summary in try JSONDecoder().decode([ImportSummary].self, from: Data(run.output.utf8)) {
                #expect(summary.rows == summary.accountedFor)
                totals[mapping, default: Totals()].added += summary.factsAdded
                totals[mapping]!.repeated += summary.repeated
                totals[mapping]!.rejected += summary.rejected
                totals[mapping]!.filtered += summary.filtered
                totals[mapping]!.gone += summary.recordsGone
            }
        }
        return totals
    }

    private func files(_ sample: URL, _ family: String) throws -> [String] {
        let parts = family.split(separator: "/")
        let folder = sample.appendingPathComponent(String(parts[0]))
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix(parts[1]) }.sorted().map { folder.path + "/" + $0 }
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
