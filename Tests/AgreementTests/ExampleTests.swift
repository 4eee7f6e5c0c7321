import Engine
import Findings
import Foundation
import Testing

@testable import Agreement

@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct ExampleTests {
    static let all = [
        "northwind/agreement.yaml", "waterfall/agreement.yaml", "orders/mql-sal-sql.yaml", "orders/mql-sql-sal.yaml",
    ]

    @Test(arguments: all)
    func readsWithoutAFindingAndCompiles(path: String) throws {
        let reading = try readExample(path)
        #expect(reading.findings.map(\.text) == [])
        let agreement = try #require(reading.agreement)
        let program = compile(agreement)
        #expect(program.stages.count == agreement.stages.count)
        #expect(program == compile(agreement))
    }

    @Test(arguments: all)
    func everyClauseHasAnAddressOfItsOwn(path: String) throws {
        let clauses = try #require(try readExample(path).agreement).clauses
        #expect(clauses.count > 20)
        let repeated = Dictionary(grouping: clauses, by: \.address).filter { $1.count > 1 }.keys.sorted()
        #expect(repeated == [])
    }

    /// Every operation of every condition of every example stays within its program, and jumps go forward.
    @Test(arguments: all)
    func operationsAreWellFormed(path: String) throws {
        let program = compile(try #require(try readExample(path).agreement))
        for (index, operation) in program.operations.enumerated() {
            switch operation {
            case .jumpIf(let end), .jumpUnless(let end):
                #expect(Int(end) > index && Int(end) <= program.operations.count)
            case .isOneOf(let set): #expect(program.sets.indices.contains(Int(set)))
            case .matches(let pattern): #expect(program.patterns.indices.contains(Int(pattern)))
            case .happened(let happening, _, _): #expect(program.happenings.indices.contains(Int(happening)))
            case .field(let field): #expect(program.fields.indices.contains(Int(field)))
            default: break
            }
        }
    }

    @Test func theWaterfallHasTwoHandOversInItsOwnOrder() throws {
        let agreement = try #require(try readExample("waterfall/agreement.yaml").agreement)
        #expect(agreement.stages.map(\.name) == ["inquiry", "aql", "tql", "sql", "won"])
        #expect(agreement.stages.compactMap { $0.handOver?.value } == [.team("telequalification"), .side(.sales)])
        #expect(
            agreement.promises.sales.respond.map(\.address) == [
                "promises.sales.respond.aql", "promises.sales.respond.tql",
            ])
        #expect(compile(agreement).clocks.count == 5)
    }

    @Test func aClauseMayDifferBySegment() throws {
        let agreement = try #require(try readExample("orders/mql-sal-sql.yaml").agreement)
        let enter = try #require(agreement.stage(named: "mql")).enter
        #expect(enter.cases.map(\.condition.value.text) == ["country in (GB, IE)"])
        #expect(enter.cases.map(\.clause.address) == ["stages.mql.enter.1.is"])
        #expect(enter.otherwise.address == "stages.mql.enter.otherwise")
        #expect(enter.otherwise.value.text == "engagement >= 55 or quote_request within 3 days")
    }

    /// `RECORD_GOLDEN=1` records it anew; the diff is the review.
    @Test func theProgramOfTheWaterfallIsKnown() throws {
        let program = compile(try #require(try readExample("waterfall/agreement.yaml").agreement))
        let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/waterfall-program.txt")
        let text = program.listing
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
            try Data(text.utf8).write(to: golden)
        }
        #expect(try text == String(contentsOf: golden, encoding: .utf8))
    }
}

extension Program {
    /// Everything conditions run on, line by line.
    fileprivate var listing: String {
        var lines = names.enumerated().map { "name \($0.offset): \($0.element)" }
        lines += sets.enumerated().map { "set \($0.offset): \($0.element)" }
        lines += patterns.enumerated().map { "pattern \($0.offset): \($0.element.pieces)" }
        lines += happenings.enumerated().map { "happening \($0.offset): \($0.element)".replacing("Engine.", with: "") }
        lines += operations.enumerated().map { "\($0.offset): \($0.element)".replacing("Engine.", with: "") }
        lines += stages.map { "stage \(names[Int($0.name)]): \($0.enter.otherwise.operations)" }
        lines += detours.map { "detour \(names[Int($0.name)]): \($0.enters.otherwise.operations) from \($0.from)" }
        lines += clocks.map { "clock \($0.promise): stage \($0.stage) within \($0.within)" }
        return lines.joined(separator: "\n") + "\n"
    }
}

@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct DigestTests {
    private static let base = """
        company: N
        fields: {email: {type: email}, country: {type: country}}
        stages:
          lead: {side: marketing, enter: email is known}
          mql: {side: marketing, enter: "country in (DE, AT)"}
        targets: {accounts: targets.csv}

        """

    private func digest(_ yaml: String, targets: String = "domain\na.example\n") throws -> [UInt8] {
        let reading = read(yaml, ["targets.csv": targets, "others.csv": targets])
        #expect(reading.findings.map(\.text) == [])
        return try #require(reading.agreement).signedDigestInput
    }

    private func changed(_ old: String, _ new: String) -> String { Self.base.replacing(old, with: new) }

    @Test(arguments: [
        ("a comment", "company: N", "company: N  # ours", true),
        (
            "the order of keys", "{side: marketing, enter: email is known}", "{enter: email is known, side: marketing}",
            true
        ),
        ("spaces and case of keywords", "email is known", "email  IS  known", true),
        ("a default written out", "company: N", "company: N\nwork_order: due first, then score", true),
        ("another name of an included file", "targets.csv", "others.csv", true),
        ("the company", "company: N", "company: M", false),
        ("a country less", "(DE, AT)", "(DE)", false),
        ("something else than the default", "company: N", "company: N\nwork_order: age first", false),
        ("a stage's name", "lead:", "contact:", false),
        ("delegating", "company: N", "company: N\ndelegated: {targets: sales}", false),
    ])
    func saysWhatIsSaidAndNothingElse(what: String, old: String, new: String, isSame: Bool) throws {
        #expect(try (digest(changed(old, new)) == digest(Self.base)) == isSame, "\(what)")
    }

    @Test func theOrderOfStagesCounts() throws {
        let stages = Self.base.split(separator: "\n", omittingEmptySubsequences: false)
        let swapped = (stages[..<3] + [stages[4], stages[3]] + stages[5...]).joined(separator: "\n")
        #expect(try digest(swapped) != digest(Self.base))
    }

    @Test func aDelegatedListMayChangeAndAnOtherMayNot() throws {
        let delegated = changed("company: N", "company: N\ndelegated: {targets: sales}")
        let other = "domain\nb.example\n"
        #expect(try digest(delegated) == digest(delegated, targets: other))
        #expect(try digest(Self.base) != digest(Self.base, targets: other))
    }
}
