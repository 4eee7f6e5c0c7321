import Testing
import Vocabulary

/// Section 5 of the semantics, sentence by sentence.
@Suite(.disabled(if: SystemZoneFiles.areMissing, "no time zone data: apt-get install tzdata"))
struct BusinessDayTests {
    /// Fridays are short, Wednesdays have a lunch break, December 24 is half a day, 25 and 28 are holidays.
    static let working: WorkingTime = {
        var hours = week(mondayToFriday, "09:00-18:00")
        hours[.wednesday] = VocabularyTests.hours("09:00-12:00 13:00-18:00")
        hours[.friday] = VocabularyTests.hours("10:00-15:00")
        let holidays = ["2026-12-25", "2026-12-28", "2026-12-24"].map { Holiday(date: date($0), name: "holiday") }
        let exceptions = [date("2026-12-24"): VocabularyTests.hours("09:00-12:00"), date("2026-12-31"): .closed]
        return WorkingTime(
            BusinessCalendar(zone: zone("Europe/Berlin"), hours: hours, holidays: holidays, exceptions: exceptions),
            years: 2026...2026)
    }()

    @Test(arguments: [
        ("the same local time", "2026-02-09T10:15:00+01:00", 1, "2026-02-10T10:15:00+01:00"),
        ("a start out of hours moves to the opening", "2026-02-07T17:00:00+01:00", 1, "2026-02-10T09:00:00+01:00"),
        ("in a gap, the next opening", "2026-02-10T12:30:00+01:00", 1, "2026-02-11T13:00:00+01:00"),
        ("when a gap begins, the next opening", "2026-02-10T12:00:00+01:00", 1, "2026-02-11T13:00:00+01:00"),
        ("before opening, the opening", "2026-02-12T09:30:00+01:00", 1, "2026-02-13T10:00:00+01:00"),
        ("after closing, the last closing", "2026-02-12T17:00:00+01:00", 1, "2026-02-13T15:00:00+01:00"),
        ("a weekend is no working day", "2026-02-12T10:30:00+01:00", 2, "2026-02-16T10:30:00+01:00"),
        ("an exception wins over a holiday", "2026-12-23T10:00:00+01:00", 1, "2026-12-24T10:00:00+01:00"),
        ("holidays are no working days", "2026-12-23T10:00:00+01:00", 2, "2026-12-29T10:00:00+01:00"),
        ("nor are closed days", "2026-12-30T09:00:00+01:00", 1, "2027-01-01T10:00:00+01:00"),
        ("local time, whatever the offset", "2026-03-27T10:15:00+01:00", 1, "2026-03-30T10:15:00+02:00"),
    ])
    func isDue(rule: String, from: String, days: Int, due: String) throws {
        #expect(try Self.working.deadline(from: instant(from), workingDays: days) == instant(due), "\(rule)")
    }

    @Test func aPausedDayIsNoWorkingDay() throws {
        let tuesday = Pauses([instant("2026-02-10T00:00:00+01:00")..<instant("2026-02-11T00:00:00+01:00")])
        let due = try Self.working.deadline(from: instant("2026-02-09T10:15:00+01:00"), workingDays: 1, pauses: tuesday)
        #expect(due == instant("2026-02-11T10:15:00+01:00"))
    }

    @Test func aLocalTimeThatIsSkippedIsTheMomentOfTheJump() throws {
        let night = WorkingTime(
            BusinessCalendar(zone: zone("Europe/Berlin"), hours: week(Weekday.allCases, "00:00-24:00")),
            years: 2026...2026)
        #expect(
            try night.deadline(from: instant("2026-03-28T02:30:00+01:00"), workingDays: 1)
                == instant("2026-03-29T03:00:00+02:00"))
        #expect(
            try night.deadline(from: instant("2026-10-24T02:30:00+02:00"), workingDays: 1)
                == instant("2026-10-25T02:30:00+02:00"))
    }
}

@Suite(.disabled(if: SystemZoneFiles.areMissing, "no time zone data: apt-get install tzdata"))
struct WorkingTimeTests {
    @Test(
        arguments: [
            ("clocks put forward", "2026-03-29", 1), ("clocks put back", "2026-10-25", 3),
            ("any other day", "2026-06-07", 2),
        ] as [(String, String, Int64)])
    func anHourIsAnHour(day: String, on: String, hoursOpen: Int64) {
        let calendar = BusinessCalendar(zone: zone("Europe/Berlin"), hours: [.sunday: hours("01:00-03:00")])
        let working = WorkingTime(calendar, years: 2026...2026)
        let noon = instant(on + "T12:00:00Z")
        #expect(working.elapsed(from: noon - .hours(24), to: noon) == .hours(hoursOpen), "\(day)")
    }

