import Foundation
import Testing

/// `interlock explain` goes by the versions in force, and by a file only as a dry run.
@Suite(.disabled(if: zonesOfBirchAreMissing, "no time zone data: apt-get install tzdata"))
struct ExplainVersionTests {
    @Test func eachMoveNamesTheVersionThatWasInForce() throws {
        let birch = try BirchCompany()
        let nothing = try birch.run("explain", "finn@nord-glas.example", "--at", "2026-03-01T00:00Z")
        #expect(nothing.code == 1 && nothing.errors.contains("nothing-in-force"))
        try birch.sign(birch.agreement, at: "2026-01-02T10:00Z")
        let next = try birch.changed("engagement >= 40", "engagement >= 25", as: "next.yaml")
        let dated = try String(contentsOfFile: next, encoding: .utf8)
        try dated.replacing("effective: 2026-01-05", with: "effective: 2026-03-01").write(
            toFile: next, atomically: true, encoding: .utf8)
        try birch.sign(next, at: "2026-02-20T10:00Z")

        // Eva has 37 points on 11 February, under the first version too few, and is judged anew by the second at her next
        // activity; Finn scores again once the second is in force.
        let json = try birch.json("explain", "finn@nord-glas.example", "--at", "2026-03-20T00:00Z")
        let timeline = try #require(json["timeline"] as? [[String: Any]])
        func version(_ what: String) -> String? {
            let entry = timeline.first { $0["what"] as? String == what }
            return (entry?["clause"] as? [String: Any])?["version"] as? String
        }
        let (lead, mql) = (version("entered lead"), version("entered mql"))
        #expect(lead != nil && mql != nil && lead != mql)
        #expect(json["version"] as? String == mql && json["dry_run"] as? Bool == false)
        let text = try birch.run("explain", "finn@nord-glas.example", "--at", "2026-03-20T00:00Z")
        #expect(text.output.contains("and by the one before it."), "\(text.output)")
        #expect(text.output.contains("(next.yaml:") && text.output.contains("(agreement.yaml:"))
    }

    @Test func aFileIsADryRunOverAllOfThePast() throws {
        let birch = try BirchCompany()
        try birch.sign(birch.agreement, at: "2026-01-02T10:00Z")
        let signed = try birch.run(
            "explain", "finn@nord-glas.example", "--agreement", birch.agreement, "--at", "2026-03-20T00:00Z")
        #expect(signed.output.contains("signed and in force) over the whole past"))
        #expect(!signed.errors.contains("not signed"))
        let draft = try birch.run(
            "explain", "finn@nord-glas.example", "--agreement", birch.draft, "--at", "2026-03-20T00:00Z")
        #expect(draft.output.contains("NOT SIGNED) over the whole past"))
        #expect(draft.errors.contains("This agreement is not signed"))
    }

    @Test func contributionsAddUpToTheScore() throws {
        let birch = try BirchCompany()
        for person in ["ann@acme-dairy.example", "bert@alpen-papier.example", "finn@nord-glas.example"] {
            for at in ["2026-01-22T00:00Z", "2026-02-19T07:31Z", "2026-06-01T00:00Z"] {
                let json = try birch.json("explain", person, "--agreement", birch.agreement, "--at", at)
                let parts = try #require(json["contributions"] as? [[String: Any]])
                let sum = parts.compactMap { ($0["left"] as? String).flatMap { Decimal(string: $0) } }.reduce(0, +)
                #expect(Decimal(string: json["engagement"] as? String ?? "") == sum, "\(person) at \(at)")
            }
        }
    }

    @Test func whatHoldsAHandOverIsSaid() throws {
        let birch = try BirchCompany()
        let held = try birch.run(
            "explain", "dan@moor-farms.example", "--agreement", birch.agreement, "--at", "2026-02-01T00:00Z")
        #expect(held.output.contains("country is not known"), "\(held.output)")
    }
}
