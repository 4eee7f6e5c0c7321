import Journal
import Testing
import Vocabulary

@testable import Agreement

private typealias Act = SigningDesk.Act

/// Which version is in force when: rows of what happened, the verdict last.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct VersionTests {
    private static let base = """
        company: N
        timezone: Europe/Berlin
        effective: 2026-02-02
        parties: {executive: ada@n.example, marketing: maria@n.example, sales: carlos@n.example, operations: olga@n.example}
        mission: {marketing: fill_pipeline}
        teams: {north: {manager: ines@n.example, reps: [{email: jonas@n.example}]}}
        delegated: {teams: sales}
        stages: {lead: {side: marketing, enter: always}}

        """

    private static func changed(_ changes: (String, String)...) -> String {
        changes.reduce(base) { $0.replacing($1.0, with: $1.1) }
    }

    private static let march = ("2026-02-02", "2026-03-01")

    static let texts = DeskTexts([
        "A": base,
        "A2": base + "work_order: age first\n",
        "March": changed(march),
        "Mission": changed(march, ("fill_pipeline", "both")),
        "Mission2": changed(march, ("fill_pipeline", "both")) + "work_order: age first\n",
        "April": changed(("2026-02-02", "2026-04-01")),
        "Eve": changed(march, ("maria@", "eve@")),
        "EveAll": changed(march, ("ada@", "eve@"), ("maria@", "eve@"), ("carlos@", "eve@")),
        "Silent": changed(("executive: ada@n.example, ", ""), ("mission: {marketing: fill_pipeline}\n", "")),
        "Nobody": changed(("sales: carlos@n.example, ", "")),
        "NewYork": changed(("Europe/Berlin", "America/New_York")),
        "Anytime": changed(("effective: 2026-02-02\n", "")),
        "One": changed(("carlos@", "maria@")),
        "Two": changed(("carlos@", "olga@")),
        "NewOlga": changed(march, ("olga@", "oskar@")),
    ])

    private static let keys: [Act] = ["ada", "maria", "carlos", "olga", "eve", "ines", "jonas"].map {
        .key($0, on: "01-01")
    }

    private static func signed(_ text: String, on day: String) -> [Act] {
        [
            .sign(text, "maria", .marketing, on: day), .sign(text, "carlos", .sales, on: day),
            .sign(text, "ada", .executive, on: day),
        ]
    }

    private static let inForce = keys + signed("A", on: "01-20")
    private static let startOfA = "A from 2026-02-01T23:00:00Z"

    fileprivate static let rows: [(String, [Act], [String])] = [
        ("nothing", keys, []),
        ("a proposal", [.propose("A", on: "01-20")], ["A lacks marketing maria, sales carlos, mission ada"]),
        (
            "one side", keys + [.sign("A", "maria", .marketing, on: "01-20")],
            ["A lacks sales carlos, mission ada"]
        ),
        ("all before its day: from the start of the day in the company's zone", inForce, [startOfA]),
        (
            "the same in another zone", keys + signed("NewYork", on: "01-20"), ["NewYork from 2026-02-02T05:00:00Z"]
        ),
        (
            "the last signature is later than the day: never retroactive",
            keys + [
                .sign("A", "maria", .marketing, on: "01-20"), .sign("A", "ada", .executive, on: "01-21"),
                .sign("A", "carlos", .sales, on: "02-10"),
            ], ["A from 2026-02-10T12:00:00Z"]
        ),
        (
            "no day: from the last signature", keys + signed("Anytime", on: "01-20"),
            ["Anytime from 2026-01-20T12:00:00Z"]
        ),
        (
            "signed again later: the first signature stands", inForce + [.sign("A", "carlos", .sales, on: "05-10")],
            [startOfA]
        ),
        (
            "silent about the mission, and no executive", keys + signed("Silent", on: "01-20").dropLast(),
            ["Silent from 2026-02-01T23:00:00Z"]
        ),
        (
            "nobody speaks for sales", keys + signed("Nobody", on: "01-20"),
            ["Nobody lacks sales nobody", "not-an-officer: carlos"]
        ),
        (
            "a later version replaces the earlier from its own instant; the mission is as it was",
            inForce + signed("March", on: "02-15").dropLast(), [startOfA, "March from 2026-02-28T23:00:00Z"]
        ),
        (
            "another mission needs the executive", inForce + signed("Mission", on: "02-15").dropLast(),
            [startOfA, "Mission lacks mission ada"]
        ),
        (
            "and is in force from their signature",
            inForce + signed("Mission", on: "02-15").dropLast()
                + [.sign("Mission", "ada", .executive, on: "03-05")], [startOfA, "Mission from 2026-03-05T12:00:00Z"]
        ),
        (
            "the mission is compared with the version in force when it takes force",
            inForce + signed("April", on: "02-15").dropLast() + signed("Mission", on: "02-16"),
            [startOfA, "Mission from 2026-02-28T23:00:00Z", "April lacks mission ada"]
        ),
        (
            "one that lacked a signature does not spring into force behind another",
            inForce + signed("Mission", on: "02-15").dropLast() + signed("Mission2", on: "03-05")
                + [.sign("A", "carlos", .sales, on: "03-10")],
            [startOfA, "Mission2 from 2026-03-05T12:00:00Z", "Mission is overtaken"]
        ),
        (
            "but does when somebody signs it again",
            inForce + signed("Mission", on: "02-15").dropLast() + signed("Mission2", on: "03-05")
                + [.sign("Mission", "carlos", .sales, on: "03-07")],
            [startOfA, "Mission2 from 2026-03-05T12:00:00Z", "Mission from 2026-03-07T12:00:00Z"]
        ),
        (
            "two for one day: the one signed last stays", keys + signed("A2", on: "01-21") + signed("A", on: "01-22"),
            ["A2 from 2026-02-01T23:00:00Z", startOfA]
        ),
        (
            "a version dated before one in force comes behind it from its signature",
            keys + signed("March", on: "02-15") + signed("A", on: "03-10"),
            ["March from 2026-02-28T23:00:00Z", "A from 2026-03-10T12:00:00Z"]
        ),
        (
            "on behalf of a head",
            keys + [
                .sign("A", "olga", .marketing, on: "01-20", for: "maria"), .sign("A", "carlos", .sales, on: "01-20"),
                .sign("A", "ada", .executive, on: "01-20"),
            ], [startOfA]
        ),
        (
            "one head on behalf of the other",
            keys + [
                .sign("A", "carlos", .marketing, on: "01-20", for: "maria"), .sign("A", "carlos", .sales, on: "01-20"),
            ], ["A lacks marketing maria, mission ada", "may-not-stand-in: carlos"]
        ),
        (
            "operations, who heads the other side too",
            keys + [
                .sign("Two", "olga", .marketing, on: "01-20", for: "maria"), .sign("Two", "olga", .sales, on: "01-20"),
            ],
            ["Two lacks marketing maria, mission ada", "may-not-stand-in: olga"]
        ),
        (
            "on behalf of oneself", keys + [.sign("Two", "olga", .sales, on: "01-20", for: "olga")],
            ["Two lacks marketing maria, sales olga, mission ada", "may-not-stand-in: olga"]
        ),
        (
            "a rep on behalf of a head", keys + [.sign("A", "jonas", .sales, on: "01-20", for: "carlos")],
            ["A lacks marketing maria, sales carlos, mission ada", "may-not-stand-in: jonas"]
        ),
        (
            "one person on behalf of both",
            keys + [
                .sign("A", "ada", .marketing, on: "01-20", for: "maria"),
                .sign("A", "ada", .sales, on: "01-21", for: "carlos"),
                .sign("A", "ada", .executive, on: "01-21"),
            ], ["A lacks sales carlos", "both-sides: ada"]
        ),
        (
            "on behalf of the executive",
            keys + signed("A", on: "01-20").dropLast()
                + [.sign("A", "olga", .executive, on: "01-20", for: "ada")],
            ["A lacks mission ada", "in-person: olga"]
        ),
        (
            "on behalf of who does not speak for the side",
            keys + [.sign("A", "ada", .sales, on: "01-20", for: "ines")],
            ["A lacks marketing maria, sales carlos, mission ada", "not-an-officer: ada"]
        ),
        (
            "one person heads both sides",
            keys + [
                .sign("One", "maria", .marketing, on: "01-20"), .sign("One", "maria", .sales, on: "01-20"),
                .sign("One", "ada", .executive, on: "01-20"),
            ], ["One from 2026-02-01T23:00:00Z"]
        ),
        (
            "a stranger", keys + [.sign("A", "eve", .sales, on: "01-20")],
            ["A lacks marketing maria, sales carlos, mission ada", "not-an-officer: eve"]
        ),
        (
            "a text that names its author for everything",
            inForce + [
                .sign("EveAll", "eve", .marketing, on: "02-15"), .sign("EveAll", "eve", .sales, on: "02-15"),
                .sign("EveAll", "eve", .executive, on: "02-15"),
            ],
            [
                startOfA,
                "EveAll lacks hand-over of marketing by maria, hand-over of sales by carlos, hand-over of executive by ada",
            ]
        ),
        (
            "a new head of marketing, whom the old one lets in",
            inForce + [
                .sign("Eve", "eve", .marketing, on: "02-15"), .sign("Eve", "carlos", .sales, on: "02-15"),
                .sign("Eve", "maria", .marketing, on: "02-16"),
            ], [startOfA, "Eve from 2026-02-28T23:00:00Z"]
        ),
        (
            "whom the executive lets in",
            inForce + [
                .sign("Eve", "eve", .marketing, on: "02-15"), .sign("Eve", "carlos", .sales, on: "02-15"),
                .sign("Eve", "ada", .executive, on: "03-16"),
            ], [startOfA, "Eve from 2026-03-16T12:00:00Z"]
        ),
        (
            "whom two others of the parties let in",
            inForce + [
                .sign("Eve", "eve", .marketing, on: "02-15"), .sign("Eve", "carlos", .sales, on: "02-15"),
                .sign("Eve", "olga", .operations, on: "02-16"),
            ], [startOfA, "Eve from 2026-02-28T23:00:00Z"]
        ),
        (
            "whom only the other head lets in",
            inForce + [
                .sign("Eve", "eve", .marketing, on: "02-15"), .sign("Eve", "carlos", .sales, on: "02-15"),
            ], [startOfA, "Eve lacks hand-over of marketing by maria"]
        ),
        (
            "without a key", [.sign("A", "maria", .marketing, on: "01-20")],
            ["A lacks marketing maria, sales carlos, mission ada", "unknown-key: maria"]
        ),
        (
            "before the key was registered",
            [.key("maria", on: "01-25"), .sign("A", "maria", .marketing, on: "01-20")],
            ["A lacks marketing maria, sales carlos, mission ada", "before-key: maria"]
        ),
        (
            "with a new key that the old one vouches for",
            keys + [.newKey("maria", on: "01-10")] + signed("A", on: "01-20"), [startOfA]
        ),
        (
            "with a key that was replaced, whatever instant it claims",
            keys + [.newKey("maria", on: "01-10"), .signWithFirstKey("A", "maria", .marketing, on: "01-05")],
            ["A lacks marketing maria, sales carlos, mission ada", "replaced-key: maria"]
        ),
        (
            "with a second key that nobody vouches for: the first one still is theirs",
            keys + [.bareKey("maria", on: "01-10"), .signWithFirstKey("A", "maria", .marketing, on: "01-15")],
            ["A lacks sales carlos, mission ada", "not-vouched: maria"]
        ),
        (
            "with a key that operations vouches for",
            inForce + [.vouched("maria", by: "olga", on: "02-10")]
                + signed("March", on: "02-15"), [startOfA, "March from 2026-02-28T23:00:00Z"]
        ),
        (
            "operations vouches before anything is in force",
            keys + [
                .vouched("maria", by: "olga", on: "01-10"), .signWithFirstKey("A", "maria", .marketing, on: "01-15"),
            ],
            ["A lacks sales carlos, mission ada", "not-vouched: maria"]
        ),
        (
            "operations vouched at another instant than the key was registered",
            inForce + [
                .vouched("maria", by: "olga", on: "02-10", registered: "02-11"),
                .signWithFirstKey("March", "maria", .marketing, on: "02-15"),
            ], [startOfA, "March lacks sales carlos", "not-vouched: maria"]
        ),
        (
            "somebody else vouches",
            inForce
                + [
                    .vouched("maria", by: "eve", on: "02-10"),
                    .signWithFirstKey("March", "maria", .marketing, on: "02-15"),
                ],
            [startOfA, "March lacks sales carlos", "not-vouched: maria"]
        ),
        (
            "who was operations once vouches",
            inForce + signed("NewOlga", on: "02-15")
                + [.vouched("maria", by: "olga", on: "03-10")],
            [startOfA, "NewOlga from 2026-02-28T23:00:00Z", "not-vouched: maria"]
        ),
    ]

    @Test(arguments: rows.indices)
    fileprivate func takeForce(row: Int) throws {
        let (what, acts, verdict) = Self.rows[row]
        let desk = try SigningDesk(Self.texts, acts)
        #expect(desk.summary(of: desk.versions) == verdict, "\(what)")
    }

    /// The journal may have taken them in any order.
    @Test(arguments: rows.indices)
    fileprivate func theOrderOfFactsMeansNothing(row: Int) throws {
        let desk = try SigningDesk(Self.texts, Self.rows[row].1)
        var random = SeededOrder(state: UInt64(row))
        for _ in 0..<2 {
            let shuffled = AgreementVersions(desk.facts.shuffled(using: &random), in: surroundings())
            #expect(desk.summary(of: shuffled) == Self.rows[row].2, "\(Self.rows[row].0)")
        }
    }

    @Test func oneIsInForceFromItsInstantUntilTheNext() throws {
        let desk = try SigningDesk(Self.texts, Self.inForce + Self.signed("March", on: "02-15"))
        let versions = desk.versions
        let (first, second) = (try #require(versions.all.first), try #require(versions.all.last))
        let (start, end) = (try #require(first.from), try #require(second.from))
        #expect(first.until == end && second.until == nil)
        #expect(versions.inForce(at: start - Elapsed(milliseconds: 1)) == nil)
        #expect(versions.inForce(at: start)?.digest == first.digest)
        #expect(versions.inForce(at: end - Elapsed(milliseconds: 1))?.digest == first.digest)
        #expect(versions.inForce(at: end)?.digest == second.digest)
        #expect(second.agreement.company.effective?.value.description == "2026-03-01")
        #expect(first.signatures.map(\.signer.address) == ["maria@n.example", "carlos@n.example", "ada@n.example"])
    }

    @Test func whoSignedForWhomIsTold() throws {
        let desk = try SigningDesk(Self.texts, Self.keys + [.sign("A", "olga", .sales, on: "01-20", for: "carlos")])
        let signature = try #require(desk.versions.all.first?.signatures.first)
        #expect(signature.signer == SigningDesk.person("olga") && signature.onBehalfOf == SigningDesk.person("carlos"))
    }

    /// In the order of the parties, then who spoke for one before and who came after somebody had signed for them.
    @Test func everySignatureThatCountsIsTold() throws {
        let desk = try SigningDesk(
            Self.texts,
            Self.inForce + [
                .sign("Eve", "eve", .marketing, on: "02-15"), .sign("Eve", "olga", .sales, on: "02-15", for: "carlos"),
                .sign("Eve", "maria", .marketing, on: "02-16"), .sign("Eve", "carlos", .sales, on: "02-17"),
                .sign("Eve", "carlos", .sales, on: "02-18"), .sign("Eve", "jonas", .sales, on: "02-18"),
            ])
        let version = try #require(desk.versions.all.last)
        #expect(
            version.signatures.map(\.inWords) == [
                "marketing: eve@n.example", "sales: olga@n.example on behalf of carlos@n.example",
                "marketing: maria@n.example", "sales: carlos@n.example",
            ])
        #expect(version.from == (try Instant(text: "2026-02-28T23:00:00Z")))
    }

    @Test func readersAreEverybodyNamedOnTheirSide() throws {
        let desk = try SigningDesk(
            Self.texts,
            Self.inForce + [
                .read("A", "jonas", on: "01-25"), .read("A", "jonas", on: "01-26"), .read("A", "maria", on: "01-26"),
                .read("A", "eve", on: "01-26"),
            ])
        let versions = desk.versions
        let readers = try #require(versions.all.first).readers
        #expect(
            readers.map { "\($0.person.address) \($0.side)" } == [
                "maria@n.example marketing", "carlos@n.example sales", "olga@n.example operations",
                "ada@n.example executive", "ines@n.example sales", "jonas@n.example sales",
            ])
        #expect(readers.filter { $0.confirmed != nil }.map(\.person.address) == ["maria@n.example", "jonas@n.example"])
        #expect(readers.last?.confirmed == (try SigningDesk.instant("01-25")))
        #expect(versions.uncounted.map(\.fault) == [.notNamed])
    }
}

