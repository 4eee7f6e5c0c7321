import Access
import Foundation
import HTTPTypes
import Roles
import Testing
import Vocabulary
import Web

/// What the sides ask of each other, in the browser.
@Suite struct RequestsTests {
    private func house() throws -> House {
        let house = try House()
        house.pass(try BirchHouse.instant("2026-02-02T08:30:00Z") - house.time)
        let text =
            try BirchHouse.example() + "\nrequests: {between: [marketing, sales], answer_within: 2 business days}\n"
        try house.append(BirchHouse.statements(text, at: try BirchHouse.instant("2025-12-15T09:00:00Z")))
        return house
    }

    private func name(on page: Answer) throws -> String {
        String(
            try #require(
                page.body.firstMatch(
                    of:
                        /name="request" value="([0-9]+-[0-9]+)"><label>Of whom|name="request" value="([0-9]+-[0-9]+)">\s*<label>Of whom/
                )
            ).output.2 ?? "")
    }

    @Test func whatIsAskedIsSeenAnsweredAndCounted() async throws {
        let house = try house()
        let (rep, marketing) = (try house.cookie(of: .rep), try house.cookie(of: .marketing))
        let (repToken, marketingToken) = (try house.formToken(rep), try house.formToken(marketing))
        let page = try await house.ask(.get, "/requests", headers: [.cookie: rep])
        let name = try name(on: page)
        let form = [
            ("form_token", repToken), ("request", name), ("to", "marketing"), ("kind", "material"),
            ("what", "A case study <dairy>"),
        ]
        for _ in 0..<2 {
            let asked = try await house.send("/requests", form: form, cookie: rep)
            #expect(asked.status == 303, "\(asked.body)")
        }
        let open = try await house.ask(.get, "/requests", headers: [.cookie: marketing])
        #expect(open.body.matches(of: /A case study &lt;dairy&gt;/).count == 1)
        // Asked on Monday at half past nine in Berlin: due on Wednesday at half past nine.
        #expect(open.body.contains("4 Feb 2026, 09:30 CET"), "\(open.body)")
        let back = try await house.send(
            "/requests/answer", form: [("form_token", marketingToken), ("request", name), ("verdict", "unclear")],
            cookie: marketing)
        #expect(back.status == 422 && back.body.contains("Say what is unclear."))
        let answered = try await house.send(
            "/requests/answer", form: [("form_token", marketingToken), ("request", name), ("verdict", "done")],
            cookie: marketing)
        #expect(answered.status == 303)
        let after = try await house.ask(.get, "/requests", headers: [.cookie: rep])
        #expect(after.body.contains("Answered") && after.body.contains("in time"))
        let report = try await house.ask(.get, "/reports/requests", headers: [.cookie: marketing])
        #expect(report.status == 200 && report.body.contains("marketing"))
        let again = try await house.send(
            "/requests/answer", form: [("form_token", marketingToken), ("request", name), ("verdict", "done")],
            cookie: marketing)
        #expect(again.status == 422 && again.body.contains("answered already"))
    }

    @Test func eachFaultSaysWhatToDoAndKeepsWhatWasWritten() async throws {
        let house = try house()
        let (rep, manager) = (try house.cookie(of: .rep), try house.cookie(of: .salesManager))
        let token = try house.formToken(rep)
        let name = try name(on: try await house.ask(.get, "/requests", headers: [.cookie: rep]))
        for (change, told) in [
            (("to", "sales"), "Ask of marketing."), (("to", "finance"), "Ask of marketing."),
            (("what", "  "), "Say what you need."),
            (("kind", "wish"), "Say what kind"), (("request", "0-1"), "Open the page again"),
            (("what", String(repeating: "x", count: 4001)), "fewer words"),
        ] {
            var form = [
                ("form_token", token), ("request", name), ("to", "marketing"), ("kind", "data"),
                ("what", "Bert's town"),
            ]
            form = form.map { $0.0 == change.0 ? change : $0 }
            let answer = try await house.send("/requests", form: form, cookie: rep)
            #expect(answer.status == 422 && answer.body.contains(told), "\(change): \(answer.body)")
            if change.0 != "what" { #expect(answer.body.contains("Bert&#39;s town"), "\(change)") }
        }
        // Nobody answers for the other side.
        let asked = [
            ("form_token", token), ("request", name), ("to", "marketing"), ("kind", "data"), ("what", "Bert's town"),
        ]
        #expect(try await house.send("/requests", form: asked, cookie: rep).status == 303)
        let own = try await house.send(
            "/requests/answer",
            form: [("form_token", try house.formToken(manager)), ("request", name), ("verdict", "done")],
            cookie: manager)
        #expect(own.status == 422 && own.body.contains("This was asked of marketing."))
    }

    @Test func withoutTheClauseThePageSaysHowToAgreeOnOne() async throws {
        let house = try House.birch()
        let page = try await house.ask(.get, "/requests", headers: [.cookie: try house.cookie(of: .rep)])
        #expect(page.status == 200 && page.body.contains("answer_within: 3 business days"))
    }
}
