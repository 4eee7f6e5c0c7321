import Foundation
import Sample
import Testing
import Vocabulary

/// Each planted thing is in the written files, and in the size that planted.json states: counted here again from the
/// files alone.
@Suite struct PlantedTests {
    private func object(_ world: World, _ key: String) throws -> [String: Any] {
        try #require(try world.planted[key] as? [String: Any], "planted.json has no \(key)")
    }

    private func text(_ object: [String: Any], _ key: String) throws -> String { try #require(object[key] as? String) }
    private func number(_ object: [String: Any], _ key: String) throws -> Int { try #require(object[key] as? Int) }

    /// No seed makes a company in which something planted is missing.
    @Test(arguments: 21...28)
    func everySeedShowsEverything(seed: UInt64) async throws {
        let world = try await World(SampleOptions(seed: seed))
        func count(_ key: String, _ inner: String) throws -> Int {
            let value = try object(world, key)[inner]
            return (value as? [Any])?.count ?? value as? Int ?? 0
        }
        #expect(try count("leaver", "open_leads") > 0)
        #expect(try count("rejects_everything", "rejected") > 9 * count("rejects_everything", "accepted") / 2)
        #expect(try count("fair", "assigned") > count("fair", "capacity_per_month"))
        #expect(try count("opt_outs", "mails_in_spite") > 0)
        #expect(try count("fast_rep", "median_response_business_seconds") < 1800)
        #expect(try count("slow_rep", "median_response_business_seconds") > 3 * 3600)
        #expect(try object(world, "currencies").values.allSatisfy { $0 as? Int ?? 0 > 0 })
        #expect(try #require(try world.planted["deleted"] as? [Any]).count > 2)
        let copies = try duplicates(world)
        #expect(copies.contains { $0.merged != nil } && copies.contains { $0.merged == nil })
        #expect(try object(world, "repeated").values.allSatisfy { $0 as? Int ?? 0 > 0 })
    }

    // MARK: Reps

    /// A rep's leads: when told, until when the rep's, and the first outward touch by a person, `nil` for none.
    private struct Told {
        let lead: String
        let rep: String
        let at: Int
        let first: Int?
    }

    private func told(_ world: World) throws -> [Told] {
        let touches = Dictionary(
            grouping: try world.log("crm/touches-", key: "id").filter {
                $0["direction"] == "outbound" && $0["automatic"] == "false"
            }, by: { $0["who_id"] })
        let assignments = Dictionary(grouping: try world.all("crm/assignments-"), by: { $0["who_id"] })
        return try assignments.flatMap { lead, rows in
            let times = try rows.map { try seconds($0["assigned"]) }
            return try rows.indices.map { index in
                let until = index + 1 < times.count ? times[index + 1] : Int.max
                let own = try touches[lead, default: []].filter { $0["owner"] == rows[index]["owner"] }
                    .map { try seconds($0["completed"]) }.filter { times[index] <= $0 && $0 < until }
                return Told(lead: lead, rep: rows[index]["owner"], at: times[index], first: own.min())
            }
        }
    }

    @Test func responseTimesAreAsStated() async throws {
        let world = try await World.standard()
        let calendar = Dictionary(
            uniqueKeysWithValues: try world.rows("company/roster.csv").map { ($0["rep"], $0["calendar"]) })
        let hours = try ["munich", "london", "chicago"].reduce(into: [:]) { $0[$1] = try BusinessHours($1, world) }
        let told = Dictionary(grouping: try told(world), by: \.rep)
        for stated in try #require(try world.planted["reps"] as? [[String: Any]]) {
            let rep = try text(stated, "rep")
            let own = told[rep, default: []]
            let responses = own.compactMap { it in
                it.first.map { hours[calendar[rep]!]!.elapsed(it.at, $0) }
            }.sorted()
            #expect(own.count == (try number(stated, "assigned")), "\(rep)")
            #expect(responses.count == (try number(stated, "answered")), "\(rep)")
            let median = responses.isEmpty ? nil : responses[(responses.count - 1) / 2]
            #expect(median == stated["median_response_business_seconds"] as? Int, "\(rep)")
        }
    }

    @Test func fastIsFasterThanTheOthersAndSlowSlower() async throws {
        let world = try await World.standard()
        let fast = try number(try object(world, "fast_rep"), "median_response_business_seconds")
        let slow = try number(try object(world, "slow_rep"), "median_response_business_seconds")
        #expect(fast < 1800 && slow > 4 * 3600)
        for rep in try #require(try world.planted["reps"] as? [[String: Any]]) {
            let median = try number(rep, "median_response_business_seconds")
            #expect(fast <= median && median <= slow)
        }
    }

