import Access
import Foundation
import HTTPTypes
import Journal
import Roles
import Sync
import Testing
import Vocabulary

@testable import Web

/// Own alerts: set in the browser, told by mail once for each thing done, paused, gone on with, ended.
@Suite struct AlertsTests {
    private struct Desk {
        let house: TellingHouse
        let rep: String
        let token: String

        init(as role: Role = .rep, called email: String = "jonas@birch.example") throws {
            house = try TellingHouse()
            rep = try house.house.cookie(of: role, called: email)
            token = try house.house.formToken(rep)
        }

        func set(_ fields: [(String, String)]) async throws -> Answer {
            try await house.house.send("/alerts", form: [("form_token", token)] + fields, cookie: rep)
        }

        func press(_ deed: String, _ id: Int = 1) async throws -> Answer {
            try await house.house.send("/alerts/\(id)/\(deed)", form: [("form_token", token)], cookie: rep)
        }

        func page(_ query: String = "") async throws -> String {
            try await house.house.ask(.get, "/alerts\(query)", headers: [.cookie: rep]).body
        }

        /// At a minute past eight, somebody visits the page of prices; what an alert tells of it. Alerts of the agreement aside.
        func visit(_ who: String, _ minute: String) async throws -> [String] {
            let before = told.count
            try house.append([house.visit(who, "2026-02-02T08:\(minute):00Z")])
            try house.go(to: "2026-02-02T08:\(minute):30Z")
            try await house.tell()
            return Array(told.dropFirst(before))
        }

        var told: [String] {
            house.network.mails.filter { $0.body.contains("You asked to be told") }
                .map { "\($0.to.split(separator: "@")[0]): \($0.subject)" }
        }
    }

    @Test func whoeverIsWatchedIsToldOfOnceForEachThingDone() async throws {
        let desk = try Desk()
        try desk.house.append([desk.house.contact("ann", "2026-02-02T08:05:00Z")])
        let set = try await desk.set([("person", "ann@ann-works.example"), ("page", "/PRICING")])
        #expect(set.status == 303, "\(set.body)")
        #expect(try await desk.visit("ann", "20") == ["jonas: ann@ann-works.example: page"])
        #expect(try await desk.visit("bea", "21") == [])
        #expect(try await desk.visit("ann", "22") == ["jonas: ann@ann-works.example: page"])
        try await desk.house.tell()
        #expect(desk.told.count == 2)
        let page = try await desk.page()
        #expect(page.contains("ann@ann-works.example does anything on a page with “/PRICING”"), "\(page)")
        #expect(page.contains("data-label=\"In 14 days\">2</td>"))
    }

    @Test func aPauseIsNotToldAfterwardsAndAnEndIsTheEnd() async throws {
        let desk = try Desk()
        try desk.house.append([desk.house.contact("ann", "2026-02-02T08:05:00Z")])
        _ = try await desk.set([("person", "record:hubspot/contact/ann")])
        #expect(try await desk.press("pause").status == 303)
        #expect(try await desk.visit("ann", "20") == [])
        #expect(try await desk.page().contains("paused"))
        #expect(try await desk.press("resume").status == 303)
        #expect(try await desk.visit("ann", "21").count == 1)
        #expect(try await desk.press("end").status == 303)
        #expect(try await desk.visit("ann", "22") == [])
        #expect(try await desk.page().contains("You have set no alert."))
        // Again is no fault.
        #expect(try await desk.press("end").status == 303)
    }

