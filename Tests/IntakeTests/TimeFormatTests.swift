import Testing
import Vocabulary

@testable import Intake

/// `2026-01-05`, `2026-01-05 03:15:52.000`, `2026-01-05 03:15:52.000 +3600`, or the code of the refusal.
private func read(_ text: String, _ format: [String]) throws -> String {
    let format = try TimeFormat(format)
    return text.withBytes { bytes in
        do throws(UnreadableValue) {
            return describe(try format.time(bytes))
        } catch {
            return error.rawValue
        }
    }
}

private func describe(_ time: WrittenTime) -> String {
    func padded(_ n: Int, _ width: Int = 2) -> String {
        String(repeating: "0", count: max(0, width - String(n).count)) + String(n)
    }
    let date = "\(time.date.year)-\(padded(time.date.month))-\(padded(time.date.day))"
    guard let clock = time.timeOfDay.map(Int.init) else { return date }
    let seconds = clock / 1000
    let text =
        "\(padded(seconds / 3600)):\(padded(seconds / 60 % 60)):\(padded(seconds % 60)).\(padded(clock % 1000, 3))"
    return "\(date) \(text)" + (time.offsetSeconds.map { " \($0)" } ?? "")
}

private let times: [(text: String, format: String, verdict: String)] = [
    ("2026-01-05", "iso8601", "2026-01-05"),
    ("2026-01-05T03:15:52Z", "iso8601", "2026-01-05 03:15:52.000 0"),
    ("2026-01-05T03:15:52.123456+02:00", "iso8601", "2026-01-05 03:15:52.123 7200"),
    ("2026-01-05T03:15:52.1-0530", "iso8601", "2026-01-05 03:15:52.100 -19800"),
    ("2026-01-05 03:15", "iso8601", "2026-01-05 03:15:00.000"),
    ("2026-01-05 03:15:52 UTC", "iso8601", "2026-01-05 03:15:52.000 0"),
    ("2026-01-05 3:15:52", "iso8601", "2026-01-05 03:15:52.000"),
    ("20260105T031552Z", "iso8601", "2026-01-05 03:15:52.000 0"),
    (" 2026-01-05\u{A0}", "iso8601", "2026-01-05"),
    ("2024-02-29", "iso8601", "2024-02-29"),
    ("2026-02-29", "iso8601", "impossible-date"),
    ("0000-00-00", "iso8601", "impossible-date"),
    ("0000-00-00 00:00:00", "iso8601", "impossible-date"),
    ("1899-12-30", "iso8601", "absurd-date"),
    ("1900-01-01", "iso8601", "absurd-date"),
    ("9999-12-31", "iso8601", "absurd-date"),
    ("20026-01-05", "iso8601", "absurd-date"),
    ("2026-13-05", "iso8601", "impossible-date"),
    ("2026-01-05T24:00:00", "iso8601", "impossible-time"),
    ("2026-01-05T10:60", "iso8601", "impossible-time"),
    ("2026-01-05T10:00+19:00", "iso8601", "impossible-time"),
    ("2026-01-05T10", "iso8601", "not-a-time"),
    ("2026-01-05T10:00:00.", "iso8601", "not-a-time"),
    ("2026-01-05T10:00:00X", "iso8601", "not-a-time"),
    ("2026-W01-1", "iso8601", "not-a-time"),
    ("05.01.2026", "iso8601", "not-a-time"),
    ("", "iso8601", "empty"),
    ("  ", "iso8601", "empty"),
    ("2026-01-05 03:15:52", "yyyy-MM-dd HH:mm:ss", "2026-01-05 03:15:52.000"),
    ("2026-01-05  3:15:52", "yyyy-MM-dd HH:mm:ss", "2026-01-05 03:15:52.000"),
    ("1/5/2026 3:15 PM", "M/d/yyyy h:mm a", "2026-01-05 15:15:00.000"),
    ("1/5/2026 12:15\u{202F}am", "M/d/yyyy h:mm a", "2026-01-05 00:15:00.000"),
    ("1/5/2026 12:15 p.m.", "M/d/yyyy h:mm a", "2026-01-05 12:15:00.000"),
    ("1/5/2026 13:15 PM", "M/d/yyyy h:mm a", "impossible-time"),
    ("1/5/2026 0:15 AM", "M/d/yyyy h:mm a", "impossible-time"),
    ("13/5/2026 1:15 AM", "M/d/yyyy h:mm a", "impossible-date"),
    ("5 Jan, 2026 03:15:52", "d MMM, yyyy HH:mm:ss", "2026-01-05 03:15:52.000"),
    ("5 Sept, 2026 03:15:52", "d MMM, yyyy HH:mm:ss", "2026-09-05 03:15:52.000"),
    ("5 SEPTEMBER, 2026 03:15:52", "d MMM, yyyy HH:mm:ss", "2026-09-05 03:15:52.000"),
    ("5 Sem, 2026 03:15:52", "d MMM, yyyy HH:mm:ss", "not-a-time"),
    ("05.01.2026", "dd.MM.yyyy", "2026-01-05"),
    ("5.1.2026", "dd.MM.yyyy", "2026-01-05"),
    ("31.04.2026", "dd.MM.yyyy", "impossible-date"),
    ("05.01.20026", "dd.MM.yyyy", "absurd-date"),
    ("05.01.26", "dd.MM.yyyy", "not-a-time"),
    ("05.01.26", "dd.MM.yy", "2026-01-05"),
    ("05.01.69", "dd.MM.yy", "1969-01-05"),
    ("2026-01-05T03:15:52.120Z", "yyyy-MM-dd'T'HH:mm:ss.SSSZ", "2026-01-05 03:15:52.120 0"),
    ("2026-01-05T03:15:52.120+0100", "yyyy-MM-dd'T'HH:mm:ss.SSSZ", "2026-01-05 03:15:52.120 3600"),
    ("2026-01-05 03:15:52.999 UTC", "yyyy-MM-dd HH:mm:ss.SSS 'UTC'", "2026-01-05 03:15:52.999 0"),
    ("20260105031552", "yyyyMMddHHmmss", "2026-01-05 03:15:52.000"),
    ("Mon, 5 Jan 2026 03:15:52 GMT", "EEE, d MMM yyyy HH:mm:ss z", "2026-01-05 03:15:52.000 0"),
    ("5 o'clock 1.2026", "d 'o''clock' M.yyyy", "2026-01-05"),
    ("5'1'2026", "d''M''yyyy", "2026-01-05"),
    ("2026-01-05 trailing", "yyyy-MM-dd", "not-a-time"),
    ("=1+1", "yyyy-MM-dd", "not-a-time"),
    ("1767582952", "epoch seconds", "2026-01-05 03:15:52.000 0"),
    ("1767582952.5", "epoch seconds", "2026-01-05 03:15:52.500 0"),
    ("1767582952123", "epoch milliseconds", "2026-01-05 03:15:52.123 0"),
    ("1767582952", "epoch milliseconds", "absurd-date"),
    ("1767582952123", "epoch seconds", "absurd-date"),
    ("0", "epoch seconds", "absurd-date"),
    ("-5", "epoch seconds", "not-a-time"),
    ("1.76E+09", "epoch seconds", "not-a-time"),
    ("99999999999999999999", "epoch milliseconds", "not-a-time"),
]

