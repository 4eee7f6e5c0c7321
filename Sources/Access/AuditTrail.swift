internal import Crypto
internal import Foundation
internal import GRDB
internal import Journal
public import Vocabulary

/// One thing that somebody did to who may do what, or to what must be answered for.
public struct AuditEntry: Hashable, Sendable {
    public var sequence: Int64
    public var at: Instant
    /// `member 3`, `key 2`, `the program`.
    public var actor: String
    /// `invited`, `signed in`, `revoked a key`.
    public var deed: String
    /// To whom or to what it was done.
    public var subject: String
    public var detail: String
    public var link: [UInt8]
}

/// How far the trail goes, and the link that stands for everything in it. Written down elsewhere, it tells a shortened or
/// rewritten trail from the one there was.
public struct AuditHead: Hashable, Sendable {
    public var sequence: Int64
    public var link: [UInt8]

    public static let empty = AuditHead(sequence: 0, link: [UInt8](repeating: 0, count: 32))

    public init(sequence: Int64, link: [UInt8]) {
        (self.sequence, self.link) = (sequence, link)
    }

    public var text: String { "\(sequence):\(Hex.text(link))" }

    public init?(text: String) {
        guard let head = JournalHead(text: text) else { return nil }
        self.init(sequence: head.sequence, link: head.link)
    }
}

/// What a check of the whole trail found.
public struct AuditVerification: Hashable, Sendable {
    public var entries: Int64
    public var head: AuditHead
    /// The first entry that is not what was written, and what is wrong; `nil` when all is sound.
    public var damage: (sequence: Int64, what: String)? { first.map { ($0.sequence, $0.what) } }
    public var isSound: Bool { first == nil }

    struct Damage: Hashable, Sendable {
        var sequence: Int64
        var what: String
    }

    var first: Damage?
}

extension AuditEntry {
    /// Ties the entry to all before it:
    ///
    ///     link(n) = SHA-256(link(n−1) · sequence · at · length and bytes of actor, deed, subject, detail)
    ///
    /// Integers are eight bytes, big-endian; link(0) is thirty-two zero bytes.
    func link(after previous: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: previous)
        for number in [sequence, at.milliseconds] { hash.update(number) }
        for text in [actor, deed, subject, detail] {
            hash.update(Int64(text.utf8.count))
            hash.update(data: Array(text.utf8))
        }
        return Array(hash.finalize())
    }
}

extension SHA256 {
    fileprivate mutating func update(_ number: Int64) {
        withUnsafeBytes(of: number.bigEndian) { update(bufferPointer: $0) }
    }
}

extension AccessStore {
    /// Writes an entry in the transaction of what it tells.
    static func audit(
        _ db: Database, at: Instant, _ actor: String, _ deed: String, _ subject: String, _ detail: String = ""
    ) throws {
        let head = try auditHead(db)
        var entry = AuditEntry(
            sequence: head.sequence + 1, at: at, actor: actor, deed: deed, subject: subject, detail: detail, link: [])
        entry.link = entry.link(after: head.link)
        try db.execute(
            sql: """
                INSERT INTO audit (sequence, at, actor, deed, subject, detail, link) VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                entry.sequence, at.milliseconds, actor, deed, subject, detail, Data(entry.link),
            ])
    }

    /// Writes down what was done elsewhere: an erasure, an export, an import.
    public func note(at: Instant, actor: String, deed: String, subject: String, detail: String = "") throws {
        try writing { try AccessStore.audit($0, at: at, actor, deed, subject, detail) }
    }

    public func auditHead() throws -> AuditHead { try reading(AccessStore.auditHead) }

    private static func auditHead(_ db: Database) throws -> AuditHead {
        guard let row = try Row.fetchOne(db, sql: "SELECT sequence, link FROM audit ORDER BY sequence DESC LIMIT 1")
        else { return .empty }
        return AuditHead(sequence: row["sequence"], link: Array(row["link"] as Data))
    }

    /// The newest entries before `sequence`, the newest first.
    public func auditEntries(before sequence: Int64 = .max, limit: Int) throws -> [AuditEntry] {
        try reading { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM audit WHERE sequence < ? ORDER BY sequence DESC LIMIT ?",
                arguments: [sequence, limit]
            ).map(AuditEntry.init)
        }
    }

    /// Recomputes the whole chain. `expected` is a head written down earlier; without one, entries missing from the end can
    /// go unnoticed.
    public func verifyAudit(expecting expected: AuditHead? = nil) throws -> AuditVerification {
        try reading { db in
            var found = AuditVerification(entries: 0, head: .empty, first: nil)
            let rows = try Row.fetchCursor(db, sql: "SELECT * FROM audit ORDER BY sequence")
            while let row = try rows.next() {
                let entry = AuditEntry(row)
                found.first = found.first ?? damage(entry, after: found.head)
                found.entries += 1
                found.head = AuditHead(sequence: entry.sequence, link: entry.link)
                if let expected, expected.sequence == entry.sequence, expected.link != entry.link {
                    found.first =
                        found.first ?? .init(sequence: entry.sequence, what: "its link is not the one expected")
                }
            }
            if let expected, expected.sequence > found.head.sequence {
                let what = "the trail ends here, and entries up to \(expected.sequence) are expected"
                found.first = found.first ?? .init(sequence: found.head.sequence, what: what)
            }
            return found
        }
    }

    private func damage(_ entry: AuditEntry, after head: AuditHead) -> AuditVerification.Damage? {
        guard entry.sequence == head.sequence + 1 else {
            return .init(sequence: head.sequence + 1, what: "the entry is missing")
        }
        guard entry.link == entry.link(after: head.link) else {
            return .init(sequence: entry.sequence, what: "it is not what was written")
        }
        return nil
    }
}

extension AuditEntry {
    init(_ row: Row) {
        self.init(
            sequence: row["sequence"], at: Instant(milliseconds: row["at"]), actor: row["actor"], deed: row["deed"],
            subject: row["subject"], detail: row["detail"], link: Array(row["link"] as Data))
    }
}
