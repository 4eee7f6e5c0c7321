import Findings
import Testing
import Vocabulary

@testable import Agreement

/// Variants of checks beyond the file that shows each: what the agreement says, and the lines on which something is found.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct WiderCheckTests {
    private static let start = """
        company: N
        fields: {email: {type: email}, size: {type: integer}}
        verdicts: {silence: {after: 2 business days, means: rejected}}
        stages:
          lead: {side: marketing, enter: email is known}
          mql: {side: marketing, enter: size > 50 and meeting booked, hand_over: RECEIVER}
          sal: {side: sales, enter: accepted}
          customer: {side: sales, enter: deal won}
        deals: {pipelines: {new: {open: [Open], won: [Won], lost: [Lost]}}}

        """

    private func found(
        _ code: String, _ rest: String, receiver: String = "sales", files: [String: String] = [:]
    ) throws -> [Int] {
        let yaml = Self.start.replacing("RECEIVER", with: receiver) + rest + "\n"
        let text = SourceText(file: "agreement.yaml", bytes: Array(yaml.utf8))
        let reading = readAgreement(text, in: surroundings(files))
        let agreement = try #require(reading.agreement, "\(reading.findings.map(\.text))")
        let today = try #require(CivilDate(year: 2026, month: 2, day: 2))
        return checkAgreement(agreement, in: text, today: today).filter { $0.code.name == code }.map {
            $0.place.line - 9
        }
    }

    private static func team(_ reps: String...) -> String {
        "teams: {dach: {reps: [\(reps.joined(separator: ", "))]}}\n"
    }

    @Test(arguments: [
        ("enough", team("{email: a@n.example, capacity: 60 per month}"), "mql: 60 per month", []),
        ("one too few", team("{email: a@n.example, capacity: 60 per month}"), "mql: 61 per month", [2]),
        ("without limit", team("{email: a@n.example}"), "mql: 61 per month", []),
        ("nobody yet", "teams: {dach: {reps: []}}\n", "mql: 61 per month", []),
        (
            "gone in autumn", team("{email: a@n.example, capacity: 60 per month, until: 2026-10-01}"),
            "mql: 60 per month", [2]
        ),
        (
            "gone after a year", team("{email: a@n.example, capacity: 60 per month, until: 2027-03-01}"),
            "mql: 60 per month", []
        ),
        (
            "ramp", team("{email: a@n.example, capacity: 60 per month, since: 2026-02-01, ramp: {month 1: 50%}}"),
            "mql: 60 per month", [2]
        ),
        (
            "ramp over", team("{email: a@n.example, capacity: 60 per month, since: 2025-12-01, ramp: {month 1: 50%}}"),
            "mql: 60 per month", []
        ),
        ("from plan", team("{email: a@n.example, capacity: 60 per month}"), "mql: from plan", [2]),
        (
            "for each rep",
            team("{email: a@n.example, capacity: 60 per month}", "{email: b@n.example, capacity: 30 per month}"),
            "mql: 40 per month, each: rep", [2]
        ),
        (
            "for each team",
            team("{email: a@n.example, capacity: 60 per month}", "{email: b@n.example, capacity: 30 per month}"),
            "mql: 90 per month, each: team", []
        ),
        (
            "by weight",
            team(
                "{email: a@n.example, capacity: 60 per month, weight: 3}",
                "{email: b@n.example, capacity: 60 per month}"),
            "mql: 100 per month", [1]
        ),
    ])
    func capacityCountsWhoIsThere(what: String, teams: String, deliver: String, lines: [Int]) throws {
        let rest =
            teams + "promises: {marketing: {deliver: {\(deliver)}}}\n"
            + "plan: {visitors: 10000 per month, visitor_to_lead: 10%, lead_to_mql: 10%}"
        #expect(try found("capacity-below-volume", rest) == lines, "\(what)")
    }

    @Test func aTeamOfItsOwnIsCountedAlone() throws {
        let rest = """
            promises: {marketing: {deliver: {mql: 70 per month}}}
            teams:
              dach: {reps: [{email: a@n.example, capacity: 60 per month}]}
              rest: {reps: [{email: b@n.example, capacity: 60 per month}]}
            """
        #expect(try found("capacity-below-volume", rest) == [])
        #expect(try found("capacity-below-volume", rest, receiver: "team dach") == [1])
    }

    @Test(arguments: [
        ("mission: {marketing: create_revenue}", [1]),
        ("mission: {marketing: create_revenue}\npromises: {marketing: {deliver: {customer: 5 per month}}}", []),
        ("mission: {marketing: both}\npromises: {marketing: {coverage: {at_least: 3}}}", [1]),
        (
            "mission: {marketing: create_revenue}\npromises: {marketing: {deliver: {customer: 5 per month}, coverage: {at_least: 3}}}",
            [2]
        ),
        ("mission: {marketing: fill_pipeline}\npromises: {marketing: {coverage: {at_least: 3}}}", []),
        ("promises: {marketing: {deliver: {customer: 5 per month}}}", [1]),
        ("mission: {boundaries: [{never: sales call where email is free_mail}]}", []),
        ("mission: {boundaries: [{never: cold calls on Sundays}]}", [1]),
    ])
    func promisesKeepToTheMission(rest: String, lines: [Int]) throws {
        #expect(try found("outside-mission", rest) == lines, "\(rest)")
    }

    @Test(arguments: [
        ("returns: size > 20", [1]), ("returns: size > 60", []), ("returns: size > 20, not_before: 3 days", []),
        ("returns: meeting held", []), ("returns: engagement > 20", []),
    ])
    func aDetourHoldsWhoeverIsRejected(returns: String, lines: [Int]) throws {
        let rest = "detours: {nurture: {side: marketing, enters: recycled, \(returns), to: lead}}"
        let start = Self.start.replacing(
            "means: rejected}", with: "means: rejected}, reject_reasons: {small: nurture}"
        ).replacing("RECEIVER", with: "sales")
        let text = SourceText(file: "agreement.yaml", bytes: Array((start + rest + "\n").utf8))
        let agreement = try #require(readAgreement(text, in: surroundings()).agreement)
        let findings = checkAgreement(agreement, in: text, today: CivilDate(year: 2026, month: 2, day: 2)!)
        #expect(findings.filter { $0.code.name == "reject-reason-astray" }.count == lines.count, "\(returns)")
    }

    @Test(arguments: [
        ("respond: {to: mql, by: [call], within: 1 day}", []),
        ("respond: {to: mql, by: [call], within: 6 days}", [2]),
        ("respond: {to: mql, by: [call], within: 1 day, then: [{after: 6 days, do: reassign}]}", [2]),
        ("decide: {about: mql, within: 6 days}", [2]),
        ("pursue: {touches: 3, channels: [call], over: 6 days}", [2]),
        ("qualify: {from: mql, to: sal, within: 6 days}", [2]),
        ("qualify: {from: sal, to: customer, within: 6 days}", []),
        ("qualify: {from: mql, to: sal, within: 2 days, otherwise: out}, decide: {about: mql, within: 3 days}", [2]),
    ])
    func noClockOutlastsTheTimeInAStage(promise: String, lines: [Int]) throws {
        let rest =
            "detours: {out: {side: sales, from: any, enters: disqualified or time in mql > 5 days}}\npromises: {sales: {\(promise)}}"
        #expect(try found("promise-beyond-timer", rest) == lines, "\(promise)")
    }
}