@Test("A written time is read or refused with the reason", arguments: times)
func timeTable(_ row: (text: String, format: String, verdict: String)) throws {
    #expect(try read(row.text, [row.format]) == row.verdict)
}

@Test("Alternatives are tried in order; day and month are never guessed")
func timeAlternatives() throws {
    let isoThenGerman = ["iso8601", "d.M.yyyy"]
    #expect(try read("2026-01-05", isoThenGerman) == "2026-01-05")
    #expect(try read("5.1.2026", isoThenGerman) == "2026-01-05")
    #expect(try read("5.13.2026", isoThenGerman) == "impossible-date")
    #expect(try read("5/1/2026", isoThenGerman) == "not-a-time")
    let mixed = ["d/M/yyyy", "M/d/yyyy"]
    #expect(try read("5/1/2026", mixed) == "ambiguous-date")
    #expect(try read("5/5/2026", mixed) == "2026-05-05")
    #expect(try read("25/1/2026", mixed) == "2026-01-25")
    #expect(try read("1/25/2026", mixed) == "2026-01-25")
}

@Test(
    "A format that cannot be meant is refused",
    arguments: [
        ("yyyy-mm-dd", TimeFormatError.noDate("yyyy-mm-dd")),
        ("HH:mm", .noDate("HH:mm")),
        ("yyyy-MM HH:mm", .noDate("yyyy-MM HH:mm")),
        ("yyyy-MM-ddTHH:mm", .unknownLetters("yyyy-MM-ddTHH:mm", "T")),
        ("yyyy-MM-dd 'at", .unclosedQuote("yyyy-MM-dd 'at")),
        ("yyyy-MM-dd h:mm", .halfWithoutTwelveHours("yyyy-MM-dd h:mm")),
        ("yyyy-MM-dd HH:mm a", .halfWithoutTwelveHours("yyyy-MM-dd HH:mm a")),
        ("yyy-MM-dd", .unknownLetters("yyy-MM-dd", "yyy")),
    ])
