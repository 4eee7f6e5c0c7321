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

/// The forms in which people export by hand, which the vendors' tables above do not show.
@Suite struct HandMadeExportTests {
    struct Case: Sendable {
        var preset: String
        var file: String
        var kinds: [String]
    }

    static let cases: [Case] = [
        Case(
            preset: "hubspot/contacts",
            file: """
                Record ID,First Name,Last Name,Email,Lifecycle Stage,Contact owner,Create Date,Became a Marketing Qualified Lead Date,Unsubscribed from all email
                501,Ann,Lee,ann@acme.example,Marketing Qualified Lead,Bo Rep,2026-01-05 09:30,2026-01-07 10:00,true

                """,
            kinds: [
                "consent withdrawn of contact/501 by nobody", "observed of contact/501 by nobody",
                "owned of contact/501 by record:hubspot/owner_name/Bo Rep",
            ]),
        Case(
            preset: "hubspot/deals",
            file: """
                Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,Deal owner
                9,Big one,Closed Won,Sales Pipeline,1200.50,2026-02-01 12:00,2026-01-05 09:30,Bo Rep

                """,
            kinds: [
                "deal changed of deal/9 by nobody", "deal opened of deal/9 by nobody", "deal won of deal/9 by nobody",
                "observed of deal/9 by nobody", "owned of deal/9 by record:hubspot/owner_name/Bo Rep",
            ]),
        Case(
            preset: "salesforce/leads",
            file: """
                "Id","IsDeleted","MasterRecordId","LastName","FirstName","Company","Email","HasOptedOutOfEmail","OwnerId","IsConverted","ConvertedContactId","SystemModstamp"
                "00Q1","false","","Lee","Ann","Acme","ann@acme.example","true","00G7","true","0039","2026-05-01T10:00:00.000+0000"
                "00Q2","true","00Q1","Lee","A.","Acme","","false","0051","false","","2026-05-01T10:00:00.000+0000"

                """,
            kinds: [
                "consent withdrawn of lead/00Q1 by nobody", "identified of lead/00Q1 by nobody",
                "merged of lead/00Q2 by nobody", "observed of lead/00Q1 by nobody", "observed of lead/00Q2 by nobody",
                "owned of lead/00Q1 by record:salesforce/queue/00G7",
                "owned of lead/00Q2 by record:salesforce/user/0051",
            ]),
        Case(
            preset: "salesforce/tasks",
            file: """
                Id,WhoId,OwnerId,IsClosed,ActivityDate,CompletedDateTime,CreatedDate,TaskSubtype,CallType,SystemModstamp
                t1,0031,0051,true,2026-05-09,2026-05-02T10:00:00.000+0000,2026-05-01T10:00:00.000+0000,Call,Outbound,2026-05-02T10:00:00.000+0000
                t2,00Q1,0051,false,2026-05-09,,2026-05-01T10:00:00.000+0000,Email,,2026-05-02T10:00:00.000+0000

                """,
            kinds: [
                "observed of task/t1 by nobody", "observed of task/t2 by nobody",
                "touch of task/t1 by record:salesforce/user/0051",
            ]),
        Case(
            preset: "marketo/activities",
            file: """
                marketoGUID,leadId,activityDate,activityTypeId,campaignId,primaryAttributeValueId,primaryAttributeValue,attributes
                g1,7,2026-05-01T10:00:00Z,9,12,3,Newsletter,{}
                g2,8,2026-05-01T10:00:00Z,37,,,,{}

                """,
            kinds: [
                "activity of activity/g1 by nobody", "consent withdrawn of activity/g1 by nobody",
                "deleted of lead/8 by nobody",
            ]),
    ]

    @Test(arguments: cases) func factsByKind(_ example: Case) throws {
        let preset = try #require(Preset.named(example.preset))
        var mapping = try MappingText(preset.text).mapping
        mapping.currency = Currency(code: "EUR")
        let pipeline = Pipeline(mapping)
        let outcome = try pipeline.run(example.file)
        #expect(outcome.rejects.isEmpty)
        let told = try pipeline.journal.allFacts().map { stored in
            let actor = try stored.asWritten { _ in nil }.actor?.text ?? "nobody"
            return "\(stored.shape.kind.word) of \(stored.shape.object)/\(stored.id) by \(actor)"
        }
        #expect(told.sorted() == example.kinds)
    }

    /// A task is dated by its completion, not by the day it was due.
    @Test func aTouchIsDatedByItsCompletion() throws {
        let example = try #require(Self.cases.first { $0.preset == "salesforce/tasks" })
        let pipeline = Pipeline(try MappingText(#require(Preset.named(example.preset)).text).mapping)
        try pipeline.run(example.file)
        let touch = try #require(try pipeline.journal.allFacts().first { $0.shape.kind == .touch })
        #expect(touch.occurred.fixedWidthText == "2026-05-02T10:00:00.000Z")
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
