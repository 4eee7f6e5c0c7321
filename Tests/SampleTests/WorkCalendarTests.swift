import Foundation
import Testing
import Vocabulary

@testable import Sample

/// The generator's own working hours against Foundation's calendar, over three years with their changes of clock.
@Suite struct WorkCalendarTests {
    private static let days = Int(CivilDate(year: 2025, month: 1, day: 1)!.daysSinceEpoch)
    private static let span = days..<days + 3 * 365

    private func roster() throws -> Roster {
        let options = try SampleOptions(start: CivilDate(year: 2025, month: 5, day: 1)!)
        return Roster(options: options, timeline: Timeline(options), handOversAMonth: 20)
    }

    @Test(arguments: Territory.allCases)
    func elapsedIsWhatFoundationFinds(territory: Territory) async throws {
        let world = try await World.standard()
        let calendar = try roster().calendar(territory)
        let reference = try BusinessHours(calendar.name, world)
        var dice = Dice(seed: 11, .typing, territory.rawValue)
        for _ in 0..<400 {
            let a = (Self.days + 10 + dice.below(380)) * 86_400 + dice.below(86_400)
            let b = a + dice.below(12 * 86_400)
            #expect(calendar.elapsed(a, b) == reference.elapsed(a, b), "from \(a) to \(b)")
        }
    }

    @Test(arguments: Territory.allCases)
    func advanceIsTheInverseOfElapsed(territory: Territory) throws {
        let calendar = try roster().calendar(territory)
        var dice = Dice(seed: 12, .typing, territory.rawValue)
        for _ in 0..<5000 {
            let a = (Self.days + 10 + dice.below(380)) * 86_400 + dice.below(86_400)
            let work = 1 + dice.below(60 * 3600)
            let b = calendar.advance(a, by: work)
            #expect(b > a && calendar.elapsed(a, b) == work && calendar.elapsed(a, b - 1) == work - 1)
        }
    }

    @Test(arguments: LocalClock.allCases)
    func clocksShowWhatFoundationShows(clock: LocalClock) throws {
        let zone = try #require(TimeZone(identifier: clock.zoneName))
        for hour in stride(from: Self.span.lowerBound * 24, to: Self.span.upperBound * 24, by: 1) {
            let at = hour * 3600
            #expect(clock.offset(at: at) == zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(at))))
        }
    }

    struct Holiday: Sendable, CustomTestStringConvertible {
        let place: Holidays
        let date: String
        let isFree: Bool

        var testDescription: String { "\(place) \(date)" }
    }

    /// From the calendars published by the Bavarian interior ministry, gov.uk and the US Office of Personnel Management.
    @Test(arguments: [
        Holiday(place: .bavaria, date: "2025-01-06", isFree: true),
        Holiday(place: .bavaria, date: "2025-04-18", isFree: true),
        Holiday(place: .bavaria, date: "2025-04-21", isFree: true),
        Holiday(place: .bavaria, date: "2025-05-29", isFree: true),
        Holiday(place: .bavaria, date: "2025-06-09", isFree: true),
        Holiday(place: .bavaria, date: "2025-06-19", isFree: true),
        Holiday(place: .bavaria, date: "2025-10-31", isFree: false),
        Holiday(place: .bavaria, date: "2026-04-03", isFree: true),
        Holiday(place: .bavaria, date: "2026-05-14", isFree: true),
        Holiday(place: .england, date: "2025-05-05", isFree: true),
        Holiday(place: .england, date: "2025-05-26", isFree: true),
        Holiday(place: .england, date: "2025-08-25", isFree: true),
        Holiday(place: .england, date: "2025-10-03", isFree: false),
        Holiday(place: .england, date: "2026-04-06", isFree: true),
        Holiday(place: .unitedStates, date: "2025-01-20", isFree: true),
        Holiday(place: .unitedStates, date: "2025-05-26", isFree: true),
        Holiday(place: .unitedStates, date: "2025-09-01", isFree: true),
        Holiday(place: .unitedStates, date: "2025-11-27", isFree: true),
        Holiday(place: .unitedStates, date: "2025-12-26", isFree: false),
    ])
    func holidaysFallOnTheirDays(_ it: Holiday) throws {
        let date = try #require(CivilDate(it.date))
        #expect(it.place.dates(in: date.year).contains { $0.day == date } == it.isFree)
    }
}
