import Findings
import Intake
import Journal
import Testing
import Vocabulary

/// Everything that can be wrong with a mapping, with a row, and everything that is noticed: each code has a case that
/// brings it about, and a code without a case fails the test.
@Suite struct MappingProblemTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var code: MappingProblem.Code
        var mapping: String
        var file = "id,at,who,kind\n1,2026-01-05,p,a\n"
        /// What of the finding must be said: the excerpt's clause, the name that was meant.
        var says: String

        var testDescription: String { "\(code.rawValue): \(says)" }
    }

    private static let head = "mapping: 1\nsource: crm\n"
    private static let fact = "facts: [{fact: activity, object: visit, name: {is: v}, id: id, at: at, person: who"

    static let cases: [Case] = [
        Case(code: .badClause, mapping: "", says: "empty"),
        Case(code: .badClause, mapping: "facts: []\n", says: "mapping: 1"),
        Case(code: .badClause, mapping: head + "fcts: []\n" + fact + "}]", says: "facts"),
        Case(code: .badClause, mapping: head + "facts: [{fact: actvity, id: id, at: at}]", says: "activity"),
        Case(code: .badClause, mapping: head + "facts: {}", says: "list"),
        Case(code: .badClause, mapping: head + fact + "}]\nas_of: yesterday", says: "2026-02-02"),
        Case(code: .badClause, mapping: head + fact + "}]\ncurrency: EURO", says: "ISO 4217"),
        Case(code: .badClause, mapping: head + "joins: {a: {on: id}}\n" + fact + "}]", says: "file"),
        Case(code: .badClause, mapping: head + "columns: {a: {as: nmber}}\n" + fact + "}]", says: "number"),
        Case(code: .columnNotInFile, mapping: head + fact + ", with: [knd]}]", says: "Did you mean “kind”?"),
        Case(
            code: .joinColumn,
            mapping: head + "columns: {team: {named: team, join: teams}}\n" + fact + ", with: [team]}]", says: "teams"),
        Case(
            code: .unknownProperty,
            mapping: head + "facts: [{fact: merged, object: lead, id: id, since: at, person: who, with: [kind]}]",
            says: "It has: by"),
        Case(
            code: .missingProperty,
            mapping: head + "facts: [{fact: touch, object: t, id: id, at: at, person: who, with: {channel: kind}}]",
            says: "direction"),
        Case(
            code: .wrongType,
            mapping: head + "facts: [{fact: deal won, object: d, id: id, at: at, with: {amount: kind}}]", says: "money"),
        Case(
            code: .wrongType,
            mapping: head
                + "facts: [{fact: touch, object: t, id: id, at: at, person: who, with: {channel: {is: smoke}, direction: {is: outward}}}]",
            says: "call"),
        Case(code: .badFormat, mapping: head + "times: [yyy-MM]\n" + fact + "}]", says: "time format"),
        Case(code: .unknownZone, mapping: head + "zone: Europe/Berln\n" + fact + "}]", says: "IANA"),
        Case(code: .noAsOf, mapping: head + "facts: [{fact: observed, object: lead, id: id}]", says: "--as-of"),
        Case(
            code: .namesNobody, mapping: head + "facts: [{fact: activity, object: v, name: {is: v}, id: id, at: at}]",
            says: "person"),
        Case(
            code: .noName, mapping: head + "facts: [{fact: activity, object: v, id: id, at: at, person: who}]",
            says: "which activity"),
        Case(
            code: .sameKey,
            mapping: head + fact + "}, {fact: activity, object: visit, name: {is: w}, id: id, at: at, person: who}]",
            says: "aspect"),
        Case(code: .notYAML, mapping: head + "facts: [\n", says: "YAML"),
        Case(code: .duplicateKey, mapping: head + "zone: UTC\nzone: UTC\n" + fact + "}]", says: "zone"),
        Case(code: .unsupportedYAML, mapping: head + "a: &a [x, x]\nb: *a\n", says: "Anchors"),
        Case(code: .tooDeep, mapping: head + "facts: " + String(repeating: "[", count: 100_000), says: "64 levels"),
        Case(code: .notText, mapping: head + "facts: \u{7}", says: "0x07"),
        Case(code: .tooLarge, mapping: head + String(repeating: "# a comment\n", count: 400_000), says: "4 MB"),
    ]

    @Test(arguments: cases) func eachProblem(_ example: Case) throws {
        let problems = try #require(throws: MappingProblems.self) {
            var pipeline = Pipeline(try MappingText(example.mapping).mapping)
            pipeline.asOf = nil
            try pipeline.run(example.file)
        }
        #expect(problems.problems.contains { $0.code == example.code }, "\(problems.problems)")
        var located = problems
        if located.positions.isEmpty { located.positions = try MappingText(example.mapping).positions }
        let findings = located.findings(in: SourceText(file: "m.yaml", bytes: Array(example.mapping.utf8)))
        let text = findings.map(\.text).joined()
        #expect(text.contains(example.says), "\(text.prefix(400))")
        #expect(text.hasPrefix("Error: m.yaml:"))
        for finding in findings { #expect(finding.cause.hasSuffix(".") && !finding.remedy.isEmpty) }
    }

    @Test func everyCodeHasACase() {
        #expect(Set(Self.cases.map(\.code)) == Set(MappingProblem.Code.allCases))
    }

    @Test func theCaretStandsUnderTheClause() throws {
        let mapping =
            Self.head + "facts:\n  - fact: activity\n    id: id\n    at: at\n    person: who\n    name: {is: v}\n"
            + "    with: [kidn]\n"
        let problems = try #require(throws: MappingProblems.self) {
            try Pipeline(try MappingText(mapping).mapping).run("id,at,who,kind\n")
        }
        var located = problems
        located.positions = try MappingText(mapping).positions
        let text = try #require(located.findings(in: SourceText(file: "m.yaml", bytes: Array(mapping.utf8))).first).text
        #expect(
            text == """
                Error: m.yaml:9:11: column-not-in-file
                9 |     with: [kidn]
                  |           ^
                The file has no column “kidn”.
                Did you mean “kind”? If files may lack it, say so: `columns: {kidn: {named: kidn, optional: yes}}`.

                """)
    }

    @Test func aMissingColumnIsToldOnceWhereItIsDefined() throws {
        let mapping =
            Self.head + "columns:\n  kind: {named: knd}\n" + Self.fact
            + ", with: [kind], when: {kind: known}}]\n"
        let problems = try #require(throws: MappingProblems.self) {
            try Pipeline(try MappingText(mapping).mapping).run("id,at,who,kind\n")
        }
        #expect(problems.problems.map(\.place) == ["columns.kind"])
    }

    /// A megabyte in which every name is an alias bomb, deep or broken in another way: refused quickly, never a crash.
    @Test func hostileTextIsRefused() {
        var random = SplitMix(state: 7)
        let pieces = ["&a ", "*a ", "[", "{", "- ", ": ", "\n", "\"", "'", "|", ">", "#", "? ", "!!x ", "\t", "a", "%"]
        for _ in 0..<2000 {
            let text = (0..<40).map { _ in pieces.randomElement(using: &random)! }.joined()
            #expect(throws: MappingProblems.self) { try MappingText("mapping: 1\n" + text) }
        }
        let bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n"
        #expect(throws: MappingProblems.self) { try MappingText(bomb + "facts: [*c]") }
        #expect(throws: MappingProblems.self) { try MappingText(bytes: [0xFF, 0xFE, 0x00, 0x80]) }
    }
}

