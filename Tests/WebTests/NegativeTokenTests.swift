import Access
import Crypto
import CryptoExtras
import Foundation
import Journal
import Roles
import Testing
import Vocabulary
import Web

/// Tokens that no issuer of ours would give, and the check that each does not pass. All walk the whole way through the
/// server; none lets anybody in, and each leaves a line that says which check it was and nothing of the person.
@Suite struct NegativeTokenTests {
    /// How a token is made: from a good one, its grant, and the house's keys.
    private typealias Forging = @Sendable (inout ForgedToken, Keys) throws -> Void

    private struct Keys: Sendable {
        let own: _RSA.Signing.PrivateKey
        let stranger: _RSA.Signing.PrivateKey
        let short: _RSA.Signing.PrivateKey
        let curve = P256.Signing.PrivateKey()
        let now: Int64
    }

    private static let claims: [(name: String, check: String, forging: Forging)] = [
        ("alg none", "token-algorithm", { token, _ in token.unsigned("none") }),
        ("alg NONE", "token-algorithm", { token, _ in token.unsigned("NONE") }),
        ("alg empty", "token-algorithm", { token, _ in token.unsigned("") }),
        ("no alg", "token-header", { token, _ in token.header["alg"] = nil }),
        (
            "HS256 with the public key", "token-algorithm",
            { token, keys in
                token.signer = .hmac(Array(keys.own.publicKey.pemRepresentation.utf8))
                token.header["alg"] = "\"HS256\""
            }
        ),
        (
            "a shared secret that was published", "token-algorithm",
            { token, _ in
                token.signer = .hmac(Array("published".utf8))
                token.header.merge(["alg": "\"HS256\"", "kid": "\"oct\""]) { $1 }
            }
        ),
        ("RS512", "token-algorithm", { token, _ in token.header["alg"] = "\"RS512\"" }),
        ("PS256 with a key for RS256", "token-algorithm-not-of-key", { token, _ in token.header["alg"] = "\"PS256\"" }),
        (
            "RS256 with a key of a curve", "token-algorithm-not-of-key",
            { token, _ in token.header["kid"] = "\"curve\"" }
        ),
        ("no kid", "token-names-no-key", { token, _ in token.header["kid"] = nil }),
        ("unknown kid", "token-unknown-key", { token, _ in token.header["kid"] = "\"nobody\"" }),
        ("empty kid", "token-unknown-key", { token, _ in token.header["kid"] = "\"\"" }),
        ("kid is a number", "token-header", { token, _ in token.header["kid"] = "1" }),
        ("signed by a stranger", "token-signature", { token, keys in token.signer = try .rsa(keys.stranger) }),
        (
            "embedded jwk", "token-signature",
            { token, keys in
                token.signer = try .rsa(keys.stranger)
                token.header["jwk"] = String(
                    decoding: try JSONEncoder().encode(token.signer.published), as: UTF8.self)
            }
        ),
        (
            "jku elsewhere", "token-unknown-key",
            { token, keys in
                token.signer = try .rsa(keys.stranger)
                token.header.merge(["kid": "\"theirs\"", "jku": "\"http://127.0.0.1:1/keys\""]) { $1 }
            }
        ),
        (
            "x5u elsewhere", "token-signature",
            { token, keys in
                token.signer = try .rsa(keys.stranger)
                token.header["x5u"] = "\"http://127.0.0.1:1/chain\""
            }
        ),
        ("crit", "token-critical-extension", { token, _ in token.header["crit"] = "[\"exp\"]" }),
        ("an access token", "token-type", { token, _ in token.header["typ"] = "\"at+jwt\"" }),
        (
            "RSA of 1024 bits", "token-unknown-key",
            { token, keys in
                token.signer = try .rsa(keys.short)
                token.header["kid"] = "\"short\""
            }
        ),
        ("a key for encryption", "token-unknown-key", { token, _ in token.header["kid"] = "\"encryption\"" }),
        ("a key whose private half is known", "token-unknown-key", { token, _ in token.header["kid"] = "\"known\"" }),
        (
            "ES256 written as DER", "token-signature",
            { token, keys in
                token.signer = .es256(keys.curve, asDER: true)
                token.header.merge(["alg": "\"ES256\"", "kid": "\"curve\""]) { $1 }
            }
        ),
        ("expired", "token-expired", { token, keys in token.claims["exp"] = "\(keys.now)" }),
        ("no exp", "token-claims", { token, _ in token.claims["exp"] = nil }),
        ("exp as text", "token-claims", { token, _ in token.claims["exp"] = "\"never\"" }),
        ("exp beyond all numbers", "token-claims", { token, _ in token.claims["exp"] = "1e300" }),
        ("nbf in future", "token-not-yet-valid", { token, keys in token.claims["nbf"] = "\(keys.now + 120)" }),
        ("iat in future", "token-issued-in-future", { token, keys in token.claims["iat"] = "\(keys.now + 120)" }),
        (
            "from before the attempt", "token-issued-before-attempt",
            { token, keys in token.claims["iat"] = "\(keys.now - 120)" }
        ),
        ("no iat", "token-claims", { token, _ in token.claims["iat"] = nil }),
        ("other aud", "token-audience", { token, _ in token.claims["aud"] = "\"other\"" }),
        ("no aud", "token-claims", { token, _ in token.claims["aud"] = nil }),
        (
            "several aud and no azp", "token-authorized-party",
            { token, _ in token.claims["aud"] = "[\"interlock\",\"other\"]" }
        ),
        (
            "azp of another", "token-authorized-party",
            { token, _ in token.claims.merge(["aud": "[\"interlock\",\"other\"]", "azp": "\"other\""]) { $1 } }
        ),
        ("other iss", "token-issuer", { token, _ in token.claims["iss"] = "\"https://evil.example\"" }),
        (
            "iss with a slash", "token-issuer",
            { token, _ in token.claims["iss"] = token.claims["iss"].map { $0.dropLast() + "/\"" } }
        ),
        ("nonce of another", "token-nonce", { token, _ in token.claims["nonce"] = "\"other\"" }),
        ("no nonce", "token-nonce", { token, _ in token.claims["nonce"] = nil }),
        ("no sub", "token-claims", { token, _ in token.claims["sub"] = nil }),
        ("empty sub", "token-subject", { token, _ in token.claims["sub"] = "\"\"" }),
        (
            "sub without end", "token-subject",
            { token, _ in token.claims["sub"] = "\"\(String(repeating: "u-17", count: 65))\"" }
        ),
        ("unverified e-mail", "e-mail-not-verified", { token, _ in token.claims["email_verified"] = "false" }),
        (
            "e-mail of which nothing is said", "e-mail-not-verified",
            { token, _ in token.claims["email_verified"] = nil }
        ),
        ("verified as text", "token-claims", { token, _ in token.claims["email_verified"] = "\"true\"" }),
        ("e-mail of nobody here", "not-invited", { token, _ in token.claims["email"] = "\"ann@other.example\"" }),
    ]

