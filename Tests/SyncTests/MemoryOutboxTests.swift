import OutboxContract
import Sync
import Testing
import Vocabulary

@Suite struct MemoryOutboxTests {
    @Test(arguments: OutboxContract.promises)
    func keeps(_ promise: OutboxContract.Promise) throws { try promise.isKept(MemoryOutbox()) }
}

@Suite struct DelayTests {
    @Test func delaysGrowAndEnd() throws {
        let delays = (1..<Delays.most).compactMap { Delays.after(attempts: $0, key: "a") }
        #expect(delays.count == Delays.most - 1)
        #expect(delays == delays.sorted())
        #expect(Delays.after(attempts: Delays.most, key: "a") == nil)
        #expect(Delays.after(attempts: 0, key: "a") == nil)
    }

    @Test func theSameKeyWaitsTheSameAndOthersDoNot() {
        let delays = (0..<200).map { Delays.after(attempts: 2, key: "\($0)") ?? .zero }
        #expect(delays == (0..<200).map { Delays.after(attempts: 2, key: "\($0)") ?? .zero })
        #expect(Set(delays).count > 100)
        // Five minutes, give or take a tenth.
        #expect(delays.allSatisfy { $0 >= .seconds(270) && $0 <= .seconds(330) })
    }

    @Test func whoAsksForMoreTimeGetsIt() {
        #expect(Delays.after(attempts: 1, key: "a", atLeast: .hours(3)) == .hours(3))
        #expect(Delays.after(attempts: 6, key: "a", atLeast: .seconds(1)).map { $0 > .hours(8) } == true)
    }
}
