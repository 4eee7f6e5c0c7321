import Access
import HTTPTypes
import Journal
import Roles
import Testing
import Web

@Suite struct PageTests {
    @Test func everyAnswerIsSealed() async throws {
        let (house, secure) = (try House(), try House(publicURL: "https://interlock.example/"))
        for path in ["/", "/sign-in", "/nowhere", "/v1/track", "/style.css", "/health"] {
            let answer = try await house.ask(.get, path)
            #expect((answer.header("Content-Security-Policy") ?? "").hasPrefix("default-src 'none'"), "\(path)")
            #expect(answer.header("X-Content-Type-Options") == "nosniff")
            #expect(answer.header("X-Frame-Options") == "DENY")
            #expect(answer.header("Referrer-Policy") == "same-origin")
            #expect(answer.header("Strict-Transport-Security") == nil)
        }
        #expect(
            try await secure.ask(.get, "/health").header("Strict-Transport-Security")
                == "max-age=31536000; includeSubDomains")
        let link = try #require(try secure.access.firstLink(at: secure.time))
        let joined = try await secure.send(
            "/join/\(link.text)", form: [("name", "Ann"), ("email", "ann@acme.example"), ("password", House.password)])
        let set = try #require(joined.header("Set-Cookie"))
        #expect(set.hasPrefix("__Host-interlock=") && set.hasSuffix("; HttpOnly; SameSite=Lax; Secure"))
    }

    @Test func whatIsNotThereSaysSoToPeopleAndPrograms() async throws {
        let house = try House()
        let page = try await house.ask(.get, "/nowhere")
        #expect(page.status == 404 && page.header("Content-Type") == "text/html; charset=utf-8")
        let document = try await house.ask(.get, "/v1/nowhere")
        #expect(document.status == 404 && document.header("Content-Type") == "application/problem+json")
        #expect(document.member("type") == "urn:interlock:problem:not-found" && document.member("status") == "404")
        let method = try await house.ask(.delete, "/v1/track")
        #expect(method.status == 405 && method.header("Allow") == "POST")
        let head = try await house.ask(.head, "/health")
        #expect(head.status == 200 && head.body.isEmpty)
    }

    @Test func personalValuesAreShownToThoseWhoMaySeeLeads() async throws {
        let house = try House()
        let key = try house.key([.send])
        _ = try await house.post(
            "/v1/identify", #"{"messageId":"1","userId":"7","traits":{"email":"bob@acme.example","plan":"<i>pro"}}"#,
            key: key)
        for (role, sees) in [(Role.operator, true), (.marketing, true), (.salesManager, true), (.auditor, false)] {
            let page = try await house.ask(.get, "/journal", headers: [.cookie: try house.cookie(of: role)])
            #expect(page.body.contains("bob@acme.example") == sees, "\(role)")
            #expect(page.body.contains("&lt;i&gt;pro") && !page.body.contains("<i>pro"))
        }
        let reading = try await house.ask(
            .get, "/journal", headers: [.authorization: "Bearer \(try house.key([.read]))"])
        #expect(reading.status == 200 && reading.body.contains("bob@acme.example"))
    }

    @Test func theJournalIsPagedFromTheNewestOn() async throws {
        let house = try House()
        let key = try house.key([.send])
        let calls = (1...120).map { #"{"type":"track","event":"E\#($0)","messageId":"\#($0)","userId":"1"}"# }
        #expect(
            try await house.post("/v1/batch", #"{"batch":[\#(calls.joined(separator: ","))]}"#, key: key).status == 200)
        let cookie = try house.cookie(of: .operator)
        var (path, seen) = ("/journal", [String]())
        while true {
            let page = try await house.ask(.get, path, headers: [.cookie: cookie])
            seen += page.body.matches(of: /“(E[0-9]+)”/).map { String($0.output.1) }
            guard let earlier = page.body.firstMatch(of: /\/journal\?before=[0-9]+/) else { break }
            path = String(earlier.output)
        }
        #expect(seen == (1...120).reversed().map { "E\($0)" })
    }

    @Test func noLineOfTheLogNamesAPerson() async throws {
        let house = try House()
        let key = try house.key([.send])
        let link = try house.access.invite(as: .rep, by: .program, at: house.time)
        _ = try await house.post(
            "/v1/track?who=ann@acme.example", #"{"event":"A","userId":"ann@acme.example"}"#, key: key)
        _ = try await house.ask(.get, "/join/\(link.text)")
        _ = try await house.send("/sign-in", form: [("email", "ann@acme.example"), ("password", "falsch")])
        _ = try await house.ask(.get, "/people/ann@acme.example")
        let lines = house.lines.text.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(
            lines[0].contains(#""method":"POST","ms":"#) && lines[0].contains(#""route":"/v1/track","status":"200""#))
        #expect(lines[1].contains(#""route":"/join/{token}""#))
        for line in lines { #expect(!line.contains("ann@") && !line.contains(link.text) && !line.contains(key)) }
    }

    @Test func metersCountWhatWasAnswered() async throws {
        let house = try House()
        let (key, meters) = (try house.key([.send]), try house.key([.meters]))
        for _ in 0..<2 {
            _ = try await house.post("/v1/track", #"{"event":"A","userId":"1","messageId":"1"}"#, key: key)
        }
        _ = try await house.post("/v1/track", "{}", key: key)
        let text = try await house.ask(.get, "/metrics", headers: [.authorization: "Bearer \(meters)"]).body
        for line in [
            #"interlock_requests_total{route="/v1/track",method="POST",status="200"} 2"#,
            #"interlock_requests_total{route="/v1/track",method="POST",status="422"} 1"#,
            #"interlock_request_seconds_count{route="/v1/track"} 3"#, #"interlock_facts_total{outcome="accepted"} 1"#,
            #"interlock_facts_total{outcome="known"} 1"#, #"interlock_facts_total{outcome="refused"} 1"#,
            "interlock_facts_waiting 0", "interlock_journal_facts 1",
        ] { #expect(text.contains(line + "\n"), "\(line)") }
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            #expect(line.wholeMatch(of: /[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.]+/) != nil, "\(line)")
        }
    }

    @Test func anotherSitesNameGetsNothing() throws {
        let (local, open) = (
            try #require(SiteOrigin(publicURL: nil)), try #require(SiteOrigin(publicURL: "https://a.example"))
        )
        for wrong in ["ftp://a.example", "a.example", "https://", "https://a.example/x", "https://u@a.example"] {
            #expect(SiteOrigin(publicURL: wrong) == nil, "\(wrong)")
        }
        #expect(local.url("/x", listening: "127.0.0.1:8080") == "http://127.0.0.1:8080/x")
        #expect(open.url("/x", listening: "127.0.0.1:8080") == "https://a.example/x")
        #expect(!local.isSecure && open.isSecure)
    }
}
