internal import Crypto
internal import Foundation
internal import GRDB
internal import Journal
public import Vocabulary

//  A sign-in
//
//      cookie   token.signature     the signature tells forged cookies apart without a look into the store
//      store    SHA-256 of token, member, since when, last seen
//      form     HMAC of the token's digest: what only a page of this very sign-in can know
//
//  A sign-in ends after half an hour without a request and after twelve hours at the latest, with a sign-out, with another
//  role, and with the membership.

/// Somebody is signed in.
public struct Session: Hashable, Sendable {
    public var id: Int64
    public var member: Member
    public var began: Instant
    public var seen: Instant
    let digest: [UInt8]
}

/// What came of an attempt to sign in.
public enum SignIn: Sendable {
    case welcome(Session, cookie: String)
    /// Wrong password, or nobody of that address: which of the two is not told.
    case refused
    /// Too many wrong passwords.
    case locked(until: Instant)
}

extension AccessStore {
    public static let idleLimit = Elapsed.minutes(30)
    public static let absoluteLimit = Elapsed.hours(12)
    /// So many wrong passwords in a row lock an address for a minute, each further one for twice as long as the last, up to
    /// an hour.
    public static let failuresAllowed = 5

    // MARK: Signing in and out

    /// Takes a tenth of a second and 64 MiB: callers queue.
    public func signIn(email: String, password: String, at now: Instant) throws -> SignIn {
        let row = try reading { db in
            try Row.fetchOne(
                db, sql: "SELECT * FROM member WHERE email = ? AND left IS NULL", arguments: [email.trimmedLowercased])
        }
        guard let row else {
            _ = Password.isRight(password, keptOrNone: "")
            return .refused
        }
        let member = Member(row)
        switch try check(password, of: member, at: now) {
        case .right: return try begin(member, at: now)
        case .wrong: return .refused
        case .locked(let until): return .locked(until: until)
        }
    }

    enum PasswordCheck { case right, wrong, locked(until: Instant) }

    /// Whether it is theirs; a wrong one is counted. Takes a tenth of a second and 64 MiB: callers queue.
    func check(_ password: String, of member: Member, at now: Instant) throws -> PasswordCheck {
        let row = try reading { db in
            try Row.fetchOne(
                db, sql: "SELECT password, locked_until FROM member WHERE id = ? AND left IS NULL",
                arguments: [member.id])
        }
        guard let row else { return .wrong }
        if let until = (row["locked_until"] as Int64?).map({ Instant(milliseconds: $0) }), until > now {
            return .locked(until: until)
        }
        guard Password.isRight(password, keptOrNone: row["password"]) else { return try fail(member, at: now) }
        try forget(failuresOf: member)
        return .right
    }

    private func forget(failuresOf member: Member) throws {
        try writing { db in
            try db.execute(
                sql: """
                    UPDATE member SET failures = 0, locked_until = NULL
                    WHERE id = ? AND (failures > 0 OR locked_until IS NOT NULL)
                    """, arguments: [member.id])
        }
    }

    private func fail(_ member: Member, at now: Instant) throws -> PasswordCheck {
        try writing { db in
            try db.execute(sql: "UPDATE member SET failures = failures + 1 WHERE id = ?", arguments: [member.id])
            let failures =
                try Int.fetchOne(db, sql: "SELECT failures FROM member WHERE id = ?", arguments: [member.id]) ?? 1
            let subject = Actor.member(member.id).text
            guard failures >= AccessStore.failuresAllowed else {
                try AccessStore.audit(db, at: now, "somebody", "gave a wrong password", subject)
                return .wrong
            }
            let minutes = min(60, 1 << min(6, failures - AccessStore.failuresAllowed))
            let until = now + .minutes(Int64(minutes))
            try db.execute(
                sql: "UPDATE member SET locked_until = ? WHERE id = ?", arguments: [until.milliseconds, member.id])
            try AccessStore.audit(
                db, at: now, "somebody", "gave a wrong password", subject, "locked for \(minutes) min")
            return .locked(until: until)
        }
    }

    /// Begins a sign-in under a token of its own, whatever cookie came with the request.
    /// `how` is for the audit trail.
    public func begin(_ member: Member, at now: Instant, how: String = "") throws -> SignIn {
        let token = Token.draw()
        let session = try writing { db in
            try db.execute(
                sql: "DELETE FROM session WHERE seen <= ? OR began <= ?",
                arguments: [
                    (now - AccessStore.idleLimit).milliseconds, (now - AccessStore.absoluteLimit).milliseconds,
                ])
            try db.execute(
                sql: "INSERT INTO session (token, member, began, seen) VALUES (?, ?, ?, ?)",
                arguments: [Data(token.digest), member.id, now.milliseconds, now.milliseconds])
            let id = db.lastInsertedRowID
            try AccessStore.audit(db, at: now, Actor.member(member.id).text, "signed in", "sign-in \(id)", how)
            return Session(id: id, member: member, began: now, seen: now, digest: token.digest)
        }
        return .welcome(session, cookie: "\(token.text).\(signature(of: token))")
    }