@Suite struct MappingFaultTests {
    private static let activity = "facts: [{fact: activity, object: visit, name: {is: v}, id: id, at: at, person: who}]"

    private static let named = """
        columns: {n: {named: n, personal: yes}}
        facts: [{fact: observed, object: visit, id: id, since: at, person: id, with: [n]}]
        """

    /// The code that a reject carries; the mapping's lines; the file.
    static let cases: [(code: String, mapping: String, file: String)] = [
        ("empty-id", activity, "id,at,who\n,2026-01-05,p\n"),
        ("undated", activity, "id,at,who\n1,,p\n"),
        ("nobody", activity, "id,at,who\n1,2026-01-05,\n"),
        ("control-character", activity, "id,at,who\n\"1\u{1F}2\",2026-01-05,p\n"),
        ("key-reused", activity, "id,at,who\n1,2026-01-05,p\n1,2026-01-05,q\n"),
        (
            "no-currency",
            "columns: {a: {named: a, as: money}}\nfacts: [{fact: deal won, object: d, id: id, at: at, with: {amount: a}}]",
            "id,at,a\n1,2026-01-05,5\n"
        ),
        (
            "other-currency",
            "currency: EUR\ncolumns: {a: {named: a, as: money}}\n"
                + "facts: [{fact: deal won, object: d, id: id, at: at, with: {amount: a}}]",
            "id,at,a\n1,2026-01-05,$ 5\n"
        ),
        (
            "missing-value", "facts: [{fact: activity, object: v, name: kind, id: id, at: at, person: who}]",
            "id,at,who,kind\n1,2026-01-05,p,\n"
        ),
        (
            "not-allowed",
            "facts: [{fact: touch, object: t, id: id, at: at, person: who, with: {channel: c, direction: {is: inward}}}]",
            "id,at,who,c\n1,2026-01-05,p,smoke\n"
        ),
        ("erased-person", named, "id,at,n\np,2026-01-05,Ann\n"),
    ]

