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
import Testing
import Vocabulary

/// A company of public data: files imported through the example mappings, judged by the example agreement.
struct RealCompany {
    let company: JudgedCompany
    var world: FoldWorld { company.world }
    var outcome: Outcome { company.outcome }

    /// `agreement` takes the place of the example's text.
    init(
        _ example: String, _ files: [(mapping: String, data: String)], years: ClosedRange<Int>, until: Instant,
        agreement: (String) -> String = { $0 }, mapping: (String) -> String = { $0 }
    ) throws {
        let journal = MemoryJournal { PersonKey(drawing: { 7 }) }
        for file in files { try Self.take(mapping(RealData.example(file.mapping)), file.data, into: journal) }
        let read = try readTestAgreement(agreement(try RealData.example(example)))
        company = try judged(journal, read, years: years, until: until)
    }

    private static func take(_ mapping: String, _ path: String, into journal: MemoryJournal) throws {
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        let bytes = try path.hasSuffix(".gz") ? RealData.unzipped(path) : RealData.bytes(path)
        try importRows(mapping, "file.csv", bytes, into: journal) { try RealData.bytes("\(folder)/\($0)") }
    }
}

/// The facts of a journal under an agreement.
func judged(
    _ journal: MemoryJournal, _ agreement: Agreement, years: ClosedRange<Int>, until: Instant,
    seenBy viewpoint: Viewpoint = .everything
) throws -> JudgedCompany {
    var builder = HistoryBuilder()
    try builder.add(journal: journal)
    var history = builder.build(registrableDomain: PublicSuffixList().registrableDomain)
    let bound = BoundProgram(compile(agreement), to: &history, zone: agreement.zone) { _ in false }
    let staff = staff(of: agreement, in: &history, years: years)
    let world = FoldWorld(history: history, versions: [bound], staff: staff, assigning: .recorded, until: until)
    let targets = targets(of: agreement, in: history)
    return try #require(JudgedCompany(world, agreements: [agreement], targets: targets, seenBy: viewpoint))
}

/// The identifiers of accounts that stand in the agreement's list of targets.
private func targets(of agreement: Agreement, in history: Engine.History) -> Set<Int32> {
    let list = agreement.targets?.accounts.value.accounts ?? []
    let names = Set(list.compactMap(\.id) + list.compactMap(\.domain))
    return Set(
        history.accounts.flatMap(\.identifiers).filter { identifier in
            names.contains {
                history.texts[identifier].hasSuffix("/" + $0) || history.texts[identifier] == "domain:" + $0
            }
        })
}

/// Reads an agreement; `beside` gives the files it includes.
func readTestAgreement(
    _ text: String, beside: @escaping @Sendable (String) throws -> [UInt8] = { throw NothingBeside(path: $0) }
) throws -> Agreement {
    let zones = ["Europe/Amsterdam", "Europe/Berlin", "Europe/London", "America/Chicago", "UTC"].compactMap(zone)
    let reading = readAgreement(
        SourceText(file: "agreement.yaml", bytes: Array(text.utf8)),
        in: Surroundings(zones: ZoneTable(zones), include: beside, holidays: holidaysOfFile))
    let errors = reading.findings.filter { $0.level == .error }
    return try #require(reading.agreement, "\(errors.map(\.text))")
}

private func holidaysOfFile(_ bytes: [UInt8]) throws(HolidayProblem) -> HolidayReading {
    do throws(ICalendarError) {
        return HolidayReading(holidays: try holidays(inICS: bytes).holidays)
    } catch {
        throw HolidayProblem(line: error.line, cause: error.description)
    }
}

/// Imports one file through the text of a mapping.
func importRows(
    _ mapping: String, _ name: String, _ bytes: [UInt8], into journal: MemoryJournal,
    beside: (String) throws -> [UInt8] = { throw NothingBeside(path: $0) }
) throws {
    let mapping = try MappingText(mapping).mapping
    let source = try RowSource(mapping, fileName: name) { pull(bytes) }
    let joins = try mapping.joins.map { join in
        let name = try #require(join.files.first)
        return try JoinTable(join, file: name, pull: pull(try beside(name)))
    }
    var asOf: Instant?
    if case .instant(let day) = mapping.asOf { asOf = day }
    let row = Row()
    let mapper = try mapping.mapper(
        columns: source.columns, joins: joins, row: row,
        file: FileFacts(asOf: asOf, isComplete: false, recorded: Instant(milliseconds: 1_800_000_000_000)),
        zones: zone, occurrences: RowOccurrencesInMemory())
    let steps = StepReader(
        reader: source.reader, row: row, mapper: mapper, origin: ImportOrigin(importID: "test", file: name))
    while let step = try steps.next() { _ = try journal.append(JournalGroup([step.batch])) }
}

struct NothingBeside: Error { let path: String }

func zone(_ name: String) -> Zone? {
    if name == "UTC" { return .utc }
    return FileManager.default.contents(atPath: "/usr/share/zoneinfo/" + name).flatMap {
        try? Zone(name: name, tzif: Array($0))
    }
}

func pull(_ bytes: [UInt8]) -> Pull {
    var next = 0
    return { room in
        let count = min(room.count, bytes.count - next)
        room.copyBytes(from: bytes[next..<next + count])
        next += count
        return count
    }
}

/// Real data that does not belong to the repository: in the folder that INTERLOCK_DATA names, or beside the package.
enum RealData {
    static let package = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let folder: String = {
        if let named = ProcessInfo.processInfo.environment["INTERLOCK_DATA"] { return named }
        return package.deletingLastPathComponent().appendingPathComponent("shared/data").path
    }()

    static func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: folder + "/" + path) }

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + path)))
    }

    /// The rows of a plain CSV file without quotes, by the names in its head.
    static func rows(_ path: String) throws -> [[String: String]] {
        let text = String(decoding: try bytes(path), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        return lines.dropFirst().map { Dictionary(zip(lines[0], $0)) { first, _ in first } }
    }

    static func example(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: package.appendingPathComponent("Examples/" + path)), as: UTF8.self)
    }

    static func unzipped(_ path: String) throws -> [UInt8] {
        let gzip = Process()
        let output = Pipe()
        gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-dc", folder + "/" + path]
        gzip.standardOutput = output
        try gzip.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        gzip.waitUntilExit()
        return Array(data)
    }

    static let missing: Comment = """
        the public example files are not here: name their folder with INTERLOCK_DATA to run this
        """
}
