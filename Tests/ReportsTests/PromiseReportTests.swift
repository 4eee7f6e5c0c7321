import Engine
import Testing
import Vocabulary

@testable import Reports

/// Promises, scoreboard, verdicts, recycling, queue, what is unmeasured and the journey, counted by hand. Everybody works from
/// nine to five UTC, Monday to Friday; the 2nd of March 2026 is a Monday.
@Suite struct PromiseReportTests {
    static let agreement = """
        company: Tamar Pumps
        currencies: {base: EUR}
        effective: 2026-03-01
        parties: {marketing: maria@tamar.example, sales: carlos@tamar.example, operations: ops@tamar.example}
        mission: {marketing: fill_pipeline, sales: Close what is there., boundaries: [{never: annoy anybody}]}
        calendars: {office: {hours: {mon-fri: 09:00-17:00}}}
        teams:
          field: {manager: ines@tamar.example, calendar: office, reps: [{email: jonas@tamar.example, capacity: 4 per month}, {email: mira@tamar.example, capacity: 4 per month}]}
          key: {manager: ruth@tamar.example, calendar: office, reps: [{email: kofi@tamar.example, capacity: 4 per month}]}
        fields:
          email: {type: email, owner: marketing, required_at: lead}
          source: {type: text, owner: marketing}
        deals: {pipelines: {all: {open: [Open], won: [Won], lost: [Lost]}}}
        activities: {demo: event = 'demo', page: event = 'page', webinar: event = 'webinar'}
        journey:
          look: {led_by: marketing, activities: [page, webinar]}
          choose: {led_by: sales, activities: [demo]}
        stages:
          lead: {side: marketing, enter: email is known}
          mql: {side: marketing, enter: demo, hand_over: sales}
          sal: {side: sales, enter: accepted}
          sql: {side: sales, enter: meeting held}
          customer: {side: sales, enter: deal won}
        detours:
          nurture: {side: marketing, from: [mql, sal, sql], enters: recycled, returns: demo, to: lead}
        verdicts:
          reject_reasons: {no_need: nurture, wrong_region: reroute}
          accept_mark: 1..3
          dispute: {by: marketing, within: 1 business day, arbiter: operations, ruling_within: 5 business days}
        promises:
          sales:
            respond: {to: mql, by: [call, email], within: 1 business hour}
            decide: {about: mql, within: 1 business day}
            qualify: {from: sal, to: sql, within: 20 business days}
          marketing:
            deliver: {visitors: from plan, lead: 10 per month, mql: 3 per month, each: company}
            quality: {acceptance: 60%}
            pipeline: {sourced: 5k EUR per month}
        routing: {rules: [{name: all, to: team field}], burst: {over: 2 per hour of one origin, release: at capacity}}
        consent:
          default: allow
          purposes: {sales_email: {channel: email}}
          upload: {persons: 3, within: 10 minutes}
        plan: {visitors: 50 per week, visitor_to_lead: 10%, lead_to_mql: 50%}
        attribution: {models: [first], primary: first, window: 90 days}
        """

    /// Ann is answered in half an hour, bob in two, cyd never; bob comes back and is taken.
    static let lines = """
        2026-03-02 08:00 ann email source=fair
        2026-03-02 08:30 ann page
        2026-03-02 09:00 ann demo
        2026-03-02 09:01 ann owned by=jonas
        2026-03-02 09:30 ann call by=jonas
        2026-03-02 15:00 ann accepted by=jonas mark=2
        2026-03-03 08:00 bob email source=web
        2026-03-03 09:00 bob demo
        2026-03-03 09:01 bob owned by=mira
        2026-03-03 11:00 bob call by=mira
        2026-03-05 12:00 bob rejected by=mira reason=no_need
        2026-03-04 08:00 cyd email
        2026-03-04 09:00 cyd demo
        2026-03-04 09:01 cyd owned by=mira
        2026-03-10 10:00 ann held by=jonas
        2026-03-20 10:00 bob demo
        2026-03-20 10:01 bob owned by=jonas
        2026-03-20 10:15 bob call by=jonas
        2026-03-20 11:00 bob accepted by=jonas mark=3
        2026-03-15 00:00 – visitors amount=120
        2026-03-16 00:00 – visitors amount=100
        2026-03-25 10:00 dan mail machine
        2026-03-25 10:00 dan call by=kofi
        2026-04-02 10:00 ann mail machine
        """