    @Test(arguments: cases.indices) func eachCause(_ index: Int) throws {
        let example = Self.cases[index]
        let pipeline = Pipeline(try MappingText("mapping: 1\nsource: crm\n" + example.mapping).mapping)
        if example.code == "erased-person" { try erase("p", in: pipeline) }
        let outcome = try pipeline.run(example.file)
        #expect(outcome.rejects.map(\.code) == [example.code])
        #expect(outcome.rejects.first?.reason.hasSuffix(".") == true)
        #expect(outcome.counts.rejected == 1)
    }

    @Test func everyCauseHasACase() {
        #expect(Set(Self.cases.map(\.code)) == Set(MappingFault.Cause.allCases.map(\.rawValue)))
    }

    /// A rejected row leaves nothing behind, though an earlier rule of the same row had made a fact.
    @Test func aRejectedRowLeavesNothing() throws {
        let mapping =
            "mapping: 1\nsource: crm\nfacts: [{fact: observed, object: lead, id: id, since: at}, "
            + "{fact: activity, object: v, name: {is: v}, id: id, at: at, person: who}]"
        let pipeline = Pipeline(try MappingText(mapping).mapping)
        let outcome = try pipeline.run("id,at,who\n1,2026-01-05,\n2,2026-01-05,p\n")
        #expect(outcome.counts.rejected == 1 && outcome.counts.accepted == 1)
        #expect(try pipeline.journal.allFacts().allSatisfy { $0.id == "2" })
    }

    /// There must be something to erase; then nothing of the time before is taken in again.
    private func erase(_ person: String, in pipeline: Pipeline) throws {
        try pipeline.run("id,at,n\n\(person),2026-01-01,Ann\n")
        let subject = Subject(of: .record("crm", "visit", person))
        #expect(try pipeline.journal.erase([subject], at: Instant(milliseconds: 1_790_000_000_000)) == 1)
    }
}

@Suite struct AsOfProblemTests {
    /// Three rules need it; the file lacks it once, and the option that gives it is named.
    @Test func aMissingAsOfIsSaidOnceForTheFile() throws {
        let mapping = try MappingText(try #require(Preset.named("hubspot/deals")).text).mapping
        var pipeline = Pipeline(mapping)
        pipeline.asOf = nil
        let problems = try #require(throws: MappingProblems.self) { try pipeline.run("Record ID,Deal Name\n1,Acme\n") }
        #expect(problems.problems.map(\.code) == [.noAsOf])
        #expect(problems.problems.first?.place == "facts")
        #expect(problems.problems.first?.remedy.contains("--as-of") == true)
        #expect(MappingFault.Cause.noCurrency.remedy.contains("--currency"))
    }
}

@Suite struct NoticeTests {
    private static let visit = "facts: [{fact: activity, object: visit, name: {is: v}, id: id, at: at, person: who"

    struct Case: Sendable {
        var code: Notice.Code
        var column: String
        var value = ""
        var mapping: String
        var file: String
    }

