import Agreement
import Engine
import Foundation
import Journal
import Reports
import Sample
import Synchronization
import Testing
import Vocabulary

/// The sample company, small, imported as a newcomer would, and judged by its own agreement. Made once for all tests.
struct SampleReports: Sendable {
    let agreement: Agreement
    let company: JudgedCompany
    let planted: String
    private let world: FoldWorld

    static func shared() async throws -> SampleReports { try await task.value }
    private static let task = Task {
        // Until the 1st of December 2025.
        try await SampleReports(
            SampleOptions(seed: 3, persons: 1200, months: 10), until: Instant(milliseconds: 1_764_547_200_000))
    }

    static let zonesAreMissing = zone("Europe/Berlin") == nil

    /// Which files each mapping reads.
    private static let plan: [(mapping: String, family: String)] = [
        ("contacts", "map/contacts-"), ("accounts", "crm/accounts-"), ("deals", "crm/deals-"),
        ("deal-contacts", "crm/deal-contacts-"), ("assignments", "crm/assignments-"), ("touches", "crm/touches-"),
        ("meetings", "crm/meetings-"), ("verdicts", "crm/verdicts-"), ("uploads", "crm/uploads-"),
        ("pages", "web/pages-"), ("events", "web/events-"), ("consent", "map/consent-"), ("sends", "map/sends-"),
        ("roster", "company/roster"), ("quotas", "company/quotas"), ("absences", "company/absences"),
        ("targets", "company/targets"), ("rates", "company/rates"), ("traffic", "company/traffic"),
    ]

    init(_ options: SampleOptions, until: Instant) async throws {
        let sink = MemorySink()
        _ = try await SampleCompany(options).write(into: sink, threads: 2)
        let files = sink.files
        func text(_ name: String) throws -> String {
            String(decoding: try #require(files[name], "no file \(name)"), as: UTF8.self)
        }
        let journal = MemoryJournal { PersonKey(drawing: { 7 }) }
        for (mapping, family) in SampleReports.plan {
            for name in files.keys.filter({ $0.hasPrefix(family) }).sorted() {
                try importRows(try text("mappings/\(mapping).yaml"), name, files[name] ?? [], into: journal)
            }
        }
        planted = try text("planted.json")
        agreement = try readTestAgreement(try text("agreement.yaml")) { path in
            guard let bytes = files[path] else { throw NothingBeside(path: path) }
            return bytes
        }
        company = try judged(journal, agreement, years: 2024...2027, until: until)
        world = company.world
    }

    func report(_ name: String, _ options: [(ReportOption, String)] = [], seenBy viewpoint: Viewpoint = .everything)
        throws -> Report
    {
        let request = ReportRequest(name, options)
        let isPlain = viewpoint == .everything && request[.asOf] == nil && request[.until] == nil
        let asked = try JudgedCompany(
            isPlain ? nil : world, agreements: [agreement], for: request, seenBy: viewpoint)
        return try ReportRegistry.report(named: name).report(request, of: asked ?? company)
    }
}

extension JudgedCompany {
    /// `nil` of no world.
    fileprivate init?(
        _ world: FoldWorld?, agreements: [Agreement], for request: ReportRequest, seenBy viewpoint: Viewpoint
    ) throws {
        guard let world else { return nil }
        try self.init(world, agreements: agreements, for: request, seenBy: viewpoint)
    }
}

/// Keeps the files.
private final class MemorySink: SampleSink {
    private let contents = Mutex<[String: [UInt8]]>([:])

    var files: [String: [UInt8]] { contents.withLock { $0 } }

    func write(_ bytes: UnsafeRawBufferPointer, to file: String) throws {
        contents.withLock { $0[file, default: []].append(contentsOf: bytes) }
    }

    func close(_ file: String) throws {}
}