    /// The sign-in behind a cookie, as long as it holds.
    public func session(cookie: String, at now: Instant) throws -> Session? {
        guard let token = token(inCookie: cookie) else { return nil }
        let found = try reading { db -> Session? in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT session.id AS session, began, seen, member.* FROM session
                    JOIN member ON member.id = session.member
                    WHERE token = ? AND seen > ? AND began > ? AND member.left IS NULL
                    """,
                arguments: [
                    Data(token.digest), (now - AccessStore.idleLimit).milliseconds,
                    (now - AccessStore.absoluteLimit).milliseconds,
                ])
            return row.map { Session($0, digest: token.digest) }
        }
        // Once a minute is enough, and spares a durable write for each page.
        if let found, now - found.seen > .minutes(1) { try touch(found, at: now) }
        return found
    }

    private func touch(_ session: Session, at now: Instant) throws {
        try writing {
            try $0.execute(sql: "UPDATE session SET seen = ? WHERE id = ?", arguments: [now.milliseconds, session.id])
        }
    }

    public func signOut(_ session: Session, at now: Instant) throws {
        try end(sessions: [session.id], of: session.member, "signed out", at: now)
    }

    public func sessions(of member: Member, at now: Instant) throws -> [Session] {
        try reading { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT session.id AS session, began, seen, member.* FROM session
                    JOIN member ON member.id = session.member
                    WHERE member.id = ? AND seen > ? AND began > ? ORDER BY session.id
                    """,
                arguments: [
                    member.id, (now - AccessStore.idleLimit).milliseconds,
                    (now - AccessStore.absoluteLimit).milliseconds,
                ]
            ).map { Session($0, digest: []) }
        }
    }

    /// Ends every sign-in of the same person but this one.
    public func signOutElsewhere(_ session: Session, at now: Instant) throws {
        let others = try sessions(of: session.member, at: now).map(\.id).filter { $0 != session.id }
        guard !others.isEmpty else { return }
        try end(sessions: others, of: session.member, "ended other sign-ins", at: now)
    }

    private func end(sessions: [Int64], of member: Member, _ deed: String, at now: Instant) throws {
        try writing { db in
            for id in sessions {
                try db.execute(sql: "DELETE FROM session WHERE id = ? AND member = ?", arguments: [id, member.id])
            }
            let subject = sessions.map { "sign-in \($0)" }.joined(separator: ", ")
            try AccessStore.audit(db, at: now, Actor.member(member.id).text, deed, subject)
        }
    }

    // MARK: Signatures

    private func signature(of token: Token) -> String { mac("cookie", token.digest) }

    private func token(inCookie cookie: String) -> Token? {
        let parts = cookie.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let token = Token(text: parts[0]), let given = Hex.bytes(parts[1]) else { return nil }
        let code = HMAC<SHA256>.isValidAuthenticationCode(
            given, authenticating: AccessStore.signed("cookie", token.digest), using: SymmetricKey(data: signingKey))
        return code ? token : nil
    }

    /// What a form of this sign-in carries.
    public func formToken(of session: Session) -> String { mac("form", session.digest) }

    public func isFormToken(_ text: String, of session: Session) -> Bool {
        guard let given = Hex.bytes(text) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            given, authenticating: AccessStore.signed("form", session.digest), using: SymmetricKey(data: signingKey))
    }

    /// What a link in a notice is for: a link made for one thing never does another.
    public enum LinkUse: String, Sendable {
        case digests
        case deed
    }

    /// What stands in a link of a notice: what it says, and what proves that we wrote it.
    public func linkToken(_ use: LinkUse, saying text: String) -> String {
        Hex.text(Array(text.utf8)) + "." + mac(use.rawValue, Array(text.utf8))
    }

    /// `nil` for a token that is none of ours, or for something else.
    public func text(inLinkToken token: String, for use: LinkUse) -> String? {
        let parts = token.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let text = Hex.bytes(parts[0]), let given = Hex.bytes(parts[1]),
            HMAC<SHA256>.isValidAuthenticationCode(
                given, authenticating: AccessStore.signed(use.rawValue, text), using: SymmetricKey(data: signingKey))
        else { return nil }
        return String(validating: text, as: UTF8.self)
    }

    private func mac(_ use: String, _ bytes: [UInt8]) -> String {
        Hex.text(
            Array(
                HMAC<SHA256>.authenticationCode(
                    for: AccessStore.signed(use, bytes), using: SymmetricKey(data: signingKey))))
    }

    private static func signed(_ use: String, _ bytes: [UInt8]) -> [UInt8] { Array(use.utf8) + [0] + bytes }
}

extension Session {
    init(_ row: Row, digest: [UInt8]) {
        self.init(
            id: row["session"], member: Member(row), began: Instant(milliseconds: row["began"]),
            seen: Instant(milliseconds: row["seen"]), digest: digest)
    }
}

extension AccessStore {
    /// Gives the person of a sign-in another password, and ends their other sign-ins. False when `old` is not the one until
    /// now. Throws `MemberFault`. Takes as long as four sign-ins: callers queue.
    public func changePassword(
        of session: Session, from old: String, to new: String, at now: Instant
    ) throws -> Bool {
        let member = session.member
        let kept = try reading {
            try String.fetchOne($0, sql: "SELECT password FROM member WHERE id = ?", arguments: [member.id])
        }
        guard let kept, Password.isRight(old, keptOrNone: kept) else { return false }
        do throws(Password.Fault) {
            try Password.check(new, email: member.email)
        } catch {
            throw MemberFault.password(error)
        }
        let hashed = try Password.hash(new)
        let signingKey = try resealed(of: member, from: old, to: new)
        try writing { db in
            try db.execute(sql: "UPDATE member SET password = ? WHERE id = ?", arguments: [hashed, member.id])
            if let signingKey {
                try db.execute(
                    sql: "UPDATE signing_key SET salt = ?, sealed = ? WHERE member = ?",
                    arguments: [Data(signingKey.salt), signingKey.sealed, member.id])
            }
            try db.execute(
                sql: "DELETE FROM session WHERE member = ? AND id <> ?", arguments: [member.id, session.id])
            try AccessStore.audit(
                db, at: now, Actor.member(member.id).text, "changed a password", Actor.member(member.id).text)
        }
        return true
    }
}
