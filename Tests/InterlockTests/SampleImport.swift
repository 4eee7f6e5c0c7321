import Foundation
import Testing

/// The import of all the sample company's files, as a newcomer would do it.
enum SampleImport {
    /// Which files each mapping reads.
    static let plan: [(mapping: String, family: String)] = [
        ("contacts", "map/contacts-"), ("accounts", "crm/accounts-"), ("deals", "crm/deals-"),
        ("deal-contacts", "crm/deal-contacts-"), ("assignments", "crm/assignments-"), ("touches", "crm/touches-"),
        ("meetings", "crm/meetings-"), ("verdicts", "crm/verdicts-"), ("uploads", "crm/uploads-"),
        ("pages", "web/pages-"), ("events", "web/events-"), ("consent", "map/consent-"), ("sends", "map/sends-"),
        ("roster", "company/roster"), ("quotas", "company/quotas"), ("absences", "company/absences"),
        ("targets", "company/targets"), ("rates", "company/rates"), ("spend", "company/spend"),
        ("traffic", "company/traffic"),
    ]

    struct Totals {
        var added = 0
        var repeated = 0
        var rejected = 0
        var filtered = 0
        var gone = 0
    }

    /// Imports every file into `journal` beside them. Gives what became of each mapping's files.
    static func all(_ sample: URL) throws -> [String: Totals] {
        var totals: [String: Totals] = [:]
        for (mapping, family) in plan {
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

    private static func files(_ sample: URL, _ family: String) throws -> [String] {
        let parts = family.split(separator: "/")
        let folder = sample.appendingPathComponent(String(parts[0]))
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix(parts[1]) }.sorted().map { folder.path + "/" + $0 }
    }
}