    static let cases: [Case] = [
        Case(
            code: .joinMissed, column: "t", value: "b",
            mapping: "joins: {t: {file: t.csv, on: who, key: k}}\n" + visit + "}]", file: "id,at,who\n1,2026-01-05,b\n"),
        Case(
            code: .joinUnused, column: "t", value: "a",
            mapping: "joins: {t: {file: t.csv, on: who, key: k}}\n" + visit + "}]", file: "id,at,who\n1,2026-01-05,b\n"),
        Case(
            code: .joinAbsent, column: "t", value: "u.csv",
            mapping: "joins: {t: {file: u.csv, on: who, optional: yes}}\n" + visit + "}]",
            file: "id,at,who\n1,2026-01-05,b\n"),
        Case(
            code: .notListed, column: "k", value: "z",
            mapping: "columns: {k: {named: k, as: choice, of: [x, y]}}\n" + visit + ", with: [k]}]",
            file: "id,at,who,k\n1,2026-01-05,p,z\n"),
        Case(
            code: .notAnEmail, column: "m",
            mapping: "columns: {m: {named: m, as: email}}\n" + visit + ", with: [m]}]",
            file: "id,at,who,m\n1,2026-01-05,p,nobody\n"),
        Case(
            code: .notACountry, column: "c", value: "Atlantis",
            mapping: "columns: {c: {named: c, as: country}}\n" + visit + ", with: [c]}]",
            file: "id,at,who,c\n1,2026-01-05,p,Atlantis\n"),
        Case(
            code: .filledIn, column: "k", value: "none",
            mapping: "columns: {k: {named: k, empty: none}}\n" + visit + ", with: [k]}]",
            file: "id,at,who,k\n1,2026-01-05,p,\n"),
        Case(code: .datedAsOf, column: "at", mapping: visit + ", else: as_of}]", file: "id,at,who\n1,,p\n"),
        Case(
            code: .unclearLocalTime, column: "at", value: "2026-03-29T02:30",
            mapping: "zone: Europe/Berlin\n" + visit + "}]", file: "id,at,who\n1,2026-03-29T02:30,p\n"),
        Case(code: .utcAssumed, column: "at", mapping: visit + "}]", file: "id,at,who\n1,2026-03-29T02:30,p\n"),
        Case(
            code: .utcAssumed, column: "t", mapping: "columns: {t: {named: t, as: time}}\n" + visit + ", with: [t]}]",
            file: "id,at,who,t\n1,2026-03-29T02:30Z,p,2026-03-29 02:30\n"),
        Case(
            code: .alone, column: "who",
            mapping: "facts: [{fact: deal opened, object: d, id: id, at: at, person: who}]",
            file: "id,at,who\n1,2026-01-05,\n"),
        Case(
            code: .nobody, column: "who", mapping: visit + ", if_nobody: skip}]", file: "id,at,who\n1,2026-01-05,\n"),
        Case(code: .notMapped, column: "extra", mapping: visit + "}]", file: "id,at,who,extra\n1,2026-01-05,p,x\n"),
    ]

    @Test(arguments: cases.indices) func eachNotice(_ index: Int) throws {
        let example = Self.cases[index]
        var pipeline = Pipeline(try MappingText("mapping: 1\nsource: crm\n" + example.mapping).mapping)
        pipeline.beside = { $0 == "t.csv" ? Array("k,team\na,north\n".utf8) : nil }
        let notices = try pipeline.run(example.file).notices
        let notice = Notice(example.code, column: example.column, value: example.value)
        #expect(notices.counts[notice]?.rows == 1, "\(notices.listed.map(\.notice))")
        #expect(!example.code.sentence.isEmpty)
    }

    @Test func everyCodeHasACase() {
        // That a complete list is not whole the import tells, not the mapping.
        #expect(Set(Self.cases.map(\.code)) == Set(Notice.Code.allCases).subtracting([.listNotWhole]))
    }

    /// A zone in the time, in the column or in the mapping is a zone; moments counted from an epoch need none.
    @Test(arguments: [
        ("", "2026-03-29T02:30", 1), ("", "2026-03-29", 1), ("", "2026-03-29T02:30Z", 0),
        ("", "2026-03-29T02:30+02:00", 0), ("times: [epoch seconds]\n", "1767225600", 0),
        ("zone: UTC\n", "2026-03-29T02:30", 0), ("columns: {at: {named: at, zone: UTC}}\n", "2026-03-29T02:30", 0),
    ])
    func aTimeWithoutAnyZoneIsTold(_ clause: String, _ written: String, _ rows: Int) throws {
        let mapping = try MappingText("mapping: 1\nsource: crm\n" + clause + Self.visit + "}]").mapping
        let notices = try Pipeline(mapping).run("id,at,who\n1,\(written),p\n").notices
        #expect((notices.counts[Notice(.utcAssumed, column: "at")]?.rows ?? 0) == rows)
    }

    @Test func differentValuesAreBounded() throws {
        let mapping =
            "mapping: 1\nsource: crm\ncolumns: {k: {named: k, as: choice, of: [x]}}\n" + Self.visit + ", with: [k]}]"
        let rows = (0..<5000).map { "\($0),2026-01-05,p,value \($0)" }.joined(separator: "\n")
        let notices = try Pipeline(MappingText(mapping + "\nzone: UTC").mapping).run("id,at,who,k\n" + rows).notices
        #expect(notices.counts.count == Notices.valuesPerColumn + 1)
        #expect(notices.counts[Notice(.notListed, column: "k")]?.rows == 5000 - Notices.valuesPerColumn)
    }

