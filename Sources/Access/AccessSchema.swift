internal import GRDB

/// The tables, one migration a released format. A migration that was released is never edited.
enum AccessSchema {
    static var migrations: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in try db.execute(sql: format1) }
        migrator.registerMigration("views") { db in try db.execute(sql: views) }
        migrator.registerMigration("signing keys") { db in try db.execute(sql: format2) }
        migrator.registerMigration("company accounts") { db in try db.execute(sql: accounts) }
        migrator.registerMigration("own alerts") { db in try db.execute(sql: alerts) }
        return migrator
    }

    private static let views = """
        CREATE TABLE view (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            member INTEGER NOT NULL REFERENCES member,
            name TEXT NOT NULL,
            query TEXT NOT NULL,
            made INTEGER NOT NULL,
            UNIQUE (member, name)
        ) STRICT;
        """

    private static let alerts = """
        CREATE TABLE alert (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            member INTEGER NOT NULL REFERENCES member,
            person TEXT NOT NULL,
            account TEXT NOT NULL,
            act TEXT NOT NULL,
            page TEXT NOT NULL,
            since INTEGER NOT NULL,
            is_paused INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX alert_by_member ON alert (member);
        """

    /// A member has one account of an issuer; one who came with it has an empty password, which no password fits.
    private static let accounts = """
        CREATE TABLE account (
            issuer TEXT NOT NULL,
            subject TEXT NOT NULL,
            member INTEGER NOT NULL REFERENCES member,
            bound INTEGER NOT NULL,
            PRIMARY KEY (issuer, subject),
            UNIQUE (issuer, member)
        ) STRICT;
        """

    private static let format1 = """
        CREATE TABLE secret (
            name TEXT PRIMARY KEY,
            value BLOB NOT NULL
        ) STRICT;
        CREATE TABLE member (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            email TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            role TEXT NOT NULL,
            password TEXT NOT NULL,
            joined INTEGER NOT NULL,
            left INTEGER,
            failures INTEGER NOT NULL DEFAULT 0,
            locked_until INTEGER
        ) STRICT;
        CREATE TABLE invitation (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            token BLOB NOT NULL UNIQUE,
            role TEXT NOT NULL,
            is_first INTEGER NOT NULL,
            made INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            ended INTEGER
        ) STRICT;
        CREATE TABLE session (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            token BLOB NOT NULL UNIQUE,
            member INTEGER NOT NULL REFERENCES member,
            began INTEGER NOT NULL,
            seen INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX session_by_member ON session (member);
        CREATE TABLE key (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            token BLOB NOT NULL UNIQUE,
            name TEXT NOT NULL,
            scopes TEXT NOT NULL,
            source TEXT NOT NULL,
            user_source TEXT NOT NULL,
            user_object TEXT NOT NULL,
            made INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            used INTEGER,
            revoked INTEGER
        ) STRICT;
        CREATE TABLE audit (
            sequence INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            deed TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL,
            link BLOB NOT NULL
        ) STRICT;
        CREATE TRIGGER audit_is_never_updated BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
        CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
        """

    private static let format2 = """
        CREATE TABLE signing_key (
            member INTEGER PRIMARY KEY REFERENCES member,
            verifying TEXT NOT NULL,
            salt BLOB NOT NULL,
            sealed BLOB NOT NULL,
            made INTEGER NOT NULL
        ) STRICT;
        """
}
