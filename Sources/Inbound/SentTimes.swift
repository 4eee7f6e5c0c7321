internal import Vocabulary

/// When something happened, told by a clock that may be wrong.
///
/// The sender's clock showed `timestamp` when it happened and `sentAt` when it was sent; ours showed `received` when it
/// came. The difference of the first two is right however wrong that clock is, so it happened that long before `received`:
///
///     occurred = received − (sentAt − timestamp)
struct SentTimes {
    var received: Instant
    var sent: Instant?
    var timestamp: Instant?

    /// So much later than now a time may be written, and is taken for now.
    static let tolerance = Elapsed.days(1)
    /// Before this nobody sent an event.
    static let earliest = Instant(milliseconds: 0)

    /// Throws where the time is out of reason.
    func occurred() throws(ItemFault) -> Instant {
        guard let timestamp else { return received }
        let told = sent.map { received - ($0 - timestamp) } ?? timestamp
        guard told <= received + SentTimes.tolerance else {
            throw ItemFault(
                "time-in-future", at: "/timestamp", "it is said to have happened on \(told), which is yet to come",
                remedy: "Send the instant at which it happened, and sentAt from the same clock.")
        }
        guard told >= SentTimes.earliest else {
            throw ItemFault(
                "time-out-of-range", at: "/timestamp", "it is said to have happened on \(told), before 1970",
                remedy: "Send the instant at which it happened, as 2026-02-02T08:00:00.000Z.")
        }
        return min(told, received)
    }

    /// Reads RFC 3339; a time without offset is in UTC, as Segment takes it.
    static func instant(_ json: JSON?, at pointer: String) throws(ItemFault) -> Instant? {
        guard let json, !json.isNull else { return nil }
        if case .string(let text) = json {
            if let read = try? DateTimeText(text: text) { return read.asUTC }
            if let date = try? CivilDate(text: text) {
                return Instant(milliseconds: Int64(date.daysSinceEpoch) * 86_400_000)
            }
        }
        throw ItemFault(
            "not-a-time", at: pointer, "it is no instant",
            remedy: "Write it as 2026-02-02T08:00:00.000Z (RFC 3339).")
    }
}

extension DateTimeText {
    fileprivate var asUTC: Instant {
        switch self {
        case .instant(let instant): instant
        case .local(let local): Instant(milliseconds: local.millisecondsSinceEpoch)
        }
    }
}
