import Foundation
import Sample
import Testing
import Vocabulary
import Yams

/// The files fit together as those of a real company do.
@Suite struct IntegrityTests {
    @Test func everyFileIsReadAndCountedRight() async throws {
        let world = try await World.standard()
        for file in world.summary.files {
            let text = try world.text(file.name)
            #expect(text.utf8.count == file.bytes, "\(file.name)")
            guard !file.name.hasPrefix("company/holidays"), !file.name.hasSuffix(".yaml") else { continue }
            let rows = file.name.hasSuffix(".csv") ? try Row.read(text).count : text.split(separator: "\n").count
            #expect(rows == file.rows, "\(file.name)")
        }
        #expect(Set(world.summary.files.map(\.name)).union(["planted.json"]) == Set(world.files.keys))
    }

    @Test func everyContactInALogIsInAnExport() async throws {
        let world = try await World.standard()
        let known = Set(try world.all("map/contacts-").map { $0["id"] })
        for stem in ["map/consent-", "map/sends-", "web/pages-"] {
            let named = Set(try world.all(stem).map { $0["contact_id"] }.filter { !$0.isEmpty })
            #expect(named.count > 20 && named.subtracting(known) == [], "\(stem)")
        }
        let users = Set(try world.events().compactMap { $0["userId"] as? String })
        #expect(users.count > 20 && users.subtracting(known) == [])
    }

    @Test func everyLeadInTheCRMIsAContact() async throws {
        let world = try await World.standard()
        let known = Set(try world.all("map/contacts-").map { $0["salesforceleadid"] })
        let columns = [
            ("crm/touches-", "who_id"), ("crm/meetings-", "who_id"), ("crm/assignments-", "who_id"),
            ("crm/verdicts-", "who_id"), ("crm/deal-contacts-", "ContactId"), ("crm/uploads-", "Id"),
        ]
        for (stem, column) in columns {
            let named = Set(try world.all(stem).map { $0[column] })
            #expect(!named.isEmpty && named.subtracting(known) == [], "\(stem)")
        }
    }

    @Test func dealsBelongToAccountsAndTouchesToDeals() async throws {
        let world = try await World.standard()
        let accounts = Set(try world.all("crm/accounts-").map { $0["Id"] })
        let deals = try world.all("crm/deals-")
        #expect(Set(deals.map { $0["AccountId"] }).subtracting(accounts) == [])
        let known = Set(deals.map { $0["Id"] })
        let touched = Set(try world.all("crm/touches-").map { $0["what_id"] }.filter { !$0.isEmpty })
        #expect(touched.count > 5 && touched.subtracting(known) == [])
        #expect(Set(try world.all("crm/deal-contacts-").map { $0["OpportunityId"] }).subtracting(known) == [])
        #expect(Set(try world.rows("company/targets.csv").map { $0["account_id"] }).subtracting(accounts) == [])
    }

    @Test func everyOwnerIsOnTheRoster() async throws {
        let world = try await World.standard()
        let roster = try world.rows("company/roster.csv")
        let people = Set(roster.map { $0["rep"] } + roster.map { $0["manager"] })
        let columns = [
            ("crm/touches-", "owner"), ("crm/meetings-", "owner"), ("crm/assignments-", "owner"),
            ("crm/verdicts-", "owner"), ("crm/deals-", "OwnerId"), ("crm/accounts-", "OwnerId"),
            ("crm/uploads-", "CreatedById"), ("company/quotas", "rep"), ("company/absences", "rep"),
            ("company/targets", "owner"),
        ]
        for (stem, column) in columns {
            #expect(Set(try world.all(stem).map { $0[column] }).subtracting(people) == [], "\(stem)")
        }
        let owners = Set(try world.all("map/contacts-").map { $0["hubspot_owner_id"] })
        #expect(owners.subtracting(people) == [""])
    }

    @Test func campaignsAreThoseThatCostMoney() async throws {
        let world = try await World.standard()
        let paid = Set(try world.rows("company/spend.csv").map { $0["campaign"] })
        let seen = Set(try world.all("web/pages-").map { $0["utm_campaign"] }).subtracting([""])
        #expect(seen.count >= 5 && seen.subtracting(paid) == [])
    }