    /// Points by the agreement's fit rules, from the last export of each contact.
    private func fit(_ world: World) throws -> [String: Int] {
        var fit: [String: Int] = [:]
        for row in try world.rows("map/contacts-complete-2026-02-01.csv") where !row["salesforceleadid"].isEmpty {
            let level = ["c_level", "vp"].contains(row["job_level"]) ? 25 : 0
            let size = (200...5000).contains(Int(row["numberofemployees"])!) ? 20 : 0
            let free =
                ["freemail", "postfach", "inbox"].contains { row["email"].hasSuffix("@\($0).example") } ? -20 : 0
            fit[row["salesforceleadid"]] = level + size + free
        }
        return fit
    }

    @Test func cherryPickerTouchesTheGoodOnes() async throws {
        let world = try await World.standard()
        let planted = try object(world, "cherry_picker")
        let rep = try text(planted, "rep")
        let fit = try fit(world)
        let own = try told(world).filter { $0.rep == rep }
        let (good, poor) = (own.filter { fit[$0.lead]! >= 20 }, own.filter { fit[$0.lead]! < 20 })
        let touched = (good: good.count { $0.first != nil }, poor: poor.count { $0.first != nil })
        #expect(good.count == (try number(planted, "good_assigned")))
        #expect(touched.good == (try number(planted, "good_touched")))
        #expect(poor.count == (try number(planted, "poor_assigned")))
        #expect(touched.poor == (try number(planted, "poor_touched")))
        #expect(touched.good * poor.count > 2 * touched.poor * good.count - poor.count)
    }

    @Test func oneRejectsNearlyEverything() async throws {
        let world = try await World.standard()
        let planted = try object(world, "rejects_everything")
        let own = try world.all("crm/verdicts-").filter { $0["owner"] == planted["rep"] as? String }
        let accepted = own.count { $0["verdict"] == "accept" }
        let rejected = own.count { $0["verdict"] == "reject" }
        #expect((accepted, rejected) == (try number(planted, "accepted"), try number(planted, "rejected")))
        #expect(rejected >= 8 * accepted && rejected >= 10)
        #expect(own.allSatisfy { $0["note"].isEmpty })
    }

    @Test func leaverLeavesOpenLeads() async throws {
        let world = try await World.standard()
        let planted = try object(world, "leaver")
        let rep = try text(planted, "rep")
        let until = Int(try #require(CivilDate(try text(planted, "until"))).daysSinceEpoch + 1) * 86_400
        let judged = Set(try world.all("crm/verdicts-").filter { $0["owner"] == rep }.map { $0["who_id"] })
        let assigned = Set(try world.all("crm/assignments-").filter { $0["owner"] == rep }.map { $0["who_id"] })
        let open = Set(try #require(planted["open_leads"] as? [String]))
        #expect(!open.isEmpty && assigned.subtracting(judged) == open)
        for row in try world.all("crm/touches-") where row["owner"] == rep {
            #expect(try seconds(row["completed"]) < until)
        }
        for row in try world.all("crm/assignments-") where row["owner"] == rep {
            #expect(try seconds(row["assigned"]) < until)
        }
        #expect(
            try world.rows("company/roster.csv").contains {
                $0["rep"] == rep && $0["until"] == planted["until"] as? String
            })
    }

    @Test func oneTerritoryStarves() async throws {
        let world = try await World.standard()
        let planted = try object(world, "starving_territory")
        var team: [String: String] = [:]
        for row in try world.rows("company/roster.csv") {
            team[row["rep"]] = row["team"]
            team[row["manager"]] = row["team"]
        }
        let counts = Dictionary(grouping: try world.all("crm/assignments-"), by: { team[$0["owner"]]! }).mapValues(
            \.count)
        for stated in try #require(planted["teams"] as? [[String: Any]]) {
            #expect(counts[try text(stated, "team"), default: 0] == (try number(stated, "assigned")))
        }
        let starved = counts[try text(planted, "team"), default: 0]
        #expect(counts["dach"]! > 4 * starved && counts["international"]! > 4 * starved && starved > 0)
    }

