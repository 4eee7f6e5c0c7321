internal import Foundation
public import GRDB

/// Why a file in use was not given another form, or could not be copied. Whoever keeps the file says it in their own words.
public enum SQLiteFileFault: Error, Equatable, Sendable {
    case damaged(String)
    case cannotWrite(String)
}

extension DatabasePool {
    /// Gives the file its present form. One in use is checked before, and a copy of it is kept beside it, the way back:
    /// `journal.sqlite.format-1` for a file to which one migration was applied.
    public func migrateGuarded(by migrations: DatabaseMigrator) throws {
        // Of a file that has it, nothing is written: another process may be writing.
        guard try read({ try !migrations.hasCompletedMigrations($0) }) else { return }
        let applied = try read { try migrations.appliedIdentifiers($0).count }
        if applied > 0 {
            try checkIntegrity()
            try keepCopy(at: path + ".format-\(applied)")
        }
        try migrations.migrate(self)
    }

    /// Moves what stands in the log into the file itself, where nobody else is at it: whoever is will do so.
    public func tidyLog() throws {
        do {
            _ = try writeWithoutTransaction { try $0.checkpoint(.truncate) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        }
    }

    private func checkIntegrity() throws {
        let verdict = try read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } ?? "nothing"
        guard verdict == "ok" else { throw SQLiteFileFault.damaged("\(path): \(verdict)") }
    }

    /// Copies the file in one step from one snapshot, while others go on reading and writing. The copy is for its owner alone,
    /// and appears whole or not at all.
    public func keepCopy(at copy: String) throws {
        let partial = copy + ".partial"
        try? FileManager.default.removeItem(atPath: partial)
        guard FileManager.default.createFile(atPath: partial, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw SQLiteFileFault.cannotWrite(copy) }
        let file = try DatabaseQueue(path: partial)
        try backup(to: file, pagesPerStep: -1)
        try file.close()
        guard rename(partial, copy) == 0 else { throw SQLiteFileFault.cannotWrite(copy) }
    }
}
