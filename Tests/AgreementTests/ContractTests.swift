import Findings
import Foundation
import Testing
import Yams

@testable import Agreement

/// The example agreement and the files beside it. One holiday stands for all, since hundreds of copies are read.
enum Northwind {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Examples/northwind").standardizedFileURL
    static let yaml = file("agreement.yaml")
    static let files = [
        "rates.csv": file("rates.csv"), "targets.csv": file("targets.csv"),
        "quotas.csv": "rep,period,amount,currency\n",
        "holidays/de-by.ics": """
        BEGIN:VCALENDAR\r
        VERSION:2.0\r
        PRODID:test\r
        BEGIN:VEVENT\r
        UID:1\r
        DTSTART;VALUE=DATE:20260501\r
        SUMMARY:May Day\r
        END:VEVENT\r
        END:VCALENDAR\r

        """,
    ]

    static func agreement(_ yaml: String = yaml) throws -> Agreement {
        let reading = read(yaml, files)
        return try #require(reading.agreement, "\(reading.findings.map(\.text).joined(separator: "\n"))")
    }

    private static func file(_ name: String) -> String {
        (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
    }
}

@Suite(.disabled(if: zonesAreMissing, "no zone files on this machine"))
struct ContractTests {
    @Test(arguments: [
        "northwind/agreement.yaml", "orders/mql-sal-sql.yaml", "orders/mql-sql-sal.yaml", "waterfall/agreement.yaml",
    ])
    func everyClauseIsSpokenForOnce(example: String) throws {
        let agreement = try #require(try readExample(example).agreement)
        let spoken = Contract(agreement).sentences.flatMap(\.clauses).sorted()
        #expect(spoken == agreement.clauses.map(\.address).sorted())
        #expect(!Contract(agreement).sections.contains { $0.title == "Also agreed" })
    }

    @Test func aSmallAgreementStatesItsDefaults() throws {
        let agreement = try Northwind.agreement(
            "company: Small\nstages:\n  lead: {side: marketing, enter: email is known}\nfields: {email: {type: email}}\n"
        )
        let contract = Contract(agreement)
        #expect(contract.sentences.flatMap(\.clauses).sorted() == agreement.clauses.map(\.address).sorted())
        for clause in agreement.clauses where clause.isDefault {
            let sentence = contract.sentences.first { $0.clauses.contains(clause.address) }
            #expect(sentence?.text.contains("(by default)") == true, "\(clause.address)")
        }
    }

    @Test func everyClauseHasOnePlaceInThePage() throws {
        let agreement = try Northwind.agreement()
        let page = Contract(agreement).html
        for clause in agreement.clauses {
            let id = "id=\"\(escapedFragment(clause.address))\""
            #expect(page.components(separatedBy: id).count == 2, "\(clause.address)")
        }
        #expect(!page.contains("<script") && !page.contains("src=") && !page.contains("http"))
    }

    @Test func linesKeepToTheirWidth() throws {
        let text = Contract(try Northwind.agreement()).text(width: 80)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func markupInAnAgreementIsText() throws {
        let yaml = Northwind.yaml.replacing("company: Northwind Instruments", with: "company: \"<b>A & B</b> *\"")
        let contract = Contract(try Northwind.agreement(yaml))
        #expect(contract.html.contains("&lt;b&gt;A &amp; B&lt;/b&gt; *"))
        #expect(contract.markdown.contains("\\<b\\>A \\& B\\</b\\> \\*"))
    }

    /// Every key and every member of a list is taken away once. What is left is refused, or says something else.
    @Test func withoutAnyClauseTheTextIsAnother() throws {
        let root = try #require(try Yams.compose(yaml: Northwind.yaml, .basic))
        let whole = try Northwind.agreement()
        let text = Contract(whole).text()
        var legal = 0
        for path in paths(of: root) where path != [.key("interlock")] {
            let yaml = try Yams.serialize(node: try #require(removing(path[...], from: root)), allowUnicode: true)
            guard let rest = read(yaml, Northwind.files).agreement else { continue }
            legal += 1
            #expect(Contract(rest).text() != text, "\(path)")
            let isSame = said(rest) == said(whole)
            #expect(AgreementDiff(from: whole, to: rest).changes.isEmpty == isSame, "\(path)")
        }
        #expect(legal > 150)
    }

    @Test func dataEntryNamesEveryFieldOfEveryEntryPoint() throws {
        let agreement = try Northwind.agreement()
        let pages = DataEntryPages(agreement).pages
        #expect(pages.sections.map(\.title) == ["Website form", "Crm", "Rep upload"])
        for (entry, page) in zip(agreement.entryPoints, pages.sections) {
            for field in entry.mayWrite.value {
                #expect(page.sentences.contains { $0.text.hasPrefix(field.spaced.sentence + ": ") })
            }
        }
    }

    /// `question` newline `answer` newline, a blank line between.
    @Test func questionsAreAnsweredByOneSentence() throws {
        let file = try #require(
            Bundle.module.url(forResource: "questions", withExtension: "txt", subdirectory: "Golden"))
        let entries = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n\n")
        let sentences = Contract(try Northwind.agreement()).sentences.map(\.text)
        #expect(entries.count == 20)
        for entry in entries {
            let lines = entry.split(separator: "\n").map(String.init)
            try #require(lines.count == 2)
            #expect(sentences.count { $0 == lines[1] } == 1, "\(lines[0])\n\(lines[1])")
        }
    }

    private func said(_ agreement: Agreement) -> [String: String] {
        Dictionary(uniqueKeysWithValues: agreement.clauses.map { ($0.address, $0.words) })
    }
}

// Taking parts of a document away.

private enum Step: Hashable {
    case key(String)
    case member(Int)
}

private func paths(of node: Node) -> [[Step]] {
    switch node {
    case .mapping(let mapping):
        mapping.flatMap { key, value in
            let step = Step.key(key.string ?? "")
            return [[step]] + paths(of: value).map { [step] + $0 }
        }
    case .sequence(let sequence):
        sequence.enumerated().flatMap { number, value in
            [[Step.member(number)]] + paths(of: value).map { [Step.member(number)] + $0 }
        }
    default: []
    }
}

private func removing(_ path: ArraySlice<Step>, from node: Node) -> Node? {
    guard let step = path.first else { return nil }
    switch (step, node) {
    case (.key(let name), .mapping(let mapping)):
        let pairs = mapping.compactMap { key, value -> (Node, Node)? in
            guard key.string == name else { return (key, value) }
            return removing(path.dropFirst(), from: value).map { (key, $0) }
        }
        return Node(pairs)
    case (.member(let number), .sequence(let sequence)):
        return Node(
            sequence.enumerated().compactMap { index, value in
                index == number ? removing(path.dropFirst(), from: value) : value
            })
    default: return node
    }
}