    private static func company() throws -> SmallCompany {
        try SmallCompany(agreement, lines, until: "2026-04-10 12:00")
    }

    @Test func clocksAreCountedAsEverMissedAndAsStillOverdue() throws {
        let report = try Self.company().report("promises")
        let row = "promises.sales.respond"
        #expect(report.count("sales", row, "decided") == 4)
        #expect(report.count("sales", row, "met") == 2)
        #expect(report.count("sales", row, "missed") == 2)
        #expect(report.count("sales", row, "overdue") == 1)
        #expect(report.share("sales", row, "kept") == [2, 4])
        #expect(report.share("sales", row, "done") == [3, 4])
    }

    @Test func whoKeepsLeastStandsFirst() throws {
        let report = try Self.company().report("promises", [(.by, "rep")])
        let section = try #require(report.section("sales_respond"))
        #expect(section.rows.map(\.name).filter { $0.contains("@") } == ["mira@tamar.example", "jonas@tamar.example"])
        #expect(report.share("sales_respond", "mira@tamar.example", "kept") == [0, 2])
        #expect(report.share("sales_respond", "jonas@tamar.example", "kept") == [2, 2])
        let hours = try Self.company().report("promises", [(.by, "hour")])
        #expect(hours.share("sales_respond", "2 tue 09", "kept") == [0, 1])
        #expect(hours.share("sales_respond", "5 fri 10", "kept") == [1, 1])
        let sources = try Self.company().report("promises", [(.by, "source")])
        #expect(sources.share("sales_respond", "fair", "kept") == [1, 1])
    }

    /// Three first hand-overs and one again; 220 visitors of the 50 × 31 / 7 planned; two of three verdicts accept.
    @Test func volumesAreMeasuredAgainstThePlan() throws {
        let report = try Self.company().report("promises")
        func row(_ promise: String) -> String { "promises.marketing.\(promise)-2026-M03" }
        #expect(report.count("marketing", row("deliver.mql"), "count") == 3)
        #expect(report.count("marketing", row("deliver.mql"), "again") == 1)
        #expect(report["marketing", row("deliver.mql"), "state"]?.value == .text("kept"))
        #expect(report.count("marketing", row("deliver.lead"), "count") == 3)
        #expect(report["marketing", row("deliver.lead"), "state"]?.value == .text("broken"))
        #expect(report["marketing", row("deliver.visitors"), "promised"]?.value == .text("221.4 from plan"))
        #expect(report.count("marketing", row("deliver.visitors"), "count") == 220)
        #expect(report["marketing", row("deliver.visitors"), "state"]?.value == .text("broken"))
        #expect(report.share("marketing", row("quality.acceptance"), "share") == [2, 3])
        #expect(report["marketing", row("quality.acceptance"), "state"]?.value == .text("kept"))
        #expect(report["marketing", "promises.marketing.deliver.mql-2026-M04", "state"]?.value == .text("running"))
    }

    @Test func onePromiseIsOneVote() throws {
        let report = try Self.company().report("scoreboard")
        // Kept: mql and acceptance; qualify. Broken: leads, visitors, pipeline; respond and decide.
        #expect(report.share("kept", "marketing", "share") == [2, 5])
        #expect(report.share("kept", "sales", "share") == [1, 3])
        #expect(report.share("kept", ReportRow.total, "share") == [3, 8])
        #expect(report.share("trend", "2026-M03", "both") == [3, 8])
        #expect(report.share("plan", "lead to mql", "share") == [4, 4])
    }

