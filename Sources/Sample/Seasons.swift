internal import Vocabulary

/// When people look at an industrial supplier's pages: less in summer and at the turn of the year, on weekdays, in
/// working hours. Weights are relative; an ordinary Tuesday in October is about 1290.
struct Seasons: Sendable {
    let days: Range<Int>
    /// `total[i]` is the sum of the weights of the first i days.
    private let total: [Int]

    static let byMonth = [95, 100, 108, 100, 98, 100, 78, 60, 108, 115, 110, 85]
    static let byWeekday = [100, 112, 110, 104, 78, 18, 22]
    /// From 20 December to 6 January, in place of the month's own weight.
    static let turnOfTheYear = 35

    init(days: Range<Int>) {
        self.days = days
        var total = [0]
        for day in days { total.append(total.last! + Seasons.weight(day)) }
        self.total = total
    }

    static func weight(_ day: Int) -> Int {
        let date = CivilDate(daysSinceEpoch: Int32(day))
        let (_, month, dayOfMonth) = date.fields
        let quiet = (month == 12 && dayOfMonth >= 20) || (month == 1 && dayOfMonth <= 6)
        let season = quiet ? turnOfTheYear : byMonth[month - 1]
        return season * byWeekday[Int(date.weekday.rawValue)] / 10
    }

    var sum: Int { total[days.count] }

    func weight(of part: Range<Int>) -> Int {
        total[part.upperBound - days.lowerBound] - total[part.lowerBound - days.lowerBound]
    }

    /// The day on which the share `numerator` / `denominator` of all traffic has passed.
    func day(at numerator: Int, of denominator: Int) -> Int {
        let (high, low) = UInt(sum).multipliedFullWidth(by: UInt(numerator))
        let wanted = Int(UInt(denominator).dividingFullWidth((high, low)).quotient)
        var (from, to) = (0, days.count - 1)
        while from < to {
            let middle = (from + to) / 2
            if total[middle + 1] > wanted { to = middle } else { from = middle + 1 }
        }
        return days.lowerBound + from
    }

    /// `day` or a later one, so that a person's return follows the season too.
    func settle(_ day: Int, _ dice: inout Dice) -> Int {
        var day = day
        while day < days.upperBound && dice.below(1300) >= weight(of: day..<day + 1) { day += 1 }
        return day
    }

    /// A local second of the day.
    func second(_ day: Int, _ dice: inout Dice) -> Int {
        let weekend = Seasons.isWeekend(day)
        let hour = weekend ? weekendHours[dice.below(weekendHours.count)] : workingHours[dice.below(workingHours.count)]
        return hour * 3600 + dice.below(3600)
    }

    static func isWeekend(_ day: Int) -> Bool { (day + 3) % 7 >= 5 }

    private let workingHours = [
        6, 7, 7, 8, 8, 8, 8, 9, 9, 9, 9, 9, 9, 10, 10, 10, 10, 10, 10, 10, 11, 11, 11, 11, 11, 11, 12, 12, 12, 13, 13,
        13, 13, 14, 14, 14, 14, 14, 14, 15, 15, 15, 15, 15, 16, 16, 16, 16, 17, 17, 17, 18, 18, 19, 20, 20, 21, 22,
    ]
    private let weekendHours = [8, 9, 10, 10, 11, 11, 12, 13, 14, 14, 15, 15, 16, 17, 18, 19, 20, 20, 21, 21, 22, 22]
}
