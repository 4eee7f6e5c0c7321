import Identity
import Journal
import Testing
import Vocabulary

@testable import Engine

/// A history written as columns and read back.
@Suite struct HistoryColumnsTests {
    private let head = JournalHead(text: "8:" + String(repeating: "ab", count: 32))

    private func example() -> Engine.History {
        history([
            fact(
                "observed 1 @100 known @900 person record:crm/contact/1 email:ann@acme.example country=DE revenue=12.5"),
            fact("activity e2 @200 named page person anonymous:web/v1 path=/pricing"),
            fact("identified 7 @160 person record:crm/contact/1 anonymous:web/v1"),
            fact("deal opened 6 @150 account record:crm/account/9 amount=90000EUR"),
            fact("observed 9 @90 account record:crm/account/9 domain:www.acme.example tags=[a,b]", object: "account"),
            fact("company 1 @10 named absence by email:rep@ours.example reason=leave", object: "absence"),
            fact("measure 1 @20 named visitors amount=120", object: "visitors"),
        ])
    }

    @Test func whatIsReadBackIsTheSame() throws {
        let (before, head) = (example(), try #require(head))
        let bytes = before.columns(of: head)
        let after = try #require(bytes.withUnsafeBytes { Engine.History(columns: $0, of: head) })
        #expect(after.everything == before.everything)
        #expect(after.lines == before.lines)
        #expect(after.apart == before.apart && before.apart.map(\.fact.name) == ["visitors"])
        #expect(after.columns(of: head) == bytes)
    }

    /// Old texts are found by their order, new ones by their hash.
    @Test func textsAreFoundAndTakenInAfterwards() throws {
        let (before, head) = (example(), try #require(head))
        var after = try #require(before.columns(of: head).withUnsafeBytes { Engine.History(columns: $0, of: head) })
        for text in before.texts.all { #expect(after.texts.number(of: text) == before.texts.number(of: text)) }
        let new = after.intern("nobody said this")
        #expect(Int(new) == before.texts.count)
        #expect(after.intern("nobody said this") == new)
        #expect(after.texts[new] == "nobody said this")
    }

    @Test func ofAnotherJournalItIsRefused() throws {
        let bytes = example().columns(of: try #require(head))
        let other = try #require(JournalHead(text: "9:" + String(repeating: "ab", count: 32)))
        let read = bytes.withUnsafeBytes { Engine.History(columns: $0, of: other) }
        #expect(read == nil)
    }

    /// Cut anywhere, it is refused; with any byte turned, it is refused or read as something that can be walked through.
    @Test func damageIsRefusedOrHarmless() throws {
        let head = try #require(head)
        let bytes = example().columns(of: head)
        for length in 0..<bytes.count {
            let isRead = bytes.prefix(length).withUnsafeBytes { Engine.History(columns: $0, of: head) } != nil
            #expect(!isRead, "cut at \(length)")
        }
        var refused = 0
        for place in bytes.indices {
            var damaged = bytes
            damaged[place] ^= 0x80
            let read = damaged.withUnsafeBytes { Engine.History(columns: $0, of: head) }
            if let read { _ = read.lines } else { refused += 1 }
        }
        #expect(refused > bytes.count / 4)
    }
}

@Suite struct PackedNumbersTests {
    @Test(arguments: [0, 1, -1, 63, 64, -64, -65, 8191, 86_400_000, -62_135_596_800_000, .max, .min] as [Int64])
    func eachIsReadAsItWasWritten(number: Int64) {
        var packed = PackedNumbers(room: 0)
        packed.append(signed: number)
        packed.append(UInt64(bitPattern: number))
        packed.bytes.withUnsafeBufferPointer { bytes in
            var reader = PackedReader(bytes)
            #expect(reader.nextSigned() == number && reader.next() == UInt64(bitPattern: number) && reader.isAtEnd)
            #expect(reader.next() == nil)
        }
    }

    @Test(arguments: [[], [0x80], [0xFF, 0xFF], Array(repeating: 0x80, count: 12) + [0]] as [[UInt8]])
    func whatEndsTooEarlyOrNeverIsRefused(bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { bytes in
            var reader = PackedReader(bytes)
            #expect(reader.next() == nil)
        }
    }

    @Test(arguments: [(0, 1), (127, 1), (128, 2), (16_383, 2), (16_384, 3)] as [(UInt64, Int)])
    func smallOnesAreShort(number: UInt64, length: Int) {
        var packed = PackedNumbers(room: 0)
        packed.append(number)
        #expect(packed.bytes.count == length)
    }
}
