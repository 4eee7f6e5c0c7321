internal import Vocabulary

/// One call of the Segment spec, as its client libraries send it: https://segment.com/docs/connections/spec
struct SegmentCall {
    enum Kind: String, CaseIterable {
        case identify, track, page, screen, group, alias
    }

    /// What a batch says once for all its calls.
    struct Shared {
        var context = JSONObject()
        var sent: JSON?
        var received: Instant
    }

    let kind: Kind
    let messageID: String?
    let userID: String?
    let anonymousID: String?
    let body: JSONObject
    let context: JSONObject
    let occurred: Instant
    let received: Instant
    /// Whether the call itself says when it happened.
    let isDated: Bool

    /// `kind` is the one its address names; a call of a batch names its own.
    init(_ json: JSON, kind: Kind? = nil, _ shared: Shared) throws(ItemFault) {
        guard case .object(let body) = json else {
            throw ItemFault("not-an-object", "it is no JSON object", remedy: "Send one object for each call.")
        }
        guard body.byteCount <= InboundLimits.event else {
            throw ItemFault(
                "event-too-large", "it takes \(body.byteCount) bytes, and an event may take \(InboundLimits.event)",
                remedy: "Leave out what the agreement does not ask for.")
        }
        self.kind = if let kind { kind } else { try SegmentCall.kind(of: body) }
        self.body = body
        received = shared.received
        context = body.object("context").members.isEmpty ? shared.context : body.object("context")
        messageID = try SegmentCall.identifier("messageId", in: body)
        userID = try SegmentCall.identifier("userId", in: body)
        anonymousID = try SegmentCall.identifier("anonymousId", in: body)
        let sent = try SentTimes.instant(body["sentAt"] ?? shared.sent, at: "/sentAt")
        // Both are held to be times, though only one of them tells.
        let written = try SentTimes.instant(body["timestamp"], at: "/timestamp")
        let original = try SentTimes.instant(body["originalTimestamp"], at: "/originalTimestamp")
        let timestamp = body["originalTimestamp"] == nil ? written : original
        isDated = timestamp != nil
        occurred = try SentTimes(received: shared.received, sent: sent, timestamp: timestamp).occurred()
    }

    private static func kind(of body: JSONObject) throws(ItemFault) -> Kind {
        guard let word = body.text("type"), let kind = Kind(rawValue: word) else {
            throw ItemFault(
                "unknown-type", at: "/type", "its type is none of the spec's",
                remedy: "It is one of: \(Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return kind
    }

    /// A text or a number without control characters, at most as long as Segment lets ids be.
    static func identifier(_ name: String, in body: JSONObject) throws(ItemFault) -> String? {
        guard let json = body[name], !json.isNull else { return nil }
        switch json {
        case .string, .number: break
        default:
            throw ItemFault(
                "not-an-id", at: "/\(name)", "“\(name)” is neither a text nor a number", remedy: "Send it as a text.")
        }
        guard let text = json.plainText else { return nil }
        guard text.utf8.count <= longestID, !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw ItemFault(
                "not-an-id", at: "/\(name)",
                "“\(name)” is longer than \(longestID) bytes or holds a control character",
                remedy: "Send the id as your system keeps it.")
        }
        return text
    }

    private static let longestID = 256

    /// A text that must be there.
    func required(_ name: String) throws(ItemFault) -> String {
        guard let text = try SegmentCall.identifier(name, in: body) else {
            throw ItemFault(
                "missing", at: "/\(name)", "a call of type \(kind.rawValue) must have “\(name)”",
                remedy: "See the Segment spec for what each call carries.")
        }
        return text
    }
}
