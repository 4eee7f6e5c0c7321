/// Which months make up the company's own year, and which calendar year names it.
public struct FiscalCalendar: Hashable, Sendable {
    /// A year from February 2026 through January 2027 is 2026 by its start and 2027 by its end.
    public enum Naming: Hashable, Sendable { case start, end }

    /// 1 through 12.
    public let startsMonth: Int
    public let naming: Naming

    /// January through December.
    public static let calendarYear = FiscalCalendar(startsMonth: 1, namedBy: .start)!

    /// `nil` when there is no such month.
    public init?(startsMonth: Int, namedBy naming: Naming) {
        guard (1...12).contains(startsMonth) else { return nil }
        self.startsMonth = startsMonth
        self.naming = naming
    }

    /// The days of the period, half-open; `nil` where they leave the years 0001 through 9999.
    public func days(of period: FiscalPeriod) -> Range<CivilDate>? {
        let offset = period.monthsIntoYear
        guard let first = firstDay(of: period.year, monthsIn: offset.first),
            let end = firstDay(of: period.year, monthsIn: offset.first + offset.count)
        else { return nil }
        return first..<end
    }

    public func year(containing date: CivilDate) -> FiscalPeriod { .year(position(of: date).year) }

    public func quarter(containing date: CivilDate) -> FiscalPeriod {
        let (year, month) = position(of: date)
        return .quarter(year, month / 3 + 1)
    }

    public func month(containing date: CivilDate) -> FiscalPeriod {
        let (year, month) = position(of: date)
        return .month(year, month + 1)
    }

    /// The fiscal year and the number of whole months since it began.
    private func position(of date: CivilDate) -> (year: Int, month: Int) {
        let (year, month, _) = date.fields
        let sinceStart = year * 12 + (month - startsMonth)
        return (sinceStart / 12 + yearsFromStartToName, sinceStart % 12)
    }

    private func firstDay(of year: Int, monthsIn months: Int) -> CivilDate? {
        let month = (year - yearsFromStartToName) * 12 + startsMonth - 1 + months
        return CivilDate(year: month / 12, month: month % 12 + 1, day: 1)
    }

    /// A year that starts in January also ends in the year it starts in.
    private var yearsFromStartToName: Int { naming == .end && startsMonth > 1 ? 1 : 0 }
}

/// A year, quarter or month of a fiscal calendar: `2026`, `2026-Q1`, `2026-M03`. Which days it has, only a
/// `FiscalCalendar` can say: `2026-M03` is the third month of the fiscal year, not March.
public enum FiscalPeriod: Hashable, Sendable {
    case year(Int)
    /// 1 through 4.
    case quarter(Int, Int)
    /// 1 through 12.
    case month(Int, Int)

    /// `nil` unless it is `2026`, `2026-Q1` … `2026-Q4` or `2026-M01` … `2026-M12`.
    public init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let year = parts.first.flatMap({ wholeNumber($0, digits: 4) }), year >= 1, parts.count <= 2 else {
            return nil
        }
        guard parts.count == 2 else {
            self = .year(year)
            return
        }
        if parts[1].hasPrefix("Q"), let quarter = wholeNumber(parts[1].dropFirst(), digits: 1), (1...4) ~= quarter {
            self = .quarter(year, quarter)
        } else if parts[1].hasPrefix("M"), let month = wholeNumber(parts[1].dropFirst(), digits: 2), (1...12) ~= month {
            self = .month(year, month)
        } else {
            return nil
        }
    }

    public var year: Int {
        switch self {
        case .year(let year), .quarter(let year, _), .month(let year, _): year
        }
    }

    /// The period of the same length that begins where this one ends.
    public var next: FiscalPeriod { moved(by: 1) }

    /// The period of the same length that ends where this one begins.
    public var previous: FiscalPeriod { moved(by: -1) }

    var monthsIntoYear: (first: Int, count: Int) {
        switch self {
        case .year: (0, 12)
        case .quarter(_, let quarter): ((quarter - 1) * 3, 3)
        case .month(_, let month): (month - 1, 1)
        }
    }

    private func moved(by steps: Int) -> FiscalPeriod {
        switch self {
        case .year(let year):
            return .year(year + steps)
        case .quarter(let year, let quarter):
            let index = year * 4 + quarter - 1 + steps
            return .quarter(index / 4, index % 4 + 1)
        case .month(let year, let month):
            let index = year * 12 + month - 1 + steps
            return .month(index / 12, index % 12 + 1)
        }
    }
}

extension FiscalPeriod: CustomStringConvertible {
    public var description: String {
        let name = String(year).leftPadded(to: 4)
        return switch self {
        case .year: name
        case .quarter(_, let quarter): "\(name)-Q\(quarter)"
        case .month(_, let month): "\(name)-M\(String(month).leftPadded(to: 2))"
        }
    }
}

private func wholeNumber(_ text: Substring, digits: Int) -> Int? {
    guard text.utf8.count == digits, text.utf8.allSatisfy({ $0 &- 48 < 10 }) else { return nil }
    return Int(text)
}

extension String {
    fileprivate func leftPadded(to width: Int) -> String { String(repeating: "0", count: max(0, width - count)) + self }
}
