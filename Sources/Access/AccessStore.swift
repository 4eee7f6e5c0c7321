internal import Foundation
internal import GRDB
internal import SQLiteFiles
internal import Synchronization
internal import Vocabulary

//  Who may come in, on disk: access.sqlite beside the journal
//
//      member       people, with hashed passwords        session   digests of what is in their cookies
//      invitation   digests of links                     key       digests of API keys, what each may do
//      audit        every change of these, chained       secret    what cookies are signed with
//
//  No token is kept, only its SHA-256: whoever reads the file can sign in as nobody. Every change and its audit entry are one
//  transaction.

/// Who may come in.
public final class AccessStore: Sendable {
    public let path: String
    let database: DatabasePool
    let signingKey: [UInt8]
    private let isClosed = Mutex(false)

    public static let file = "access.sqlite"
    /// "ILA1": tells our file from other SQLite files.
    private static let applicationID = 0x494C_4131

    /// Opens the file in a folder, making it when it is not there. Calls block, as all calls of the store do.
    public convenience init(folder: String) throws {
        try self.init(folder: folder, migrations: AccessSchema.migrations)
    }

    init(folder: String, migrations: DatabaseMigrator) throws {
        path = folder + "/" + AccessStore.file
        let path = path
        database = try AccessStore.translatingErrors(path) { try AccessStore.open(path, migrations) }
        signingKey = try AccessStore.translatingErrors(path) { [database] in
            try database.write { try AccessStore.secret("cookies", in: $0) }
        }
    }

    public static func exists(in folder: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/" + file)
    }

    /// Moves what stands in the log into the file itself, and closes it; the store must not be used afterwards. Closing it
    /// again does nothing.
    public func close() throws {
        let isFirst = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return !isClosed
        }
        guard isFirst else { return }
        try AccessStore.translatingErrors(path) {
            try database.tidyLog()
            try database.close()
        }
    }

    // MARK: Opening

    private static func open(_ path: String, _ migrations: DatabaseMigrator) throws -> DatabasePool {
        if !FileManager.default.fileExists(atPath: path) {
            guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw AccessError.readOnly(path) }
        }
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 4
        let pool = try DatabasePool(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { db in
            // GRDB sets NORMAL when it turns WAL on, after prepareDatabase has run; FULL must come after that.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try check(db, path, migrations)
        }
        try pool.migrateGuarded(by: migrations)
        return pool
    }

    /// A file that is not ours, or is from a newer program, is left alone.
    private static func check(_ db: Database, _ path: String, _ migrations: DatabaseMigrator) throws {
        let found = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        if found == 0, tables == 0 {
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        } else if found != applicationID {
            throw AccessError.notOurs(path)
        }
        if try migrations.hasBeenSuperseded(db) { throw AccessError.newer(path) }
    }

    /// Copies everything into an empty file while others go on reading and writing.
    public func copy(to path: String) throws {
        try AccessStore.translatingErrors(path) { try database.keepCopy(at: path) }
    }

    /// A secret of this company's server, drawn once.
    private static func secret(_ name: String, in db: Database) throws -> [UInt8] {
        if let known = try Data.fetchOne(db, sql: "SELECT value FROM secret WHERE name = ?", arguments: [name]) {
            return Array(known)
        }
        let drawn = Token.draw().bytes
        try db.execute(sql: "INSERT INTO secret (name, value) VALUES (?, ?)", arguments: [name, Data(drawn)])
        return drawn
    }

    // MARK: Reading and writing

    func reading<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try AccessStore.translatingErrors(path) { try database.read(body) }
    }

    func writing<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try AccessStore.translatingErrors(path) { try database.write(body) }
    }

    private static func translatingErrors<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw AccessError(error, path: path)
        } catch let fault as SQLiteFileFault {
            switch fault {
            case .damaged(let what): throw AccessError.damaged(what)
            case .cannotWrite(let path): throw AccessError.readOnly(path)
            }
        }
    }
}

/// What can go wrong with who may come in. `remedy` tells a person what to do.
public enum AccessError: Error, Equatable, Sendable {
    case full(String)
    case busy(String)
    case readOnly(String)
    case damaged(String)
    case newer(String)
    case notOurs(String)
    case failed(String)

    public var sentence: String {
        switch self {
        case .full(let path): "the disk is full: \(path) could not grow, and nothing was kept"
        case .busy(let path): "another process is writing to \(path)"
        case .readOnly(let path): "\(path) cannot be written"
        case .damaged(let what): "the store of who may come in is damaged: \(what)"
        case .newer(let path): "\(path) was written by a newer program"
        case .notOurs(let path): "\(path) is no store of Interlock"
        case .failed(let what): what
        }
    }

    public var remedy: String {
        switch self {
        case .full: "Free some space and try again."
        case .busy: "Wait for it to finish, and try again."
        case .readOnly: "Check who owns the folder and whether it is mounted for writing."
        case .damaged: "Restore it from a backup: `interlock backup` makes them."
        case .newer:
            "Use that program, or go back to the copy that it made before, as docs/server.md says."
        case .notOurs: "Name the folder that `--journal` named when it was made."
        case .failed: "Try again."
        }
    }
}

extension AccessError {
    init(_ error: DatabaseError, path: String) {
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