func refusedFormats(_ pattern: String, _ error: TimeFormatError) {
    #expect(throws: error) { try TimeFormat(pattern) }
}

@Test(
    "Samples propose their format",
    arguments: [
        (["2026-01-05T03:15:52Z", ""], "iso8601", false),
        (["2026-01-05", "2026-12-31"], "iso8601", false),
        (["05.01.2026 10:00", "31.12.2026 23:59"], "d.M.yyyy H:mm", false),
        (["1/5/2026 3:15 PM", "12/31/2026 1:00 AM"], "M/d/yyyy h:mm a", false),
        (["5/1/2026", "12/11/2026"], "d/M/yyyy", true),
        (["1767582952"], "epoch seconds", false),
        (["1767582952123"], "epoch milliseconds", false),
        (["5 Jan, 2026 03:15:52"], "d MMM, yyyy H:mm:ss", false),
        (["2026-01-05 03:15:52.999 UTC"], "iso8601", false),
        (["soon", "2026-01-05"], nil, false),
        (["", " "], nil, false),
    ] as [([String], String?, Bool)])
func proposedTimes(_ samples: [String], _ first: String?, _ isAmbiguous: Bool) {
    let proposal = proposeTimeFormat(samples: samples)
    #expect(proposal.fitting.first == first)
    #expect(proposal.isDayMonthAmbiguous == isAmbiguous)
}

@Test("Every day from 1901 to 2199 is read back from three ways of writing it")
func everyDay() throws {
    let (german, american) = (try TimeFormat("dd.MM.yyyy"), try TimeFormat("M/d/yyyy h:mm a"))
    for day in stride(from: CivilDate(year: 1901, month: 1, day: 1)!.daysSinceEpoch, to: 84_000, by: 1) {
        let date = CivilDate(daysSinceEpoch: day)
        let (y, m, d) = date.fields
        let iso = "\(y)-\(m < 10 ? "0" : "")\(m)-\(d < 10 ? "0" : "")\(d)"
        #expect(iso.withBytes { try? TimeFormat.iso8601.time($0) } == WrittenTime(date: date))
        #expect("\(d).\(m).\(y)".withBytes { try? german.time($0) } == WrittenTime(date: date))
        #expect(
            "\(m)/\(d)/\(y) 11:59 PM".withBytes { try? american.time($0) }
                == WrittenTime(date: date, timeOfDay: 86_340_000))
    }
}
