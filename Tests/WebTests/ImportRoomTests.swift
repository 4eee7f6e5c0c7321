import Access
import Foundation
import HTTPTypes
import Journal
import Roles
import Testing
import Vocabulary

@testable import Web

/// Files brought in the browser: looked at, mapped, tried, imported, mended.
@Suite struct ImportRoomTests {
    private static let contacts = """
        Contact ID,Email,Country,Employees,Created
        1,ann@acme.example,DE,300,2026-01-05T08:00:00Z
        2,bert@birch.example,AT,200,2026-01-06T08:00:00Z
        3,cora@cedar.example,DE,many,2026-01-07T08:00:00Z

        """

    private static let mapping = """
        mapping: 1
        name: Contacts of the shop
        source: shop
        times: [iso8601]
        columns:
          id: {named: Contact ID}
          email: {named: Email, as: email}
          country: {named: Country, as: country}
          employees: {named: Employees, as: number}
          created: {named: Created, as: time}
        facts:
          - fact: observed
            object: contact
            id: id
            since: created
            person: {record: id, email: email}
            with: [email, country, employees]

        """

    private struct Room {
        let house: House
        let cookie: String
        let token: String

        init(_ role: Role = .marketing) throws {
            house = try House.birch()
            cookie = try house.cookie(of: role)
            token = try house.formToken(cookie)
        }

        func page(_ path: String = "/import") async throws -> Answer {
            try await house.ask(.get, path, headers: [.cookie: cookie])
        }

        /// Where the file that was brought is looked at.
        func bring(_ text: String, named name: String) async throws -> Answer {
            try await house.bring(Array(text.utf8), named: name, token: token, cookie: cookie)
        }

        func work(_ path: String, _ form: [(String, String)]) async throws -> Answer {
            try await house.send(path, form: [("form_token", token)] + form, cookie: cookie)
        }

        /// The page of a file once it is in.
        func finished(_ path: String) async throws -> Answer {
            for _ in 0..<200 {
                let page = try await page(path)
                guard page.header("refresh") != nil else { return page }
                try await Task.sleep(for: .milliseconds(20))
            }
            throw House.Problem(what: "it never ends")
        }
    }

    @Test func aFileIsLookedAtTriedImportedAndMended() async throws {
        let room = try Room()
        let brought = try await room.bring(ImportRoomTests.contacts, named: "contacts.csv")
        let path = try #require(brought.header("location"), "\(brought.body)")
        let bench = try await room.page(path)
        for told in [
            "Its first rows", "ann@acme.example", "Contact ID", "What its columns are taken for",
            "3 of 3 are e-mail addresses",
        ] {
            #expect(bench.body.contains(told), "\(told): \(bench.body)")
        }
        let tried = try await room.work(path, [("mapping", ImportRoomTests.mapping), ("do", "check")])
        #expect(tried.body.contains("What all 3 rows become") && tried.body.contains("2 × observed"), "\(tried.body)")
        #expect(tried.body.contains("1 of them cannot be read") && tried.body.contains("<code>many</code>"))
        let before = try room.house.journal.head().sequence
        let begun = try await room.work(path, [("mapping", ImportRoomTests.mapping), ("do", "import")])
        #expect(begun.status == 303, "\(begun.body)")
        let done = try await room.finished(path)
        #expect(done.body.contains("2  accepted") && done.body.contains("1  rejected"), "\(done.body)")
        #expect(try room.house.journal.head().sequence == before + 2)
        // Somebody is there now who was not.
        let lead = try await room.page("/leads?q=ann@acme.example")
        #expect(lead.status == 200)
        #expect(try room.house.access.auditEntries(limit: 50).contains { $0.deed == "imported a file" })
        // The row to be mended, as CSV, put right and brought again.
        let link = try #require(done.body.firstMatch(of: /\/import\/rejects\/[0-9a-f]+/)).output
        let sheet = try await room.page(String(link))
        #expect(sheet.body.contains("interlock_reject") && sheet.body.contains("many"))
        let mended = try await room.bring(sheet.body.replacing("many", with: "120"), named: "mended.csv")
        let again = try #require(mended.header("location"))
        #expect(try await room.page(again).body.contains("to be mended"))
        #expect(try await room.work(again, [("do", "mend")]).status == 303)
        let all = try await room.finished(again)
        #expect(all.body.contains("1  accepted"), "\(all.body)")
        #expect(try room.house.journal.head().sequence == before + 3)
        #expect(!(try await room.page()).body.contains("wait to be mended"))
    }

