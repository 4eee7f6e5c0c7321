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

    /// What is replaced everywhere, by what, and what has changed then.
    static let renames: [([(String, String)], [String])] = [
        (
            [
                ("  lead: {side: marketing", "  inquiry: {side: marketing"),
                ("required_at: lead}", "required_at: inquiry}"),
                ("to: lead\n", "to: inquiry\n"), ("lead: from plan", "inquiry: from plan"),
                ("visitor_to_lead", "visitor_to_inquiry"), ("lead_to_mql", "inquiry_to_mql"),
            ], ["stages.inquiry: lead is now called inquiry."]
        ),
        (
            [("demo_request", "trial_request")],
            ["activities.trial_request: demo_request is now called trial_request."]
        ),
        (
            [
                ("  employees: {type", "  staff_count: {type"), ("employees,", "staff_count,"),
                ("employees between", "staff_count between"),
            ],
            ["fields.staff_count: employees is now called staff_count."]
        ),
        (
            [("  dach:\n", "  alps:\n"), ("team dach", "team alps")],
            ["teams.alps: dach is now called alps."]
        ),
        (
            [("name: partner", "name: through a partner")],
            ["routing.rules.through a partner: partner is now called through a partner."]
        ),
        (
            [
                ("  nurture:", "  warmed:"), ("persona: nurture", "persona: warmed"),
                ("reach: nurture", "reach: warmed"), ("otherwise: nurture", "otherwise: warmed"),
            ],
            ["detours.warmed: nurture is now called warmed."]
        ),
        (
            [("  munich:\n", "  office:\n"), ("calendar: munich", "calendar: office")],
            ["calendars.office: munich is now called office."]
        ),
        // Two at once, the one within the other.
        (
            [("pricing_visit", "price_visit"), ("  consideration: ", "  weighing: ")],
            [
                "journey.weighing: consideration is now called weighing.",
                "activities.price_visit: pricing_visit is now called price_visit.",
            ]
        ),
        // A new name and another meaning are two things.
        (
            [
                ("  webinar: event = 'Webinar Attended'", "  seminar: event = 'Seminar Attended'"),
                ("[webinar,", "[seminar,"), ("for: webinar", "for: seminar"),
            ],
            [
                "journey.consideration.activities: changed from webinar, whitepaper and pricing visit to seminar, whitepaper and pricing visit.",
                "scoring.engagement.rules.seminar.for: added: seminar.",
                "scoring.engagement.rules.seminar.once_per: added: title.",
                "scoring.engagement.rules.seminar.points: added: 20.",
                "scoring.engagement.rules.webinar.for: removed: webinar.",
                "scoring.engagement.rules.webinar.once_per: removed: title.",
                "scoring.engagement.rules.webinar.points: removed: 20.",
                "activities.seminar: added: an event called 'Seminar Attended'.",
                "activities.webinar: removed: an event called 'Webinar Attended'.",
            ]
        ),
    ]

    @Test(arguments: renames.indices) func aNewNameIsToldOnce(_ index: Int) throws {
        let (replacements, expected) = Self.renames[index]
        var yaml = Northwind.yaml
        for (old, new) in replacements {
            try #require(yaml.contains(old), "\(old)")
            yaml = yaml.replacing(old, with: new)
        }
        let text = AgreementDiff(from: try Northwind.agreement(), to: try Northwind.agreement(yaml)).text
        let told = text.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("    ") }.map {
            String($0.dropFirst(2))
        }
        #expect(told == expected, "\(text)")
    }

    /// Where order means nothing it is neither a difference nor another digest; a default alone in its section is both.
    @Test(arguments: [
        (
            "alerts",
            "alerts: [{when: deal won, tell: owner, within: 1 hour}, {when: deal lost, tell: owner, within: 1 hour}]",
            "alerts: [{when: deal lost, tell: owner, within: 1 hour}, {when: deal won, tell: owner, within: 1 hour}]",
            true
        ),
        ("a list", "history: {stages_from: [a, b]}", "history: {stages_from: [b, a]}", true),
        ("a single member", "history: {stages_from: [a]}", "history: {stages_from: a}", true),
        ("otherwise alone", "plan: {win_rate: 20%}", "plan: {win_rate: [{otherwise: 20%}]}", true),
        ("an empty promise", "promises: {}", "promises: {marketing: {target_accounts: {}}}", false),
        ("an alarm by default", "plan: {}", "plan: {alarm: {}}", false),
        ("an empty order", "work_order: due first, then score", "detours: {}", true),
    ]) func differenceAndDigestAgree(what: String, old: String, new: String, isSame: Bool) throws {
        let (before, after) = (readPart("company: N\n\(old)\n"), readPart("company: N\n\(new)\n"))
        let (a, b) = (try #require(before.agreement), try #require(after.agreement))
        #expect(AgreementDiff(from: a, to: b).changes.isEmpty == isSame, "\(what)")
        #expect((a.signedDigestInput == b.signedDigestInput) == isSame, "\(what)")
    }

    private func verb(_ kind: AgreementDiff.Kind) -> String {
        switch kind {
        case .added: "added"
        case .removed: "removed"
        case .changed: "changed"
        case .moved: "moved"
        case .renamed: "renamed"
        }
    }
}
