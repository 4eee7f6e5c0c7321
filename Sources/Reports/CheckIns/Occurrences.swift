public import Agreement
public import Vocabulary

extension Rhythm {
    /// The last time that it was, at an instant or before it, and the next after it. By the clocks of a zone: where they are put
    /// back over it, the first of the two.
    public func around(_ instant: Instant, in zone: Zone) -> (last: Instant, next: Instant) {
        let today = zone.civil(at: instant).date
        // Quarters are at most 92 days apart, and their first such day at most a week into each.
        let days = (-110...110).map { today.adding(days: $0) }.filter(isOn)
        let times = days.map { zone.instant(of: CivilDateTime(date: $0, time: time)).earliest }
        return (times.last { $0 <= instant } ?? .earliest, times.first { $0 > instant } ?? .latest)
    }

    private func isOn(_ day: CivilDate) -> Bool {
        guard day.weekday == weekday else { return false }
        let (_, month, number) = day.fields
        return switch unit {
        case .week: true
        case .month: number <= 7
        case .quarter: number <= 7 && (month - 1) % 3 == 0
        }
    }
}
