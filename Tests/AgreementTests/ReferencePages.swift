import Findings
import Foundation
import Testing
import Vocabulary

@testable import Agreement

/// The language reference, `docs/agreement/`, as far as it can be run. A fenced block says by its first line what it is:
///
///     yaml agreement    a whole agreement in which nothing is found; `yaml agreement base` is the one that completes fragments
///     yaml              a fragment: with the clauses of the base that it does not have itself nothing is found in it
///     yaml refused      the same, refused with what the `text` block behind it shows
///     condition         one condition a line, about a person; `condition fit`, `condition routing`, `condition deal` elsewhere
///     condition refused the same, refused with what the `text` block behind it shows
///     csv NAME          a file beside the agreements that follow on the page
///     sh                commands; those of interlock are run by InterlockTests
struct ReferencePage: Sendable, CustomTestStringConvertible {
    struct Block: Sendable {
        var info: [String]
        var lines: [String]
        /// Of the opening fence, from 1.
        var line: Int

        var text: String { lines.joined(separator: "\n") + "\n" }
        var isRefused: Bool { info.contains("refused") }
    }

    let file: URL
    let lines: [String]
    let blocks: [Block]

    var testDescription: String { file.lastPathComponent }

    init(_ file: URL) throws {
        self.file = file
        lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
        var (blocks, open) = ([Block](), Block?.none)
        for (number, line) in lines.enumerated() {
            if line == "```", let block = open {
                blocks.append(block)
                open = nil
            } else if line.hasPrefix("```"), open == nil {
                open = Block(
                    info: line.dropFirst(3).split(separator: " ").map(String.init), lines: [], line: number + 1)
            } else {
                open?.lines.append(line)
            }
        }
        self.blocks = blocks
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("docs/agreement")

    /// The guide first.
    static let all: [ReferencePage] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let pages = names.filter { $0.hasSuffix(".md") }.sorted { ($0 != "README.md", $0) < ($1 != "README.md", $1) }
        return pages.compactMap { try? ReferencePage(folder.appendingPathComponent($0)) }
    }()
}

private func < (a: (Bool, String), b: (Bool, String)) -> Bool { a.0 == b.0 ? a.1 < b.1 : !a.0 }

/// What a block says, ready to be read.
struct ReferenceExample: Sendable {
    let page: String
    let block: ReferencePage.Block
    /// Completed with the base.
    let text: SourceText
    let files: [String: String]
    /// How many lines of it are the example's own.
    let ownLines: Int

    var isRefused: Bool { block.isRefused }

    /// All that `interlock check` would find.
    var findings: [Finding] {
        let reading = readAgreement(text, in: surroundings(files))
        guard let agreement = reading.agreement else { return reading.findings }
        let today = CivilDate(year: 2026, month: 2, day: 2)
        return reading.findings + (today.map { checkAgreement(agreement, in: text, today: $0) } ?? [])
    }
}

extension ReferenceExample {
    /// The full example of the repository, which has every clause there is.
    static func northwind() throws -> ReferenceExample {
        let folder = examples.appendingPathComponent("northwind")
        let names = ["rates.csv", "targets.csv", "holidays/de-by.ics"]
        let files = try names.map { ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)) }
        let text = try String(contentsOf: folder.appendingPathComponent("agreement.yaml"), encoding: .utf8)
        return ReferenceExample(
            page: "agreement.yaml", block: ReferencePage.Block(info: ["yaml", "agreement"], lines: [], line: 0),
            text: SourceText(file: "agreement.yaml", bytes: Array(text.utf8)),
            files: Dictionary(uniqueKeysWithValues: files), ownLines: 0)
    }
}

extension ReferencePage {
    /// Every agreement and fragment of the page.
    var examples: [ReferenceExample] {
        var files: [String: String] = [:]
        return blocks.compactMap { block in
            if ["csv", "ics"].contains(block.info.first), block.info.count == 2 { files[block.info[1]] = block.text }
            guard block.info.first == "yaml" else { return nil }
            let text = block.info.contains("agreement") ? block.text : BaseAgreement.completing(block.text)
            return ReferenceExample(
                page: file.lastPathComponent, block: block,
                text: SourceText(file: "agreement.yaml", bytes: Array(text.utf8)), files: files,
                ownLines: block.lines.count)
        }
    }

    /// What is found in a condition block, line by line.
    func findings(inConditions block: Block) -> [Finding] {
        let scopes: [String: ConditionScope] = ["fit": .profile, "routing": .routing, "deal": .deal]
        let scope = block.info.compactMap { scopes[$0] }.first ?? .person
        let text = SourceText(file: "condition", bytes: Array(block.text.utf8))
        return block.lines.enumerated().flatMap { number, line in
            ConditionCheck.condition(line, scope, BaseAgreement.names).problems.map { problem in
                let bytes = Array(line.utf8)
                let before = String(decoding: bytes[..<problem.span.lowerBound], as: UTF8.self).count
                let meant = String(decoding: bytes[problem.span.clamped(to: bytes.indices)], as: UTF8.self).count
                return text.finding(problem.complaint, line: number + 1, column: before + 1, length: max(1, meant))
            }
        }
    }

    /// What the block behind a refused one must show; `nil` for blocks that are not refused.
    func shown(for block: Block) -> String? {
        guard block.isRefused else { return nil }
        let findings =
            block.info.first == "condition"
            ? findings(inConditions: block) : examples.first { $0.block.line == block.line }?.findings ?? []
        return findings.map(\.text).joined(separator: "\n")
    }

    /// The page with every message as it is now.
    var rewritten: String {
        var text: [String] = []
        var skipped = 0..<0
        for (number, line) in lines.enumerated() where !skipped.contains(number) {
            text.append(line)
            guard let block = blocks.first(where: { $0.line + $0.lines.count == number && $0.isRefused }),
                let shown = shown(for: block)
            else { continue }
            let end = number + 1
            if let next = blocks.first(where: { $0.line > end }), next.info == ["text"] {
                skipped = end..<next.line + next.lines.count + 1
            }
            text += ["", "```text"] + shown.components(separatedBy: "\n").dropLast() + ["```"]
        }
        return text.joined(separator: "\n")
    }
}

/// The agreement that completes fragments.
enum BaseAgreement {
    static let text: String =
        ReferencePage.all.flatMap(\.blocks).first { $0.info == ["yaml", "agreement", "base"] }?.text ?? ""

    /// The names conditions may use in it.
    static let names: ConditionNames = {
        var reader = AgreementReader(
            text: SourceText(file: "base.yaml", bytes: Array(text.utf8)), surroundings: surroundings())
        _ = reader.agreement()
        return reader.names
    }()

    /// The fragment, and behind it each clause of the base with a key that the fragment does not have.
    static func completing(_ fragment: String) -> String {
        let keys = Set(clauses(of: fragment).map(\.key))
        return ([fragment] + clauses(of: text).filter { !keys.contains($0.key) }.map(\.text)).joined()
    }

    /// Top-level clauses: a line that begins with a key, and those below it that do not.
    private static func clauses(of text: String) -> [(key: String, text: String)] {
        var clauses: [(key: String, text: String)] = []
        for line in text.split(separator: "\n") {
            if line.first?.isLetter == true {
                clauses.append((String(line.prefix { $0 != ":" }), "\(line)\n"))
            } else if !clauses.isEmpty {
                clauses[clauses.count - 1].text += "\(line)\n"
            }
        }
        return clauses
    }
}
