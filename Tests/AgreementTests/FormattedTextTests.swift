import Findings
import Foundation
import Testing
import Yams

@testable import Agreement

@Suite struct FormattedTextTests {
    private func laidOut(_ text: String) throws -> String {
        String(decoding: try FormattedText(SourceText(file: "x", bytes: Array(text.utf8))).bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("indentation", "a:\n    b:\n     c: 1\n     d: 2\n    e: 3\n", "a:\n  b:\n    c: 1\n    d: 2\n  e: 3\n"),
        ("a list at the column of its key", "a:\n- 1\n- 2\nb: 3\n", "a:\n  - 1\n  - 2\nb: 3\n"),
        ("mappings behind dashes", "-   a: 1\n    b: 2\n-  c: 3\n", "- a: 1\n  b: 2\n- c: 3\n"),
        ("dashes behind dashes", "-  -   a\n   -   b\n- c\n", "- - a\n  - b\n- c\n"),
        ("colons and commas", "a :  {b:   1 ,c: [1,2 , 3 ] }\n", "a: {b: 1, c: [1, 2, 3]}\n"),
        ("a colon that is none", "a: {b: x:y, c: 'it''s: so'}\n", "a: {b: x:y, c: 'it''s: so'}\n"),
        ("a key without a value", "a: {b: ,c: }\n", "a: {b: , c: }\n"),
        ("a quoted key", "{\"a\":1, \"b\":[2]}\n", "{\"a\": 1, \"b\": [2]}\n"),
        ("the ends of lines", "a: 1   \nb:  \n  c: 2\t\n", "a: 1\nb:\n  c: 2\n"),
        ("empty lines", "\n\na: 1\n\n\n\nb: 2\n\n", "a: 1\n\nb: 2\n"),
        ("Windows", "a: 1\r\nb: 'x\r\n  y'\r\n", "a: 1\nb: 'x\n  y'\n"),
        ("a byte order mark and no last line break", "\u{FEFF}a: 1", "a: 1\n"),
        ("a flow of several lines", "a: {b: 1,\n       c: [2,\n 3],\n}\n", "a: {b: 1,\n  c: [2,\n    3],\n  }\n"),
        ("comments of neighbouring lines", "a: 1 # one\nlonger: 2     # two\n", "a: 1       # one\nlonger: 2  # two\n"),
        ("a column that comments share", "a: 1     # one\nb: 2     # two\n", "a: 1     # one\nb: 2     # two\n"),
        (
            "a comment that opens a block", "long: 1234567  # one\na:  # two\n  b: 1\n",
            "long: 1234567  # one\na:  # two\n  b: 1\n"
        ),
        (
            "comments on lines of their own",
            "a:\n    # of b\n    b: 1\n    # the last of a\n# of c\nc: 2\n   # the end\n",
            "a:\n  # of b\n  b: 1\n  # the last of a\n# of c\nc: 2\n# the end\n"
        ),
        ("a sign that begins no comment", "a: b#c\nd: 'x # y'\n", "a: b#c\nd: 'x # y'\n"),
        (
            "a block text", "a:\n    b: |\n          one\n            two  \n\n          three\n    c: 1\n",
            "a:\n  b: |\n    one\n      two  \n\n    three\n  c: 1\n"
        ),
        ("a block text that says how deep", "a:\n    b: |2\n        x\n      y\n", "a:\n  b: |2\n      x\n    y\n"),
        ("a block text that keeps its breaks", "a: |+\n   x\n\n\nb: 1\n", "a: |+\n  x\n\n\nb: 1\n"),
        ("a block text at the end", "a: |\n   x", "a: |\n  x"),
        ("a text of several lines", "a: one\n     two\n\n\n     three\nb: 1\n", "a: one\n  two\n\n\n  three\nb: 1\n"),
        ("a quoted text of several lines", "a: \"one  \n     two \\\n    three\"\n", "a: \"one\n  two \\\n  three\"\n"),
        ("an escaped space", "a: \"one\\ \n  two\"\n", "a: \"one\\ \n  two\"\n"),
        ("a value below its key", "a:\n      'x'\nb:\n    [1]\n", "a:\n  'x'\nb:\n  [1]\n"),
        ("a document marker", "---\na: 1\n...\n", "---\na: 1\n...\n"), ("nothing", "", ""),
        ("a comment", "\n  # x", "# x\n"),
    ])
    func isLaidOut(what: String, text: String, expected: String) throws {
        #expect(try laidOut(text) == expected)
        #expect(try laidOut(expected) == expected)
    }

    @Test(arguments: [
        ("a:\t1\n", FindingCode.tab, "1:3"), ("a: {b: 1,\tc: 2}\n", .tab, "1:10"), ("a: [1\n", .notYAML, "2:1"),
        ("a: &b 1\n", .unsupportedYAML, "1:4"), ("a: 1\na: 2\n", .duplicateKey, "1:1"),
        ("[a]: 1\n", .unsafeLayout, "1:4"),
    ])
    func isRefused(text: String, code: FindingCode, place: String) throws {
        do throws(YAMLGuard.Refusal) {
            _ = try FormattedText(SourceText(file: "x", bytes: Array(text.utf8)))
            Issue.record("\(text) is laid out")
        } catch {
            #expect(error.complaint.code == code && "\(error.line):\(error.column)" == place, "\(error)")
        }
    }

