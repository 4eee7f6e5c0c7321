import Engine
import Findings
import Journal
import Testing
import Vocabulary

@testable import Agreement

/// Why a condition holds or does not, held against what the engine says of it.
@Suite struct ExplainedConditionTests {
    @Test func theTreeSaysWhatTheEngineSays() throws {
        var random = Seeded(state: 11)
        var (asked, held, unheld) = (0, 0, 0)
        for _ in 0..<40 {
            var conditions: [String] = []
            while conditions.count < 25 {
                let condition = random.condition()
                if check(condition).value != nil { conditions.append(condition) }
            }
            let company = try ProbedCompany(conditions, &random)
            for person in company.persons {
                let explainer = ConditionExplainer(company.compiled, person)
                for (alert, program) in zip(company.compiled.agreement.alerts, company.compiled.program.alerts) {
                    let explained = explainer.explain(alert.when.value)
                    #expect(explained.holds == person.holds(program.when), "\(alert.when.value.text)")
                    #expect((explainer.shortfall(of: alert.when.value) == nil) == explained.holds)
                    asked += 1
                    if explained.holds { held += 1 } else { unheld += 1 }
                }
            }
        }
        #expect(asked == 40 * 25 * 6 && held > asked / 10 && unheld > asked / 10)
    }

    @Test func whatIsLeftOfEachContributionAddsUpToTheScore() throws {
        var random = Seeded(state: 3)
        var scored = 0
        for _ in 0..<20 {
            for person in try ProbedCompany(["always"], &random).persons {
                let sum = person.scoreParts.reduce(Int64(0)) { $0 + $1.left.micropoints }
                #expect(sum == person.engagement.micropoints)
                let fit = person.fitParts.filter(\.holds).reduce(Int64(0)) { $0 + $1.points.micropoints }
                #expect(fit == person.fit.micropoints)
                scored += person.scoreParts.count
            }
        }
        #expect(scored > 100)
    }

    @Test(arguments: [
        (
            "engagement >= 50",
            "engagement 19.9 of 50: 30.1 missing – a demo request (+60) or 2 times a webinar (+20) would do"
        ),
        ("country in (DE, AT)", "country is FR, not one of DE, AT – correct it if it is wrong (marketing owns it)"),
        ("employees between 200 and 5000", "employees is 50, 150 below 200 – correct it if it is wrong"),
        ("seen is known", "seen is not known – fill it in"),
        ("seen > 2026-01-01", "seen is not known – fill it in"),
        ("company matches 'Birch*'", "company is Acme, which does not read like 'Birch*' – correct it if it is wrong"),
        (
            "webinar at least 3 times within 14 days",
            "1 of 3 times webinar within 14 days – 2 more would do; the oldest counts until 2026-03-24 09:00"
        ),
        ("demo_request within 7 days", "no demo request within 7 days; there never was one – a demo request would do"),
        (
            "webinar within 2 days",
            "no webinar within 2 days; the last was on 2026-03-10 09:00 – a webinar would do"
        ),
        ("accepted", "no acceptance in this pass; there never was one – it takes the owner's acceptance"),
        (
            "time since webinar >= 20 days",
            "the time since the last webinar is 10 days, 10 days short of 20 days – time alone does it: on 2026-03-30 09:00"
        ),
        ("time since demo_request < 3 days", "there never was a demo request"),
        (
            "grade in (A, B)",
            "grade is C, not one of A, B – fit 12 of 20 for B: 8 missing; the level is vp (+25) would do"
        ),
        ("fit >= 20 and engagement >= 15", "fit 12 of 20: 8 missing – the level is vp (+25) would do"),
        ("not country = FR", "it is so that the country is FR, and it must not be"),
        (
            "account in targets",
            "the account is not on the list of target accounts – put the account on the list in targets"
        ),
        (
            "account has open deal above 5k EUR",
            "the account has no open deal above 5k EUR – a deal with the account would do"
        ),
        (
            "engagement >= 900",
            "engagement 19.9 of 900: 880.1 missing – 15 times a demo request (+60) or 45 times a webinar (+20) would do"
        ),
        ("pass > 1", "pass is 1 and must be more than 1"),
        ("engagement < 10", "engagement is 19.9 and must be less than 10"),
    ])
    func aShortfallSaysHowMuchIsMissingAndWhatWouldDo(condition: String, sentence: String) throws {
        let company = try ProbedCompany(known: condition)
        let explainer = ConditionExplainer(company.compiled, company.persons[0])
        let condition = company.compiled.agreement.alerts[0].when.value
        #expect(explainer.shortfall(of: condition)?.lines == [sentence])
    }

