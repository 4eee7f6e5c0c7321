internal import Foundation

//  Signing in with the company's account (OpenID Connect Core 1.0, authorization code flow)
//
//      browser ──▶ we: an attempt is drawn (state, nonce, verifier) ──▶ issuer: who is it? ──▶ back with state and code
//      we ──▶ issuer: code, verifier, secret ──▶ ID token ──▶ KeySet.check ──▶ issuer and subject: that is who it is
//
//  This module only checks. Whatever comes from outside is given to it, and so is the time.

/// Who tells us who somebody is: an address that the operator named, and nothing that a token or a browser can change.
public struct Issuer: Hashable, Sendable {
    /// As it was named, which is how the issuer must name itself, letter by letter.
    public let text: String
    private let isHere: Bool

    /// https, or http on this machine; no user, query or fragment. `nil` for anything else.
    public init?(_ text: String) {
        guard let url = URLComponents(string: text), url.query == nil, let place = Issuer.place(url) else { return nil }
        (self.text, isHere) = (text, place == .here)
    }

    public var discoveryAddress: String {
        (text.hasSuffix("/") ? String(text.dropLast()) : text) + "/.well-known/openid-configuration"
    }

    /// Whether the issuer may name this address as one of its own: https, or on this machine when it is here itself.
    func mayName(_ address: String) -> Bool {
        guard let url = URLComponents(string: address), let place = Issuer.place(url) else { return false }
        return place == .secure || isHere
    }

    private enum Place { case secure, here }

    private static func place(_ url: URLComponents) -> Place? {
        guard let host = url.host, !host.isEmpty, url.user == nil, url.password == nil, url.fragment == nil else {
            return nil
        }
        switch url.scheme?.lowercased() {
        case "https": return .secure
        case "http": return ["localhost", "127.0.0.1", "[::1]", "::1"].contains(host.lowercased()) ? .here : nil
        default: return nil
        }
    }
}

/// What the issuer says of itself (OpenID Connect Discovery 1.0, 3).
public struct Discovery: Hashable, Sendable {
    public let authorizationAddress: String
    public let tokenAddress: String
    public let keysAddress: String
    /// Whether it names itself in every answer (RFC 9207).
    public let namesItself: Bool
    /// How we prove who we are: in the header, unless it takes the secret in the form only.
    public let secretInForm: Bool

    private struct Document: Decodable {
        var issuer: String
        var authorization_endpoint: String
        var token_endpoint: String
        var jwks_uri: String
        var authorization_response_iss_parameter_supported: Bool?
        var token_endpoint_auth_methods_supported: [String]?
    }

    /// Throws where the document is not one of this issuer.
    public init(_ document: [UInt8], of issuer: Issuer) throws(DiscoveryFault) {
        guard let found = try? JSONDecoder().decode(Document.self, from: Data(document)) else { throw .unreadable }
        guard found.issuer == issuer.text else { throw .anotherIssuer }
        for address in [found.authorization_endpoint, found.token_endpoint, found.jwks_uri]
        where !issuer.mayName(address) {
            throw .insecureAddress
        }
        let methods = found.token_endpoint_auth_methods_supported ?? ["client_secret_basic"]
        (authorizationAddress, tokenAddress) = (found.authorization_endpoint, found.token_endpoint)
        keysAddress = found.jwks_uri
        namesItself = found.authorization_response_iss_parameter_supported ?? false
        secretInForm = !methods.contains("client_secret_basic") && methods.contains("client_secret_post")
    }
}

/// Why a discovery document was not believed.
public enum DiscoveryFault: String, Error, Sendable {
    case unreadable = "discovery-unreadable"
    case anotherIssuer = "discovery-other-issuer"
    case insecureAddress = "discovery-insecure-address"
}
