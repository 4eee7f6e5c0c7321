import Foundation
import HTTPTypes
import Roles
import Testing
import Web

/// Who gets which lead, and why, in the browser.
@Suite struct RoutingPageTests {
    @Test func eachRuleIsToldAndWhatEachWasDue() async throws {
        let house = try House.birch()
        let cookie = try house.cookie(of: .salesManager, called: "ines@birch.example")
        let page = try await house.ask(.get, "/routing", headers: [.cookie: cookie])
        #expect(page.status == 200)
        for piece in [
            "existing business", "nobody else of the account is handed over and open",
            "/agreement#routing.rules.home.to",
            "jonas@birch.example", "1.50", "went to the same person", "/leads/record%3Ahubspot%2Fcontact%2F2",
        ] { #expect(page.body.contains(piece), "\(piece)") }
        let one = try await house.ask(.get, "/routing?last=1", headers: [.cookie: cookie])
        #expect(one.body.contains("The latest 1<") && !one.body.contains("hubspot%2Fcontact%2F2"))
        for last in ["0", "-1", "many", "501"] {
            #expect(try await house.ask(.get, "/routing?last=\(last)", headers: [.cookie: cookie]).status == 422)
        }
    }

    /// The agreement shows numbers of single reps to themselves and their manager.
    @Test func numbersOfRepsAreShownToWhomVisibilityNames() async throws {
        let house = try House.birch()
        let page = try await house.ask(
            .get, "/routing", headers: [.cookie: try house.cookie(of: .marketing)])
        let fairness = try #require(page.body.firstMatch(of: /(?s)id="fairness".*?<\/section>/)).output
        #expect(!fairness.contains("jonas@") && !fairness.contains("1.50"))
        #expect(fairness.contains("all of the team") && fairness.contains("visibility.rep_numbers"), "\(fairness)")
    }

    @Test func whoHasWhichLeadGoesToTheCRMAsAFile() async throws {
        let house = try House.birch()
        let file = try await house.ask(
            .get, "/routing/assignments.csv", headers: [.cookie: try house.cookie(of: .operator)])
        let lines = file.body.split(separator: "\r\n")
        #expect(lines.first == "record,stage,pass,owner,since,why,promise,due,verdict")
        #expect(
            lines.contains {
                $0.hasPrefix("hubspot/contact/3,mql,1,jonas@birch.example,2026-01-29T10:4")
            },
            "\(file.body)")
        #expect(!file.body.contains("cora@"))
    }

    @Test func theLogHasARowForEachRuleTried() async throws {
        let house = try House.birch()
        let file = try await house.ask(
            .get, "/routing.csv", headers: [.cookie: try house.cookie(of: .operator)])
        #expect(file.header("Content-Type") == "text/csv; charset=utf-8")
        let lines = file.body.split(separator: "\r\n")
        #expect(lines.first == "at,person,why,grade,owner,recorded,rule,holds,outcome,clause")
        #expect(lines.count > 3 && lines.dropFirst().allSatisfy { $0.contains("hubspot/contact/") })
    }
}
