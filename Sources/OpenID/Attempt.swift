internal import Crypto
public import Vocabulary

/// One attempt to sign in, from the way to the issuer until the way back.
public struct Attempt: Hashable, Sendable {
    /// Comes back with the answer: whoever brings another did not set out from here.
    public let state: String
    /// Comes back in the token: a token of another attempt is none.
    public let nonce: String
    /// What only we can send with the code (RFC 7636).
    public let verifier: String
    public let began: Instant
    /// Whether the issuer must ask for the password again, whoever it knows already.
    public let anew: Bool

    /// `draw` gives a fresh secret each time: 43 signs or more, of letters and digits.
    public init(began: Instant, anew: Bool, draw: () -> String) {
        (state, nonce, verifier) = (draw(), draw(), draw())
        (self.began, self.anew) = (began, anew)
    }

    init(state: String, nonce: String, verifier: String, began: Instant, anew: Bool) {
        (self.state, self.nonce, self.verifier) = (state, nonce, verifier)
        (self.began, self.anew) = (began, anew)
    }

    /// An attempt that nobody has finished by then is over.
    public static let lasts = Elapsed.minutes(10)

    public func isOver(at now: Instant) -> Bool { now - began >= Attempt.lasts }

    /// S256: what shows that the verifier is known, before it is shown.
    public var challenge: String { Base64URL.text(Array(SHA256.hash(data: Array(verifier.utf8)))) }

    /// What the browser takes along to the issuer.
    public func request(client: String, returningTo address: String) -> [(name: String, value: String)] {
        let asked = [
            ("response_type", "code"), ("client_id", client), ("redirect_uri", address),
            ("scope", "openid email profile"), ("state", state), ("nonce", nonce), ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        ]
        return asked + (anew ? [("prompt", "login"), ("max_age", "0")] : [])
    }

    /// What we ask the issuer for the token with.
    public func exchange(code: String, returningTo address: String) -> [(name: String, value: String)] {
        [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", address),
            ("code_verifier", verifier),
        ]
    }
}
