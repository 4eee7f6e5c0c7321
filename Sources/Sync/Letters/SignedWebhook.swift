internal import Crypto
public import Vocabulary

/// A call as Standard Webhooks 1.0 signs it: `webhook-signature` is HMAC-SHA256 of `id.timestamp.body` under each secret that
/// is valid now, so that secrets can be changed without a gap.
public struct SignedWebhook: Sendable {
    /// `whsec_` and Base64 of 24 to 64 bytes.
    public struct Secret: Hashable, Sendable {
        fileprivate let bytes: [UInt8]

        public init?(_ text: String) {
            guard text.hasPrefix("whsec_"), let bytes = Base64.bytes(String(text.dropFirst(6))),
                (24...64).contains(bytes.count)
            else { return nil }
            self.bytes = bytes
        }
    }

    public let id: String
    public let body: [UInt8]
    public let secrets: [Secret]

    public init(id: String, body: [UInt8], secrets: [Secret]) {
        (self.id, self.body, self.secrets) = (id, body, secrets)
    }

    public func headers(at instant: Instant) -> [(name: String, value: String)] {
        let timestamp = "\(instant.milliseconds / 1000)"
        let signed = Array("\(id).\(timestamp).".utf8) + body
        let signatures = secrets.map { secret in
            let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: secret.bytes))
            return "v1,\(Base64.text(Array(code)))"
        }
        return [
            ("content-type", "application/json"), ("webhook-id", id), ("webhook-timestamp", timestamp),
            ("webhook-signature", signatures.joined(separator: " ")),
        ]
    }
}

/// Text for Slack-compatible incoming webhooks, where three signs mean something.
public enum SlackText {
    public static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
