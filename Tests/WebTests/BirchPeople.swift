import Access
import Foundation
import HTTPTypes
import Journal
import Roles
import Testing
import Vocabulary

extension House {
    /// The small example company on a Monday in February, its agreement in force: one lead accepted, one rejected, one that
    /// nobody has touched, one held for want of a country.
    static func birch() throws -> House {
        let house = try House()
        try house.append(BirchHouse.statements(BirchHouse.example(), at: try Instant(text: "2025-12-15T09:00:00Z")))
        try house.append(BirchFacts.all)
        return house
    }

    func append(_ facts: [Fact]) throws {
        var batch = FactBatch()
        for fact in facts {
            let problem = fact.problems.first
            try #require(problem == nil, "\(fact.key.text): \(problem.map(\.sentence) ?? "")")
            batch.append(fact)
        }
        let receipts = try journal.append(JournalGroup([batch]))[0]
        try #require(receipts.allSatisfy { $0.verdict == .accepted })
    }
}

/// What happened at Birch Pumps until the second of February.
private enum BirchFacts {
    static let all: [Fact] = contacts + happenings

    private static let contacts: [Fact] = [
        contact(1, "ann@acme-dairy.example", "DE", 300), contact(2, "bert@alpen-papier.example", "AT", 120),
        contact(3, "cora@kiel-yards.example", "DE", 400), contact(4, "dan@moor-farms.example", nil, 800),
    ]

    private static let happenings: [Fact] = [
        activity("e1", 1, "13T10:02", "page", "path", "/pricing"),
        activity("e2", 1, "20T15:00", "Webinar Attended", "title", "Seals that last"),
        activity("e3", 1, "21T09:00", "Webinar Attended", "title", "Pumps for dairies"),
        said(.owned, "e4", 1, "21T09:20", by: "jonas"), touch("e5", 1, "21T10:05", by: "jonas"),
        said(.accepted, "e6", 1, "22T09:00", by: "jonas"),
        activity("e7", 2, "20T12:00", "Demo Requested", "form", "pricing"),
        said(.owned, "e8", 2, "20T12:30", by: "mira"), touch("e9", 2, "21T14:00", by: "mira"),
        said(.rejected, "e10", 2, "22T09:00", by: "mira", [Property("reason", .text("too_early"))]),
        activity("e11", 3, "29T10:30", "Demo Requested", "form", "pricing"),
        said(.owned, "e12", 3, "29T10:40", by: "jonas"),
        activity("e13", 4, "29T11:00", "Demo Requested", "form", "pricing"),
    ]

    private static func instant(_ text: String) -> Instant {
        (try? Instant(text: "2026-01-\(text):00Z")) ?? .earliest
    }

    private static func who(_ number: Int) -> Identifier { .record("hubspot", "contact", String(number)) }

    private static func contact(_ number: Int, _ email: String, _ country: String?, _ employees: Int64) -> Fact {
        let at = instant("12T08:00")
        let country = country.map { [Property("country", .text($0))] } ?? []
        return Fact(
            key: FactKey(source: "hubspot", object: "contact", id: String(number), aspect: "seen"), kind: .observed,
            occurred: at, known: at, recorded: at, persons: [who(number), .email(email)],
            properties: [
                Property("email", .personal(.known(email))),
                Property("employees", .number(Number(mantissa: employees, scale: 0))),
            ] + country)
    }

    private static func activity(
        _ id: String, _ person: Int, _ time: String, _ name: String, _ property: String, _ value: String
    ) -> Fact {
        Fact(
            key: FactKey(source: "crm", object: "event", id: id), kind: .activity, name: name, occurred: instant(time),
            known: instant(time), recorded: instant(time), persons: [who(person)],
            properties: [Property(property, .text(value))])
    }

    private static func touch(_ id: String, _ person: Int, _ time: String, by rep: String) -> Fact {
        said(
            .touch, id, person, time, by: rep,
            [Property("channel", .text("call")), Property("direction", .text("outward"))])
    }

    private static func said(
        _ kind: FactKind, _ id: String, _ person: Int, _ time: String, by rep: String, _ properties: [Property] = []
    ) -> Fact {
        Fact(
            key: FactKey(source: "crm", object: "note", id: id, aspect: kind.word), kind: kind,
            occurred: instant(time), known: instant(time), recorded: instant(time), persons: [who(person)],
            actor: .email("\(rep)@birch.example"), properties: properties)
    }
}
