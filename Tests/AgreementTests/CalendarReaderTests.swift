import Findings
import Foundation
import Testing
import Vocabulary

@testable import Agreement

@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct CalendarReaderTests {
    private func example() throws -> AgreementReading { try readExample("northwind/agreement.yaml") }

    private func hours(_ calendar: BusinessCalendar, _ day: String) -> String {
        calendar.hours(on: date(day)).blocks.map(\.description).joined(separator: " ")
    }

    @Test func theExampleHasNoFindings() throws {
        let reading = try example()
        #expect(reading.findings.map(\.text) == [])
        #expect(reading.agreement?.company.name.value == "Northwind Instruments")
        #expect(reading.agreement?.zone.name == "Europe/Berlin")
        #expect(reading.agreement?.calendars.map(\.address) == ["calendars.munich", "calendars.london"])
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
        let calendar = try #require(example().agreement?.calendar(named: name)).calendar
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
        let reading = readPart("company: N\ncalendars: {c: {hours: {\(written)}}}\n")
        #expect(reading.findings.map(\.text) == [])
        #expect(hours(try #require(reading.agreement?.calendars.first).calendar, day) == expected)
    }

    @Test func aCalendarHasTheCompanysZoneUnlessItNamesItsOwn() throws {
        let yaml = "company: N\ntimezone: Europe/London\ncalendars: {c: {hours: {mon: 09:00-10:00}}}\n"
        #expect(readPart(yaml).agreement?.calendars.first?.calendar.zone.name == "Europe/London")
        #expect(readPart("company: N\n").agreement?.zone == .utc)
    }

    @Test func scalarsMeanWhatTheirPlaceSays() {
        #expect(readPart("company: NO\n").agreement?.company.name.value == "NO")
        #expect(readPart("company: 1.10\n").agreement?.company.name.value == "1.10")
        #expect(readPart("company: ~\n").agreement?.company.name.value == "~")
        #expect(
            readPart("company: N\nhistory: {act_within: 3 days}\n").agreement?.company.history.actWithin.value.measure
                == .physical(.days(3)))
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