    @Test func whatPersonsDidFirstMakesADealMarketings() throws {
        let lines =
            Self.lines + """

                2026-03-12 10:00 ann deal id=1 is=opened eur=4000
                2026-03-13 10:00 dan email
                2026-03-26 10:00 dan deal id=2 is=opened eur=9000
                """
        let report = try SmallCompany(Self.agreement, lines, until: "2026-04-10 12:00").report("promises")
        let row = "promises.marketing.pipeline.sourced-2026-M03"
        // Dan's first touch within the window was a mailing, Ann's a page; a call by hand first would have been sales'.
        #expect(report.money("marketing", row, "money") == [1_300_000])
        #expect(report["marketing", row, "state"]?.value == .text("kept"))
        let called = lines.replacing("2026-03-25 10:00 dan mail machine", with: "2026-03-24 10:00 dan call by=kofi")
        let less = try SmallCompany(Self.agreement, called, until: "2026-04-10 12:00").report("promises")
        #expect(less.money("marketing", row, "money") == [400_000])
    }

    @Test func eachVerdictIsItsReceivers() throws {
        let report = try Self.company().report("verdicts", [(.by, "rep")])
        #expect(report.share("verdicts", ReportRow.total, "acceptance") == [2, 3])
        #expect(report.share("verdicts", "mira@tamar.example", "acceptance") == [0, 1])
        #expect(report.count("verdicts", "mira@tamar.example", "undecided") == 1)
        #expect(report.count("verdicts", "jonas@tamar.example", "again") == 1)
        #expect(report["verdicts", "jonas@tamar.example", "mark"]?.value.description == "2.50")
        #expect(report.count("reasons", "no_need", "rejected") == 1)
        #expect(report["reasons", "no_need", "leads_to"]?.value == .text("nurture"))
        // Ann came to sql, bob did not.
        #expect(report.share("marks", "2", "qualified") == [1, 1])
        #expect(report.share("marks", "3", "qualified") == [0, 1])
    }

    @Test func aLeadPassedOnIsATurnOfEachReceiver() throws {
        let lines = Self.lines.replacing("reason=no_need", with: "reason=wrong_region")
            .replacing("2026-03-20 10:00 bob demo", with: "2026-03-20 09:59 bob page")
        let report = try SmallCompany(Self.agreement, lines, until: "2026-04-10 12:00").report(
            "verdicts", [(.by, "rep")])
        #expect(report.count("verdicts", ReportRow.total, "turns") == 4)
        #expect(report.count("verdicts", ReportRow.total, "passed_on") == 1)
        #expect(report.share("verdicts", "mira@tamar.example", "acceptance") == [0, 1])
        #expect(report.share("verdicts", "jonas@tamar.example", "acceptance") == [2, 2])
    }

    @Test func anOverturnedRejectionIsAnAcceptance() throws {
        let lines =
            Self.lines + """

                2026-03-05 16:00 bob disputed by=maria
                2026-03-06 10:00 bob ruled by=ops ruling=overturned
                """
        let report = try SmallCompany(Self.agreement, lines, until: "2026-03-19").report("verdicts")
        #expect(report.share("verdicts", ReportRow.total, "acceptance") == [2, 2])
        #expect(report.count("verdicts", ReportRow.total, "disputed") == 1)
        #expect(report.count("verdicts", ReportRow.total, "overturned") == 1)
    }

    /// Bob was away for just under fifteen days.
    @Test func recoveryIsWithinTheHorizon() throws {
        let company = try Self.company()
        let report = try company.report("recycling")
        #expect(report.share("passes", ReportRow.total, "rate") == [1, 4])
        #expect(report.share("passes", ReportRow.total, "recovery") == [1, 1])
        #expect(report.time("passes", ReportRow.total, "away")?.description == "14.92 d")
        #expect(report.count("reasons", "no_need", "accepted") == 1)
        #expect(report.count("ways", "detours.nurture.returns", "back") == 1)
        let soon = try company.report("recycling", [(.within, "14 days")])
        #expect(soon.share("passes", ReportRow.total, "recovery") == [0, 1])
        let late = try company.report("recycling", [(.within, "60 days")])
        #expect(late.share("passes", ReportRow.total, "recovery") == [0, 0])
        #expect(late.warnings.map(\.code) == ["immature"])
    }

