import Foundation
import Journal
import JournalContract
import Testing
import Vocabulary

struct FactSchemaTests {
    private static let cases: [(String, Fact, [FactProblem])] = [
        ("a visit", fact(.activity, name: "page_view"), []),
        ("an activity without a name", fact(.activity), [.noName(.activity)]),
        ("an activity of nobody", fact(.activity, name: "x", persons: []), [.concernsNobody(.activity)]),
        ("an open kind with more", fact(.activity, name: "x", [Property("more", .flag(true))]), []),
        ("a touch of an account", fact(.touch, persons: [], accounts: true, touch), []),
        ("a touch of nobody", fact(.touch, persons: [], touch), [.concernsNobody(.touch)]),
        (
            "a touch that says nothing", fact(.touch),
            [.missing(property: "channel", .touch), .missing(property: "direction", .touch)]
        ),
        (
            "a touch by pigeon",
            fact(.touch, [Property("channel", .text("pigeon")), Property("direction", .text("inward"))]),
            [
                .misshapen(
                    property: "channel", .touch, wants: "one of call, email, meeting, chat, social, letter, other")
            ]
        ),
        (
            "a closed kind with more", fact(.accepted, [Property("more", .flag(true))]),
            [.unexpected(property: "more", .accepted)]
        ),
        (
            "a mark in words", fact(.accepted, [Property("mark", .text("good"))]),
            [.misshapen(property: "mark", .accepted, wants: "a number")]
        ),
        ("a property cleared", fact(.accepted, [Property("mark", .cleared)]), []),
        ("a personal text where a text may be", fact(.rejected, [Property("note", .personal(.known("Ann left")))]), []),
        (
            "a deal worth a number", fact(.dealWon, [Property("amount", .number(Number(5)))]),
            [.misshapen(property: "amount", .dealWon, wants: "an amount of money")]
        ),
        (
            "a list of nobody",
            fact(.counted, persons: [], [Property("records", .number(Number(5))), Property("digest", .text("ab"))]), []
        ),
        (
            "an identifier without a value", fact(.activity, name: "x", persons: [.email("")]),
            [.unreadableIdentifier("email:")]
        ),
        (
            "a record without its namespace", fact(.activity, name: "x", persons: [Identifier(.record, "7")]),
            [.unreadableIdentifier("record:7")]
        ),
    ]

    @Test(arguments: cases)
    func everyProblemIsFound(_ what: String, _ fact: Fact, _ problems: [FactProblem]) {
        #expect(fact.problems == problems, "\(what)")
    }

    @Test func keysAndTimesAreChecked() {
        var broken = fact(.activity, name: "x")
        broken.key = FactKey(source: "", object: "a\u{1F}b", id: "7\n", aspect: "")
        broken.occurred = Instant(milliseconds: .min)
        broken.recorded = Instant(milliseconds: Instant.latest.milliseconds + 1)
        #expect(
            broken.problems == [
                .emptyKey("source"), .controlCharacter("object"), .controlCharacter("id"), .outOfRange("occurred"),
                .outOfRange("recorded"),
            ])
    }

    @Test func timesInPropertiesAreChecked() {
        let values: [Value] = [.instant(Instant(milliseconds: .max)), .date(CivilDate(daysSinceEpoch: .max))]
        for value in values {
            let problems = fact(.activity, name: "x", [Property("at", value)]).problems
            #expect(problems == [.outOfRange("at")])
        }
    }

    @Test func everyProblemIsAFullClauseForPeople() {
        let problems: [FactProblem] = [
            .noName(.company), .concernsNobody(.heard), .missing(property: "note", .heard),
            .unexpected(property: "note", .heard), .misshapen(property: "note", .heard, wants: "text"),
            .outOfRange("known"), .emptyKey("id"), .controlCharacter("id"), .unreadableIdentifier("email:"),
        ]
        #expect(Set(problems.map(\.sentence)).count == problems.count)
        #expect(
            FactProblem.noName(.company).sentence
                == "a fact of kind “company” must say what is stated: roster, quota, absence, target, rate")
    }

    @Test func wordsOfKindsAreTheirOwnAndReadBack() {
        #expect(Set(FactKind.allCases.map(\.word)).count == FactKind.allCases.count)
        for kind in FactKind.allCases { #expect(FactKind(word: kind.word) == kind) }
        #expect(FactKind(word: "sneezed") == nil)
        #expect(Set(FactKind.allCases.map(\.family)).count == Family.allCases.count)
    }

    @Test func everyOlderFormCanBeLifted() {
        #expect(Upcasting.standard.gaps().isEmpty)
        let doubling = Upcasting(
            steps: [.heard: [1: { $0 + [Property("a", .flag(true))] }, 2: { $0 + [Property("b", .flag(true))] }]],
            current: { $0 == .heard ? 3 : 1 })
        #expect(doubling.gaps().isEmpty)
        let lifted = doubling.lift(fact(.heard, [Property("note", .text("x"))]))
        #expect(lifted.version == 3 && lifted.properties.map(\.name) == ["a", "b", "note"])
        #expect(Upcasting(steps: [.heard: [2: { $0 }]], current: { $0 == .heard ? 3 : 1 }).gaps().map(\.version) == [1])
    }

    /// `RECORD_GOLDEN=1 swift test --filter JournalTests`; the difference in the file is the review.
    @Test func theDocumentationSaysWhatTheSchemasSay() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs/facts.md")
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(FactReference.text.utf8).write(to: file)
        }
        let written = try String(contentsOf: file, encoding: .utf8)
        #expect(written == FactReference.text, "docs/facts.md is behind: RECORD_GOLDEN=1 records it")
    }
}

private let touch = [Property("channel", .text("call")), Property("direction", .text("outward"))]

private func fact(
    _ kind: FactKind, name: String = "", persons: [Identifier] = [.email("ann@acme.example")], accounts: Bool = false,
    _ properties: [Property] = []
) -> Fact {
    Fact(
        key: FactKey(source: "crm", object: "thing", id: "1"), kind: kind, name: name, occurred: Example.hour(0),
        recorded: Example.hour(0), persons: persons, accounts: accounts ? [Identifier(.domain, "acme.example")] : [],
        properties: properties)
}
