import Access
import Foundation
import HTTPTypes
import Journal
import Roles
import Testing
import Vocabulary
import Web

/// What programs read.
@Suite struct ReadingTests {
    private func reader(_ house: House) throws -> HTTPFields { [.authorization: "Bearer \(try house.key([.read]))"] }

    @Test(arguments: [
        "/v1/reports", "/v1/reports/funnel", "/v1/people", "/v1/people?limit=2", "/v1/decisions", "/v1/agreement",
        "/v1/agreement/versions", "/v1/gate?who=ann@acme-dairy.example&purpose=marketing_email", "/v1/openapi.json",
    ])
    func theSameQuestionHasTheSameBytesWhoeverAsks(path: String) async throws {
        let house = try House.birch()
        let (key, other) = (try reader(house), try reader(house))
        let first = try await house.ask(.get, path, headers: key)
        house.pass(.minutes(3))
        let again = try await house.ask(.get, path, headers: other)
        #expect(first.status == 200 && first.body == again.body)
        let tag = try #require(first.header("ETag"))
        #expect(tag == again.header("ETag") && tag.wholeMatch(of: /"[0-9a-f]{32}"/) != nil)
        for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
            var headers = key
            headers[.ifNoneMatch] = known
            let unchanged = try await house.ask(.get, path, headers: headers)
            #expect(unchanged.status == 304 && unchanged.body.isEmpty && unchanged.header("ETag") == tag, "\(known)")
        }
        var headers = key
        headers[.ifNoneMatch] = "\"other\""
        #expect(try await house.ask(.get, path, headers: headers).status == 200)
        #expect(try await house.ask(.head, path, headers: key).body.isEmpty)
    }

    @Test func aTagOfAChangedCompanyIsAnother() async throws {
        let house = try House.birch()
        let key = try reader(house)
        let before = try await house.ask(.get, "/v1/people", headers: key)
        let sent = try await house.post(
            "/v1/identify", #"{"messageId":"1","userId":"9","traits":{"email":"new@somewhere.example"}}"#,
            key: try house.key([.send]))
        #expect(sent.status == 200)
        var headers = key
        headers[.ifNoneMatch] = before.header("ETag")
        let after = try await house.ask(.get, "/v1/people", headers: headers)
        #expect(after.status == 200 && after.header("ETag") != before.header("ETag"))
        #expect(after.body.hasPrefix(before.body.dropLast(2)), "whoever comes new comes behind")
    }

    @Test(arguments: ["/v1/people", "/v1/decisions", "/v1/people?stage=mql"])
    func pagesTogetherAreTheWholeList(path: String) async throws {
        let house = try House.birch()
        let key = try reader(house)
        let whole = try await house.ask(.get, path, headers: key)
        let all = try items(whole)
        #expect(!all.isEmpty && whole.member("next").isEmpty && whole.header("Link") == nil)
        var (next, seen, pages) = (path + (path.contains("?") ? "&" : "?") + "limit=1", [String](), 0)
        while !next.isEmpty {
            let page = try await house.ask(.get, next, headers: key)
            #expect(page.status == 200)
            seen += try items(page)
            next = page.member("next")
            #expect(page.header("Link") == (next.isEmpty ? nil : "<\(next)>; rel=\"next\""))
            pages += 1
        }
        #expect(seen == all && pages == all.count)
    }

    private func items(_ answer: Answer) throws -> [String] {
        let object = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
        return try (object?["data"] as? [Any] ?? []).map {
            String(decoding: try JSONSerialization.data(withJSONObject: $0, options: .sortedKeys), as: UTF8.self)
        }
    }

    @Test func recordsAddUpToTheirNumberPageByPage() async throws {
        let house = try House.birch()
        let key = try reader(house)
        let report = try await house.ask(.get, "/v1/reports/verdicts", headers: key)
        let cell = try #require(
            report.body.firstMatch(of: /"records":([2-9]),"handle":"([^"]+)"/), "\(report.body.prefix(2000))")
        let handle = String(cell.output.2).addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        var (next, count) = ("/v1/records?limit=1&of=\(handle)", 0)
        while !next.isEmpty {
            let page = try await house.ask(.get, next, headers: key)
            #expect(page.status == 200, "\(page.body)")
            let object = try JSONSerialization.jsonObject(with: Data(page.body.utf8)) as? [String: Any]
            count += (object?["records"] as? [Any])?.count ?? 0
            next = page.member("next")
        }
        #expect(count == Int(cell.output.1))
    }

    @Test func somebodyIsFoundByAddressByRecordAndByAnyFactAboutThem() async throws {
        let house = try House.birch()
        let key = try reader(house)
        let found = try await house.ask(.get, "/v1/people?email=ANN@acme-dairy.example", headers: key)
        #expect(try items(found).count == 1)
        let number = try #require(found.body.firstMatch(of: /"number":([0-9]+)/)).output.1
        let byRecord = try await house.ask(
            .get, "/v1/people?identifier=record:hubspot/contact/1", headers: key)
        #expect(byRecord.body == found.body)
        for path in [
            "?email=nobody@x.example", "?email=no-address", "?email=ann@acme-dairy.example&identifier=record:a/b/c",
        ] {
            #expect(try await house.ask(.get, "/v1/people" + path, headers: key).body == #"{"data":[]}"#)
        }
        let explained = try await house.ask(.get, "/v1/people/\(number)", headers: key)
        #expect(explained.member("stage") == "sal" && explained.body.contains("accepted by jonas@birch.example"))
        let fact = try #require(explained.body.firstMatch(of: /"fact":\{"number":([0-9]+)/)).output.1
        #expect(try await house.ask(.get, "/v1/people/\(fact)", headers: key).body == explained.body)
        let then = try await house.ask(.get, "/v1/people/\(number)?at=2026-01-20T23:00:00Z", headers: key)
        #expect(then.member("stage") == "lead" && then.member("at") == "2026-01-20T23:00:00Z")
        for at in ["2026-03-01T00:00:00Z", "2020-01-01T00:00:00Z"] {
            #expect(try await house.ask(.get, "/v1/people/\(number)?at=\(at)", headers: key).status == 422)
        }
    }

    @Test func decisionsAreChosenByVerdictOwnerAndTime() async throws {
        let house = try House.birch()
        let key = try reader(house)
        func count(_ query: String) async throws -> Int {
            try items(try await house.ask(.get, "/v1/decisions" + query, headers: key)).count
        }
        #expect(try await count("") == 4)
        #expect(try await count("?verdict=accepted") == 1)
        #expect(try await count("?verdict=rejected") == 1)
        #expect(try await count("?verdict=none") == 2)
        #expect(try await count("?owner=jonas@birch.example") == 2)
        #expect(try await count("?owner=nobody@birch.example") == 0)
        #expect(try await count("?from=2026-01-21T00:00:00Z&to=2026-01-29T00:00:00Z") == 1)
        let all = try await house.ask(.get, "/v1/decisions", headers: key)
        #expect(all.body.contains(#""rule":"home""#) && all.body.contains("rejected by mira@birch.example"))
        #expect(all.body.contains(#""held":"country is not known""#))
    }

    @Test func numbersOfSingleRepsAreShownToWhomVisibilityNames() async throws {
        let house = try House.birch()
        let path = "/v1/reports/verdicts?by=rep"
        let key = try await house.ask(.get, path, headers: try reader(house))
        #expect(key.status == 200 && key.body.contains("another rep") && !key.body.contains("jonas@"))
        let jonas = try house.cookie(of: .rep, called: "jonas@birch.example")
        let own = try await house.ask(.get, path, headers: [.cookie: jonas])
        #expect(own.body.contains("jonas@birch.example") && !own.body.contains("mira@birch.example"))
        #expect(own.header("ETag") != key.header("ETag"))
    }

    @Test func aRepReadsOfLeadsWhatTheirPagesShow() async throws {
        let house = try House.birch()
        let all = try await house.ask(.get, "/v1/people", headers: try reader(house))
        let numbers = all.body.matches(of: /"number":([0-9]+),"person":"([^"]+)"/).map {
            (String($0.output.1), String($0.output.2))
        }
        #expect(numbers.count == 4)
        // Contact 2 was rejected and belongs to nobody since; 4 is held.
        for (rep, visible) in [
            ("jonas@birch.example", "1234"), ("mira@birch.example", "24"), ("rep@acme.example", "24"),
        ] {
            let cookie = try house.cookie(of: .rep, called: rep)
            let people = try await house.ask(.get, "/v1/people", headers: [.cookie: cookie])
            let decisions = try await house.ask(.get, "/v1/decisions", headers: [.cookie: cookie])
            for (number, person) in numbers {
                let sees = person.last.map(visible.contains) ?? false
                let one = try await house.ask(.get, "/v1/people/\(number)", headers: [.cookie: cookie])
                #expect(one.status == (sees ? 200 : 403), "\(rep) asks for \(person)")
                for body in [one.body, people.body, decisions.body] {
                    #expect(body.contains("\"\(person)\"") == sees, "\(rep), \(person): \(body.prefix(300))")
                }
            }
        }
    }

    @Test func whoMaySeeTeamsOnlyGetsNobodysName() async throws {
        let house = try House.birch()
        let cookie = try house.cookie(of: .executive)
        for (query, status) in [
            ("?by=month", 200), ("?by=country", 200), ("?by=email", 403), ("?by=facts.email", 403),
            ("?segment=email=ann@acme-dairy.example", 403), ("?by=path", 403),
        ] {
            let answer = try await house.ask(.get, "/v1/reports/funnel" + query, headers: [.cookie: cookie])
            #expect(answer.status == status, "\(query): \(answer.body.prefix(200))")
        }
        let who = try await house.ask(
            .get, "/v1/reports/journey?who=record:hubspot/contact/1", headers: [.cookie: cookie])
        #expect(who.status == 403)
    }

    @Test func eachTakesTheTypeThatTheyWouldRatherHave() async throws {
        let house = try House.birch()
        let key = try reader(house)
        for (path, accept, type) in [
            ("/v1/agreement", nil, "application/json"), ("/v1/agreement", "*/*", "application/json"),
            ("/v1/agreement", "text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
            ("/v1/agreement", "text/*", "text/html; charset=utf-8"),
            ("/v1/agreement", "text/plain;q=0.5, text/markdown;q=0.9", "text/markdown; charset=utf-8"),
            ("/v1/agreement", "text/plain, */*;q=0", "text/plain; charset=utf-8"),
            ("/v1/reports/wins", "text/csv", "text/csv; charset=utf-8"),
            ("/v1/reports/wins", "TEXT/CSV;q=1.0", "text/csv; charset=utf-8"),
        ] {
            var headers = key
            headers[.accept] = accept
            let answer = try await house.ask(.get, path, headers: headers)
            #expect(answer.status == 200 && answer.header("Content-Type") == type, "\(path) \(accept ?? "")")
        }
        for accept in ["image/png", "application/json;q=0", "text/html;q=0.000"] {
            var headers = key
            headers[.accept] = accept
            #expect(try await house.ask(.get, "/v1/reports/wins", headers: headers).status == 406, "\(accept)")
        }
        var headers = key
        headers[.accept] = "text/html"
        let contract = try await house.ask(.get, "/v1/agreement", headers: headers)
        let policy = contract.header("Content-Security-Policy") ?? ""
        #expect(contract.body.contains("Birch Pumps") && policy.contains("style-src 'sha256-"), "\(policy)")
    }

    @Test func theGateAnswersOneAndAListAndOnlyOurOwnPages() async throws {
        let house = try House.birch()
        let key = try house.key([.read])
        let list = #"{"who":["ann@acme-dairy.example","no address","x@y.example"],"purpose":"sales_call"}"#
        let night = try await house.post("/v1/gate", list, key: key)
        #expect(night.status == 200)
        #expect(night.body.matches(of: /"answer":"([a-z_]+)"/).map { String($0.output.1) }[1] == "deny")
        #expect(night.body.contains("not_before"), "it is twenty to four in Berlin: \(night.body)")
        house.pass(.hours(8))
        let day = try await house.post("/v1/gate", list, key: key)
        #expect(
            day.body.contains(
                #""who":"ann@acme-dairy.example","known":true,"purpose":"sales_call","channel":"phone","answer":"allow""#
            ))
        for (body, status) in [
            ("{}", 400), ("[]", 400), (#"{"who":[],"purpose":"x"}"#, 400), (#"{"who":[1],"purpose":"x"}"#, 400),
            (#"{"who":["a@b.example"],"purpose":"sales_call","x":1}"#, 400), (#"{"who":["a@b.example"]}"#, 400),
            (#"{"who":["a@b.example"],"purpose":"x"}"#, 422),
        ] {
            #expect(try await house.post("/v1/gate", body, key: key).status == status, "\(body)")
        }
        #expect(try await house.post("/v1/gate", list, key: key, type: "text/plain").status == 415)
        let cookie = try house.cookie(of: .marketing)
        for (origin, status) in [("https://evil.example", 403), ("http://localhost", 200)] {
            let answer = try await house.ask(
                .post, "/v1/gate",
                headers: [.cookie: cookie, .contentType: "application/json", .origin: origin], body: list)
            #expect(answer.status == status, "\(origin)")
        }
    }

    @Test func whoeverWasErasedIsNotFoundByAddressAnyMore() async throws {
        let house = try House.birch()
        let key = try reader(house)
        let path = "/v1/people?email=bert@alpen-papier.example"
        #expect(try items(try await house.ask(.get, path, headers: key)).count == 1)
        let people = try house.journal.people(named: [.email("bert@alpen-papier.example")])
        #expect(try house.journal.erase(people.map(\.subject), at: house.time) > 0)
        house.pass(.seconds(1))
        _ = try await house.post(
            "/v1/track", #"{"event":"A","userId":"1","messageId":"1"}"#, key: try house.key([.send]))
        #expect(try items(try await house.ask(.get, path, headers: key)).isEmpty)
    }
}
