import Foundation
import Intake
import Journal
import Testing
import Vocabulary

/// docs/mapping.md says nothing that is not so: every mapping in it is read, every file in it is run.
@Suite struct MappingGuideTests {
    struct Block: Sendable {
        var language: String
        var text: String
        var line: Int
    }

    private static let guide: String = {
        let file = RealData.package.appendingPathComponent("docs/mapping.md")
        return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    }()

    private static let blocks: [Block] = {
        var blocks: [Block] = []
        var open: Block?
        for (number, line) in guide.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("```"), let block = open {
                blocks.append(block)
                open = nil
            } else if line.hasPrefix("```") {
                open = Block(language: String(line.dropFirst(3)), text: "", line: number + 1)
            } else {
                open?.text += line + "\n"
            }
        }
        return blocks
    }()

    @Test func everyMappingIsRead() throws {
        let mappings = Self.blocks.filter { $0.language == "yaml" }
        #expect(mappings.count > 10)
        for block in mappings {
            do {
                _ = try MappingText(whole(block.text))
            } catch let problems as MappingProblems {
                Issue.record("line \(block.line): \(problems.problems.map(\.cause))")
            }
        }
    }

    /// A mapping and a file, in either order, and the facts behind them.
    @Test func everyFileGivesTheFactsShown() throws {
        var (mapping, file) = ("", "")
        var run = 0
        for block in Self.blocks {
            switch block.language {
            case "yaml": mapping = block.text
            case "csv": file = block.text
            case "text":
                let pipeline = Pipeline(try MappingText(mapping).mapping)
                let outcome = try pipeline.run(file)
                let shown = block.text.split(separator: "\n").map(String.init)
                let written = try pipeline.journal.written()
                #expect(written == shown, "line \(block.line): \(written.joined(separator: "\n"))")
                #expect(outcome.rejects.isEmpty, "line \(block.line)")
                run += 1
            default: break
            }
        }
        #expect(run > 5)
    }

    @Test func everyCodeHasARow() {
        let codes =
            MappingProblem.Code.allCases.map(\.rawValue) + MappingFault.Cause.allCases.map(\.rawValue)
            + Notice.Code.allCases.map(\.rawValue) + UnreadableValue.allCases.map(\.rawValue)
        for code in codes { #expect(Self.guide.contains("`\(code)`"), "\(code) has no row") }
    }

    @Test func everyKindThatAFileCanTellHasARow() {
        let ownOnly: Set<FactKind> = [
            .erased, .counted, .agreementProposed, .agreementSigned, .agreementInForce, .decision,
        ]
        for kind in FactKind.allCases where !ownOnly.contains(kind) {
            #expect(Self.guide.contains("`\(kind.word)`"), "\(kind.word) has no row")
        }
    }

    /// The reader itself names the clauses it knows where it meets one that it does not.
    @Test(arguments: [
        "x: 1", "columns: {a: {x: 1}}", "joins: {a: {x: 1}}", "csv: {x: 1}", "only: {a: {x: 1}}",
        "facts: [{fact: observed, x: 1}]",
    ])
    func everyClauseIsExplained(_ clause: String) throws {
        let problems = try #require(throws: MappingProblems.self) { try MappingText(clause) }
        let remedy = try #require(problems.problems.first { $0.cause.contains("means nothing here") }?.remedy)
        let names = try #require(remedy.components(separatedBy: "There are: ").last).dropLast().components(
            separatedBy: ", ")
        #expect(names.count > 2)
        for name in names { #expect(Self.guide.contains("\(name):"), "\(name) is not explained") }
    }

    /// A part of a mapping as the reference shows it, made whole.
    private func whole(_ text: String) -> String {
        if text.hasPrefix("mapping: 1") { return text }
        let head = "mapping: 1\nsource: crm\n"
        if text.hasPrefix("- fact") { return head + "facts:\n" + text }
        return head + text + "facts: [{fact: observed, object: contact, id: id}]\n"
    }
}
