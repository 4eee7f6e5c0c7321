internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import Journal

/// A table of what was derived from the journal, with its rows.
public struct DerivedTable: Sendable {
    public enum Kind: String, Sendable {
        case text = "TEXT"
        case integer = "INTEGER"
    }

    public enum Value: Sendable {
        case null
        case integer(Int64)
        case text(String)
    }

    public let name: String
    public let columns: [(name: String, kind: Kind)]
    public let rows: [[Value]]
    /// The columns by which rows are looked up one by one; empty: they are read whole.
    public let lookedUpBy: [String]

    public init(
        name: String, columns: [(name: String, kind: Kind)], rows: [[Value]], lookedUpBy: [String] = []
    ) {
        (self.name, self.columns, self.rows, self.lookedUpBy) = (name, columns, rows, lookedUpBy)
    }
}

/// The derived store: a SQLite file beside the journal that can be deleted and made again at any time. It has names of people in
/// it, so it is for its owner alone, as the journal is.
public enum DerivedStore {
    public static let fileName = "derived.sqlite"
    /// "ILD1": tells our files from other SQLite files.
    static let applicationID = 0x494C_4431

    /// Puts the tables in the place of what the file held before, whole or not at all: who reads it meanwhile reads the old.
    ///
    /// Throws `JournalError` where a file of that name is not ours, or cannot be written.
    public static func write(_ tables: [DerivedTable], to path: String) throws {
        try checkOurs(path)
        let partial = path + ".partial-\(getpid())"
        defer { for ending in ["", "-wal", "-shm", "-journal"] { unlink(partial + ending) } }
        guard FileManager.default.createFile(atPath: partial, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw JournalError.readOnly(path) }
        do {
            try fill(partial, tables)
        } catch {
            throw JournalError.failed("\(path) cannot be written: \(error)")
        }
        guard rename(partial, path) == 0 else { throw JournalError.readOnly(path) }
    }

    private static func checkOurs(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        let queue = try? DatabaseQueue(path: path, configuration: readOnly)
        let id = try? queue?.read { try Int.fetchOne($0, sql: "PRAGMA application_id") }
        guard id == applicationID else {
            throw JournalError.failed("\(path) is no derived store, and is not overwritten")
        }
    }

    private static var readOnly: Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        return configuration
    }

    private static func fill(_ path: String, _ tables: [DerivedTable]) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            for table in tables {
                let columns = table.columns.map { "\($0.name) \($0.kind.rawValue)" }.joined(separator: ", ")
                try database.execute(sql: "CREATE TABLE \(table.name) (\(columns)) STRICT")
                let marks = Array(repeating: "?", count: table.columns.count).joined(separator: ", ")
                let insert = try database.makeStatement(sql: "INSERT INTO \(table.name) VALUES (\(marks))")
                for row in table.rows {
                    try insert.execute(arguments: StatementArguments(row.map(\.databaseValue)))
                }
                if !table.lookedUpBy.isEmpty {
                    let keys = table.lookedUpBy.joined(separator: ", ")
                    try database.execute(sql: "CREATE INDEX \(table.name)_key ON \(table.name) (\(keys))")
                }
            }
        }
        try queue.close()
    }
}

extension DerivedTable.Value {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let integer): integer.databaseValue
        case .text(let text): text.databaseValue
        }
    }
}