    /// What is done to a good token's text.
    private static let texts: [(name: String, check: String, change: @Sendable (String) -> String)] = [
        ("two parts", "token-not-three-parts", { $0.split(separator: ".").prefix(2).joined(separator: ".") }),
        ("five parts", "token-not-three-parts", { $0 + ".a.b" }),
        ("nothing", "token-not-three-parts", { _ in "" }),
        ("no signature", "token-signature", { $0.split(separator: ".").prefix(2).joined(separator: ".") + "." }),
        ("padded", "token-not-base64url", { $0 + "=" }),
        ("a sign of another alphabet", "token-not-base64url", { "+" + $0.dropFirst() }),
        ("header is no JSON", "token-header", { "bm8" + $0.drop { $0 != "." } }),
        (
            "claims changed afterwards", "token-signature",
            { text in
                let parts = text.split(separator: ".")
                return "\(parts[0]).\(Data(#"{"sub":"u-17"}"#.utf8).base64URL).\(parts[2])"
            }
        ),
        ("without end", "token-too-long", { $0 + String(repeating: "A", count: 70_000) }),
    ]

    @Test func eachIsRefusedAndTheLineSaysByWhichCheck() async throws {
        #expect(NegativeTokenTests.claims.count + NegativeTokenTests.texts.count >= 30)
        try await CompanyWalk.begin { walk in
            _ = try walk.house.cookie(of: .rep, called: "ann@acme.example")
            let keys = Keys(
                own: try CompanyWalk.key.get(), stranger: try _RSA.Signing.PrivateKey(keySize: .bits2048),
                short: try _RSA.Signing.PrivateKey(unsafeKeySize: .init(bitCount: 1024)),
                now: walk.house.time.milliseconds / 1000)
            try publish(keys, by: walk.issuer)
            for (name, check, forging) in NegativeTokenTests.claims {
                try await expect(walk, name, check) { grant in
                    // The clock goes on from case to case.
                    let shift = walk.house.time.milliseconds / 1000
                    let now = Keys(own: keys.own, stranger: keys.stranger, short: keys.short, now: shift)
                    var token = ForgedToken(try .rsa(keys.own), kid: "one", claims: walk.claims(grant))
                    try forging(&token, name.contains("DER") ? keys : now)
                    return try token.text()
                }
            }
            for (name, check, change) in NegativeTokenTests.texts {
                try await expect(walk, name, check) { grant in
                    change(try ForgedToken(.rsa(keys.own), kid: "one", claims: walk.claims(grant)).text())
                }
            }
            // The table shows something only if the token that all were made from is a good one.
            walk.vouch()
            #expect(try await walk.walk().signedInAs != nil)
        }
    }

    private func publish(_ keys: Keys, by issuer: LocalIssuer) throws {
        issuer.publish(try .rsa(keys.short), as: "short")
        issuer.publish(try .rsa(keys.own), as: "encryption", also: ["use": "enc"])
        issuer.publish(try .rsa(keys.own), as: "known", also: ["d": "AQAB"])
        issuer.publish(.es256(keys.curve), as: "curve")
        issuer.publish(.hmac(Array("published".utf8)), as: "oct")
    }

    private func expect(
        _ walk: CompanyWalk, _ name: String, _ check: String,
        _ token: @escaping @Sendable (LocalIssuer.Grant) throws -> String
    ) async throws {
        walk.issuer.answer(token)
        walk.house.pass(.minutes(1))
        let before = walk.house.lines.text.count
        let answer = try await walk.walk()
        let said = walk.house.lines.text.dropFirst(before)
        #expect(answer.status == 403 && answer.signedInAs == nil, "\(name): \(answer.status)")
        #expect(said.contains("\"check\":\"\(check)\""), "\(name): \(said)")
        for personal in ["ann@", "u-17", "Ann", "nonce\":"] { #expect(!said.contains(personal), "\(name): \(said)") }
    }
}

extension ForgedToken {
    fileprivate mutating func unsigned(_ algorithm: String) {
        header["alg"] = "\"\(algorithm)\""
        signer = TokenSigner(algorithm: algorithm, sign: { _ in [] }, published: [:])
    }
}