    @Test func alternativesAreListed() throws {
        let company = try ProbedCompany(known: "(engagement >= 50 and country = DE) or demo_request within 7 days")
        let explainer = ConditionExplainer(company.compiled, company.persons[0])
        let condition = company.compiled.agreement.alerts[0].when.value
        #expect(
            explainer.shortfall(of: condition)?.lines == [
                "any one of these would do:",
                "  * engagement 19.9 of 50: 30.1 missing – a demo request (+60) or 2 times a webinar (+20) would do",
                "    country is FR, not DE – correct it if it is wrong (marketing owns it)",
                "  * no demo request within 7 days; there never was one – a demo request would do",
            ])
    }
}

/// Six people of one company under an agreement whose alerts are the conditions to be asked.
private struct ProbedCompany {
    static let at = Instant(milliseconds: 1_774_000_800_000)  // 2026-03-20T10:00Z
    let compiled: CompiledAgreement
    let persons: [PersonAt]

    init(_ conditions: [String], _ random: inout Seeded) throws {
        try self.init(conditions, facts: ProbedCompany.randomFacts(&random), persons: 6)
    }

    /// One person with a webinar of ten days ago that still counts in full, in France, of 50 people, with a fit of 12.
    init(known condition: String) throws {
        let at = Instant(milliseconds: 1_773_133_200_000)  // 2026-03-10T09:00Z
        var facts = ProbedFacts()
        facts.add(
            .observed, at, 0,
            [("country", .text("FR")), ("company", .text("Acme")), ("employees", .number(Number(50)))])
        facts.add(.activity, at, 0, name: "Webinar")
        try self.init([condition], facts: facts, persons: 1, at: at + .days(10))
    }

    private init(_ conditions: [String], facts: ProbedFacts, persons: Int, at: Instant = ProbedCompany.at) throws {
        let alerts = conditions.map { "  - {when: \"\($0)\", tell: owner, within: 5 minutes}\n" }.joined()
        let reading = read(ProbedCompany.yaml + "alerts:\n" + alerts)
        let agreement = try #require(reading.agreement, "\(reading.findings.map(\.text))")
        let compiled = CompiledAgreement(agreement)
        var builder = HistoryBuilder()
        for (number, fact) in facts.all.enumerated() {
            builder.add(RecordedFact(sequence: Int64(number + 1), fact: fact))
        }
        var history = builder.build { _ in nil }
        let bound = BoundProgram(compiled.program, to: &history, zone: agreement.zone) { $0.hasSuffix("gmail.com") }
        let world = FoldWorld(
            history: history, versions: [bound], staff: staff(of: agreement, in: &history, years: 2025...2027),
            assigning: .recorded, until: at)
        self.compiled = compiled
        self.persons = history.persons.indices.prefix(persons).map { PersonAt(Int32($0), at: at, in: world) }
    }

