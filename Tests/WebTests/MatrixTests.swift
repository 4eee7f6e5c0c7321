import HTTPTypes
import Roles
import Testing
import Web

/// Every route asked for by everybody: who is let in is what this table says, and a route without a row fails.
@Suite struct MatrixTests {
    /// Operator, marketing, sales Manager, Rep, eXecutive, Auditor; keys that may send, read, read meters; `*`: all.
    private static let table = """
        GET  /health                     | *
        GET  /ready                      | *
        GET  /style.css                  | *
        GET  /app.js                     | *
        GET  /icon.svg                   | *
        GET  /sign-in                    | *
        POST /sign-in                    | *
        GET  /join/{token}               | *
        POST /join/{token}               | *
        GET  /sign-in/company            | *
        GET  /sign-in/company/callback   | *
        GET  /join/{token}/company       | *
        GET  /account/company            | o m s r x a
        POST /account/first-password     | o m s r x a
        POST /people/{id}/unbind         | o
        GET  /metrics                    | o             meters
        GET  /                           | o m s r x a
        GET  /scoreboard                 | o m s r x a   read
        GET  /reports                    | o m s r x a   read
        GET  /reports/{name}             | o m s r x a   read
        GET  /records                    | o m s r x a   read
        GET  /live                       | o m s r x a   read
        GET  /leads                      | o m s r       read
        GET  /leads/{person}             | o m s r       read
        GET  /notices                    | o m s r x a
        GET  /check-ins                  | o m s r x a   read
        GET  /alerts                     | o m s r
        POST /alerts                     | o m s r
        POST /alerts/{id}/pause          | o m s r
        POST /alerts/{id}/resume         | o m s r
        POST /alerts/{id}/end            | o m s r
        POST /views                      | o m s r
        POST /views/{id}/remove          | o m s r
        GET  /leads-export               | o m s
        POST /leads-export               | o m s
        POST /sign-out                   | o m s r x a
        GET  /account                    | o m s r x a
        POST /account/sign-out-elsewhere | o m s r x a
        POST /account/password           | o m s r x a
        GET  /journal                    | o m s     a   read
        GET  /people                     | o
        POST /people/invite              | o
        POST /people/{id}/role           | o
        POST /people/{id}/end            | o
        POST /invitations/{id}/withdraw  | o
        POST /keys                       | o
        POST /keys/{id}/revoke           | o
        GET  /audit                      | o         a
        GET  /outbox                     | o
        POST /outbox/{key}/resend        | o
        POST /outbox/{key}/cancel        | o
        POST /outbox/reopen              | o
        GET  /unsubscribe/{token}        | *
        POST /unsubscribe/{token}        | *
        GET  /agreement                  | o m s r x a   read
        GET  /agreement.js               | *
        GET  /agreement/versions/{digest} | o m s r x a   read
        GET  /agreement/versions/{digest}/text | o m s r x a   read
        GET  /agreement/diff             | o m s r x a   read
        GET  /agreement/propose          | o m s   x
        POST /agreement/propose          | o m s   x
        POST /agreement/propose/findings | o m s   x
        GET  /agreement/backtests/{id}   | o m s   x
        POST /agreement/versions/{digest}/sign/marketing | m
        POST /agreement/versions/{digest}/sign/sales | s
        POST /agreement/versions/{digest}/sign/executive | x
        POST /agreement/versions/{digest}/sign/operations | o
        POST /agreement/versions/{digest}/sign-on-behalf/marketing | o x
        POST /agreement/versions/{digest}/sign-on-behalf/sales | o x
        POST /agreement/versions/{digest}/confirm | o m s r x
        GET  /day                        |     s r
        POST /day                        |     s r
        GET  /verdicts                   | o m s r       read
        POST /verdicts/dispute           |   m s
        GET  /disputes                   | o       x
        POST /disputes                   | o       x
        GET  /deeds/{token}              | *
        POST /deeds/{token}              | *
        GET  /import                     | o m s
        POST /import                     | o m s
        GET  /import/{id}                | o m s
        POST /import/{id}                | o m s
        GET  /import/rejects/{import}    | o m s
        GET  /routing                    | o m s
        GET  /routing.csv                | o m s
        GET  /routing/assignments.csv    | o m s
        GET  /absences                   | o m s r       read
        POST /absences                   | o   s r
        POST /absences/withdraw          | o   s r
        POST /absences/calendar          | o   s r
        GET  /requests                   | o m s r       read
        POST /requests                   |   m s r
        POST /requests/answer            |   m s r
        GET  /docs/api                   | *
        GET  /v1/openapi.json            | *
        GET  /v1/reports                 | o m s r x a   read
        GET  /v1/reports/{name}          | o m s r x a   read
        GET  /v1/records                 | o m s r       read
        GET  /v1/people                  | o m s r       read
        GET  /v1/people/{person}         | o m s r       read
        GET  /v1/decisions               | o m s r       read
        GET  /v1/gate                    | o m s r       read
        POST /v1/gate                    | o m s r       read
        GET  /v1/agreement               | o m s r x a   read
        GET  /v1/agreement/versions      | o m s r x a   read
        GET  /v1/agreement/versions/{digest} | o m s r x a read
        POST /v1/identify                |               send
        POST /v1/track                   |               send
        POST /v1/page                    |               send
        POST /v1/screen                  |               send
        POST /v1/group                   |               send
        POST /v1/alias                   |               send
        POST /v1/batch                   |               send
        POST /v1/events                  |               send
        POST /v1/facts                   |               send
        POST /v1/import                  |               send
        """

