import Foundation
import Sample
import Testing
import Vocabulary

/// The company is a believable one: what a person who knows such figures would look at first.
@Suite struct RatesTests {
    struct Rate: Sendable, CustomTestStringConvertible {
        let name: String
        /// In thousandths, except where the name says otherwise.
        let range: ClosedRange<Int>
        let of: @Sendable (World) throws -> Int

        var testDescription: String { name }
    }

    private static func share(_ part: Int, of whole: Int) -> Int { 1000 * part / max(1, whole) }

    private static func rows(_ world: World, _ stem: String, _ column: String, _ value: String) throws -> Int {
        try world.all(stem).count { $0[column] == value }
    }

    private static let rates: [Rate] = [
        Rate(name: "facts for each person", range: 16...26) { $0.summary.facts / 20_000 },
        Rate(name: "contacts among persons", range: 140...220) {
            share(Set(try $0.all("map/contacts-").map { $0["id"] }).count, of: 20_000)
        },
        Rate(name: "handed over among persons", range: 22...36) {
            share(Set(try $0.all("crm/assignments-").map { $0["who_id"] }).count, of: 20_000)
        },
        Rate(name: "hand-overs that are returns", range: 30...200) {
            share(try rows($0, "crm/assignments-", "reason", "returned"), of: try $0.all("crm/assignments-").count)
        },
        Rate(name: "accepted among accepted and rejected", range: 500...750) { world in
            let accepted = try rows(world, "crm/verdicts-", "verdict", "accept")
            return share(accepted, of: accepted + (try rows(world, "crm/verdicts-", "verdict", "reject")))
        },
        Rate(name: "meetings held among those decided", range: 780...880) { world in
            let held = try rows(world, "crm/meetings-", "status", "held")
            let missed = try rows(world, "crm/meetings-", "status", "no_show")
            return share(held, of: held + missed + (try rows(world, "crm/meetings-", "status", "canceled")))
        },
        Rate(name: "touches for each lead in tenths", range: 30...80) { world in
            let touches = try world.log("crm/touches-", key: "id").count
            return 10 * touches / Set(try world.all("crm/assignments-").map { $0["who_id"] }).count
        },
        Rate(name: "median days from opening to closing", range: 50...75) { world in
            let cycles = try closed(world).map {
                (try seconds($0["SystemModstamp"]) - seconds($0["CreatedDate"])) / 86_400
            }
            return cycles.sorted()[cycles.count / 2]
        },
        Rate(name: "mean sale won in thousand euros", range: 38...65) { world in
            let won = try closed(world).filter { $0["IsWon"] == "true" && $0["CurrencyIsoCode"] == "EUR" }
            return try won.reduce(0) { $0 + (try #require(Int($1["Amount"].dropLast(3)))) } / won.count / 1000
        },
        Rate(name: "mails opened", range: 190...280) { world in
            share(try rows(world, "map/sends-", "event", "opened"), of: try rows(world, "map/sends-", "event", "sent"))
        },
        Rate(name: "mails bounced", range: 1...15) { world in
            share(try rows(world, "map/sends-", "event", "bounced"), of: try rows(world, "map/sends-", "event", "sent"))
        },
        Rate(name: "contacts with a free mail address", range: 80...180) { world in
            let last = try world.rows("map/contacts-complete-2026-02-01.csv")
            let free = ["freemail.example", "postfach.example", "inbox.example"]
            return share(last.count { row in free.contains { row["email"].hasSuffix("@" + $0) } }, of: last.count)
        },
        Rate(name: "pages read at weekends", range: 40...120) { world in
            let days = try world.all("web/pages-").compactMap { CivilDate($0["timestamp"])?.weekday }
            return share(days.count { $0 == .saturday || $0 == .sunday }, of: days.count)
        },
        Rate(name: "pages in August for each in October", range: 400...680) { world in
            let counts = try ["2025-08", "2025-10"].map { try world.rows("web/pages-\($0).csv").count }
            return share(counts[0], of: counts[1])
        },
        Rate(name: "people of the largest account among contacts", range: 3...40) { world in
            let last = try world.rows("map/contacts-complete-2026-02-01.csv").filter { !$0["company"].isEmpty }
            return share(Dictionary(grouping: last, by: { $0["company"] }).values.map(\.count).max()!, of: last.count)
        },
        Rate(name: "vice presidents and chiefs among the handed over", range: 230...480) { world in
            let last = try world.rows("map/contacts-complete-2026-02-01.csv").filter { !$0["salesforceleadid"].isEmpty }
            return share(last.count { ["vp", "c_level"].contains($0["job_level"]) }, of: last.count)
        },
        Rate(name: "vice presidents and chiefs among the others", range: 140...260) { world in
            let last = try world.rows("map/contacts-complete-2026-02-01.csv").filter { $0["salesforceleadid"].isEmpty }
            return share(last.count { ["vp", "c_level"].contains($0["job_level"]) }, of: last.count)
        },
        Rate(name: "spend in euros for each person handed over", range: 100...3000) { world in
            let cents = try world.rows("company/spend.csv").reduce(0) { $0 + Int($1["amount"].filter { $0 != "." })! }
            return cents / 100 / Set(try world.all("crm/assignments-").map { $0["who_id"] }).count
        },
    ]

    private static func closed(_ world: World) throws -> [Row] {
        try world.rows(try #require(world.names("crm/deals-").last)).filter {
            $0["IsClosed"] == "true" && $0["Type"] == "New Business"
        }
    }

    @Test(arguments: rates)
    func figureIsPlausible(_ rate: Rate) async throws {
        let actual = try rate.of(try await World.larger())
        #expect(rate.range.contains(actual), "\(rate.name): \(actual)")
    }

    /// Touches by people fall into the working hours of the team, those typed in late included.
    @Test func repsWorkInWorkingHours() async throws {
        let world = try await World.standard()
        let roster = try world.rows("company/roster.csv")
        let calendar = Dictionary(uniqueKeysWithValues: roster.map { ($0["rep"], $0["calendar"]) })
        let hours = try ["munich", "london", "chicago"].reduce(into: [:]) { $0[$1] = try BusinessHours($1, world) }
        let touches = try world.log("crm/touches-", key: "id").filter {
            $0["direction"] == "outbound" && $0["automatic"] == "false"
        }
        for touch in touches {
            let at = try seconds(touch["completed"])
            #expect(
                hours[calendar[touch["owner"]]!]!.elapsed(at - 1, at) == 1, "\(touch["id"]) at \(touch["completed"])")
        }
        #expect(touches.count > 500)
    }
}
