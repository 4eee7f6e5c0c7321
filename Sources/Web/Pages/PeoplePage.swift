internal import Access
internal import Hummingbird
internal import Roles
internal import Vocabulary

/// People and keys: who may come in, as what, and which programs.
enum PeoplePage {
    static let routes: [Route] = [
        Route(.get, "/people", .managePeople) { try await page($0) },
        Route(.post, "/people/invite", .managePeople) { asked in
            guard let role = Role(rawValue: asked.form["role"]) else { throw unknownRole }
            let (site, actor) = (asked.site, asked.actor)
            let token = try await Blocking.run { try site.access.invite(as: role, by: actor, at: asked.now) }
            return try await page(asked, told: link(token, role, asked))
        },
        Route(.post, "/people/{id}/role", .managePeople) { asked in
            guard let role = Role(rawValue: asked.form["role"]) else { throw unknownRole }
            let id = try asked.number("id")
            return try await changing(asked) { try $0.setRole(of: id, to: role, by: $1, at: asked.now) }
        },
        Route(.post, "/people/{id}/end", .managePeople) { asked in
            let id = try asked.number("id")
            return try await changing(asked) { try $0.end(id, by: $1, at: asked.now) }
        },
        Route(.post, "/invitations/{id}/withdraw", .managePeople) { asked in
            let id = try asked.number("id")
            return try await changing(asked) { try $0.withdraw(invitation: id, by: $1, at: asked.now) }
        },
        Route(.post, "/keys", .manageKeys) { try await makeKey($0) },
        Route(.post, "/keys/{id}/revoke", .manageKeys) { asked in
            let id = try asked.number("id")
            return try await changing(asked) { try $0.revokeKey(id, by: $1, at: asked.now) }
        },
    ]

    private static let unknownRole = Problem(.unprocessableContent, "unknown-role", "There is no such role.")

    static func changing(
        _ asked: Asked, _ change: @escaping @Sendable (AccessStore, Actor) throws -> Void
    ) async throws -> Response {
        let (site, actor) = (asked.site, asked.actor)
        do {
            try await Blocking.run { try change(site.access, actor) }
            return .redirect(to: "/people")
        } catch let fault as MemberFault {
            return try await page(asked, told: bad(fault.sentence))
        }
    }

    private static func makeKey(_ asked: Asked) async throws -> Response {
        let (form, site, actor) = (asked.form, asked.site, asked.actor)
        let source = form["source"]
        let record = form["user_record"].split(separator: "/", maxSplits: 1).map(String.init)
        let request = KeyRequest(
            name: form["name"], scopes: Set(form.all("scope").compactMap { Scope(rawValue: $0) }), source: source,
            userSource: record.count == 2 ? record[0] : nil, userObject: record.last ?? "user")
        do {
            let made = try await Blocking.run { try site.access.makeKey(request, by: actor, at: asked.now) }
            return try await page(asked, told: told(made.key, made.text))
        } catch let fault as KeyFault {
            return try await page(asked, told: bad(fault.sentence))
        }
    }

    // MARK: What is told once

    private static func bad(_ sentence: String) -> HTML { "<p class=\"note bad\" role=\"alert\">\(sentence)</p>" }

    private static func link(_ token: Token, _ role: Role, _ asked: Asked) -> HTML {
        let url = asked.site.origin.url("/join/\(token.text)", listening: asked.request.head.authority ?? "")
        return """
            <div class="note" role="status"><p>Send this link to the person who is to join as \(role.rawValue). It works once,
            for seven days, and is shown only now.</p><p><code>\(url)</code></p></div>
            """
    }

    private static func told(_ key: APIKey, _ text: String) -> HTML {
        """
        <div class="note" role="status"><p>This is the key “\(key.name)”. It is shown only now; keep it where the program that
        uses it keeps its secrets.</p><p><code>\(text)</code></p></div>
        """
    }

    // MARK: The page

    private static func page(_ asked: Asked, told: HTML = "") async throws -> Response {
        let site = asked.site
        let (members, bound, invitations, keys) = try await Blocking.run {
            (
                try site.access.members(), try site.access.boundMembers(),
                try site.access.openInvitations(at: asked.now), try site.access.keys()
            )
        }
        return Layout.page(
            "People and keys", at: "/people", asked,
            told + people(members, bound, asked) + invite(asked) + open(invitations, asked) + programs(keys, asked)
                + newKey(asked))
    }