    @Test func aPauseMovesTheDeadline() throws {
        let working = WorkingTime(
            BusinessCalendar(zone: .utc, hours: week(mondayToFriday, "09:00-17:00")), years: 2026...2026)
        let start = instant("2026-02-09T09:00:00Z")
        let pauses = Pauses([
            instant("2026-02-09T10:00:00Z")..<instant("2026-02-09T11:00:00Z"),
            instant("2026-02-09T10:30:00Z")..<instant("2026-02-09T12:00:00Z"),
            instant("2026-02-09T20:00:00Z")..<instant("2026-02-10T10:00:00Z"),
        ])
        #expect(
            try working.deadline(from: start, working: .hours(1), pauses: pauses) == instant("2026-02-09T10:00:00Z"))
        #expect(
            try working.deadline(from: start, working: .hours(2), pauses: pauses) == instant("2026-02-09T13:00:00Z"))
        #expect(
            try working.deadline(from: start, working: .hours(7), pauses: pauses) == instant("2026-02-10T11:00:00Z"))
        #expect(working.elapsed(from: start, to: instant("2026-02-10T11:00:00Z"), pauses: pauses) == .hours(7))
        #expect(
            working.nextOpen(at: instant("2026-02-09T10:15:00Z"), pauses: pauses) == instant("2026-02-09T12:00:00Z"))
        #expect(
            WorkingTime.deadline(from: start, physical: .hours(24), pauses: pauses) == instant("2026-02-11T01:00:00Z"))
    }

    @Test(arguments: [[:], [date("2026-02-10"): hours("09:00-10:00")]] as [[CivilDate: DayHours]])
    func aCalendarThatClosesForGoodSaysSo(exceptions: [CivilDate: DayHours]) {
        let calendar = BusinessCalendar(zone: .utc, hours: [:], exceptions: exceptions)
        let working = WorkingTime(calendar, years: 2026...2026)
        let start = instant("2026-02-09T09:00:00Z")
        #expect(throws: NoDeadline.closesForGood(after: start)) {
            try working.deadline(from: start, working: .hours(2))
        }
        #expect(throws: NoDeadline.closesForGood(after: start)) { try working.deadline(from: start, workingDays: 2) }
        #expect(working.nextOpen(at: instant("2026-02-10T10:00:00Z")) == nil)
        #expect(calendar.neverOpens == exceptions.isEmpty)
    }

    @Test func aBudgetNobodyCanUseUpIsTooFar() {
        let working = WorkingTime(
            BusinessCalendar(zone: .utc, hours: [.monday: hours("09:00-10:00")]), years: 2026...2026)
        let start = instant("2026-02-09T09:00:00Z")
        #expect(throws: NoDeadline.tooFar) { try working.deadline(from: start, working: .hours(10_000)) }
        #expect(throws: NoDeadline.tooFar) { try working.deadline(from: start, workingDays: 6000) }
    }

    /// The answer never depends on how wide the table is.
    @Test func questionsMayLeaveTheTable() throws {
        let calendar = BusinessCalendar(zone: zone("America/New_York"), hours: week(mondayToFriday, "09:00-17:00"))
        let (narrow, wide) = (WorkingTime(calendar, years: 2026...2026), WorkingTime(calendar, years: 1990...2060))
        var random = SeededGenerator(state: 5)
        for _ in 0..<200 {
            let start = Instant(
                milliseconds: .random(
                    in: instant("1991-01-01T00:00:00Z").milliseconds...instant("2050-01-01T00:00:00Z").milliseconds,
                    using: &random))
            let budget = Elapsed.minutes(.random(in: 1...1_000_000, using: &random))
            let due = try wide.deadline(from: start, working: budget)
            #expect(try narrow.deadline(from: start, working: budget) == due)
            #expect(narrow.elapsed(from: start, to: due) == budget)
        }
    }

    @Test(
        arguments: [
            ("09:00", "09:00", .emptyBlock(TimeOfDay(hour: 9, minute: 0)!)),
            ("22:00", "06:00", .blockPastMidnight(TimeOfDay(hour: 22, minute: 0)!, TimeOfDay(hour: 6, minute: 0)!)),
        ] as [(String, String, CalendarError)])
    func refusesBlocksThatAreNone(opens: String, closes: String, reason: CalendarError) throws {
        let (opens, closes) = (try TimeOfDay(text: opens), try TimeOfDay(text: closes))
        #expect(throws: reason) { try Block(opens, closes) }
    }

    @Test func refusesBlocksThatOverlap() throws {
        let (early, late) = (hours("09:00-13:00").blocks[0], hours("12:59-18:00").blocks[0])
        #expect(throws: CalendarError.blocksOverlap(early, late)) { try DayHours([late, early]) }
        #expect(try DayHours([hours("13:00-18:00").blocks[0], early]).blocks.count == 2)
    }
}
