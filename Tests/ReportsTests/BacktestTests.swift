import Agreement
import Engine
import Findings
import Identity
import Journal
import Testing
import Vocabulary

@testable import Reports

/// A draft beside the agreement in force, on facts small enough to be worked out by hand.
@Suite struct BacktestTests {
    @Test func aDraftThatSaysTheSameMakesNoDifference() throws {
        let backtest = try Pair(draft: Pair.agreement(threshold: 40)).backtest
        #expect(backtest.isWithoutDifference)
        #expect(backtest.changes.unchanged.count == 2 && backtest.current == backtest.draft)
    }

    @Test func aLowerThresholdBringsMoreAndEarlier() throws {
        let pair = try Pair(draft: Pair.agreement(threshold: 20))
        let backtest = pair.backtest
        #expect(!backtest.isWithoutDifference)
        #expect(backtest.changes.enters.map(pair.name) == ["c on 2026-03-03 by ann@n.example"])
        #expect(backtest.changes.leaves == [])
        #expect(
            backtest.changes.earlier.map { pair.name($0.draft) } == [
                "a on 2026-03-02 by ann@n.example", "b on 2026-03-03 by bo@n.example",
            ])
        #expect(
            backtest.changes.earlier.map { pair.name($0.current) } == [
                "a on 2026-03-03 by ann@n.example", "b on 2026-03-09 by bo@n.example",
            ])
        #expect(
            backtest.stages == [
                StageVolume(stage: "lead", current: 3, draft: 3), StageVolume(stage: "mql", current: 2, draft: 3),
                StageVolume(stage: "sal", current: 1, draft: 1),
            ])
    }

    @Test func aHigherThresholdLosesWhatWasAcceptedAndWon() throws {
        let pair = try Pair(draft: Pair.agreement(threshold: 90))
        let backtest = pair.backtest
        #expect(backtest.changes.leaves.count == 2 && backtest.draft.handOvers == 0)
        #expect(
            backtest.leaving.accepted == 1 && backtest.leaving.rejected == 1 && backtest.leaving.withoutVerdict == 0)
        #expect(backtest.leaving.acceptance == Share(1, of: 2))
        #expect(backtest.leaving.won == 1 && backtest.leaving.value.map(\.description) == ["5000.00 EUR"])
        #expect(backtest.draft.won == 0)
    }

    /// Whoever was handed over in truth keeps the verdict, even where the draft hands over after it.
    @Test func whatBecameOfThemDoesNotDependOnTheAgreement() throws {
        let backtest = try Pair(draft: Pair.agreement(threshold: 20)).backtest
        #expect(backtest.draft.accepted == 1 && backtest.draft.rejected == 1 && backtest.draft.withoutVerdict == 1)
        #expect(backtest.entering.withoutVerdict == 1 && backtest.entering.acceptance == Share(0, of: 0))
        #expect(backtest.draft.won == 1, "a deal of two people counts once")
    }

    @Test func weeksBeginOnMondayAndCapacityIsAWeeksPart() throws {
        let loads = try Pair(draft: Pair.agreement(threshold: 20)).backtest.loads
        let ann = try #require(loads.first)
        #expect(ann.draft == RepLoad.Weeks(received: 2, busiest: 2, above: 1))
        #expect(ann.current == RepLoad.Weeks(received: 1, busiest: 1, above: 0))
        #expect(ann.capacityPerWeek == Int64(919_936), "four a month are 0.92 a week")
    }

    @Test func promisesAreHeldAgainstWhatRepsReallyDid() throws {
        let faster = try Pair(draft: Pair.agreement(threshold: 40, respond: "30 minutes")).backtest
        let respond = try #require(faster.promises.first { $0.promise == .respond })
        #expect(respond.current.due == 2 && respond.draft.due == 2)
        // Nobody had b for a day, and with half an hour nobody had a in time either: a queue's clock is a promise too.
        #expect(respond.current.keptInTruth == Share(1, of: 3) && respond.draft.keptInTruth == Share(0, of: 4))
        #expect(!faster.isWithoutDifference && faster.changes.isEmpty)
        let more = try Pair(draft: Pair.agreement(threshold: 20)).backtest
        #expect(more.promises.first { $0.promise == .respond }?.draft.atRisk == 2)
    }

    @Test func whoWouldNewlyEnterIsToldForTheDayItTakesForce() throws {
        let pair = try Pair(draft: Pair.agreement(threshold: 20), effective: Pair.at(5))
        let stage = try #require(pair.backtest.entrants.stages.first)
        #expect([stage.name] + stage.persons.map(pair.person) == ["mql", "b", "c"] && stage.isHandedOver)
        #expect(pair.backtest.entrants.count == 2)
        let later = try Pair(draft: Pair.agreement(threshold: 20), effective: Pair.at(100))
        #expect(later.backtest.entrants.count == 0, "by then the points have faded")
    }

    @Test func lifeBesideTheAgreementIsAListOfItsOwn() throws {
        let live = try Pair(draft: Pair.agreement(threshold: 40)).backtest.live
        #expect(live.handOvers == 2 && live.toNobody == [] && live.late.count == 1)
        #expect(live.toAnother.count == 1, "b went to ann, by the rules to bo")
        #expect(live.medianDelay?.count == 2 * (Int64(90 * 60_000) + Int64(26 * 3_600_000)) / 2)
    }

    @Test func onlyTheWindowCounts() throws {
        let pair = try Pair(draft: Pair.agreement(threshold: 90), window: Pair.at(5)..<Pair.at(20))
        #expect(pair.backtest.changes.leaves.map(pair.name) == ["b on 2026-03-09 by bo@n.example"])
        #expect(pair.backtest.current.handOvers == 1)
    }
}

