import Answers
import ArgumentParser
import Foundation
import OpenID
import Web

/// `--oidc-…`: where people sign in with the company's account.
struct CompanySignInOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Who tells us who somebody is, as the issuer names itself: https://login.acme.example; INTERLOCK_OIDC_ISSUER when not given.",
            valueName: "url"))
    var oidcIssuer: String?
    @Option(
        help: ArgumentHelp(
            "How the issuer knows this server; INTERLOCK_OIDC_CLIENT_ID when not given.", valueName: "id"))
    var oidcClientID: String?
    @Option(
        name: .customLong("oidc-client-secret-file"),
        help: ArgumentHelp(
            "The file with the secret that the issuer gave for it; INTERLOCK_OIDC_CLIENT_SECRET holds the secret itself.",
            valueName: "file"), completion: .file())
    var secretFile: String?

    private static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment["INTERLOCK_OIDC_" + name].flatMap { $0.isEmpty ? nil : $0 }
    }

    private var issuer: String? { oidcIssuer ?? CompanySignInOptions.environment("ISSUER") }
    private var client: String? { oidcClientID ?? CompanySignInOptions.environment("CLIENT_ID") }
    private var isSecretGiven: Bool { secretFile != nil || CompanySignInOptions.environment("CLIENT_SECRET") != nil }

    func check() throws {
        let given = [issuer != nil, client != nil, isSecretGiven]
        guard Set(given).count == 1 else {
            throw ValidationError(
                "the company's sign-in needs all three: --oidc-issuer, --oidc-client-id, --oidc-client-secret-file")
        }
        if let issuer, Issuer(issuer) == nil {
            throw ValidationError(
                "--oidc-issuer \(issuer): an issuer has an address with https, or with http on this machine, and no query"
            )
        }
    }

    /// `nil` where people sign in with passwords only.
    func signIn() throws -> CompanySignIn? {
        guard let issuer = issuer.flatMap({ Issuer($0) }), let client else { return nil }
        return CompanySignIn(issuer: issuer, client: client, secret: try secret())
    }

    private func secret() throws -> String {
        guard let secretFile else { return CompanySignInOptions.environment("CLIENT_SECRET") ?? "" }
        guard let text = try? String(contentsOfFile: secretFile, encoding: .utf8) else {
            throw Trouble("\(secretFile) cannot be read", remedy: "Name the file with the issuer's secret.")
        }
        let secret = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !secret.isEmpty else {
            throw Trouble("\(secretFile) is empty", remedy: "Put the secret that the issuer gave into it.")
        }
        return secret
    }
}
