internal import GRDB
public import Journal

// Checking everything that is kept.

extension SQLiteJournal {
    /// The chain and its seals, the tables' own order, people and their values, imports and rejects.
    public func verify(expecting expected: JournalHead?) throws -> Verification {
        try reading { db in
            let known: Catalog
            do {
                known = try currentCatalog(db)
            } catch JournalError.damaged(let what) {
                return Verification(
                    facts: 0, personalValues: 0, erasedPeople: 0, head: .empty,
                    damage: [Verification.Damage(sequence: 0, what: what)])
            }
            var verification = try ChainVerifier.run(db, catalog: known, expected: expected)
            // People are written before the facts that need them, so their file is read after the journal's.
            verification.damage += JournalError.found { try StructureVerifier.check(db, StructureVerifier.journal) }
            verification.damage += JournalError.found { try checkMarks(db, "import") { _ = try ImportMark($0) } }
            return try readingPeople { try verify(people: $0, journal: db, known, verification) }
        }
    }

    private func verify(
        people: Database, journal: Database, _ catalog: Catalog, _ chain: Verification
    ) throws -> Verification {
        var verification = chain
        var (values, erased) = (Int64(0), Int64(0))
        verification.damage += JournalError.found { try StructureVerifier.check(people, StructureVerifier.people) }
        verification.damage += JournalError.found { try checkMarks(people, "reject") { _ = try KeptReject($0) } }
        verification.damage += JournalError.found {
            var walk = try PeopleWalk(journal: journal, people: people, catalog: catalog)
            while let stop = try walk.next() {
                values += Int64(stop.values.count)
                erased += stop.record?.person.erased == nil ? 0 : 1
                if let what = stop.damage { throw JournalError.damaged(what) }
            }
        }
        verification.personalValues = values
        verification.erasedPeople = erased
        return verification
    }

    private func checkMarks(_ db: Database, _ table: String, _ read: (Row) throws -> Void) throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \(table)")
        while let row = try rows.next() { try read(row) }
    }
}

extension JournalError {
    /// The damage that `check` ran into, as a finding.
    fileprivate static func found(_ check: () throws -> Void) -> [Verification.Damage] {
        do {
            try translatingSQLiteErrors("the journal", check)
            return []
        } catch JournalError.damaged(let what) {
            return [Verification.Damage(sequence: 0, what: what)]
        } catch {
            return [Verification.Damage(sequence: 0, what: "it cannot be read: \(error)")]
        }
    }
}

extension PeopleWalk.Stop {
    /// What is wrong with one person's record and values; `nil` when nothing is.
    fileprivate var damage: String? {
        guard let record else {
            return firstFact.map { "person \(person) is missing, and fact \($0) needs it" }
                ?? "there are values of a person \(person), who is not there"
        }
        if record.mark != RowMark.of(record.person, destroyed: record.destroyed) {
            return "the record of person \(person) is not what was written"
        }
        guard let key = record.person.key else {
            return values.isEmpty ? nil : "there are values of person \(person), who was erased"
        }
        if values.contains(where: { (try? key.decrypt($0.encrypted, $0.commitment)) == nil }) {
            return "a value of person \(person) does not open under its key"
        }
        let kept = Set(values.map(\.commitment))
        let missing = committed.filter { !kept.contains($0.key) }.map(\.value).min()
        return missing.map { "a value of person \(person) is missing, and fact \($0) needs it" }
    }
}

/// Whether a file's tables are those this program made, and in the order SQLite needs to find rows in them.
enum StructureVerifier {
    /// The definitions that the migrations give, made once in memory.
    static let journal = Result { try definitions(JournalSchema.released.journal) }
    static let people = Result { try definitions(JournalSchema.released.people) }

    static func check(_ db: Database, _ wanted: Result<[String], any Error>) throws {
        guard try definitions(db) == wanted.get() else {
            throw JournalError.damaged("the definitions of its tables are not what they were")
        }
        // Compares every index with its table: a flipped bit in an index makes facts unfindable, not wrong.
        let findings = try String.fetchAll(db, sql: "PRAGMA integrity_check(1)")
        guard findings == ["ok"] else { throw JournalError.damaged(findings.joined(separator: "; ")) }
    }

    private static func definitions(_ migrations: DatabaseMigrator) throws -> [String] {
        let database = try DatabaseQueue()
        try migrations.migrate(database)
        return try database.read(definitions)
    }

    private static func definitions(_ db: Database) throws -> [String] {
        let definitions = try String.fetchAll(
            db, sql: "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || ifnull(sql, '') FROM sqlite_schema")
        return definitions.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
