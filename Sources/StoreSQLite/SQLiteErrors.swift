internal import GRDB
internal import Journal

/// Runs `body` and turns what SQLite says into what a person can act on.
func translatingSQLiteErrors<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let error as DatabaseError {
        throw JournalError(error, path: path)
    }
}

extension JournalError {
    init(_ error: DatabaseError, path: String) {
        self =
            switch error.resultCode {
            case .SQLITE_FULL: .full(path)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path)
            case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: .readOnly(path)
            case .SQLITE_CORRUPT: .damaged(error.message ?? "SQLite cannot read it")
            case .SQLITE_NOTADB: .notAJournal(path)
            default: .failed("\(path): \(error.message ?? "SQLite error \(error.resultCode.rawValue)")")
            }
    }
}
