import Engine
import Reports
import Testing
import Vocabulary

/// What goes wrong in the reports that people use today, as their source code and their users tell, and does not here. Each
/// test is called by what it prevents.
@Suite struct ReportDefectTests {
    private static let agreement = """
        company: Tamar Pumps
        timezone: Europe/Berlin
        currencies: {base: EUR}
        calendars: {office: {timezone: UTC, hours: {mon-fri: 09:00-17:00}}}
        teams:
          field: {manager: ines@tamar.example, calendar: office, reps: [{email: jonas@tamar.example}]}
        fields: {email: {type: email, owner: marketing, required_at: lead}}
        deals: {pipelines: {all: {open: [Open], won: [Won], lost: [Lost]}}}
        activities: {demo: event = 'demo'}
        stages:
          lead: {side: marketing, enter: email is known}
          mql: {side: marketing, enter: demo, hand_over: sales}
          sal: {side: sales, enter: accepted}
          customer: {side: sales, enter: deal won}
        detours:
          nurture: {side: marketing, from: [mql, sal], enters: recycled or deal lost, returns: demo, to: lead}
        pipeline: {counts: deal is open, value: amount}
        """

    private func company(_ lines: String, until: String) throws -> SmallCompany {
        try SmallCompany(ReportDefectTests.agreement, lines, until: until)
    }

    /// frappe/crm: "forecasted revenue" added lost deals at their full value.
    @Test func whatWasLostIsNoPipeline() throws {
        let lines = """
            2026-03-02 09:00 ann email
            2026-03-02 10:00 ann deal id=1 is=opened eur=1000
            2026-03-02 11:00 ann deal id=2 is=opened eur=20000
            2026-03-20 10:00 ann deal id=2 is=lost
            """
        let report = try company(lines, until: "2026-04-10").report(
            "pipeline", [(.from, "2026-03-15"), (.to, "2026-04-01")])
        #expect(report.money("waterfall", "opening", "value") == [2_100_000])
        #expect(report.money("waterfall", "lost", "value") == [-2_000_000])
        #expect(report.money("waterfall", "closing", "value") == [100_000])
    }

    /// frappe/crm: the funnel dropped deals that were lost and counted a stage twice that somebody entered again.
    @Test func whoComesAgainIsCountedOnceWhereAskedAndNobodyIsDropped() throws {
        let lines = """
            2026-03-02 08:00 ann email
            2026-03-02 09:00 ann demo
            2026-03-03 09:00 ann recycled by=jonas
            2026-03-10 09:00 ann demo
            2026-03-11 09:00 ann accepted by=jonas
            2026-03-02 08:00 bob email
            2026-03-02 09:00 bob demo
            2026-03-03 09:00 bob accepted by=jonas
            2026-03-04 09:00 bob deal id=1 is=opened eur=1000
            2026-03-20 09:00 bob deal id=1 is=lost
            """
        let company = try company(lines, until: "2026-04-10")
        let question: [(ReportOption, String)] = [(.start, "mql"), (.stage, "sal")]
        let first = try company.report("funnel", question + [(.passes, "first")])
        let all = try company.report("funnel", question + [(.passes, "all")])
        #expect(first.share("ways", "mql-sal", "conversion") == [1, 2], "ann was accepted in her second pass")
        #expect(all.share("ways", "mql-sal", "conversion") == [2, 3])
    }

    /// fivetran/dbt_hubspot #46: merged contacts counted twice.
    @Test func whoWasMergedCountsOnce() throws {
        let lines = """
            2026-03-02 08:00 ann email
            2026-03-02 09:00 ann demo
            2026-03-03 08:00 bea email
            2026-03-03 09:00 bea demo
            2026-03-04 09:00 ann accepted by=jonas
            """
        let apart = try company(lines, until: "2026-04-10").report("funnel", [(.start, "mql"), (.stage, "sal")])
        #expect(apart.share("ways", "mql-sal", "conversion") == [1, 2])
        let merged = lines + "\n2026-03-20 09:00 ann merged with=bea"
        let one = try company(merged, until: "2026-04-10").report("funnel", [(.start, "mql"), (.stage, "sal")])
        #expect(one.share("ways", "mql-sal", "conversion") == [1, 1])
    }