    // MARK: Marketing

    @Test func wastefulCampaignCostsMostAndBringsLeast() async throws {
        let world = try await World.larger()
        let campaigns = try #require(try world.planted["campaigns"] as? [[String: Any]])
        var spend: [String: Int] = [:]
        for row in try world.rows("company/spend.csv") {
            spend[row["campaign"], default: 0] += Int(row["amount"].filter { $0 != "." })!
        }
        for campaign in campaigns {
            #expect(spend[try text(campaign, "campaign")] == (try number(campaign, "spend_minor_units")))
        }
        let waste = try #require(campaigns.first { $0["planted"] as? String == "wasteful" })
        #expect(try number(waste, "spend_minor_units") == spend.values.max())
        let rates = try campaigns.filter {
            try number($0, "contacts") > 20 && $0["campaign"] as? String != "fair-munich"
        }
        .map { (try text($0, "campaign"), try number($0, "qualified") * 1000 / number($0, "contacts")) }
        #expect(rates.min { $0.1 < $1.1 }?.0 == (try text(waste, "campaign")))
    }

    @Test func fairIsABurstThatOverrunsTheTeam() async throws {
        let world = try await World.standard()
        let planted = try object(world, "fair")
        let visitors = try world.events().filter { $0["event"] as? String == "Fair Visited" }
        let contacts = Set(visitors.compactMap { $0["userId"] as? String })
        #expect(contacts == Set(try #require(planted["contacts"] as? [Int]).map(String.init)))
        let days = Set(visitors.map { ($0["timestamp"] as! String).prefix(10) })
        #expect(days == [Substring(try text(planted, "from")), Substring(try text(planted, "until"))])
        let leads = Set(
            try world.rows("map/contacts-complete-2026-02-01.csv").filter { contacts.contains($0["id"]) }
                .map { $0["salesforceleadid"] })
        let assigned = try world.all("crm/assignments-").filter {
            leads.contains($0["who_id"]) && $0["reason"] == "routed"
        }
        #expect(assigned.count == (try number(planted, "assigned")))
        #expect(assigned.count > (try number(planted, "capacity_per_month")))
    }

