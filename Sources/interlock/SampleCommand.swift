import ArgumentParser
import Foundation
import Sample
import Vocabulary

/// `interlock sample`: writes the sample company into a folder.
struct SampleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Write a believable company as the files a real one would export.",
        discussion: """
            Web log, marketing automation platform, CRM, the company's own lists, its agreement, and planted.json, which \
            says what there is to be found. The same seed gives the same bytes on any machine.
            """)

    @Option(help: "Another seed is another company.")
    var seed: UInt64 = 1

    @Option(help: "People who leave any trace; about twenty facts each.")
    var persons = 2000

    @Option(help: "Months of history.")
    var months = 12

    @Option(help: "First day of the history, the first of a month.", transform: SampleCommand.date)
    var start = SampleOptions.defaultStart

    @Option(help: "The folder to write; it must be empty or not exist.")
    var out = "sample"

    @Option(help: "How many files are written at the same time. Changes nothing in them.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func run() async throws {
        let company = SampleCompany(try options())
        let folder = try SampleFolder(path: out)
        let began = ContinuousClock.now
        let summary = try await company.write(into: folder, threads: threads)
        print(report(summary, took: ContinuousClock.now - began))
    }

    private func options() throws -> SampleOptions {
        do {
            return try SampleOptions(seed: seed, persons: persons, months: months, start: start)
        } catch {
            throw ValidationError(error.description)
        }
    }

    private static func date(_ text: String) throws -> CivilDate {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            let date = CivilDate(year: year, month: month, day: day)
        else {
            throw ValidationError(
                "--start \(text): this is not a date. Write it as year-month-day, such as 2025-02-01.")
        }
        return date
    }

    private func report(_ summary: SampleSummary, took: Duration) -> String {
        let families = summary.families.map { family in
            let files = family.files == 1 ? "1 file " : "\(family.files) files"
            return "  \(column(family.name, 20)) \(column(files, 9, right: true)) "
                + "\(column(String(family.rows), 10, right: true)) rows \(column(String(family.facts), 10, right: true)) facts"
        }
        let seconds = took.formatted(.units(allowed: [.seconds], width: .narrow, fractionalPart: .show(length: 1)))
        return """
            Northwind Instruments, seed \(seed), \(persons) persons, \(months) months, in \(out)/

            \(families.joined(separator: "\n"))

            \(summary.facts) facts in \(summary.rows) rows, \(summary.bytes / 1_000_000) MB, \(seconds).

            Planted, to be found (planted.json has names and numbers):
            \(summary.planted.map { "  - " + $0 }.joined(separator: "\n"))

            Next
              interlock import \(out)/map/contacts-*.csv --mapping \(out)/mappings/contacts.yaml
              interlock import \(out)/crm/touches-*.csv --mapping \(out)/mappings/touches.yaml
              interlock due --agreement \(out)/agreement.yaml --calendar munich --from 2026-01-09T17:00 --within "1 business hour"
            """
    }

    private func column(_ text: String, _ width: Int, right: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return right ? space + text : text + space
    }
}

/// The folder into which the files go: one handle for each file being written.
private final class SampleFolder: SampleSink, @unchecked Sendable {
    private let root: URL
    private let lock = NSLock()
    private var open: [String: FileHandle] = [:]

    init(path: String) throws {
        root = URL(fileURLWithPath: path, isDirectory: true)
        let existing = try? FileManager.default.contentsOfDirectory(atPath: path)
        guard existing?.isEmpty ?? true, existing != nil || !FileManager.default.fileExists(atPath: path) else {
            throw ValidationError(
                "--out \(path): there is something in it already, and the sample never overwrites. "
                    + "Name a new folder, or remove this one first.")
        }
        for part in ["web", "map", "crm", "company/holidays", "mappings"] {
            try FileManager.default.createDirectory(
                at: root.appendingPathComponent(part), withIntermediateDirectories: true)
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer, to file: String) throws {
        try handle(file).write(contentsOf: Data(bytes))
    }

    func close(_ file: String) throws {
        let handle = try handle(file)
        lock.withLock { open[file] = nil }
        try handle.close()
    }

    private func handle(_ file: String) throws -> FileHandle {
        if let handle = lock.withLock({ open[file] }) { return handle }
        let url = root.appendingPathComponent(file)
        try Data().write(to: url)
        let handle = try FileHandle(forWritingTo: url)
        lock.withLock { open[file] = handle }
        return handle
    }
}
