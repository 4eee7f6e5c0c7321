internal import Agreement
internal import Engine
internal import Vocabulary

/// A fiscal period over which a promise is measured.
struct PromisePeriod: Hashable, Sendable {
    let name: String
    /// Half-open.
    let days: Range<CivilDate>
    let from: Instant
    let to: Instant

    func contains(_ instant: Instant) -> Bool { from <= instant && instant < to }

    var dayCount: Int { Int(days.upperBound.daysSinceEpoch - days.lowerBound.daysSinceEpoch) }
}

/// How long the period of a promise is.
enum PromiseLength: CaseIterable, Hashable, Sendable {
    case month, quarter, year

    /// What is promised by the hour, day or week is measured by the month.
    init(_ period: Period) {
        switch period {
        case .hour, .day, .week, .month: self = .month
        case .quarter: self = .quarter
        case .year: self = .year
        }
    }
}

extension Inquiry {
    /// Whole fiscal periods that begin in the window and are over, or under way, at its end. A promise begins with the first
    /// whole period after it is in force.
    func promisePeriods(_ length: PromiseLength) -> [PromisePeriod] {
        let first = max(from ?? .earliest, beginningOfPromises)
        guard first < to else { return [] }
        let calendar = company.fiscalCalendar
        let date = company.zone.civil(at: first).date
        var period =
            switch length {
            case .month: calendar.month(containing: date)
            case .quarter: calendar.quarter(containing: date)
            case .year: calendar.year(containing: date)
            }
        var periods: [PromisePeriod] = []
        while let days = calendar.days(of: period) {
            let (start, end) = (company.zone.startOfDay(days.lowerBound), company.zone.startOfDay(days.upperBound))
            guard start < to else { break }
            if start >= first {
                periods.append(PromisePeriod(name: "\(period)", days: days, from: start, to: end))
            }
            period = period.next
        }
        return periods
    }

    /// The latest of go-live and of the first version's coming into force; where nothing says so, the first fact.
    private var beginningOfPromises: Instant {
        let first = company.agreements[0].company
        let stated = [first.starts, first.effective].compactMap { $0.map { company.zone.startOfDay($0.value) } }
        let inForce = company.world.versions[0].from
        let begin = (stated + (inForce > .earliest ? [inForce] : [])).max()
        return begin ?? company.world.history.occurred.min().map { Instant(milliseconds: $0) } ?? to
    }

    /// The agreement in force at an instant.
    func agreement(at instant: Instant) -> Agreement {
        company.agreements[world.versions.lastIndex { $0.from <= instant } ?? 0]
    }
}
