import Foundation
import Testing

/// `interlock backtest`, from outside.
@Suite(.disabled(if: zonesOfBirchAreMissing, "no time zone data: apt-get install tzdata"))
struct BacktestCommandTests {
    @Test func aDraftEqualToTheAgreementMakesNoDifference() throws {
        let birch = try BirchCompany()
        let run = try birch.run("backtest", birch.agreement, "--against", birch.agreement, "--detailed-exitcode")
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.output.contains("No difference: nothing that happened would have come out otherwise. 3 hand-overs"))
        let json = try birch.json("backtest", birch.agreement, "--against", birch.agreement)
        #expect(json["has_difference"] as? Bool == false)
    }

    @Test func theExitCodeTellsADifferenceOnlyWhereItIsAskedTo() throws {
        let birch = try BirchCompany()
        let plain = try birch.run("backtest", birch.draft, "--against", birch.agreement)
        #expect(plain.code == 0 && plain.output.contains("Plan: 4 more, 0 fewer, 2 earlier"), "\(plain.errors)")
        let detailed = try birch.run("backtest", birch.draft, "--against", birch.agreement, "--detailed-exitcode")
        #expect(detailed.code == 2 && detailed.output == plain.output)
    }

    @Test func namesStayBehindAFlagAndInJSON() throws {
        let birch = try BirchCompany()
        let plain = try birch.run("backtest", birch.draft, "--against", birch.agreement)
        #expect(!plain.output.contains("hubspot/contact"))
        let named = try birch.run("backtest", birch.draft, "--against", birch.agreement, "--names")
        #expect(named.output.contains("hubspot/contact/5 at mql on 2026-02-10 12:00"))
        let json = try birch.json("backtest", birch.draft, "--against", birch.agreement)
        let enters = try #require(json["enters"] as? [[String: Any]])
        #expect(
            enters.compactMap { $0["person"] as? String }.sorted() == (5...8).map { "record:hubspot/contact/\($0)" })
        #expect(json["has_difference"] as? Bool == true)
    }

    @Test func whatIsInForceIsComparedWithByDefault() throws {
        let birch = try BirchCompany()
        let nothing = try birch.run("backtest", birch.draft)
        #expect(
            nothing.code == 1 && nothing.errors.contains("nothing-in-force") && nothing.errors.contains("--against"))
        try birch.sign(birch.agreement, at: "2026-01-02T10:00Z")
        let run = try birch.run("backtest", birch.draft)
        #expect(run.code == 0 && run.output.contains("in force since 2026-01-05 00:00"), "\(run.errors)")
        let same = try birch.run("backtest", birch.agreement, "--detailed-exitcode")
        #expect(same.code == 0 && same.output.contains("The draft says what the agreement in force says."))
    }

    @Test func aDraftWithErrorsIsRefusedWithItsFindings() throws {
        let birch = try BirchCompany()
        let unread = try birch.changed("engagement >= 40", "engagment >= 40", as: "bad.yaml")
        let run = try birch.run("backtest", unread, "--against", birch.agreement)
        #expect(run.code == 1 && run.output.isEmpty)
        #expect(run.errors.contains("draft-has-errors") && run.errors.contains("engagment"), "\(run.errors)")
        let senseless = try birch.changed("engagement >= 40 and", "engagement >= 4000000 and", as: "high.yaml")
        let checked = try birch.run("backtest", senseless, "--against", birch.agreement)
        let findings = try birch.run("check", senseless)
        #expect((checked.code == 1) == (findings.code == 1), "\(checked.errors)")
    }

    @Test func aSweepShowsVolumeAgainstAcceptance() throws {
        let birch = try BirchCompany()
        let sweep = "stages.mql.enter:engagement=20..60/20"
        let run = try birch.run("backtest", birch.draft, "--against", birch.agreement, "--sweep", sweep)
        #expect(run.code == 0, "\(run.errors)")
        let rows = run.output.split(separator: "\n").filter { $0.contains("█") }
        #expect(rows.count == 4 && rows[1].contains("25") && rows[1].contains("◀ the draft"), "\(run.output)")
        let json = try birch.json("backtest", birch.draft, "--against", birch.agreement, "--sweep", sweep)
        let points = try #require(json["points"] as? [[String: Any]])
        let volumes = points.compactMap { $0["hand_overs"] as? Int }
        #expect(volumes.count == 4 && volumes == volumes.sorted(by: >) && volumes[0] > volumes[3])
        // The value that the draft has, swept, is the draft.
        let plan = try birch.json("backtest", birch.draft, "--against", birch.agreement)
        let fates = try #require(plan["fates"] as? [[String: Any]])
        #expect(fates[1]["hand_overs"] as? Int == volumes[1])
    }

    @Test(arguments: [
        ("stages.mq.enter:engagement=1..5", 1, "Did you mean stages.mql.enter?"),
        ("stages.mql.enter:engagment=1..5", 1, "Did you mean engagement?"),
        ("stages.mql.enter:fit=1..5", 1, "Numbers stand beside engagement, demo_request."),
        ("stages.mql.enter:demo_request=1..2/0.5", 1, "only whole numbers from 1 on"),
        ("stages.mql.enter:engagement=50..10", 2, "the range is empty"),
        ("engagement=50..10", 2, "such as stages.mql.enter:engagement=40..80"),
    ])
    func aWrongSweepIsRefusedWithASuggestion(sweep: String, code: Int32, message: String) throws {
        let birch = try BirchCompany()
        let run = try birch.run("backtest", birch.draft, "--against", birch.agreement, "--sweep", sweep)
        #expect(run.code == code && run.errors.contains(message), "\(run.errors)")
    }

    @Test func theWindowIsHeldAndAnEmptyOneRefused() throws {
        let birch = try BirchCompany()
        let json = try birch.json(
            "backtest", birch.draft, "--against", birch.agreement, "--from", "2026-02-01", "--to", "2026-02-15")
        let enters = try #require(json["enters"] as? [[String: Any]])
        #expect(enters.compactMap { $0["person"] as? String }.count == 3)
        let empty = try birch.run("backtest", birch.draft, "--against", birch.agreement, "--from", "2027-01-01")
        #expect(empty.code == 1 && empty.errors.contains("empty-window"), "\(empty.errors)")
    }

    @Test func anEmptyJournalIsRefused() throws {
        let birch = try BirchCompany(importing: false)
        let run = try birch.run("backtest", birch.draft, "--against", birch.agreement)
        #expect(run.code == 3 && run.errors.contains("there is no journal"))
    }
}
