import Foundation
import HTTPTypes
import Roles
import Testing
import Vocabulary
import Web

/// Who is away, in the browser.
@Suite struct AbsencesTests {
    @Test func aRepSaysItOfThemselvesAndTakesItBack() async throws {
        let house = try House.birch()
        let cookie = try house.cookie(of: .rep, called: "jonas@birch.example")
        let token = try house.formToken(cookie)
        let form = [
            ("form_token", token), ("rep", "jonas@birch.example"), ("from", "2026-02-10"), ("until", "2026-02-20"),
            ("reason", "Alps"),
        ]
        #expect(try await house.send("/absences", form: form, cookie: cookie).status == 303)
        let page = try await house.ask(.get, "/absences", headers: [.cookie: cookie])
        #expect(page.body.contains("2026-02-20") && page.body.contains("Alps"))
        // A colleague sees that he is away, and not why.
        let other = try await house.ask(
            .get, "/absences", headers: [.cookie: try house.cookie(of: .rep, called: "mira@birch.example")])
        #expect(other.body.contains("2026-02-20") && !other.body.contains("Alps") && !other.body.contains("Take back"))
        let back = [("form_token", token), ("rep", "jonas@birch.example"), ("from", "2026-02-10"), ("what", "absence")]
        for _ in 0..<2 { #expect(try await house.send("/absences/withdraw", form: back, cookie: cookie).status == 303) }
        let after = try await house.ask(.get, "/absences", headers: [.cookie: cookie])
        #expect(after.body.contains("Nobody has said"))
    }

    @Test func nobodySaysItOfSomebodyElse() async throws {
        let house = try House.birch()
        let cookie = try house.cookie(of: .rep, called: "mira@birch.example")
        let token = try house.formToken(cookie)
        let form = [
            ("form_token", token), ("rep", "jonas@birch.example"), ("from", "2026-02-10"), ("until", "2026-02-20"),
        ]
        let stated = try await house.send("/absences", form: form, cookie: cookie)
        #expect(stated.status == 422 && stated.body.contains("not of others"))
        for path in ["/absences/withdraw", "/absences/calendar"] {
            #expect(try await house.send(path, form: form, cookie: cookie).status == 403)
        }
    }

    @Test func eachFaultSaysWhatToDoAndKeepsWhatWasWritten() async throws {
        let house = try House.birch()
        let cookie = try house.cookie(of: .salesManager)
        for (rep, from, until, told) in [
            ("jonas@birch.example", "2026-02-10", "2026-02-09", "before the first"),
            ("nobody@birch.example", "2026-02-10", "2026-02-11", "no rep of the agreement in force"),
            ("jonas@birch.example", "soon", "2026-02-11", "Say the first day"),
            ("jonas@birch.example", "2026-02-10", "2029-02-11", "more than two years"),
        ] {
            let form = [
                ("form_token", try house.formToken(cookie)), ("rep", rep), ("from", from), ("until", until),
                ("reason", "Written <here>"),
            ]
            let answer = try await house.send("/absences", form: form, cookie: cookie)
            #expect(answer.status == 422 && answer.body.contains(told), "\(told): \(answer.body)")
            #expect(answer.body.contains("Written &lt;here&gt;"))
        }
    }

    @Test func aCalendarIsTakenOver() async throws {
        let house = try House.birch()
        let cookie = try house.cookie(of: .operator)
        let calendar = """
            BEGIN:VCALENDAR\r
            VERSION:2.0\r
            PRODID:-//t//t//EN\r
            BEGIN:VEVENT\r
            UID:1\r
            DTSTART;VALUE=DATE:20260810\r
            DTEND;VALUE=DATE:20260815\r
            SUMMARY:Holidays\r
            END:VEVENT\r
            END:VCALENDAR\r

            """
        func send(_ text: String) async throws -> Answer {
            try await house.send(
                "/absences/calendar",
                form: [
                    ("form_token", try house.formToken(cookie)), ("rep", "mira@birch.example"), ("calendar", text),
                ], cookie: cookie)
        }
        #expect(try await send(calendar).status == 303)
        let page = try await house.ask(.get, "/absences", headers: [.cookie: cookie])
        #expect(page.body.contains("2026-08-10") && page.body.contains("2026-08-14"))
        let wrong = try await send("hello")
        #expect(wrong.status == 422 && wrong.body.contains("no calendar that can be read"))
    }
}
