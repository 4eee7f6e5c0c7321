import Foundation
import Testing

private let zonesAreMissing = !FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Europe/Berlin")

/// `interlock explain`, from outside: files in, a timeline out.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct ExplainCommandTests {
    private static let agreement = """
        company: Acme
        calendars: {office: {hours: {mon-fri: 09:00-17:00}}}
        teams: {field: {manager: ines@acme.example, calendar: office, reps: [{email: jonas@acme.example}]}}
        fields: {email: {type: email, owner: marketing, required_at: lead}}
        activities: {demo: event = 'Demo Requested'}
        stages:
          lead: {side: marketing, enter: email is known}
          mql: {side: marketing, enter: demo, hand_over: sales}
          sal: {side: sales, enter: accepted}
        promises: {sales: {respond: {to: mql, by: [call], within: 1 business hour}}}
        routing: {rules: [{name: all, to: team field}]}
        """
    private static let rows = """
        id,at,who,email,what,owner
        1,2026-03-02T09:00:00Z,7,ann@birch.example,seen,
        2,2026-03-02T10:00:00Z,7,ann@birch.example,demo,
        3,2026-03-02T10:05:00Z,7,ann@birch.example,owned,jonas@acme.example
        4,2026-03-02T10:30:00Z,7,ann@birch.example,call,jonas@acme.example
        """
    private static let mapping = """
        mapping: 1
        source: crm
        columns: {email: {named: email, as: email}, owner: {named: owner, optional: yes}}
        facts:
          - {fact: observed, object: contact, id: who, since: at, when: {what: seen}, person: {record: {object: contact, id: who}, email: email}, with: [email]}
          - {fact: activity, object: event, name: {is: Demo Requested}, id: id, at: at, when: {what: demo}, person: {record: {object: contact, id: who}}}
          - {fact: owned, object: assignment, id: id, at: at, when: {what: owned}, person: {record: {object: contact, id: who}}, by: owner}
          - {fact: touch, object: task, id: id, at: at, when: {what: call}, person: {record: {object: contact, id: who}}, by: owner, with: {channel: {is: call}, direction: {is: outward}}}
        """

    @Test func tellsEachMoveWithItsClauseAndFact() throws {
        try withTemporaryFolder { folder in
            for (name, text) in [("a.yaml", Self.agreement), ("rows.csv", Self.rows), ("map.yaml", Self.mapping)] {
                try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
            }
            let environment = ["INTERLOCK_JOURNAL": folder.appendingPathComponent("journal").path]
            let imported = try CommandRun(
                ["import", "rows.csv", "--mapping", "map.yaml"], environment: environment, in: folder)
            try #require(imported.exitCode == 0, "\(imported.errors)\(imported.output)")
            let explain = [
                "explain", "email:ann@birch.example", "--agreement", "a.yaml", "--at", "2026-03-03T00:00:00Z",
            ]
            let result = try CommandRun(explain, environment: environment, in: folder)
            #expect(result.exitCode == 0, "\(result.errors)")
            for part in [
                "is at mql, pass 1", "A dry run of a.yaml (", "NOT SIGNED) over the whole past",
                "→ entered lead", "stages.mql.enter (a.yaml:8); crm/event/2, fact",
                "→ went to jonas@acme.example, as a system recorded it",
                "respond of jonas@acme.example began, due 2026-03-02 11:05", "was kept",
                "promises.sales.respond.within", "no acceptance in this pass; there never was one",
                "it goes to jonas@acme.example", "The agreement names no purposes",
            ] { #expect(result.output.contains(part), "\(part) in\n\(result.output)") }
            #expect(result.errors.contains("This agreement is not signed"))

            let stranger = try CommandRun(
                ["explain", "email:bob@birch.example", "--agreement", "a.yaml"], environment: environment, in: folder)
            #expect(stranger.exitCode == 3 && stranger.errors.contains("no fact about email:bob@birch.example"))
        }
    }
}
