internal import Vocabulary

/// Turns written times into instants: formats first, then a zone for those written without an offset.
final class InstantReader {
    private let format: TimeFormat
    private let zone: Zone
    /// A stretch around the last local time read in which the zone's offset does not change, in local milliseconds: rows
    /// of a file lie close together, and a look into the zone for each would cost more than all the rest.
    private var steady: ClosedRange<Int64> = 1...1
    private var offset: Int64 = 0

    init(_ format: TimeFormat, zone: Zone) {
        self.format = format
        self.zone = zone
    }

    /// The instant, and whether the local time was skipped or passed twice and the earlier instant taken.
    func instant(_ written: Bytes) throws(UnreadableValue) -> (instant: Instant, isUnclear: Bool) {
        let time = try format.time(written)
        let local = Int64(time.date.daysSinceEpoch) * 86_400_000 + Int64(time.timeOfDay ?? 0)
        if let offset = time.offsetSeconds { return (Instant(milliseconds: local - Int64(offset) * 1000), false) }
        if steady.contains(local) { return (Instant(milliseconds: local - offset), false) }
        return resolve(local)
    }

    private func resolve(_ local: Int64) -> (instant: Instant, isUnclear: Bool) {
        guard case .unique(let instant) = zone.instant(of: CivilDateTime(millisecondsSinceEpoch: local)) else {
            return (zone.instant(of: CivilDateTime(millisecondsSinceEpoch: local)).earliest, true)
        }
        let segment = zone.segment(at: instant)
        // A day and two hours inside the segment no other segment can claim the same local time (see `widestOffset`).
        let low = max(segment.start, .earliest).milliseconds + segment.offset.milliseconds + InstantReader.margin
        let high = min(segment.end, .latest).milliseconds + segment.offset.milliseconds - InstantReader.margin
        if low <= high {
            steady = low...high
            offset = segment.offset.milliseconds
        }
        return (instant, false)
    }

    private static let margin: Int64 = 26 * 3_600_000
}
