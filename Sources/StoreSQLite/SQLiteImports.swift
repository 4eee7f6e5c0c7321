internal import Foundation
internal import GRDB
public import Journal

// Where imports stand, and the rows that wait to be mended.

extension SQLiteJournal {
    public func importMark(_ id: String) throws -> ImportMark? {
        try reading { db in
            try Row.fetchOne(db, sql: "SELECT * FROM import WHERE id = ?", arguments: [id]).map { try ImportMark($0) }
        }
    }

    public func importMarks() throws -> [ImportMark] {
        try reading { try Row.fetchAll($0, sql: "SELECT * FROM import ORDER BY place").map { try ImportMark($0) } }
    }

    func keep(_ mark: ImportMark, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO import (id, started_after, done, state, mark) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (id) DO UPDATE SET started_after = ?2, done = ?3, state = ?4, mark = ?5
                """,
            arguments: [mark.id, mark.startedAfter, mark.done, Data(mark.state), RowMark.of(mark)])
    }

    func keep(_ reject: Reject, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO reject (import_id, file, line, column, value, code, reason, raw, mark)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                reject.importID, reject.file, reject.line, reject.column, reject.value, reject.code, reject.reason,
                Data(reject.raw), RowMark.of(reject, settled: nil),
            ])
    }

    public func rejects(ofImport id: String?, after reject: Int64, limit: Int) throws -> [KeptReject] {
        try readingPeople { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM reject WHERE settled IS NULL AND number > ?1 AND (?2 IS NULL OR import_id = ?2)
                    ORDER BY number LIMIT ?3
                    """, arguments: [reject, id, limit]
            ).map { try KeptReject($0) }
        }
    }

    public func settle(_ rejects: [Int64], as settlement: String) throws {
        try writingPeople { db in
            for number in rejects {
                guard let row = try Row.fetchOne(db, sql: "SELECT * FROM reject WHERE number = ?", arguments: [number])
                else { continue }
                let settled = try KeptReject(row).reject.withoutContent
                try db.execute(
                    sql: "UPDATE reject SET value = '', raw = x'', settled = ?, mark = ? WHERE number = ?",
                    arguments: [settlement, RowMark.of(settled, settled: settlement), number])
            }
        }
    }
}

extension ImportMark {
    /// From a row of `import`. Throws `damaged` when it is not what was written.
    init(_ row: Row) throws {
        self.init(
            id: try row.read("id"), startedAfter: try row.read("started_after"), done: try row.read("done"),
            state: Array(try row.read("state", Data.self)))
        guard try row.read("mark") == RowMark.of(self) else { throw JournalError.damaged("the place of import \(id)") }
    }
}

extension KeptReject {
    /// From a row of `reject`. Throws `damaged` when it is not what was written.
    init(_ row: Row) throws {
        self.init(
            number: try row.read("number"),
            reject: Reject(
                importID: try row.read("import_id"), file: try row.read("file"), line: try row.read("line"),
                column: try row.read("column"),
                value: try row.read("value"), code: try row.read("code"), reason: try row.read("reason"),
                raw: Array(try row.read("raw", Data.self))))
        guard try row.read("mark") == RowMark.of(reject, settled: try row.read("settled")) else {
            throw JournalError.damaged("rejected row \(number)")
        }
    }
}
