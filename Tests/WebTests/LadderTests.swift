import Engine
import HTTPTypes
import Journal
import Reports
import Roles
import Sync
import Testing
import Vocabulary

@testable import Web

/// A ladder live, under a clock that moves minute by minute over nights, a weekend, a holiday and the change to summer time.
/// Two business hours to answer, warned at half of them, the manager told after three, reassigned after a business day; the
/// office is open from nine to twelve and one to five.
@Suite struct LadderTests {
    /// When whom is told what, by the clock of Berlin.
    private func course(
        _ house: TellingHouse, from: String, until: String, step: Elapsed = .minutes(15)
    ) async throws -> [String] {
        var seen = 0
        var course: [String] = []
        try house.go(to: from)
        let end = try Instant(text: until)
        while house.house.time <= end {
            try await house.tell()
            for told in house.told.dropFirst(seen).sorted() {
                course.append("\(house.house.time.description.prefix(16)) \(told)")
            }
            seen = house.told.count
            house.house.pass(step)
        }
        return course
    }

    @Test func overAWeekend() async throws {
        let house = try TellingHouse()
        // Friday 6 February, half past four in Berlin: half an hour is left of the week.
        try house.lead("ann", "2026-02-06T15:30:00Z")
        let course = try await course(house, from: "2026-02-06T15:30:00Z", until: "2026-02-09T16:00:00Z")
        #expect(
            course == [
                "2026-02-06T15:30 jonas: New lead: ann@ann-works.example",
                // One hour after half past four: half past nine on Monday.
                "2026-02-09T08:30 jonas: Still waiting: ann@ann-works.example",
                // Due at half past ten; the manager is told at half past eleven.
                "2026-02-09T10:30 ines: Nobody has answered: ann@ann-works.example",
                // A business day later it is given to somebody else.
                "2026-02-09T15:30 jonas: No longer yours: ann@ann-works.example",
                "2026-02-09T15:30 mira: Yours now: ann@ann-works.example",
            ])
    }

    @Test func evidenceInTimeStopsEveryStep() async throws {
        let house = try TellingHouse()
        try house.lead("ann", "2026-02-06T15:30:00Z")
        try house.go(to: "2026-02-06T15:30:01Z")
        try await house.tell()
        try house.append([house.call("ann", by: "jonas", "2026-02-06T15:45:00Z")])
        let course = try await course(house, from: "2026-02-06T15:45:00Z", until: "2026-02-09T16:00:00Z")
        #expect(course == ["2026-02-06T15:45 jonas: New lead: ann@ann-works.example"])
    }

    @Test func overAHoliday() async throws {
        let house = try TellingHouse(
            changing: [
                ("calendars:\n  office: {hours", "calendars:\n  office: {holidays: [2026-02-09], hours")
            ])
        try house.lead("ann", "2026-02-06T15:30:00Z")
        let course = try await course(house, from: "2026-02-06T15:30:00Z", until: "2026-02-10T11:00:00Z")
        #expect(
            course == [
                "2026-02-06T15:30 jonas: New lead: ann@ann-works.example",
                "2026-02-10T08:30 jonas: Still waiting: ann@ann-works.example",
                "2026-02-10T10:30 ines: Nobody has answered: ann@ann-works.example",
            ])
    }

    @Test func overTheChangeToSummerTime() async throws {
        let house = try TellingHouse()
        // Clocks went forward on Sunday 29 March: half past nine on Monday is half past seven by the world's clock.
        try house.lead("ann", "2026-03-27T15:30:00Z")
        let course = try await course(house, from: "2026-03-27T15:30:00Z", until: "2026-03-30T10:00:00Z")
        #expect(
            course == [
                "2026-03-27T15:30 jonas: New lead: ann@ann-works.example",
                "2026-03-30T07:30 jonas: Still waiting: ann@ann-works.example",
                "2026-03-30T09:30 ines: Nobody has answered: ann@ann-works.example",
            ])
    }

    /// Another ladder: who answers after a step, and nobody who is no mailbox.
    private func changed(_ steps: String) throws -> TellingHouse {
        try TellingHouse(changing: [
            ("{after: 3 business hours, do: tell manager}, {after: 1 business day, do: reassign}", steps),
            (
                "starts: 2026-01-05\n",
                "starts: 2026-01-05\ncheck_ins: {weekly: {every: monday 09:30, with: [marketing, sales]}}\n"
            ),
        ])
    }

    @Test func aStepMayTellASideOrSomebodyByName() async throws {
        let house = try changed(
            "{after: 3 business hours, do: tell operations}, {after: 4 business hours, do: tell eve@birch.example}")
        try house.lead("ann", "2026-02-02T08:10:00Z")
        let course = try await course(house, from: "2026-02-02T08:10:00Z", until: "2026-02-02T16:00:00Z")
        #expect(
            course.suffix(2) == [
                "2026-02-02T12:10 otto: Nobody has answered: ann@ann-works.example",
                "2026-02-02T13:10 eve: Nobody has answered: ann@ann-works.example",
            ], "\(course)")
    }

    /// It tells nobody at once: it stands on the page until both sides have met.
    @Test func aStepMayBringALeadToTheCheckIn() async throws {
        let house = try changed("{after: 3 business hours, do: check-in weekly}")
        try house.lead("ann", "2026-02-02T08:10:00Z")
        let course = try await course(house, from: "2026-02-02T08:10:00Z", until: "2026-02-02T16:00:00Z")
        #expect(course.count == 2 && course[1].contains("Still waiting"), "\(course)")
        let (marketing, auditor) = (try house.house.cookie(of: .marketing), try house.house.cookie(of: .auditor))
        func page(_ cookie: String) async throws -> String {
            try await house.house.ask(.get, "/check-ins", headers: [.cookie: cookie]).body
        }
        let seen = try await page(marketing)
        #expect(seen.contains(">ann@ann-works.example</a>") && seen.contains("not done"), "\(seen)")
        #expect(seen.contains("promises.sales.respond.then.1") && seen.contains("2 Feb 2026, 13:10"))
        // An auditor sees no leads.
        let other = try await page(auditor)
        #expect(other.contains("a lead") && !other.contains("ann@"), "\(other)")
        // The company's next check-in is over.
        try house.go(to: "2026-02-09T08:31:00Z")
        try await house.tell()
        let later = try await page(try house.house.cookie(of: .operator))
        #expect(later.contains("No broken promise was brought to it."), "\(later)")
    }

    @Test func whatIsNobodysIsToldToOperationsOnceItHasWaited() async throws {
        let house = try TellingHouse(assigns: false)
        try house.lead("ann", "2026-02-02T08:10:00Z")
        let course = try await course(
            house, from: "2026-02-02T08:10:00Z", until: "2026-02-02T12:30:00Z", step: .minutes(5))
        #expect(
            course == [
                "2026-02-02T08:15 otto: Nobody has this lead: ann@ann-works.example",
                // Three business hours: its ladder would tell the owner’s manager.
                "2026-02-02T12:10 otto: Nobody has answered: ann@ann-works.example",
            ], "\(course)")
    }

    @Test func whoWasToldOfNothingIsToldThatItWasNothing() async throws {
        let house = try TellingHouse()
        try house.lead("ann", "2026-02-02T08:10:00Z")
        _ = try await course(house, from: "2026-02-02T08:10:00Z", until: "2026-02-02T12:30:00Z")
        #expect(house.subjects("ines@birch.example") == ["Nobody has answered: ann@ann-works.example"])
        // jonas had called after an hour; the telephone system tells us at two.
        try house.append([
            house.call("ann", by: "jonas", "2026-02-02T09:05:00Z", known: "2026-02-02T13:00:00Z")
        ])
        try house.go(to: "2026-02-02T13:00:30Z")
        try await house.tell()
        try await house.tell()
        #expect(
            house.subjects("ines@birch.example") == [
                "Nobody has answered: ann@ann-works.example",
                "All clear: ann@ann-works.example was answered in time",
            ])
    }

    @Test func theReassignmentIsADecisionThatLaterFactsLeaveAsItIs() async throws {
        let house = try TellingHouse()
        try house.lead("ann", "2026-02-02T08:10:00Z")
        _ = try await course(house, from: "2026-02-02T08:10:00Z", until: "2026-02-03T08:30:00Z")
        let decisions = try house.decisions("reassigned")
        #expect(decisions.map { $0["to"] } == [.text("mira@birch.example")])
        #expect(decisions.map { $0["why"] } == [.text("escalated")])
        try house.append([
            house.call("ann", by: "jonas", "2026-02-02T09:05:00Z", known: "2026-02-03T08:40:00Z")
        ])
        try house.go(to: "2026-02-03T09:00:00Z")
        try await house.tell()
        #expect(try house.decisions("reassigned").count == 1)
        let present = try await house.house.site.company.upToDate()
        let company = try #require(present.judged?.company)
        let handOver = try #require(company.outcome.accounts.flatMap(\.handOvers).first)
        #expect(company.world.history.texts[handOver.owner] == "mira@birch.example")
    }
}
