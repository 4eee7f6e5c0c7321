public import Engine
internal import Vocabulary

/// The program of an agreement: what the engine runs. Compiling cannot fail, since reading has checked everything.
public func compile(_ agreement: Agreement) -> Program {
    var compiler = ConditionCompiler(agreement)
    compiler.judging(agreement)
    compiler.handingOver(agreement)
    return compiler.program
}

// What is judged: deals, scores, stages, detours.

extension ConditionCompiler {
    fileprivate mutating func judging(_ agreement: Agreement) {
        let kinds = agreement.deals.kinds.map { NamedCondition(name: name($0.name), condition: condition($0.when)) }
        let fit = agreement.scoring.fit.rules.map { FitProgram(when: condition($0.when), points: $0.points.value) }
        let grades = agreement.scoring.fit.grades.map { GradeProgram(name: name($0.name), from: $0.from.value) }
        let halfLife = budget(agreement.scoring.engagement.halfLife)
        let rules = agreement.scoring.engagement.rules.map { engagement($0) }
        let stages = agreement.stages.map { stage($0) }
        let detours = agreement.detours.map { detour($0, agreement) }
        edit {
            ($0.dealKinds, $0.fit, $0.grades) = (kinds, fit, grades)
            ($0.halfLife, $0.engagement) = (halfLife, rules)
            ($0.stages, $0.detours) = (stages, detours)
        }
    }

    private mutating func engagement(_ rule: EngagementRule) -> EngagementProgram {
        EngagementProgram(
            clause: clause(rule.points.address), happening: happening(Happening(.activity(rule.activity.value))),
            points: rule.points.value, cap: Int32(rule.atMost?.value.count ?? 0),
            window: rule.atMost?.value.window.elapsed ?? .zero,
            oncePer: rule.oncePer.map { name($0.value) } ?? -1)
    }

    private mutating func stage(_ stage: Stage) -> StageProgram {
        var team: Int32 = -1
        if case .team(let name)? = stage.handOver?.value { team = self.name(name) }
        return StageProgram(
            name: name(stage.name), enter: segmented(stage.enter), handsOver: stage.handOver != nil, team: team)
    }

    private mutating func detour(_ detour: Detour, _ agreement: Agreement) -> DetourProgram {
        var from = agreement.stages.indices.map { Int32($0) }
        if case .stages(let names) = detour.from.value { from = names.map { stage($0) } }
        return DetourProgram(
            name: name(detour.name), from: from, enters: segmented(detour.enters),
            returns: detour.returns.map { segmented($0) }, notBefore: detour.notBefore?.value,
            alwaysReturns: detour.alwaysReturns.map { condition($0) }, to: detour.to.map { stage($0.value) } ?? -1,
            forgetsEngagement: detour.forgets.value.contains(.engagement),
            forgetsFit: detour.forgets.value.contains(.fit))
    }

    private mutating func segmented(_ segmented: Segmented<Condition>) -> SegmentedCondition {
        SegmentedCondition(
            cases: segmented.cases.map { .init(segment: condition($0.condition), condition: condition($0.clause)) },
            otherwise: condition(segmented.otherwise))
    }

    fileprivate mutating func budget(_ segmented: Segmented<Budget>) -> SegmentedBudget {
        SegmentedBudget(
            cases: segmented.cases.map { .init(condition: condition($0.condition), budget: $0.clause.value) },
            otherwise: segmented.otherwise.value)
    }
}

// What follows a hand-over: verdicts, clocks, owners, consent.

extension ConditionCompiler {
    fileprivate mutating func handingOver(_ agreement: Agreement) {
        let rejections = agreement.verdicts.rejectReasons.map { rejection($0, agreement) }
        let silence = agreement.verdicts.silence.map { budget($0.after) }
        let clocks = self.clocks(agreement.promises.sales)
        let routing = agreement.routing.rules.map { self.routing($0) }
        let consent = agreement.consent.rules.map { self.consent($0) }
        let alerts = agreement.alerts.map { condition($0.when) }
        let counts = condition(agreement.pipeline.counts)
        edit {
            ($0.rejections, $0.silence, $0.clocks) = (rejections, silence, clocks)
            ($0.routing, $0.consent) = (routing, consent)
            ($0.alerts, $0.pipelineCounts) = (alerts, counts)
        }
    }

