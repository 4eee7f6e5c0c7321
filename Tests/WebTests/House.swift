import Access
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import Logging
import NIOCore
import Roles
import Synchronization
import Vocabulary
import Web

/// A site with a journal in memory, a store of its own and a clock that a test sets.
final class House: Sendable {
    let journal: any JournalStore
    let access: AccessStore
    let site: Site
    let log = Mutex<[String]>([])
    private let folder = NSTemporaryDirectory() + "interlock-\(UUID().uuidString)"
    private let now: Clock

    final class Clock: Sendable {
        let instant = Mutex(Instant(milliseconds: 1_770_000_000_000))
        var now: Instant { instant.withLock { $0 } }
    }

    static let password = "drei wörter im regen"

    init(
        journal: (any JournalStore)? = nil, publicURL: String? = nil, waitingFacts: Int = 50_000,
        companySignIn: CompanySignIn? = nil, telling bag: CourierBag? = nil
    ) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let clock = Clock()
        now = clock
        self.journal = journal ?? MemoryJournal(makeKey: { PersonKey(drawing: { 7 }) })
        access = try AccessStore(folder: folder)
        let lines = Lines()
        let logger = Logger(label: "test") { _ in LogLines(clock: { clock.now }, write: { lines.add($0) }) }
        guard let origin = SiteOrigin(publicURL: publicURL) else { throw Problem(what: "no origin") }
        site = Site(
            journal: self.journal, access: access, origin: origin, logger: logger, waitingFacts: waitingFacts,
            judging: .seconds(600), companySignIn: companySignIn, telling: bag, uploads: folder + "/uploads",
            clock: { clock.now })
        self.lines = lines
    }

    struct Problem: Error { var what: String }

    final class Lines: Sendable {
        private let all = Mutex<[String]>([])
        func add(_ bytes: [UInt8]) { all.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } }
        var text: String { all.withLock { $0.joined() } }
    }

    let lines: Lines

    deinit {
        try? access.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    var time: Instant { now.now }
    func pass(_ elapsed: Elapsed) { now.instant.withLock { $0 = $0 + elapsed } }

    // MARK: Who asks

    /// The cookie of somebody who has just joined and signed in.
    func cookie(of role: Role, called email: String? = nil) throws -> String {
        let email = email ?? "\(role.rawValue.replacing(" ", with: "-"))@acme.example"
        let token = try access.invite(as: role, by: .program, at: time)
        let member = try access.join(token, Joining(email: email, name: "Ann", password: House.password), at: time)
        guard case .welcome(_, let cookie) = try access.begin(member, at: time) else { return "" }
        return "interlock=" + cookie
    }

    func key(_ scopes: Set<Scope>) throws -> String {
        let request = KeyRequest(
            name: "Site", scopes: scopes, source: "web", userSource: "hubspot", userObject: "contact")
        return try access.makeKey(request, by: .program, at: time).text
    }

    /// The form token of a sign-in, from its cookie.
    func formToken(_ cookie: String) throws -> String {
        let session = try access.session(cookie: String(cookie.dropFirst("interlock=".count)), at: time)
        return session.map(access.formToken) ?? ""
    }

    // MARK: Asking

    func ask(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: String? = nil
    ) async throws -> Answer {
        try await site.application(Listening(port: 0)).test(.router) { client in
            let response = try await client.executeRequest(
                uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
            return Answer(response)
        }
    }

    /// A body of any bytes, packed or not.
    func post(_ path: String, bytes: [UInt8], key: String, encoding: String) async throws -> Answer {
        let headers: HTTPFields = [
            .authorization: "Bearer \(key)", .contentType: "application/json", .contentEncoding: encoding,
        ]
        return try await post(path, bytes: bytes, headers: headers)
    }

    func post(_ path: String, bytes: [UInt8], headers: HTTPFields) async throws -> Answer {
        return try await site.application(Listening(port: 0)).test(.router) { client in
            Answer(
                try await client.executeRequest(
                    uri: path, method: .post, headers: headers, body: ByteBuffer(bytes: bytes)))
        }
    }

    func post(_ path: String, _ json: String, key: String, type: String = "application/json") async throws -> Answer {
        try await ask(
            .post, path, headers: [.authorization: "Bearer \(key)", .contentType: type], body: json)
    }

    func send(_ path: String, form: [(String, String)], cookie: String? = nil, headers: HTTPFields = [:]) async throws
        -> Answer
    {
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        headers[.cookie] = cookie
        let body = form.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
        return try await ask(.post, path, headers: headers, body: body)
    }

    private func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: String

    init(_ response: TestResponse) {
        (status, headers) = (response.status.code, response.headers)
        body = String(buffer: response.body)
    }

    /// What stands in a JSON document under a name, as text.
    func member(_ name: String) -> String {
        guard let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any] else { return "" }
        return object[name].map { "\($0)" } ?? ""
    }

    /// `index pointer code` of each fault of a problem document.
    var faults: [String] {
        guard let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any],
            let errors = object["errors"] as? [[String: Any]]
        else { return [] }
        return errors.map { "\($0["index"] ?? "") \($0["pointer"] ?? "") \($0["code"] ?? "")" }
    }

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
}
