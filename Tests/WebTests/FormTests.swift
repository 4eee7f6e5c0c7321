import Access
import HTTPTypes
import Journal
import Roles
import Testing
import Vocabulary
import Web

@Suite struct FormTests {
    /// How a form may come that is not from a page of ours, or not of this sign-in: nothing of it is done.
    @Test(arguments: [
        "no token", "wrong token", "another sign-in's token", "foreign origin", "null origin", "cross-site", "json",
        "other port",
    ])
    func aForeignFormChangesNothing(how: String) async throws {
        let house = try House()
        let (cookie, other) = (try house.cookie(of: .operator), try house.cookie(of: .marketing))
        var headers = HTTPFields()
        var token = try house.formToken(cookie)
        switch how {
        case "no token": token = ""
        case "wrong token": token = String(token.reversed())
        case "another sign-in's token": token = try house.formToken(other)
        case "foreign origin": headers[.origin] = "https://evil.example"
        case "other port": headers[.origin] = "http://localhost:9999"
        case "null origin": headers[.origin] = "null"
        case "cross-site": headers[HTTPField.Name("Sec-Fetch-Site")!] = "cross-site"
        default: break
        }
        let before = try house.access.auditHead()
        for path in ["/people/invite", "/keys", "/people/2/role", "/people/2/end", "/sign-out", "/account/password"] {
            let answer: Answer
            if how == "json" {
                answer = try await house.ask(
                    .post, path, headers: [.cookie: cookie, .contentType: "text/plain"],
                    body: "{\"form_token\":\"\(token)\"}")
                #expect(answer.status == 415)
            } else {
                answer = try await house.send(
                    path,
                    form: [
                        ("form_token", token), ("role", "rep"), ("name", "x"), ("source", "web"), ("scope", "send"),
                    ],
                    cookie: cookie, headers: headers)
                #expect(answer.status == 403, "\(path)")
            }
        }
        #expect(try house.access.auditHead() == before)
    }

    @Test func readingChangesNothing() async throws {
        let house = try House()
        let cookie = try house.cookie(of: .operator)
        let before = (try house.access.auditHead(), try house.journal.head())
        for route in Site.routes where route.method == .get {
            // A stream would not end by itself.
            let path = route.path.text.replacing("/live", with: "/live?for=0")
            _ = try await house.ask(.get, path, headers: [.cookie: cookie])
        }
        #expect(try house.access.auditHead() == before.0)
        #expect(try house.journal.head() == before.1)
    }

