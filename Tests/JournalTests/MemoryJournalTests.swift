import Journal
import JournalContract
import Testing

struct MemoryJournalTests {
    @Test(arguments: JournalContract.promises)
    func keeps(_ promise: Promise) throws {
        try promise.keep { MemoryJournal(makeKey: KeySource().draw) }
    }
}
