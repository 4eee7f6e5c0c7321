import Agreement
import Engine
import Findings
import Foundation
import Identity
import Intake
import Journal
import PublicSuffixes
import Testing
import Vocabulary

/// A company of public data: files imported through the example mappings, judged by the example agreement.
struct RealCompany {
    let world: FoldWorld
    let outcome: Outcome

    init(_ example: String, _ files: [(mapping: String, data: String)], years: ClosedRange<Int>, until: Instant) throws
    {
        let journal = MemoryJournal { PersonKey(drawing: { 7 }) }
        for file in files { try Self.take(file.mapping, file.data, into: journal) }
        var builder = HistoryBuilder()
        try builder.add(journal: journal)
        var history = builder.build(registrableDomain: PublicSuffixList().registrableDomain)
        let agreement = try Self.agreement(example)
        let bound = BoundProgram(compile(agreement), to: &history, zone: agreement.zone) { _ in false }
        let staff = staff(of: agreement, in: &history, years: years)
        world = FoldWorld(history: history, versions: [bound], staff: staff, assigning: .recorded, until: until)
        outcome = evaluate(world)
    }

    private static func agreement(_ example: String) throws -> Agreement {
        let reading = readAgreement(
            SourceText(file: example, bytes: Array(try RealData.example(example).utf8)),
            in: Surroundings(
                zones: ZoneTable(["Europe/Amsterdam", "UTC"].compactMap(zone)),
                include: { path in throw NothingBeside(path: path) },
                holidays: { _ throws(HolidayProblem) in throw HolidayProblem(line: nil, cause: "there are none") }))
        let errors = reading.findings.filter { $0.level == .error }
        return try #require(reading.agreement, "\(errors.map(\.text))")
    }

    private static func take(_ mapping: String, _ path: String, into journal: MemoryJournal) throws {
        let mapping = try MappingText(RealData.example(mapping)).mapping
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        let bytes = try path.hasSuffix(".gz") ? RealData.unzipped(path) : RealData.bytes(path)
        let source = try RowSource(mapping, fileName: "file.csv") { pull(bytes) }
        let joins = try mapping.joins.map { join in
            let name = try #require(join.files.first)
            return try JoinTable(join, file: name, pull: pull(try RealData.bytes("\(folder)/\(name)")))
        }
        var asOf: Instant?
        if case .instant(let day) = mapping.asOf { asOf = day }
        let row = Row()
        let mapper = try mapping.mapper(
            columns: source.columns, joins: joins, row: row,
            file: FileFacts(asOf: asOf, isComplete: false, recorded: Instant(milliseconds: 1_800_000_000_000)),
            zones: zone, occurrences: RowOccurrencesInMemory())
        let steps = StepReader(
            reader: source.reader, row: row, mapper: mapper, origin: ImportOrigin(importID: "test", file: path))
        while let step = try steps.next() { _ = try journal.append(JournalGroup([step.batch])) }
    }
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
