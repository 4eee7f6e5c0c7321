internal import Foundation
internal import GRDB
public import Roles
public import Vocabulary

/// Somebody who may sign in.
public struct Member: Hashable, Sendable {
    public var id: Int64
    public var email: String
    public var name: String
    public var role: Role
    public var joined: Instant
    /// Since when they may not any more.
    public var left: Instant?
}

/// Who did something, as the audit trail names them.
public enum Actor: Hashable, Sendable {
    case member(Int64)
    case key(Int64)
    case program

    public var text: String {
        switch self {
        case .member(let id): "member \(id)"
        case .key(let id): "key \(id)"
        case .program: "the program"
        }
    }
}

/// Why something that a person asked for was not done.
public enum MemberFault: Error, Equatable, Sendable {
    case notAnEmail
    case emailTaken
    case noName
    case linkUsed
    case password(Password.Fault)
    case noSuchMember
    /// Somebody must be left who can let people in.
    case lastOperator

    public var sentence: String {
        switch self {
        case .notAnEmail: "This is no e-mail address."
        case .emailTaken: "Somebody has signed up with this address already."
        case .noName: "Please say your name: up to 200 signs."
        case .linkUsed: "This link was used, has expired or was withdrawn. Ask an operator for a new one."
        case .password(let fault): fault.sentence
        case .noSuchMember: "There is no such person here any more."
        case .lastOperator: "This is the last operator. Make somebody else one first."
        }
    }
}

extension AccessStore {
    public func members() throws -> [Member] {
        try reading {
            try Row.fetchAll($0, sql: "SELECT * FROM member ORDER BY left IS NOT NULL, name, id").map(Member.init)
        }
    }

    public func member(_ id: Int64) throws -> Member? {
        try reading { try AccessStore.member(id, $0) }
    }

    static func member(_ id: Int64, _ db: Database) throws -> Member? {
        try Row.fetchOne(db, sql: "SELECT * FROM member WHERE id = ?", arguments: [id]).map(Member.init)
    }

    /// Whether nobody ever joined: then the program itself makes the first link.
    public func isNew() throws -> Bool {
        try reading { try Int.fetchOne($0, sql: "SELECT count(*) FROM member") == 0 }
    }

    /// Gives somebody another role; it holds from their next request on, and they sign in anew.
    public func setRole(of id: Int64, to role: Role, by actor: Actor, at now: Instant) throws {
        try writing { db in
            let member = try AccessStore.active(id, db)
            guard member.role != role else { return }
            try AccessStore.keepAnOperator(besides: member, db)
            try db.execute(sql: "UPDATE member SET role = ? WHERE id = ?", arguments: [role.rawValue, id])
            try AccessStore.endSessions(of: id, db)
            try AccessStore.audit(
                db, at: now, actor.text, "set a role", Actor.member(id).text,
                "\(member.role.rawValue) → \(role.rawValue)")
        }
    }

    /// Lets somebody in no longer. What they did stays theirs.
    public func end(_ id: Int64, by actor: Actor, at now: Instant) throws {
        try writing { db in
            let member = try AccessStore.active(id, db)
            try AccessStore.keepAnOperator(besides: member, db)
            try db.execute(sql: "UPDATE member SET left = ? WHERE id = ?", arguments: [now.milliseconds, id])
            try AccessStore.endSessions(of: id, db)
            try AccessStore.audit(db, at: now, actor.text, "ended a membership", Actor.member(id).text)
        }
    }

    private static func active(_ id: Int64, _ db: Database) throws -> Member {
        guard let member = try member(id, db), member.left == nil else { throw MemberFault.noSuchMember }
        return member
    }

    private static func keepAnOperator(besides member: Member, _ db: Database) throws {
        guard member.role == .operator else { return }
        let others = try Int.fetchOne(
            db, sql: "SELECT count(*) FROM member WHERE role = ? AND left IS NULL AND id <> ?",
            arguments: [Role.operator.rawValue, member.id])
        if others == 0 { throw MemberFault.lastOperator }
    }

    static func endSessions(of id: Int64, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM session WHERE member = ?", arguments: [id])
    }
}

extension Member {
    init(_ row: Row) {
        self.init(
            id: row["id"], email: row["email"], name: row["name"], role: Role(stored: row["role"]),
            joined: Instant(milliseconds: row["joined"]),
            left: (row["left"] as Int64?).map { Instant(milliseconds: $0) })
    }
}

extension Role {
    /// A role that this program does not know may do the least.
    init(stored text: String) { self = Role(rawValue: text) ?? .rep }
}
