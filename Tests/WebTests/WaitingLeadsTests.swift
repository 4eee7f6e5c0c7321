import Answers
import Foundation
import Journal
import Reports
import Testing
import Vocabulary

@testable import Web

/// What a digest begins with. Two business hours to answer, two business days to decide; the office is open from nine to twelve
/// and one to five in Berlin, an hour ahead of the world's clock. It begins on Monday 2 February 2026, nine o'clock there.
@Suite struct WaitingLeadsTests {
    private struct Row: Sendable {
        let says: String
        /// What happens, and when somebody looks.
        let facts: @Sendable (TellingHouse) throws -> [Fact]
        let at: String
        var reader = "jonas"
        var zone = "Europe/Berlin"
        var changing: [(String, String)] = []
        let waits: String
    }

    /// Ann asks at ten past nine, and another system gives her to somebody at once.
    private static func ann(_ house: TellingHouse, of owner: String = "jonas") throws -> [Fact] {
        try lead(house, "ann", of: owner, "2026-02-02T08:10:00Z")
    }

    private static func lead(_ house: TellingHouse, _ who: String, of owner: String, _ at: String) throws -> [Fact] {
        try [house.contact(who, at), house.demo(who, at), house.owned(who, by: owner, at)]
    }

    @Sendable private static func late(_ house: TellingHouse) throws -> [Fact] {
        try [
            house.contact("ann", "2026-02-02T08:05:00Z"),
            house.demo("ann", "2026-02-02T08:10:00Z", known: "2026-02-06T07:59:00Z"),
            house.owned("ann", by: "jonas", "2026-02-02T08:10:00Z"),
        ]
    }

    private static let alone = [("parties:", "visibility: {rep_numbers: [self]}\nparties:")]

    private static let rows: [Row] = [
        Row(
            says: "not answered yet, due at ten past eleven", facts: { try ann($0) }, at: "2026-02-02T08:20:00Z",
            waits: "today 1"),
        Row(says: "due and not answered", facts: { try ann($0) }, at: "2026-02-02T10:10:01Z", waits: "overdue 1"),
        Row(
            says: "answered, to be decided on Wednesday, seen on Monday",
            facts: { try ann($0) + [$0.call("ann", by: "jonas", "2026-02-02T08:20:00Z")] },
            at: "2026-02-02T09:00:00Z", waits: "later 1"),
        Row(
            says: "the same on Tuesday",
            facts: { try ann($0) + [$0.call("ann", by: "jonas", "2026-02-02T08:20:00Z")] },
            at: "2026-02-03T09:00:00Z", waits: "tomorrow 1"),
        Row(
            says: "the same on Wednesday morning",
            facts: { try ann($0) + [$0.call("ann", by: "jonas", "2026-02-02T08:20:00Z")] },
            at: "2026-02-04T08:00:00Z", waits: "today 1"),
        Row(
            says: "the same on Thursday",
            facts: { try ann($0) + [$0.call("ann", by: "jonas", "2026-02-02T08:20:00Z")] },
            at: "2026-02-05T09:00:00Z", waits: "overdue 1"),
        Row(
            says: "accepted and not answered",
            facts: { try ann($0) + [$0.verdict(.accepted, "ann", by: "jonas", "2026-02-02T08:20:00Z")] },
            at: "2026-02-02T09:00:00Z", waits: "today 1"),
        Row(
            says: "answered and accepted: only to be qualified",
            facts: {
                try ann($0) + [
                    $0.call("ann", by: "jonas", "2026-02-02T08:20:00Z"),
                    $0.verdict(.accepted, "ann", by: "jonas", "2026-02-02T08:30:00Z"),
                ]
            }, at: "2026-02-02T09:00:00Z", waits: "nothing"),
        Row(
            says: "rejected",
            facts: {
                try ann($0) + [
                    $0.verdict(.rejected, "ann", by: "jonas", "2026-02-02T08:30:00Z", reason: "too_early")
                ]
            }, at: "2026-02-02T09:00:00Z", waits: "nothing"),
        Row(
            says: "over the weekend",
            facts: { try lead($0, "ann", of: "jonas", "2026-02-06T15:30:00Z") }, at: "2026-02-06T15:40:00Z",
            waits: "later 1"),
        Row(
            says: "over the weekend, seen on Sunday",
            facts: { try lead($0, "ann", of: "jonas", "2026-02-06T15:30:00Z") }, at: "2026-02-08T15:40:00Z",
            waits: "tomorrow 1"),
        Row(
            says: "due at five past two, which in Berlin is today",
            facts: { try lead($0, "ann", of: "jonas", "2026-02-02T10:05:00Z") }, at: "2026-02-02T10:06:00Z",
            waits: "today 1"),
        Row(
            says: "and by the clock of Auckland tomorrow",
            facts: { try lead($0, "ann", of: "jonas", "2026-02-02T10:05:00Z") }, at: "2026-02-02T10:06:00Z",
            zone: "Pacific/Auckland", waits: "tomorrow 1"),
        Row(
            says: "learned of late: no time to answer is counted, but the verdict was due",
            facts: late, at: "2026-02-06T08:10:00Z", waits: "overdue 1"),
        Row(
            says: "learned of late, where no verdict is promised",
            facts: late, at: "2026-02-06T08:10:00Z",
            changing: [("    decide: {about: mql, within: 2 business days}\n", "")], waits: "endless 1"),
        Row(
            says: "somebody else's", facts: { try ann($0, of: "mira") }, at: "2026-02-02T08:20:00Z", waits: "nothing"),
        Row(
            says: "nobody's",
            facts: { try [$0.contact("ann", "2026-02-02T08:10:00Z"), $0.demo("ann", "2026-02-02T08:10:00Z")] },
            at: "2026-02-02T08:20:00Z", waits: "nothing"),
        Row(
            says: "a manager sees each rep of the team, and nothing of who has nothing",
            facts: { try ann($0) }, at: "2026-02-02T08:20:00Z", reader: "ines", waits: "jonas: today 1"),
        Row(
            says: "a manager with a lead of their own sees both",
            facts: {
                try ann($0, of: "ines") + lead($0, "bea", of: "mira", "2026-02-02T08:00:30Z")
                    + lead($0, "cleo", of: "jonas", "2026-02-02T08:10:30Z")
                    + lead($0, "dora", of: "jonas", "2026-02-02T08:11:00Z")
            }, at: "2026-02-02T10:05:00Z", reader: "ines",
            waits: "today 1; jonas: today 2; mira: overdue 1"),
        Row(
            says: "a manager to whom the agreement shows no numbers sees nobody",
            facts: { try ann($0) }, at: "2026-02-02T08:20:00Z", reader: "ines", changing: alone, waits: "nothing"),
        Row(
            says: "one sees one's own where nobody else does", facts: { try ann($0) }, at: "2026-02-02T08:20:00Z",
            changing: alone, waits: "today 1"),
        Row(
            says: "who has nothing and manages nobody", facts: { try ann($0) }, at: "2026-02-02T08:20:00Z",
            reader: "maria", waits: "nothing"),
        Row(
            says: "who is named nowhere", facts: { try ann($0) }, at: "2026-02-02T08:20:00Z", reader: "zoe",
            waits: "nothing"),
    ]

