import Foundation
import Intake
import Journal
import Testing
import Vocabulary

/// Files as people export them from the vendors' pages: labels for headers, dates of a locale, a report's footer. Each goes
/// through what is proposed for it; the counts are kept in `Golden/label-exports.txt`.
@Suite struct LabelExportTests {
    private static let folder = RealData.package.appendingPathComponent("Tests/IntakeTests/LabelExports")

    @Test func eachFileThroughWhatIsProposed() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
        #expect(names.count == 5)
        try Golden("label-exports.txt").compare(try names.map(report).joined(separator: "\n"))
    }

    private func report(_ name: String) throws -> String {
        let (proposal, outcome, journal) = try imported(name)
        let preset = try #require(proposal.preset, "no preset for \(name)")
        #expect(outcome.rejects.isEmpty, "\(name): \(outcome.rejects.first?.reason ?? "")")
        let counts = outcome.counts
        var lines = ["\(name) as \(preset.name)"]
        lines += proposal.text.split(separator: "\n").prefix { $0.hasPrefix("# ") }.map { "  \($0)" }
        lines.append("  rows \(counts.rows), accepted \(counts.accepted), footer \(counts.footer)")
        lines += try journal.counts().map { "  \($0.facts) \($0.kind.word) of \($0.object)" }
        lines += outcome.notices.listed.map {
            "  notice \($0.notice.code.rawValue) \($0.notice.column): \($0.count.rows)"
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func imported(_ name: String) throws -> (MappingProposal, Pipeline.Outcome, MemoryJournal) {
        let bytes = Array(try Data(contentsOf: Self.folder.appendingPathComponent(name)))
        let proposal = try MappingProposal(fileName: name) { pull(bytes) }
        var mapping = try MappingText(proposal.text).mapping
        if mapping.currency == nil { mapping.currency = Currency(code: "USD") }
        let pipeline = Pipeline(mapping)
        return (proposal, try pipeline.run(bytes, fileName: name), pipeline.journal)
    }

    @Test func aDealKeepsItsAccount() throws {
        for (name, account) in [
            ("report-opportunities-2026-02-02.csv", "salesforce/account/Acme"),
            ("hubspot-crm-exports-all-deals-2026-02-02.csv", "hubspot/company/9001"),
        ] {
            let changed = try imported(name).2.lines().filter { $0.contains("\"deal changed\"") }
            #expect(changed.contains { $0.contains("\"accounts\":[\"record:\(account)\"]") }, "\(changed)")
        }
    }

    /// What the formats of a report's times are found to be: one value with a 31st tells for every column.
    @Test(arguments: [
        ("1/31/2026", "1/5/2026", "times: [iso8601, \"M/d/yyyy\"]"),
        ("31/1/2026", "5/1/2026", "times: [iso8601, \"d/M/yyyy\"]"),
        ("31.1.2026", "5.1.2026", "times: [iso8601, \"d.M.yyyy\"]"),
        ("1/31/2026", "1/5/2026 3:04 PM", "times: [iso8601, \"M/d/yyyy\", \"M/d/yyyy h:mm a\"]"),
        ("2026-01-31", "2026-01-05 10:00:00", "times: [iso8601]"),
        ("1/2/2026", "1/5/2026", "times: [iso8601]"),
    ])
    func timesOfAReport(_ modified: String, _ created: String, _ clause: String) throws {
        let text =
            "Lead ID,Lead Owner,Company / Account,Lead Status,Email,Created Date,Last Modified Date\n"
            + "00Q1,Bo,Acme,Open,ann@acme.example,\(created),\(modified)\n"
        let proposal = try MappingProposal(fileName: "report.csv") { pull(Array(text.utf8)) }
        #expect(proposal.preset?.name == "salesforce/leads")
        let lines = proposal.text.split(separator: "\n").filter { $0.hasPrefix("times:") }
        #expect(lines == [Substring(clause)])
        let isClear = !proposal.text.contains("tells 03/04 from 04/03")
        #expect(isClear == (modified != "1/2/2026"))
        let outcome = try Pipeline(MappingText(proposal.text).mapping).run(text)
        #expect(outcome.counts.accepted == (isClear ? 1 : 0))
    }
}
