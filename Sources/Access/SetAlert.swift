internal import GRDB
public import Vocabulary

/// What a member wants to be told of for themselves.
public struct SetAlert: Hashable, Sendable {
    /// Never given twice.
    public var id: Int64
    /// An identifier; empty: no one person.
    public var person: String
    /// An identifier; empty: no one account.
    public var account: String
    /// An activity; empty: whatever they do.
    public var act: String
    /// What the page is called; empty: any.
    public var page: String
    /// When it was set, or last went on after a pause.
    public var since: Instant
    public var isPaused: Bool
}

/// Why an alert cannot be set.
public enum AlertFault: Error, Hashable, Sendable {
    case aboutNothing
    case tooLong
    case tooMany

    public var sentence: String {
        switch self {
        case .aboutNothing: "Say of whom you want to hear, or what they do, or on which page."
        case .tooLong: "Please use fewer words: up to 500 signs each."
        case .tooMany: "You have 100 alerts; end one first."
        }
    }
}

extension AccessStore {
    private static let mostAlerts = 100

    /// The member's own, the last one first.
    public func alerts(of member: Member) throws -> [SetAlert] {
        try reading { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM alert WHERE member = ? ORDER BY id DESC", arguments: [member.id]
            ).map(SetAlert.init)
        }
    }

    /// Those that run, of members who may still sign in.
    public func runningAlerts() throws -> [(member: Member, alert: SetAlert)] {
        let members = Dictionary(try members().filter { $0.left == nil }.map { ($0.id, $0) }) { first, _ in first }
        return try reading { db in
            try Row.fetchAll(db, sql: "SELECT * FROM alert WHERE is_paused = 0 ORDER BY id").compactMap { row in
                members[row["member"]].map { ($0, SetAlert(row)) }
            }
        }
    }

    /// The same again changes nothing.
    public func setAlert(
        person: String, account: String, act: String, page: String, of member: Member, at instant: Instant
    ) throws {
        let words = [person, account, act, page]
        guard words.contains(where: { !$0.isEmpty }) else { throw AlertFault.aboutNothing }
        guard words.allSatisfy({ $0.utf8.count <= 500 }) else { throw AlertFault.tooLong }
        try writing { db in
            let mine = try Row.fetchAll(db, sql: "SELECT * FROM alert WHERE member = ?", arguments: [member.id])
            let isThere = mine.map(SetAlert.init).contains { [$0.person, $0.account, $0.act, $0.page] == words }
            guard !isThere else { return }
            guard mine.count < AccessStore.mostAlerts else { throw AlertFault.tooMany }
            try db.execute(
                sql: "INSERT INTO alert (member, person, account, act, page, since) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [member.id, person, account, act, page, instant.milliseconds])
        }
    }

    /// Only one's own. What was done during a pause is not told afterwards.
    public func pauseAlert(_ id: Int64, _ isPaused: Bool, of member: Member, at instant: Instant) throws {
        try writing { db in
            try db.execute(
                sql: """
                    UPDATE alert SET is_paused = ?, since = CASE WHEN ? THEN since ELSE ? END
                    WHERE id = ? AND member = ? AND is_paused <> ?
                    """,
                arguments: [isPaused, isPaused, instant.milliseconds, id, member.id, isPaused])
        }
    }

    /// Only one's own; ending it again does nothing.
    public func endAlert(_ id: Int64, of member: Member) throws {
        try writing { db in
            try db.execute(sql: "DELETE FROM alert WHERE id = ? AND member = ?", arguments: [id, member.id])
        }
    }
}

extension SetAlert {
    init(_ row: Row) {
        self.init(
            id: row["id"], person: row["person"], account: row["account"], act: row["act"], page: row["page"],
            since: Instant(milliseconds: row["since"]), isPaused: row["is_paused"])
    }
}
