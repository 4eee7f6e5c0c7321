internal import GRDB
internal import Journal
internal import SQLiteFiles

/// Runs `body` and turns what SQLite says into what a person can act on.
func translatingSQLiteErrors<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let error as DatabaseError {
        throw JournalError(error, path: path)
    } catch let fault as SQLiteFileFault {
        switch fault {
        case .damaged(let what): throw JournalError.damaged(what)
        case .cannotWrite(let path): throw JournalError.readOnly(path)
        }
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

extension Row {
    /// A column's value. Throws `damaged` where it is missing or of another type: GRDB's subscript would stop the program.
    func read<Value: DatabaseValueConvertible>(_ column: String, _ type: Value.Type = Value.self) throws -> Value {
        do {
            return try decode(type, forColumn: column)
        } catch {
            throw JournalError.damaged("a row has no usable “\(column)”")
        }
    }
}
