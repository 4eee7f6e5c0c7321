internal import GRDB

/// The tables, one migration a released format. A migration that was released is never edited.
struct JournalSchema {
    var journal: DatabaseMigrator
    var people: DatabaseMigrator

    /// The forms that this program writes.
    static var released: JournalSchema { JournalSchema(journal: releasedJournal, people: releasedPeople) }

    private static var releasedJournal: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in try db.execute(sql: journalFormat1) }
        return migrator
    }

    private static var releasedPeople: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in try db.execute(sql: peopleFormat1) }
        return migrator
    }

    /// Rows outside the chain (people, imports, rejects) carry a mark of their own: see `RowMark`.
    ///
    /// A fact's key begins with its stream's number, so keys of one source and object lie together and arrive nearly in
    /// order: a unique index over random keys costs five times as much.
    private static let journalFormat1 = """
        CREATE TABLE stream (
            id INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            object TEXT NOT NULL,
            UNIQUE (source, object)
        ) STRICT;
        CREATE TABLE shape (
            id INTEGER PRIMARY KEY,
            stream INTEGER NOT NULL REFERENCES stream,
            kind INTEGER NOT NULL,
            version INTEGER NOT NULL,
            properties TEXT NOT NULL,
            UNIQUE (stream, kind, version, properties)
        ) STRICT;
        CREATE TABLE fact (
            sequence INTEGER PRIMARY KEY,
            key BLOB NOT NULL UNIQUE,
            shape INTEGER NOT NULL,
            occurred INTEGER NOT NULL,
            known INTEGER NOT NULL,
            recorded INTEGER NOT NULL,
            person INTEGER,
            mark INTEGER NOT NULL,
            body BLOB NOT NULL
        ) STRICT;
        CREATE INDEX fact_by_person ON fact (person) WHERE person IS NOT NULL;
        CREATE TABLE sealed (
            sequence INTEGER PRIMARY KEY,
            link BLOB NOT NULL
        ) STRICT;
        CREATE TABLE import (
            place INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            started_after INTEGER NOT NULL,
            done INTEGER NOT NULL,
            state BLOB NOT NULL,
            mark INTEGER NOT NULL
        ) STRICT;
        """
        + ["stream", "shape", "fact", "sealed"].map { table in
            """
            CREATE TRIGGER \(table)_is_never_updated BEFORE UPDATE ON \(table)
            BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
            CREATE TRIGGER \(table)_is_never_deleted BEFORE DELETE ON \(table)
            BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

            """
        }.joined()

    private static let peopleFormat1 = """
        CREATE TABLE person (
            id INTEGER PRIMARY KEY,
            subject TEXT NOT NULL,
            key BLOB,
            erased INTEGER,
            destroyed INTEGER NOT NULL DEFAULT 0,
            mark INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX person_by_subject ON person (subject);
        CREATE TABLE value (
            person INTEGER NOT NULL REFERENCES person,
            commitment BLOB NOT NULL,
            encrypted BLOB NOT NULL,
            PRIMARY KEY (person, commitment)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE reject (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            import_id TEXT NOT NULL,
            file TEXT NOT NULL,
            line INTEGER NOT NULL,
            column TEXT NOT NULL,
            value TEXT NOT NULL,
            code TEXT NOT NULL,
            reason TEXT NOT NULL,
            raw BLOB NOT NULL,
            settled TEXT,
            mark INTEGER NOT NULL,
            UNIQUE (import_id, file, line, column, code)
        ) STRICT;
        """
}