    /// Fields of the form, and who is told when ann and bea visit, each of a company of her own.
    @Test(arguments: [
        (["account": "ann-works.example"], ["ann"]),
        (["account": "Ann-Works.example", "act": "PAGE"], ["ann"]),
        (["act": "page"], ["ann", "bea"]),
        (["page": "pricing"], ["ann", "bea"]),
        (["page": "careers"], []),
        (["act": "Demo Requested"], []),
    ])
    func whatIsMeant(fields: [String: String], heard: [String]) async throws {
        let desk = try Desk()
        try desk.house.append(["ann", "bea"].map { try desk.house.contact($0, "2026-02-02T08:05:00Z") })
        let set = try await desk.set(fields.map { ($0.key, $0.value) })
        #expect(set.status == 303, "\(set.body)")
        var told: [String] = []
        for (who, minute) in [("ann", "20"), ("bea", "21")] where try await !desk.visit(who, minute).isEmpty {
            told.append(who)
        }
        #expect(told == heard)
    }

    /// What is written wrong, and what is said of it.
    @Test(arguments: [
        ([:], "Say of whom you want to hear"),
        (["person": "nobody@nowhere.example"], "Nobody is known as “nobody@nowhere.example”"),
        (["account": "nowhere.example"], "No company is known as “nowhere.example”"),
        (["person": "ann@ann-works.example", "account": "ann-works.example"], "not both"),
        (["act": String(repeating: "x", count: 501)], "fewer words"),
    ])
    func whatCannotBeIsSaidAndKept(fields: [String: String], told: String) async throws {
        let desk = try Desk()
        try desk.house.append([desk.house.contact("ann", "2026-02-02T08:05:00Z")])
        let answer = try await desk.set(fields.map { ($0.key, $0.value) })
        #expect(answer.status == 422 && answer.body.contains(told), "\(answer.body)")
        for value in fields.values { #expect(answer.body.contains("value=\"\(value)\"")) }
    }

    @Test func somebodyElsesAlertIsNobodyElsesToEnd() async throws {
        let desk = try Desk()
        try desk.house.append([desk.house.contact("ann", "2026-02-02T08:05:00Z")])
        _ = try await desk.set([("act", "page")])
        let other = try desk.house.house.cookie(of: .rep, called: "mira@birch.example")
        let token = try desk.house.house.formToken(other)
        for deed in ["pause", "end"] {
            _ = try await desk.house.house.send("/alerts/1/\(deed)", form: [("form_token", token)], cookie: other)
        }
        #expect(try await desk.visit("ann", "20").count == 1)
    }

    /// jonas gets the first lead, and reps see numbers of their own alone.
    @Test func nobodyIsToldOfALeadThatTheyMayNotSee() async throws {
        let desk = try Desk()
        let house = desk.house
        try house.lead("zoe", "2026-02-02T08:10:00Z")
        try house.append([house.contact("ann", "2026-02-02T08:05:00Z")])
        try house.go(to: "2026-02-02T08:11:00Z")
        try await house.tell()
        #expect(try house.decisions("handed over").map { $0["to"] } == [.text("jonas@birch.example")])
        let mira = try house.house.cookie(of: .rep, called: "mira@birch.example")
        let token = try house.house.formToken(mira)
        func set(_ fields: [(String, String)]) async throws -> Answer {
            try await house.house.send("/alerts", form: [("form_token", token)] + fields, cookie: mira)
        }
        let refused = try await set([("person", "zoe@zoe-works.example")])
        #expect(refused.status == 422 && refused.body.contains("somebody else’s"), "\(refused.body)")
        #expect(try await set([("act", "page")]).status == 303)
        #expect(try await desk.set([("act", "page")]).status == 303)
        #expect(try await desk.visit("zoe", "20") == ["jonas: zoe@zoe-works.example: page"])
        // Of somebody who is nobody's lead everybody hears.
        #expect(try await desk.visit("ann", "21").count == 2)
    }

    @Test func aPersonWhoIsErasedEndsTheAlertsAboutThem() async throws {
        let desk = try Desk()
        try desk.house.append([desk.house.contact("ann", "2026-02-02T08:05:00Z")])
        _ = try await desk.set([("person", "ann@ann-works.example")])
        let ann = try #require(try desk.house.house.journal.people(named: [.record("hubspot", "contact", "ann")]).first)
        #expect(try desk.house.house.journal.erase([ann.subject], at: desk.house.house.time) > 0)
        #expect(try await desk.visit("ann", "20").isEmpty)
        #expect(try desk.house.house.access.runningAlerts().isEmpty)
    }

    @Test func channelsThatManyReadHearNone() async throws {
        let house = try TellingHouse(notices: "slack: {floor: {url: \"https://hooks.slack.example/x\"}}\n")
        try house.append([house.contact("ann", "2026-02-02T08:05:00Z")])
        let rep = try house.house.cookie(of: .rep, called: "jonas@birch.example")
        let token = try house.house.formToken(rep)
        _ = try await house.house.send("/alerts", form: [("form_token", token), ("act", "page")], cookie: rep)
        try house.append([house.visit("ann", "2026-02-02T09:10:00Z")])
        try house.go(to: "2026-02-02T09:10:30Z")
        try await house.tell()
        #expect(house.network.mails.count { $0.body.contains("You asked to be told") } == 1)
        #expect(house.network.calls.isEmpty)
    }
}

/// Notices in the browser: what somebody has come to be told since they last asked.
@Suite struct BrowserNoticeTests {
    private func notices(_ house: TellingHouse, _ cookie: String, since: Instant?) async throws -> [String] {
        let query = since.map { "?since=\($0.milliseconds)" } ?? ""
        let answer = try await house.house.ask(.get, "/notices" + query, headers: [.cookie: cookie])
        #expect(answer.status == 200, "\(answer.body)")
        return answer.body.matches(of: /"title":"([^"]*)"/).map { String($0.output.1) }
    }

