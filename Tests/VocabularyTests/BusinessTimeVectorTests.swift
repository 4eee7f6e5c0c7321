import Foundation
import Testing
import Vocabulary

/// One case of business-time arithmetic as the test suite of another library states it.
struct BusinessTimeVector: Decodable, CustomTestStringConvertible, Sendable {
    enum Operation: String, Decodable { case add_seconds, elapsed_seconds, next_open }
    enum Expected: Decodable, Equatable {
        case seconds(Int64)
        case time(String)

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let seconds = try? value.decode(Int64.self) {
                self = .seconds(seconds)
            } else {
                self = .time(try value.decode(String.self))
            }
        }
    }

    let id: String
    let tz: String
    let hours: [String: [[String]]]
    let holidays: [String]
    let op: Operation
    let start: String
    let end: String?
    let seconds: Int64?
    let expected: Expected

    var testDescription: String { id }

    static let file: URL = {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let data = ProcessInfo.processInfo.environment["INTERLOCK_DATA"].map { URL(fileURLWithPath: $0) }
        return (data ?? package.appendingPathComponent("../shared/data"))
            .appendingPathComponent("business_time/vectors.json")
    }()

    static let isMissing = !FileManager.default.fileExists(atPath: file.path)

    static let all: [BusinessTimeVector] =
        isMissing ? [] : try! JSONDecoder().decode([BusinessTimeVector].self, from: Data(contentsOf: file))
}

@Suite(
    .disabled(
        if: BusinessTimeVector.isMissing, "no vectors: set INTERLOCK_DATA to the folder of business_time/vectors.json"),
    .disabled(if: SystemZoneFiles.areMissing, "no time zone data: apt-get install tzdata"))
struct BusinessTimeVectorTests {
    @Test func thereAreSixtySeven() {
        #expect(BusinessTimeVector.all.count == 67)
    }

    @Test(arguments: BusinessTimeVector.all)
    func agreesWithOtherLibraries(vector: BusinessTimeVector) throws {
        let working = WorkingTime(try calendar(of: vector), years: 2005...2022)
        let start = try moment(vector.start, in: working.calendar.zone)
        switch vector.op {
        case .add_seconds:
            let due = try working.deadline(from: start, working: .seconds(#require(vector.seconds)))
            #expect(.time(local(due, in: working.calendar.zone)) == vector.expected)
        case .elapsed_seconds:
            let end = try moment(#require(vector.end), in: working.calendar.zone)
            #expect(.seconds(working.elapsed(from: start, to: end).milliseconds / 1000) == vector.expected)
        case .next_open:
            let opening = try #require(working.nextOpen(at: start))
            #expect(.time(local(opening, in: working.calendar.zone)) == vector.expected)
        }
    }

    private func calendar(of vector: BusinessTimeVector) throws -> BusinessCalendar {
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        var week: [Weekday: DayHours] = [:]
        for (day, weekday) in zip(days, Weekday.allCases) {
            week[weekday] = hours((vector.hours[day] ?? []).map { $0.joined(separator: "-") }.joined(separator: " "))
        }
        let holidays = vector.holidays.map { Holiday(date: date($0), name: $0) }
        return BusinessCalendar(zone: zone(vector.tz), hours: week, holidays: holidays)
    }

    private func moment(_ text: String, in zone: Zone) throws -> Instant {
        switch try DateTimeText(text: text) {
        case .instant(let instant): instant
        case .local(let local): zone.instant(of: local).earliest
        }
    }

    private func local(_ instant: Instant, in zone: Zone) -> String { zone.civil(at: instant).description }
}