/// Three people of three companies: a is handed over on Tuesday and accepted and won, b a week later and rejected, c never.
private struct Pair {
    let backtest: Backtest
    private let history: Engine.History

    /// Days after Monday 2 March 2026 at 09:00 UTC.
    static func at(_ days: Int64, minutes: Int64 = 0) -> Instant {
        Instant(milliseconds: 1_772_442_000_000) + .days(days) + .minutes(minutes)
    }

    static func agreement(threshold: Int, respond: String = "2 hours") -> String {
        """
        company: N
        teams:
          field:
            manager: max@n.example
            reps: [{email: ann@n.example, capacity: 4 per month}, {email: bo@n.example, capacity: 4 per month}]
        fields: {email: {type: email, owner: marketing}}
        deals: {pipelines: {new: {open: [Proposal], won: [Closed Won], lost: [Closed Lost]}}}
        activities: {visit: event = 'Visit'}
        scoring: {engagement: {half_life: 30 days, rules: [{for: visit, points: 25}]}}
        stages:
          lead: {side: marketing, enter: email is known}
          mql: {side: marketing, enter: engagement >= \(threshold), hand_over: sales}
          sal: {side: sales, enter: accepted}
        detours: {nurture: {side: marketing, from: [mql, sal], enters: rejected, to: lead}}
        verdicts: {reject_reasons: {early: nurture}}
        promises: {sales: {respond: {to: mql, by: [call], within: \(respond)}}}
        routing: {rules: [{name: all, to: team field}]}
        """
    }

