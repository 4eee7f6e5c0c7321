import Foundation
import Sample
import Testing

/// Working time by Foundation's calendar, day by day: slow, and made from the files alone (holidays from the `.ics`,
/// hours as the agreement states them), so that it shares nothing with the generator's own.
struct BusinessHours {
    private var calendar = Calendar(identifier: .gregorian)
    private let hours: [Int: [(Int, Int)]]
    private let holidays: Set<String>
    private let exceptions: [String: [(Int, Int)]]

    /// `name` is a calendar of Northwind's agreement.
    init(_ name: String, _ world: World) throws {
        let all = [2, 3, 4, 5, 6]  // Foundation counts Sunday as 1
        func week(_ blocks: [(Int, Int)]) -> [Int: [(Int, Int)]] {
            Dictionary(uniqueKeysWithValues: all.map { ($0, blocks) })
        }
        let file: String
        switch name {
        case "munich":
            calendar.timeZone = TimeZone(identifier: "Europe/Berlin")!
            hours = week([(510, 720), (780, 1050)]).merging([6: [(510, 900)]]) { $1 }
            file = "company/holidays/de-by.ics"
            exceptions = Dictionary(
                uniqueKeysWithValues: (2024...2027).flatMap { year in
                    [("\(year)1224", [(510, 720)]), ("\(year)1231", [])]
                })
        case "london":
            calendar.timeZone = TimeZone(identifier: "Europe/London")!
            hours = week([(540, 1050)])
            (file, exceptions) = ("company/holidays/gb-eng.ics", [:])
        default:
            calendar.timeZone = TimeZone(identifier: "America/Chicago")!
            hours = week([(480, 720), (780, 1020)])
            (file, exceptions) = ("company/holidays/us.ics", [:])
        }
        let lines = try world.text(file).split(whereSeparator: \.isNewline)
        holidays = Set(lines.filter { $0.hasPrefix("DTSTART") }.map { String($0.suffix(8)) })
    }

    /// Working seconds between two instants in seconds since 1970.
    func elapsed(_ from: Int, _ to: Int) -> Int {
        var total = 0
        var day = calendar.startOfDay(for: Date(timeIntervalSince1970: Double(from)))
        while Int(day.timeIntervalSince1970) < to {
            for (open, close) in blocks(day) {
                let start = max(from, instant(day, open))
                let end = min(to, instant(day, close))
                total += max(0, end - start)
            }
            day = calendar.date(byAdding: .day, value: 1, to: day)!
        }
        return total
    }

    private func blocks(_ day: Date) -> [(Int, Int)] {
        let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: day)
        let name = String(format: "%04d%02d%02d", parts.year!, parts.month!, parts.day!)
        let weekday = parts.weekday!
        if let exception = exceptions[name], weekday != 1, weekday != 7 { return exception }
        return holidays.contains(name) ? [] : hours[weekday] ?? []
    }

    private func instant(_ day: Date, _ minute: Int) -> Int {
        let at = calendar.date(bySettingHour: minute / 60, minute: minute % 60, second: 0, of: day)!
        return Int(at.timeIntervalSince1970)
    }
}
