internal import GRDB
public import Vocabulary

/// A list as somebody wants to find it again: a name for a query.
public struct SavedView: Hashable, Sendable {
    public var id: Int64
    public var name: String
    /// `stage=mql&waiting=yes`.
    public var query: String
}

/// Why a view cannot be kept.
public enum ViewFault: Error, Hashable, Sendable {
    case noName
    case tooMany

    public var sentence: String {
        switch self {
        case .noName: "A view needs a name of at most 60 signs."
        case .tooMany: "You have 50 views; remove one first."
        }
    }
}

extension AccessStore {
    private static let mostViews = 50

    /// The member's own, in the order of names.
    public func views(of member: Member) throws -> [SavedView] {
        try reading { db in
            try Row.fetchAll(
                db, sql: "SELECT id, name, query FROM view WHERE member = ? ORDER BY name COLLATE BINARY",
                arguments: [member.id]
            ).map { SavedView(id: $0["id"], name: $0["name"], query: $0["query"]) }
        }
    }

    /// The same name again replaces what it meant.
    public func keepView(_ name: String, _ query: String, of member: Member, at instant: Instant) throws {
        let name = String(name.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        guard !name.isEmpty, name.count <= 60, query.utf8.count <= 2000 else { throw ViewFault.noName }
        try writing { db in
            let count =
                try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM view WHERE member = ? AND name <> ?", arguments: [member.id, name])
                ?? 0
            guard count < AccessStore.mostViews else { throw ViewFault.tooMany }
            try db.execute(
                sql: """
                    INSERT INTO view (member, name, query, made) VALUES (?, ?, ?, ?)
                    ON CONFLICT (member, name) DO UPDATE SET query = excluded.query, made = excluded.made
                    """, arguments: [member.id, name, query, instant.milliseconds])
        }
    }

    /// Only one's own; removing it again does nothing.
    public func removeView(_ id: Int64, of member: Member) throws {
        try writing { db in
            try db.execute(sql: "DELETE FROM view WHERE id = ? AND member = ?", arguments: [id, member.id])
        }
    }
}
