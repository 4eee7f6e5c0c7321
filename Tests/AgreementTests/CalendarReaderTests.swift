import Findings
import Foundation
import Testing
import Vocabulary

@testable import Agreement

@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct CalendarReaderTests {
    private func example() throws -> AgreementReading {
        let folder = examples.appendingPathComponent("northwind")
        let holidays = try String(contentsOf: folder.appendingPathComponent("holidays/de-by.ics"), encoding: .utf8)
        let yaml = try String(contentsOf: folder.appendingPathComponent("agreement.yaml"), encoding: .utf8)
        return read(yaml, ["holidays/de-by.ics": holidays])
    }

    private func hours(_ calendar: BusinessCalendar, _ day: String) -> String {
        calendar.hours(on: date(day)).blocks.map(\.description).joined(separator: " ")
    }

    @Test func theExampleHasNoFindings() throws {
        let reading = try example()
        #expect(reading.findings.map(\.text) == [])
        #expect(reading.terms?.company == "Northwind Instruments")
        #expect(reading.terms?.zone.name == "Europe/Berlin")
        #expect(reading.terms?.calendars.map(\.address) == ["calendars.munich", "calendars.london"])
    }

    @Test(arguments: [
        ("munich", "2026-02-09", "08:30-12:00 13:00-17:30"),
        ("munich", "2026-02-13", "08:30-15:00"),
        ("munich", "2026-02-14", ""),
        ("munich", "2026-01-06", ""),
        ("munich", "2026-04-03", ""),
        ("munich", "2026-12-24", "08:30-12:00"),
        ("munich", "2026-12-31", ""),
        ("london", "2026-12-24", "09:00-17:30"),
        ("london", "2026-12-25", ""),
        ("london", "2026-12-28", ""),
    ])
    func theExampleMeansWhatItSays(name: String, day: String, expected: String) throws {
        let calendar = try #require(example().terms?.calendar(named: name)).calendar
        #expect(hours(calendar, day) == expected)
    }

    @Test(arguments: [
        ("sun-thu: 09:00-17:00", "2026-02-08", "09:00-17:00"),
        ("sun-thu: 09:00-17:00", "2026-02-13", ""),
        ("Monday: 09:00-17:00", "2026-02-09", "09:00-17:00"),
        ("mon: closed, tue: 09:00-10:00", "2026-02-09", ""),
        ("mon-sun: 00:00-24:00", "2026-02-15", "00:00-24:00"),
        ("mon: [13:00-18:00, 09:00-12:00]", "2026-02-09", "09:00-12:00 13:00-18:00"),
        ("mon: '09:00 - 17:00'", "2026-02-09", "09:00-17:00"),
    ])
    func hoursAreReadAsWritten(written: String, day: String, expected: String) throws {
        let reading = read("company: N\ncalendars: {c: {hours: {\(written)}}}\n")
        #expect(reading.findings.map(\.text) == [])
        #expect(hours(try #require(reading.terms?.calendars.first).calendar, day) == expected)
    }

    @Test func aCalendarHasTheCompanysZoneUnlessItNamesItsOwn() throws {
        let yaml = "company: N\ntimezone: Europe/London\ncalendars: {c: {hours: {mon: 09:00-10:00}}}\n"
        #expect(read(yaml).terms?.calendars.first?.calendar.zone.name == "Europe/London")
        #expect(read("company: N\n").terms?.zone == .utc)
    }

    @Test func scalarsMeanWhatTheirPlaceSays() {
        #expect(read("company: NO\n").terms?.company == "NO")
        #expect(read("company: 1.10\n").terms?.company == "1.10")
        #expect(read("company: ~\n").terms?.company == "~")
        #expect(read("company: N\nhistory: {act_within: 3 days}\n").terms?.actWithin?.measure == .physical(.days(3)))
    }

    @Test func theRestOfTheLanguageIsAcceptedForNow() {
        let rest = TopLevelKey.allCases.map(\.rawValue).filter {
            !["interlock", "company", "timezone", "calendars"].contains($0)
        }
        let reading = read("company: N\n" + rest.map { "\($0): {x: 1}\n" }.joined())
        #expect(reading.findings.map(\.text) == [])
    }
}

@Suite struct NearestNameTests {
    @Test(arguments: [
        ("timezon", "timezone"), ("tiemzone", "timezone"), ("HOURS", "hours"), ("holydays", "holidays"), ("xyz", nil),
        ("", nil),
    ])
    func isTheOneMeant(text: String, name: String?) {
        #expect(nearestName(to: text, among: ["timezone", "hours", "holidays", "exceptions"]) == name)
    }

    @Test(arguments: [("", "", 0), ("a", "", 1), ("ab", "ba", 1), ("kitten", "sitting", 3), ("ca", "abc", 3)])
    func distancesAreKnown(a: String, b: String, distance: Int) {
        #expect(editDistance(Array(a.unicodeScalars), Array(b.unicodeScalars)) == distance)
    }
}
