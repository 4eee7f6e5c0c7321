import Foundation
import Sample
import Synchronization
import Testing
import Vocabulary

/// The files of one generated company, in memory, with what the generator says about them.
final class World: Sendable {
    let files: [String: [UInt8]]
    let summary: SampleSummary
    let stateBytesPerPerson: Int
    let largestPiece: Int

    /// The company of the default options, made once for all tests.
    static func standard() async throws -> World { try await standardTask.value }

    /// Ten times as many people: enough to look at rates.
    static func larger() async throws -> World { try await largerTask.value }

    private static let standardTask = Task { try await World(SampleOptions()) }
    private static let largerTask = Task { try await World(SampleOptions(seed: 7, persons: 20_000)) }

    init(_ options: SampleOptions, threads: Int = 2) async throws {
        let memory = MemorySink()
        let company = SampleCompany(options)
        summary = try await company.write(into: memory, threads: threads)
        stateBytesPerPerson = company.stateBytesPerPerson
        (files, largestPiece) = memory.taken()
    }

    func text(_ name: String) throws -> String {
        let bytes = try #require(files[name], "no file \(name)")
        return try #require(String(validating: bytes, as: UTF8.self), "\(name) is no UTF-8")
    }

    /// The rows of one CSV file.
    func rows(_ name: String) throws -> [Row] { try Row.read(try text(name)) }

    /// Names of the files whose name begins so, in order.
    func names(_ stem: String) -> [String] { files.keys.filter { $0.hasPrefix(stem) }.sorted() }

    /// The rows of all CSV files whose name begins so.
    func all(_ stem: String) throws -> [Row] { try names(stem).flatMap(rows) }

    /// Rows of a log without those that an earlier file had; `key` names the column that identifies one.
    func log(_ stem: String, key: String) throws -> [Row] {
        var seen: Set<String> = []
        return try all(stem).filter { seen.insert($0[key]).inserted }
    }

    func events() throws -> [[String: Any]] {
        try names("web/events-").flatMap { name in
            try text(name).split(separator: "\n").map { line in
                let json = try JSONSerialization.jsonObject(with: Data(line.utf8))
                return try #require(json as? [String: Any])
            }
        }
    }

    var planted: [String: Any] {
        get throws {
            let bytes = try #require(files["planted.json"])
            let json = try JSONSerialization.jsonObject(with: Data(bytes))
            return try #require(json as? [String: Any])
        }
    }
}

/// Keeps what is written; fails where a file is closed twice or written to after it was closed.
final class MemorySink: SampleSink {
    private struct State {
        var open: [String: [UInt8]] = [:]
        var closed: [String: [UInt8]] = [:]
        var largestPiece = 0
    }

    struct Misuse: Error { let file: String }

    private let state = Mutex(State())

    func write(_ bytes: UnsafeRawBufferPointer, to file: String) throws {
        try state.withLock { state in
            guard state.closed[file] == nil else { throw Misuse(file: file) }
            state.largestPiece = max(state.largestPiece, bytes.count)
            state.open[file, default: []].append(contentsOf: bytes)
        }
    }

    func close(_ file: String) throws {
        try state.withLock { state in
            guard state.closed[file] == nil else { throw Misuse(file: file) }
            state.closed[file] = state.open.removeValue(forKey: file) ?? []
        }
    }

    func taken() -> (files: [String: [UInt8]], largestPiece: Int) {
        state.withLock { ($0.closed, $0.largestPiece) }
    }
}

/// One row of a CSV file, by column name.
struct Row {
    let fields: [String: String]

    subscript(_ column: String) -> String {
        guard let value = fields[column] else {
            preconditionFailure("no column \(column) among \(fields.keys.sorted())")
        }
        return value
    }

    struct Ragged: Error { let row: [String] }

    /// A slow, plain reader of RFC 4180. Fails where a row has another number of fields than the header.
    static func read(_ text: String) throws -> [Row] {
        var rows: [[String]] = []
        var (row, field, isQuoted): ([String], String, Bool) = ([], "", false)
        for character in text {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                row.append(field)
                field = ""
            case "\n" where !isQuoted:
                rows.append(row + [field])
                (row, field) = ([], "")
            default: field.append(character)
            }
        }
        guard let header = rows.first else { return [] }
        return try rows.dropFirst().map { row in
            guard row.count == header.count else { throw Ragged(row: row) }
            return Row(fields: Dictionary(uniqueKeysWithValues: zip(header, row)))
        }
    }
}

/// Seconds since 1970 of `2025-02-03T09:14:22.000Z` or `…+0000`.
func seconds(_ time: String) throws -> Int {
    let date = try #require(CivilDate(time), "no date in \(time)")
    let clock = time.dropFirst(11).prefix(8).split(separator: ":").compactMap { Int($0) }
    try #require(clock.count == 3, "no time in \(time)")
    return Int(date.daysSinceEpoch) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
}

extension CivilDate {
    /// The date with which `text` begins.
    init?(_ text: String) {
        let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        self.init(year: parts[0], month: parts[1], day: parts[2])
    }
}

/// FNV-1a, 64 bits: enough to see that bytes are the same, or not.
func digest(_ bytes: [UInt8]) -> String {
    let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
