import Access
import Foundation
import Roles
import Vocabulary

/// A store in a folder of its own, removed with it, and a clock that a test sets.
final class Office {
    let folder = NSTemporaryDirectory() + "interlock-\(UUID().uuidString)"
    let store: AccessStore
    var now = Instant(milliseconds: 1_770_000_000_000)

    static let password = "drei wörter im regen"

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        store = try AccessStore(folder: folder)
    }

    deinit {
        try? store.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    @discardableResult
    func join(_ email: String, as role: Role = .operator) throws -> Member {
        let token = try store.invite(as: role, by: .program, at: now)
        return try store.join(token, Joining(email: email, name: email, password: Office.password), at: now)
    }

    /// What a sign-in came to, in a word.
    func signIn(_ email: String, _ password: String = Office.password) throws -> String {
        switch try store.signIn(email: email, password: password, at: now) {
        case .welcome: "welcome"
        case .refused: "refused"
        case .locked(let until): "locked for \((until - now).milliseconds / 1000) s"
        }
    }

    func cookie(_ email: String) throws -> String {
        guard case .welcome(_, let cookie) = try store.signIn(email: email, password: Office.password, at: now) else {
            return ""
        }
        return cookie
    }

    func session(_ cookie: String) throws -> Session? { try store.session(cookie: cookie, at: now) }

    func audit() throws -> [String] {
        try store.auditEntries(limit: 1000).reversed().map { entry in
            "\(entry.actor) \(entry.deed): \(entry.subject)" + (entry.detail.isEmpty ? "" : " (\(entry.detail))")
        }
    }
}
