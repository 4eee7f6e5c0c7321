import Findings
import Foundation
import Testing

@testable import Agreement

/// One row for each finding there is: the smallest agreement that triggers it, where it points, and words of the remedy.
struct FindingCase: CustomTestStringConvertible, Sendable {
    let code: FindingCode
    let yaml: String
    let place: String
    let underlined: String
    let words: String

    init(_ code: FindingCode, _ yaml: String, at place: String, _ underlined: String, says words: String) {
        (self.code, self.yaml, self.place, self.underlined, self.words) = (code, yaml, place, underlined, words)
    }

    var testDescription: String { "\(code.name) at \(place)" }

    private static func calendar(_ lines: String) -> String { "company: N\ncalendars:\n  c:\n" + lines }

    static let all: [FindingCase] = [
        .init(.tooLarge, String(repeating: "# padding\n", count: 500_000), at: "agreement.yaml:1:1", "#", says: "4 MB"),
        .init(.notText, "company: N\u{7}\n", at: "agreement.yaml:1:11", "\u{FFFD}", says: "0x07"),
        .init(.notText, "company: N\nx: a\rb\n", at: "agreement.yaml:2:5", "", says: "0x0D"),
        .init(.notText, "company: N\u{2028}x: 1\n", at: "agreement.yaml:1:11", "\u{2028}", says: "0xE2"),
        .init(
            .tooDeep, "company: N\nx: " + String(repeating: "[", count: 100_000), at: "agreement.yaml:2:66", "[",
            says: "64 levels"),
        .init(
            .tooDeep, String(repeating: "- ", count: 100_000) + "x", at: "agreement.yaml:1:129", "-", says: "64 levels"),
        .init(.unsupportedYAML, "company: &a N\n", at: "agreement.yaml:1:10", "&", says: "Anchors"),
        .init(.unsupportedYAML, "company: *a\n", at: "agreement.yaml:1:10", "*", says: "aliases"),
        .init(.unsupportedYAML, "company: !!str N\n", at: "agreement.yaml:1:10", "!", says: "Tags"),
        .init(.unsupportedYAML, "%YAML 1.2\n---\ncompany: N\n", at: "agreement.yaml:1:1", "%", says: "Directives"),
        .init(.unsupportedYAML, "? company\n: N\n", at: "agreement.yaml:1:1", "?", says: "Keys marked"),
        .init(.notYAML, "company: N\n  x: 1\n", at: "agreement.yaml:2:4", ":", says: "indentation"),
        .init(.notYAML, "company: [N\n", at: "agreement.yaml:2:1", "", says: "bracket"),
        .init(.duplicateKey, "company: N\ncompany: M\n", at: "agreement.yaml:1:1", "c", says: "\"company\""),
        .init(.wrongShape, "- company\n", at: "agreement.yaml:1:1", "-", says: "keys with values"),
        .init(.wrongShape, "company: [N]\n", at: "agreement.yaml:1:10", "[", says: "name of the company"),
        .init(.wrongShape, "company: N\ncalendars: munich\n", at: "agreement.yaml:2:12", "munich", says: "a colon"),
        .init(
            .wrongShape, calendar("    hours: {mon: 09:00-10:00}\n    holidays: {x: 1}\n"), at: "agreement.yaml:5:15",
            "{",
            says: "a list of dates"),
        .init(.unknownVersion, "interlock: 2\ncompany: N\n", at: "agreement.yaml:1:12", "2", says: "version 1"),
        .init(
            .unknownKey, "company: N\ncalender: {}\n", at: "agreement.yaml:2:1", "calender",
            says: "Did you mean calendars?"),
        .init(
            .unknownKey, "company: N\nxyzzy: {}\n", at: "agreement.yaml:2:1", "xyzzy", says: "It may have: interlock"),
        .init(
            .unknownKey, calendar("    hours: {mon: 09:00-10:00}\n    timezon: Europe/Berlin\n"),
            at: "agreement.yaml:5:5",
            "timezon", says: "Did you mean timezone?"),
        .init(.missingKey, "", at: "agreement.yaml:1:1", "", says: "company: Northwind"),
        .init(.missingKey, "interlock: 1\n", at: "agreement.yaml:1:1", "i", says: "does not say \"company\""),
        .init(.missingKey, "company: N\ncalendars: {c: {}}\n", at: "agreement.yaml:2:13", "c", says: "has no hours"),
        .init(
            .ambiguousName, "company: N\ncalendars: {\"No\": {hours: {mon: 09:00-10:00}}}\n", at: "agreement.yaml:2:13",
            "\"N", says: "another name"),
        .init(
            .unknownZone, "company: N\ntimezone: Europe/Berln\n", at: "agreement.yaml:2:11", "Europe/Berln",
            says: "Did you mean Europe/Berlin?"),
        .init(
            .unknownZone, "company: N\ntimezone: london\n", at: "agreement.yaml:2:11", "london",
            says: "Did you mean Europe/London?"),
        .init(
            .unknownDay, calendar("    hours: {mon-thx: 09:00-10:00}\n"), at: "agreement.yaml:4:13", "mon-thx",
            says: "Did you mean thu?"),
        .init(
            .dayTwice, calendar("    hours: {mon-fri: 09:00-10:00, fri: 09:00-12:00}\n"), at: "agreement.yaml:4:35",
            "fri",
            says: "Friday has hours already"),
        .init(
            .badHours, calendar("    hours: {mon: 9-17}\n"), at: "agreement.yaml:4:18", "9-17",
            says: "\"9\" is not a time"),
        .init(
            .badHours, calendar("    hours: {mon: 22:00-06:00}\n"), at: "agreement.yaml:4:18", "22:00-06:00",
            says: "goes past midnight; write 22:00-24:00 and, on the next day, 00:00-06:00"),
        .init(
            .badHours, calendar("    hours: {mon: [09:00-09:00]}\n"), at: "agreement.yaml:4:19", "09:00-09:00",
            says: "no working time"),
        .init(
            .blocksOverlap, calendar("    hours: {mon: [09:00-12:00, 11:00-15:00]}\n"), at: "agreement.yaml:4:18", "[",
            says: "09:00-12:00 and 11:00-15:00 overlap"),
        .init(
            .badDate, calendar("    hours: {mon: 09:00-10:00}\n    holidays: [2026-02-30]\n"),
            at: "agreement.yaml:5:16",
            "2026-02-30", says: "there is no such day"),
        .init(
            .badDate, calendar("    hours: {mon: 09:00-10:00}\n    exceptions: {24.12.: closed}\n"),
            at: "agreement.yaml:5:18", "24.12.", says: "year, month and day"),
        .init(
            .badDuration, "company: N\nhistory: {act_within: 3 dyas}\n", at: "agreement.yaml:2:23", "3 dyas",
            says: "Did you mean days?"),
        .init(
            .badDuration, "company: N\nhistory: {act_within: 2 business weeks}\n", at: "agreement.yaml:2:23",
            "2 business weeks", says: "no agreed length"),
        .init(.neverOpens, calendar("    hours: {mon: closed}\n"), at: "agreement.yaml:3:3", "c", says: "never opens"),
        .init(
            .includeOutside, calendar("    hours: {mon: 09:00-10:00}\n    holidays: ../x.ics\n"),
            at: "agreement.yaml:5:15",
            "../x.ics", says: "beside the agreement"),
        .init(
            .includeOutside, calendar("    hours: {mon: 09:00-10:00}\n    holidays: /etc/passwd\n"),
            at: "agreement.yaml:5:15",
            "/etc/passwd", says: "beside the agreement"),
        .init(
            .includeUnreadable, calendar("    hours: {mon: 09:00-10:00}\n    holidays: missing.ics\n"),
            at: "agreement.yaml:5:15", "missing.ics", says: "no such file"),
        .init(
            .badHolidays, calendar("    hours: {mon: 09:00-10:00}\n    holidays: broken.ics\n"), at: "broken.ics:2:1",
            "BEGIN:VEVENT", says: "The event has no DTSTART"),
        .init(
            .skippedEvents, calendar("    hours: {mon: 09:00-10:00}\n    holidays: meeting.ics\n"),
            at: "meeting.ics:2:1",
            "BEGIN:VEVENT", says: "\"Stand-up\""),
        .init(
            .badCondition, "company: N\nstages:\n  lead: {side: sales, enter: \"pass > 1 adn pass < 9\"}\n",
            at: "agreement.yaml:3:40", "adn", says: "\"adn\" stands"),
        .init(
            .unknownName, "company: N\nstages: {lead: {side: sales, enter: engagment >= 5}}\n",
            at: "agreement.yaml:2:37",
            "engagment", says: "Did you mean engagement?"),
        .init(
            .unknownName, "company: N\nteams: {a: {calendar: munich}}\n", at: "agreement.yaml:2:23", "munich",
            says: "There is none yet."),
        .init(
            .typeMismatch, "company: N\nstages: {lead: {side: sales, enter: fit = '5'}}\n", at: "agreement.yaml:2:43",
            "'5'", says: "fit is a number"),
        .init(
            .impossibleComparison, "company: N\nstages: {lead: {side: sales, enter: fit between 9 and 5}}\n",
            at: "agreement.yaml:2:37", "fit between 9 and 5", says: "lower end"),
        .init(
            .badValue, "company: N\non_change: later\n", at: "agreement.yaml:2:12", "later",
            says: "enter at most 20 per day"),
        .init(
            .badNumber, "company: N\npipeline: {coverage: {multiple: many}}\n", at: "agreement.yaml:2:33", "many",
            says: "not a number"),
        .init(
            .badAmount, "company: N\nplan: {average_sale: 48k}\n", at: "agreement.yaml:2:22", "48k",
            says: "the currency"),
        .init(
            .badShare, "company: N\nplan: {win_rate: 120%}\n", at: "agreement.yaml:2:18", "120%",
            says: "from 0% through 100%"),
        .init(
            .badInclude, "company: N\ncurrencies: {rates: broken.csv}\n", at: "broken.csv:3:1", "2026-02,GBP,much",
            says: "a rate above 0"),
        .init(
            .reservedName, "company: N\nactivities: {Within: event = 'Visit'}\n", at: "agreement.yaml:2:14", "Within",
            says: "one way only"),
        .init(
            .reservedName, "company: N\nfields: {grade: {type: text}}\n", at: "agreement.yaml:2:10", "grade",
            says: "another name"),
        .init(
            .nameTwice, "company: N\nteams: {a: {reps: [{email: x@n.example}, {email: x@n.example}]}}\n",
            at: "agreement.yaml:2:50", "x@n.example", says: "Keep one of them"),
        .init(
            .noOtherwise, "company: N\nplan:\n  win_rate:\n    - {where: account in targets, is: 30%}\n",
            at: "agreement.yaml:4:7", "{", says: "End the list with otherwise"),
    ]