    /// Two contacts never share an address, and every address is one nobody can have.
    @Test func addressesAreUniqueAndBelowExample() async throws {
        let world = try await World.larger()
        var owner: [String: String] = [:]
        for row in try world.all("map/contacts-") {
            let address = row["email"]
            #expect(owner[address, default: row["id"]] == row["id"], "\(address) belongs to two contacts")
            owner[address] = row["id"]
            #expect(
                address.hasSuffix(".example") && address.filter { $0 == "@" }.count == 1
                    && address.allSatisfy(\.isASCII))
        }
        #expect(owner.count > 2500)
    }

    @Test(arguments: [("web/pages-", "sent_at", "message_id"), ("crm/touches-", "created", "id")])
    func logsAreInOrderOfArrivalAndRepeatOneDay(stem: String, arrival: String, key: String) async throws {
        let world = try await World.standard()
        var (seen, repeated, known): (Set<String>, Int, Int) = ([], 0, 0)
        for name in world.names(stem) {
            let rows = try world.rows(name)
            let times = rows.map { String($0[arrival].prefix(19)) }
            #expect(times == times.sorted(), "\(name)")
            let ids = rows.map { $0[key] }
            #expect(Set(ids).count == ids.count, "\(name) has a row twice")
            known += ids.count { seen.contains($0) }
            repeated += world.summary.files.first { $0.name == name }!.repeated
            seen.formUnion(ids)
        }
        #expect(repeated > 0 && known == repeated)
    }

    @Test func personalPagesFollowTheFirstForm() async throws {
        let world = try await World.standard()
        var created: [String: Int] = [:]
        for row in try world.all("map/contacts-") { created[row["id"]] = try seconds(row["createdate"]) }
        for row in try world.all("web/pages-") where !row["contact_id"].isEmpty {
            #expect(try seconds(row["timestamp"]) >= created[row["contact_id"]]!)
        }
    }

    /// A complete export holds every contact that is still there, exactly once, and no other.
    @Test func completeExportsAreComplete() async throws {
        let world = try await World.standard()
        var present: [String: String] = [:]
        let deleted = Set(try #require(try world.planted["deleted"] as? [Int]).map(String.init))
        let merged = Set(try duplicates(world).filter { $0.merged != nil }.map(\.contact))
        let names = world.names("map/contacts-").sorted { $0.suffix(14) < $1.suffix(14) }
        for name in names {
            let rows = try world.rows(name)
            for row in rows { present[row["id"]] = row["lastmodifieddate"] }
            guard name.contains("complete") else { continue }
            let ids = Set(rows.map { $0["id"] })
            #expect(ids.count == rows.count)
            let missing = Set(present.keys).subtracting(ids)
            #expect(missing.isSubset(of: deleted.union(merged)), "\(name)")
        }
        #expect(names.count { $0.contains("complete") } == 15)
        let last = Set(try world.rows("map/contacts-complete-2026-02-01.csv").map { $0["id"] })
        #expect(last.isDisjoint(with: deleted) && last.isDisjoint(with: merged))
    }

    @Test func agreementIsYAMLAndNamesTheTeams() async throws {
        let world = try await World.standard()
        let agreement = try #require(try Yams.load(yaml: try world.text("agreement.yaml")) as? [String: Any])
        let teams = try #require(agreement["teams"] as? [String: [String: Any]])
        let named = teams.values.flatMap { team in
            (team["reps"] as? [[String: Any]] ?? []).compactMap { $0["email"] as? String }
        }
        #expect(Set(named) == Set(try world.rows("company/roster.csv").map { $0["rep"] }))
        for calendar in try #require(agreement["calendars"] as? [String: [String: Any]]).values {
            #expect(world.files[try #require(calendar["holidays"] as? String)] != nil)
        }
    }

    /// What grows with the company stays below 200 bytes a person, and what is written leaves in small pieces.
    @Test func stateIsSmall() async throws {
        let world = try await World.larger()
        #expect(world.stateBytesPerPerson <= 200)
        #expect(world.largestPiece <= 1 << 19)
    }
}

/// The second records that are planted.
func duplicates(_ world: World) throws -> [(contact: String, sameAs: String, how: String, merged: String?)] {
    let list = try #require(try world.planted["duplicates"] as? [[String: Any]])
    return try list.map { it in
        let contact = try #require(it["contact"] as? Int)
        let sameAs = try #require(it["same_as"] as? Int)
        return (String(contact), String(sameAs), try #require(it["how"] as? String), it["merged"] as? String)
    }
}