    /// Cyd has been waiting since the 4th of March, 09:01: 27 working days of eight hours and three hours of today, less a minute.
    @Test func whatNobodyTurnedToWaitsInWorkingTime() throws {
        let report = try Self.company().report("queue")
        #expect(report.count("ages", ReportRow.total, "untouched") == 1)
        #expect(report.count("ages", "older", "untouched") == 1)
        #expect(report.time("ages", "older", "oldest") == HalfMilliseconds(.minutes((27 * 8 + 3) * 60 - 1)))
        #expect(report.count("handled", "mira@tamar.example", "received") == 2)
        #expect(report.share("handled", "mira@tamar.example", "never") == [1, 2])
        #expect(report.share("handled", "jonas@tamar.example", "never") == [0, 2])
        let soon = try SmallCompany(Self.agreement, Self.lines, until: "2026-03-04 11:01").report("queue")
        #expect(soon.count("ages", "hours_4", "untouched") == 1)
    }

    /// Team key takes a third of all and gets nothing.
    @Test func theTeamThatGetsLeastStandsFirst() throws {
        let report = try Self.company().report("queue")
        let section = try #require(report.section("territories"))
        #expect(section.rows.map(\.name) == ["key", "field"])
        #expect(report["territories", "key", "starving"]?.value == .flag(true))
        #expect(report["territories", "field", "starving"]?.value == .flag(false))
        #expect(report.warnings.contains { $0.code == "starving" && $0.sentence.hasSuffix("key") })
    }

    @Test func manyOfOneOriginAtATimeAreABurst() throws {
        let fair = ["eve", "fay", "gil"].enumerated().map { number, who in
            """
            2026-03-11 08:00 \(who) email source=fair
            2026-03-11 09:\(number)0 \(who) demo
            """
        }.joined(separator: "\n")
        let report = try SmallCompany(Self.agreement, Self.lines + "\n" + fair, until: "2026-04-10 12:00").report(
            "queue")
        let bursts = try #require(report.section("bursts"))
        #expect(bursts.rows.map(\.name) == ["fair, 2026-03-11T09:00:00Z"])
        #expect(bursts.rows.first?.cells.first?.value == .count(3))
        #expect(report.section("busiest")?.rows.first?.name == "fair, 2026-03-11")
        #expect(try Self.company().report("queue").section("bursts")?.rows == [])
    }

    @Test func whatCannotBeSaidIsListed() throws {
        let report = try Self.company().report("unmeasured")
        let promised = try #require(report.section("promised")).rows.map(\.name)
        #expect(promised == ["mission.boundaries.1.never", "mission.sales"])
        let unpromised = try #require(report.section("unpromised")).rows.map(\.name)
        #expect(unpromised.contains("the share of mql that becomes sal"))
        #expect(!unpromised.contains("the share of lead that becomes mql"))
        #expect(unpromised.contains("touches while the gate said no"))
        #expect(report.share("facts", "source", "share") == [1, 3])
        #expect(report.share("facts", "unlogged", "share") == [0, 2])
        let silent = Self.lines.replacing("2026-03-20 10:15 bob call by=jonas", with: "2026-03-20 10:15 bob page")
        let less = try SmallCompany(Self.agreement, silent, until: "2026-04-10 12:00").report("unmeasured")
        #expect(less.share("facts", "unlogged", "share") == [1, 2])
    }

