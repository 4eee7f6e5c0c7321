internal import GRDB
internal import GRDBSQLite

/// A prepared statement bound and stepped by hand: about half the cost of going through values, which is what one fact
/// in a million pays for. GRDB still owns it, its transaction and its errors.
struct RawStatement {
    private let statement: Statement
    private let pointer: OpaquePointer
    private let database: Database

    init(_ database: Database, _ sql: String) throws {
        let cached = try database.cachedStatement(sql: sql)
        // A caller may ask again from within a loop over the same question: each then steps a statement of its own.
        let isInUse = sqlite3_stmt_busy(cached.sqliteStatement) != 0
        statement = isInUse ? try database.makeStatement(sql: sql) : cached
        pointer = statement.sqliteStatement
        self.database = database
    }

    func bind(_ index: Int32, _ value: Int64) {
        sqlite3_bind_int64(pointer, index, value)
    }

    func bindNull(_ index: Int32) {
        sqlite3_bind_null(pointer, index)
    }

    /// The bytes must stay where they are until `reset`.
    func bind(_ index: Int32, blob: UnsafeBufferPointer<UInt8>) {
        if let base = blob.baseAddress, !blob.isEmpty {
            sqlite3_bind_blob(pointer, index, base, Int32(blob.count), nil)
        } else {
            sqlite3_bind_zeroblob(pointer, index, 0)
        }
    }

    /// The bytes are copied.
    func bind(_ index: Int32, copying bytes: [UInt8]) {
        // SQLITE_TRANSIENT, a macro that Swift does not see: SQLite copies before the call returns.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        _ = bytes.withUnsafeBufferPointer {
            sqlite3_bind_blob(pointer, index, $0.baseAddress, Int32($0.count), transient)
        }
    }

    /// The text is copied.
    func bind(_ index: Int32, copying text: String) {
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        var text = text
        _ = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text(pointer, index, $0.baseAddress, Int32($0.count), transient)
            }
        }
    }

    /// Whether there is a row. Throws what SQLite says.
    func step() throws -> Bool {
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let code = ResultCode(rawValue: sqlite3_extended_errcode(database.sqliteConnection))
            let message = String(cString: sqlite3_errmsg(database.sqliteConnection))
            sqlite3_reset(pointer)
            throw DatabaseError(resultCode: code, message: message)
        }
    }

    /// Whether the last step of a statement that writes changed a row.
    var didChange: Bool { sqlite3_changes(database.sqliteConnection) > 0 }

    /// The number of the row that the connection added last.
    var lastRow: Int64 { sqlite3_last_insert_rowid(database.sqliteConnection) }

    func reset() {
        sqlite3_reset(pointer)
    }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(pointer, column) }
    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(pointer, column) == SQLITE_NULL }

    /// Valid until the next step or reset.
    func blob(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
        let base = sqlite3_column_blob(pointer, column)?.assumingMemoryBound(to: UInt8.self)
        return UnsafeBufferPointer(start: base, count: Int(sqlite3_column_bytes(pointer, column)))
    }
}
