public import Vocabulary

/// The addresses of the Segment spec, and what a request to each of them brings.
public enum Segment: String, CaseIterable, Sendable {
    case identify, track, page, screen, group, alias, batch

    /// Reads a request's body. Throws `ItemFault` where it is no request at all; what is wrong with single calls stands in
    /// the delivery.
    public func delivery(of document: JSON, from sender: Sender, received: Instant) throws(ItemFault) -> Delivery {
        var delivery = Delivery()
        guard self == .batch else {
            let kind = SegmentCall.Kind(rawValue: rawValue)
            delivery.add(at: "") { () throws(ItemFault) in
                let call = try SegmentCall(document, kind: kind, SegmentCall.Shared(received: received))
                return try SegmentFacts(call: call, sender: sender, place: 0).facts()
            }
            return delivery
        }
        guard case .object(let body) = document, case .array(let calls)? = body["batch"] else {
            throw ItemFault(
                "not-a-batch", at: "/batch", "there is no list “batch”", remedy: #"Send {"batch": [...]}."#)
        }
        let shared = SegmentCall.Shared(context: body.object("context"), sent: body["sentAt"], received: received)
        for (place, json) in calls.enumerated() {
            delivery.add(at: "/batch/\(place)") { () throws(ItemFault) in
                let call = try SegmentCall(json, shared)
                return try SegmentFacts(call: call, sender: sender, place: place).facts()
            }
        }
        return delivery
    }

    /// The write key that some clients send in the body.
    public static func writeKey(in document: JSON) -> String? {
        if case .object(let body) = document { body.text("writeKey") } else { nil }
    }

    /// How many bytes a request may have.
    public var sizeLimit: Int { self == .batch ? InboundLimits.request : InboundLimits.event }
}
