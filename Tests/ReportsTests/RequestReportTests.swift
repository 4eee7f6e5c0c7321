import Reports
import Testing
import Vocabulary

/// What the sides ask of each other, counted by hand. The field team works from nine to five UTC, Monday to Friday; the 2nd of
/// March 2026 is a Monday. Two business days to answer.
@Suite struct RequestReportTests {
    private static let agreement =
        PromiseReportTests.agreement + """

            requests: {between: [marketing, sales], answer_within: 2 business days}
            """

    /// Of marketing: r1 in time after a question back, r2 late, r3 never; of sales: r4 declined in time. r5 is of nobody's side,
    /// r6 was asked this morning.
    private static let lines = """
        2026-03-02 10:00 – asks request=r1 to=marketing what=case_study by=jonas
        2026-03-03 10:00 – answers request=r1 verdict=unclear by=maria
        2026-03-04 10:00 – answers request=r1 verdict=done by=maria
        2026-03-02 08:00 ann email
        2026-03-05 10:00 ann asks request=r2 to=marketing what=campaign by=mira
        2026-03-09 10:01 ann answers request=r2 verdict=done by=maria
        2026-03-10 10:00 – asks request=r3 to=marketing what=leaflet by=mira
        2026-03-11 10:00 – asks request=r4 to=sales what=data_fix by=maria
        2026-03-12 10:00 – answers request=r4 verdict=declined by=jonas
        2026-03-12 10:00 – answers request=r4 verdict=done by=jonas
        2026-03-11 10:00 – asks request=r5 to=finance what=money by=maria
        2026-04-10 09:00 – asks request=r6 to=sales what=call_back by=maria
        """

    private static func company() throws -> SmallCompany {
        try SmallCompany(agreement, lines, until: "2026-04-10 12:00")
    }

    @Test func eachSideIsCountedByItself() throws {
        let report = try Self.company().report("requests")
        for (side, asked, open, overdue, done, declined, inTime) in [
            ("marketing", 3, 0, 1, 2, 0, [1, 3]), ("sales", 2, 1, 0, 0, 1, [1, 1]),
        ] {
            #expect(report.count("sides", side, "asked") == asked)
            #expect(report.count("sides", side, "open") == open)
            #expect(report.count("sides", side, "overdue") == overdue)
            #expect(report.count("sides", side, "done") == done)
            #expect(report.count("sides", side, "declined") == declined)
            #expect(report.share("sides", side, "in_time") == inTime)
        }
    }

    /// Asked on Thursday at ten: due on Monday at ten.
    @Test func dueIsInBusinessTime() throws {
        let requests = try Self.company().company.sideRequests
        #expect(requests.map(\.name) == ["r1", "r2", "r3", "r4", "r6"])
        #expect(requests[1].due == (try Instant(text: "2026-03-09T10:00:00Z")))
        #expect(requests.map(\.state) == [.inTime, .late, .overdue, .inTime, .open])
        #expect(requests[0].questions == 1 && requests[3].answer?.verdict == "declined")
    }

    @Test func whatIsNotAnsweredIsAPromiseBrokenOnTheScoreboard() throws {
        let report = try Self.company().report("scoreboard")
        #expect(report["promises", "marketing-requests.answer_within", "state"]?.value == .text("broken"))
        #expect(report["promises", "sales-requests.answer_within", "state"]?.value == .text("kept"))
        #expect(
            report["promises", "sales-requests.answer_within", "promised"]?.value == .text("within 2 business days"))
        let silent = try SmallCompany(Self.agreement, "2026-03-02 08:00 ann email", until: "2026-04-10 12:00")
        #expect(
            try silent.report("unmeasured").section("promised")?.rows.map(\.name).contains("requests.answer_within")
                == true)
        #expect(
            try Self.company().report("unmeasured").section("promised")?.rows.map(\.name)
                .contains("requests.answer_within") == false)
    }
}
