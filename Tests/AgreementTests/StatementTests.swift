import Journal
import Testing
import Vocabulary

@testable import Agreement

/// What exactly is signed, and what becomes of one that was changed.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct StatementTests {
    private static let maria = NamedPerson("maria@n.example")
    private static let key = SigningDesk.key("maria", 0)
    private static let at = Instant(milliseconds: 1_769_594_400_000)

    private static let contents: [Statement.Content] = [
        .registers(key.verifying), .vouches(for: NamedPerson("carlos@n.example"), key.verifying, number: 4),
        .vouches(for: NamedPerson("carlos@n.example"), key.verifying, number: 5),
        .signs(digest: "ab12", side: .marketing, onBehalfOf: nil),
        .signs(digest: "ab12", side: .sales, onBehalfOf: nil),
        .signs(digest: "ab13", side: .marketing, onBehalfOf: nil),
        .signs(digest: "ab12", side: .marketing, onBehalfOf: NamedPerson("carlos@n.example")),
        .confirms(digest: "ab12"),
    ]

    @Test func itIsSignedInTheseBytes() {
        let statement = Statement(
            by: Self.maria, number: 2, at: Self.at,
            .signs(digest: "ab12", side: .marketing, onBehalfOf: NamedPerson("carlos\n\\@n.example")))
        #expect(
            String(decoding: statement.signedBytes, as: UTF8.self) == """
                interlock statement 1
                person\tmaria@n.example
                number\t2
                at\t2026-01-28T10:00:00.000Z
                signs\tab12
                side\tmarketing
                on behalf of\tcarlos\\n\\\\@n.example

                """)
    }

    @Test func differentStatementsHaveDifferentBytes() {
        let persons = [Self.maria, NamedPerson("mario@n.example")]
        var seen: Set<[UInt8]> = []
        for person in persons {
            for number in 1...3 {
                for at in [Self.at, Self.at + Elapsed(milliseconds: 1)] {
                    for content in Self.contents {
                        seen.insert(Statement(by: person, number: number, at: at, content).signedBytes)
                    }
                }
            }
        }
        #expect(seen.count == 2 * 3 * 2 * Self.contents.count)
    }

    @Test(arguments: contents.indices)
    func aFactGivesItBack(index: Int) throws {
        let statement = Statement(by: Self.maria, number: 7, at: Self.at, Self.contents[index])
        for vouch in [nil, .replacedKey([1, 2]), .statement(by: NamedPerson("olga@n.example"), number: 3)]
            as [SignedStatement.Vouch?]
        {
            let signed = SignedStatement(statement, with: Self.key, vouch: vouch)
            let fact = signed.fact(recorded: Self.at)
            #expect(fact.problems == [])
            #expect(SignedStatement(fact) == signed)
        }
    }

    /// RFC 8032, 7.1, test 2.
    @Test func signaturesAreThoseOfTheStandard() throws {
        let secret = try #require(Hex.bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
        let key = try #require(SigningKey(bytes: secret))
        #expect(key.verifying.text == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        let signature = try #require(
            Hex.bytes(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                    + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"))
        #expect(key.verifying.verifies(signature, of: [0x72]))
        #expect(key.verifying.verifies(key.signature(of: [0x72]), of: [0x72]))
        #expect(!key.verifying.verifies(signature, of: [0x73]))
        #expect(!key.verifying.verifies([], of: [0x72]))
        #expect(VerifyingKey(text: key.verifying.text) == key.verifying)
        #expect(VerifyingKey(text: "3d40") == nil && VerifyingKey(text: "zz") == nil)
        #expect(SigningKey(bytes: [1, 2, 3]) == nil)
    }

    /// "é" as one character and as two are equal for Swift, and are not the same person.
    @Test func addressesThatOnlyLookAlikeAreNotTheSame() {
        let (one, two) = (NamedPerson("ren\u{E9}@n.example"), NamedPerson("rene\u{301}@n.example"))
        #expect(one.address == two.address && one != two && one.hashValue != two.hashValue)
    }
}

