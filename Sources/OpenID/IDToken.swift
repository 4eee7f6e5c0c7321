internal import Foundation
internal import JWTKit
public import Vocabulary

/// Whom the issuer vouches for, after everything was checked.
public struct IDToken: Hashable, Sendable {
    /// The issuer's own name for the person, which it never gives to another.
    public let subject: String
    /// Only where the issuer says that it has verified it.
    public let verifiedEmail: String?
    public let name: String?
}

/// Which check a token did not pass. Goes into the log as it is: it names nobody.
public enum TokenRefusal: String, Error, CaseIterable, Sendable {
    case tooLong = "token-too-long"
    case notThreeParts = "token-not-three-parts"
    case notBase64URL = "token-not-base64url"
    case header = "token-header"
    case algorithm = "token-algorithm"
    case critical = "token-critical-extension"
    case type = "token-type"
    case noKeyNamed = "token-names-no-key"
    /// The issuer may have new keys: worth one look.
    case unknownKey = "token-unknown-key"
    case otherAlgorithm = "token-algorithm-not-of-key"
    case signature = "token-signature"
    case claims = "token-claims"
    case issuer = "token-issuer"
    case audience = "token-audience"
    case authorizedParty = "token-authorized-party"
    case expired = "token-expired"
    case notYet = "token-not-yet-valid"
    case issuedLater = "token-issued-in-future"
    case issuedBefore = "token-issued-before-attempt"
    case nonce = "token-nonce"
    case subject = "token-subject"
    case notAnew = "token-not-signed-in-anew"
}

/// The checks of OpenID Connect Core 1.0, 3.1.3.7, in this order, each before anything that it protects is used.
public struct TokenCheck: Sendable {
    public let issuer: Issuer
    public let client: String
    public let attempt: Attempt

    public init(issuer: Issuer, client: String, attempt: Attempt) {
        (self.issuer, self.client, self.attempt) = (issuer, client, attempt)
    }

    static let longest = 64 * 1024
    /// How far the issuer's clock may be from ours.
    static let skew = Elapsed.minutes(1)

    public func token(_ text: String, keys: KeySet, at now: Instant) throws(TokenRefusal) -> IDToken {
        guard text.utf8.count <= TokenCheck.longest else { throw .tooLong }
        let parts = Array(text.utf8).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .notThreeParts }
        guard let header = Base64URL.bytes(parts[0]), let payload = Base64URL.bytes(parts[1]),
            let signature = Base64URL.bytes(parts[2])
        else { throw .notBase64URL }
        let verifier = try key(header, keys).verifier
        let signed = parts[0] + [UInt8(ascii: ".")] + parts[1]
        guard (try? verifier.verify(signature, signs: signed)) == true else { throw .signature }
        guard let claims = try? JSONDecoder().decode(Claims.self, from: Data(payload)) else { throw .claims }
        try check(claims, at: now)
        return IDToken(
            subject: claims.sub, verifiedEmail: claims.email_verified == true ? claims.email : nil, name: claims.name)
    }

    // MARK: The header

    private func key(_ bytes: [UInt8], _ keys: KeySet) throws(TokenRefusal) -> KeySet.Key {
        guard let header = try? JSONDecoder().decode(Header.self, from: Data(bytes)) else { throw .header }
        guard let algorithm = Algorithm(rawValue: header.alg) else { throw .algorithm }
        // We understand no extension, so none that must be understood. Where a header says to find keys (jku, x5u, jwk,
        // x5c) we never look.
        guard !header.isCritical else { throw .critical }
        guard header.typ.map({ $0.uppercased() == "JWT" }) ?? true else { throw .type }
        guard let name = header.kid else { throw .noKeyNamed }
        guard let key = keys[name] else { throw .unknownKey }
        guard key.algorithm == algorithm else { throw .otherAlgorithm }
        return key
    }

    private struct Header: Decodable {
        let alg: String
        let kid: String?
        let typ: String?
        let isCritical: Bool

        private enum Name: String, CodingKey { case alg, kid, typ, crit }

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: Name.self)
            alg = try members.decode(String.self, forKey: .alg)
            kid = try members.decodeIfPresent(String.self, forKey: .kid)
            typ = try members.decodeIfPresent(String.self, forKey: .typ)
            isCritical = members.contains(.crit)
        }
    }

    // MARK: The claims

    private func check(_ claims: Claims, at now: Instant) throws(TokenRefusal) {
        guard claims.iss == issuer.text else { throw .issuer }
        guard claims.aud.all.contains(client) else { throw .audience }
        guard claims.azp.map({ $0 == client }) ?? (claims.aud.all.count == 1) else { throw .authorizedParty }
        guard now < claims.exp.instant else { throw .expired }
        guard claims.nbf.map({ $0.instant <= now + TokenCheck.skew }) ?? true else { throw .notYet }
        guard claims.iat.instant <= now + TokenCheck.skew else { throw .issuedLater }
        guard claims.iat.instant >= attempt.began - TokenCheck.skew else { throw .issuedBefore }
        guard claims.nonce == attempt.nonce else { throw .nonce }
        guard (1...255).contains(claims.sub.utf8.count) else { throw .subject }
        if attempt.anew {
            guard let signedIn = claims.auth_time?.instant, signedIn >= attempt.began - TokenCheck.skew else {
                throw .notAnew
            }
        }
    }

    private struct Claims: Decodable {
        var iss: String
        var sub: String
        var aud: Audience
        var azp: String?
        var exp: Moment
        var nbf: Moment?
        var iat: Moment
        var auth_time: Moment?
        var nonce: String?
        var email: String?
        var email_verified: Bool?
        var name: String?
    }

    /// One name, or a list of them.
    private struct Audience: Decodable {
        let all: [String]

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            all = if let one = try? value.decode(String.self) { [one] } else { try value.decode([String].self) }
        }
    }

    /// Seconds since 1970; a fraction is allowed and passed over.
    private struct Moment: Decodable {
        let instant: Instant

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            let seconds = try (try? value.decode(Int64.self)) ?? Moment.whole(try value.decode(Double.self))
            guard (0...253_402_300_799).contains(seconds) else { throw TokenRefusal.claims }
            instant = Instant(milliseconds: seconds * 1000)
        }

        private static func whole(_ seconds: Double) throws -> Int64 {
            guard let whole = Int64(exactly: seconds.rounded(.down)) else { throw TokenRefusal.claims }
            return whole
        }
    }
}