    @Test func aListOfPersonsMadeByOneUserIsAnUpload() throws {
        func list(_ third: String) -> String {
            """
            2026-03-11 08:00 eve email by=kofi
            2026-03-11 08:04 fay email by=kofi
            2026-03-11 \(third) gil email by=kofi
            2026-03-11 09:00 eve given
            2026-03-11 08:30 fay mail by=kofi
            """
        }
        func uploads(_ list: String) throws -> Report {
            try SmallCompany(Self.agreement, Self.lines + "\n" + list, until: "2026-04-10 12:00").report("unmeasured")
        }
        let report = try uploads(list("08:09"))
        let row = "kofi@tamar.example, 2026-03-11T08:00:00Z"
        #expect(report.section("uploads")?.rows.map(\.name) == [row])
        #expect(report.count("uploads", row, "persons") == 3)
        #expect(report.count("uploads", row, "consented") == 1)
        #expect(report.count("uploads", row, "contacted") == 1)
        #expect(try uploads(list("08:10")).section("uploads")?.rows == [])
        let agreed = "2026-03-11 07:59 gil given\n" + list("08:09")
        #expect(try uploads(agreed).section("uploads")?.rows == [])
    }

    @Test func pathsAndWorkOutOfStep() throws {
        let report = try Self.company().report("journey")
        #expect(report.count("paths", "look > choose", "people") == 1)
        #expect(report.count("paths", "choose", "people") == 2)
        #expect(report.count("steps", "choose", "people") == 3)
        // Kofi called dan, whom nobody had handed over; the mailing to dan was in step, that to ann was not.
        #expect(report.share("work", "key", "share") == [1, 1])
        #expect(report.share("work", "field", "share") == [0, 3])
        #expect(report.share("work", "sent by machines", "share") == [1, 2])
    }

    @Test func onePersonsTimelineIsInOrder() throws {
        let report = try Self.company().report("journey", [(.who, "ann")])
        let whats = try #require(report.section("timeline")).records.rows.map { "\($0[2])" }
        #expect(
            whats == [
                "entered lead by stages.lead.enter", "activity: page (page)", "activity: demo (demo)",
                "entered mql by stages.mql.enter", "given to", "touch: call", "accepted",
                "entered sal by stages.sal.enter", "meeting held", "entered sql by stages.sql.enter",
                "touch: email",
            ])
        #expect(throws: ReportProblem.self) { try Self.company().report("journey", [(.who, "nobody")]) }
    }
}

@Suite struct PickingTests {
    @Test(
        arguments: [
            (3, [1, 2, 3], 83_333_333), (1, [1, 2, 3], 16_666_667), (2, [2], 50_000_000),
            (2, [2, 2, 2, 1], 62_500_000),
        ] as [(Int64, [Int64], Int64)])
    func tiesCountHalf(value: Int64, all: [Int64], expected: Int64) {
        #expect(percentile(value, among: all) == expected)
    }

    @Test(
        arguments: [
            ([0, 10, 20], 2, 30, [0..<3]), ([0, 10, 40], 2, 30, []), ([0, 10, 30], 2, 30, []),
            ([0, 1, 2, 50, 51, 52], 2, 10, [0..<3, 3..<6]), ([0, 1, 2, 10, 11, 19], 2, 10, [0..<6]),
        ] as [([Int64], Int, Int64, [Range<Int>])])
    func crowdsOverlapIntoOne(at: [Int64], over: Int, within: Int64, expected: [Range<Int>]) {
        let instants = at.map { Instant(milliseconds: $0) }
        #expect(crowded(instants, over: over, within: Elapsed(milliseconds: within)) == expected)
    }

    @Test func quotientsStayExact() throws {
        let share = Quotient(20_000, 1_000_000)
        #expect(share == Quotient(1, 50))
        #expect(Quotient(1400).times(share) == Quotient(28))
        #expect(Quotient(1, 3).plus(Quotient(1, 6)) == Quotient(1, 2))
        #expect(Quotient(.max).times(Quotient(2)) == nil)
    }
}
