import Agreement
import Engine
import Reports
import Testing
import Vocabulary

/// Every worked timeline again: what explains and what compares must agree with what decides.
@Suite struct ExplainedCaseTests {
    /// Of each person of each case, at the instant of each of their facts and at the end: what the tree of each condition
    /// says is what the engine says, and the contributions add up to the score.
    @Test(arguments: CaseFiles.all)
    func explanationsAgreeWithTheEngine(_ worked: Case) throws {
        let evaluated = try Evaluated(worked)
        let compiled = evaluated.agreements.map { CompiledAgreement($0) }
        for person in evaluated.history.persons.indices {
            for instant in instants(evaluated, worked) {
                let at = PersonAt(Int32(person), at: instant, in: evaluated.world)
                #expect(at.scoreParts.reduce(0) { $0 + $1.left.micropoints } == at.engagement.micropoints)
                compare(at, compiled[Int(at.version)])
            }
        }
    }

    private func compare(_ at: PersonAt, _ compiled: CompiledAgreement) {
        let explainer = ConditionExplainer(compiled, at)
        for (stage, program) in zip(compiled.agreement.stages, compiled.program.stages) {
            let explained = explainer.explain(stage.enter.otherwise.value)
            #expect(explained.holds == at.holds(program.enter.otherwise), "\(stage.enter.otherwise.value.text)")
            #expect((explainer.shortfall(of: stage.enter.otherwise.value) == nil) == explained.holds)
        }
        for (rule, program) in zip(compiled.agreement.routing.rules, compiled.program.routing) {
            #expect(explainer.explain(rule.when.value).holds == at.holds(program.when), "\(rule.when.value.text)")
        }
        for (detour, program) in zip(compiled.agreement.detours, compiled.program.detours) where at.detour >= 0 {
            let since = ConditionExplainer(compiled, at, since: .detour)
            guard let returns = detour.returns?.otherwise.value, let condition = program.returns?.otherwise else {
                continue
            }
            #expect(since.explain(returns).holds == at.holds(condition, since: .detour), "\(returns.text)")
        }
    }

    private func instants(_ evaluated: Evaluated, _ worked: Case) -> [Instant] {
        let facts = Set(evaluated.history.occurred).map { Instant(milliseconds: $0) }.filter { $0 <= worked.until }
        return facts.sorted() + [min(worked.until, Instant(milliseconds: 1_900_000_000_000))]
    }

    @Test(arguments: CaseFiles.all)
    func aDraftThatSaysTheSameMakesNoDifference(_ worked: Case) throws {
        let evaluated = try Evaluated(worked)
        let (world, bound) = (evaluated.world, evaluated.versions[evaluated.versions.count - 1])
        let until = min(worked.until, Instant(milliseconds: 1_900_000_000_000))
        func run(_ assigning: Assigning) -> RunOverThePast {
            RunOverThePast(
                FoldWorld(
                    history: world.history, versions: [bound], staff: world.staff, assigning: assigning, until: until),
                targets: [])
        }
        let side = Backtest.Side(byRules: run(.routed), recorded: run(.recorded))
        let same = FoldWorld(
            history: world.history, versions: [bound, bound], staff: world.staff, assigning: .recorded, until: until)
        let backtest = Backtest(
            draft: side, current: side, entrants: NewEntrants(draft: same, control: same, targets: []),
            in: Instant.earliest..<until)
        #expect(backtest.isWithoutDifference && backtest.current == backtest.draft)
        #expect(backtest.changes.unchanged.count == backtest.current.handOvers)
    }
}
