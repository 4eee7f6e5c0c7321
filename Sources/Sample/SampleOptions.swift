public import Vocabulary

/// What the sample company is asked to be.
public struct SampleOptions: Sendable, Equatable {
    public let seed: UInt64
    /// People who leave any trace: visitors of the site, most of them never known by name.
    public let persons: Int
    public let months: Int
    /// The first day of a month; the files begin here, the company some months before.
    public let start: CivilDate

    public static let personsAllowed = 300...5_000_000
    public static let monthsAllowed = 3...60
    public static let defaultStart = CivilDate(year: 2025, month: 2, day: 1)!

    /// Fails with the first value that cannot be simulated.
    public init(
        seed: UInt64 = 1, persons: Int = 2000, months: Int = 12, start: CivilDate = SampleOptions.defaultStart
    ) throws(SampleOptionError) {
        guard SampleOptions.personsAllowed.contains(persons) else { throw .persons(persons) }
        guard SampleOptions.monthsAllowed.contains(months) else { throw .months(months) }
        guard start.day == 1, (2008...2090).contains(start.year) else { throw .start(start) }
        (self.seed, self.persons, self.months, self.start) = (seed, persons, months, start)
    }
}

public enum SampleOptionError: Error, Equatable, CustomStringConvertible {
    case persons(Int)
    case months(Int)
    case start(CivilDate)

    public var description: String {
        switch self {
        case .persons(let n):
            let allowed = SampleOptions.personsAllowed
            return "--persons \(n): a sample company has from \(allowed.lowerBound) to \(allowed.upperBound) persons. "
                + "Fewer cannot show what is planted in it. Try --persons 2000."
        case .months(let n):
            let allowed = SampleOptions.monthsAllowed
            return "--months \(n): a sample company has from \(allowed.lowerBound) to \(allowed.upperBound) months. "
                + "Deals need about three to close. Try --months 12."
        case .start(let date):
            return
                "--start \(isoText(Int(date.daysSinceEpoch))): the files are one for each month, so the start is the "
                + "first day of a month from 2008 to 2090. Try --start \(isoText(Int(date.startOfMonth(adding: 0).daysSinceEpoch)))."
        }
    }
}
