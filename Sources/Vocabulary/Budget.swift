/// How long somebody has, in the clock that was agreed: `1 business hour`, `2 business days`, `24 hours`.
///
/// - `24 hours`, `30 days`, `2 weeks`: physical time. A day is 24 hours whatever clocks on the wall do that night, a week
///   seven such days; nights, weekends and holidays count.
/// - `1 business hour`, `90 business minutes`: working time of the calendar that applies.
/// - `2 business days`: the same local time two working days later, however long those days are.
///
/// There are no business weeks: with five, six or four working days nobody would agree on what they are.
public struct Budget: Hashable, Sendable {
    public enum Unit: String, CaseIterable, Hashable, Sendable {
        case second, minute, hour, day, week

        /// One of it in physical time.
        public var elapsed: Elapsed {
            switch self {
            case .second: .seconds(1)
            case .minute: .minutes(1)
            case .hour: .hours(1)
            case .day: .days(1)
            case .week: .days(7)
            }
        }
    }

    /// What a budget comes to, for those who compute with it.
    public enum Measure: Hashable, Sendable {
        case physical(Elapsed)
        case businessTime(Elapsed)
        case businessDays(Int)
    }

    /// At least 1.
    public let count: Int
    public let unit: Unit
    public let isBusiness: Bool

    /// One hundred years. Whoever agrees on more has mistyped, and every deadline stays within the calendar.
    public static let longest = Elapsed.days(36_525)

    public init(_ count: Int, _ unit: Unit, business isBusiness: Bool = false) throws(BudgetTextError) {
        guard count >= 1 else { throw .notPositive }
        guard Int64(count) <= Budget.longest.milliseconds / unit.elapsed.milliseconds else { throw .tooLong }
        guard !(isBusiness && unit == .week) else { throw .businessWeeks }
        self.count = count
        self.unit = unit
        self.isBusiness = isBusiness
    }

    public var measure: Measure {
        if isBusiness, unit == .day { return .businessDays(count) }
        let elapsed = Elapsed(milliseconds: Int64(count) * unit.elapsed.milliseconds)
        return isBusiness ? .businessTime(elapsed) : .physical(elapsed)
    }
}

/// Why a text is not a duration.
public enum BudgetTextError: Error, Hashable, Sendable {
    /// Not of the form `2 business hours`.
    case malformed
    /// The number is missing, negative, or has a fraction.
    case notAWholeNumber(String)
    case notPositive
    /// More than a hundred years.
    case tooLong
    case unknownUnit(String)
    case businessWeeks
    /// `1 day 10 hours`: peers read that in two ways, so we read it in none.
    case severalUnits
}

extension BudgetTextError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed: "a duration is a number and a unit, such as 2 business hours or 30 days"
        case .notAWholeNumber(let text):
            "\"\(text)\" is not a whole number; a smaller unit can say what a fraction would"
        case .notPositive: "a duration is at least 1"
        case .tooLong: "a duration is at most a hundred years"
        case .unknownUnit(let text): "\"\(text)\" is not a unit of time"
        case .businessWeeks: "a business week has no agreed length; say how many business days"
        case .severalUnits: "a duration has one unit; say 34 hours, not 1 day 10 hours"
        }
    }
}

extension Budget {
    /// Every unit as it may be written, for messages and suggestions.
    public static let unitNames = Unit.allCases.flatMap { [$0.rawValue, $0.rawValue + "s"] }

    /// Reads `1 business hour`, `24 hours`; case and the number of spaces do not matter.
    public init(text: String) throws(BudgetTextError) {
        var words = text.split(separator: " ").map { $0.lowercased() }
        guard words.count >= 2 else { throw .malformed }
        let count = words.removeFirst()
        guard let count = Int(count), count >= 0 else { throw .notAWholeNumber(count) }
        let isBusiness = words.first == "business"
        if isBusiness { words.removeFirst() }
        guard let name = words.first else { throw .malformed }
        guard let unit = Unit.allCases.first(where: { name == $0.rawValue || name == $0.rawValue + "s" }) else {
            throw .unknownUnit(name)
        }
        guard words.count == 1 else { throw .severalUnits }
        try self.init(count, unit, business: isBusiness)
    }
}

extension Budget: CustomStringConvertible {
    /// `1 business hour`, `30 days`: what `init(text:)` reads.
    public var description: String {
        "\(count) \(isBusiness ? "business " : "")\(unit.rawValue)\(count == 1 ? "" : "s")"
    }
}