    static let files = [
        "broken.csv": "month,currency,per_eur\n2026-01,GBP,0.87\n2026-02,GBP,much\n",
        "broken.ics": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n",
        "meeting.ics":
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101T100000Z\nSUMMARY:Stand-up\nEND:VEVENT\nEND:VCALENDAR\n",
    ]
}

@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct FindingTests {
    @Test(arguments: FindingCase.all)
    func saysWhereAndWhatToDo(expected: FindingCase) throws {
        let reading = readPart(expected.yaml, FindingCase.files)
        #expect(reading.findings.count == 1, "\(reading.findings.map(\.text))")
        let finding = try #require(reading.findings.first)
        #expect(finding.code == expected.code)
        #expect(finding.place.description == expected.place)
        #expect(finding.excerpt.dropFirst(finding.place.column - 1).prefix(finding.length) == expected.underlined)
        #expect(finding.text.contains(expected.words), "\(finding.text)")
        #expect((reading.agreement == nil) == (finding.level == .error))
    }

    @Test func everyFindingHasACase() {
        #expect(Set(FindingCase.all.map(\.code)) == Set(FindingCode.ofAgreements))
    }

    @Test func allFindingsComeAtOnceAndInOrder() {
        let reading = readPart(
            """
            company: N
            timezone: Europe/Berln
            calendars:
              munich: {hours: {mno: 09:00-17:00, tue: 9-17}, holidays: [2026-13-01]}
              london: {timezone: Europe/Londn}
            colour: blue
            """)
        #expect(
            reading.findings.map { "\($0.place.line) \($0.code.name)" } == [
                "2 unknown-zone", "4 unknown-day", "4 bad-hours", "4 bad-date", "5 missing-key", "5 unknown-zone",
                "6 unknown-key",
            ])
    }

    @Test func isWrittenForATerminal() {
        let reading = readPart("company: N\ntimezone: Europe/Berln\n")
        #expect(
            reading.findings[0].text == """
                Error: agreement.yaml:2:11: unknown-zone
                2 | timezone: Europe/Berln
                  |           ^^^^^^^^^^^^
                There is no time zone "Europe/Berln".
                Did you mean Europe/Berlin?
                For example:
                    timezone: Europe/Berlin

                """)
    }

    @Test func columnsCountCharactersNotBytes() {
        let reading = readPart("company: N\ncalendars: {Käse: {hours: {Mönday: 09:00-10:00}}}\n")
        #expect(reading.findings.map(\.place.column) == [28])
    }
}
