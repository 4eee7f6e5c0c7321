internal import Foundation
internal import JWTKit

/// What a token may be signed with. No shared secrets and no “none”: whoever has the public key could sign with those.
enum Algorithm: String, CaseIterable, Sendable {
    case rs256 = "RS256"
    case ps256 = "PS256"
    case es256 = "ES256"
    case eddsa = "EdDSA"
}

/// The issuer's public keys by their names. A key is good for one algorithm and for no other, and there is none for tokens
/// that name no key, because JWTKit would take any for them.
public struct KeySet: Sendable {
    private var keys: [String: Key] = [:]

    struct Key: Sendable {
        let algorithm: Algorithm
        let verifier: any JWTAlgorithm
    }

    private static let most = 100

    /// Reads a JWK set (RFC 7517). Keys that we would not believe are left out; `nil` where it is no such set.
    public init?(_ document: [UInt8]) async {
        guard let set = try? JSONDecoder().decode(PublishedKeys.self, from: Data(document)) else { return nil }
        var doubled: Set<String> = []
        for published in set.keys.prefix(KeySet.most).compactMap(\.key) {
            guard let name = published.kid, !name.isEmpty, let key = await published.key() else { continue }
            if keys.updateValue(key, forKey: name) != nil { doubled.insert(name) }
        }
        // Two keys of one name: which of them is meant nobody can say.
        for name in doubled { keys[name] = nil }
    }

    public var names: Set<String> { Set(keys.keys) }

    subscript(_ name: String) -> Key? { keys[name] }
}

private struct PublishedKeys: Decodable {
    /// A key of a kind that we do not know must not keep us from the others.
    struct Lenient: Decodable {
        let key: PublishedKey?
        init(from decoder: any Decoder) throws { key = try? PublishedKey(from: decoder) }
    }

    var keys: [Lenient]
}

private struct PublishedKey: Decodable {
    var kty: String
    var kid: String?
    var alg: String?
    var use: String?
    var key_ops: [String]?
    var n: String?
    var e: String?
    var crv: String?
    var x: String?
    var y: String?
    /// There only where somebody publishes what must stay secret: nobody can trust that key any more.
    var d: String?

    func key() async -> KeySet.Key? {
        guard use ?? "sig" == "sig", key_ops?.contains("verify") ?? true, d == nil, let kid, let algorithm,
            let jwk = jwk(algorithm, JWKIdentifier(string: kid))
        else { return nil }
        // A collection of one, so that JWTKit has no other key to fall back on; it refuses RSA keys under 2048 bits.
        let one = JWTKeyCollection()
        guard (try? await one.add(jwk: jwk, isDefault: false)) != nil,
            let verifier = try? await one.getKey(for: JWKIdentifier(string: kid), alg: algorithm.rawValue),
            verifier.name == algorithm.rawValue
        else { return nil }
        return KeySet.Key(algorithm: algorithm, verifier: verifier)
    }

    /// The key's own; where it names none, the usual one of its kind. The token's header never chooses.
    private var algorithm: Algorithm? {
        if let alg { return Algorithm(rawValue: alg) }
        switch (kty, crv) {
        case ("RSA", _): return .rs256
        case ("EC", "P-256"): return .es256
        case ("OKP", "Ed25519"): return .eddsa
        default: return nil
        }
    }

    private func jwk(_ algorithm: Algorithm, _ name: JWKIdentifier) -> JWK? {
        switch (algorithm, kty, crv) {
        case (.rs256, "RSA", _): .rsa(.rs256, identifier: name, modulus: n, exponent: e)
        case (.ps256, "RSA", _): .rsa(.ps256, identifier: name, modulus: n, exponent: e)
        case (.es256, "EC", "P-256"): .ecdsa(.es256, identifier: name, x: x, y: y, curve: .p256)
        case (.eddsa, "OKP", "Ed25519"): .octetKeyPair(.eddsa, identifier: name, x: x, y: nil, curve: .ed25519)
        default: nil
        }
    }
}
