public import Vocabulary

/// How somebody wants to be told: by their own clock.
public struct Habits: Sendable {
    public enum Pace: Hashable, Sendable {
        case atOnce
        /// Once a day, at this time.
        case digest(TimeOfDay)
    }

    public var zone: Zone
    /// From and until when nobody tells them anything, over midnight where the first is the later; `nil`: never.
    public var quiet: (from: TimeOfDay, until: TimeOfDay)?
    public var pace: Pace

    public init(zone: Zone, quiet: (from: TimeOfDay, until: TimeOfDay)? = nil, pace: Pace = .atOnce) {
        (self.zone, self.quiet, self.pace) = (zone, quiet, pace)
    }

    /// When to tell what is known by an instant.
    public func due(_ instant: Instant) -> Instant {
        switch pace {
        case .atOnce: afterQuiet(instant)
        case .digest(let time): next(time, after: instant)
        }
    }

    /// The end of the quiet hours that the instant lies in; the instant itself outside of them.
    public func afterQuiet(_ instant: Instant) -> Instant {
        guard let quiet else { return instant }
        let time = zone.civil(at: instant).time
        let isQuiet =
            quiet.from <= quiet.until
            ? quiet.from <= time && time < quiet.until : quiet.from <= time || time < quiet.until
        return isQuiet ? next(quiet.until, after: instant) : instant
    }

    /// The next time that clocks show it.
    private func next(_ time: TimeOfDay, after instant: Instant) -> Instant {
        let today = zone.civil(at: instant).date
        let candidates = (0...2).map { day in
            zone.instant(of: CivilDateTime(date: today.adding(days: day), time: time)).earliest
        }
        return candidates.first { $0 > instant } ?? instant
    }
}
