internal import Vocabulary

/// Turns written times into instants: formats first, then a zone for those written without an offset.
final class InstantReader {
    private let format: TimeFormat
    private let zone: Zone
    /// Whether nothing names the zone.
    private let isAssumed: Bool
    /// A stretch around the last local time read in which the zone's offset does not change, in local milliseconds: rows
    /// of a file lie close together, and a look into the zone for each would cost more than all the rest.
    private var steady: ClosedRange<Int64> = 1...1
    private var offset: Int64 = 0

    init(_ format: TimeFormat, zone: Zone, isAssumed: Bool = false) {
        self.format = format
        self.zone = zone
        self.isAssumed = isAssumed
    }

    /// What there is to say of an instant that was read.
    enum Doubt {
        case none
        /// The local time was skipped or passed twice, and the earlier instant taken.
        case unclear
        /// It was written without a zone, and nothing names one.
        case utcAssumed

        var code: Notice.Code? {
            switch self {
            case .none: nil
            case .unclear: .unclearLocalTime
            case .utcAssumed: .utcAssumed
            }
        }
    }

    func instant(_ written: Bytes) throws(UnreadableValue) -> (instant: Instant, doubt: Doubt) {
        let time = try format.time(written)
        let local = Int64(time.date.daysSinceEpoch) * 86_400_000 + Int64(time.timeOfDay ?? 0)
        if let offset = time.offsetSeconds { return (Instant(milliseconds: local - Int64(offset) * 1000), .none) }
        if isAssumed { return (Instant(milliseconds: local), .utcAssumed) }
        if steady.contains(local) { return (Instant(milliseconds: local - offset), .none) }
        return resolve(local)
    }

    private func resolve(_ local: Int64) -> (instant: Instant, doubt: Doubt) {
        guard case .unique(let instant) = zone.instant(of: CivilDateTime(millisecondsSinceEpoch: local)) else {
            return (zone.instant(of: CivilDateTime(millisecondsSinceEpoch: local)).earliest, .unclear)
        }
        let segment = zone.segment(at: instant)
        // A day and two hours inside the segment no other segment can claim the same local time (see `widestOffset`).
        let low = max(segment.start, .earliest).milliseconds + segment.offset.milliseconds + InstantReader.margin
        let high = min(segment.end, .latest).milliseconds + segment.offset.milliseconds - InstantReader.margin
        if low <= high {
            steady = low...high
            offset = segment.offset.milliseconds
        }
        return (instant, .none)
    }

    private static let margin: Int64 = 26 * 3_600_000
}
