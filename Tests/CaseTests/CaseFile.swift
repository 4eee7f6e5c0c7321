import Foundation
import Journal
import Testing
import Vocabulary
import Yams

/// A worked timeline of Tests/Cases, as its README says.
struct Case: CustomTestStringConvertible, Sendable {
    let file: String
    let title: String
    let says: String
    /// What the engine does not do yet; the test then expects to fail, and says so once it does not.
    let pending: String?
    let section: String
    /// From when each agreement is in force, and its text.
    let agreements: [(from: Instant?, signed: Instant?, text: String)]
    let facts: [CaseFact]
    let until: Instant
    /// Owners are those that systems recorded; otherwise those by the rules of routing.
    let ownersAreRecorded: Bool
    /// Interlock assigns: what was decided stands, the rest goes by the rules as of `until`.
    let ownersAreLive: Bool
    let about: Set<String>
    /// `nil`: the case is about other things.
    let log: [String]?
    let scores: [String: [String: String]]
    /// Of each person, the fields whose values are assumed.
    let assumed: [String: [String]]
    let gate: [[String: String]]
    /// Of each person, what their score is made of, in order of time.
    let contributions: [String: [String]]
    let deals: [String: [String: String]]
    /// Of each promise, how many clocks were met, missed and so on.
    let attainment: [String: [String: String]]

    var testDescription: String { "\(file): \(title)" }
}

/// One fact of a case, key by key.
struct CaseFact: Sendable {
    let number: Int
    let values: [String: String]
    let maps: [String: [(String, String?)]]
    let lists: [String: [String]]

    subscript(key: String) -> String? { values[key] }
}

enum CaseFiles {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Cases")

    static let all: [Case] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().flatMap { (try? cases(in: $0)) ?? [] }
    }()

    static func cases(in name: String) throws -> [Case] {
        let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        guard let root = try Yams.compose(yaml: text)?.mapping else { return [] }
        var agreements: [String: String] = [:]
        for (key, value) in root["agreements"]?.mapping ?? [:] {
            agreements[key.scalar?.string ?? ""] = value.scalar?.string
        }
        return (root["cases"]?.sequence ?? []).compactMap { node in
            node.mapping.map { Case(name, $0, agreements) }
        }
    }
}

extension Case {
    fileprivate init(_ file: String, _ node: Node.Mapping, _ agreements: [String: String]) {
        self.file = file
        title = node["case"]?.scalar?.string ?? ""
        says = node["says"]?.scalar?.string ?? ""
        pending = node["pending"]?.scalar?.string
        section = node["section"]?.scalar?.string ?? ""
        func text(_ name: String?) -> String { name.map { agreements[$0] ?? $0 } ?? "" }
        if let versions = node["agreement"]?.sequence {
            self.agreements = versions.compactMap(\.mapping).map { version in
                let signed = (version["signed"]?.mapping ?? [:]).compactMap {
                    $0.value.scalar.flatMap { instant($0.string) }
                }
                return (
                    version["from"]?.scalar.flatMap { instant($0.string) }, signed.max(),
                    text(version["agreement"]?.scalar?.string)
                )
            }
        } else {
            self.agreements = [(nil, nil, text(node["agreement"]?.scalar?.string))]
        }
        facts = (node["facts"]?.sequence ?? []).enumerated().compactMap { number, node in
            node.mapping.map { CaseFact(number + 1, $0) }
        }
        until = node["until"]?.scalar.flatMap { instant($0.string) } ?? .latest
        ownersAreRecorded = node["owners"]?.scalar?.string == "recorded"
        ownersAreLive = node["owners"]?.scalar?.string == "live"
        about = Set((node["about"]?.sequence ?? []).compactMap { $0.scalar?.string })
        log = node["log"]?.sequence.map { $0.compactMap { $0.scalar?.string } }
        var scores: [String: [String: String]] = [:]
        var assumed: [String: [String]] = [:]
        var contributions: [String: [String]] = [:]
        for (who, values) in node["scores"]?.mapping ?? [:] {
            func list(_ name: String) -> [String]? { values.mapping?[name]?.sequence?.compactMap(\.scalar?.string) }
            scores[who.scalar?.string ?? ""] = values.mapping?.plain ?? [:]
            assumed[who.scalar?.string ?? ""] = list("assumed") ?? []
            contributions[who.scalar?.string ?? ""] = list("contributions")
        }
        (self.scores, self.assumed, self.contributions) = (scores, assumed, contributions)
        deals = Case.tables(node["deals"])
        attainment = Case.tables(node["attainment"])
        gate = (node["gate"]?.sequence ?? []).compactMap { $0.mapping?.plain }
    }
}

extension Case {
    fileprivate static func tables(_ node: Node?) -> [String: [String: String]] {
        var tables: [String: [String: String]] = [:]
        for (name, values) in node?.mapping ?? [:] { tables[name.scalar?.string ?? ""] = values.mapping?.plain }
        return tables
    }
}

extension CaseFact {
    fileprivate init(_ number: Int, _ node: Node.Mapping) {
        self.number = number
        values = node.plain
        var maps: [String: [(String, String?)]] = [:]
        var lists: [String: [String]] = [:]
        for (key, value) in node {
            let name = key.scalar?.string ?? ""
            if let mapping = value.mapping {
                maps[name] = mapping.map { entry in
                    let isNull = entry.value.scalar.map { $0.string == "null" && $0.style == .plain } ?? true
                    return (entry.key.scalar?.string ?? "", isNull ? nil : entry.value.scalar?.string)
                }
            }
            if let sequence = value.sequence { lists[name] = sequence.compactMap { $0.scalar?.string } }
        }
        (self.maps, self.lists) = (maps, lists)
    }
}

extension Node.Mapping {
    fileprivate var plain: [String: String] {
        var values: [String: String] = [:]
        for (key, value) in self { values[key.scalar?.string ?? ""] = value.scalar?.string }
        return values
    }
}

/// `2026-03-02 09:00`, with seconds and milliseconds where needed; a day is its beginning. UTC.
func instant(_ text: String) -> Instant? {
    let parts = text.split(separator: " ")
    guard let date = try? CivilDate(text: String(parts[0])) else { return nil }
    var milliseconds = Int64(date.daysSinceEpoch) * 86_400_000
    if parts.count > 1 {
        let pieces = parts[1].split(whereSeparator: { ":.".contains($0) }).compactMap { Int64($0) }
        for (piece, unit) in zip(pieces, [3_600_000, 60_000, 1000, 1] as [Int64]) { milliseconds += piece * unit }
    }
    return Instant(milliseconds: milliseconds)
}

/// The other way round.
func shown(_ instant: Instant) -> String {
    let text = instant.fixedWidthText
    var shown = text.prefix(10) + " " + text.dropFirst(11).prefix(5)
    let (seconds, milliseconds) = (text.dropFirst(17).prefix(2), text.dropFirst(20).prefix(3))
    if seconds != "00" || milliseconds != "000" { shown += ":" + seconds }
    if milliseconds != "000" { shown += "." + milliseconds }
    return String(shown)
}
