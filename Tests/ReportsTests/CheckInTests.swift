import Agreement
import Testing
import Vocabulary

@testable import Reports

/// When check-ins are: by the company's clocks, over the change to summer time, the first of a month or quarter.
@Suite(.enabled(if: !SampleReports.zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct CheckInTests {
    @Test(arguments: [
        // Clocks in Berlin go forward on 29 March and back on 25 October.
        (Rhythm.Unit.week, "2026-03-25T12:00:00Z", "2026-03-23T08:30:00Z", "2026-03-30T07:30:00Z"),
        (.week, "2026-03-30T07:30:00Z", "2026-03-30T07:30:00Z", "2026-04-06T07:30:00Z"),
        (.week, "2026-10-20T12:00:00Z", "2026-10-19T07:30:00Z", "2026-10-26T08:30:00Z"),
        (.month, "2026-02-02T08:29:59Z", "2026-01-05T08:30:00Z", "2026-02-02T08:30:00Z"),
        (.month, "2026-06-30T00:00:00Z", "2026-06-01T07:30:00Z", "2026-07-06T07:30:00Z"),
        (.quarter, "2026-02-02T12:00:00Z", "2026-01-05T08:30:00Z", "2026-04-06T07:30:00Z"),
        (.quarter, "2026-12-31T12:00:00Z", "2026-10-05T07:30:00Z", "2027-01-04T08:30:00Z"),
    ])
    func lastAndNext(unit: Rhythm.Unit, now: String, last: String, next: String) throws {
        let rhythm = Rhythm(unit: unit, weekday: .monday, time: try TimeOfDay(text: "09:30"))
        let berlin = try #require(zone("Europe/Berlin"))
        let found = rhythm.around(try Instant(text: now), in: berlin)
        #expect(found.last == (try Instant(text: last)))
        #expect(found.next == (try Instant(text: next)))
    }
}
