internal import Journal
public import Vocabulary

/// When Interlock acts by itself: from and until when an operator said so, in company facts named `live`. What became ready
/// at other times is neither routed nor told.
public struct LiveTimes: Hashable, Sendable {
    /// When owners are given by the rules of routing.
    public private(set) var assigning: [Range<Instant>] = []
    /// When people are told.
    public private(set) var telling: [Range<Instant>] = []

    public static let factName = "live"

    public init(_ history: History, until: Instant) {
        for stated in history.company where stated.fact.name == LiveTimes.factName && stated.occurred <= until {
            let isBegun = stated.fact["state"] == .text("begun")
            let assigns = isBegun && stated.fact["assigns"] != .flag(false)
            LiveTimes.turn(&telling, isBegun, at: stated.occurred)
            LiveTimes.turn(&assigning, assigns, at: stated.occurred)
        }
    }

    /// Saying the same again changes nothing.
    private static func turn(_ times: inout [Range<Instant>], _ isOn: Bool, at instant: Instant) {
        let wasOn = times.last.map { $0.upperBound == .latest } ?? false
        guard isOn != wasOn else { return }
        if isOn {
            times.append(instant..<Instant.latest)
        } else if let last = times.popLast(), last.lowerBound < instant {
            times.append(last.lowerBound..<instant)
        }
    }

    public func tells(of instant: Instant) -> Bool { telling.contains { $0.contains(instant) } }
}
