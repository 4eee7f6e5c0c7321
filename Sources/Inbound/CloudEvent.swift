internal import Journal
public import Vocabulary

/// Events of the CloudEvents specification, version 1.0, in its JSON format and its HTTP binding.
public enum CloudEvent {
    /// `application/cloudevents+json`.
    public static func structured(_ document: JSON, from sender: Sender, received: Instant) -> Delivery {
        var delivery = Delivery()
        add(document, at: "", to: &delivery, sender, received)
        return delivery
    }

    /// `application/cloudevents-batch+json`. Throws where it is no list.
    public static func batch(
        _ document: JSON, from sender: Sender, received: Instant
    ) throws(ItemFault) -> Delivery {
        guard case .array(let events) = document else {
            throw ItemFault("not-a-batch", "it is no list", remedy: "Send a JSON array of events.")
        }
        var delivery = Delivery()
        for (place, event) in events.enumerated() { add(event, at: "/\(place)", to: &delivery, sender, received) }
        return delivery
    }

    /// Attributes in `ce-` headers, the data as the body. `data` is `nil` for an empty body.
    public static func binary(
        attributes: [(name: String, value: String)], data: JSON?, from sender: Sender, received: Instant
    ) -> Delivery {
        var members = attributes.map { JSONObject.Member(name: $0.name, value: .string($0.value.percentDecoded)) }
        if let data { members.append(JSONObject.Member(name: "data", value: data)) }
        return structured(.object(JSONObject(members: members)), from: sender, received: received)
    }

    private static func add(
        _ json: JSON, at pointer: String, to delivery: inout Delivery, _ sender: Sender, _ received: Instant
    ) {
        delivery.add(at: pointer) { () throws(ItemFault) in
            [try CloudEventFact(json, sender: sender, received: received).fact()]
        }
    }
}

/// One event, and the fact that it is: an activity named by its type. Its key is what CloudEvents makes unique, its source
/// and its id.
private struct CloudEventFact {
    private let event: JSONObject
    private let sender: Sender
    private let received: Instant

    init(_ json: JSON, sender: Sender, received: Instant) throws(ItemFault) {
        guard case .object(let event) = json else {
            throw ItemFault("not-an-object", "it is no JSON object", remedy: "Send one object for each event.")
        }
        guard event.byteCount <= InboundLimits.event else {
            throw ItemFault(
                "event-too-large", "it takes \(event.byteCount) bytes, and an event may take \(InboundLimits.event)",
                remedy: "Leave out what the agreement does not ask for.")
        }
        (self.event, self.sender, self.received) = (event, sender, received)
    }

    func fact() throws(ItemFault) -> Fact {
        guard event.text("specversion") == "1.0" else {
            throw ItemFault(
                "not-a-cloudevent", at: "/specversion", "its “specversion” is not 1.0",
                remedy: "Send CloudEvents 1.0.")
        }
        let id = FactIdentity.joined([try required("source"), try required("id")])
        let name = try required("type")
        let timestamp = try SentTimes.instant(event["time"], at: "/time")
        let occurred = try SentTimes(received: received, timestamp: timestamp).occurred()
        let data = try data()
        return Fact(
            key: FactKey(source: sender.source, object: "event", id: id), kind: .activity, name: name,
            occurred: occurred, known: received, recorded: received, persons: try persons(data),
            properties: try properties(data))
    }

    private func required(_ name: String) throws(ItemFault) -> String {
        guard let text = try SegmentCall.identifier(name, in: event) else {
            throw ItemFault(
                "missing", at: "/\(name)", "an event must have “\(name)”",
                remedy: "CloudEvents asks for id, source, specversion and type.")
        }
        return text
    }

    private func data() throws(ItemFault) -> JSONObject {
        guard event["data_base64"] == nil else {
            throw ItemFault(
                "data-not-json", at: "/data_base64", "its data is binary", remedy: "Send the data as a JSON object.")
        }
        switch event["data"] {
        case nil, .null?: return JSONObject()
        case .object(let data)?: return data
        default:
            throw ItemFault(
                "data-not-json", at: "/data", "its data is no JSON object", remedy: "Send the data as a JSON object.")
        }
    }

    private static let naming: Set<String> = ["userId", "anonymousId", "email"]

    /// Whom the data names; where it names nobody, the subject.
    private func persons(_ data: JSONObject) throws(ItemFault) -> [Identifier] {
        let user = try SegmentCall.identifier("userId", in: data).map(sender.user)
        let email = data.text("email").flatMap(EmailText.normal).map(Identifier.email)
        let visitor = try SegmentCall.identifier("anonymousId", in: data).map(sender.visitor)
        let named = [user, user == email ? nil : email, visitor].compactMap { $0 }
        if !named.isEmpty { return named }
        guard let subject = try SegmentCall.identifier("subject", in: event) else {
            throw ItemFault(
                "nobody", at: "/subject", "it names nobody",
                remedy: "Send the person's id as “subject”, or “userId”, “email” or “anonymousId” in the data.")
        }
        return [sender.user(subject)]
    }

    /// The data's values, and the extension attributes.
    private func properties(_ data: JSONObject) throws(ItemFault) -> [Property] {
        var properties = Properties(.ofEvent)
        try properties.add(data, under: "/data", except: CloudEventFact.naming)
        for member in event.members where !CloudEventFact.attributes.contains(member.name) {
            properties.add(member.name, member.value.plainText)
        }
        return properties.all
    }

    private static let attributes: Set<String> = [
        "id", "source", "specversion", "type", "time", "subject", "datacontenttype", "dataschema", "data",
    ]
}

/// A key's id out of several parts, as the mapping of a file puts it together: different parts never give the same id.
enum FactIdentity {
    static func joined(_ parts: [String]) -> String {
        parts.map { part in
            part.reduce(into: "") { text, character in
                if character == "|" || character == "\\" { text.append("\\") }
                text.append(character)
            }
        }.joined(separator: "|")
    }
}

extension String {
    /// Header values are percent-encoded where they are not plain (CloudEvents HTTP binding, 3.1.3.2).
    fileprivate var percentDecoded: String {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = Hex.bytes(String(decoding: rest.prefix(2), as: UTF8.self))?.first
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? self
    }
}
