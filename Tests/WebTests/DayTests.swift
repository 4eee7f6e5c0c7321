import Access
import Foundation
import HTTPTypes
import Roles
import Testing
import Vocabulary
import Web

/// A rep's day: their leads in the agreed order, and what they do about each.
@Suite struct DayTests {
    /// Bert was handed over on Friday and nobody answered; Dora asked for a demonstration this morning. Bert is jonas's, Dora nobody's.
    private struct Day {
        let house: House
        let rep: String
        let token: String

        init(as role: Role = .rep, called email: String = "jonas@birch.example") throws {
            house = try BirchHouse().house
            rep = try house.cookie(of: role, called: email)
            token = try house.formToken(rep)
        }

        func page(_ path: String = "/day") async throws -> Answer {
            try await house.ask(.get, path, headers: [.cookie: rep])
        }

        /// The form of a lead as the page gives it, with more fields.
        func form(_ person: String, on page: Answer, _ more: [(String, String)]) throws -> [(String, String)] {
            try [("form_token", token)] + page.deedFields(of: person) + more
        }

        func send(_ form: [(String, String)]) async throws -> Answer {
            try await house.send("/day", form: form, cookie: rep)
        }
    }

    private static let bert = "record:hubspot/contact/2"

    @Test func leadsStandInTheAgreedOrderWithWhyNowAndTimeLeft() async throws {
        let day = try Day()
        let page = try await day.page()
        #expect(page.status == 200, "\(page.body)")
        #expect(page.body.contains("Due first, then score"))
        let titles = page.body.matches(of: /<h3><a href="[^"]*">([^<]*)<\/a>/).map { String($0.output.1) }
        // Dora’s demonstration was asked for and given to nobody yet.
        #expect(
            titles == ["bert@alpen-papier.example", "ann@acme-dairy.example", "dora@zell-steel.example"], "\(titles)")
        #expect(page.body.contains("Demo Requested") && page.body.contains("stages.mql.enter"))
        #expect(page.body.contains("over</span> <span class=\"soft\">to answer"))
    }

    @Test func acceptedWithAMarkIsAFactThatMarketingSees() async throws {
        let day = try Day()
        let form = try day.form(
            DayTests.bert, on: try await day.page(), [("deed", "accept"), ("mark", "3"), ("note", "Ready to buy")])
        for _ in 0..<2 {
            let answer = try await day.send(form)
            #expect(
                answer.status == 303 && answer.header("location")?.hasPrefix("/day?done=accept") == true,
                "\(answer.body)")
        }
        let after = try await day.page("/day?done=accept&who=record:hubspot/contact/2")
        #expect(after.body.contains("Accepted: ") && after.body.contains("now in sal"), "\(after.body)")
        let marketing = try day.house.cookie(of: .marketing)
        let lead = try await day.house.ask(.get, "/leads/record%3Ahubspot%2Fcontact%2F2", headers: [.cookie: marketing])
        #expect(lead.body.contains("accepted by jonas@birch.example"), "\(lead.body)")
        // What was accepted with a mark asks for no second verdict.
        #expect(!after.body.contains("aria-label=\"Accept: bert"))
        #expect(after.body.contains("aria-label=\"Reject after all: bert"))
    }

    @Test func aRejectionGoesWhereItsReasonLeads() async throws {
        let day = try Day()
        let page = try await day.page()
        #expect(page.body.contains("<small>goes to nurture</small>"))
        let rejected = try await day.send(
            day.form(DayTests.bert, on: page, [("deed", "reject"), ("reason", "too_early")]))
        #expect(rejected.status == 303, "\(rejected.body)")
        let after = try await day.page(try #require(rejected.header("location")))
        #expect(after.body.contains("now in nurture"))
        #expect(!after.body.contains("aria-label=\"Reject: bert"))
    }

    @Test func aTouchAnswersAndWhatWasHeardIsKept() async throws {
        let day = try Day()
        let page = try await day.page()
        let called = try await day.send(
            day.form(
                DayTests.bert, on: page,
                [("deed", "touch"), ("way", "call"), ("direction", "outward"), ("outcome", "reached")]))
        #expect(called.status == 303, "\(called.body)")
        day.house.pass(.seconds(5))
        let heard = try await day.send(
            day.form(
                DayTests.bert, on: try await day.page(),
                [("deed", "heard"), ("note", "Is it <safe> for milk?"), ("back", "lead")]))
        #expect(
            heard.status == 303 && heard.header("location") == "/leads/record%3Ahubspot%2Fcontact%2F2", "\(heard.body)")
        let after = try await day.page()
        #expect(
            after.body.contains("Is it &lt;safe&gt; for milk?")
                && after.body.contains("call to the person by jonas@birch.example"))
        // Late, and yet it is answered: what is owed next is a verdict.
        #expect(after.body.contains("1 d left</span> <span class=\"soft\">to accept or reject"), "\(after.body)")
    }

    /// What is written wrong, and what is said of it.
    @Test(arguments: [
        (["deed": "reject", "reason": "dislike"], "Choose one of the agreed reasons: "),
        (["deed": "accept", "mark": "9"], "A mark is a number from 1 to 3."),
        (["deed": "touch", "way": "pigeon"], "Say how: call"),
        (["deed": "touch", "way": "call", "outcome": "asked_for_later"], "until which day"),
        (["deed": "heard", "note": "  "], "Say what you heard."),
        (["deed": "accept", "pass": "7"], "This lead has moved on"),
        (["deed": "accept", "stage": "sql"], "This lead has moved on"),
        (["deed": "accept", "person": "record:hubspot/contact/99"], "This lead has moved on"),
        (["deed": "accept", "form": "0-1"], "Open the page again"),
        (["deed": "accept", "note": String(repeating: "x", count: 2001)], "fewer words"),
    ])
    func whatCannotBeIsSaid(fields: [String: String], told: String) async throws {
        let day = try Day()
        let form = try day.form(DayTests.bert, on: try await day.page(), []).map { ($0.0, fields[$0.0] ?? $0.1) }
        let more = fields.filter { field in !form.contains { $0.0 == field.key } }.map { ($0.key, $0.value) }
        let answer = try await day.send(form + more)
        #expect(answer.status == 422 && answer.body.contains(told), "\(answer.body)")
    }

    @Test func whatIsWrittenWrongLosesNothing() async throws {
        let day = try Day()
        let form = try day.form(
            DayTests.bert, on: try await day.page(), [("deed", "reject"), ("reason", "no"), ("note", "Not <now>")])
        let answer = try await day.send(form)
        #expect(answer.status == 422 && answer.body.contains("value=\"Not &lt;now&gt;\""))
        #expect(answer.body.contains("data-key=\"r\" open"))
    }

    @Test func nobodyWorksAnothersLead() async throws {
        let mine = try Day()
        let form = try mine.form(DayTests.bert, on: try await mine.page(), [("deed", "accept"), ("mark", "2")])
        let other = try mine.house.cookie(of: .rep, called: "mira@birch.example")
        let token = try mine.house.formToken(other)
        let known = try mine.house.member(of: other)
        let member = try #require(known)
        let stolen = form.map { field in
            switch field.0 {
            case "form_token": ("form_token", token)
            case "form": ("form", "\(member)-1")
            default: field
            }
        }
        let answer = try await mine.house.send("/day", form: stolen, cookie: other)
        #expect(
            answer.status == 422 && answer.body.contains("somebody else’s now: jonas@birch.example"), "\(answer.body)")
        #expect(!(try await mine.house.ask(.get, "/day", headers: [.cookie: other])).body.contains("bert@"))
        let foreign = try await mine.house.send("/day", form: form.filter { $0.0 != "form_token" }, cookie: mine.rep)
        #expect(foreign.status == 403)
    }

    @Test func aManagerLooksAtTheDaysOfTheirReps() async throws {
        let day = try Day(as: .salesManager, called: "ines@birch.example")
        let own = try await day.page()
        #expect(own.status == 200 && own.body.contains("<option value=\"jonas@birch.example\">"), "\(own.body)")
        #expect(!own.body.contains("bert@alpen-papier.example"))
        let theirs = try await day.page("/day?of=jonas@birch.example")
        #expect(
            theirs.body.contains("The day of jonas@birch.example") && theirs.body.contains("bert@alpen-papier.example"))
        let accepted = try await day.send(
            day.form(DayTests.bert, on: theirs, [("deed", "accept"), ("mark", "1"), ("of", "jonas@birch.example")]))
        #expect(
            accepted.status == 303 && accepted.header("location")?.hasSuffix("&of=jonas%40birch.example") == true,
            "\(accepted.body)")
    }
}

extension Answer {
    /// What the forms about a lead on a page carry.
    func deedFields(of person: String) throws -> [(String, String)] {
        let escaped = NSRegularExpression.escapedPattern(for: person)
        let fields = ["stage", "pass", "form"].map { #"<input type="hidden" name="\#($0)" value="([^"]*)">"# }
        let pattern = try Regex(#"name="person" value="\#(escaped)">"# + fields.joined())
        let match = try #require(body.firstMatch(of: pattern), "\(body)")
        return [("person", person)]
            + zip(["stage", "pass", "form"], 1...3).map {
                ($0, String(match.output[$1].substring ?? ""))
            }
    }
}

extension House {
    /// The number of whoever a cookie signs in.
    func member(of cookie: String) throws -> Int64? {
        try access.session(cookie: String(cookie.dropFirst("interlock=".count)), at: time)?.member.id
    }
}
