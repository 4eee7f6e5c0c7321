import Crypto
import CryptoExtras
import Foundation

/// With what an issuer, or somebody who would like to be one, signs.
struct TokenSigner: Sendable {
    let algorithm: String
    let sign: @Sendable ([UInt8]) throws -> [UInt8]
    /// The public half, as a JWK without its name.
    let published: [String: String]

    static func rsa(_ key: _RSA.Signing.PrivateKey, _ algorithm: String = "RS256") throws -> TokenSigner {
        let numbers = try key.publicKey.getKeyPrimitives()
        let padding: _RSA.Signing.Padding = algorithm == "PS256" ? .PSS : .insecurePKCS1v1_5
        return TokenSigner(
            algorithm: algorithm,
            sign: { Array(try key.signature(for: SHA256.hash(data: $0), padding: padding).rawRepresentation) },
            published: [
                "kty": "RSA", "alg": algorithm, "n": numbers.modulus.base64URL, "e": numbers.publicExponent.base64URL,
            ])
    }

    static func es256(_ key: P256.Signing.PrivateKey, asDER: Bool = false) -> TokenSigner {
        let point = key.publicKey.rawRepresentation
        return TokenSigner(
            algorithm: "ES256",
            sign: {
                let signature = try key.signature(for: SHA256.hash(data: $0))
                return Array(asDER ? signature.derRepresentation : signature.rawRepresentation)
            },
            published: [
                "kty": "EC", "crv": "P-256", "alg": "ES256", "x": point.prefix(32).base64URL,
                "y": point.suffix(32).base64URL,
            ])
    }

    static func eddsa(_ key: Curve25519.Signing.PrivateKey) -> TokenSigner {
        TokenSigner(
            algorithm: "EdDSA", sign: { Array(try key.signature(for: $0)) },
            published: [
                "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": key.publicKey.rawRepresentation.base64URL,
            ])
    }

    static func hmac(_ secret: [UInt8]) -> TokenSigner {
        TokenSigner(
            algorithm: "HS256",
            sign: { Array(HMAC<SHA256>.authenticationCode(for: $0, using: SymmetricKey(data: secret))) },
            published: ["kty": "oct", "alg": "HS256", "k": Data(secret).base64URL])
    }
}

/// A token as somebody writes it: members as JSON text, so that anything can be said.
struct ForgedToken: Sendable {
    var header: [String: String]
    var claims: [String: String]
    var signer: TokenSigner

    init(_ signer: TokenSigner, kid: String, claims: [String: String]) {
        header = ["alg": "\"\(signer.algorithm)\"", "kid": "\"\(kid)\"", "typ": "\"JWT\""]
        (self.claims, self.signer) = (claims, signer)
    }

    func text() throws -> String {
        let signed = [header, claims].map { ForgedToken.json($0).base64URL }.joined(separator: ".")
        return signed + "." + Data(try signer.sign(Array(signed.utf8))).base64URL
    }

    static func json(_ members: [String: String]) -> Data {
        Data("{\(members.map { "\"\($0)\":\($1)" }.sorted().joined(separator: ","))}".utf8)
    }
}

extension Data {
    var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
