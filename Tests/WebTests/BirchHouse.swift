import Agreement
import Answers
import Foundation
import Journal
import Testing
import Vocabulary

/// The small example company, under an agreement that is in force, at half past nine in Berlin on Monday 2 February 2026.
///
///     1  ann    handed over on 20 January, called in time, accepted
///     2  bert   handed over on Friday 30 January; nobody answered
///     3  cora   a lead without a country, who has done nothing yet
///     4  dora   asked for a demonstration this morning
struct BirchHouse {
    let house: House

    init() throws {
        house = try House()
        house.pass(try instant("2026-02-02T08:30:00Z") - house.time)
        try house.append(try BirchHouse.statements(BirchHouse.agreement(), at: instant("2025-12-20T09:00:00Z")))
        try house.append(BirchHouse.facts)
    }

    func instant(_ text: String) throws -> Instant { try Instant(text: text) }
    static func instant(_ text: String) throws -> Instant { try Instant(text: text) }

    // MARK: The agreement

    static func example() throws -> String {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: package.appendingPathComponent("Examples/birch/agreement.yaml"), encoding: .utf8)
    }

    static func agreement() throws -> String {
        // A promise begins with the first whole period after that, and January is to be one.
        try example().replacing("2026-01-05", with: "2026-01-01").replacing(
            "promises:\n", with: "promises:\n  marketing:\n    deliver: {mql: 2 per month, each: company}\n")
    }

    /// A text of it, signed by all who must.
    static func statements(_ written: String, at: Instant) throws -> [Fact] {
        let text = RecordedText(.init(name: "agreement.yaml", bytes: Array(written.utf8)), beside: [])
        let reading = text.reading(in: try .withoutFiles())
        let agreement = try #require(reading.agreement, "\(reading.findings)")
        var facts = text.facts(
            digest: agreement.digest, by: NamedPerson("maria@birch.example"), at: at, recorded: at)
        for (number, (name, side)) in [("maria", Party.marketing), ("carlos", .sales), ("ada", .executive)].enumerated()
        {
            let person = NamedPerson("\(name)@birch.example")
            let key = try #require(SigningKey(bytes: (0..<32).map { UInt8($0 + 32 * number) }))
            let registers = Statement(by: person, number: 1, at: at, .registers(key.verifying))
            let signs = Statement(
                by: person, number: 2, at: at, .signs(digest: agreement.digest, side: side, onBehalfOf: nil))
            facts += [registers, signs].map { SignedStatement($0, with: key).fact(recorded: at) }
        }
        return facts
    }

    // MARK: What happened

    static var facts: [Fact] {
        get throws {
            try [
                contact("1", "ann@acme-dairy.example", "DE", "2026-01-12T08:00:00Z"),
                contact("2", "bert@alpen-papier.example", "AT", "2026-01-14T09:00:00Z"),
                contact("3", "cora@kiel-yards.example", nil, "2026-01-19T10:00:00Z"),
                contact("4", "dora@zell-steel.example", "CH", "2026-02-02T07:00:00Z"),
                demo("e1", "1", "2026-01-20T10:00:00Z"),
                demo("e2", "2", "2026-01-30T09:00:00Z"),
                demo("e4", "4", "2026-02-02T08:05:00Z"),
                of("1", .owned, "o1", "2026-01-20T10:05:00Z"),
                of("2", .owned, "o2", "2026-01-30T09:05:00Z"),
                of(
                    "1", .touch, "t1", "2026-01-20T10:30:00Z",
                    [Property("channel", .text("call")), Property("direction", .text("outward"))]),
                of("1", .accepted, "v1", "2026-01-21T09:00:00Z"),
                of(
                    "2", .consentGiven, "c2", "2026-01-14T09:00:00Z",
                    [
                        Property("purpose", .text("marketing_email")), Property("channel", .text("email")),
                        Property("basis", .text("form")), Property("proof", .text("c2")),
                    ]),
            ]
        }
    }

    private static func contact(_ id: String, _ email: String, _ country: String?, _ at: String) throws -> Fact {
        let instant = try Instant(text: at)
        return Fact(
            key: FactKey(source: "hubspot", object: "contact", id: id, aspect: at), kind: .observed,
            occurred: instant, recorded: instant, persons: [.record("hubspot", "contact", id), .email(email)],
            properties: [Property("email", .personal(.known(email)))]
                + (country.map {
                    [Property("country", .text($0)), Property("employees", .number(Number(mantissa: 300, scale: 0)))]
                } ?? []))
    }

    private static func demo(_ id: String, _ who: String, _ at: String) throws -> Fact {
        let instant = try Instant(text: at)
        return Fact(
            key: FactKey(source: "web", object: "track", id: id), kind: .activity, name: "Demo Requested",
            occurred: instant, recorded: instant, persons: [.record("hubspot", "contact", who)])
    }

    /// Something that the CRM tells, by jonas.
    private static func of(
        _ who: String, _ kind: FactKind, _ id: String, _ at: String, _ properties: [Property] = []
    ) throws -> Fact {
        let instant = try Instant(text: at)
        return Fact(
            key: FactKey(source: "crm", object: kind.word.replacing(" ", with: "_"), id: id), kind: kind,
            occurred: instant, recorded: instant, persons: [.record("hubspot", "contact", who)],
            actor: .email("jonas@birch.example"), properties: properties)
    }
}
