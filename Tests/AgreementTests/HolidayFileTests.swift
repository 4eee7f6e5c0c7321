import Foundation
import ICalendar
import Testing
import Vocabulary

func date(_ text: String) -> CivilDate {
    try! CivilDate(text: text)
}

/// The package's own examples.
let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Examples")

@Suite struct HolidayFileTests {
    /// Events given by their lines, within one calendar.
    private func calendar(_ events: String...) -> [UInt8] {
        let body = events.map { "BEGIN:VEVENT\r\nUID:1\r\n" + $0.replacing("\n", with: "\r\n") + "\r\nEND:VEVENT\r\n" }
        return Array(("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + body.joined() + "END:VCALENDAR\r\n").utf8)
    }

    private func dates(_ bytes: [UInt8], years: ClosedRange<Int> = 2025...2028) throws -> [String] {
        try holidays(inICS: bytes, years: years).holidays.map(\.date.description)
    }

    @Test(arguments: [
        ("a day", "DTSTART;VALUE=DATE:20260106", "2026-01-06"),
        ("a day without VALUE", "DTSTART:20260106", "2026-01-06"),
        ("an exclusive end", "DTSTART;VALUE=DATE:20260106\nDTEND;VALUE=DATE:20260107", "2026-01-06"),
        ("an end on the same day", "DTSTART;VALUE=DATE:20260106\nDTEND;VALUE=DATE:20260106", "2026-01-06"),
        ("several days", "DTSTART;VALUE=DATE:20261230\nDTEND;VALUE=DATE:20270102", "2026-12-30 2026-12-31 2027-01-01"),
        ("a duration", "DTSTART;VALUE=DATE:20261224\nDURATION:P2D", "2026-12-24 2026-12-25"),
        (
            "every year", "DTSTART;VALUE=DATE:20200106\nRRULE:FREQ=YEARLY",
            "2025-01-06 2026-01-06 2027-01-06 2028-01-06"
        ),
        (
            "a floating holiday", "DTSTART;VALUE=DATE:20201126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
            "2025-11-27 2026-11-26 2027-11-25 2028-11-23"
        ),
        ("until", "DTSTART;VALUE=DATE:20250106\nRRULE:FREQ=YEARLY;UNTIL=20260106", "2025-01-06 2026-01-06"),
        ("a count from the start", "DTSTART;VALUE=DATE:20240106\nRRULE:FREQ=YEARLY;COUNT=2", "2025-01-06"),
        ("leap days", "DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY", "2028-02-29"),
        (
            "a start the rule does not name", "DTSTART;VALUE=DATE:20260107\nRRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1",
            "2026-01-07 2026-05-01 2027-05-01 2028-05-01"
        ),
        (
            "exceptions", "DTSTART;VALUE=DATE:20250106\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20260106,20270106",
            "2025-01-06 2028-01-06"
        ),
        ("additions", "DTSTART;VALUE=DATE:20250106\nRDATE;VALUE=DATE:20260107", "2025-01-06 2026-01-07"),
        ("cancelled", "DTSTART;VALUE=DATE:20260106\nSTATUS:CANCELLED", ""),
        ("a meeting", "DTSTART:20260106T100000Z\nDTEND:20260106T110000Z", ""),
        ("an empty description", "DTSTART;VALUE=DATE:20260106\nDESCRIPTION:", "2026-01-06"),
    ])
    func readsDays(what: String, event: String, expected: String) throws {
        #expect(try dates(calendar(event)).joined(separator: " ") == expected, "\(what)")
    }

    @Test func anOccurrenceMayBeMovedOrCancelled() throws {
        let bytes = calendar(
            "DTSTART;VALUE=DATE:20250106\nRRULE:FREQ=YEARLY",
            "RECURRENCE-ID;VALUE=DATE:20260106\nDTSTART;VALUE=DATE:20260107",
            "RECURRENCE-ID;VALUE=DATE:20270106\nDTSTART;VALUE=DATE:20270106\nSTATUS:CANCELLED")
        #expect(try dates(bytes) == ["2025-01-06", "2026-01-07", "2028-01-06"])
    }

    @Test func saysWhichEventsItSkipped() throws {
        let bytes = calendar(
            "DTSTART:20260106T100000Z\nSUMMARY:Stand-up", "DTSTART:20260107\nSUMMARY:Day off\nSTATUS:CANCELLED")
        #expect(
            try holidays(inICS: bytes).skipped == [
                SkippedEvent(line: 3, name: "Stand-up", reason: .timed),
                SkippedEvent(line: 8, name: "Day off", reason: .cancelled),
            ])
    }

    @Test(
        arguments: [
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\n", 2, .notClosed("VEVENT")),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", 3, .notOpened("VCALENDAR")),
            ("", 1, .notICalendar),
            ("interlock: 1\n", 1, .notICalendar),
            ("BEGIN:VCARD\nEND:VCARD\n", 1, .notICalendar),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n", 2, .noStart),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260230\nEND:VEVENT\nEND:VCALENDAR\n", 2, .noSuchDate),
            (
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260105\nDTEND:20260101\nEND:VEVENT\nEND:VCALENDAR\n", 2,
                .endsBeforeStart
            ),
            (
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260105\nDTEND:20290101\nEND:VEVENT\nEND:VCALENDAR\n", 2,
                .lastsTooLong
            ),
            (
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260105\nRRULE:FREQ=SECONDLY\nEND:VEVENT\nEND:VCALENDAR\n", 2,
                .unusableRule
            ),
            (
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260105\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\nEND:VCALENDAR\n",
                2, .unusableRule
            ),
            (
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260105\nRRULE:FREQ=SOMETIMES\nEND:VEVENT\nEND:VCALENDAR\n", 2,
                .unreadable("RRULE cannot be read: FREQ=SOMETIMES")
            ),
            ("BEGIN:VCALENDAR\nSUMMARY:\u{0}\nEND:VCALENDAR\n", nil, .notText),
        ] as [(String, Int?, ICalendarError.Cause)])
    func refuses(text: String, line: Int?, cause: ICalendarError.Cause) {
        #expect(throws: ICalendarError(line: line, cause: cause)) { try holidays(inICS: Array(text.utf8)) }
    }

    /// An endless daily rule, ten megabytes, a hundred thousand events, deep nesting: an answer or an error, in bounded time.
    @Test(.timeLimit(.minutes(1)))
    func hostileFilesAreBounded() throws {
        #expect(throws: ICalendarError(line: nil, cause: .tooMany("50000 days off"))) {
            try holidays(inICS: calendar("DTSTART:19000101\nRRULE:FREQ=DAILY"))
        }
        #expect(throws: ICalendarError(line: nil, cause: .tooLarge)) {
            try holidays(inICS: [UInt8](repeating: 65, count: 10 << 20))
        }
        let event = "BEGIN:VEVENT\nDTSTART:20260101\nEND:VEVENT\n"
        #expect(throws: ICalendarError(line: 30_002, cause: .tooMany("10000 events"))) {
            try holidays(inICS: Array(("BEGIN:VCALENDAR\n" + String(repeating: event, count: 50_000)).utf8))
        }
        #expect(throws: ICalendarError(line: 9, cause: .nestedTooDeep)) {
            try holidays(inICS: Array(String(repeating: "BEGIN:VCALENDAR\n", count: 100_000).utf8))
        }
        let recurring = [String](
            repeating: "BEGIN:VEVENT\nDTSTART:20260101\nRRULE:FREQ=YEARLY\nEND:VEVENT\n", count: 501)
        #expect(throws: ICalendarError(line: nil, cause: .tooMany("500 recurring events"))) {
            try holidays(inICS: Array(("BEGIN:VCALENDAR\n" + recurring.joined() + "END:VCALENDAR\n").utf8))
        }
    }

    @Test func aFileCutOffAnywhereIsRefused() throws {
        let bytes = Array(try Data(contentsOf: examples.appendingPathComponent("northwind/holidays/de-by.ics")))
        for length in stride(from: 0, to: bytes.count - 2, by: 7) {
            #expect(throws: ICalendarError.self) { try holidays(inICS: Array(bytes[..<length])) }
        }
    }
}

/// The example's file against the law it stands for: Bayerisches Feiertagsgesetz, article 1.
@Suite struct BavarianHolidayTests {
    @Test func theExampleHasThemAll() throws {
        let bytes = Array(try Data(contentsOf: examples.appendingPathComponent("northwind/holidays/de-by.ics")))
        let file = try holidays(inICS: bytes, years: 2025...2028)
        #expect(file.skipped.isEmpty)
        for year in 2025...2028 {
            let fixed = ["01-01", "01-06", "05-01", "08-15", "10-03", "11-01", "12-25", "12-26"].map {
                date("\(year)-\($0)")
            }
            let movable = [-2, 1, 39, 50, 60].map { easter(year).adding(days: $0) }
            let expected = Set(fixed + movable).sorted()
            #expect(file.holidays.map(\.date).filter { $0.year == year } == expected)
        }
    }

    /// Meeus, Jones and Butcher's Gregorian computus.
    private func easter(_ year: Int) -> CivilDate {
        let (a, b, c) = (year % 19, year / 100, year % 100)
        let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let n = h + l - 7 * m + 114
        return CivilDate(year: year, month: n / 31, day: n % 31 + 1)!
    }
}
