internal import Vocabulary

/// The days of a simulation and what happens on fixed ones. Days are numbers since 1970-01-01.
struct Timeline: Sendable {
    /// The company lives for four months before its files begin, so that the first file already shows open leads and
    /// deals of every age.
    static let warmUpDays = 120

    let months: Int
    /// First days of the months, and the day after the last.
    let monthStarts: [Int]
    /// From the beginning of the warm-up to the end.
    let days: Range<Int>

    init(_ options: SampleOptions) {
        months = options.months
        monthStarts = (0...options.months).map { Int(options.start.startOfMonth(adding: $0).daysSinceEpoch) }
        days = monthStarts.first! - Timeline.warmUpDays..<monthStarts.last!
    }

    var startDay: Int { monthStarts.first! }
    var endDay: Int { monthStarts.last! }
    var start: UnixTime { startDay * secondsPerDay }
    var end: UnixTime { endDay * secondsPerDay }
    var written: Range<UnixTime> { start..<end }

    func month(_ index: Int) -> Range<UnixTime> {
        monthStarts[index] * secondsPerDay..<monthStarts[index + 1] * secondsPerDay
    }

    /// `2025-02`, as it stands in file names.
    func monthName(_ index: Int) -> String { String(isoText(monthStarts[index]).prefix(7)) }

    private func day(after perMille: Int, _ weekday: Weekday) -> Int {
        let date = CivilDate(daysSinceEpoch: Int32(startDay + (endDay - startDay) * perMille / 1000))
        return Int(date.next(weekday).daysSinceEpoch)
    }

    /// The two days of the fair.
    var fair: Range<Int> {
        let tuesday = day(after: 400, .tuesday)
        return tuesday..<tuesday + 2
    }

    /// The first day on which deals close at the lower rate.
    var slip: Int { monthStarts[(2 * months + 2) / 3] }

    /// The last working day of the one who leaves.
    var leaving: Int { day(after: 620, .friday) }

    /// The days on which reps upload lists.
    var uploads: [Int] { [day(after: 240, .wednesday), day(after: 520, .thursday), day(after: 800, .monday)] }

    /// Every second Tuesday of the written time a mailing goes out at 09:00 UTC.
    var mailings: [UnixTime] {
        let first = Int(CivilDate(daysSinceEpoch: Int32(startDay)).next(.tuesday).daysSinceEpoch)
        return stride(from: first, to: endDay, by: 14).map { $0 * secondsPerDay + 9 * 3600 }
    }

    /// Weekly exports of records: one at the start, one every seven days, one at the end; each shows the state at 00:00
    /// UTC of its day. The first, every fourth and the last are complete.
    var exports: [Export] {
        let days = Array(stride(from: startDay, to: endDay, by: 7)) + [endDay]
        return days.enumerated().map { index, day in
            let since = index == 0 ? 0 : days[index - 1] * secondsPerDay
            return Export(day: day, since: since, complete: index % 4 == 0 || day == endDay)
        }
    }
}

/// One weekly export.
struct Export: Sendable {
    let day: Int
    /// The instant of the export before; 0 for the first.
    let since: UnixTime
    let complete: Bool

    var at: UnixTime { day * secondsPerDay }

    /// Whether a version made at `modified` stands in this export for the first time.
    func isFirstToShow(_ modified: UnixTime) -> Bool { since <= modified && modified < at }
}