    private struct Row {
        var method: HTTPRequest.Method
        var path: String
        var named: Set<Substring>
    }

    private static func rows() throws -> [Row] {
        try table.split(separator: "\n").map { line in
            let sides = line.split(separator: "|", omittingEmptySubsequences: false)
            let address = sides[0].split(separator: " ")
            let method = try #require(HTTPRequest.Method(String(address[0])))
            return Row(method: method, path: String(address[1]), named: Set(sides[1].split(separator: " ")))
        }
    }

    @Test func everyRouteHasARowAndEveryRowARoute() throws {
        let routes = Site.routes.map { "\($0.method.rawValue) \($0.path.text)" }
        #expect(Set(routes).count == routes.count)
        #expect(Set(routes) == Set(try MatrixTests.rows().map { "\($0.method.rawValue) \($0.path)" }))
    }

    @Test func everybodyIsLetInWhereTheTableNamesThemAndNowhereElse() async throws {
        for (name, role) in [
            ("o", Role.operator), ("m", .marketing), ("s", .salesManager), ("r", .rep), ("x", .executive),
            ("a", .auditor),
        ] {
            let shared = try House()
            let reader = try shared.cookie(of: role)
            for row in try MatrixTests.rows() {
                // A house for each that changes something: some of these requests end the sign-in that sends them.
                let house = row.method == .get ? shared : try House()
                let cookie = row.method == .get ? reader : try house.cookie(of: role)
                try await check(house, row, name, cookie: cookie, isNamed: row.named.contains(Substring(name)))
            }
        }
    }

    @Test func keysAreLetInByTheirScope() async throws {
        let house = try House()
        for scope in Scope.allCases {
            let key = try house.key([scope])
            for row in try MatrixTests.rows() where row.named != ["*"] {
                let answer = try await house.ask(
                    row.method, path(row), headers: [.authorization: "Bearer \(key)"],
                    body: row.method == .post ? "" : nil)
                let isLetIn = ![401, 403].contains(answer.status)
                #expect(
                    isLetIn == row.named.contains(Substring(scope.rawValue)),
                    "\(scope) \(row.method) \(row.path): \(answer.status)")
            }
        }
    }

    @Test func nobodyIsLetInWhereSomebodyMustBe() async throws {
        let house = try House()
        for row in try MatrixTests.rows() {
            let answer = try await house.ask(row.method, path(row), body: row.method == .post ? "" : nil)
            let leadsToSignIn = answer.status == 303 && (answer.header("Location") ?? "").hasPrefix("/sign-in")
            let isTurnedAway =
                answer.status == 401 && row.path.hasPrefix("/v1/") || answer.status == 401 && row.path == "/metrics"
            #expect(
                (leadsToSignIn || isTurnedAway) != row.named.contains("*"),
                "\(row.method) \(row.path): \(answer.status)")
        }
    }

    private func check(_ house: House, _ row: Row, _ name: String, cookie: String, isNamed: Bool) async throws {
        let answer =
            row.method == .get
            ? try await house.ask(.get, path(row), headers: [.cookie: cookie])
            : try await house.send(
                path(row), form: [("form_token", try house.formToken(cookie)), ("role", "rep")], cookie: cookie)
        let mayEnter = isNamed || row.named.contains("*")
        // A wrong password and a link that is over are 401 and 404 for everybody.
        let isTurnedAway = answer.status == 403
        #expect(isTurnedAway != mayEnter, "\(name) \(row.method) \(row.path): \(answer.status)")
        #expect(answer.status < 500, "\(name) \(row.method) \(row.path): \(answer.status)")
    }

    private func path(_ row: Row) -> String {
        // A stream would not end by itself.
        row.path.replacing("{id}", with: "999").replacing("{token}", with: "none").replacing("{name}", with: "funnel")
            .replacing("{person}", with: "nobody").replacing("{digest}", with: "none").replacing("{key}", with: "none")
            .replacing(
                "/live", with: "/live?for=0")
    }
}
