import Foundation
import Testing

private let zonesAreMissing = !FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Europe/Berlin")

/// `interlock due` and `interlock elapsed`, from outside.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct CalendarCommandTests {
    private func run(_ command: String, _ arguments: String...) throws -> CommandRun {
        let fixed = ["--agreement", "Examples/northwind/agreement.yaml"]
        return try CommandRun([command] + fixed + arguments)
    }

    @Test(arguments: [
        ("munich", "2026-02-07T17:00", "2 business hours", "2026-02-09T09:30:00Z"),
        ("munich", "2026-02-07T16:00:00Z", "2 business hours", "2026-02-09T09:30:00Z"),
        ("munich", "2026-12-23T10:00", "1 business day", "2026-12-24T09:00:00Z"),
        ("munich", "2026-12-23T10:00", "3 business days", "2026-12-29T09:00:00Z"),
        ("london", "2026-12-24T17:00", "90 business minutes", "2026-12-29T10:00:00Z"),
        ("london", "2026-03-28T17:00", "24 hours", "2026-03-29T17:00:00Z"),
    ])
    func saysWhenItIsDue(calendar: String, from: String, within: String, due: String) throws {
        let result = try run("due", "--calendar", calendar, "--from", from, "--within", within, "--json")
        #expect(result.output == "{\"due\": \"\(due)\"}\n")
        #expect(result.exitCode == 0, "\(result.errors)")
    }

    @Test(arguments: [
        ("munich", "2026-02-06T14:30", "2026-02-09T09:00", "3600"),
        ("munich", "2026-02-09T11:00", "2026-02-09T14:00:00.250", "7200.25"),
        ("london", "2026-12-25T00:00", "2026-12-26T00:00", "0"),
    ])
    func saysHowMuchTimeThereWas(calendar: String, from: String, to: String, seconds: String) throws {
        let result = try run("elapsed", "--calendar", calendar, "--from", from, "--to", to, "--json")
        #expect(result.output == "{\"seconds\": \(seconds)}\n")
        #expect(result.exitCode == 0, "\(result.errors)")
    }

    @Test func saysWhyInWords() throws {
        let result = try run(
            "due", "--calendar", "munich", "--from", "2026-02-07T17:00", "--within", "2 business hours", "--pause",
            "2026-02-09T09:00/2026-02-09T10:00")
        #expect(
            result.output == """
                2 business hours from Saturday 7 February 2026 at 17:00 (CET, UTC+1) in Europe/Berlin are over on Monday 9 \
                February 2026 at 11:30 (CET, UTC+1): 2026-02-09T10:30:00Z.
                Why: calendar munich is closed from Saturday 7 February 2026 at 17:00 (CET, UTC+1) until Monday 9 February \
                2026 at 08:30 (CET, UTC+1).
                  paused from Monday 9 February 2026 at 09:00 (CET, UTC+1) to Monday 9 February 2026 at 10:00 (CET, UTC+1)
                  Monday 9 February 2026 from 08:30 to 09:00: 30 minutes
                  Monday 9 February 2026 from 10:00 to 11:30: 1 hour 30 minutes

                """)
    }

    @Test(arguments: [
        ("2026-03-29T02:30", "clocks go from 2026-03-29T02:00:00 to 2026-03-29T03:00:00"),
        ("2026-10-25T02:30", "2026-10-25T00:30:00Z for the earlier one (CEST) or 2026-10-25T01:30:00Z"),
        ("yesterday", "is not an instant"),
    ])
    func refusesALocalTimeItWouldHaveToGuessAt(from: String, words: String) throws {
        let result = try run("due", "--calendar", "munich", "--from", from, "--within", "1 hour")
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(result.exitCode == 2)
    }

    @Test(arguments: [
        (["--calendar", "paris", "--from", "2026-02-09T10:00Z", "--within", "1 hour"], "It has: munich, london."),
        (["--calendar", "munich", "--from", "2026-02-09T10:00Z", "--within", "1 day 2 hours"], "one unit"),
        (
            [
                "--calendar", "munich", "--from", "2026-02-09T10:00Z", "--within", "1 hour", "--pause",
                "2026-02-09T10:00Z",
            ],
            "two instants with a slash"
        ),
        (["--calendar", "munich"], "--from"),
        (
            ["--calendar", "munich", "--from", "2026-02-09T10:00Z", "--within", "800000 business hours"],
            "hundred years"
        ),
    ])
    func aWrongCommandLineIsUsage(arguments: [String], words: String) throws {
        let result = try CommandRun(["due", "--agreement", "Examples/northwind/agreement.yaml"] + arguments)
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(result.exitCode == 2)
        #expect(result.output.isEmpty)
    }

    @Test func findingsAndMissingFilesHaveExitCodesOfTheirOwn() throws {
        try withTemporaryFolder { folder in
            let question = ["--calendar", "c", "--from", "2026-02-09T10:00Z", "--within", "1 hour"]
            let missing = try CommandRun(["due", "--agreement", "none.yaml"] + question, in: folder)
            #expect(missing.errors.hasPrefix("interlock: none.yaml cannot be read: there is no such file.\n"))
            #expect(missing.exitCode == 3)

            let yaml = "company: N\ncalendars: {c: {hours: {mon: 9-17}, holidays: link.ics}}\n"
            try Data(yaml.utf8).write(to: folder.appendingPathComponent("bad.yaml"))
            try FileManager.default.createSymbolicLink(
                at: folder.appendingPathComponent("link.ics"), withDestinationURL: URL(fileURLWithPath: "/etc/passwd"))
            let bad = try CommandRun(["due", "--agreement", "bad.yaml"] + question, in: folder)
            #expect(bad.errors.contains("Error: bad.yaml:2:30: bad-hours"), "\(bad.errors)")
            #expect(bad.errors.contains("outside the folder of the agreement"))
            #expect(bad.exitCode == 1)
        }
    }

    @Test func aMachineWithoutZonesSaysWhatToInstall() throws {
        try withTemporaryFolder { folder in
            let result = try CommandRun(
                [
                    "due", "--agreement", "Examples/northwind/agreement.yaml", "--calendar", "munich", "--from",
                    "2026-02-09T10:00Z", "--within", "1 hour",
                ], environment: ["TZDIR": folder.path])
            #expect(result.errors.contains("apt-get install tzdata"))
            #expect(result.exitCode == 3)
        }
    }
}
