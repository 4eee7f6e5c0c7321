import Journal
import JournalContract
import StoreSQLite
import Testing

struct SQLiteJournalTests {
    @Test(arguments: JournalContract.promises)
    func keeps(_ promise: Promise) throws {
        let folders = TemporaryFolder()
        try promise.keep { try SQLiteJournal(path: folders.new(), makeKey: KeySource().draw) }
    }
}
