import Crypto
import CryptoExtras
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import OpenID
import Synchronization
import Vocabulary
import Web

/// A company's sign-in on this machine: discovery, keys, codes that work once and only with their verifier, tokens.
final class LocalIssuer: Sendable {
    /// What a browser asked for, and the code will stand for.
    struct Grant: Sendable {
        var nonce: String
        var challenge: String
        var address: String
        var asked: [String: String]
    }

    private struct State {
        var port = 0
        var keys: [String: [String: String]] = [:]
        var codes: [String: Grant] = [:]
        var drawn = 0
        var timesKeysAsked = 0
        var token: @Sendable (Grant) throws -> String = { _ in "" }
    }

    private let state = Mutex(State())
    static let (client, secret) = ("interlock", "a secret: with + and %")

    var address: String { "http://127.0.0.1:\(state.withLock { $0.port })" }
    var timesKeysAsked: Int { state.withLock { $0.timesKeysAsked } }

    func publish(_ signer: TokenSigner, as kid: String, also members: [String: String] = [:]) {
        state.withLock { $0.keys[kid] = signer.published.merging(members) { $1 } }
    }

    func withdraw(_ kid: String) { state.withLock { $0.keys[kid] = nil } }

    /// What it answers for a code from now on.
    func answer(_ token: @escaping @Sendable (Grant) throws -> String) { state.withLock { $0.token = token } }

    /// Runs it for as long as a test wants it.
    static func open(_ test: @Sendable (LocalIssuer) async throws -> Void) async throws {
        let issuer = LocalIssuer()
        let router = Router()
        router.get("/.well-known/openid-configuration") { _, _ in issuer.discovery }
        router.get("/keys") { _, _ in try issuer.keySet() }
        router.post("/token") { request, _ in
            let body = try await request.body.collect(upTo: 65536)
            return try issuer.exchange(String(buffer: body), request.headers[.authorization] ?? "")
        }
        var quiet = Logger(label: "issuer")
        quiet.logLevel = .critical
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)), logger: quiet)
        try await application.test(.live) { client in
            issuer.state.withLock { $0.port = client.port ?? 0 }
            try await test(issuer)
        }
    }

    func signIn() throws -> CompanySignIn {
        guard let issuer = Issuer(address) else { throw House.Problem(what: "no issuer") }
        return CompanySignIn(issuer: issuer, client: LocalIssuer.client, secret: LocalIssuer.secret)
    }

    // MARK: What it answers

    private var discovery: String {
        """
        {"issuer":"\(address)","authorization_endpoint":"\(address)/authorize?tenant=acme","token_endpoint":"\(address)/token",
        "jwks_uri":"\(address)/keys","authorization_response_iss_parameter_supported":true}
        """
    }

    private func keySet() throws -> String {
        let keys = state.withLock { state in
            state.timesKeysAsked += 1
            return state.keys.map { kid, members in members.merging(["kid": kid]) { $1 } }
        }
        // A key of a kind that nobody knows keeps nobody from the others.
        let all: [[String: String]] = keys + [["kty": "future", "kid": "future"]]
        return String(decoding: try JSONSerialization.data(withJSONObject: ["keys": all]), as: UTF8.self)
    }

    /// A person signs in there: the address that their browser is sent back to.
    func authorize(_ location: String) throws -> String {
        let items = URLComponents(string: location)?.queryItems ?? []
        let asked = Dictionary(items.map { ($0.name, $0.value ?? "") }) { $1 }
        guard location.hasPrefix("\(address)/authorize?tenant=acme&"), asked["response_type"] == "code",
            asked["client_id"] == LocalIssuer.client, asked["scope"]?.contains("openid") == true,
            asked["code_challenge_method"] == "S256", let state = asked["state"], let nonce = asked["nonce"],
            let challenge = asked["code_challenge"], let back = asked["redirect_uri"], state.count >= 43
        else { throw House.Problem(what: "no request of the code flow: \(location)") }
        let code = self.state.withLock { inner in
            inner.drawn += 1
            let code = "code-\(inner.drawn)"
            inner.codes[code] = Grant(nonce: nonce, challenge: challenge, address: back, asked: asked)
            return code
        }
        return
            "\(back)?code=\(code)&state=\(state)&iss=\(address.replacing(":", with: "%3A").replacing("/", with: "%2F"))"
    }

    private func exchange(_ body: String, _ authorization: String) throws -> String {
        let items = URLComponents(string: "http://form/?" + body)?.queryItems ?? []
        let form = Dictionary(items.map { ($0.name, $0.value ?? "") }) { $1 }
        let pair = "interlock:a%20secret%3A%20with%20%2B%20and%20%25"
        guard authorization == "Basic " + Data(pair.utf8).base64EncodedString() else { throw HTTPError(.unauthorized) }
        let (grant, token) = state.withLock { ($0.codes.removeValue(forKey: form["code"] ?? ""), $0.token) }
        let shown = Data(SHA256.hash(data: Data((form["code_verifier"] ?? "").utf8))).base64URL
        guard let grant, form["grant_type"] == "authorization_code", grant.challenge == shown,
            grant.address == form["redirect_uri"]
        else { throw HTTPError(.badRequest) }
        return "{\"access_token\":\"unused\",\"token_type\":\"Bearer\",\"id_token\":\"\(try token(grant))\"}"
    }
}
