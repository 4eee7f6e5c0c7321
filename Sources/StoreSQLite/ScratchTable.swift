internal import GRDBSQLite
internal import Journal

/// A table of byte strings with a count each, in a temporary file of SQLite's own: it holds what must be remembered about
/// the rows of a file without memory growing with the file. Deleted when closed, by the system if need be.
public final class ScratchTable {
    private var database: OpaquePointer?
    private var upsert: OpaquePointer?

    /// Throws when the disk for temporary files cannot be used.
    public init() throws {
        // An empty name is SQLite's for a temporary file that it deletes itself.
        guard sqlite3_open("", &database) == SQLITE_OK else {
            throw JournalError.failed("no temporary file can be made")
        }
        for sql in [
            "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -32768",
            "CREATE TABLE seen (bytes BLOB PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID", "BEGIN",
        ] {
            try run(sqlite3_exec(database, sql, nil, nil, nil), done: SQLITE_OK)
        }
        let sql = """
            INSERT INTO seen (bytes, times) VALUES (?1, 1)
            ON CONFLICT (bytes) DO UPDATE SET times = times + 1 RETURNING times
            """
        try run(sqlite3_prepare_v2(database, sql, -1, &upsert, nil), done: SQLITE_OK)
    }

    deinit {
        sqlite3_finalize(upsert)
        sqlite3_close(database)
    }

    /// How often these bytes were added before.
    @discardableResult
    public func add(_ bytes: [UInt8]) throws -> Int {
        defer { sqlite3_reset(upsert) }
        return try bytes.withUnsafeBufferPointer { buffer in
            sqlite3_bind_blob(upsert, 1, buffer.baseAddress, Int32(buffer.count), nil)
            try run(sqlite3_step(upsert), done: SQLITE_ROW)
            return Int(sqlite3_column_int64(upsert, 0)) - 1
        }
    }

    public func count() throws -> Int {
        var count = 0
        try each("SELECT count(*) FROM seen") { row in
            count = Int(sqlite3_column_int64(row, 0))
            return false
        }
        return count
    }

    public func contains(_ bytes: [UInt8]) throws -> Bool {
        var select: OpaquePointer?
        defer { sqlite3_finalize(select) }
        try run(sqlite3_prepare_v2(database, "SELECT 1 FROM seen WHERE bytes = ?1", -1, &select, nil), done: SQLITE_OK)
        return try bytes.withUnsafeBufferPointer { buffer in
            sqlite3_bind_blob(select, 1, buffer.baseAddress, Int32(buffer.count), nil)
            let result = sqlite3_step(select)
            guard result != SQLITE_DONE else { return false }
            try run(result, done: SQLITE_ROW)
            return true
        }
    }

    /// Every byte string once, in order.
    public func inOrder(_ body: ([UInt8]) throws -> Void) throws {
        try each("SELECT bytes FROM seen ORDER BY bytes") { row in
            let base = sqlite3_column_blob(row, 0)?.assumingMemoryBound(to: UInt8.self)
            try body(Array(UnsafeBufferPointer(start: base, count: Int(sqlite3_column_bytes(row, 0)))))
            return true
        }
    }

    private func each(_ sql: String, _ body: (OpaquePointer?) throws -> Bool) throws {
        var select: OpaquePointer?
        defer { sqlite3_finalize(select) }
        try run(sqlite3_prepare_v2(database, sql, -1, &select, nil), done: SQLITE_OK)
        while true {
            let result = sqlite3_step(select)
            if result == SQLITE_DONE { return }
            try run(result, done: SQLITE_ROW)
            guard try body(select) else { return }
        }
    }

    private func run(_ result: Int32, done: Int32) throws {
        guard result == done else {
            let message = String(cString: sqlite3_errmsg(database))
            throw result & 0xFF == SQLITE_FULL ? JournalError.full("the disk for temporary files") : .failed(message)
        }
    }
}
