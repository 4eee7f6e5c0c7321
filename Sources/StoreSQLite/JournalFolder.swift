//  A journal on disk: a folder with two SQLite files, one writer each
//
//      journal.sqlite   facts, append-only by trigger; durability FULL: what was acknowledged survives a power cut
//      people.sqlite    personal values, each person's under a key of their own; rejected rows; secure delete
//
//  People are committed before the facts that need them. A crash in between leaves values nobody refers to, which the
//  same import run again takes up and `sweep` removes; never a fact whose values are missing.

internal import Foundation
internal import GRDB
internal import Journal
internal import SQLiteFiles

/// Opens both files of a journal folder.
struct JournalFolder {
    let journal: DatabasePool
    let people: DatabasePool

    static let journalFile = "journal.sqlite"
    static let peopleFile = "people.sqlite"
    /// "ILJ1" and "ILP1": tells our files from other SQLite files.
    static let journalID = 0x494C_4A31
    static let peopleID = 0x494C_5031

    static func exists(at path: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "/" + journalFile)
    }

    init(path: String, busyTimeout: Double, schema: JournalSchema = .released) throws {
        try JournalFolder.create(path)
        journal = try JournalFolder.open(
            path + "/" + JournalFolder.journalFile, id: JournalFolder.journalID, busyTimeout: busyTimeout,
            migrations: schema.journal)
        people = try JournalFolder.open(
            path + "/" + JournalFolder.peopleFile, id: JournalFolder.peopleID, busyTimeout: busyTimeout,
            migrations: schema.people)
        try people.writeWithoutTransaction { try $0.execute(sql: "PRAGMA secure_delete = ON") }
    }

    /// Makes the folder and empty files in it, for their owner alone: whoever can read them can read the people in them.
    /// SQLite gives the logs beside them the same rights.
    private static func create(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw JournalError.readOnly(path)
        }
        for file in [journalFile, peopleFile] {
            let file = path + "/" + file
            guard !FileManager.default.fileExists(atPath: file) else { continue }
            guard FileManager.default.createFile(atPath: file, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw JournalError.readOnly(file) }
        }
    }

    private static func open(
        _ path: String, id: Int, busyTimeout: Double, migrations: DatabaseMigrator
    ) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busyTimeout)
        configuration.maximumReaderCount = 4
        // Takes effect only in a file that is still empty.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA page_size = \(pageSize)") }
        let pool = try DatabasePool(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { db in
            // GRDB sets NORMAL when it turns WAL on, after prepareDatabase has run; FULL must come after that.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            // 64 MiB: a million keys stay in memory while the index grows.
            try db.execute(sql: "PRAGMA cache_size = -65536")
            // 32 MiB of log before it is moved into the file: a page that many groups touch is moved once.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 4096")
            try check(db, path: path, id: id, migrations: migrations)
        }
        try pool.migrateGuarded(by: migrations)
        return pool
    }

    private static let pageSize = 8192

    /// A file that is not ours, or is from a newer program, is left alone.
    private static func check(_ db: Database, path: String, id: Int, migrations: DatabaseMigrator) throws {
        let found = try Int.fetchOne(db, sql: "PRAGMA application_id")!
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema")!
        if found == 0, tables == 0 {
            try db.execute(sql: "PRAGMA application_id = \(id)")
        } else if found != id {
            throw JournalError.notAJournal(path)
        }
        if try migrations.hasBeenSuperseded(db) {
            let applied = try migrations.appliedIdentifiers(db).count
            throw JournalError.newer(found: applied, understood: migrations.migrations.count)
        }
    }
}
