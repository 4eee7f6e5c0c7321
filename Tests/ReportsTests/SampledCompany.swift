import Agreement
import Engine
import Findings
import Foundation
import ICalendar
import Identity
import Intake
import Journal
import PublicSuffixes
import Reports
import Sample
import Synchronization
import Testing
import Vocabulary

/// The sample company: generated in memory, imported through the mappings that come with it, judged by its own agreement.
struct SampledCompany: Sendable {
    let files: [String: [UInt8]]
    let agreement: Agreement
    let history: Engine.History
    /// What the history leaves out: measures, and what names nobody.
    let others: [CompanyFact]
    let staff: Staff
    let program: BoundProgram
    let until: Instant

    /// Some thousand people over a year, made once for all tests.
    static func standard() async throws -> SampledCompany { try await standardTask.value }

    private static let standardTask = Task {
        try await SampledCompany(try SampleOptions(persons: Int(ProcessInfo.processInfo.environment["SP"] ?? "2000")!))
    }

    init(_ options: SampleOptions) async throws {
        let folder = FolderInMemory()
        _ = try await SampleCompany(options).write(into: folder, threads: 2)
        files = folder.taken
        let journal = MemoryJournal { PersonKey(drawing: { 7 }) }
        for name in files.keys.sorted() {
            if let mapping = SampledCompany.mapping(of: name) {
                try take(files["mappings/\(mapping).yaml"] ?? [], files[name] ?? [], of: name, into: journal)
            }
        }
        agreement = try SampledCompany.agreement(files)
        var builder = HistoryBuilder()
        try builder.add(journal: journal)
        others = builder.others
        var history = builder.build(registrableDomain: PublicSuffixList().registrableDomain)
        program = BoundProgram(compile(agreement), to: &history, zone: agreement.zone) { address in
            FreeMail.isProvider(domain: address.split(separator: "@").last.map(String.init) ?? address)
        }
        staff = roster(of: agreement, in: &history)
        self.history = history
        until = Instant(milliseconds: history.occurred.max() ?? 0)
    }

    /// `crm/deal-contacts-2025-02-03.csv` is read with `deal-contacts`.
    private static func mapping(of file: String) -> String? {
        guard file.hasSuffix(".csv") || file.hasSuffix(".ndjson"), let name = file.split(separator: "/").last else {
            return nil
        }
        let stem = name.split(separator: ".")[0]
        return stem.split(separator: "-").prefix { $0.first?.isNumber != true && $0 != "complete" }
            .joined(separator: "-")
    }

    private static func agreement(_ files: [String: [UInt8]]) throws -> Agreement {
        let reading = readAgreement(
            SourceText(file: "agreement.yaml", bytes: files["agreement.yaml"] ?? []),
            in: Surroundings(
                zones: ZoneTable(["Europe/Berlin", "Europe/London", "America/Chicago"].compactMap(zone)),
                include: { path in
                    guard let bytes = files[path] else { throw NothingBeside(path: path) }
                    return bytes
                },
                holidays: { bytes throws(HolidayProblem) in
                    do throws(ICalendarError) {
                        let file = try holidays(inICS: bytes)
                        return HolidayReading(holidays: file.holidays, timedEvents: [])
                    } catch {
                        throw HolidayProblem(line: error.line, cause: error.description)
                    }
                }))
        let errors = reading.findings.filter { $0.level == .error }
        return try #require(reading.agreement, "\(errors.map(\.text))")
    }
}

private func roster(of agreement: Agreement, in history: inout Engine.History) -> Staff {
    staff(of: agreement, in: &history, years: 2024...2028)
}

private func take(_ mapping: [UInt8], _ bytes: [UInt8], of file: String, into journal: MemoryJournal) throws {
    let mapping = try MappingText(String(decoding: mapping, as: UTF8.self)).mapping
    let source = try RowSource(mapping, fileName: file) { pull(bytes) }
    let row = Row()
    let mapper = try mapping.mapper(
        columns: source.columns, joins: [], row: row,
        file: FileFacts(
            asOf: asOf(mapping, file), isComplete: false, recorded: Instant(milliseconds: 1_800_000_000_000)),
        zones: zone, occurrences: RowOccurrencesInMemory())
    let steps = StepReader(
        reader: source.reader, row: row, mapper: mapper, origin: ImportOrigin(importID: "sample", file: file))
    while let step = try steps.next() { _ = try journal.append(JournalGroup([step.batch])) }
}

private func asOf(_ mapping: Mapping, _ file: String) -> Instant? {
    if case .instant(let day) = mapping.asOf { return day }
    guard let date = try? CivilDate(text: String(file.split(separator: ".")[0].suffix(10))) else { return nil }
    return Zone.utc.startOfDay(date)
}

/// Keeps what is written.
private final class FolderInMemory: SampleSink {
    private let files = Mutex<[String: [UInt8]]>([:])

    var taken: [String: [UInt8]] { files.withLock { $0 } }

    func write(_ bytes: UnsafeRawBufferPointer, to file: String) {
        files.withLock { $0[file, default: []].append(contentsOf: bytes) }
    }

    func close(_ file: String) {}
}

@Suite struct Explore {
    @Test func explore() async throws {
        let clock = ContinuousClock()
        let t0 = clock.now
        let company = try await SampledCompany.standard()
        print("import", clock.now - t0, company.history.count, "facts", company.history.accounts.count, company.history.persons.count)
        let t1 = clock.now
        let world = FoldWorld(history: company.history, versions: [company.program], staff: company.staff, assigning: .recorded, until: company.until)
        let judged = try #require(JudgedCompany(world, agreements: [company.agreement]))
        print("evaluate", clock.now - t1)
        for (name, options) in [("recycling", []), ("queue", []), ("promises", []), ("promises", [(.by, "rep")]), ("promises", [(.by, "hour")]), ("scoreboard", []), ("unmeasured", []), ("journey", []), ("journey", [(.who, "101190")])] as [(String, [(ReportOption, String)])] {
            let t = clock.now
            let report = try ReportRegistry.report(named: name).report(ReportRequest(name, options), of: judged)
            print("== \(name)", clock.now - t, report.warnings.map(\.sentence))
            for section in report.sections {
                print("--", section.title)
                print(([section.rowsAre] + section.columns.map(\.title)).joined(separator: " | "))
                for row in section.rows.prefix(25) { print(([row.name] + row.cells.map { "\($0.value)" }).joined(separator: " | ")) }
            }
        }
        if let planted = company.files["planted.json"] { try Data(planted).write(to: URL(fileURLWithPath: "/tmp/planted.json")) }
    }
}