    private static let yaml =
        namesYAML
        .replacing("country: {type: country}", with: "country: {type: country, owner: marketing}")
        .replacing(
            "  call: touch where channel = call\n",
            with: "  call: touch where channel = call\n  webinar: event = 'Webinar'\n"
        )
        .replacing(
            "{when: partner, points: 5}",
            with: "{when: partner, points: 5}, {when: level = vp, points: 25}, {when: employees < 100, points: 12}"
        )
        .replacing(
            "C: 0}}}",
            with: """
                C: 0}}, engagement: {half_life: 36500 days, rules: [{for: demo_request, points: 60}, \
                {for: webinar, points: 20}, {for: pricing_visit, points: 3, at_most: 2 within 7 days}]}}
                """
        )
        .replacing("enter: engagement >= 50}", with: "enter: engagement >= 50, hand_over: sales}")
        + "teams: {field: {reps: [{email: jo@n.example}]}}\nrouting: {rules: [{name: all, to: team field}]}\n"

    private static func randomFacts(_ random: inout Seeded) -> ProbedFacts {
        var facts = ProbedFacts()
        for person in 0..<6 {
            var fields: [(String, Value)] = []
            if let country = random.pick("DE", "AT", "NO", "GB", nil) { fields.append(("country", .text(country))) }
            if let level = random.pick("vp", "director", "staff", nil) { fields.append(("level", .text(level))) }
            if let company = random.pick("acme", "abc GmbH", "it's us", nil) {
                fields.append(("company", .text(company)))
            }
            if let email = random.pick("ann@gmail.com", "bo@acme.example", nil) {
                fields.append(("email", .text(email)))
            }
            if random.below(3) > 0 { fields.append(("employees", .number(Number(Int64(random.below(600)))))) }
            if random.below(3) > 0 { fields.append(("partner", .flag(random.below(2) == 0))) }
            if random.below(3) > 0 {
                fields.append(("seen", .date(CivilDate(daysSinceEpoch: Int32(20_470 + random.below(70))))))
            }
            if random.below(3) > 0, let euro = Currency(code: random.pick("EUR", "USD")) {
                fields.append(
                    ("budget", .money(Money(minorUnits: Int64(random.below(100)) * 100_000, currency: euro))))
            }
            facts.add(.observed, at - .days(60), person, fields)
            for _ in 0..<random.below(14) {
                let instant = at - .minutes(Int64(random.below(60 * 24 * 60)))
                switch random.below(8) {
                case 0:
                    facts.add(.activity, instant, person, [("form", .text("Request a demo"))], name: "Form Submitted")
                case 1: facts.add(.activity, instant, person, name: "Webinar")
                case 2, 3:
                    facts.add(
                        .activity, instant, person, [("path", .text("/pricing/\(random.below(3))"))], name: "page")
                case 4:
                    facts.add(.touch, instant, person, [("channel", .text("call")), ("direction", .text("outward"))])
                case 5: facts.add(random.pick(.accepted, .recycled, .rejected), instant, person)
                case 6: facts.add(.meetingHeld, instant, person)
                default:
                    let euro = Currency(code: "EUR").map {
                        Money(minorUnits: Int64(random.below(300)) * 100_000, currency: $0)
                    }
                    facts.add(
                        random.pick(.dealOpened, .dealWon), instant, person,
                        [("deal", .text("d\(random.below(2))"))] + (euro.map { [("amount", .money($0))] } ?? []))
                }
            }
        }
        return facts
    }
}

private struct ProbedFacts {
    private(set) var all: [Fact] = []

    mutating func add(
        _ kind: FactKind, _ at: Instant, _ person: Int, _ properties: [(String, Value)] = [], name: String = ""
    ) {
        let object = kind == .observed ? "contact" : kind.family == .deal ? "deal" : "event"
        let id = kind == .observed ? "p\(person)" : "\(all.count)"
        all.append(
            Fact(
                key: FactKey(source: "crm", object: object, id: id, aspect: "\(all.count)"), kind: kind, name: name,
                occurred: at, recorded: at, persons: [.record("crm", "contact", "p\(person)")],
                properties: properties.map { Property($0.0, $0.1) }))
    }
}
