internal import Access
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import OpenID
internal import Roles
internal import Vocabulary

/// Coming in with the company's account. What is asked and checked stands in the module OpenID, who may come in and as whom
/// in Access.
enum CompanyRoutes {
    static let all: [Route] = [
        Route(.get, "/sign-in/company", .signIn, isAttempt: true) { asked in
            try await setOut(.signIn(returnTo: SignInRoutes.ownPath(asked.query["return"])), asked)
        },
        Route(.get, "/sign-in/company/callback", .signIn) { try await comeBack($0) },
        Route(.get, "/join/{token}/company", .join, isAttempt: true) { asked in
            guard let token = SignInRoutes.token(asked) else { return SignInRoutes.linkUsed }
            let site = asked.site
            guard try await Blocking.run({ try site.access.invitation(token, at: asked.now) }) != nil else {
                return SignInRoutes.linkUsed
            }
            return try await setOut(.join(token), asked)
        },
        Route(.get, "/account/company", .ownSession, isAttempt: true) { asked in
            try await setOut(.confirm(try asked.session()), asked)
        },
        Route(.post, "/account/first-password", .ownSession) { try await setPassword($0) },
        Route(.post, "/people/{id}/unbind", .managePeople) { asked in
            let id = try asked.number("id")
            return try await PeoplePage.changing(asked) { try $0.unbind(id, by: $1, at: asked.now) }
        },
    ]

    private static func issuer(_ asked: Asked) throws -> CompanyIssuer {
        guard let issuer = asked.site.issuer else {
            throw Problem(
                .notFound, "no-company-sign-in", "People sign in with a password here.",
                remedy: "An operator can set up the company's sign-in, as docs/server.md says.")
        }
        return issuer
    }

    // MARK: The way there

    private static func setOut(_ purpose: CompanyAttempts.Purpose, _ asked: Asked) async throws -> Response {
        let (issuer, site) = (try issuer(asked), asked.site)
        let address = site.origin.url("/sign-in/company/callback", listening: asked.request.head.authority ?? "")
        do {
            let discovery = try await issuer.discovery(at: asked.now)
            let begun = try site.attempts.begin(purpose, returningTo: address, at: asked.now)
            let query = begun.attempt.request(client: issuer.settings.client, returningTo: address)
            var response = Response.redirect(to: discovery.authorizationAddress.adding(query))
            response.headers.append(cookie(begun.browser, Int(Attempt.lasts.milliseconds / 1000), site))
            return response
        } catch let fault as CompanyFault {
            return refused(fault, asked)
        }
    }

    private static func cookie(_ value: String, _ seconds: Int, _ site: Site) -> HTTPField {
        HTTPField(name: .setCookie, value: site.origin.setCookie(value, seconds: seconds, for: .wayToIssuer))
    }

    // MARK: The way back

    private static func comeBack(_ asked: Asked) async throws -> Response {
        let site = asked.site
        var response: Response
        do {
            response = try await settled(asked, try issuer(asked))
        } catch let fault as CompanyFault {
            response = refused(fault, asked)
        } catch let refusal as CompanyRefusal {
            response = refused(CompanyFault(check: refusal.rawValue, sentence: refusal.sentence), asked)
        }
        response.headers.append(cookie("", 0, site))
        return response
    }

    /// What the way was taken for. Throws `CompanyFault` and `CompanyRefusal`.
    private static func settled(_ asked: Asked, _ issuer: CompanyIssuer) async throws -> Response {
        let (site, now) = (asked.site, asked.now)
        let begun = try site.attempts.finish(
            asked.query["state"], browser: site.origin.cookie(in: asked.request, for: .wayToIssuer), at: now)
        let code = try await code(asked, issuer)
        let token = try await issuer.token(for: code, begun.attempt, returningTo: begun.address, at: now)
        let identity = CompanyIdentity(
            issuer: issuer.settings.issuer.text, subject: token.subject, verifiedEmail: token.verifiedEmail,
            name: token.name)
        switch begun.purpose {
        case .signIn(let path):
            return try await welcome(asked, to: path) { try site.access.member(as: identity, at: now) }
        case .join(let invitation):
            return try await welcome(asked, to: "/") { try site.access.join(invitation, as: identity, at: now) }
        case .confirm(let session):
            guard case .member(let current) = asked.caller, current.id == session.id else {
                throw CompanyFault.notOurs("sign-in-over")
            }
            let member = try await Blocking.run { try site.access.member(as: identity, at: now) }
            guard member.id == session.member.id else { throw CompanyRefusal.otherMember }
            site.attempts.confirm(session, at: now)
            return .redirect(to: "/account")
        }
    }