/// Whatever is not as it was stated does not count and is reported.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct TamperingTests {
    private static let acts: [SigningDesk.Act] = [
        .key("maria", on: "01-01"), .sign("A", "maria", .marketing, on: "01-20"),
    ]

    private static func changing(_ name: String, _ value: Value) -> @Sendable (Fact) -> Fact {
        { fact in
            Fact(
                key: fact.key, kind: fact.kind, name: fact.name, occurred: fact.occurred, recorded: fact.recorded,
                properties: fact.properties.filter { $0.name != name } + [Property(name, value)])
        }
    }

    private static func changing(_ change: @escaping @Sendable (inout Fact) -> Void) -> @Sendable (Fact) -> Fact {
        { fact in
            var fact = fact
            change(&fact)
            return fact
        }
    }

    static let rows: [(String, @Sendable (Fact) -> Fact, StatementFault)] = [
        ("another side", changing("side", .text("sales")), .forged),
        ("another digest", changing("digest", .text("ab12")), .forged),
        ("on behalf", changing("on_behalf_of", .text("carlos@n.example")), .forged),
        ("another signature", changing("signature", .text("00")), .forged),
        ("another instant", changing { $0.occurred = $0.occurred + Elapsed(milliseconds: 1) }, .forged),
        ("another number", changing { $0.key.aspect = "3" }, .forged),
        ("another person", changing { $0.key.id = "carlos@n.example" }, .unknownKey),
        ("a number that is none", changing { $0.key.aspect = "02" }, .malformed),
        ("from another source", changing { $0.key.source = "crm" }, .malformed),
        ("no side there is", changing("side", .text("finance")), .malformed),
        ("no signature", changing("signature", .cleared), .malformed),
    ]

    @Test(arguments: rows.indices)
    func anAlteredSignatureNeverCounts(row: Int) throws {
        let (what, change, fault) = Self.rows[row]
        var desk = try SigningDesk(VersionTests.texts, Self.acts)
        desk.alterLast(change)
        let versions = desk.versions
        #expect(versions.uncounted.map(\.fault) == [fault], "\(what)")
        #expect(versions.all.allSatisfy { $0.signatures.isEmpty })
    }

    /// The text of a version is what its digest says, or there is no such version.
    @Test(arguments: [
        ("agreement text", "company: N", "company: M", [StatementFault.noText, .otherText]),
        ("", "agreement.yaml", "other.yaml", []),
    ])
    func anAlteredTextIsNoVersion(name: String, old: String, new: String, faults: [StatementFault]) throws {
        let desk = try SigningDesk(VersionTests.texts, Self.acts)
        let facts = desk.facts.map { fact in
            guard fact.name == name, fact.kind == (name.isEmpty ? .agreementProposed : .company) else { return fact }
            return Fact(
                key: fact.key, kind: fact.kind, name: fact.name, occurred: fact.occurred, recorded: fact.recorded,
                properties: fact.properties.map { property in
                    guard case .text(let text) = property.value else { return property }
                    return Property(property.name, .text(text.replacing(old, with: new)))
                })
        }
        let versions = AgreementVersions(facts, in: surroundings())
        #expect(Set(versions.uncounted.map(\.fault)) == Set(faults))
        #expect(versions.all.isEmpty == !faults.isEmpty)
    }

    /// A text under its own SHA-256, but under another agreement's digest.
    @Test func anotherTextUnderADigestIsNoVersion() throws {
        let desk = try SigningDesk(VersionTests.texts, [])
        let other = RecordedText(
            .init(name: "agreement.yaml", bytes: Array(VersionTests.texts.yaml["A2"]!.utf8)), beside: [])
        let at = try SigningDesk.instant("01-20")
        let facts = other.facts(
            digest: desk.agreement("A").digest, by: SigningDesk.person("eve"), at: at, recorded: at)
        let versions = AgreementVersions(facts, in: surroundings())
        #expect(versions.all.isEmpty && versions.uncounted.map(\.fault) == [.otherText])
    }

    @Test func theFilesBesideItAreRecordedToo() throws {
        let yaml = VersionTests.texts.yaml["A"]! + "targets: {accounts: targets.csv}\n"
        let files = ["targets.csv": "domain\na.example\n"]
        let agreement = try #require(read(yaml, files).agreement)
        let recorded = RecordedText(
            .init(name: "agreement.yaml", bytes: Array(yaml.utf8)),
            beside: files.map { .init(name: $0.key, bytes: Array($0.value.utf8)) })
        let at = try SigningDesk.instant("01-20")
        let facts = recorded.facts(digest: agreement.digest, by: SigningDesk.person("maria"), at: at, recorded: at)
        #expect(facts.allSatisfy { $0.problems.isEmpty })
        let version = try #require(AgreementVersions(facts, in: surroundings()).all.first)
        #expect(version.text == recorded)
        #expect(version.agreement.targets?.accounts.value.accounts.map(\.domain) == ["a.example"])
        let withoutTargets = facts.filter { $0["text"] != .text("domain\na.example\n") }
        #expect(AgreementVersions(withoutTargets, in: surroundings()).uncounted.map(\.fault) == [.otherText])
    }

    /// Bytes that are no text come back as they were.
    @Test func anyBytesAreRecorded() throws {
        let recorded = RecordedText(
            .init(name: "agreement.yaml", bytes: Array(VersionTests.texts.yaml["A"]!.utf8)),
            beside: [.init(name: "a.ics", bytes: [0xFF, 0, 13, 10]), .init(name: "b.ics", bytes: [0xFF, 0, 13, 10])])
        let at = try SigningDesk.instant("01-20")
        let digest = VersionTests.texts.agreements["A"]!.digest
        let facts = recorded.facts(digest: digest, by: SigningDesk.person("maria"), at: at, recorded: at)
        #expect(facts.count == 3)
        #expect(AgreementVersions(facts, in: surroundings()).all.first?.text == recorded)
    }
}
