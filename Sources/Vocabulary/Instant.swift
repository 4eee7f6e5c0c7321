/// A point in time: milliseconds since 1970-01-01T00:00:00Z, leap seconds ignored, as every system we read from does.
public struct Instant: Comparable, Hashable, Sendable {
    public var milliseconds: Int64

    @inlinable public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The range in which a calendar year has four digits, which is what every format we read and write can carry.
    public static let earliest = Instant(milliseconds: -62_135_596_800_000)  // 0001-01-01T00:00:00.000Z
    public static let latest = Instant(milliseconds: 253_402_300_799_999)  // 9999-12-31T23:59:59.999Z

    @inlinable public static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

    @inlinable public static func + (a: Instant, b: Elapsed) -> Instant {
        Instant(milliseconds: a.milliseconds + b.milliseconds)
    }

    @inlinable public static func - (a: Instant, b: Elapsed) -> Instant {
        Instant(milliseconds: a.milliseconds - b.milliseconds)
    }

    @inlinable public static func - (a: Instant, b: Instant) -> Elapsed {
        Elapsed(milliseconds: a.milliseconds - b.milliseconds)
    }
}

/// A length of physical time in milliseconds. How long a *business* day is, no number can say: see `Budget`.
public struct Elapsed: Comparable, Hashable, Sendable {
    public var milliseconds: Int64

    @inlinable public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public static let zero = Elapsed(milliseconds: 0)

    @inlinable public static func seconds(_ n: Int64) -> Elapsed { Elapsed(milliseconds: n * 1000) }
    @inlinable public static func minutes(_ n: Int64) -> Elapsed { Elapsed(milliseconds: n * 60_000) }
    @inlinable public static func hours(_ n: Int64) -> Elapsed { Elapsed(milliseconds: n * 3_600_000) }
    @inlinable public static func days(_ n: Int64) -> Elapsed { Elapsed(milliseconds: n * 86_400_000) }

    @inlinable public static func < (a: Elapsed, b: Elapsed) -> Bool { a.milliseconds < b.milliseconds }

    @inlinable public static func + (a: Elapsed, b: Elapsed) -> Elapsed {
        Elapsed(milliseconds: a.milliseconds + b.milliseconds)
    }

    @inlinable public static func - (a: Elapsed, b: Elapsed) -> Elapsed {
        Elapsed(milliseconds: a.milliseconds - b.milliseconds)
    }
}
