import Foundation
import Testing

private let zonesAreMissing = !FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Europe/Berlin")

/// `interlock report`, `interlock records` and `interlock tables`, from outside.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct ReportCommandTests {
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
        visibility: {rep_numbers: [self]}
        promises: {sales: {respond: {to: mql, by: [call], within: 1 business hour}}}
        routing: {rules: [{name: all, to: team field}]}
        """
    private static let rows = """
        id,at,who,email,what,owner
        1,2026-03-02T09:00:00Z,7,ann@birch.example,seen,
        2,2026-03-02T10:00:00Z,7,ann@birch.example,demo,
        3,2026-03-02T10:05:00Z,7,ann@birch.example,owned,jonas@acme.example
        4,2026-03-02T10:30:00Z,7,ann@birch.example,call,jonas@acme.example
        5,2026-03-02T11:00:00Z,8,bob@elm.example,seen,
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

    /// A folder with a journal and an agreement, and how the program is run in it.
    private func inCompany(_ body: (URL, _ run: ([String]) throws -> CommandRun) throws -> Void) throws {
        try withTemporaryFolder { folder in
            for (name, text) in [("a.yaml", Self.agreement), ("rows.csv", Self.rows), ("map.yaml", Self.mapping)] {
                try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
            }
            let environment = ["INTERLOCK_JOURNAL": folder.appendingPathComponent("journal").path]
            let imported = try CommandRun(
                ["import", "rows.csv", "--mapping", "map.yaml"], environment: environment, in: folder)
            try #require(imported.exitCode == 0, "\(imported.errors)\(imported.output)")
            try body(folder) { try CommandRun($0, environment: environment, in: folder) }
        }
    }

    @Test func aNumberOpensItsRecords() throws {
        try inCompany { _, run in
            let report = try run(["report", "funnel", "--agreement", "a.yaml"])
            #expect(report.exitCode == 0, "\(report.errors)")
            for part in ["Funnel of Acme", "lead to mql", "50.000 %", "█████", "before 20", "in UTC", "as of"] {
                #expect(report.output.contains(part), "\(part) in\n\(report.output)")
            }
            #expect(!report.output.contains("\u{1B}"))
            let last = try #require(report.output.split(separator: "\n").last)
            let handle = String(try #require(last.split(separator: " ").last)).replacing(
                ".entered", with: ".conversion")
            let records = try run(["records", handle, "--agreement", "a.yaml"])
            #expect(records.exitCode == 0, "\(records.errors)")
            #expect(records.output.contains("1 of 2") || records.output.contains("2 records"))
            #expect(records.output.contains("in part") && records.output.contains("fact"))
            let csv = try run(["records", handle, "--agreement", "a.yaml", "--csv"])
            #expect(csv.output.hasPrefix("in_part,way,who,") && csv.output.split(separator: "\r\n").count == 3)
            #expect(try run(["records", handle, "--agreement", "a.yaml"]).output == records.output)
        }
    }

    @Test func jsonNamesEveryCellsHandle() throws {
        try inCompany { _, run in
            let result = try run(["report", "response", "--agreement", "a.yaml", "--json"])
            let json = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
            let sections = try #require(json["sections"] as? [[String: Any]])
            let row = try #require((sections.first?["rows"] as? [[String: Any]])?.first)
            let cells = try #require(row["cells"] as? [String: [String: Any]])
            #expect(cells["answered"]?["value"] as? Int == 1)
            let handle = try #require(cells["answered"]?["handle"] as? String)
            let opened = try run(["records", handle, "--agreement", "a.yaml", "--json"])
            let records = try #require(
                try JSONSerialization.jsonObject(with: Data(opened.output.utf8)) as? [String: Any])
            let listed = try #require(records["records"] as? [[String: Any]])
            #expect(listed.count == 1 && listed[0]["owner"] as? String == "jonas@acme.example")
            let wait = try #require(listed[0]["wait"] as? [String: Any])
            #expect(wait["seconds"] as? String == "1500" && wait["time"] as? String == "business")
            let csv = try run(["report", "response", "--agreement", "a.yaml", "--csv"])
            #expect(csv.output.hasPrefix("section,row,column,value,unit,part,whole,records,handle\r\n"))
        }
    }

    @Test func whoMayNotSeeARepDoesNot() throws {
        try inCompany { _, run in
            let report = ["report", "response", "--by", "rep", "--agreement", "a.yaml"]
            #expect(try run(report).output.contains("jonas@acme.example"))
            let strange = try run(report + ["--viewer", "maria@acme.example"]).output
            #expect(strange.contains("another rep") && !strange.contains("jonas"))
            #expect(try run(report + ["--viewer", "jonas@acme.example"]).output.contains("jonas@acme.example"))
        }
    }

    @Test func listsReportsAndSaysHow() throws {
        try withTemporaryFolder { folder in
            let list = try CommandRun(["report"], in: folder)
            for name in ["coverage", "funnel", "pipeline", "response", "wins"] { #expect(list.output.contains(name)) }
            #expect(list.exitCode == 0)
            let how = try CommandRun(["report", "wins", "--how"], in: folder)
            #expect(how.exitCode == 0 && how.output.contains("won / (won + lost)") && how.output.contains("FROM deal"))
            let apart = try CommandRun(["report", "wins", "--by", "team", "--how"], in: folder)
            #expect(apart.exitCode == 0 && apart.output.contains("AS segment"))
            #expect(apart.output.contains("not told apart by team"))
            let journey = try CommandRun(["report", "journey", "--by", "team", "--how"], in: folder)
            #expect(journey.exitCode == 1 && journey.errors.contains("option-not-taken"))
            let unknown = try CommandRun(["report", "winns"], in: folder)
            #expect(unknown.exitCode == 1 && unknown.errors.contains("unknown-report"))
            #expect(unknown.errors.contains("Did you mean wins?"))
            let without = try CommandRun(["report", "wins"], in: folder)
            #expect(without.exitCode == 3 && without.errors.contains("there is no journal"))
        }
    }

    @Test func refusesWithCodeAndRemedy() throws {
        try inCompany { folder, run in
            let table: [([String], String)] = [
                (["report", "funnel", "--from", "2026-03-02", "--to", "2026-03-01"], "window-ends-before-it-starts"),
                (["report", "funnel", "--as-of", "2099-01-01"], "as-of-beyond-history"),
                (["report", "funnel", "--team", "fild"], "unknown-team"),
                (["report", "wins", "--within", "30 days"], "option-not-taken"),
                (["records", "funnel"], "handle-of-no-cell"),
                (
                    ["records", "funnel/agreement=000000000000/cell=ways.lead-mql.entered"],
                    "handle-of-another-agreement"
                ),
                (["records", "funnel/agreement=0/cell=ways.lead-mql"], "unreadable-handle"),
            ]
            for (arguments, code) in table {
                let result = try run(arguments + ["--agreement", "a.yaml"])
                #expect(result.exitCode == 1 && result.errors.contains("\(code): "), "\(arguments): \(result.errors)")
                #expect(result.output.isEmpty)
            }
            let unsigned = try run(["report", "funnel"])
            #expect(unsigned.exitCode == 1 && unsigned.errors.contains("nothing-in-force"))
            let both = try run(["report", "funnel", "--agreement", "a.yaml", "--first-pass", "--all-passes"])
            #expect(both.exitCode == 2)
            let forms = try run(["report", "funnel", "--agreement", "a.yaml", "--json", "--csv"])
            #expect(forms.exitCode == 2)
            _ = folder
        }
    }

    @Test func tablesLieBesideTheJournalAndReplaceOnlyTheirOwn() throws {
        try inCompany { folder, run in
            let result = try run(["tables", "--agreement", "a.yaml"])
            #expect(result.exitCode == 0, "\(result.errors)")
            #expect(result.output.contains("stage_entry") && result.output.contains("derived.sqlite"))
            let path = folder.appendingPathComponent("journal/derived.sqlite").path
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            #expect(try run(["tables", "--agreement", "a.yaml"]).exitCode == 0)
            let strange = folder.appendingPathComponent("notes.txt")
            try "mine".write(to: strange, atomically: true, encoding: .utf8)
            let refused = try run(["tables", "--agreement", "a.yaml", "--out", "notes.txt"])
            #expect(refused.exitCode == 3 && refused.errors.contains("is not overwritten"))
            #expect(try String(contentsOf: strange, encoding: .utf8) == "mine")
        }
    }
}
