internal import Access
internal import HTTPTypes
internal import Hummingbird
internal import Roles
internal import Vocabulary

/// Coming in and going out.
enum SignInRoutes {
    static let all: [Route] = [
        Stylesheet.route,
        Icon.route,
        Route(.get, "/sign-in", .signIn) { asked in signInPage(asked.site, returnTo: asked.query["return"]) },
        Route(.post, "/sign-in", .signIn) { try await signIn($0) },
        Route(.post, "/sign-out", .ownSession) { try await signOut($0) },
        Route(.get, "/join/{token}", .join) { try await joinPage($0) },
        Route(.post, "/join/{token}", .join) { try await join($0) },
        Route(.get, "/account", .ownSession) { try await account($0) },
        Route(.post, "/account/sign-out-elsewhere", .ownSession) { asked in
            let (session, site) = (try asked.session(), asked.site)
            try await Blocking.run { try site.access.signOutElsewhere(session, at: asked.now) }
            return .redirect(to: "/account")
        },
        Route(.post, "/account/password", .ownSession) { try await changePassword($0) },
    ]

    /// Leads to the sign-in, and from there back.
    static func first(_ error: any Error) -> Response {
        let path = (error as? SignInFirst)?.returnTo ?? "/"
        return .redirect(to: path == "/" ? "/sign-in" : Link("/sign-in", [("return", path)]).text)
    }

    /// Only addresses of our own: a link must not lead through us elsewhere, nor a browser take one for another's.
    static func ownPath(_ path: String) -> String {
        let isOwn = path.hasPrefix("/") && !path.hasPrefix("//")
        let isPlain = path.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
        return isOwn && isPlain && path.utf8.count <= 2000 ? path : "/"
    }

    // MARK: Sign-in

    private static func signInPage(
        _ site: Site, returnTo path: String, email: String = "", fault: HTML = "",
        _ status: HTTPResponse.Status = .ok
    ) -> Response {
        let company: HTML =
            site.issuer == nil
            ? ""
            : """
            <p><a class="button" href="\(Link("/sign-in/company", [("return", ownPath(path))]).text)">Sign in with your company’s
            account</a></p><p class="soft">Or with a password:</p>
            """
        return Layout.door(
            "Sign in",
            """
            \(fault)\(company)
            <form class="stack" method="post" action="/sign-in">
            <input type="hidden" name="return" value="\(ownPath(path))">
            <label>E-mail address <input name="email" type="email" autocomplete="username" required value="\(email)"></label>
            <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
            <button>Sign in</button></form>
            <p class="soft">You have no password yet? An operator of your company can send you a link to join.</p>
            """, status)
    }

    private static func signIn(_ asked: Asked) async throws -> Response {
        let (form, site) = (asked.form, asked.site)
        let (email, password) = (form["email"], form["password"])
        let outcome = try await site.passwords.run {
            try site.access.signIn(email: email, password: password, at: asked.now)
        }
        switch outcome {
        case .welcome(_, let cookie): return welcome(cookie, to: ownPath(form["return"]), site)
        case .refused:
            return signInPage(
                site, returnTo: form["return"], email: email,
                fault: "<p class=\"note bad\" role=\"alert\">Address and password do not fit together.</p>",
                .unauthorized)
        case .locked(let until):
            return signInPage(
                site, returnTo: form["return"], email: email,
                fault: """
                    <p class="note bad" role="alert">There were too many wrong passwords. Try again after \(until.shown).</p>
                    """, .tooManyRequests)
        }
    }

    static func welcome(_ cookie: String, to path: String, _ site: Site) -> Response {
        var response = Response.redirect(to: path)
        let seconds = Int(AccessStore.absoluteLimit.milliseconds / 1000)
        response.headers[.setCookie] = site.origin.setCookie(cookie, seconds: seconds)
        return response
    }

    private static func signOut(_ asked: Asked) async throws -> Response {
        let (session, site) = (try asked.session(), asked.site)
        try await Blocking.run { try site.access.signOut(session, at: asked.now) }
        var response = Response.redirect(to: "/sign-in")
        response.headers[.setCookie] = site.origin.setCookie("", seconds: 0)
        return response
    }

    // MARK: Joining

    private static func joinPage(_ asked: Asked) async throws -> Response {
        let site = asked.site
        guard let token = token(asked) else { return linkUsed }
        let invitation = try await Blocking.run { try site.access.invitation(token, at: asked.now) }
        guard let invitation else { return linkUsed }
        return joinPage(site, token, invitation, email: "", name: "", fault: "")
    }

    static func token(_ asked: Asked) -> Token? { asked.parameters["token"].flatMap { Token(text: $0) } }

    static var linkUsed: Response {
        Layout.door("This link does not work", "<p>\(MemberFault.linkUsed.sentence)</p>", .notFound)
    }

