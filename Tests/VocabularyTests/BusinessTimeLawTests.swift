import Testing
import Vocabulary

/// The laws of section 5 of the semantics around every change of clocks of every zone, ten years back and ten ahead,
/// against a reference that looks at the wall clock every few minutes.
@Suite(.disabled(if: SystemZoneFiles.areMissing, "no time zone data: apt-get install tzdata"))
struct BusinessTimeLawTests {
    static let from = instant("2016-01-01T00:00:00Z")
    static let to = instant("2037-01-01T00:00:00Z")

    @Test(arguments: 0..<4)
    func holdAroundEveryChangeOfClocks(part: Int) throws {
        var random = SeededGenerator(state: UInt64(6 + part))
        for (number, zone) in SystemZoneFiles.distinct.enumerated() where number % 4 == part {
            for change in zone.segments(from: Self.from, to: Self.to).dropFirst().map(\.start) {
                let calendar = randomCalendar(in: zone, around: change, using: &random)
                try expectLaws(of: calendar, around: change, using: &random)
            }
        }
    }

    private func expectLaws(
        of calendar: BusinessCalendar, around change: Instant, using random: inout SeededGenerator
    ) throws {
        let year = calendar.zone.civil(at: change).date.year
        let working = WorkingTime(calendar, years: year...year)
        let reference = SteppedReference(calendar: calendar, around: change)
        for _ in 0..<3 {
            let pauses = Bool.random(using: &random) ? .none : reference.randomPauses(using: &random)
            let (a, b, c) = (
                reference.randomStep(using: &random), reference.randomStep(using: &random),
                reference.randomStep(using: &random)
            )
            let elapsed = working.elapsed(from: a, to: b, pauses: pauses)
            expect(elapsed == reference.elapsed(from: a, to: b, pauses: pauses), "elapsed", calendar, a, b)
            let sum = elapsed + working.elapsed(from: b, to: c, pauses: pauses)
            expect(sum == working.elapsed(from: a, to: c, pauses: pauses), "sum", calendar, a, c)
            let budget = Elapsed.minutes(5 * .random(in: 1...200, using: &random))
            let due = try working.deadline(from: a, working: budget, pauses: pauses)
            if let expected = reference.deadline(from: a, working: budget, pauses: pauses) {
                expect(
                    due == expected, "deadline of \(budget.milliseconds / 60_000) minutes is \(due), not \(expected)",
                    calendar, a, expected)
            }
            expect(working.elapsed(from: a, to: due, pauses: pauses) == budget, "inverse", calendar, a, due)
            expect(working.isOpen(at: due - Elapsed(milliseconds: 1)), "due in (open, close]", calendar, a, due)
            let days = Int.random(in: 1...3, using: &random)
            if let expected = reference.deadline(from: a, workingDays: days, pauses: pauses) {
                let due = try working.deadline(from: a, workingDays: days, pauses: pauses)
                expect(due == expected, "\(days) days is \(due), not \(expected)", calendar, a, expected)
            }
        }
    }

    private func expect(
        _ holds: Bool, _ law: String, _ calendar: BusinessCalendar, _ from: Instant, _ to: Instant
    ) {
        if !holds { Issue.record("\(calendar.zone.name): \(law), from \(from), to \(to)") }
    }

    /// Up to three blocks a day at multiples of five minutes, more of them near the change; now and then a holiday and an
    /// exception on the days around it.
    private func randomCalendar(
        in zone: Zone, around change: Instant, using random: inout SeededGenerator
    ) -> BusinessCalendar {
        let near = Int(zone.civil(at: change).time.milliseconds) / 300_000
        func randomHours() -> DayHours {
            if Int.random(in: 0..<8, using: &random) == 0 { return try! DayHours([.wholeDay]) }
            let marks = Set(
                (0..<2 * Int.random(in: 0...3, using: &random)).map { _ in
                    Bool.random(using: &random)
                        ? Int.random(in: 0...288, using: &random)
                        : min(288, max(0, near + Int.random(in: -30...30, using: &random)))
                }
            ).sorted()
            let blocks = stride(from: 0, to: marks.count - 1, by: 2).map { index in
                try! Block(
                    TimeOfDay(milliseconds: Int64(marks[index]) * 300_000)!,
                    TimeOfDay(milliseconds: Int64(marks[index + 1]) * 300_000)!)
            }
            return try! DayHours(blocks)
        }
        var hours: [Weekday: DayHours] = [:]
        for weekday in Weekday.allCases { hours[weekday] = randomHours() }
        if hours.values.allSatisfy(\.blocks.isEmpty) { hours[.wednesday] = VocabularyTests.hours("09:00-17:00") }
        let today = zone.civil(at: change).date
        let holidays = (0..<Int.random(in: 0...1, using: &random)).map { _ in
            Holiday(date: today.adding(days: .random(in: -3...3, using: &random)), name: "holiday")
        }
        var exceptions: [CivilDate: DayHours] = [:]
        for _ in 0..<Int.random(in: 0...1, using: &random) {
            exceptions[today.adding(days: .random(in: -3...3, using: &random))] = randomHours()
        }
        return BusinessCalendar(zone: zone, hours: hours, holidays: holidays, exceptions: exceptions)
    }
}

