import Foundation
import HTTPTypes
import Roles
import Testing
import Web

/// The document says what the server does, of every route and of every answer.
@Suite struct DescriptionTests {
    private func described(_ house: House) async throws -> Described {
        try Described(try await house.ask(.get, "/v1/openapi.json").body)
    }

    @Test func everyRouteForProgramsIsDescribedOnce() async throws {
        let described = try await described(try House())
        let own: Set<String> = ["/health", "/ready", "/metrics"]
        let routes = Site.routes.filter { $0.path.text.hasPrefix("/v1/") || own.contains($0.path.text) }
        #expect(Set(described.operations.map(\.name)) == Set(routes.map { "\($0.method.rawValue) \($0.path.text)" }))
        let ids = described.operations.compactMap { $0.operation["operationId"] as? String }
        #expect(Set(ids).count == routes.count)
        for (name, operation) in described.operations {
            let links = (operation["responses"] as? [String: [String: Any]] ?? [:]).values
                .compactMap { $0["links"] as? [String: [String: Any]] }.flatMap(\.values)
            for link in links { #expect(ids.contains(link["operationId"] as? String ?? ""), "\(name)") }
        }
    }

    @Test func everyExampleFitsItsSchema() async throws {
        #expect(try await described(try House()).faultsOfExamples() == [])
    }

    /// What to ask, of whom, and which status comes: every route, in its good and in its bad turns.
    private static let questions: [(String, String, Int)] = [
        ("/health", "/health", 200), ("/ready", "/ready", 200), ("/metrics", "/metrics", 200),
        ("/v1/openapi.json", "/v1/openapi.json", 200), ("/v1/reports", "/v1/reports", 200),
        ("/v1/reports", "/v1/reports?x=1", 400), ("/v1/reports/{name}", "/v1/reports/none", 404),
        ("/v1/reports/{name}", "/v1/reports/funnel?by=nothing-like-it", 422),
        ("/v1/reports/{name}", "/v1/reports/funnel?until=9999-01-01T00:00:00Z", 422),
        ("/v1/reports/{name}", "/v1/reports/funnel?until=soon", 400),
        ("/v1/reports/{name}", "/v1/reports/wins?stage=mql", 422),
        ("/v1/records", "/v1/records", 400), ("/v1/records", "/v1/records?of=nothing", 422),
        ("/v1/records", "/v1/records?of=funnel", 422),
        ("/v1/records", "/v1/records?of=funnel/agreement=000000000000/cell=a.b.c", 409),
        ("/v1/people", "/v1/people", 200), ("/v1/people", "/v1/people?limit=1", 200),
        ("/v1/people", "/v1/people?limit=0", 400), ("/v1/people", "/v1/people?limit=501", 400),
        ("/v1/people", "/v1/people?after=x", 400), ("/v1/people", "/v1/people?limit=1&limit=2", 400),
        ("/v1/people", "/v1/people?stage=mql", 200), ("/v1/people", "/v1/people?stage=none", 422),
        ("/v1/people/{person}", "/v1/people/99999", 404), ("/v1/people/{person}", "/v1/people/x", 404),
        ("/v1/people/{person}", "/v1/people/99999999999999999999", 404),
        ("/v1/decisions", "/v1/decisions", 200), ("/v1/decisions", "/v1/decisions?verdict=maybe", 400),
        ("/v1/gate", "/v1/gate?who=ann@acme-dairy.example&purpose=marketing_email", 200),
        ("/v1/gate", "/v1/gate?who=nobody&purpose=marketing_email", 200),
        ("/v1/gate", "/v1/gate?who=nobody@x.example&purpose=marketing_email", 200),
        ("/v1/gate", "/v1/gate?who=a@b.example&purpose=none", 422),
        ("/v1/gate", "/v1/gate?who=a@b.example&purpose=marketing_email&channel=fax", 422),
        ("/v1/agreement", "/v1/agreement", 200), ("/v1/agreement/versions", "/v1/agreement/versions", 200),
        ("/v1/agreement/versions/{digest}", "/v1/agreement/versions/000000000000", 404),
    ]

    @Test func everyAnswerFitsItsSchema() async throws {
        let house = try House.birch()
        let described = try await described(house)
        let cookie = try house.cookie(of: .operator)
        for (template, path, status) in DescriptionTests.questions {
            let answer = try await house.ask(.get, path, headers: [.cookie: cookie])
            #expect(answer.status == status, "\(path): \(answer.body.prefix(300))")
            #expect(try described.faults("GET \(template)", answer) == [], "\(path)")
        }
    }

    @Test func everyReportItsRecordsAndEveryPersonFit() async throws {
        let house = try House.birch()
        let described = try await described(house)
        let key: HTTPFields = [.authorization: "Bearer \(try house.key([.read]))"]
        let list = try await house.ask(.get, "/v1/reports", headers: key)
        let names = list.body.matches(of: /"name":"([a-z]+)","title"/).map { String($0.output.1) }
        #expect(names.count == 13)
        var cells = 0
        for name in names {
            let report = try await house.ask(.get, "/v1/reports/\(name)", headers: key)
            #expect(try described.faults("GET /v1/reports/{name}", report) == [])
            let handles = report.body.matches(of: /"handle":"([^"]+\/cell=[^"]+)"/).map { String($0.output.1) }
            for handle in handles.prefix(6) {
                let escaped = handle.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                let records = try await house.ask(.get, "/v1/records?limit=3&of=\(escaped)", headers: key)
                #expect(records.status == 200, "\(handle): \(records.body)")
                #expect(try described.faults("GET /v1/records", records) == [])
                cells += 1
            }
        }
        #expect(cells > 40)
        let people = try await house.ask(.get, "/v1/people", headers: key)
        let numbers = people.body.matches(of: /"number":([0-9]+)/).map { String($0.output.1) }
        #expect(numbers.count == 4)
        for number in numbers {
            let person = try await house.ask(.get, "/v1/people/\(number)", headers: key)
            #expect(person.status == 200)
            #expect(try described.faults("GET /v1/people/{person}", person) == [])
        }
    }

    @Test func whatIsTurnedAwayOrSentFitsToo() async throws {
        let house = try House.birch()
        let described = try await described(house)
        let (rep, send) = (try house.cookie(of: .executive), try house.key([.send]))
        for (name, operation) in described.operations {
            let parts = name.split(separator: " ").map(String.init)
            let isOpen = (operation["security"] as? [Any])?.isEmpty ?? true
            let path = parts[1].replacing("{name}", with: "wins").replacing("{person}", with: "1")
                .replacing("{digest}", with: "000000000000")
            let method = parts[0] == "GET" ? HTTPRequest.Method.get : .post
            for headers: HTTPFields in [
                [:], [.authorization: "Bearer no"], [.cookie: rep], [.authorization: "Bearer \(send)"],
                [.accept: "image/png"],
            ] {
                let answer = try await house.ask(
                    method, path, headers: headers, body: method == .post ? "{}" : nil)
                if !isOpen, headers.isEmpty { #expect(answer.status == 401, "\(name)") }
                #expect(try described.faults(name, answer) == [], "\(name) \(headers)")
            }
            guard method == .post, !name.hasSuffix("/gate") else { continue }
            for (type, body) in [
                ("application/json", "{}"), ("application/json", "["), ("text/html", "{}"), ("application/json", "[]"),
                ("application/json", String(repeating: " ", count: 600_000)),
            ] {
                let answer = try await house.post(path, body, key: send, type: type)
                #expect(try described.faults(name, answer) == [], "\(name) \(type) \(body.prefix(20))")
            }
            // A file says nothing without a mapping that somebody has used: ImportRoomTests send some.
            guard !name.hasSuffix("/import") else { continue }
            let media = (operation["requestBody"] as? [String: Any])?["content"] as? [String: [String: Any]] ?? [:]
            for (type, medium) in media {
                let example = try JSONSerialization.data(withJSONObject: medium["example"] ?? [:])
                let answer = try await house.post(path, String(decoding: example, as: UTF8.self), key: send, type: type)
                #expect(answer.status == 200, "\(name): \(answer.body)")
                #expect(try described.faults(name, answer) == [])
            }
        }
    }

    @Test func withoutAnAgreementPeopleAreToldWhatIsMissing() async throws {
        let house = try House()
        let described = try await described(house)
        let key: HTTPFields = [.authorization: "Bearer \(try house.key([.read]))"]
        for (template, path, status) in [
            ("/v1/reports/{name}", "/v1/reports/wins", 409), ("/v1/people", "/v1/people", 409),
            ("/v1/people/{person}", "/v1/people/1", 409), ("/v1/decisions", "/v1/decisions", 409),
            ("/v1/gate", "/v1/gate?who=a@b.example&purpose=x", 409), ("/v1/agreement", "/v1/agreement", 404),
            ("/v1/agreement/versions", "/v1/agreement/versions", 200),
        ] {
            let answer = try await house.ask(.get, path, headers: key)
            #expect(answer.status == status, "\(path)")
            #expect(try described.faults("GET \(template)", answer) == [])
        }
    }

    @Test func theManualNamesEveryAddress() async throws {
        let house = try House()
        let described = try await described(house)
        let page = try await house.ask(.get, "/docs/api")
        #expect(page.status == 200)
        let written = try String(
            contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appendingPathComponent("docs/api.md"), encoding: .utf8)
        for (name, _) in described.operations {
            #expect(page.body.contains("<code>\(name)</code>"), "\(name)")
            let path = name.split(separator: " ")[1]
            if path.hasPrefix("/v1/"), !name.hasPrefix("POST /v1/") || path == "/v1/gate" {
                #expect(written.contains("`\(path)"), "\(path)")
            }
        }
    }
}