    @Test func uploadsAreListsByOnePersonWithoutConsent() async throws {
        let world = try await World.standard()
        let consented = Set(try world.all("map/consent-").map { $0["contact_id"] })
        let uploads = try #require(try world.planted["uploads"] as? [[String: Any]])
        #expect(uploads.count == 3)
        for upload in uploads {
            let rows = try world.rows(try text(upload, "file"))
            let contacts = try #require(upload["contacts"] as? [Int]).map(String.init)
            #expect(rows.count == contacts.count && rows.count >= 10)
            #expect(Set(rows.map { $0["CreatedById"] }) == [try text(upload, "rep")])
            let times = try rows.map { try seconds($0["CreatedDate"]) }
            for start in times.dropLast(9).indices { #expect(times[start + 9] - times[start] < 600) }
            #expect(consented.isDisjoint(with: contacts))
            #expect(try seconds(try text(upload, "from")) == times.min())
            #expect(try seconds(try text(upload, "until")) == times.max())
        }
    }

    @Test func optOutsAreFlaggedAndSomeAreMailedInSpite() async throws {
        let world = try await World.standard()
        let planted = try object(world, "opt_outs")
        var withdrawn: [String: Int] = [:]
        for row in try world.all("map/consent-") where row["status"] == "withdrawn" {
            withdrawn[row["contact_id"]] = try seconds(row["timestamp"])
        }
        #expect(Set(withdrawn.keys) == Set(try #require(planted["contacts"] as? [Int]).map(String.init)))
        let flagged = try world.rows("map/contacts-complete-2026-02-01.csv").filter { $0["hs_email_optout"] == "true" }
        #expect(Set(flagged.map { $0["id"] }) == Set(withdrawn.keys))
        let inSpite = try world.all("map/sends-").filter { row in
            guard row["event"] == "sent", let since = withdrawn[row["contact_id"]] else { return false }
            return try seconds(row["timestamp"]) >= since
        }
        #expect(
            Set(inSpite.map { $0["contact_id"] })
                == Set(try #require(planted["mailed_in_spite"] as? [Int]).map(String.init)))
        #expect(inSpite.count == (try number(planted, "mails_in_spite")) && inSpite.count > 0)
    }

    @Test func salesMailsInSpiteOfOptOutsAreCounted() async throws {
        let world = try await World.larger()
        var lead: [String: String] = [:]
        for row in try world.all("map/contacts-") { lead[row["id"]] = row["salesforceleadid"] }
        var withdrawn: [String: Int] = [:]
        for row in try world.all("map/consent-") where row["status"] == "withdrawn" {
            withdrawn[lead[row["contact_id"]]!] = try seconds(row["timestamp"])
        }
        let breaches = try world.log("crm/touches-", key: "id").count { row in
            guard row["channel"] == "email", row["direction"] == "outbound", row["automatic"] == "false" else {
                return false
            }
            return try withdrawn[row["who_id"]].map { try seconds(row["completed"]) >= $0 } ?? false
        }
        #expect(breaches == (try number(try object(world, "opt_outs"), "sales_mails_in_spite")) && breaches > 0)
    }

    // MARK: Records

    @Test func duplicatesLookAlikeAndMergesAreRecorded() async throws {
        let world = try await World.larger()
        var contacts: [String: Row] = [:]
        for row in try world.all("map/contacts-") { contacts[row["id"]] = row }
        let planted = try duplicates(world)
        #expect(planted.count >= 20 && planted.contains { $0.merged == nil } && planted.contains { $0.merged != nil })
        let last = try world.rows("map/contacts-complete-2026-02-01.csv")
        for it in planted {
            let (copy, original) = (contacts[it.contact]!, contacts[it.sameAs]!)
            #expect(copy["firstname"] == original["firstname"] && copy["email"] != original["email"])
            #expect((copy["lastname"] == original["lastname"]) == (it.how != "misspelled"))
            #expect(copy["company"] == original["company"] || copy["company"].isEmpty || original["company"].isEmpty)
            let absorbed = last.first { $0["id"] == it.sameAs }?["hs_merged_object_ids"] == it.contact
            #expect(absorbed == (it.merged != nil))
            #expect(last.contains { $0["id"] == it.contact } == (it.merged == nil))
        }
    }

    @Test func deletedContactsVanishFromCompleteExports() async throws {
        let world = try await World.standard()
        let deleted = try #require(try world.planted["deleted"] as? [Int]).map(String.init)
        let ever = Set(try world.all("map/contacts-").map { $0["id"] })
        let last = Set(try world.rows("map/contacts-complete-2026-02-01.csv").map { $0["id"] })
        let merged = Set(try duplicates(world).filter { $0.merged != nil }.map(\.contact))
        #expect(deleted.count > 0 && ever.subtracting(last).subtracting(merged) == Set(deleted))
    }

    // MARK: Deals

    private func dealsAtTheEnd(_ world: World) throws -> [Row] {
        let last = try #require(world.names("crm/deals-").last)
        return try world.rows(last)
    }

    @Test func closeRateSlipsOnTheStatedDay() async throws {
        let world = try await World.larger()
        let planted = try object(world, "close_rate")
        let slip = try text(planted, "slips_on")
        let closed = try dealsAtTheEnd(world).filter {
            $0["Type"] == "New Business" && $0["IsClosed"] == "true" && $0["SystemModstamp"] >= "2025-02-01"
        }
        for (side, isAfter) in [("before", false), ("after", true)] {
            let own = closed.filter { ($0["SystemModstamp"] >= slip) == isAfter }
            let stated = try #require(planted[side] as? [String: Any])
            let won = own.count { $0["IsWon"] == "true" }
            #expect((won, own.count - won) == (try number(stated, "won"), try number(stated, "lost")))
            let share = won * 1000 / own.count
            #expect(abs(share - (try number(stated, "meant_per_mille"))) <= 40, "\(share) per mille won \(side)")
        }
    }

    @Test func dealsHaveSeveralCurrenciesAndLostOnesCompetitors() async throws {
        let world = try await World.standard()
        let deals = try dealsAtTheEnd(world)
        let counts = Dictionary(grouping: deals, by: { $0["CurrencyIsoCode"] }).mapValues(\.count)
        #expect(counts == (try object(world, "currencies") as? [String: Int])?.filter { $0.value > 0 })
        #expect(counts.count >= 3)
        #expect(deals.count { $0["StageName"] == "Churned" } == (try world.planted["customers_lost"] as? Int))
        #expect(deals.count { $0["StageName"] == "Renewed" } == (try world.planted["renewed"] as? Int))
        for deal in deals where !deal["Competitor__c"].isEmpty {
            #expect(deal["IsClosed"] == "true" && deal["IsWon"] == "false")
        }
        #expect(deals.contains { !$0["Competitor__c"].isEmpty })
    }

    @Test func mailsDuringOpenDealsAreCounted() async throws {
        let world = try await World.larger()
        let contact = Dictionary(
            try world.all("map/contacts-").filter { !$0["salesforceleadid"].isEmpty }
                .map { ($0["salesforceleadid"], $0["id"]) }, uniquingKeysWith: { $1 })
        let deals = Dictionary(uniqueKeysWithValues: try dealsAtTheEnd(world).map { ($0["Id"], $0) })
        var open: [String: [Range<Int>]] = [:]
        for role in try world.rows(world.names("crm/deal-contacts-").last!) where role["IsPrimary"] == "true" {
            let deal = deals[role["OpportunityId"]]!
            guard deal["Type"] == "New Business" else { continue }
            let end = try deal["IsClosed"] == "true" ? seconds(deal["SystemModstamp"]) : Int.max - 1
            open[contact[role["ContactId"]]!, default: []].append(try seconds(deal["CreatedDate"]) + 1..<end + 1)
        }
        let during = try world.all("map/sends-").count { row in
            let at = try seconds(row["timestamp"])
            return row["event"] == "sent" && open[row["contact_id"], default: []].contains { $0.contains(at) }
        }
        #expect(during == (try world.planted["mails_during_deals"] as? Int) && during > 0)
    }

    // MARK: Lateness and repetition

    @Test func lateFactsAreLateByOneToTwentyDays() async throws {
        let world = try await World.standard()
        let stated = try object(world, "late")
        let logs = [("web/pages", "message_id", "timestamp", "sent_at"), ("crm/touches", "id", "completed", "created")]
        for (family, key, happened, arrived) in logs {
            let delays = try world.log(family + "-", key: key).map { try seconds($0[arrived]) - seconds($0[happened]) }
            let late = delays.filter { $0 > 86_000 }
            #expect(late.count == (try number(stated, family)) && late.count > 5, "\(family)")
            #expect(
                delays.allSatisfy { (0...600).contains($0) || (86_400...20 * 86_400 + 1).contains($0) }, "\(family)")
        }
    }

    @Test func repeatedRowsAreTheSameRows() async throws {
        let world = try await World.standard()
        let stated = try object(world, "repeated")
        for (family, ending) in [("web/pages", "csv"), ("web/events", "ndjson"), ("crm/touches", "csv")] {
            var (seen, repeated): (Set<Substring>, Int) = ([], 0)
            for name in world.names(family + "-") {
                let lines = try world.text(name).split(separator: "\n").dropFirst(ending == "csv" ? 1 : 0)
                repeated += lines.count { seen.contains($0) }
                seen.formUnion(lines)
            }
            #expect(repeated == (try number(stated, family)) && repeated > 0, "\(family)")
        }
    }
}