    private static func people(_ members: [Member], _ bound: Set<Int64>, _ asked: Asked) -> HTML {
        let rows = members.html { member in
            guard member.left == nil else {
                return """
                    <tr><th scope="row">\(member.name)</th><td>\(member.email)</td>
                    <td class="soft">was \(member.role.rawValue)</td><td>\(member.joined.shown)</td><td></td></tr>
                    """
            }
            return """
                <tr><th scope="row">\(member.name)</th><td>\(member.email)</td>
                <td><form class="row" method="post" action="/people/\(member.id)/role">\(asked.formToken)
                \(roles(chosen: member.role, label: "Role of \(member.name)"))<button class="quiet">Set</button></form></td>
                <td>\(member.joined.shown)</td>
                <td><form class="row" method="post" action="/people/\(member.id)/end">\(asked.formToken)
                <button class="quiet" aria-label="End the membership of \(member.name)">End</button></form>\(unbind(member, bound, asked))</td></tr>
                """
        }
        return """
            <h2>People</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="People"><table><thead><tr><th scope="col">Name</th><th scope="col">Address</th><th scope="col">Role</th>
            <th scope="col">Joined</th><th scope="col">Membership</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private static func unbind(_ member: Member, _ bound: Set<Int64>, _ asked: Asked) -> HTML {
        guard bound.contains(member.id) else { return "" }
        return """
            <form class="row" method="post" action="/people/\(member.id)/unbind">\(asked.formToken)
            <button class="quiet" aria-label="Unbind the company’s account of \(member.name)">Unbind the company’s account</button></form>
            """
    }

    private static func roles(chosen: Role?, label: String) -> HTML {
        let options = Role.allCases.html { role in
            let mark: HTML = role == chosen ? " selected" : ""
            return "<option\(mark)>\(role.rawValue)</option>"
        }
        return "<select name=\"role\" aria-label=\"\(label)\">\(options)</select>"
    }

    private static func invite(_ asked: Asked) -> HTML {
        """
        <h2>Invite somebody</h2>
        <form class="row" method="post" action="/people/invite">\(asked.formToken)
        \(roles(chosen: .rep, label: "Role of whom you invite"))<button>Make a link</button></form>
        """
    }

    private static func open(_ invitations: [Invitation], _ asked: Asked) -> HTML {
        guard !invitations.isEmpty else { return "" }
        let rows = invitations.html { invitation in
            """
            <tr><th scope="row">Invitation \(invitation.id)</th><td>\(invitation.role.rawValue)</td>
            <td>\(invitation.expires.shown)</td>
            <td><form class="row" method="post" action="/invitations/\(invitation.id)/withdraw">\(asked.formToken)
            <button class="quiet" aria-label="Withdraw invitation \(invitation.id)">Withdraw</button></form></td></tr>
            """
        }
        return """
            <h2>Open invitations</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Invitations"><table><thead><tr><th scope="col">Invitation</th><th scope="col">Role</th>
            <th scope="col">Works until</th><th scope="col">Change</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private static func programs(_ keys: [APIKey], _ asked: Asked) -> HTML {
        guard !keys.isEmpty else { return "<h2>Keys</h2><p>No program may come in yet.</p>" }
        let rows = keys.html { key in
            """
            <tr><th scope="row">\(key.name)</th><td>\(key.scopes.map(\.rawValue).sorted().joined(separator: ", "))</td>
            <td>\(key.source)</td><td>\(key.userSource)/\(key.userObject)</td><td>\(key.used.map(\.shown) ?? "never")</td>
            <td>\(end(of: key, asked))</td></tr>
            """
        }
        return """
            <h2>Keys</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Keys"><table><thead><tr><th scope="col">For what</th><th scope="col">May</th>
            <th scope="col">Source</th><th scope="col">User ids are of</th><th scope="col">Last used</th>
            <th scope="col">Works until</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private static func end(of key: APIKey, _ asked: Asked) -> HTML {
        if let revoked = key.revoked { return "<span class=\"soft\">revoked \(revoked.shown)</span>" }
        guard key.holds(at: asked.now) else { return "<span class=\"soft\">expired \(key.expires.shown)</span>" }
        return """
            <form class="row" method="post" action="/keys/\(key.id)/revoke">\(key.expires.shown) \(asked.formToken)
            <button class="quiet" aria-label="Revoke the key \(key.name)">Revoke</button></form>
            """
    }

    private static func newKey(_ asked: Asked) -> HTML {
        let scopes = Scope.allCases.html { scope in
            """
            <label class="inline"><input type="checkbox" name="scope" value="\(scope.rawValue)"> \(meaning(scope))</label>
            """
        }
        return """
            <h2>Make a key</h2>
            <form class="stack" method="post" action="/keys">\(asked.formToken)
            <label>For what <input name="name" required maxlength="200" placeholder="Our web site"></label>
            <fieldset><legend>What it may do</legend>\(scopes)</fieldset>
            <label>Source <small>As which system its facts stand in the journal: web, hubspot.</small>
            <input name="source" required value="web" pattern="[a-z0-9_\\-]+"></label>
            <label>User ids are ids of <small>Of which system’s records: hubspot/contact. Empty: of this source’s users.</small>
            <input name="user_record" pattern="[a-z0-9_\\-]+/[a-z0-9_\\-]+"></label>
            <button>Make it</button></form>
            """
    }

    private static func meaning(_ scope: Scope) -> String {
        switch scope {
        case .send: "send facts"
        case .read: "read numbers and records"
        case .meters: "read the server’s meters"
        }
    }
}
