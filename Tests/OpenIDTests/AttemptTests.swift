import Testing
import Vocabulary

@testable import OpenID

@Suite struct AttemptTests {
    /// RFC 7636, appendix B.
    @Test func theChallengeIsThatOfTheStandard() {
        let attempt = Attempt(
            state: "s", nonce: "n", verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            began: Instant(milliseconds: 0), anew: false)
        #expect(attempt.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test func eachSecretIsDrawnForItself() {
        var drawn = 0
        let attempt = Attempt(began: Instant(milliseconds: 0), anew: true) {
            drawn += 1
            return "secret-\(drawn)"
        }
        #expect(Set([attempt.state, attempt.nonce, attempt.verifier]).count == 3)
        let asked = attempt.request(client: "c", returningTo: "https://a.example/back")
        #expect(asked.contains { $0 == ("prompt", "login") } && asked.contains { $0 == ("max_age", "0") })
        #expect(!asked.contains { $0.value == attempt.verifier })
        #expect(
            !attempt.isOver(at: Instant(milliseconds: 599_999)) && attempt.isOver(at: Instant(milliseconds: 600_000)))
    }

    @Test func base64URLIsReadAsItIsWritten() {
        for count in 0..<20 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 89 &+ 250) }
            #expect(Base64URL.bytes(Base64URL.text(bytes).utf8) == bytes)
        }
        for wrong in ["A", "AB", "AA=", "AA==", "A A", "A+AA", "A/AA", "AAB"] {
            #expect(Base64URL.bytes(wrong.utf8) == nil, "\(wrong)")
        }
    }
}
