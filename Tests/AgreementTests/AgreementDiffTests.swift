import Testing

@testable import Agreement

@Suite(.disabled(if: zonesAreMissing, "no zone files on this machine"))
struct AgreementDiffTests {
    /// What is replaced in the example, by what, and what has changed then.
    static let edits: [(String, String, [String])] = [
        ("interlock: 1\n", "interlock: 1\n# a comment\n", []),
        (
            "company: Northwind Instruments\ntimezone: Europe/Berlin\n",
            "timezone: Europe/Berlin\ncompany: Northwind Instruments\n", []
        ),
        ("kofi@northwind.example, capacity", "kofi@northwind.example, weight: 1, capacity", []),
        ("by: [call, email, meeting]", "by: [meeting, email, call]", []),
        (
            "within: 1 business hour, warn_at", "within: 2 business hours, warn_at",
            ["changed promises.sales.respond.within"]
        ),
        (
            "decide: {about: mql, within: 1 business day}", "decide: {about: mql, within: 8 business hours}",
            ["changed promises.sales.decide.within"]
        ),
        (fitRules[0] + fitRules[1], fitRules[1] + fitRules[0], []),
        (
            fitRules[0], "      - {when: country = DE, points: 5}\n" + fitRules[0],
            ["added scoring.fit.rules.1.points", "added scoring.fit.rules.1.when"]
        ),
        (fitRules[0], "", ["removed scoring.fit.rules.1.points", "removed scoring.fit.rules.1.when"]),
        ("    permission: 100%\n", "", ["removed promises.sales.permission"]),
        ("quality: {acceptance: 70%}", "quality: {acceptance: 75%}", ["changed promises.marketing.quality.acceptance"]),
        (
            "half_life: 30 days", "half_life: [{where: employees < 200, is: 20 days}, {otherwise: 30 days}]",
            ["added scoring.engagement.half_life.1.is", "added scoring.engagement.half_life.1.where"]
        ),
        (routing[0] + routing[1], routing[1] + routing[0], ["moved routing.rules"]),
        (consent[0] + consent[1], consent[1] + consent[0], ["moved consent.rules.2"]),
    ]

    static let fitRules = lines(beginning: "      - {when:")
    static let routing = lines(beginning: "    - {name:")
    static let consent =
        lines(beginning: "    - {when: \"country in (DE").map { $0 } + lines(beginning: "    - {when: country = US")

    static func lines(beginning start: String) -> [String] {
        Northwind.yaml.split(separator: "\n").filter { $0.hasPrefix(start) }.map { $0 + "\n" }
    }

    @Test(arguments: edits.indices) func anEditIsNamed(_ index: Int) throws {
        let (old, new, expected) = Self.edits[index]
        try #require(Northwind.yaml.contains(old), "\(old)")
        let yaml = Northwind.yaml.replacing(old, with: new, maxReplacements: 1)
        let diff = AgreementDiff(from: try Northwind.agreement(), to: try Northwind.agreement(yaml))
        #expect(diff.changes.map { "\(verb($0.kind)) \($0.address)" } == expected, "\(diff.text)")
        #expect(diff.text.isEmpty == expected.isEmpty)
    }

    @Test func aQuotaTouchesTheRepAndNeedsNoSignature() throws {
        let yaml = Northwind.yaml.replacing("400k EUR", with: "450k EUR")
        let changes = AgreementDiff(from: try Northwind.agreement(), to: try Northwind.agreement(yaml)).changes
        let change = try #require(changes.first)
        #expect(changes.count == 1)
        #expect(change.touched == ["jonas@northwind.example", "ines@northwind.example"])
        #expect(change.kind == .changed(from: "400k EUR", to: "450k EUR"))
        #expect(!change.needsSignatures)
    }

    @Test func aPromiseInWords() throws {
        let yaml = Northwind.yaml.replacing("quality: {acceptance: 70%}", with: "quality: {acceptance: 75%}")
        let diff = AgreementDiff(from: try Northwind.agreement(), to: try Northwind.agreement(yaml))
        #expect(
            diff.text == """
                What marketing promises
                  promises.marketing.quality.acceptance: changed from 70% to 75%.
                    Now: Of the hand-overs, sales accepts at least 75%.
                    Touches: marketing.

                """)
        #expect(
            diff.json == #"{"changes":[{"address":"promises.marketing.quality.acceptance","#
                + #""section":"What marketing promises","kind":"changed","from":"70%","to":"75%","#
                + #""sentence":"Of the hand-overs, sales accepts at least 75%.","#
                + #""touched":["marketing"],"needs_signatures":true}]}"#)
    }

    private func verb(_ kind: AgreementDiff.Kind) -> String {
        switch kind {
        case .added: "added"
        case .removed: "removed"
        case .changed: "changed"
        case .moved: "moved"
        }
    }
}
