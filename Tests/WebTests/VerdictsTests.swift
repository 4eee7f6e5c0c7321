import Access
import Foundation
import HTTPTypes
import Roles
import Testing
import Vocabulary

@testable import Web

/// What marketing sees of verdicts, and what becomes of a dispute.
@Suite struct VerdictsTests {
    private static let bert = "record:hubspot/contact/2"

    /// Jonas has rejected Bert on Monday at half past nine in Berlin; marketing has a business day to dispute it.
    private static func house() async throws -> House {
        let house = try House()
        house.pass(try BirchHouse.instant("2026-02-02T08:30:00Z") - house.time)
        let text = try BirchHouse.example().replacing(
            "  accept_mark: 1..3\n",
            with:
                "  accept_mark: 1..3\n  dispute: {by: marketing, within: 1 business day, arbiter: operations, ruling_within: 5 business days}\n"
        ).replacing(
            "sales: carlos@birch.example}", with: "sales: carlos@birch.example, operations: otto@birch.example}")
        try house.append(BirchHouse.statements(text, at: try BirchHouse.instant("2025-12-20T09:00:00Z")))
        try house.append(BirchHouse.facts)
        let rep = try house.cookie(of: .rep, called: "jonas@birch.example")
        let day = try await house.ask(.get, "/day", headers: [.cookie: rep])
        let rejected = try await house.send(
            "/day",
            form: [("form_token", try house.formToken(rep))] + day.deedFields(of: bert) + [
                ("deed", "reject"), ("reason", "too_early"), ("note", "Next year, he says"),
            ], cookie: rep)
        try #require(rejected.status == 303, "\(rejected.body)")
        house.pass(.minutes(30))
        return house
    }

    private static func dispute(_ house: House, _ cookie: String, note: String = "He asked for a price") async throws
        -> Answer
    {
        let page = try await house.ask(.get, "/verdicts", headers: [.cookie: cookie])
        let form = try [("form_token", house.formToken(cookie))] + page.deedFields(of: bert) + [("note", note)]
        return try await house.send("/verdicts/dispute", form: form, cookie: cookie)
    }

    private static func rule(_ house: House, _ cookie: String, _ ruling: String) async throws -> Answer {
        let page = try await house.ask(.get, "/disputes", headers: [.cookie: cookie])
        let form =
            try [("form_token", house.formToken(cookie))] + page.deedFields(of: bert) + [
                ("ruling", ruling), ("note", "It was asked for"),
            ]
        return try await house.send("/disputes", form: form, cookie: cookie)
    }

    private static func lead(_ house: House) async throws -> String {
        try await house.ask(
            .get, "/leads?q=bert",
            headers: [.cookie: try house.cookie(of: .operator, called: "o\(house.time.milliseconds)@acme.example")]
        ).body
    }

    @Test func marketingSeesEachVerdictWithItsReasonAndNote() async throws {
        let house = try await VerdictsTests.house()
        let page = try await house.ask(.get, "/verdicts", headers: [.cookie: try house.cookie(of: .marketing)])
        for told in [
            "rejected", "too early", "“Next year, he says”", "jonas@birch.example", "bert@alpen-papier.example",
            "accepted",
        ] {
            #expect(page.body.contains(told), "\(told): \(page.body)")
        }
        // A rep sees their own leads, and disputes nothing.
        let rep = try await house.ask(
            .get, "/verdicts", headers: [.cookie: try house.cookie(of: .rep, called: "mira@birch.example")])
        #expect(rep.status == 200 && !rep.body.contains("ann@") && !rep.body.contains("Dispute it"))
    }

    @Test(arguments: [("overturned", "sal", "disputed, overturned"), ("upheld", "nurture", "disputed, upheld")])
    func aDisputedRejectionIsRuledOn(ruling: String, stage: String, shown: String) async throws {
        let house = try await VerdictsTests.house()
        let marketing = try house.cookie(of: .marketing, called: "milo@birch.example")
        for _ in 0..<2 {
            let page = try await house.ask(.get, "/verdicts", headers: [.cookie: marketing])
            guard page.body.contains("Dispute it") else { break }
            let disputed = try await VerdictsTests.dispute(house, marketing)
            #expect(disputed.status == 303, "\(disputed.body)")
        }
        #expect(try await VerdictsTests.lead(house).contains(">mql"), "until the ruling the lead stays")
        house.pass(.hours(1))
        let arbiter = try house.cookie(of: .operator, called: "ruth@birch.example")
        let queue = try await house.ask(.get, "/disputes", headers: [.cookie: arbiter])
        #expect(queue.body.contains("“He asked for a price”") && queue.body.contains("to rule"), "\(queue.body)")
        let ruled = try await VerdictsTests.rule(house, arbiter, ruling)
        #expect(ruled.status == 303, "\(ruled.body)")
        let after = try await house.ask(.get, "/disputes", headers: [.cookie: arbiter])
        #expect(after.body.contains("Nothing waits for a ruling.") && after.body.contains(shown), "\(after.body)")
        #expect(try await VerdictsTests.lead(house).contains(">\(stage)"))
    }

    @Test func whatMayNotBeIsSaid() async throws {
        let house = try await VerdictsTests.house()
        let marketing = try house.cookie(of: .marketing)
        let wordless = try await VerdictsTests.dispute(house, marketing, note: " ")
        #expect(wordless.status == 422 && wordless.body.contains("Say why the lead was good."))
        // Sales may not dispute here, and an executive does not rule.
        let manager = try house.cookie(of: .salesManager)
        let page = try await house.ask(.get, "/verdicts", headers: [.cookie: marketing])
        let form = try page.deedFields(of: VerdictsTests.bert) + [("note", "x")]
        let sales = try await house.send(
            "/verdicts/dispute", form: [("form_token", try house.formToken(manager))] + form, cookie: manager)
        #expect(sales.status == 422 && sales.body.contains("only marketing may dispute"), "\(sales.body)")
        #expect(try await VerdictsTests.dispute(house, marketing).status == 303)
        let executive = try house.cookie(of: .executive)
        let look = try await house.ask(.get, "/disputes", headers: [.cookie: executive])
        #expect(look.body.contains("You may look; they rule.") && !look.body.contains("The rejection stands</button>"))
        let ruling = try await house.send(
            "/disputes", form: [("form_token", try house.formToken(executive))] + form + [("ruling", "upheld")],
            cookie: executive)
        #expect(ruling.status == 422 && ruling.body.contains("operations rules on disputes"), "\(ruling.body)")
        // After a business day it is too late.
        house.pass(.days(9))
        let late = try await house.send(
            "/verdicts/dispute",
            form: [("form_token", try house.formToken(try house.cookie(of: .marketing, called: "m2@x.example")))]
                + form,
            cookie: try house.cookie(of: .marketing, called: "m3@x.example"))
        #expect(late.status == 403)
        _ = try await house.site.company.upToDate()
        let arbiter = try house.cookie(of: .operator)
        let over = try await house.ask(.get, "/disputes", headers: [.cookie: arbiter])
        #expect(over.body.contains("not ruled on in time: it stands"), "\(over.body)")
    }

    @Test func withoutTheClauseThePageSaysHowToAgreeOnOne() async throws {
        let house = try House.birch()
        let page = try await house.ask(.get, "/disputes", headers: [.cookie: try house.cookie(of: .operator)])
        #expect(page.status == 200 && page.body.contains("ruling_within: 5 business days"))
    }
}