    @Test func theSameFileAgainDoublesNothingAndItsMappingIsKnown() async throws {
        let room = try Room(.operator)
        for round in 0..<2 {
            let path = try #require(
                try await room.bring(ImportRoomTests.contacts, named: "contacts.csv").header("location"))
            let bench = try await room.page(path)
            #expect(bench.body.contains("was imported before") == (round == 1))
            #expect(bench.body.contains("Contacts of the shop") == (round == 1))
            _ = try await room.work(path, [("mapping", ImportRoomTests.mapping), ("do", "import")])
            let done = try await room.finished(path)
            #expect(done.body.contains("nothing is there twice") == (round == 1), "\(done.body)")
        }
    }

    @Test func aMappingThatDoesNotFitSaysWhereAndIsKept() async throws {
        let room = try Room()
        let path = try #require(
            try await room.bring(ImportRoomTests.contacts, named: "contacts.csv").header("location"))
        let wrong = ImportRoomTests.mapping.replacing("named: Employees", with: "named: Headcount")
        for word in ["check", "import"] {
            let answer = try await room.work(path, [("mapping", wrong), ("do", word)])
            #expect(answer.status == (word == "import" ? 422 : 200))
            #expect(answer.body.contains("Headcount") && answer.body.contains("in line 9"), "\(answer.body)")
            #expect(!answer.body.contains("value=\"import\""))
        }
        let undated = ImportRoomTests.mapping.replacing("times:", with: "as_of: file name\ntimes:")
        let day = try await room.work(path, [("mapping", undated), ("do", "check")])
        #expect(day.body.contains("holds no date") && day.body.contains("Say the day below."), "\(day.body)")
        let said = try await room.work(path, [("mapping", undated), ("do", "check"), ("as_of", "2026-01-31")])
        #expect(said.body.contains("2 × observed"), "\(said.body)")
    }

    // MARK: From programs

    @Test func aProgramSendsTheNextFileByTheSameMapping() async throws {
        let room = try Room()
        let mapping = ImportRoomTests.mapping.replacing("source: shop", with: "source: web")
        let path = try #require(
            try await room.bring(ImportRoomTests.contacts, named: "contacts.csv").header("location"))
        _ = try await room.work(path, [("mapping", mapping), ("do", "import")])
        _ = try await room.finished(path)
        let key = try room.house.key([.send])
        let next =
            "Contact ID,Email,Country,Employees,Created\n9,dora@dorn.example,DE,many,2026-01-08T08:00:00Z\n"
            + "10,emil@elbe.example,DE,50,2026-01-08T08:00:00Z\n"
        let address = "/v1/import?mapping=Contacts%20of%20the%20shop&file=contacts.csv"
        for round in 0..<2 {
            let answer = try await room.house.post(address, next, key: key, type: "text/csv")
            #expect(answer.status == 200, "\(answer.body)")
            #expect(answer.member("rows") == "2" && answer.member("rejected") == "1", "\(answer.body)")
            #expect(answer.member("accepted") == (round == 0 ? "1" : "0"))
            #expect(answer.body.contains("\"column\":\"employees\"") && !answer.body.contains("dora@"))
        }
        // What cannot be is said, and nothing of it is there.
        for (path, type, body, status, code) in [
            ("/v1/import?mapping=Other", "text/csv", next, 404, "unknown-mapping"),
            (address, "text/csv", "", 422, "empty"),
            (address, "image/png", next, 415, "not-a-file"), ("/v1/import", "text/csv", next, 400, "missing-parameter"),
            (address, "text/csv", "%PDF-1.7\n1\n", 422, "unreadable-file"),
            (address, "text/csv", "a,b\n1,2\n", 422, "unreadable-file"),
            (address + "&as_of=soon", "text/csv", next, 422, "unreadable-file"),
        ] {
            let answer = try await room.house.post(path, body, key: key, type: type)
            #expect(answer.status == status && answer.member("code") == code, "\(path): \(answer.body)")
        }
        let other = ImportRoomTests.mapping.replacing("name: Contacts of the shop", with: "name: Others")
        let second = try #require(try await room.bring(ImportRoomTests.contacts, named: "b.csv").header("location"))
        _ = try await room.work(second, [("mapping", other), ("do", "import")])
        _ = try await room.finished(second)
        let foreign = try await room.house.post("/v1/import?mapping=Others", next, key: key, type: "text/csv")
        #expect(foreign.status == 422 && foreign.member("code") == "other-source", "\(foreign.body)")
    }

    /// What people bring by mistake.
    @Test(arguments: [
        ("report.pdf", "%PDF-1.7\n%\u{E2}\u{E3}\n1 0 obj\n", "PDF"),
        ("contacts.xlsx", "PK\u{3}\u{4}rest", "Excel workbook"),
    ])
    func whatIsNoTableIsSaidToBeNone(name: String, text: String, told: String) async throws {
        let room = try Room()
        let path = try #require(try await room.bring(text, named: name).header("location"))
        let page = try await room.page(path)
        #expect(page.status == 200 && page.body.localizedCaseInsensitiveContains(told), "\(page.body)")
        #expect(!page.body.contains("value=\"import\""))
        #expect(try await room.work(path, [("do", "drop")]).status == 303)
        #expect(try await room.page(path).status == 404)
    }

    @Test func whatIsNoFormOrOfNobodyIsRefused() async throws {
        let room = try Room()
        let empty = try await room.bring("", named: "contacts.csv")
        #expect(empty.status == 422 && empty.body.contains("contacts.csv is empty."))
        let none = try await room.bring("x", named: "")
        #expect(none.status == 422 && none.body.contains("Choose a file first."))
        let forged = try await room.house.bring(
            Array("a,b\n1,2\n".utf8), named: "a.csv", token: "ff", cookie: room.cookie)
        #expect(forged.status == 403)
        let rep = try room.house.cookie(of: .rep)
        let foreign = try await room.house.bring(
            Array("a,b\n1,2\n".utf8), named: "a.csv", token: try room.house.formToken(rep), cookie: rep)
        #expect(foreign.status == 403)
        #expect(try await room.page("/import/0011").status == 404)
        #expect(try await room.page("/import/rejects/0011").status == 404)
        // A name that leads out of the folder is a name like any other.
        let path = try #require(try await room.bring("a,b\n1,2\n", named: "../../etc/passwd").header("location"))
        #expect(try await room.page(path).body.contains("<h1>passwd</h1>"))
    }

    @Test(
        arguments: [
            ("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n", ["a=1"]),
            (
                "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a%22b.csv\"\r\nContent-Type: text/csv\r\n\r\n1\r\n2\r\n--x\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n\r\n--x--",
                ["f(a\"b.csv)=1\r\n2", "b="]
            ),
            ("--x--\r\n", []), ("", nil), ("--y\r\n\r\n--y--", nil),
            ("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1", nil),
            ("--x\r\nno head\r\n--x--", nil),
        ] as [(String, [String]?)])
    func formsWithFilesAreReadOrRefused(body: String, parts: [String]?) {
        let form = MultipartForm(Array(body.utf8), type: "multipart/form-data; boundary=x")
        let read = form?.parts.map { part in
            "\(part.name)\(part.fileName.map { "(\($0))" } ?? "")=\(String(decoding: part.bytes, as: UTF8.self))"
        }
        #expect(read == parts)
    }
}

extension House {
    func bring(_ bytes: [UInt8], named name: String, token: String, cookie: String) async throws -> Answer {
        var body = Array("--mark\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n\(token)\r\n".utf8)
        body += Array(
            "--mark\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\nContent-Type: text/csv\r\n\r\n"
                .utf8)
        body += bytes + Array("\r\n--mark--\r\n".utf8)
        return try await post(
            "/import", bytes: body,
            headers: [.cookie: cookie, .contentType: "multipart/form-data; boundary=mark"])
    }
}
