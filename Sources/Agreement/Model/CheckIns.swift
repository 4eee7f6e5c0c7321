public import Vocabulary

/// One of `check_ins`: when both sides look at the numbers together (F47).
public struct CheckIn: Sendable {
    public let name: String
    public let every: Clause<Rhythm>
    public let with: Clause<[Party]>
}

/// `monday 09:30`, `first monday of month 09:30`.
public struct Rhythm: Statable {
    public enum Unit: String, CaseIterable, Sendable { case week, month, quarter }

    /// A week's, or the first of its kind in a month or quarter.
    public let unit: Unit
    public let weekday: Weekday
    /// In the company's zone.
    public let time: TimeOfDay

    public init(unit: Unit, weekday: Weekday, time: TimeOfDay) {
        (self.unit, self.weekday, self.time) = (unit, weekday, time)
    }

    public var words: String {
        let day = weekday.name.lowercased()
        return unit == .week ? "\(day) \(time)" : "first \(day) of \(unit.rawValue) \(time)"
    }
}