    /// PostHog #44204, #33605: entry and conversion had to lie in the range, so that the latest cohorts always looked bad.
    @Test func aConversionAfterTheRangeCounts() throws {
        let lines = """
            2026-03-30 08:00 ann email
            2026-03-30 09:00 ann demo
            2026-04-02 09:00 ann accepted by=jonas
            """
        let report = try company(lines, until: "2026-04-10").report(
            "funnel", [(.start, "mql"), (.stage, "sal"), (.from, "2026-03-01"), (.to, "2026-04-01")])
        #expect(report.share("ways", "mql-sal", "conversion") == [1, 1])
    }

    /// PostHog #37418, #5677: no time for the step of its own, and whoever still has time was shown as dropped.
    @Test func whoStillHasTimeIsNotCountedAsLost() throws {
        let lines = """
            2026-03-02 08:00 ann email
            2026-03-02 09:00 ann demo
            2026-03-03 09:00 ann accepted by=jonas
            2026-04-08 08:00 bob email
            2026-04-08 09:00 bob demo
            """
        let report = try company(lines, until: "2026-04-10").report(
            "funnel", [(.start, "mql"), (.stage, "sal"), (.within, "14 days")])
        #expect(report.share("ways", "mql-sal", "conversion") == [1, 1])
        #expect(report.count("ways", "mql-sal", "immature") == 1)
        #expect(report.warnings.map(\.code).contains("immature"))
    }

    /// PostHog PR #21042: the change of clocks moved a window of fourteen days by an hour. Berlin changed on the 29th of March.
    @Test(arguments: [("2026-04-03 09:00", 1), ("2026-04-03 09:01", 0)])
    func fourteenDaysAreFourteenTimesTwentyFourHours(accepted: String, converted: Int) throws {
        let lines = """
            2026-03-20 08:00 ann email
            2026-03-20 09:00 ann demo
            \(accepted) ann accepted by=jonas
            """
        let report = try company(lines, until: "2026-05-10").report(
            "funnel", [(.start, "mql"), (.stage, "sal"), (.within, "14 days")])
        #expect(report.share("ways", "mql-sal", "conversion") == [converted, 1])
    }

    /// fivetran/dbt_salesforce: a win rate by value only, and percentages multiplied as if they were shares.
    @Test func theWinRateIsGivenByCountAndByValue() throws {
        let lines = """
            2026-03-02 09:00 ann email
            2026-03-02 10:00 ann deal id=1 is=opened eur=9000
            2026-03-02 11:00 ann deal id=2 is=opened eur=1000
            2026-03-02 11:00 ann deal id=3 is=opened eur=1000
            2026-03-20 10:00 ann deal id=1 is=won
            2026-03-20 10:00 ann deal id=2 is=lost
            2026-03-20 10:00 ann deal id=3 is=lost
            """
        let report = try company(lines, until: "2026-04-10").report("wins")
        #expect(report.share("deals", ReportRow.total, "rate") == [1, 3])
        #expect(report["deals", ReportRow.total, "by_value"]?.value.description == "81.818")
    }

    /// The same numbers in two screens: what the scoreboard says of a promise is what its own report says.
    @Test func twoScreensSayTheSameNumber() throws {
        let company = try SmallCompany(
            PromiseReportTests.agreement, PromiseReportTests.lines, until: "2026-04-10 12:00")
        let own = try company.report("promises", [(.period, "2026-M03")])
        let board = try company.report("scoreboard", [(.period, "2026-M03")])
        let kept = try ["sales", "marketing"].map { side in
            try #require(own.section(side)).rows.count { row in row.cells.contains { $0.value == .text("kept") } }
        }
        #expect(board.share("kept", "marketing", "share")?.first == kept[1])
    }
}