    @Test func everySituationSaysWhatWaits() async throws {
        for row in WaitingLeadsTests.rows {
            let house = try TellingHouse(assigns: false, changing: row.changing)
            try house.append(try row.facts(house))
            try house.go(to: row.at)
            let judged = try #require(try await house.house.site.company.upToDate().judged, "\(row.says)")
            let zone = try #require(SystemZones.zone(row.zone))
            let waiting = WaitingLeads(
                judged.company, judged.leads.get(), for: "\(row.reader)@birch.example", at: house.house.time, in: zone)
            #expect(WaitingLeadsTests.words(waiting) == row.waits, "\(row.says)")
        }
    }

    private static func words(_ waiting: WaitingLeads?) -> String {
        guard let waiting else { return "nothing" }
        let own = waiting.own.map { [words($0)] } ?? []
        let team = waiting.team.map { "\($0.owner.prefix { $0 != "@" }): \(words($0))" }
        return (own + team).joined(separator: "; ")
    }

    private static func words(_ share: WaitingLeads.Share) -> String {
        WaitingLeads.Term.allCases.compactMap { term in share.counts[term].map { "\(term) \($0)" } }.joined(
            separator: ", ")
    }

    // MARK: Colours

    /// Numbers are read on every colour (WCAG 2.2, 1.4.3), and bars are seen on a light page and a dark one (1.4.11).
    @Test func everyColourIsReadAndSeen() {
        for term in WaitingLeads.Term.allCases {
            #expect(WaitingLeadsTests.contrast(term.colour, "#ffffff") >= 4.5, "\(term)")
            #expect(WaitingLeadsTests.contrast(term.colour, "#121212") >= 3, "\(term)")
        }
        #expect(Set(WaitingLeads.Term.allCases.map(\.colour)).count == WaitingLeads.Term.allCases.count)
    }

    private static func contrast(_ a: String, _ b: String) -> Double {
        let both = [luminance(a), luminance(b)].sorted()
        return (both[1] + 0.05) / (both[0] + 0.05)
    }

    private static func luminance(_ colour: String) -> Double {
        let number = Int(colour.dropFirst(), radix: 16) ?? 0
        let parts = [16, 8, 0].map { shift -> Double in
            let part = Double((number >> shift) & 255) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}