    private mutating func rejection(_ reason: RejectReason, _ agreement: Agreement) -> RejectionProgram {
        let outcome: RejectionProgram.Outcome =
            switch reason.leadsTo.value {
            case .detour(let name): .detour(Int32(agreement.detours.firstIndex { $0.name == name } ?? -1))
            case .reroute: .reroute
            case .accountOwner: .accountOwner
            }
        return RejectionProgram(
            reason: name(reason.name), outcome: outcome, clause: clause(reason.leadsTo.address))
    }

    private mutating func clocks(_ sales: SalesPromises) -> [ClockProgram] {
        sales.respond.flatMap { promise in each(promise) { $0.respond($1, segment: $2) } }
            + sales.decide.flatMap { promise in each(promise) { $0.decide($1, segment: $2) } }
            + sales.explain.flatMap { promise in each(promise) { $0.explain($1, segment: $2) } }
            + sales.pursue.flatMap { promise in each(promise) { $0.pursue($1, segment: $2) } }
            + sales.qualify.flatMap { promise in each(promise) { $0.qualify($1, segment: $2) } }
    }

    /// The cases in order, then everybody else.
    private mutating func each<Terms>(
        _ promise: Promise<Terms>, _ clock: (inout ConditionCompiler, Terms, ProgramCondition?) -> ClockProgram
    ) -> [ClockProgram] {
        let cases = promise.cases.map { clock(&self, $0.terms, condition($0.condition)) }
        return cases + [clock(&self, promise.otherwise, nil)]
    }

    private mutating func respond(_ terms: Respond, segment: ProgramCondition?) -> ClockProgram {
        ClockProgram(
            promise: .respond, clause: clause(terms.within.address), segment: segment, stage: stage(terms.to.value),
            within: terms.within.value, channels: terms.by.value.map { name($0.rawValue) },
            ladder: terms.then.map { .init(after: $0.after.value, clause: clause($0.action.address)) })
    }

    private func decide(_ terms: Decide, segment: ProgramCondition?) -> ClockProgram {
        ClockProgram(
            promise: .decide, clause: clause(terms.within.address), segment: segment, stage: stage(terms.about.value),
            within: terms.within.value)
    }

    private func explain(_ terms: Explain, segment: ProgramCondition?) -> ClockProgram {
        ClockProgram(
            promise: .explain, clause: clause(terms.within.address), segment: segment, stage: -1,
            within: terms.within.value)
    }

    private mutating func pursue(_ terms: Pursue, segment: ProgramCondition?) -> ClockProgram {
        ClockProgram(
            promise: .pursue, clause: clause(terms.over.address), segment: segment, stage: -1,
            within: terms.over.value, touches: Int32(terms.touches.value),
            channels: terms.channels.value.map { name($0.rawValue) })
    }

    private func qualify(_ terms: Qualify, segment: ProgramCondition?) -> ClockProgram {
        ClockProgram(
            promise: .qualify, clause: clause(terms.within.address), segment: segment, stage: stage(terms.from.value),
            until: stage(terms.to.value), within: terms.within.value)
    }

    private mutating func routing(_ rule: RoutingRule) -> RoutingProgram {
        RoutingProgram(
            when: condition(rule.when), to: destination(rule.to.value), isInHoursOnly: rule.isInHoursOnly.value,
            fallback: rule.fallback.map { destination($0.value) })
    }

    private mutating func destination(_ destination: Destination) -> RoutingProgram.Destination {
        switch destination {
        case .person(let address): .person(name(address.text))
        case .team(let team): .team(name(team))
        case .accountOwner: .accountOwner
        case .itsOwner: .itsOwner
        }
    }

    private mutating func consent(_ rule: ConsentRule) -> ConsentProgram {
        ConsentProgram(
            when: condition(rule.when),
            settings: rule.settings.map { .init(purpose: name($0.purpose), basis: $0.basis.value.program) },
            reply: rule.reply?.value.time.elapsed)
    }
}

extension ConsentBasis {
    fileprivate var program: ConsentProgram.Basis {
        switch self {
        case .optIn: .optIn
        case .optOut: .optOut
        case .never: .never
        }
    }
}

extension Budget {
    /// Of a physical duration.
    fileprivate var elapsed: Elapsed { Elapsed(milliseconds: Int64(count) * unit.elapsed.milliseconds) }
}