/// Slow and obvious: is the wall clock, at this instant, within a block of its day? Blocks and nearly all changes of clocks
/// fall on full five minutes, so looking every five minutes sees everything; for the others it looks every minute.
struct SteppedReference {
    let step: Elapsed
    private let start: Instant
    private let walls: [CivilDateTime]
    private let opens: [Bool]

    init(calendar: BusinessCalendar, around change: Instant) {
        let step = Elapsed.minutes(change.milliseconds % 300_000 == 0 ? 5 : 1)
        let start = change - .days(4)
        walls = (0..<12 * 86_400_000 / step.milliseconds).map { index in
            calendar.zone.civil(at: start + Elapsed(milliseconds: index * step.milliseconds))
        }
        (self.step, self.start) = (step, start)
        var hours: [CivilDate: DayHours] = [:]
        for wall in walls where hours[wall.date] == nil { hours[wall.date] = calendar.hours(on: wall.date) }
        opens = walls.map { wall in
            hours[wall.date]!.blocks.contains { $0.opens <= wall.time && wall.time < $0.closes }
        }
    }

    func elapsed(from: Instant, to: Instant, pauses: Pauses) -> Elapsed {
        guard from <= to else { return .zero - elapsed(from: to, to: from, pauses: pauses) }
        let steps = (index(from)..<index(to)).filter { isOpen($0, pauses) }
        return Elapsed(milliseconds: Int64(steps.count) * step.milliseconds)
    }

    /// `nil` where the days looked at end before the budget does.
    func deadline(from: Instant, working: Elapsed, pauses: Pauses) -> Instant? {
        let steps = (index(from)..<opens.count).lazy.filter { isOpen($0, pauses) }
        return steps.dropFirst(Int(working.milliseconds / step.milliseconds) - 1).first.map { at($0) + step }
    }

    func deadline(from: Instant, workingDays: Int, pauses: Pauses) -> Instant? {
        guard let first = (index(from)..<opens.count).first(where: { isOpen($0, pauses) }) else { return nil }
        let later = walls.indices.filter { walls[$0].date > walls[first].date && isOpen($0, pauses) }
        let dates = Set(later.map { walls[$0].date }).sorted().dropLast()  // the last day may be cut off
        guard dates.count >= workingDays else { return nil }
        let date = dates[workingDays - 1]
        let wanted = CivilDateTime(date: date, time: walls[first].time)
        let reached = walls.indices.first { walls[$0] >= wanted }!
        let steps = later.filter { walls[$0].date == date }
        return steps.first { $0 >= reached }.map(at) ?? at(steps.last!) + step
    }

    /// Any of the first eight days.
    func randomStep(using random: inout SeededGenerator) -> Instant {
        at(.random(in: 0..<opens.count * 2 / 3, using: &random))
    }

    func randomPauses(using random: inout SeededGenerator) -> Pauses {
        Pauses(
            (0..<3).map { _ in
                let start = randomStep(using: &random)
                return start..<start + .minutes(5 * .random(in: 0...400, using: &random))
            })
    }

    private func isOpen(_ index: Int, _ pauses: Pauses) -> Bool {
        opens[index] && !pauses.ranges.contains { $0.contains(at(index)) }
    }

    private func index(_ instant: Instant) -> Int { Int((instant - start).milliseconds / step.milliseconds) }
    private func at(_ index: Int) -> Instant { start + Elapsed(milliseconds: Int64(index) * step.milliseconds) }
}
