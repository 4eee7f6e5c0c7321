internal import Foundation
internal import HTTPTypes
public import OpenID
internal import Vocabulary

/// With which sign-in of the company's people may come in, and who we are there.
public struct CompanySignIn: Sendable {
    public var issuer: Issuer
    public var client: String
    public var secret: String

    public init(issuer: Issuer, client: String, secret: String) {
        (self.issuer, self.client, self.secret) = (issuer, client, secret)
    }
}

/// Why the company's sign-in let nobody in. The check goes into the log and onto the page, so that an operator can be told.
struct CompanyFault: Error, Sendable {
    var check: String
    var sentence: String
    var status = HTTPResponse.Status.forbidden

    static func notOurs(_ check: String) -> CompanyFault {
        CompanyFault(
            check: check, sentence: "This sign-in was not begun here, was used, or took too long. Begin again.",
            status: .badRequest)
    }

    static func silent(_ check: String) -> CompanyFault {
        CompanyFault(
            check: check, sentence: "Your company's sign-in does not answer as it should. Try again in a minute.",
            status: .badGateway)
    }

    static func token(_ refusal: TokenRefusal) -> CompanyFault {
        CompanyFault(
            check: refusal.rawValue,
            sentence: refusal == .notAnew
                ? "Your company's sign-in did not ask for your password again, so this proves nothing new."
                : "What your company's sign-in said about you did not pass our checks.")
    }
}

/// The issuer: what it says of itself and its keys, kept for an hour, asked for again at most once a minute.
actor CompanyIssuer {
    nonisolated let settings: CompanySignIn
    private var known: Known?
    private var lookedAt: Instant?
    private var asking: Task<Known, any Error>?

    private struct Known: Sendable {
        let discovery: Discovery
        let keys: KeySet
        let at: Instant
    }

    private static let holds = Elapsed.hours(1)
    private static let rest = Elapsed.minutes(1)

    init(_ settings: CompanySignIn) { self.settings = settings }

    func discovery(at now: Instant) async throws -> Discovery { try await present(at: now).discovery }

    // MARK: From the code to whom it stands for

    /// Throws `CompanyFault`.
    func token(for code: String, _ attempt: Attempt, returningTo address: String, at now: Instant) async throws
        -> IDToken
    {
        let text = try await exchange(code, attempt, address, at: now)
        let check = TokenCheck(issuer: settings.issuer, client: settings.client, attempt: attempt)
        let keys = try await present(at: now).keys
        do throws(TokenRefusal) {
            return try check.token(text, keys: keys, at: now)
        } catch {
            // A name that we have not heard of may be that of a new key.
            guard error == .unknownKey, let newer = try await lookedAgain(at: now) else {
                throw CompanyFault.token(error)
            }
            do throws(TokenRefusal) {
                return try check.token(text, keys: newer.keys, at: now)
            } catch {
                throw CompanyFault.token(error)
            }
        }
    }

    private func exchange(
        _ code: String, _ attempt: Attempt, _ address: String, at now: Instant
    ) async throws -> String {
        let discovery = try await discovery(at: now)
        var form = attempt.exchange(code: code, returningTo: address)
        if discovery.secretInForm {
            form += [("client_id", settings.client), ("client_secret", settings.secret)]
        }
        let answer = try await CompanyLine.post(
            discovery.tokenAddress, form: form, authorization: discovery.secretInForm ? nil : authorization)
        guard answer.status == 200 else { throw CompanyFault.notOurs("code-refused") }
        guard let response = try? JSONDecoder().decode(TokenResponse.self, from: Data(answer.body)) else {
            throw CompanyFault.silent("token-response-unreadable")
        }
        return response.id_token
    }

    private struct TokenResponse: Decodable {
        var id_token: String
    }

    /// RFC 6749, 2.3.1: both halves are form-encoded first.
    private var authorization: String {
        let pair = "\(PercentText.encoded(settings.client)):\(PercentText.encoded(settings.secret))"
        return "Basic " + Data(pair.utf8).base64EncodedString()
    }

    // MARK: What the issuer says of itself

    private func present(at now: Instant) async throws -> Known {
        if let known, now - known.at < CompanyIssuer.holds { return known }
        return try await looked(at: now)
    }

    /// `nil` where we have looked less than a minute ago: whoever sends made-up names of keys must not make us ask the issuer
    /// each time.
    private func lookedAgain(at now: Instant) async throws -> Known? {
        if let lookedAt, now - lookedAt < CompanyIssuer.rest { return nil }
        return try await looked(at: now)
    }

    private func looked(at now: Instant) async throws -> Known {
        if let asking { return try await asking.value }
        lookedAt = now
        let issuer = settings.issuer
        let task = Task { try await CompanyIssuer.ask(issuer, at: now) }
        asking = task
        defer { asking = nil }
        let found = try await task.value
        known = found
        return found
    }

    private static func ask(_ issuer: Issuer, at now: Instant) async throws -> Known {
        let discovery: Discovery
        let document = try await CompanyLine.get(issuer.discoveryAddress)
        do throws(DiscoveryFault) {
            discovery = try Discovery(document, of: issuer)
        } catch {
            throw CompanyFault.silent(error.rawValue)
        }
        guard let keys = await KeySet(try await CompanyLine.get(discovery.keysAddress)) else {
            throw CompanyFault.silent("keys-unreadable")
        }
        return Known(discovery: discovery, keys: keys, at: now)
    }
}