@Suite struct IncludedQuotaTests {
    private static let agreement = """
        delegated: {quotas: sales}
        quotas: quotas.csv
        teams: {dach: {reps: [{email: a@n.example}, {email: b@N.example, quota: {2026-Q2: 5k EUR}}]}}
        promises: {marketing: {coverage: {at_least: 3}}}
        """

    private func read(_ rows: String...) -> AgreementReading {
        let table = (["rep,period,amount,currency"] + rows).joined(separator: "\n") + "\n"
        return readPart("company: N\n" + Self.agreement + "\n", ["quotas.csv": table])
    }

    @Test func areClausesOfTheirReps() throws {
        let reading = read("a@n.example,2026-Q1,400000,EUR", "b@n.example,2026-Q1,1.5,EUR")
        let agreement = try #require(reading.agreement, "\(reading.findings.map(\.text))")
        let quota = try #require(agreement.clause(at: "teams.dach.reps.a@n.example.quota.2026-Q1"))
        #expect(quota.words == "400k EUR" && quota.standing == .delegated(to: .sales))
        #expect(quota.place.description == "quotas.csv:2:21")
        #expect(agreement.teams[0].reps.map(\.quotas.count) == [1, 2])
        let text = SourceText(file: "agreement.yaml", bytes: [])
        let codes = checkAgreement(agreement, in: text, today: CivilDate(year: 2026, month: 2, day: 2)!).map(
            \.code.name)
        #expect(!codes.contains("rep-without-quota"))
    }