    private static func joinPage(
        _ site: Site, _ token: Token, _ invitation: Invitation, email: String, name: String, fault: HTML,
        _ status: HTTPResponse.Status = .ok
    ) -> Response {
        let purpose: HTML =
            invitation.isFirst
            ? "You are the first: as operator you set Interlock up and invite the others."
            : "You were invited as \(invitation.role.rawValue)."
        let company: HTML =
            site.issuer == nil
            ? ""
            : """
            <p><a class="button" href="/join/\(token.text)/company">Join with your company’s account</a></p>
            <p class="soft">Or with a password:</p>
            """
        return Layout.door(
            invitation.isFirst ? "Welcome to Interlock" : "Join Interlock",
            """
            <p>\(purpose)</p>\(fault)\(company)
            <form class="stack" method="post" action="/join/\(token.text)">
            <label>Your name <input name="name" autocomplete="name" required maxlength="200" value="\(name)"></label>
            <label>E-mail address <input name="email" type="email" autocomplete="username" required value="\(email)"></label>
            <label>Password <small>At least \(Password.shortest) signs; a few words make a good one.</small>
            <input name="password" type="password" autocomplete="new-password" required minlength="\(Password.shortest)"></label>
            <button>Join</button></form>
            """, status)
    }

    private static func join(_ asked: Asked) async throws -> Response {
        let (form, site) = (asked.form, asked.site)
        guard let token = token(asked) else { return linkUsed }
        let invitation = try await Blocking.run { try site.access.invitation(token, at: asked.now) }
        guard let invitation else { return linkUsed }
        let joining = Joining(email: form["email"], name: form["name"], password: form["password"])
        do {
            let outcome = try await site.passwords.run {
                try site.access.begin(try site.access.join(token, joining, at: asked.now), at: asked.now)
            }
            guard case .welcome(_, let cookie) = outcome else { return .redirect(to: "/sign-in") }
            return welcome(cookie, to: "/", site)
        } catch let fault as MemberFault {
            return joinPage(
                site, token, invitation, email: joining.email, name: joining.name,
                fault: "<p class=\"note bad\" role=\"alert\">\(fault.sentence)</p>", .unprocessableContent)
        }
    }

    // MARK: One's own sign-ins

    static func account(
        _ asked: Asked, fault: HTML = "", _ status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let (session, site) = (try asked.session(), asked.site)
        let (all, hasPassword) = try await Blocking.run {
            (
                try site.access.sessions(of: session.member, at: asked.now),
                try site.access.hasPassword(session.member)
            )
        }
        let password = hasPassword ? otherPassword(asked, fault) : try CompanyRoutes.firstPassword(asked, fault: fault)
        let rows = all.html { other in
            let mark: HTML = other.id == session.id ? "this one" : ""
            return "<tr><td>\(other.began.shown)</td><td>\(other.seen.shown)</td><td>\(mark)</td></tr>"
        }
        return Layout.page(
            "Your sign-ins", at: "/account", asked,
            """
            <p>You are signed in as \(session.member.email). A sign-in ends after half an hour without a request, and after
            twelve hours at the latest.</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Sign-ins"><table><thead><tr><th scope="col">Since</th><th scope="col">Last request</th>
            <th scope="col"><span class="soft">Which</span></th></tr></thead><tbody>\(rows)</tbody></table></div>
            <form class="row" method="post" action="/account/sign-out-elsewhere"><p>\(asked.formToken)
            <button class="quiet">Sign out everywhere else</button></p></form>
            \(password)
            """, status: status)
    }

    private static func otherPassword(_ asked: Asked, _ fault: HTML) -> HTML {
        """
        <h2>Another password</h2>\(fault)
        <form class="stack" method="post" action="/account/password">\(asked.formToken)
        <label>Password until now <input name="old" type="password" autocomplete="current-password" required></label>
        <label>New password <small>At least \(Password.shortest) signs.</small>
        <input name="new" type="password" autocomplete="new-password" required minlength="\(Password.shortest)"></label>
        <button>Change it</button></form>
        """
    }

    private static func changePassword(_ asked: Asked) async throws -> Response {
        let (session, site, form) = (try asked.session(), asked.site, asked.form)
        let (old, new) = (form["old"], form["new"])
        do {
            let isChanged = try await site.passwords.run {
                try site.access.changePassword(of: session, from: old, to: new, at: asked.now)
            }
            if isChanged { return .redirect(to: "/account") }
            return try await account(
                asked, fault: "<p class=\"note bad\" role=\"alert\">That was not your password until now.</p>")
        } catch let fault as MemberFault {
            return try await account(asked, fault: "<p class=\"note bad\" role=\"alert\">\(fault.sentence)</p>")
        }
    }
}