/// Random walks through keys, proposals and signatures of honest and other people.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct VersionLawTests {
    private static let names = ["ada", "maria", "carlos", "olga", "eve"]
    private static let texts = ["A", "March", "Mission", "April", "Eve", "Anytime", "NewOlga"]

    private func walk(seed: UInt64) throws -> SigningDesk {
        var random = SeededOrder(state: seed)
        func pick<Choice>(_ choices: [Choice]) -> Choice { choices[Int.random(in: choices.indices, using: &random)] }
        func day() -> String { "0\(Int.random(in: 1...5, using: &random))-\(Int.random(in: 10...28, using: &random))" }
        var acts = Self.names.map { SigningDesk.Act.key($0, on: "01-01") }
        for _ in 0..<40 {
            switch Int.random(in: 0..<20, using: &random) {
            case 0: acts.append(.newKey(pick(Self.names), on: day()))
            case 1: acts.append(.bareKey(pick(Self.names), on: day()))
            case 2: acts.append(.vouched(pick(Self.names), by: pick(["olga", "eve"]), on: day()))
            case 3: acts.append(.signWithFirstKey(pick(Self.texts), pick(Self.names), pick(Party.allCases), on: day()))
            case 4:
                acts.append(
                    .sign(
                        pick(Self.texts), pick(["ada", "olga"]), pick(Party.sides), on: day(),
                        for: pick(["maria", "carlos"])))
            case 5: acts.append(.read(pick(Self.texts), pick(Self.names), on: day()))
            default:
                let (name, side) = pick([
                    ("ada", Party.executive), ("maria", .marketing), ("carlos", .sales), ("eve", .marketing),
                ])
                acts.append(.sign(pick(Self.texts), name, side, on: day()))
            }
        }
        return try SigningDesk(VersionTests.texts, acts)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func anyOrderOfTheSameFactsGivesTheSameVersions(seed: UInt64) throws {
        let desk = try walk(seed: seed)
        let expected = desk.summary(of: desk.versions)
        var random = SeededOrder(state: seed)
        for _ in 0..<2 {
            let shuffled = AgreementVersions(desk.facts.shuffled(using: &random), in: surroundings())
            #expect(desk.summary(of: shuffled) == expected)
        }
    }

    /// What is in force is never earlier than what puts it there, and each holds until the next.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func neverRetroactive(seed: UInt64) throws {
        let versions = try walk(seed: seed).versions
        let taken = versions.all.filter { $0.from != nil }
        for (version, next) in zip(taken, taken.dropFirst().map(Optional.some) + [nil]) {
            let from = try #require(version.from)
            #expect(from >= version.proposed && version.missing.isEmpty && version.until == next?.from)
            for side in [Party.marketing, .sales] {
                #expect(try #require(version.signatures.first { $0.side == side }).at <= from)
            }
            if let day = version.agreement.company.effective?.value {
                #expect(version.agreement.zone.civil(at: from).date >= day)
            }
        }
    }

    /// What is stated later changes nothing about what was in force before. (Without further keys: one that was replaced
    /// counts for nothing from its number on, whatever its statements claim.)
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func theFutureDoesNotChangeThePast(seed: UInt64) throws {
        let facts = try walk(seed: seed).facts.filter { fact in
            fact.name != "signing key" || fact.key.aspect == "1"
        }
        let all = AgreementVersions(facts, in: surroundings())
        for day in ["01-15", "02-05", "02-28", "03-15", "04-10"] {
            let instant = try SigningDesk.instant(day)
            let known = AgreementVersions(facts.filter { $0.occurred <= instant }, in: surroundings())
            #expect(known.inForce(at: instant)?.digest == all.inForce(at: instant)?.digest, "\(day)")
        }
    }

    /// The walks do reach versions in force, replaced ones and refusals: the laws above speak of something.
    @Test func theWalksGoSomewhere() throws {
        let all = try (1...20).map { try walk(seed: $0).versions }
        #expect(all.count { $0.all.contains { $0.from != nil } } >= 8)
        #expect(all.contains { $0.all.contains { $0.until != nil } })
        #expect(Set(all.flatMap(\.uncounted).map(\.fault)).count > 5)
    }
}

/// SplitMix64, by S. Vigna: a seed reproduces an order.
struct SeededOrder: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