    @Test func whoHasNoneIsFoundUnlessAllAreElsewhere() throws {
        let agreement = try #require(read("b@n.example,2026-Q1,400000,EUR").agreement)
        let text = SourceText(file: "agreement.yaml", bytes: Array(Self.agreement.utf8))
        let today = CivilDate(year: 2026, month: 2, day: 2)!
        let found = checkAgreement(agreement, in: text, today: today).filter { $0.code.name == "rep-without-quota" }
        #expect(found.map(\.cause).map { $0.prefix(12) } == ["a@n.example "])
        let elsewhere = try #require(
            readPart(
                "company: N\n"
                    + Self.agreement.replacing("quotas: quotas.csv\n", with: "").replacing(
                        ", quota: {2026-Q2: 5k EUR}", with: "")
            ).agreement)
        #expect(!checkAgreement(elsewhere, in: text, today: today).contains { $0.code.name == "rep-without-quota" })
    }

    @Test(arguments: [
        ("c@n.example,2026-Q1,400000,EUR", "unknown-name", "quotas.csv:2:1", "Did you mean a@n.example?"),
        ("a@n.example,2026-Q5,400000,EUR", "bad-value", "quotas.csv:2:13", "2026-Q1"),
        ("a@n.example, 2026-Q1,-1,EUR", "bad-amount", "quotas.csv:2:22", "not negative"),
        ("a@n.example,2026-Q1,1,EURO", "bad-amount", "quotas.csv:2:21", "three letters"),
        ("a@n.example,2026-Q1", "bad-include", "quotas.csv:2:1", "2 values"),
        ("a@n.example,2026-Q1,1,EUR\na@n.example,2026-Q1,2,EUR", "name-twice", "quotas.csv:3:13", "already"),
        ("b@n.example,2026-Q2,1,EUR", "name-twice", "agreement.yaml:4:73", "2026-Q2"),
    ])
    func whatIsWrongIsSaidWhereItStands(rows: String, code: String, place: String, text: String) {
        let findings = read(rows).findings
        #expect(findings.map(\.code.name) == [code])
        #expect(findings.map(\.place.description) == [place])
        #expect(findings.allSatisfy { $0.text.contains(text) }, "\(findings.map(\.text))")
    }
}

@Suite struct QuotedNameTests {
    /// Choices and grades come from outside, so a word of conditions among them is not refused: it is quoted.
    @Test(
        arguments: [
            ("level = 'or'", "level = 'or'"), ("level in ('or', 'known', IN)", "level in ('or', 'known', IN)"),
            ("grade = 'not'", "grade = 'not'"), ("level = or", nil), ("grade in (not)", nil),
        ] as [(String, String?)])
    func areReadInQuotes(condition: String, canonical: String?) throws {
        let reading = readPart(
            """
            company: N
            fields: {level: {type: choice, of: [or, known, IN, vp]}}
            scoring: {fit: {rules: [{when: level = vp, points: 10}], grades: {not: 10, B: 0}}}
            detours: {out: {side: sales, enters: "\(condition)"}}

            """)
        #expect(
            reading.agreement?.clause(at: "detours.out.enters")?.words == canonical, "\(reading.findings.map(\.text))")
        #expect(reading.findings.isEmpty == (canonical != nil))
    }
}
