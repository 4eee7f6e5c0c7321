internal import Foundation
internal import GRDB
public import Journal
internal import SQLiteFiles

extension SQLiteJournal {
    /// Copies the journal into an empty folder while others go on reading and writing, and gives the head of the copy.
    ///
    /// The facts first, then the people: values are committed before the facts that need them, so the copy has a value for
    /// every fact. Each file is copied in one step from one snapshot; in small steps, each begun anew after every write of
    /// somebody else, a copy under load would never be done.
    public func copy(to folder: String) throws -> JournalHead {
        try translatingSQLiteErrors(folder) {
            for (pool, name) in [
                (self.folder.journal, JournalFolder.journalFile), (self.folder.people, JournalFolder.peopleFile),
            ] {
                try SQLiteJournal.copy(pool, to: folder + "/" + name)
            }
            return try SQLiteJournal.headOfCopy(folder + "/" + JournalFolder.journalFile)
        }
    }

    private static func copy(_ pool: DatabasePool, to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { throw JournalError.readOnly(path) }
        try pool.keepCopy(at: path)
    }

    private static func headOfCopy(_ path: String) throws -> JournalHead {
        let copy = try DatabaseQueue(path: path)
        defer { try? copy.close() }
        return try copy.read { try head($0) }
    }
}