    @Test func changesAreListed() throws {
        let text = SourceText(file: "x", bytes: Array("a:  1\n\n\nb: 2\n\n".utf8))
        let changes = try FormattedText(text).changes.map { "\($0.line): \($0.old) → \($0.new ?? "nothing")" }
        #expect(changes == ["1: a:  1 → a: 1", "3:  → nothing", "5:  → nothing"])
        #expect(try FormattedText(SourceText(file: "x", bytes: Array("a: 1\n".utf8))).changes.isEmpty)
    }

    static let paths = [
        "northwind/agreement.yaml", "waterfall/agreement.yaml", "orders/mql-sal-sql.yaml", "orders/mql-sql-sal.yaml",
    ]

    private func example(_ path: String) throws -> SourceText {
        SourceText(file: path, bytes: Array(try Data(contentsOf: examples.appendingPathComponent(path))))
    }

    @Test(arguments: paths)
    func examplesAreLaidOut(path: String) throws {
        let text = try example(path)
        #expect(try FormattedText(text).changes == [])
    }

    /// Every layout of an example says the same when it is laid out: the same tree by another reader, the same comments on
    /// the same lines; and laying out twice is laying out once.
    @Test(arguments: paths)
    func anyLayoutSaysTheSame(path: String) throws {
        let root = try #require(try Syntax.root(of: example(path)))
        var seen = 0
        for seed in 1...(ProcessInfo.processInfo.environment["INTERLOCK_LONG_TESTS"] == "1" ? 300 : 40) {
            var layout = RandomLayout(seed: UInt64(seed))
            let text = layout.text(root)
            let laid = try laidOut(text)
            let (before, after) = (
                try Yams.compose(yaml: text.replacing("\u{FEFF}", with: ""), .basic),
                try Yams.compose(yaml: laid, .basic)
            )
            #expect(before != nil && before == after, "seed \(seed)")
            #expect(comments(text) == comments(laid), "seed \(seed)")
            #expect(try laidOut(laid) == laid, "seed \(seed)")
            seen += comments(laid).count
        }
        #expect(seen > 400)
    }

    @Test(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
    func whatIsSignedStaysTheSame() throws {
        let root = try #require(try Syntax.root(of: example("northwind/agreement.yaml")))
        let signed = try Northwind.agreement().signedDigestInput
        for seed in UInt64(1)...20 {
            var layout = RandomLayout(seed: seed)
            let text = layout.text(root)
            #expect(try Northwind.agreement(text).signedDigestInput == signed, "seed \(seed)")
            #expect(try Northwind.agreement(laidOut(text)).signedDigestInput == signed, "seed \(seed)")
        }
    }

    /// Each comment with what stands before it on its line.
    private func comments(_ text: String) -> [String] {
        text.split { $0 == "\n" || $0 == "\r\n" }.filter { $0.contains("#c") }.map {
            String($0.filter { $0 != " " && $0 != "\u{FEFF}" })
        }
    }

    /// Pieces of YAML in any order: where they are a file at all, laying out changes nothing and ends.
    @Test func anythingThatCanBeReadCanBeLaidOut() throws {
        let pieces = [
            "a", "b: ", "c:\n", "- ", "\n", "\n  ", "\n ", "'x'", "\"y\"", "x'y", "z z", "|\n  t", ">-\n ", "|1\n ",
            "# k", " # l",
            ", ", ": ", "[", "]", "{", "}", "\n    ", "\n\n", "d: 1\n", "  e: [1, 2]\n", "- f\n", "|+\n  u\n\n",
        ]
        var random = SeededGenerator(state: 7)
        var (laid, refused) = (0, 0)
        for _ in 0..<40_000 {
            let text = (0..<Int.random(in: 2...9, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
            let source = SourceText(file: "x", bytes: Array(text.utf8))
            guard let root = try? Syntax.root(of: source), root.isOrdinary else { continue }
            do throws(YAMLGuard.Refusal) {
                let once = try FormattedText(source).bytes
                laid += 1
                let twice = try FormattedText(SourceText(file: "x", bytes: once)).bytes
                #expect(once == twice, "\(text.debugDescription)")
            } catch {
                refused += 1
                Issue.record("\(text.debugDescription): \(error)")
            }
        }
        #expect(laid > 3000 && refused == 0)
    }
}

extension Syntax {
    /// Keys are texts, as in every agreement.
    fileprivate var isOrdinary: Bool {
        switch content {
        case .text: true
        case .list(let members): members.allSatisfy(\.isOrdinary)
        case .mapping(let entries): entries.allSatisfy { $0.keySyntax.text != nil && $0.value.isOrdinary }
        }
    }
}
