internal import Foundation
internal import GRDB
internal import SQLiteFiles
public import Sync
internal import Synchronization
public import Vocabulary

/// The outbox on disk: `outbox.sqlite` beside the journal. It holds keys and addresses of our own people, nothing of leads.
public final class SQLiteOutbox: OutboxStore {
    public let path: String
    private let database: DatabasePool
    private let isClosed = Mutex(false)

    public static let file = "outbox.sqlite"
    /// "ILO1": tells our file from other SQLite files.
    private static let applicationID = 0x494C_4F31

    /// Opens the file in a folder, making it when it is not there.
    public init(folder: String) throws {
        path = folder + "/" + SQLiteOutbox.file
        let path = path
        database = try SQLiteOutbox.translatingErrors(path) { try SQLiteOutbox.open(path) }
    }

    public static func exists(in folder: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/" + file)
    }

    /// Closing it again does nothing.
    public func close() throws {
        let isFirst = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return !isClosed
        }
        guard isFirst else { return }
        try SQLiteOutbox.translatingErrors(path) {
            try database.tidyLog()
            try database.close()
        }
    }

    private static func open(_ path: String) throws -> DatabasePool {
        if !FileManager.default.fileExists(atPath: path) {
            guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw OutboxError.readOnly(path) }
        }
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 2
        let pool = try DatabasePool(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { db in
            // GRDB sets NORMAL when it turns WAL on, after prepareDatabase has run; FULL must come after that.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try check(db, path)
        }
        try pool.migrateGuarded(by: OutboxSchema.migrations)
        return pool
    }

    /// A file that is not ours, or is from a newer program, is left alone.
    private static func check(_ db: Database, _ path: String) throws {
        let found = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        if found == 0, tables == 0 {
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        } else if found != applicationID {
            throw OutboxError.notOurs(path)
        }
        if try OutboxSchema.migrations.hasBeenSuperseded(db) { throw OutboxError.newer(path) }
    }

    /// Copies everything into an empty file while others go on reading and writing.
    public func copy(to path: String) throws {
        try SQLiteOutbox.translatingErrors(path) { try database.keepCopy(at: path) }
    }

    /// Throws where the file is damaged.
    public func checkIntegrity() throws {
        let verdict = try reading { try String.fetchOne($0, sql: "PRAGMA integrity_check") } ?? "nothing"
        guard verdict == "ok" else { throw OutboxError.damaged(verdict) }
    }

    private func reading<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try SQLiteOutbox.translatingErrors(path) { try database.read(body) }
    }

    private func writing<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try SQLiteOutbox.translatingErrors(path) { try database.write(body) }
    }

    private static func translatingErrors<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw OutboxError(error, path: path)
        } catch let fault as SQLiteFileFault {
            switch fault {
            case .damaged(let what): throw OutboxError.damaged(what)
            case .cannotWrite(let path): throw OutboxError.readOnly(path)
            }
        }
    }
}

// MARK: What every outbox does

extension SQLiteOutbox {
    public func add(_ entries: [OutboxEntry]) throws -> Int {
        guard !entries.isEmpty else { return 0 }
        return try writing { db in
            let ended = try Set(String.fetchAll(db, sql: "SELECT target FROM ended_target"))
            var added = 0
            for entry in entries where !ended.contains(entry.target) {
                try db.execute(
                    sql: """
                        INSERT INTO entry (key, message, kind, recipient, target, bundle, sending, made, due, state,
                            attempts, fence, leased, ended, problem, recorded)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 0, 0, NULL, NULL, '', 0)
                        ON CONFLICT (key) DO NOTHING
                        """,
                    arguments: [
                        entry.key, entry.message, entry.kind, entry.recipient, entry.target, entry.bundle,
                        entry.sendingID, entry.made.milliseconds, entry.due.milliseconds,
                    ])
                added += db.changesCount
            }
            return added
        }
    }

    private static let free = """
        ((state = 'waiting' AND due <= :now) OR (state = 'claimed' AND coalesce(leased, 0) <= :now))
        """