    init(draft: String, window: Range<Instant> = Pair.at(-10)..<Pair.at(20), effective: Instant? = nil) throws {
        var builder = HistoryBuilder()
        for (number, fact) in Pair.facts.enumerated() {
            builder.add(RecordedFact(sequence: Int64(number + 1), fact: fact))
        }
        var history = builder.build { _ in nil }
        let effective = effective ?? window.upperBound
        func bind(_ text: String, _ from: Instant = .earliest) throws -> (BoundProgram, Agreement) {
            let reading = readAgreement(
                SourceText(file: "a.yaml", bytes: Array(text.utf8)),
                in: Surroundings(
                    zones: ZoneTable([.utc]), include: { path in throw NothingBeside(path: path) },
                    holidays: { _ throws(HolidayProblem) in throw HolidayProblem(line: nil, cause: "there are none") }))
            let agreement = try #require(reading.agreement, "\(reading.findings.map(\.text))")
            var program = compile(agreement)
            if from != .earliest { program.onChange = .enter }
            return (BoundProgram(program, to: &history, zone: .utc, from: from) { _ in false }, agreement)
        }
        let (current, agreement) = try bind(Pair.agreement(threshold: 40))
        let (after, _) = try bind(draft)
        let (again, next) = try (bind(Pair.agreement(threshold: 40), effective).0, bind(draft, effective).0)
        let people = staff(of: agreement, in: &history, years: 2025...2027)
        func world(_ bound: [BoundProgram], _ assigning: Assigning, _ until: Instant) -> FoldWorld {
            FoldWorld(history: history, versions: bound, staff: people, assigning: assigning, until: until)
        }
        func side(_ bound: BoundProgram) -> Backtest.Side {
            Backtest.Side(
                byRules: RunOverThePast(world([bound], .routed, window.upperBound), targets: []),
                recorded: RunOverThePast(world([bound], .recorded, window.upperBound), targets: []))
        }
        backtest = Backtest(
            draft: side(after), current: side(current),
            entrants: NewEntrants(
                draft: world([current, next], .recorded, effective),
                control: world([current, again], .recorded, effective), targets: []), in: window)
        self.history = history
    }

    func person(_ person: Int32) -> String {
        String(history.texts[history.persons[Int(person)].name].split(separator: "/").last ?? "")
    }

    func name(_ handOver: HandedOver) -> String {
        let owner = handOver.owner < 0 ? "nobody" : history.texts[handOver.owner]
        return "\(person(handOver.person)) on \(handOver.ready.description.prefix(10)) by \(owner)"
    }

    private static let facts: [Fact] = {
        let money = Currency(code: "EUR").map { Value.money(Money(minorUnits: 500_000, currency: $0)) }
        let won = [Property("deal", .text("d"))] + (money.map { [Property("amount", $0)] } ?? [])
        return [
            fact(.observed, "a", at(-1)), fact(.observed, "b", at(-1)), fact(.observed, "c", at(-1)),
            fact(.activity, "a", at(0)), fact(.activity, "a", at(1)), fact(.activity, "b", at(1, minutes: 5)),
            fact(.activity, "c", at(1, minutes: 10)), fact(.activity, "b", at(7)),
            fact(.owned, "a", at(1, minutes: 90), by: "ann"), fact(.touch, "a", at(1, minutes: 180), by: "ann"),
            fact(.accepted, "a", at(2), by: "ann"), fact(.owned, "b", at(8, minutes: 120), by: "ann"),
            fact(.touch, "b", at(9), by: "ann"),
            fact(.rejected, "b", at(10), by: "ann", [Property("reason", .text("early"))]),
            fact(.dealWon, "a", at(12), by: "ann", won),
            fact(.dealChanged, "b", at(11), by: "ann", [Property("deal", .text("d"))]),
        ]
    }()

    private static func fact(
        _ kind: FactKind, _ who: String, _ at: Instant, by: String? = nil, _ properties: [Property] = []
    ) -> Fact {
        let object = kind == .observed ? "contact" : kind.family == .deal ? "deal" : "event"
        var properties = properties
        if kind == .observed { properties.append(Property("email", .text("\(who)@x.example"))) }
        if kind == .touch {
            properties += [Property("channel", .text("call")), Property("direction", .text("outward"))]
        }
        return Fact(
            key: FactKey(
                source: "crm", object: object,
                id: kind.family == .deal ? "d" : kind == .observed ? who : "\(kind) \(who) \(at)",
                aspect: kind == .observed ? "" : "\(at)"), kind: kind, name: kind == .activity ? "Visit" : "",
            occurred: at, recorded: at, persons: [.record("crm", "contact", who)],
            actor: by.map { .email("\($0)@n.example") }, properties: properties)
    }
}
