import Testing
import Vocabulary

/// Mistakes of systems people use today, each with the case that shows it. Every expected instant was worked out by hand.
@Suite(.disabled(if: SystemZoneFiles.areMissing, "no time zone data: apt-get install tzdata"))
struct PeerDefectTests {
    static let nineToSix = WorkingTime(
        BusinessCalendar(zone: zone("Europe/Berlin"), hours: week("09:00-18:00")), years: 2025...2027)

    private static func week(_ text: String) -> [Weekday: DayHours] { VocabularyTests.week(mondayToFriday, text) }

    private func due(_ budget: String, from start: String, on working: WorkingTime = nineToSix) throws -> Instant {
        try working.deadline(from: instant(start), budget: Budget(text: budget))
    }

    /// Frappe CRM gives Tuesday 10:00.
    @Test func aLeadOfSaturdayAfternoonIsDueMondayMorning() throws {
        #expect(try due("2 business hours", from: "2026-02-07T17:00:00+01:00") == instant("2026-02-09T11:00:00+01:00"))
    }

    /// Frappe CRM gives Tuesday 11:00.
    @Test func aLeadOfSundayNightIsDueMondayMorning() throws {
        #expect(try due("2 business hours", from: "2026-02-08T23:00:00+01:00") == instant("2026-02-09T11:00:00+01:00"))
    }

    /// frappe/helpdesk #2075: the first response on a non-working day was measured wrong.
    @Test func aResponseOnANonWorkingDayHasUsedNoTimeSinceClosing() {
        let friday = instant("2026-02-06T17:30:00+01:00")
        let saturday = instant("2026-02-07T12:00:00+01:00")
        #expect(Self.nineToSix.elapsed(from: friday, to: saturday) == .minutes(30))
        #expect(Self.nineToSix.elapsed(from: saturday, to: instant("2026-02-08T12:00:00+01:00")) == .zero)
    }

    /// frappe/frappe #13443, erpnext #25991, #38745: failed just after creation, because a local time was read in the
    /// server's zone.
    @Test func theServersZoneDoesNotMatter() throws {
        let due = try due("1 business hour", from: "2026-02-09T09:00:00+01:00")
        #expect(due == instant("2026-02-09T09:00:00Z"))
        #expect(try self.due("1 business hour", from: "2026-02-09T13:30:00+05:30") == due)
    }

    /// frappe/helpdesk #2212: no lunch pause.
    @Test func lunchDoesNotCount() throws {
        let working = WorkingTime(
            BusinessCalendar(zone: zone("Europe/Berlin"), hours: Self.week("08:30-12:00 13:00-17:30")),
            years: 2026...2026)
        #expect(
            try due("1 business hour", from: "2026-02-09T11:30:00+01:00", on: working)
                == instant("2026-02-09T13:30:00+01:00"))
        #expect(
            working.elapsed(from: instant("2026-02-09T11:00:00+01:00"), to: instant("2026-02-09T14:00:00+01:00"))
                == .hours(2))
    }

    /// LeadAngel: 10 hours end Thursday 17:00, but 1 day and 10 hours Friday 17:00, with days as blocks of 24 hours.
    @Test func aDurationNamesItsClock() throws {
        let wednesday = "2026-02-11T16:00:00+01:00"
        #expect(try due("10 business hours", from: wednesday) == instant("2026-02-12T17:00:00+01:00"))
        #expect(try due("1 business day", from: wednesday) == instant("2026-02-12T16:00:00+01:00"))
        #expect(try due("24 hours", from: wednesday) == instant("2026-02-12T16:00:00+01:00"))
        #expect(try due("1 business day", from: "2026-02-13T16:00:00+01:00") == instant("2026-02-16T16:00:00+01:00"))
        #expect(try due("24 hours", from: "2026-02-13T16:00:00+01:00") == instant("2026-02-14T16:00:00+01:00"))
        #expect(throws: BudgetTextError.severalUnits) { try Budget(text: "1 day 10 hours") }
    }

    /// zammad #5177: nobody was told that it was out of hours.
    @Test func theNextOpeningIsKnown() {
        #expect(
            Self.nineToSix.nextOpen(at: instant("2026-02-06T18:00:00+01:00")) == instant("2026-02-09T09:00:00+01:00"))
        #expect(!Self.nineToSix.isOpen(at: instant("2026-02-06T18:00:00+01:00")))
        #expect(Self.nineToSix.isOpen(at: instant("2026-02-06T17:59:59.999+01:00")))
    }

    /// PostHog #21042: a window of 14 days shifted by an hour where clocks changed.
    @Test func physicalDaysAreTwentyFourHoursAcrossAChangeOfClocks() throws {
        #expect(try due("14 days", from: "2026-03-20T12:00:00+01:00") == instant("2026-04-03T13:00:00+02:00"))
    }

    /// odoo #68475, #70172: a holiday left a hole that came back every 30 days.
    @Test func aHolidayIsClosedOnceAndOnlyOnce() throws {
        let working = WorkingTime(
            BusinessCalendar(
                zone: zone("Europe/Berlin"), hours: Self.week("09:00-18:00"),
                holidays: [Holiday(date: date("2026-01-06"), name: "Epiphany")]), years: 2026...2026)
        #expect(
            try due("9 business hours", from: "2026-01-05T18:00:00+01:00", on: working)
                == instant("2026-01-07T18:00:00+01:00"))
        #expect(
            try due("9 business hours", from: "2026-02-04T18:00:00+01:00", on: working)
                == instant("2026-02-05T18:00:00+01:00"))
    }
}