    public func claim(
        _ limit: Int, at instant: Instant, lease: Elapsed, except busy: Set<String>
    ) throws -> [Claim] {
        let now = instant.milliseconds
        // Most of the time nothing is due: that is told without taking the writer's turn.
        let isAnyDue = try reading { db in
            try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM entry WHERE \(SQLiteOutbox.free))", arguments: ["now": now])
                ?? false
        }
        guard isAnyDue else { return [] }
        return try writing { db in
            let sendings = try String.fetchAll(
                db,
                sql: """
                    SELECT sending FROM entry WHERE \(SQLiteOutbox.free)
                    AND target NOT IN (SELECT value FROM json_each(:busy))
                    GROUP BY sending ORDER BY min(due), min(key) LIMIT :limit
                    """, arguments: ["now": now, "limit": limit, "busy": try SQLiteOutbox.json(busy)])
            return try sendings.map { sending in
                let fence = try Int64.fetchOne(db, sql: "UPDATE fence SET last = last + 1 RETURNING last") ?? 0
                let rows = try Row.fetchAll(
                    db,
                    sql: """
                        UPDATE entry SET state = 'claimed', fence = :fence, leased = :until, attempts = attempts + 1
                        WHERE sending = :sending AND \(SQLiteOutbox.free) RETURNING *
                        """,
                    arguments: [
                        "fence": fence, "until": now + lease.milliseconds, "sending": sending, "now": now,
                    ])
                let entries = rows.map(OutboxEntry.init).sorted { ($0.due, $0.key) < ($1.due, $1.key) }
                return Claim(fence: fence, entries: entries)
            }
        }
    }

    private static func json(_ texts: Set<String>) throws -> String {
        String(decoding: try JSONEncoder().encode(texts.sorted()), as: UTF8.self)
    }

    public func complete(_ claim: Claim, _ ending: Ending, at instant: Instant) throws -> Bool {
        try writing { db in
            for entry in claim.entries {
                let isTheirs = try Bool.fetchOne(
                    db, sql: "SELECT state = 'claimed' AND fence = ? FROM entry WHERE key = ?",
                    arguments: [claim.fence, entry.key])
                guard isTheirs == true else { return false }
            }
            for entry in claim.entries { try SQLiteOutbox.end(entry.key, ending, at: instant, in: db) }
            return true
        }
    }

    private static func end(_ key: String, _ ending: Ending, at instant: Instant, in db: Database) throws {
        let (state, due, ended, problem): (OutboxEntry.State, Instant?, Instant?, String) =
            switch ending {
            case .sent: (.sent, nil, instant, "")
            case .retry(let again, let problem): (.waiting, again, nil, problem)
            case .dead(let problem): (.dead, nil, instant, problem)
            case .cancelled(let why): (.cancelled, nil, instant, why)
            }
        try db.execute(
            sql: """
                UPDATE entry SET state = ?, due = coalesce(?, due), ended = ?, problem = ?, leased = NULL WHERE key = ?
                """, arguments: [state.rawValue, due?.milliseconds, ended?.milliseconds, problem, key])
    }

    public func takeBackClaims() throws {
        try writing { db in
            try db.execute(sql: "UPDATE entry SET state = 'waiting', leased = NULL WHERE state = 'claimed'")
        }
    }

    public func cancel(_ key: String, why: String, at instant: Instant) throws -> Bool {
        try writing { db in
            guard try SQLiteOutbox.state(of: key, in: db) == .waiting else { return false }
            try SQLiteOutbox.end(key, .cancelled(why: why), at: instant, in: db)
            return true
        }
    }

    private static func state(of key: String, in db: Database) throws -> OutboxEntry.State? {
        try String.fetchOne(db, sql: "SELECT state FROM entry WHERE key = ?", arguments: [key])
            .flatMap(OutboxEntry.State.init)
    }

    public func resend(_ key: String, at instant: Instant) throws -> Bool {
        try writing { db in
            guard let state = try SQLiteOutbox.state(of: key, in: db), state == .dead || state == .cancelled else {
                return false
            }
            try db.execute(
                sql: """
                    UPDATE entry SET state = 'waiting', due = ?, attempts = 0, problem = '', ended = NULL, leased = NULL
                    WHERE key = ?
                    """, arguments: [instant.milliseconds, key])
            return true
        }
    }

    public func entry(_ key: String) throws -> OutboxEntry? {
        try reading { db in
            try Row.fetchOne(db, sql: "SELECT * FROM entry WHERE key = ?", arguments: [key]).map(OutboxEntry.init)
        }
    }

    public func entries(_ states: Set<OutboxEntry.State>, limit: Int) throws -> [OutboxEntry] {
        let names = states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        return try reading { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM entry WHERE state IN (\(names)) ORDER BY made DESC, key DESC LIMIT ?",
                arguments: [limit]
            ).map(OutboxEntry.init)
        }
    }

    public func counts() throws -> [OutboxEntry.State: Int] {
        try reading { db in
            let rows = try Row.fetchAll(db, sql: "SELECT state, count(*) AS count FROM entry GROUP BY state")
            return rows.reduce(into: [:]) { counts, row in
                if let state = OutboxEntry.State(rawValue: row["state"]) { counts[state] = row["count"] }
            }
        }
    }

    public func nextDue() throws -> Instant? {
        try reading { db in
            try Int64.fetchOne(
                db,
                sql: """
                    SELECT min(CASE state WHEN 'claimed' THEN coalesce(leased, due) ELSE due END) FROM entry
                    WHERE state IN ('waiting', 'claimed')
                    """
            ).map { Instant(milliseconds: $0) }
        }
    }

    public func unrecorded(limit: Int) throws -> [OutboxEntry] {
        try reading { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM entry WHERE state = 'sent' AND recorded = 0 ORDER BY key LIMIT ?",
                arguments: [limit]
            ).map(OutboxEntry.init)
        }
    }

    public func noteRecorded(_ keys: [String]) throws {
        guard !keys.isEmpty else { return }
        try writing { db in
            for key in keys { try db.execute(sql: "UPDATE entry SET recorded = 1 WHERE key = ?", arguments: [key]) }
        }
    }

    public func end(target: String, at instant: Instant) throws {
        try writing { db in
            try db.execute(
                sql: "INSERT INTO ended_target (target, at) VALUES (?, ?) ON CONFLICT (target) DO NOTHING",
                arguments: [target, instant.milliseconds])
            try db.execute(
                sql: """
                    UPDATE entry SET state = 'cancelled', ended = ?, problem = ?, leased = NULL
                    WHERE target = ? AND state IN ('waiting', 'claimed')
                    """, arguments: [instant.milliseconds, Reason.targetEnded, target])
        }
    }

    public func reopen(target: String) throws {
        try writing { db in
            try db.execute(sql: "DELETE FROM ended_target WHERE target = ?", arguments: [target])
        }
    }

    public func endedTargets() throws -> Set<String> {
        try reading { db in try Set(String.fetchAll(db, sql: "SELECT target FROM ended_target")) }
    }

    public func stopDigests(of address: String, at instant: Instant) throws {
        try writing { db in
            try db.execute(
                sql: "INSERT INTO stopped_digest (address, at) VALUES (?, ?) ON CONFLICT (address) DO NOTHING",
                arguments: [address, instant.milliseconds])
        }
    }

    public func digestsStopped() throws -> Set<String> {
        try reading { db in try Set(String.fetchAll(db, sql: "SELECT address FROM stopped_digest")) }
    }
}

extension OutboxEntry {
    fileprivate init(_ row: Row) {
        let (leased, ended): (Int64?, Int64?) = (row["leased"], row["ended"])
        let state: String = row["state"]
        self.init(
            key: row["key"], message: row["message"], kind: row["kind"], recipient: row["recipient"],
            target: row["target"], bundle: row["bundle"], made: Instant(milliseconds: row["made"]),
            due: Instant(milliseconds: row["due"]), state: State(rawValue: state) ?? .dead,
            attempts: row["attempts"], fence: row["fence"], leasedUntil: leased.map { Instant(milliseconds: $0) },
            ended: ended.map { Instant(milliseconds: $0) }, problem: row["problem"], isRecorded: row["recorded"])
    }
}

extension OutboxError {
    fileprivate init(_ error: DatabaseError, path: String) {
        self =
            switch error.resultCode {
            case .SQLITE_FULL: .full(path)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path)
            case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: .readOnly(path)
            case .SQLITE_CORRUPT: .damaged(error.message ?? "SQLite cannot read it")
            case .SQLITE_NOTADB: .notOurs(path)
            default: .failed("\(path): \(error.message ?? "SQLite error \(error.resultCode.rawValue)")")
            }
    }
}
