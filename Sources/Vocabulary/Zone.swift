// A zone is a list of segments, each with one offset from UTC:
//
//     starts      −∞         1893-04-01   …   2025-10-26T01:00Z   2026-03-29T01:00Z   …   through 2100, then by `rule`
//     kinds       LMT +0:53  CET +1           CET +1              CEST +2
//
// Built from TZif bytes (TZif.swift), never from the system's own functions: the same bytes give the same answers on
// every machine.

/// A time zone of the IANA database, as of one release of it: what local clocks showed at every instant.
public struct Zone: Hashable, Sendable {
    /// `Europe/Berlin`.
    public let name: String
    /// UTC milliseconds; the first is `Int64.min`.
    let starts: [Int64]
    /// Parallel to `starts`: indices into `localTypes`.
    let kinds: [UInt8]
    let localTypes: [LocalType]
    /// What holds from `ruleStart` on, after the last of `starts`.
    let rule: DaylightRule?
    let ruleStart: Int64

    /// Coordinated universal time, for those who have no zone table at hand.
    public static let utc = Zone(
        name: "UTC", starts: [.min], kinds: [0],
        localTypes: [LocalType(offset: 0, isDaylight: false, abbreviation: "UTC")], rule: nil, ruleStart: .max)

    /// One way in which a zone's clocks can stand.
    struct LocalType: Hashable, Sendable {
        /// Milliseconds to add to UTC.
        var offset: Int64
        var isDaylight: Bool
        var abbreviation: String
    }

    /// A stretch of time in which the offset does not change.
    public struct Segment: Hashable, Sendable {
        /// `Int64.min` milliseconds in a zone's first segment.
        public let start: Instant
        /// Exclusive; `Int64.max` milliseconds in a zone's last segment.
        public let end: Instant
        /// What is added to UTC.
        public let offset: Elapsed
        public let isDaylight: Bool
        /// `CET`, or digits such as `+03` where nobody has a name for it.
        public let abbreviation: String
    }
}

extension Zone {
    /// The segment in which the instant lies.
    public func segment(at instant: Instant) -> Segment {
        if instant.milliseconds >= ruleStart, let rule { return rule.segment(at: instant, from: ruleStart) }
        let index = index(at: instant)
        let type = localTypes[Int(kinds[index])]
        return Segment(
            start: Instant(milliseconds: starts[index]), end: end(ofSegment: index),
            offset: Elapsed(milliseconds: type.offset), isDaylight: type.isDaylight, abbreviation: type.abbreviation)
    }

    /// What local clocks are ahead of UTC at the instant; negative west of Greenwich. 7 ns before 2101.
    public func offset(at instant: Instant) -> Elapsed {
        if instant.milliseconds >= ruleStart { return segment(at: instant).offset }
        return Elapsed(milliseconds: localTypes[Int(kinds[index(at: instant)])].offset)
    }

    /// What local clocks and calendars show at the instant.
    public func civil(at instant: Instant) -> CivilDateTime {
        CivilDateTime(millisecondsSinceEpoch: (instant + offset(at: instant)).milliseconds)
    }

    /// The segments that overlap the instants, in order, not clipped.
    public func segments(from: Instant, to: Instant) -> [Segment] {
        var segments = [segment(at: from)]
        while segments[segments.count - 1].end < to { segments.append(segment(at: segments[segments.count - 1].end)) }
        return segments
    }

    private func index(at instant: Instant) -> Int {
        var (low, high) = (0, starts.count)  // starts[low] <= instant < starts[high]
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= instant.milliseconds { low = middle } else { high = middle }
        }
        return low
    }

    private func end(ofSegment index: Int) -> Instant {
        let next = index + 1 < starts.count ? starts[index + 1] : ruleStart
        guard next == ruleStart, let rule else { return Instant(milliseconds: next) }
        // The last segment of the table may go on under the rule.
        return rule.segment(at: Instant(milliseconds: ruleStart), from: starts[index]).end
    }
}

/// What a local time names: usually one instant; none where clocks are put forward; two where they are put back.
public enum LocalTimeReading: Hashable, Sendable {
    case unique(Instant)
    /// No clock shows this time: at `transition` clocks jump over it. `before` and `after` are the offsets from UTC around
    /// the jump.
    case gap(before: Elapsed, after: Elapsed, transition: Instant)
    /// Clocks show this time twice.
    case overlap(earlier: Instant, later: Instant)

    /// The one instant to go on with where somebody must: the earlier of two; in a gap, the jump itself.
    public var earliest: Instant {
        switch self {
        case .unique(let instant), .overlap(let instant, _), .gap(_, _, let instant): instant
        }
    }
}

extension Zone {
    /// No zone has ever been further from UTC than this (26 h, the bound of RFC 9636), so all readings of a local time lie
    /// this close to the same digits read in UTC.
    static let widestOffset = Elapsed.hours(26)

    /// Reads a local time. A day that was skipped whole (Samoa, 2011-12-30) is a gap of 24 hours.
    public func instant(of local: CivilDateTime) -> LocalTimeReading {
        let wall = local.millisecondsSinceEpoch
        let inUTC = Instant(milliseconds: wall)
        let candidates = segments(from: inUTC - Zone.widestOffset, to: inUTC + Zone.widestOffset)
        let readings = candidates.compactMap { segment -> Instant? in
            let instant = Instant(milliseconds: wall - segment.offset.milliseconds)
            return segment.start <= instant && instant < segment.end ? instant : nil
        }
        if readings.count >= 2 { return .overlap(earlier: readings[0], later: readings[readings.count - 1]) }
        if let only = readings.first { return .unique(only) }
        return gap(over: wall, among: candidates)
    }

    /// The first instant at which clocks show this day.
    public func startOfDay(_ date: CivilDate) -> Instant {
        instant(of: CivilDateTime(date: date, time: .midnight)).earliest
    }

    private func gap(over wall: Int64, among segments: [Segment]) -> LocalTimeReading {
        for (before, after) in zip(segments, segments.dropFirst())
        where wall >= (after.start + before.offset).milliseconds && wall < (after.start + after.offset).milliseconds {
            return .gap(before: before.offset, after: after.offset, transition: after.start)
        }
        preconditionFailure("a local time that is in no segment lies between two")
    }
}
