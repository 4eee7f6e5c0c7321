internal import GRDB

/// The tables, one migration a released format. A migration that was released is never edited.
enum OutboxSchema {
    static var migrations: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in try db.execute(sql: format1) }
        return migrator
    }

    private static let format1 = """
        CREATE TABLE entry (
            key TEXT PRIMARY KEY,
            message TEXT NOT NULL,
            kind TEXT NOT NULL,
            recipient TEXT NOT NULL,
            target TEXT NOT NULL,
            bundle TEXT NOT NULL,
            sending TEXT NOT NULL,
            made INTEGER NOT NULL,
            due INTEGER NOT NULL,
            state TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            fence INTEGER NOT NULL,
            leased INTEGER,
            ended INTEGER,
            problem TEXT NOT NULL,
            recorded INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX entry_open ON entry (due, key) WHERE state IN ('waiting', 'claimed');
        CREATE INDEX entry_unrecorded ON entry (key) WHERE state = 'sent' AND recorded = 0;
        CREATE INDEX entry_by_state ON entry (state, made, key);
        CREATE INDEX entry_by_sending ON entry (sending);
        CREATE TABLE fence (last INTEGER NOT NULL) STRICT;
        INSERT INTO fence VALUES (0);
        CREATE TABLE ended_target (target TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
        CREATE TABLE stopped_digest (address TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
        """
}
