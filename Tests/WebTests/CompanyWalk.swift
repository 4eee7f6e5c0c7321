import Access
import CryptoExtras
import Foundation
import HTTPTypes
import Journal
import Vocabulary
import Web

/// Somebody's browser on the way from us to the issuer and back.
struct CompanyWalk: Sendable {
    let house: House
    let issuer: LocalIssuer

    static let key = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }

    static func begin(_ test: @Sendable (CompanyWalk) async throws -> Void) async throws {
        try await LocalIssuer.open { issuer in
            issuer.publish(try TokenSigner.rsa(key.get()), as: "one")
            let house = try House(companySignIn: try issuer.signIn())
            try await test(CompanyWalk(house: house, issuer: issuer))
        }
    }

    /// What an honest issuer says of Ann.
    func claims(
        _ grant: LocalIssuer.Grant, subject: String = "u-17", email: String = "ann@acme.example"
    ) -> [String: String] {
        let now = house.time.milliseconds / 1000
        return [
            "iss": "\"\(issuer.address)\"", "sub": "\"\(subject)\"", "aud": "\"\(LocalIssuer.client)\"",
            "exp": "\(now + 300)", "iat": "\(now)", "nonce": "\"\(grant.nonce)\"", "email": "\"\(email)\"",
            "email_verified": "true", "name": "\"Ann Aster\"",
        ]
    }

    func vouch(subject: String = "u-17", email: String = "ann@acme.example", also: [String: String] = [:]) {
        issuer.answer { grant in
            let claims = claims(grant, subject: subject, email: email).merging(also) { $1 }
            return try ForgedToken(TokenSigner.rsa(CompanyWalk.key.get()), kid: "one", claims: claims).text()
        }
    }

    /// Asks us to be sent to the issuer: where to, and the cookie for the way.
    func setOut(_ path: String = "/sign-in/company", cookie: String? = nil) async throws -> (to: String, cookie: String)
    {
        var headers = HTTPFields()
        headers[.cookie] = cookie
        let answer = try await house.ask(.get, path, headers: headers)
        guard answer.status == 303, let to = answer.header("Location"),
            let set = answer.headers[values: .setCookie].first(where: { $0.hasPrefix("interlock-company=") })
        else { throw House.Problem(what: "not sent to the issuer: \(answer.status) \(answer.body.prefix(2000))") }
        return (to, String(set.prefix { $0 != ";" }))
    }

    func comeBack(_ address: String, cookie: String) async throws -> Answer {
        let path = address.firstRange(of: "/sign-in/company/callback").map { String(address[$0.lowerBound...]) }
        return try await house.ask(.get, path ?? address, headers: [.cookie: cookie])
    }

    /// The whole way.
    func walk(_ path: String = "/sign-in/company", signedIn: String? = nil) async throws -> Answer {
        let (to, way) = try await setOut(path, cookie: signedIn)
        let cookies = signedIn.map { "\(way); \($0)" } ?? way
        return try await comeBack(try issuer.authorize(to), cookie: cookies)
    }

    func audit() throws -> [String] {
        try house.access.auditEntries(limit: 100).map { "\($0.actor) \($0.deed): \($0.subject) \($0.detail)" }
    }
}

extension Answer {
    /// The cookie of the sign-in that it begins; `nil` where it begins none.
    var signedInAs: String? {
        headers[values: .setCookie].first { $0.hasPrefix("interlock=") }.map { String($0.prefix { $0 != ";" }) }
    }
}