    @Test func personalValuesAreNotTold() throws {
        let mapping =
            "mapping: 1\nsource: crm\ncolumns: {c: {named: c, as: country, personal: yes}}\n" + Self.visit
            + ", with: [c]}]"
        let notices = try Pipeline(MappingText(mapping).mapping).run("id,at,who,c\n1,2026-01-05,p,Ann\n").notices
        #expect(notices.counts[Notice(.notACountry, column: "c")]?.rows == 1)
        #expect(notices.listed.allSatisfy { $0.notice.value != "Ann" })
    }
}

@Suite struct MappingLawTests {
    private static let everything = """
        mapping: 1
        source: crm
        currency: EUR
        times: [iso8601, d.M.yyyy, epoch seconds]
        zone: Europe/Berlin
        columns:
          mail: {named: a, as: email}
          amount: {named: b, as: money}
          when: {named: c, as: time}
          items: {named: d, as: list, separator: ";"}
          choice: {named: e, as: choice, of: [x, y], aliases: {z: x}, empty: y}
          land: {named: f, as: country}
          yes: {named: e, as: flag}
        facts:
          - {fact: observed, object: lead, id: a, since: c, person: {email: mail, record: b}, with: [mail, amount, land, choice]}
          - {fact: activity, object: visit, name: choice, id: row, at: c, if_nobody: skip, person: {email: mail}, with: [land]}
          - {fact: merged, object: lead, id: each, each: items, since: c, keep: changes, person: {record: [b, each]}}
          - {fact: deal won, object: deal, id: [a, b], at: c, since: c, when: {d: known}, with: [amount], rest: keep}
        """

    /// Rows of anything never bring the mapper down: each becomes facts, is filtered, or is rejected with a code.
    @Test func tenThousandRowsOfAnything() throws {
        var random = SplitMix(state: 2026)
        let rows = (0..<10_000).map { _ in (0..<6).map { field($0, &random) }.joined(separator: ",") }
        let pipeline = Pipeline(try MappingText(Self.everything).mapping)
        let outcome = try pipeline.run("a,b,c,d,e,f\n" + rows.joined(separator: "\n") + "\n")
        #expect(outcome.counts.rows + outcome.counts.blank + outcome.counts.footer == 10_000)
        #expect(outcome.rejects.allSatisfy { !$0.code.isEmpty && !$0.reason.isEmpty })
        #expect(outcome.counts.accepted > 100)
        let bound = 6 * Notice.Code.allCases.count * (Notices.valuesPerColumn + 1)
        #expect(outcome.notices.counts.count < bound)
        for stored in try pipeline.journal.allFacts() { _ = try stored.asWritten { _ in "" } }
    }

    /// The same rows again change nothing, and give the same rejects.
    @Test func againChangesNothing() throws {
        var random = SplitMix(state: 11)
        let rows = (0..<1000).map { _ in (0..<6).map { field($0, &random) }.joined(separator: ",") }
        let file = "a,b,c,d,e,f\n" + rows.joined(separator: "\n") + "\n"
        let pipeline = Pipeline(try MappingText(Self.everything).mapping)
        let first = try pipeline.run(file)
        let head = try pipeline.journal.head()
        let second = try pipeline.run(file)
        #expect(try pipeline.journal.head() == head)
        #expect(second.counts.factsAdded == 0)
        #expect(second.rejects.map(\.line) == first.rejects.map(\.line))
    }

    /// Mostly what the column may hold, so that rules are applied, and else anything.
    private func field(_ column: Int, _ random: inout SplitMix) -> String {
        let fitting = [
            ["ann@acme.example", "bob@acme.example", "l1"], ["€ 12.50", "7", "1,200.00"],
            ["2026-01-05", "5.1.2026", "1767225600"],
            ["a;b", "", "c"], ["true", "no", "1"], ["Germany", "FR", "Atlantis"],
        ][column]
        if Int.random(in: 0..<10, using: &random) > 0 {
            let value = fitting.randomElement(using: &random)!
            return value.contains(",") ? "\"\(value)\"" : value
        }
        let words = [
            "", " ", "ann@acme.example", "€ 12.50", "12,5", "2026-01-05", "5.1.2026", "1767225600", "x", "z", "Germany",
            "a;b;;a", "[1,2]", "=1+1", "💥", "\"quo\"\"ted\"", "\"a,b\"", "0", "-", "9999-12-31", "null", "\u{1}",
            "true",
        ]
        return words.randomElement(using: &random)!
    }
}
