internal import Foundation
internal import GRDB
internal import Journal
public import Roles
public import Vocabulary

/// A key with which a program may come in, for as long as it says.
public struct APIKey: Hashable, Sendable {
    public var id: Int64
    public var name: String
    public var scopes: Set<Scope>
    /// As which source its facts stand in the journal.
    public var source: String
    /// Of which records the user ids are that it sends.
    public var userSource: String
    public var userObject: String
    public var made: Instant
    public var expires: Instant
    public var used: Instant?
    public var revoked: Instant?

    public func holds(at now: Instant) -> Bool { revoked == nil && expires > now }
}

/// What a new key is to be.
public struct KeyRequest: Sendable {
    public var name: String
    public var scopes: Set<Scope>
    public var source: String
    public var userSource: String
    public var userObject: String
    public var lasts: Elapsed

    public init(
        name: String, scopes: Set<Scope>, source: String, userSource: String? = nil, userObject: String = "user",
        lasts: Elapsed = .days(365)
    ) {
        (self.name, self.scopes, self.source, self.lasts) = (name, scopes, source, lasts)
        (self.userSource, self.userObject) = (userSource ?? source, userObject)
    }
}

public enum KeyFault: Error, Equatable, Sendable {
    case noName
    case noScope
    case badSource(String)
    case tooLong

    public var sentence: String {
        switch self {
        case .noName: "Please say what the key is for: up to 200 signs."
        case .noScope: "Please say what the key may do."
        case .badSource(let text):
            "“\(text)” cannot name a source: use small letters, digits, - and _, as in “web” or “hubspot”."
        case .tooLong: "A key lasts at most a year."
        }
    }
}

extension AccessStore {
    public static let longestKey = Elapsed.days(366)

    /// Makes a key; its text is shown once. Throws `KeyFault`.
    public func makeKey(_ request: KeyRequest, by actor: Actor, at now: Instant) throws -> (key: APIKey, text: String) {
        let name = request.name.trimmed
        guard !name.isEmpty, name.count <= 200 else { throw KeyFault.noName }
        guard !request.scopes.isEmpty else { throw KeyFault.noScope }
        for word in [request.source, request.userSource, request.userObject] where !word.isSourceName {
            throw KeyFault.badSource(word)
        }
        guard request.lasts <= AccessStore.longestKey else { throw KeyFault.tooLong }
        let token = Token.draw()
        let scopes = request.scopes.map(\.rawValue).sorted().joined(separator: " ")
        let key = try writing { db in
            try db.execute(
                sql: """
                    INSERT INTO key (token, name, scopes, source, user_source, user_object, made, expires)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    Data(token.digest), name, scopes, request.source, request.userSource, request.userObject,
                    now.milliseconds, (now + request.lasts).milliseconds,
                ])
            let id = db.lastInsertedRowID
            try AccessStore.audit(db, at: now, actor.text, "made a key", Actor.key(id).text, scopes)
            return APIKey(
                id: id, name: name, scopes: request.scopes, source: request.source, userSource: request.userSource,
                userObject: request.userObject, made: now, expires: now + request.lasts)
        }
        return (key, KeyText.text(token))
    }

    public func keys() throws -> [APIKey] {
        try reading { try Row.fetchAll($0, sql: "SELECT * FROM key ORDER BY revoked IS NOT NULL, id").map(APIKey.init) }
    }

    public func revokeKey(_ id: Int64, by actor: Actor, at now: Instant) throws {
        try writing { db in
            try db.execute(
                sql: "UPDATE key SET revoked = ? WHERE id = ? AND revoked IS NULL", arguments: [now.milliseconds, id])
            guard db.changesCount > 0 else { return }
            try AccessStore.audit(db, at: now, actor.text, "revoked a key", Actor.key(id).text)
        }
    }

    /// The key of a text, as long as it holds. Looked up anew each time: a key that was revoked, here or by a command, is
    /// refused from then on.
    public func key(_ text: String, at now: Instant) throws -> APIKey? {
        guard let token = KeyText.token(text) else { return nil }
        let found = try reading { db in
            try Row.fetchOne(db, sql: "SELECT * FROM key WHERE token = ?", arguments: [Data(token.digest)])
                .map(APIKey.init)
        }
        guard let key = found, key.holds(at: now) else { return nil }
        // Once an hour is enough to tell which keys are in use.
        if key.used.map({ now - $0 > .hours(1) }) ?? true { try noteUse(of: key, at: now) }
        return key
    }

    private func noteUse(of key: APIKey, at now: Instant) throws {
        try writing {
            try $0.execute(sql: "UPDATE key SET used = ? WHERE id = ?", arguments: [now.milliseconds, key.id])
        }
    }
}

/// `il_` and the token and four digits that tell a mistyped key: so it is found by whoever looks for leaked secrets.
enum KeyText {
    private static let prefix = "il_"

    static func text(_ token: Token) -> String { prefix + token.text + "_" + check(token) }

    static func token(_ text: String) -> Token? {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "il", let token = Token(text: parts[1]), parts[2] == check(token) else {
            return nil
        }
        return token
    }

    private static func check(_ token: Token) -> String { Hex.text(token.digest.suffix(2)) }
}

extension APIKey {
    init(_ row: Row) {
        let scopes = (row["scopes"] as String).split(separator: " ").compactMap { Scope(rawValue: String($0)) }
        self.init(
            id: row["id"], name: row["name"], scopes: Set(scopes), source: row["source"],
            userSource: row["user_source"], userObject: row["user_object"],
            made: Instant(milliseconds: row["made"]), expires: Instant(milliseconds: row["expires"]),
            used: (row["used"] as Int64?).map { Instant(milliseconds: $0) },
            revoked: (row["revoked"] as Int64?).map { Instant(milliseconds: $0) })
    }
}

extension String {
    /// What stands in keys and shapes, and in `record:source/object/id`.
    fileprivate var isSourceName: Bool {
        (1...64).contains(utf8.count)
            && utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F || byte == 0x2D
            }
    }
}