    @Test func newsIsShownOnceToWhomItConcerns() async throws {
        let house = try TellingHouse()
        let jonas = try house.house.cookie(of: .rep, called: "jonas@birch.example")
        let mira = try house.house.cookie(of: .rep, called: "mira@birch.example")
        try await house.tell()
        let begin = house.house.time
        #expect(try await notices(house, jonas, since: nil) == [])
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:10:01Z")
        try await house.tell()
        let told = house.house.time
        #expect(try await notices(house, jonas, since: begin) == ["New lead: ann@ann-works.example"])
        #expect(try await notices(house, mira, since: begin) == [])
        // Nothing of it is news any more, and nothing was for whoever asks for the first time.
        house.house.pass(.seconds(1))
        try await house.tell()
        #expect(try await notices(house, jonas, since: told) == [])
        #expect(try await notices(house, jonas, since: nil) == [])
    }

    @Test func whoDoesNotWantAKindIsNotShownIt() async throws {
        let house = try TellingHouse(notices: "people: {jonas@birch.example: {not: [lead]}}\n")
        let jonas = try house.house.cookie(of: .rep, called: "jonas@birch.example")
        try await house.tell()
        let begin = house.house.time
        try house.lead("ann", "2026-02-02T08:10:00Z")
        try house.go(to: "2026-02-02T08:10:01Z")
        try await house.tell()
        #expect(try await notices(house, jonas, since: begin) == [])
    }

    /// A lead that is held is told only once it has been for five minutes.
    @Test func whatWaitsIsShownWhenItsTimeHasCome() async throws {
        let house = try TellingHouse()
        let maria = try house.house.cookie(of: .marketing, called: "maria@birch.example")
        try await house.tell()
        let begin = house.house.time
        try house.append([
            house.contact("ann", "2026-02-02T08:09:00Z", country: nil), house.demo("ann", "2026-02-02T08:10:00Z"),
        ])
        try house.go(to: "2026-02-02T08:11:00Z")
        try await house.tell()
        #expect(try await notices(house, maria, since: begin) == [])
        let before = house.house.time
        try house.go(to: "2026-02-02T08:16:00Z")
        #expect(try await notices(house, maria, since: before) == ["Held: ann@ann-works.example"])
    }
}
