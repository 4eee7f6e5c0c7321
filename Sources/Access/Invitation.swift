internal import Foundation
internal import GRDB
public import Roles
public import Vocabulary

/// A link by which one person can join, once.
public struct Invitation: Hashable, Sendable {
    public var id: Int64
    public var role: Role
    public var made: Instant
    public var expires: Instant
    /// Whether it is the one the program made for the very first operator.
    public var isFirst: Bool
}

/// What somebody says of themselves when they join.
public struct Joining: Sendable {
    public var email: String
    public var name: String
    public var password: String

    public init(email: String, name: String, password: String) {
        (self.email, self.name, self.password) = (email, name, password)
    }
}

extension AccessStore {
    public static let invitationLasts = Elapsed.days(7)
    public static let firstLinkLasts = Elapsed.hours(24)

    /// Makes the link for the first operator, and ends an earlier one; `nil` once somebody has joined.
    public func firstLink(at now: Instant) throws -> Token? {
        try writing { db in
            guard try Int.fetchOne(db, sql: "SELECT count(*) FROM member") == 0 else { return nil }
            try db.execute(
                sql: "UPDATE invitation SET ended = ? WHERE is_first AND ended IS NULL", arguments: [now.milliseconds])
            return try AccessStore.invite(
                .operator, isFirst: true, .program, now, lasts: AccessStore.firstLinkLasts, db)
        }
    }

    public func invite(as role: Role, by actor: Actor, at now: Instant) throws -> Token {
        try writing {
            try AccessStore.invite(role, isFirst: false, actor, now, lasts: AccessStore.invitationLasts, $0)
        }
    }

    private static func invite(
        _ role: Role, isFirst: Bool, _ actor: Actor, _ now: Instant, lasts: Elapsed, _ db: Database
    ) throws -> Token {
        let token = Token.draw()
        try db.execute(
            sql: "INSERT INTO invitation (token, role, is_first, made, expires) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                Data(token.digest), role.rawValue, isFirst, now.milliseconds, (now + lasts).milliseconds,
            ])
        try audit(db, at: now, actor.text, "invited", "invitation \(db.lastInsertedRowID)", role.rawValue)
        return token
    }

    /// The invitation behind a link, as long as it holds.
    public func invitation(_ token: Token, at now: Instant) throws -> Invitation? {
        try reading { try AccessStore.invitation(token, now, $0) }
    }

    public func openInvitations(at now: Instant) throws -> [Invitation] {
        try reading { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM invitation WHERE ended IS NULL AND expires > ? ORDER BY id",
                arguments: [now.milliseconds]
            ).map(Invitation.init)
        }
    }

    public func withdraw(invitation id: Int64, by actor: Actor, at now: Instant) throws {
        try writing { db in
            try db.execute(
                sql: "UPDATE invitation SET ended = ? WHERE id = ? AND ended IS NULL",
                arguments: [now.milliseconds, id])
            guard db.changesCount > 0 else { return }
            try AccessStore.audit(db, at: now, actor.text, "withdrew an invitation", "invitation \(id)")
        }
    }

    /// Takes somebody in by their link, which ends with that. Throws `MemberFault`.
    public func join(_ token: Token, _ joining: Joining, at now: Instant) throws -> Member {
        let (email, name) = (joining.email.trimmedLowercased, joining.name.trimmed)
        guard email.isAddress else { throw MemberFault.notAnEmail }
        guard !name.isEmpty, name.count <= 200 else { throw MemberFault.noName }
        do throws(Password.Fault) {
            try Password.check(joining.password, email: email)
        } catch {
            throw MemberFault.password(error)
        }
        // Before the costly hash, so that a wrong link costs nothing; once more in the transaction, which decides.
        guard try invitation(token, at: now) != nil else { throw MemberFault.linkUsed }
        let kept = try Password.hash(joining.password)
        return try writing { db in
            guard let invitation = try AccessStore.invitation(token, now, db) else { throw MemberFault.linkUsed }
            return try AccessStore.take(in: invitation, email, name, kept: kept, at: now, db)
        }
    }

    /// Makes somebody a member, in the role of the invitation, which ends with that.
    static func take(
        in invitation: Invitation, _ email: String, _ name: String, kept: String, at now: Instant, _ db: Database
    ) throws -> Member {
        let taken = try Int.fetchOne(db, sql: "SELECT count(*) FROM member WHERE email = ?", arguments: [email])
        guard taken == 0 else { throw MemberFault.emailTaken }
        try db.execute(
            sql: "INSERT INTO member (email, name, role, password, joined) VALUES (?, ?, ?, ?, ?)",
            arguments: [email, name, invitation.role.rawValue, kept, now.milliseconds])
        let id = db.lastInsertedRowID
        try db.execute(
            sql: "UPDATE invitation SET ended = ? WHERE id = ?", arguments: [now.milliseconds, invitation.id])
        try audit(
            db, at: now, Actor.member(id).text, "joined", "invitation \(invitation.id)", invitation.role.rawValue)
        return Member(id: id, email: email, name: name, role: invitation.role, joined: now)
    }

    static func invitation(_ token: Token, _ now: Instant, _ db: Database) throws -> Invitation? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM invitation WHERE token = ? AND ended IS NULL AND expires > ?",
            arguments: [Data(token.digest), now.milliseconds]
        ).map(Invitation.init)
    }
}

extension Invitation {
    init(_ row: Row) {
        self.init(
            id: row["id"], role: Role(stored: row["role"]), made: Instant(milliseconds: row["made"]),
            expires: Instant(milliseconds: row["expires"]), isFirst: row["is_first"])
    }
}

extension String {
    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
    var trimmedLowercased: String { trimmed.lowercased() }

    /// Something, an at sign, a domain of at least two labels; the rest only mail can tell.
    var isAddress: Bool {
        let parts = split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, utf8.count <= 254 else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
            && utf8.allSatisfy { $0 > 0x20 && !Array("<>\"(),;:\\".utf8).contains($0) }
    }
}
