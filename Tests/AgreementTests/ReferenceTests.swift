import Findings
import Foundation
import Testing
import Vocabulary

@testable import Agreement

private let isRecording = ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1"

/// docs/agreement/ says nothing that is not so. `RECORD_GOLDEN=1 swift test` writes the messages in it anew.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"), .serialized)
struct ReferenceTests {
    @Test func thereIsAGuideAndAPageForEachArea() {
        let names = ReferencePage.all.map(\.file.lastPathComponent)
        #expect(names.first == "README.md")
        #expect(names.count > 15)
        for name in names.dropFirst() {
            #expect(
                ReferencePage.all[0].lines.contains { $0.contains("](\(name))") }, "the guide does not lead to \(name)")
        }
    }

    @Test(arguments: ReferencePage.all)
    func whatPassesPasses(page: ReferencePage) {
        for example in page.examples where !example.isRefused {
            let findings = example.findings
            #expect(findings.isEmpty, "\(page.testDescription):\(example.block.line)\n\(findings.map(\.text).joined())")
        }
        for block in page.blocks where block.info.first == "condition" && !block.isRefused {
            let findings = page.findings(inConditions: block)
            #expect(findings.isEmpty, "\(page.testDescription):\(block.line)\n\(findings.map(\.text).joined())")
        }
    }

    /// Every line of a refused block of conditions has its finding; a refused agreement has an error.
    @Test(arguments: ReferencePage.all)
    func whatIsRefusedIsRefusedWithTheMessageShown(page: ReferencePage) throws {
        if isRecording { try Data(page.rewritten.utf8).write(to: page.file) }
        let page = try ReferencePage(page.file)
        for (number, block) in page.blocks.enumerated() where block.isRefused {
            let next = number + 1 < page.blocks.count ? page.blocks[number + 1] : nil
            #expect(next?.info == ["text"], "\(page.testDescription):\(block.line) has no message behind it")
            #expect(next?.text == page.shown(for: block), "\(page.testDescription):\(block.line): RECORD_GOLDEN=1")
            if block.info.first == "condition" {
                let lines = Set(page.findings(inConditions: block).map(\.place.line))
                #expect(lines == Set(1...block.lines.count), "\(page.testDescription):\(block.line)")
            }
        }
        for example in page.examples where example.isRefused {
            #expect(
                example.findings.contains { $0.level == .error },
                "\(page.testDescription):\(example.block.line) is not refused")
        }
    }

    @Test(arguments: ReferencePage.all)
    func everyBlockIsOfAKindThatIsRun(page: ReferencePage) {
        let kinds = ["yaml", "condition", "csv", "ics", "sh", "text"]
        for (number, block) in page.blocks.enumerated() {
            #expect(kinds.contains(block.info.first ?? ""), "\(page.testDescription):\(block.line)")
            if block.info.first == "text" {
                #expect(number > 0 && page.blocks[number - 1].isRefused, "\(page.testDescription):\(block.line)")
            }
        }
    }

    /// The reader itself says which keys there are: an unheard-of one is put into every mapping of the examples.
    @Test func everyKeyHasAnExampleThatPassesAndOneThatIsRefused() throws {
        let examples = ReferencePage.all.flatMap(\.examples)
        var (known, passed, refused) = (
            ExampleKeys(try .northwind()).known, Set<LanguageKey>(), Set<LanguageKey>()
        )
        for example in examples {
            let keys = ExampleKeys(example)
            known.formUnion(keys.known)
            if example.isRefused { refused.formUnion(keys.refused) } else { passed.formUnion(keys.present) }
        }
        #expect(known.count > 180)
        #expect(known.isSuperset(of: SectionShape.agreement.names.map { LanguageKey(of: "An agreement", $0) }))
        #expect(known.subtracting(passed).map(\.description).sorted() == [], "no example that passes")
        #expect(known.subtracting(refused).map(\.description).sorted() == [], "no example that is refused")
    }

    /// Wherever a clause can be there and be silent about a part of it.
    private static let silentAgreement = """
        company: N
        calendars: {office: {hours: {mon: 09:00-10:00}}}
        teams: {a: {reps: [{email: a@n.example}]}}
        fields: {mail: {type: email}, job: {type: choice, of: [a]}}
        stages: {lead: {side: marketing, enter: always}}
        detours: {out: {side: marketing, enters: recycled}}
        promises: {marketing: {deliver: {lead: 5 per day}, coverage: {at_least: 2}, target_accounts: {}}}
        routing: {rules: [{to: team a}], burst: {over: 5 per day of one origin}}
        consent: {contact_hours: {}}
        pipeline: {coverage: {multiple: 2}}
        plan: {alarm: {}}
        """

    /// How many there are in `Defaults.swift`.
    private static let namedDefaults: Int = {
        let file = ReferencePage.folder.appendingPathComponent("../../Sources/Agreement/Model/Defaults.swift")
        let source = (try? String(contentsOf: file.standardized, encoding: .utf8)) ?? ""
        let count = source.split(separator: "\n").count { line in
            line.hasPrefix("    static let ") || line.hasPrefix("    static func ")
        }
        return count == 0 ? .max : count
    }()

    /// Wherever an example is silent and a default speaks, a line about the key says which.
    @Test func everyDefaultIsStated() throws {
        let lines = ReferencePage.all.flatMap(\.lines).filter { $0.contains("Default") }
        var defaults: Set<[String]> = []
        let examples = ReferencePage.all.flatMap(\.examples).filter { !$0.isRefused }
        let readings =
            examples.map { readAgreement($0.text, in: surroundings($0.files)) } + [read(Self.silentAgreement)]
        for reading in readings {
            let agreement = try #require(reading.agreement, "\(reading.findings.map(\.text))")
            for clause in agreement.clauses where clause.isDefault {
                let isZone = clause.address.hasPrefix("calendars.") && clause.address.hasSuffix(".timezone")
                let key = clause.address.split(separator: ".").last.map(String.init) ?? ""
                defaults.insert([key, isZone ? "the company's" : clause.words == "[]" ? "none" : "`\(clause.words)`"])
            }
        }
        #expect(defaults.count >= Self.namedDefaults)
        for stated in defaults.sorted(by: { $0[0] < $1[0] }) {
            #expect(
                lines.contains { $0.contains("`\(stated[0])`") && $0.contains(stated[1]) },
                "no line says that the default of \(stated[0]) is \(stated[1])")
        }
    }
}