    /// The code of the answer, once it is clear that it is an answer of this issuer.
    private static func code(_ asked: Asked, _ issuer: CompanyIssuer) async throws -> String {
        let named = asked.query.all("iss")
        let mustBeNamed = try await issuer.discovery(at: asked.now).namesItself
        guard named.allSatisfy({ $0 == issuer.settings.issuer.text }), !(mustBeNamed && named.isEmpty) else {
            throw CompanyFault.notOurs("answer-of-another-issuer")
        }
        guard asked.query["error"].isEmpty else {
            throw CompanyFault(check: "issuer-said-no", sentence: "Your company's sign-in did not let you through.")
        }
        let codes = asked.query.all("code")
        guard codes.count == 1, (1...4096).contains(codes[0].utf8.count) else { throw CompanyFault.notOurs("no-code") }
        return codes[0]
    }

    private static func welcome(
        _ asked: Asked, to path: String, _ member: @escaping @Sendable () throws -> Member
    ) async throws -> Response {
        let site = asked.site
        let outcome = try await Blocking.run {
            try site.access.begin(try member(), at: asked.now, how: "with the company's account")
        }
        guard case .welcome(_, let cookie) = outcome else { return .redirect(to: "/sign-in") }
        return SignInRoutes.welcome(cookie, to: path, site)
    }

    private static func refused(_ fault: CompanyFault, _ asked: Asked) -> Response {
        asked.site.logger.notice("company sign-in refused", metadata: ["check": "\(fault.check)"])
        return Layout.door(
            "Not signed in",
            """
            <p class="note bad" role="alert">\(fault.sentence)</p>
            <p class="soft">If it stays so, tell an operator: <code>\(fault.check)</code>.</p>
            <p><a class="button" href="/sign-in">Back to the sign-in</a></p>
            """, fault.status)
    }

    // MARK: A first password

    /// What stands on the page of one's own sign-ins for somebody who has no password.
    static func firstPassword(_ asked: Asked, fault: HTML) throws -> HTML {
        let intro: HTML = """
            <h2>A password</h2>\(fault)
            <p>You sign in with your company's account and have no password. To sign the agreement here you need one: the key
            you sign with opens with nothing else.</p>
            """
        guard asked.site.attempts.isConfirmed(try asked.session(), at: asked.now) else {
            return intro + """
                <p>First your company's sign-in must ask you once more who you are.</p>
                <p><a class="button" href="/account/company">Show that it is you</a></p>
                """
        }
        return intro + """
            <form class="stack" method="post" action="/account/first-password">\(asked.formToken)
            <label>Password <small>At least \(Password.shortest) signs; a few words make a good one.</small>
            <input name="new" type="password" autocomplete="new-password" required minlength="\(Password.shortest)"></label>
            <button>Set it</button></form>
            """
    }

    private static func setPassword(_ asked: Asked) async throws -> Response {
        let (session, site, new) = (try asked.session(), asked.site, asked.form["new"])
        guard site.attempts.isConfirmed(session, at: asked.now) else {
            throw Problem(
                .conflict, "not-confirmed", "Your company's sign-in must ask you once more who you are first.",
                remedy: "Begin on the page “Your sign-ins”; it holds for five minutes.")
        }
        do {
            let isSet = try await site.passwords.run {
                try site.access.setFirstPassword(of: session, to: new, at: asked.now)
            }
            guard isSet else {
                throw Problem(
                    .conflict, "has-password", "You have a password already.",
                    remedy: "Change it on the page “Your sign-ins”.")
            }
            return .redirect(to: "/account")
        } catch let fault as MemberFault {
            return try await SignInRoutes.account(
                asked, fault: "<p class=\"note bad\" role=\"alert\">\(fault.sentence)</p>", .unprocessableContent)
        }
    }
}

extension String {
    /// An address of the issuer's, which may have a query of its own.
    fileprivate func adding(_ query: [(name: String, value: String)]) -> String {
        let pairs = query.map { "\(PercentText.encoded($0.name))=\(PercentText.encoded($0.value))" }
        return self + (contains("?") ? "&" : "?") + pairs.joined(separator: "&")
    }
}
