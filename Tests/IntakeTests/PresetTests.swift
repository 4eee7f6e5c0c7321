import Foundation
import Intake
import Journal
import Testing
import Vocabulary

@Suite struct PresetTests {
    @Test(arguments: Preset.all) func everyPresetIsRead(_ preset: Preset) throws {
        #expect(throws: Never.self) { try MappingText(preset.text) }
        #expect(preset.purpose.count > 10)
        #expect(preset.name.hasPrefix(try MappingText(preset.text).mapping.source + "/"))
    }

    @Test func namesAreTold() {
        #expect(Set(Preset.all.map(\.name)).count == Preset.all.count)
        #expect(Preset.named("hubspot/contacts")?.name == "hubspot/contacts")
        #expect(Preset.named("hubspot/nothing") == nil)
    }
}

/// Every file of the vendors' tables through its preset, twice. `RECORD_GOLDEN=1` records anew; the diff is the review.
@Suite struct VendorExportTests {
    @Test(.enabled(if: RealData.has("vendor_exports"), RealData.missing))
    func eachFileThroughItsPreset() throws {
        let folders = ["hubspot", "marketo", "salesforce"]
        let files = folders.flatMap { RealData.files("vendor_exports/\($0)") }.filter { $0.hasSuffix(".csv") }
        #expect(files.count == 61)
        let golden = try files.map(report).joined(separator: "\n")
        try Golden("vendor-exports.txt").compare(golden)
    }

    private func report(_ path: String) throws -> String {
        let bytes = try RealData.bytes(path)
        let name = String(path.split(separator: "/").last!)
        let preset = try #require(try MappingProposal(fileName: name) { pull(bytes) }.preset, "no preset for \(path)")
        var mapping = try MappingText(preset.text).mapping
        mapping.currency = Currency(code: "USD")
        var pipeline = Pipeline(mapping)
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        pipeline.beside = { try? RealData.bytes("\(folder)/\($0)") }
        let first = try pipeline.run(bytes, fileName: name)
        let facts = try pipeline.journal.lines()
        let second = try pipeline.run(bytes, fileName: name)
        #expect(try pipeline.journal.lines() == facts, "importing \(name) twice changed something")
        #expect(second.counts.accepted == 0 && second.counts.factsAdded == 0, "\(name)")
        #expect(second.rejects.map(\.line).sorted() == first.rejects.map(\.line).sorted())
        return lines(path, preset, first, try pipeline.journal.counts()).joined(separator: "\n") + "\n"
    }

    private func lines(
        _ path: String, _ preset: Preset, _ outcome: Pipeline.Outcome, _ facts: [FactCount]
    ) -> [String] {
        let counts = outcome.counts
        var lines = [
            "\(path.dropFirst("vendor_exports/".count)) as \(preset.name)",
            "  accepted \(counts.accepted), unchanged \(counts.unchanged), repeated \(counts.repeated), "
                + "rejected \(counts.rejected), filtered \(counts.filtered)",
        ]
        lines += facts.map { "  \($0.facts) \($0.kind.word) of \($0.object)" }
        let rejects = Dictionary(grouping: outcome.rejects) { "\($0.code) in “\($0.column)”: \($0.reason)" }
        lines += rejects.sorted { $0.key < $1.key }.map { "  reject \($0.value.count) × \($0.key)" }
        let unread = outcome.notices.listed.filter { $0.notice.code == .notMapped }
        if !unread.isEmpty { lines.append("  notice not-mapped: \(unread.count) columns") }
        let told = outcome.notices.listed.filter { $0.notice.code != .notMapped }
        let byColumn = Dictionary(grouping: told) { "\($0.notice.code.rawValue) \($0.notice.column)" }
        lines += byColumn.sorted { $0.key < $1.key }.map { key, told in
            "  notice \(key): \(told.reduce(0) { $0 + $1.count.rows }), \(told.count) values"
        }
        return lines
    }
}

/// A text kept in the repository that a test compares with.
struct Golden {
    private let file: URL

    init(_ name: String) {
        file = RealData.package.appendingPathComponent("Tests/IntakeTests/Golden/\(name)")
    }

    func compare(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        let recorded = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let (old, new) = (lines(recorded), lines(text))
        for (number, (old, new)) in zip(old, new).enumerated() where old != new {
            Issue.record("line \(number + 1) was “\(old)” and is “\(new)”", sourceLocation: sourceLocation)
            return
        }
        #expect(old.count == new.count, "RECORD_GOLDEN=1 records anew", sourceLocation: sourceLocation)
    }

    private func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}
