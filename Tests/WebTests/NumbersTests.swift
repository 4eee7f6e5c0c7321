import Foundation
import HTTPTypes
import Roles
import Testing
import Web

/// Pages of numbers, on a small company under an agreement in force.
@Suite struct NumbersTests {
    private static let pages = [
        "/scoreboard", "/scoreboard?period=2026-M01", "/reports", "/reports/coverage", "/reports/funnel",
        "/reports/funnel?mode=snapshot", "/reports/funnel?mode=time-to-event", "/reports/funnel?by=month",
        "/reports/journey", "/reports/pipeline", "/reports/promises?by=team", "/reports/queue", "/reports/recycling",
        "/reports/response", "/reports/unmeasured", "/reports/verdicts", "/reports/wins",
    ]

    private func links(to prefix: String, on page: Answer) -> [String] {
        page.body.matches(of: /href="([^"]*)"/).map { String($0.output.1).replacing("&amp;", with: "&") }
            .filter { $0.hasPrefix(prefix) }
    }

    @Test func everyPageAnswersInEveryRole() async throws {
        for role in Role.allCases {
            let birch = try BirchHouse()
            let cookie = try birch.house.cookie(of: role)
            for path in NumbersTests.pages {
                let page = try await birch.house.ask(.get, path, headers: [.cookie: cookie])
                #expect(page.status == 200, "\(role) \(path)")
                #expect(!page.body.contains("No agreement is in force yet"), "\(role) \(path)")
                #expect(!page.body.contains("@alpen-papier") || role != .executive && role != .auditor)
            }
        }
    }

    @Test func theScoreIsOnTheFirstPageWithBothSidesAndWhoWaits() async throws {
        let birch = try BirchHouse()
        let cookie = try birch.house.cookie(of: .salesManager)
        let start = try await birch.house.ask(.get, "/", headers: [.cookie: cookie])
        #expect(start.status == 303 && start.header("Location") == "/scoreboard")
        let page = try await birch.house.ask(.get, "/scoreboard", headers: [.cookie: cookie])
        for sentence in [
            "Marketing’s promises", "Sales’ promises", "2 leads wait for an answer", "bert@alpen-papier.example",
        ] {
            #expect(page.body.contains(sentence), "\(sentence)")
        }
        // January: two hand-overs came of the two that were promised, and one of two answers was too late.
        #expect(page.body.contains("</span> met</span> in 2026-M01"))
        #expect(page.body.contains("</span> missed</span> in 2026-M01"))
        #expect(page.body.contains("</span> on track</span> in 2026-M02"))
        let auditor = try await birch.house.ask(
            .get, "/scoreboard", headers: [.cookie: try birch.house.cookie(of: .auditor)])
        #expect(auditor.status == 200 && !auditor.body.contains("What needs a person today"))
    }

    @Test func whileNothingIsInForceThePageSaysWhatComesNext() async throws {
        let house = try House()
        let cookie = try house.cookie(of: .operator)
        for path in ["/scoreboard", "/reports/funnel", "/leads"] {
            let page = try await house.ask(.get, path, headers: [.cookie: cookie])
            #expect(page.status == 200 && page.body.contains("No agreement is in force yet"), "\(path)")
            #expect(page.body.contains("Let facts come in") && page.body.contains("interlock init"), "\(path)")
        }
    }

    @Test func theRecordsBehindANumberAddUpToIt() async throws {
        let birch = try BirchHouse()
        let cookie = try birch.house.cookie(of: .operator)
        var checked = 0
        for path in ["/reports/funnel", "/reports/verdicts", "/reports/promises", "/scoreboard"] {
            let page = try await birch.house.ask(.get, path, headers: [.cookie: cookie])
            let figures = page.body.matches(of: /<a class="figure" href="([^"]*)">([0-9,]+)<\/a>/)
            #expect(!figures.isEmpty, "\(path)")
            for figure in figures {
                let link = String(figure.output.1).replacing("&amp;", with: "&")
                let records = try await birch.house.ask(.get, link, headers: [.cookie: cookie])
                let rows = records.body.matches(of: /<tr><td/).count
                #expect(records.status == 200 && String(rows) == figure.output.2, "\(link)")
                let csv = try await birch.house.ask(.get, link + "&as=csv", headers: [.cookie: cookie])
                #expect(csv.body.split(separator: "\r\n").count == rows + 1, "\(link)")
                checked += 1
            }
        }
        #expect(checked > 10)
    }

    @Test func aShareMarksItsPart() async throws {
        let birch = try BirchHouse()
        let cookie = try birch.house.cookie(of: .operator)
        let page = try await birch.house.ask(.get, "/reports/promises", headers: [.cookie: cookie])
        let link = try #require(
            links(to: "/records", on: page).first { $0.contains("sales.promises%252Esales%252Erespond.kept") })
        let records = try await birch.house.ask(.get, link, headers: [.cookie: cookie])
        #expect(records.body.contains("1 of these 2 records are in the part"))
        #expect(records.body.matches(of: /● yes/).count == 1 && records.body.matches(of: /○ no/).count == 1)
        #expect(records.body.contains("href=\"/leads/record%3Ahubspot%2Fcontact%2F2\""))
    }

    @Test func aQuestionWithAFaultKeepsWhatWasAskedAndSaysWhatToDo() async throws {
        let birch = try BirchHouse()
        let cookie = try birch.house.cookie(of: .marketing)
        for (path, status, sentence, kept) in [
            ("/reports/funnel?period=never", 422, "Write 2026, 2026-Q1 or 2026-M03", ">never</option>"),
            ("/reports/funnel?team=feld", 422, "Did you mean field?", ">feld</option>"),
            (
                "/reports/funnel?from=2026-03-01&to=2026-02-01", 400, "Give a before that is later",
                "value=\"2026-03-01\""
            ),
            ("/reports/wins?stage=mql", 400, "It takes", "Wins"),
            ("/reports/funnel?segment=country", 422, "country=DE", "value=\"country\""),
            ("/scoreboard?period=2026-Q9", 422, "no fiscal period", ">2026-Q9</option>"),
        ] {
            let page = try await birch.house.ask(.get, path, headers: [.cookie: cookie])
            #expect(page.status == status, "\(path)")
            #expect(page.body.contains(sentence) && page.body.contains(kept), "\(path)")
            #expect(page.body.contains("role=\"alert\"") && !page.body.contains("--"), "\(path)")
        }
        for path in ["/reports/funel", "/records?of=funnel"] {
            #expect(try await birch.house.ask(.get, path, headers: [.cookie: cookie]).status == 404, "\(path)")
        }
        let unreadable = try await birch.house.ask(.get, "/records?of=a//b", headers: [.cookie: cookie])
        #expect(unreadable.status == 422)
    }

    @Test func periodTeamAndSegmentStayPutFromPageToPage() async throws {
        let birch = try BirchHouse()
        let cookie = try birch.house.cookie(of: .executive)
        let page = try await birch.house.ask(
            .get, "/reports/funnel?period=2026-Q1&team=field&segment=country%3DDE&by=month", headers: [.cookie: cookie])
        #expect(page.status == 200)
        let kept = "?period=2026-Q1&segment=country%3DDE&team=field"
        for room in ["/scoreboard", "/reports/promises", "/reports/queue"] {
            #expect(links(to: room, on: page).contains(room + kept), "\(room)")
        }
        let records = try #require(links(to: "/records", on: page).first)
        let behind = try await birch.house.ask(.get, records, headers: [.cookie: cookie])
        #expect(links(to: "/scoreboard", on: behind).contains("/scoreboard" + kept))
    }

    @Test func whoeverMayNotSeeLeadsSeesNoAddress() async throws {
        let birch = try BirchHouse()
        let (auditor, marketing) = (
            try birch.house.cookie(of: .auditor), try birch.house.cookie(of: .marketing)
        )
        let page = try await birch.house.ask(.get, "/reports/funnel", headers: [.cookie: auditor])
        let link = try #require(links(to: "/records", on: page).first)
        let records = try await birch.house.ask(.get, link, headers: [.cookie: auditor])
        #expect(records.body.contains("hubspot/contact/1") && !records.body.contains("href=\"/leads/"))
        let open = try await birch.house.ask(.get, link, headers: [.cookie: marketing])
        #expect(open.body.contains("href=\"/leads/"))
    }

    @Test func whoeverMayNotSeeLeadsTellsNobodyApartByName() async throws {
        let birch = try BirchHouse()
        let (executive, marketing) = (
            try birch.house.cookie(of: .executive), try birch.house.cookie(of: .marketing)
        )
        for (question, status) in [
            ("funnel?by=country", 200), ("funnel?by=email", 403),
            ("funnel?segment=email%3Dann%40acme-dairy.example", 403),
            ("funnel?by=facts.email", 403), ("journey?who=record:hubspot/contact/1", 403),
        ] {
            let answer = try await birch.house.ask(.get, "/reports/\(question)", headers: [.cookie: executive])
            #expect(answer.status == status && !answer.body.contains("ann@"), "\(question): \(answer.status)")
            let open = try await birch.house.ask(.get, "/reports/\(question)", headers: [.cookie: marketing])
            #expect(open.status == 200, "\(question): \(open.status)")
        }
    }
}
