import Findings
import Foundation
import Testing
import Yams

@testable import Agreement

@Suite struct HostileYAMLTests {
    /// Seven levels of nine aliases: 18 seconds and 4.5 GB in the parser, 380 bytes here.
    @Test func anAliasBombIsRefusedAtOnce() {
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n"
        for (name, last) in zip("bcdefgh", "abcdefg") {
            bomb += "\(name): &\(name) [" + [String](repeating: "*\(last)", count: 9).joined(separator: ",") + "]\n"
        }
        expectFast { #expect(readPart(bomb).findings.map(\.code) == [.unsupportedYAML]) }
    }

    /// Within brackets an anchor and an alias may stand behind a colon, where nothing but a value is expected.
    @Test func anAliasBombInBracketsIsRefusedAtOnce() {
        let members = { (value: String) in "pqrstuvwx".map { "\($0): \(value)" }.joined(separator: ", ") }
        let levels = zip("bcdefgh", "abcdefg").map { "\($0): &\($0) {\(members("*\($1)"))}" }
        let bomb = "x: {a: &a {\(members("x"))}, \(levels.joined(separator: ", "))}\n"
        expectFast { #expect(readPart(bomb).findings.map(\.code) == [.unsupportedYAML]) }
    }

    @Test(arguments: ["[", "{", "{a: ", "- ", "[{", "x: [\n ", "[\"a\", ", "['it''s', ", "[a b, # [\n"])
    func deepNestingIsRefusedAtOnce(unit: String) {
        let text = String(repeating: unit, count: 100_000)
        expectFast { #expect(readPart(text).findings.first.map { [.tooDeep, .notYAML].contains($0.code) } == true) }
    }

    @Test func deepBlocksAreRefused() {
        let text = (0..<2000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        expectFast { #expect(readPart(text).findings.map(\.code) == [.tooDeep]) }
    }

    /// Texts that look like structure, and structure that looks like text.
    @Test(arguments: [
        ("a quote within a word", "company: it's [[[\n", true),
        ("brackets in a comment", "company: N # " + String(repeating: "[", count: 100) + "\n", true),
        ("brackets in quotes", "company: \"" + String(repeating: "[", count: 100) + "\"\n", true),
        ("brackets in a block text", "company: |\n  " + String(repeating: "[", count: 100) + "\n", true),
        ("stars in a folded text", "company: >\n  *very*\n  & more\n", true),
        ("after a block text", "company: |\n  text\nx: " + String(repeating: "[", count: 100), false),
        ("a text of two lines", "company: one\n  'two [\n  three\n", true),
        (
            "after a text of two lines", "company: N\nmission: one\n  'two\nx: " + String(repeating: "[", count: 100),
            false
        ),
        ("in brackets, too", "company: N\nmission: [one\n 'two, " + String(repeating: "[", count: 100), false),
        ("after a quoted key", "company: N\n\"x\": " + String(repeating: "[", count: 100), false),
        ("a nested key's text", "- a: one\n  b: " + String(repeating: "[", count: 100), false),
        ("a nested key's block text", "- a: |\n  b: " + String(repeating: "[", count: 100), false),
        ("a quoted value in brackets", "company: N\nmission: {sales: 'one, *two, [three, !four'}\n", true),
        (
            "after a single-quoted value in brackets", "company: {a: 'x, ', b: " + String(repeating: "[", count: 100),
            false
        ),
        ("behind a colon without a space", "company: {\"a\":'x, ', b: " + String(repeating: "[", count: 100), false),
        ("after a quoted value in brackets", "x: {a: \"b, 'c\", d: " + String(repeating: "[", count: 100), false),
        ("after a value at a colon", "x: {\"a\":\"b, 'c\", d: " + String(repeating: "[", count: 100), false),
        (
            "quoted values in brackets",
            "company: N\nmission: {sales: \"b, 'c " + String(repeating: "[", count: 100) + "\"}\n",
            true
        ),
        ("after a document marker", "---\n  a: " + String(repeating: "[", count: 100), false),
    ])
    func textIsNotTakenForStructure(what: String, yaml: String, isText: Bool) {
        let codes = Set(readPart(yaml).findings.map(\.code))
        #expect(codes == (isText ? [] : [.tooDeep]), "\(what): \(codes)")
    }

    /// A million values would take the parser half a gigabyte.
    @Test(arguments: ["x: [", "x: {", ""])
    func moreValuesThanAnyAgreementHasAreRefused(opening: String) {
        let text = opening + String(repeating: opening.isEmpty ? "- a\n" : "a,", count: 260_000)
        #expect(readPart(text).findings.map(\.code) == [.tooLarge])
    }

    /// All findings at once, as far as anybody reads.
    @Test func findingsEndAtAThousand() {
        let unknown = (0..<5000).map { "k\($0): 1\n" }.joined()
        let findings = read("company: N\n" + someStages + unknown).findings
        #expect(findings.count == AgreementReader.mostFindings)
        #expect(findings.last?.remedy.hasSuffix("Once these 1000 findings are mended, look for more.") == true)
        #expect(findings.dropLast().allSatisfy { !$0.remedy.contains("look for more") })
    }

    @Test func aFileBesideTheAgreementMayNotBeReadInPart() {
        let table = "domain\n" + String(repeating: "n.example\n", count: SourceText.largestFile / 10)
        let reading = read("company: N\n" + someStages + "targets: {accounts: t.csv}\n", ["t.csv": table])
        #expect(reading.findings.map { "\($0.place.line) \($0.code.name)" } == ["3 too-large"])
    }

    @Test func whatAFindingQuotesIsCut() {
        let finding = read(
            "company: N\n" + someStages + "plan: {win_rate: \(String(repeating: "9", count: 100_000))%}\n"
        ).findings
        #expect(finding.map(\.code) == [.badShare] && finding[0].text.count < 3000)
    }

    /// Whatever the guard lets through is shallow for the parser, too.
    @Test func whatIsLetThroughIsShallow() throws {
        var random = HostileGenerator(state: 11)
        var parsed = 0
        for _ in 0..<30_000 {
            let text = random.text()
            guard let root = try? Syntax.root(of: SourceText(file: "x", bytes: Array(text.utf8))) else { continue }
            parsed += 1
            let depth = root.depth
            #expect(depth <= 2 * YAMLGuard.deepest, "\(depth): \(text)")
            #expect(try !hasAnchors(#require(try Yams.compose(yaml: text, .basic))), "\(text)")
        }
        #expect(parsed > 1000)
    }

    @Test func randomBytesAreFoundNotText() {
        var random = HostileGenerator(state: 12)
        for _ in 0..<2000 {
            let bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }
            let reading = readAgreement(SourceText(file: "x", bytes: bytes), in: surroundings())
            #expect(reading.agreement == nil && !reading.findings.isEmpty)
        }
    }

    private func hasAnchors(_ node: Node) -> Bool {
        if node.anchor != nil { return true }
        switch node {
        case .alias: return true
        case .scalar: return false
        case .sequence(let members): return members.contains(where: hasAnchors)
        case .mapping(let entries): return entries.contains { hasAnchors($0.key) || hasAnchors($0.value) }
        }
    }

    private func expectFast(_ work: () -> Void) {
        let duration = ContinuousClock().measure(work)
        #expect(duration < .seconds(30))
    }
}

extension Syntax {
    fileprivate var depth: Int {
        switch content {
        case .text: 0
        case .list(let items): 1 + (items.map(\.depth).max() ?? 0)
        case .mapping(let entries): 1 + (entries.map { max($0.keySyntax.depth, $0.value.depth) }.max() ?? 0)
        }
    }
}

/// Texts that try to make a scanner lose its place before a deep nest.
private struct HostileGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    private static let pieces = [
        "a", "b: ", "c:\n", "- ", "\n", "\n  ", "\n ", "'", "\"", "x'y", " 'z", "|\n  ", ">-\n ", "|1\n ", "# ", " #",
        ", ",
        ": ", "{k: ", "':", "\"k\":", "e: \"f, '", "&a ", "*a", "\\", "---\n", "...", "[", "]", "{", "}", "'q'",
        "\"r\"",
        "\t", "é",
    ]

    mutating func text() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 1...7, using: &self) {
            text += HostileGenerator.pieces.randomElement(using: &self)!
        }
        text += String(repeating: "[", count: 150) + String(repeating: "]", count: 150)
        for _ in 0..<Int.random(in: 0...4, using: &self) {
            text += HostileGenerator.pieces.randomElement(using: &self)!
        }
        return text
    }
}
