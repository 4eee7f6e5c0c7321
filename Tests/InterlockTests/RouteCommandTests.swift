import Foundation
import Testing

/// `interlock route --dry-run`, from outside.
@Suite(.disabled(if: zonesOfBirchAreMissing, "no time zone data: apt-get install tzdata"))
struct RouteCommandTests {
    @Test func whatRulesGiveAddsUp() throws {
        let birch = try BirchCompany()
        let routed = try birch.json(
            "route", "--dry-run", "--agreement", birch.agreement, "--at", "2026-03-01T12:00:00Z")
        let parts = try #require(routed["parts"] as? [[String: Any]])
        let due = parts.compactMap { $0["due_millionths"] as? Int }
        let given = parts.compactMap { $0["by_rules"] as? Int }
        let latest = try #require(routed["latest"] as? [[String: Any]])
        #expect(parts.count == 2 && given.reduce(0, +) == 3 && latest.count == routed["assignments"] as? Int)
        // Shares are rounded down, by less than a millionth for each lead.
        #expect((2_999_990...3_000_000).contains(due.reduce(0, +)))
        for entry in latest {
            let rules = try #require(entry["rules"] as? [[String: Any]])
            #expect(rules.last?["outcome"] as? String == entry["owner"] as? String)
            #expect(rules.dropLast().allSatisfy { $0["holds"] as? Bool == false })
        }
    }

    @Test func theLogIsARowForEachRule() throws {
        let birch = try BirchCompany()
        let question = ["route", "--dry-run", "--agreement", birch.agreement, "--at", "2026-03-01T12:00:00Z", "--csv"]
        let rows = try birch.run(question + ["--last", "1"]).output.split(whereSeparator: \.isNewline)
        #expect(rows.count == 3 && rows[0].hasPrefix("at,person,why") && rows[2].contains("routing.rules.home.to"))
        #expect(try birch.run(question + ["--last", "0"]).output.split(whereSeparator: \.isNewline).count == 1)
    }

    @Test(arguments: [
        (["route"], "Say --dry-run"), (["route", "--dry-run", "--last=-1"], "--last: give a number"),
        (["route", "--dry-run", "--json", "--csv"], "two forms of one answer"),
    ])
    func aWrongQuestionIsRefused(_ arguments: [String], _ says: String) throws {
        let birch = try BirchCompany(importing: false)
        let run = try birch.run(arguments)
        #expect(run.code == 64 || run.code == 2, "\(run.code ?? -1)")
        #expect(run.errors.contains(says), "\(run.errors)")
    }
}
