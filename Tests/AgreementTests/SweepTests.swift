import Engine
import Testing
import Vocabulary

@testable import Agreement

/// A number of a condition, tried with other values.
@Suite struct SweepTests {
    @Test(arguments: [
        ("a.b:engagement=40..80/10", ["40", "50", "60", "70", "80"]),
        ("a.b:engagement=40..80", ["40", "45", "50", "55", "60", "65", "70", "75", "80"]),
        ("a.b: engagement = 0.5..2/0.5 ", ["0.5", "1", "1.5", "2"]),
        ("a.b:pricing_visit=1..3", ["1", "2", "3"]),
        ("a.b:fit=-10..10/10", ["-10", "0", "10"]),
        ("a.b:fit=1..2/5", ["1"]),
    ])
    func aRangeIsRead(text: String, values: [String]) throws {
        let range = try SweepRange(text: text)
        #expect(range.address == "a.b" && range.values.map(\.description) == values)
    }

    @Test(arguments: [
        ("engagement=40..80", SweepRangeError.malformed), ("a.b:engagement", .malformed), ("a.b:=1..2", .malformed),
        ("a.b:engagement=40", .malformed), ("a.b:engagement=40..80/10/2", .malformed),
        ("a.b:engagement=x..80", .notANumber("x")), ("a.b:engagement=80..40", .emptyRange),
        ("a.b:engagement=40..80/0", .noStep), ("a.b:engagement=1..1000/1", .tooMany(1000)), ("", .malformed),
        ("a.b:engagement=..80", .notANumber("")), ("a.b:engagement=40..", .notANumber("")),
    ])
    func aWrongRangeIsRefusedWithAReason(text: String, error: SweepRangeError) {
        #expect(throws: error) { try SweepRange(text: text) }
        #expect(!error.description.isEmpty)
    }

    @Test func whatTheDraftSaysStandsAmongTheValues() throws {
        let range = try SweepRange(text: "a.b:engagement=40..80/20")
        #expect(range.values(with: Number(50)).map(\.description) == ["40", "50", "60", "80"])
        #expect(range.values(with: Number(60)) == range.values)
        #expect(range.values(with: Number(30)) == range.values && range.values(with: Number(90)) == range.values)
    }

    @Test func theNumberIsReplacedInTheAgreementAndNowhereElse() throws {
        let agreement = try #require(try readExample("northwind/agreement.yaml").agreement)
        let number = try SweptNumber("engagement", at: "stages.mql.enter", in: agreement)
        #expect(number.present == Number(50) && !number.isCount)
        let changed = number.agreement(with: Number(mantissa: 425, scale: 1))
        #expect(
            changed.stage(named: "mql")?.enter.otherwise.value.text
                == "(engagement >= 42.5 and grade in (A, B)) or demo_request within 7 days")
        let diff = AgreementDiff(from: agreement, to: changed)
        #expect(diff.changes.map(\.address) == ["stages.mql.enter"])
        #expect(changed.digest != agreement.digest)
        #expect(number.agreement(with: Number(50)).digest == agreement.digest)
        #expect(compile(number.agreement(with: Number(50))) == compile(agreement))
    }

    @Test func returnsAndCountsCanBeSweptToo() throws {
        let agreement = try #require(try readExample("northwind/agreement.yaml").agreement)
        let returns = try SweptNumber("engagement", at: "detours.nurture.returns", in: agreement)
        #expect(returns.agreement(with: Number(70)).detours[0].returns?.otherwise.value.text == "engagement >= 70")
        let demo = try SweptNumber("demo_request", at: "detours.nurture.always_returns", in: agreement)
        #expect(demo.isCount && demo.present == Number(1))
        #expect(
            demo.agreement(with: Number(2)).detours[0].alwaysReturns?.value.text == "demo_request at least 2 times")
    }

    @Test func whatIsNotThereIsRefusedWithWhatThereIs() throws {
        let agreement = try #require(try readExample("northwind/agreement.yaml").agreement)
        #expect {
            try SweptNumber("engagement", at: "stages.mq.enter", in: agreement)
        } throws: { error in
            guard case .noCondition("stages.mq.enter", let all)? = error as? SweepProblem else { return false }
            return all.contains("stages.mql.enter") && all.contains("detours.nurture.returns")
        }
        #expect(
            throws: SweepProblem.noNumber(
                "fit", among: ["engagement", "demo_request"],
                in: "(engagement >= 50 and grade in (A, B)) or demo_request within 7 days")
        ) { try SweptNumber("fit", at: "stages.mql.enter", in: agreement) }
        let twice = try #require(
            read(namesYAML.replacing("enter: engagement >= 50", with: "enter: engagement >= 50 or engagement < 3"))
                .agreement)
        #expect(throws: SweepProblem.severalNumbers("engagement", in: "engagement >= 50 or engagement < 3")) {
            try SweptNumber("engagement", at: "stages.mql.enter", in: twice)
        }
    }
}