    @Test func firstStartSignInAndOutAsABrowserDoesIt() async throws {
        let house = try House()
        let link = try #require(try house.access.firstLink(at: house.time))
        let welcome = try await house.ask(.get, "/join/\(link.text)")
        #expect(welcome.status == 200 && welcome.body.contains("You are the first"))
        let short = try await house.send(
            "/join/\(link.text)", form: [("name", "<b>Ann"), ("email", "ann@acme.example"), ("password", "kurz")])
        #expect(
            short.status == 422 && short.body.contains("at least 10 signs")
                && short.body.contains("value=\"&lt;b&gt;Ann\""))
        let joined = try await house.send(
            "/join/\(link.text)",
            form: [("name", "<b>Ann"), ("email", "ann@acme.example"), ("password", House.password)])
        let set = try #require(joined.header("Set-Cookie"))
        #expect(joined.status == 303 && joined.header("Location") == "/")
        #expect(set.hasSuffix("; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax"))
        let cookie = String(set.prefix { $0 != ";" })
        let start = try await house.ask(.get, "/scoreboard", headers: [.cookie: cookie])
        #expect(start.status == 200 && start.body.contains("&lt;b&gt;Ann, operator") && !start.body.contains("<b>Ann"))
        let used = try await house.ask(.get, "/join/\(link.text)")
        #expect(used.status == 404)
        let token = try house.formToken(cookie)
        let out = try await house.send("/sign-out", form: [("form_token", token)], cookie: cookie)
        #expect(out.status == 303 && (out.header("Set-Cookie") ?? "").contains("Max-Age=0"))
        let after = try await house.ask(.get, "/people", headers: [.cookie: cookie])
        #expect(after.status == 303 && after.header("Location") == "/sign-in?return=/people")
        let wrong = try await house.send("/sign-in", form: [("email", "ann@acme.example"), ("password", "falsch")])
        #expect(wrong.status == 401)
        let again = try await house.send(
            "/sign-in", form: [("email", "ann@acme.example"), ("password", House.password), ("return", "/people")])
        #expect(again.status == 303 && again.header("Location") == "/people")
        // A cookie from before is not taken over: no session can be planted.
        #expect((again.header("Set-Cookie") ?? "").contains(cookie) == false)
    }

    @Test(arguments: [
        "https://evil.example/", "//evil.example", "/\\evil.example", "/people x", "javascript:alert(1)",
    ])
    func aSignInLeadsNowhereElse(path: String) async throws {
        let house = try House()
        _ = try house.cookie(of: .rep)
        let answer = try await house.send(
            "/sign-in", form: [("email", "rep@acme.example"), ("password", House.password), ("return", path)])
        #expect(answer.status == 303 && answer.header("Location") == "/")
    }

    @Test func aSignInLeadsBackToWhatWasAskedFor() async throws {
        let house = try House()
        _ = try house.cookie(of: .rep)
        let path = "/reports/funnel?period=2026-Q1&segment=country%3DDE"
        let first = try await house.ask(.get, path)
        let location = try #require(first.header("Location"))
        #expect(location == "/sign-in?return=/reports/funnel%3Fperiod%3D2026-Q1%26segment%3Dcountry%253DDE")
        let form = try await house.ask(.get, location)
        #expect(form.body.contains("value=\"/reports/funnel?period=2026-Q1&amp;segment=country%3DDE\""))
        let answer = try await house.send(
            "/sign-in", form: [("email", "rep@acme.example"), ("password", House.password), ("return", path)])
        #expect(answer.status == 303 && answer.header("Location") == path)
    }

    @Test func tooManyAttemptsFromOnePlaceAreSentAway() async throws {
        let house = try House()
        var statuses: [Int] = []
        for _ in 0..<22 {
            statuses.append(try await house.send("/join/none", form: [("name", "x")]).status)
        }
        #expect(statuses == Array(repeating: 404, count: 20) + [429, 429])
        house.pass(.minutes(1))
        #expect(try await house.send("/join/none", form: [("name", "x")]).status == 404)
    }

    @Test func peopleAndKeysAreMadeAndEnded() async throws {
        let house = try House()
        let cookie = try house.cookie(of: .operator)
        let token = try house.formToken(cookie)
        let invited = try await house.send(
            "/people/invite", form: [("form_token", token), ("role", "rep")], cookie: cookie)
        #expect(invited.status == 200 && invited.body.contains("http://localhost/join/"))
        let made = try await house.send(
            "/keys",
            form: [
                ("form_token", token), ("name", "Site <x>"), ("scope", "send"), ("scope", "nonsense"),
                ("source", "web"),
                ("user_record", "hubspot/contact"),
            ], cookie: cookie)
        let key = try #require(made.body.firstMatch(of: /il_[0-9A-Za-z]+_[0-9a-f]{4}/)).output
        #expect(made.body.contains("Site &lt;x&gt;") && made.body.contains("hubspot/contact"))
        let sent = try await house.post("/v1/track", #"{"event":"A","userId":"1","messageId":"1"}"#, key: String(key))
        #expect(sent.status == 200)
        let revoked = try await house.send("/keys/1/revoke", form: [("form_token", token)], cookie: cookie)
        #expect(revoked.status == 303)
        #expect(try await house.post("/v1/track", #"{"event":"A","userId":"1"}"#, key: String(key)).status == 401)
        let last = try await house.send("/people/1/end", form: [("form_token", token)], cookie: cookie)
        #expect(last.status == 200 && last.body.contains("last operator"))
        let bad = try await house.send(
            "/keys", form: [("form_token", token), ("name", "x"), ("source", "A/B"), ("scope", "send")], cookie: cookie)
        #expect(bad.body.contains("cannot name a source"))
    }
}
