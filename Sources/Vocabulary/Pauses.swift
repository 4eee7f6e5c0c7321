/// Stretches of time that do not count against anybody, such as "asked to be called later".
public struct Pauses: Hashable, Sendable {
    /// In order, disjoint, not touching, none empty.
    public let ranges: [Range<Instant>]

    public static let none = Pauses([])

    /// Half-open ranges in any order; they may overlap.
    public init(_ ranges: [Range<Instant>]) {
        var joined: [Range<Instant>] = []
        for range in ranges.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, range.lowerBound <= last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        self.ranges = joined
    }

    /// The parts of the range that are not paused, in order.
    public func removed(from range: Range<Instant>) -> [Range<Instant>] {
        var (rest, parts) = (range, [Range<Instant>]())
        for pause in ranges where pause.overlaps(rest) {
            if rest.lowerBound < pause.lowerBound { parts.append(rest.lowerBound..<pause.lowerBound) }
            rest = min(pause.upperBound, rest.upperBound)..<rest.upperBound
        }
        return rest.isEmpty ? parts : parts + [rest]
    }

    /// The first instant at or after this one that is not paused.
    func end(at instant: Instant) -> Instant {
        ranges.first { $0.contains(instant) }?.upperBound ?? instant
    }
}
