import Crypto
import Journal
import JournalContract
import Testing
import Vocabulary

struct ChainTests {
    /// The formula of Chain.swift, written out.
    @Test func aLinkIsTheDigestOfAllThatItCovers() throws {
        let journal = MemoryJournal(makeKey: KeySource().draw)
        try journal.append(Example.contact("7", at: 1, country: "DE", email: "ann@a.example"))
        try journal.append(Example.click("ä"))
        var link = [UInt8](repeating: 0, count: 32)
        for fact in try journal.stored(after: 0, limit: 2) {
            let properties = fact.shape.properties.joined(separator: "\u{1F}")
            let shape =
                "\(fact.shape.source)\u{1F}\(fact.shape.object)\u{1F}\(fact.shape.kind.rawValue)\u{1F}1\u{1F}\(properties)"
            var bytes = link + Array(SHA256.hash(data: Array(shape.utf8)))
            for number in [
                fact.occurred.milliseconds, fact.known.milliseconds, fact.recorded.milliseconds, fact.person ?? 0,
            ] {
                bytes += (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
            }
            bytes += Array(fact.id.utf8) + [0x1F] + Array(fact.aspect.utf8) + [0x1F] + fact.body
            link = Array(SHA256.hash(data: bytes))
        }
        #expect(try journal.head().link == link)
    }
}

struct SealingTests {
    @Test func aValueOpensOnlyUnderItsKeyAndCommitment() throws {
        let keys = KeySource()
        let (key, other) = (keys.draw(), keys.draw())
        let value = Array("ann@acme.example".utf8)
        let commitment = Commitment(to: value, under: key)
        let encrypted = try key.encrypt(value, commitment)
        #expect(try key.decrypt(encrypted, commitment) == "ann@acme.example")
        #expect(throws: (any Error).self) { try other.decrypt(encrypted, commitment) }
        #expect(throws: (any Error).self) { try key.decrypt(Array(encrypted.dropLast()), commitment) }
        #expect(throws: (any Error).self) { try key.decrypt([], commitment) }
        for place in 0..<16 {
            var bytes = commitment.bytes
            bytes[place] ^= 1
            #expect(throws: (any Error).self) { try key.decrypt(encrypted, Commitment(bytes: bytes)) }
        }
        #expect(Commitment(to: value, under: other) != commitment)
        #expect(Commitment(text: commitment.text) == commitment)
    }

    @Test(arguments: [
        ("email:ann@acme.example", "email#"), ("record:crm/contact/7", "record:crm/contact/7"),
        ("domain:acme.example", "domain:acme.example"), ("phone:+49 30", "phone#"),
    ])
    func aSubjectNamesNobody(_ identifier: String, _ subject: String) throws {
        let text = Subject(of: try #require(Identifier(text: identifier))).text
        #expect(text.hasPrefix(subject))
        #expect(!text.contains("ann@") && !text.contains("+49"))
    }
}
