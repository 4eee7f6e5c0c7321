public import Engine
internal import Journal
internal import Vocabulary

/// The program of an agreement: what the engine runs. Compiling cannot fail, since reading has checked everything.
public func compile(_ agreement: Agreement) -> Program {
    CompiledAgreement(agreement).program
}

extension ConditionCompiler {
    mutating func compile(_ agreement: Agreement) {
        judging(agreement)
        handingOver(agreement)
    }
}

/// A program that recognises nothing but the activities of an agreement, for those who ask who did what; `happenings` are
/// theirs, in their order.
public func compileActivities(_ agreement: Agreement) -> (program: Program, happenings: [Int32]) {
    var compiler = ConditionCompiler(agreement)
    let happenings = agreement.activities.map { compiler.happening(Happening(.activity($0.name))) }
    return (compiler.program, happenings)
}

// What is judged: deals, scores, stages, detours.

extension ConditionCompiler {
    fileprivate mutating func judging(_ agreement: Agreement) {
        let kinds = agreement.deals.kinds.map { NamedCondition(name: name($0.name), condition: condition($0.when)) }
        let fit = agreement.scoring.fit.rules.map {
            FitProgram(clause: clause($0.points.address), when: condition($0.when), points: $0.points.value)
        }
        let deals = self.deals(agreement.deals)
        let grades = agreement.scoring.fit.grades.map { GradeProgram(name: name($0.name), from: $0.from.value) }
        let halfLife = budget(agreement.scoring.engagement.halfLife)
        let rules = agreement.scoring.engagement.rules.map { engagement($0) }
        let stages = agreement.stages.map { stage($0) }
        let detours = agreement.detours.map { detour($0, agreement) }
        edit {
            ($0.deals, $0.dealKinds, $0.fit, $0.grades) = (deals, kinds, fit, grades)
            ($0.halfLife, $0.engagement) = (halfLife, rules)
            ($0.stages, $0.detours) = (stages, detours)
        }
    }

    private mutating func deals(_ deals: Deals) -> DealsProgram {
        var program = DealsProgram()
        for pipeline in deals.pipelines {
            let id = name(pipeline.name)
            for (stages, standing) in [
                (pipeline.open, DealsProgram.Standing.open), (pipeline.won, .won), (pipeline.lost, .lost),
            ] {
                program.stages += stages.value.map { .init(pipeline: id, stage: name($0), standing: standing) }
            }
        }
        program.stages += deals.ignored.value.map { .init(pipeline: -1, stage: name($0), standing: .ignored) }
        return program
    }

    private mutating func engagement(_ rule: EngagementRule) -> EngagementProgram {
        EngagementProgram(
            clause: clause(rule.points.address), activity: name(rule.activity.value),
            happening: happening(Happening(.activity(rule.activity.value))),
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
        let silence = agreement.verdicts.silence.map {
            SilenceProgram(
                after: budget($0.after), meansAccepted: $0.means.value == .accepted, clause: clause($0.means.address))
        }
        let dispute = agreement.verdicts.dispute.map {
            DisputeProgram(
                by: officer($0.by.value, agreement), within: $0.within.value,
                arbiter: officer($0.arbiter.value, agreement), rulingWithin: $0.rulingWithin.value,
                clause: clause($0.within.address))
        }
        let clocks = self.clocks(agreement.promises.sales)
        let routing = agreement.routing.rules.map { self.routing($0) }
        let consent = agreement.consent.rules.map { self.consent($0) }
        let alerts = agreement.alerts.map { alert in
            AlertProgram(
                when: condition(alert.when),
                limit: alert.atMost.map { .init($0.value.count, within: $0.value.per.longest) },
                clause: clause(alert.when.address))
        }
        let counts = condition(agreement.pipeline.counts)
        let gate = self.gate(agreement.consent)
        let boundaries = agreement.mission.boundaries.compactMap { boundary($0, agreement.consent) }
        let history = self.history(agreement)
        let assigning = self.assigning(agreement)
        let ignored = self.ignored(agreement.ignored)
        edit {
            ($0.rejections, $0.silence, $0.dispute, $0.clocks) = (rejections, silence, dispute, clocks)
            ($0.routing, $0.consent, $0.gate) = (routing, consent, gate)
            ($0.boundaries, $0.alerts, $0.pipelineCounts) = (boundaries, alerts, counts)
            ($0.history, $0.assigning, $0.ignored) = (history, assigning, ignored)
            $0.longestPause = agreement.promises.pauses?.atMost.value
            $0.onChange = agreement.onChange.value.program
        }
    }

    /// The address that stands for a side; −1 where the agreement names nobody.
    private mutating func officer(_ party: Party, _ agreement: Agreement) -> Int32 {
        agreement.parties[party].map { name($0.value.text) } ?? -1
    }

    private mutating func gate(_ consent: Consent) -> GateProgram {
        var gate = GateProgram()
        gate.purposes = consent.purposes.map {
            .init(
                name: name($0.name), channel: name($0.channel.value.rawValue), clause: clause($0.channel.address))
        }
        gate.expiries = consent.expires.map { .init(ground: name($0.ground), after: $0.after.value.elapsed) }
        gate.hours =
            consent.contactHours?.hours.map {
                .init(
                    channel: name($0.channel.rawValue), block: $0.block.value.block,
                    isInPersonsZone: $0.block.value.zoneOf == .person, clause: clause($0.block.address))
            } ?? []
        gate.allowsByDefault = consent.standard.value == .allow
        gate.defaultClause = clause(consent.standard.address)
        if let upload = consent.upload {
            gate.uploadPersons = Int32(clamping: upload.persons.value)
            gate.uploadWithin = upload.within.value.elapsed
            gate.uploadClause = clause(upload.persons.address)
        }
        gate.deniesUnknownZone = consent.contactHours?.unknownZone.value == .deny
        return gate
    }

    /// Marketing's purposes are those named so; the others are sales'. What is only written down has no condition.
    private mutating func boundary(_ boundary: Boundary, _ consent: Consent) -> BoundaryProgram? {
        guard case .measured(let act, let condition) = boundary.never.value else { return nil }
        let purposes = consent.purposes.filter { purpose in
            let isMarketing = purpose.name.hasPrefix("marketing")
            return switch act {
            case .marketingMassMail, .marketingMail: isMarketing && purpose.channel.value == .email
            case .salesMassMail, .salesMail: !isMarketing && purpose.channel.value == .email
            case .salesCall: !isMarketing && purpose.channel.value == .phone
            case .export: false
            }
        }
        return BoundaryProgram(
            purposes: purposes.map { name($0.name) }, condition: self.condition(condition, boundary.never.address))
    }

    private mutating func history(_ agreement: Agreement) -> HistoryProgram {
        var history = HistoryProgram()
        history.starts = agreement.company.starts.map { agreement.zone.startOfDay($0.value) }
        history.stagesFrom = agreement.company.history.stagesFrom.value.map { name($0) }
        history.actWithin = agreement.company.history.actWithin.value
        return history
    }

    private mutating func assigning(_ agreement: Agreement) -> AssigningProgram {
        var assigning = AssigningProgram()
        if let person = agreement.routing.lastResort {
            assigning.lastResort = name(person.value.text)
            assigning.lastResortClause = clause(person.address)
        }
        assigning.values = agreement.routing.value.compactMap { entry in
            guard let grade = agreement.scoring.fit.grades.firstIndex(where: { $0.name == entry.grade }),
                let value = try? Points(entry.value.value)
            else { return nil }
            return .init(grade: Int32(grade), value: value.micropoints)
        }
        if let burst = agreement.routing.burst {
            assigning.burst = Int32(clamping: burst.over.value.volume.count)
            assigning.burstWindow = burst.over.value.volume.per.longest
            assigning.burstWaitsForCapacity = burst.release.value == .atCapacity
        }
        return assigning
    }

    private mutating func ignored(_ ignored: Ignored) -> IgnoredProgram {
        var program = IgnoredProgram()
        program.domains = ignored.domains.value.map { name($0.lowercased()) }
        for sign in ignored.machine.value {
            switch sign {
            case .clicksWithin(let seconds): program.clicksWithin = Int64(seconds) * 1000
            case .opensByPrivacyProxy: program.opensByPrivacyProxy = true
            }
        }
        return program
    }

    private mutating func rejection(_ reason: RejectReason, _ agreement: Agreement) -> RejectionProgram {
        let outcome: RejectionProgram.Outcome =
            switch reason.leadsTo.value {
            case .detour(let name): .detour(detour(name))
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
            within: terms.within.value,
            warnAt: terms.warnAt?.value.millionths ?? 0, channels: terms.by.value.map { name($0.rawValue) },
            ladder: terms.then.map {
                .init(after: $0.after.value, action: action($0.action.value), clause: clause($0.action.address))
            })
    }

    private mutating func action(_ action: LadderAction) -> ClockProgram.Action {
        switch action {
        case .tellManager: .tellManager
        case .reassign: .reassign
        case .tell(let address): .tell(name(address.text))
        case .tellSide(let party): .tell(name(party.words))
        case .checkIn(let checkIn): .checkIn(name(checkIn))
        }
    }

    private func decide(_ terms: Decide, segment: ProgramCondition?) -> ClockProgram {
        ClockProgram(
            promise: .decide, clause: clause(terms.within.address), segment: segment, stage: stage(terms.about.value),
            within: terms.within.value)
    }

    private func explain(_ terms: Explain, segment: ProgramCondition?) -> ClockProgram {
        ClockProgram(
            promise: .explain, clause: clause(terms.within.address), segment: segment, stage: -1,
            within: terms.within.value, explains: Set(terms.about.value.map(\.fact)))
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
            until: stage(terms.to.value), within: terms.within.value,
            otherwise: terms.otherwise.map { detour($0.value) } ?? -1)
    }

    private mutating func routing(_ rule: RoutingRule) -> RoutingProgram {
        RoutingProgram(
            clause: clause(rule.to.address), name: name(rule.name), when: condition(rule.when),
            to: destination(rule.to.value), isInHoursOnly: rule.isInHoursOnly.value,
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
            clause: clause(rule.when.address), when: condition(rule.when),
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

extension Explained {
    fileprivate var fact: FactKind {
        switch self {
        case .rejection: .rejected
        case .acceptance: .accepted
        case .disqualification: .disqualified
        case .loss: .dealLost
        }
    }
}

extension OnChange {
    fileprivate var program: ProgramOnChange {
        switch self {
        case .wait: .wait
        case .enter: .enter
        case .enterAtMost(let count): .enterAtMost(perDay: Int32(clamping: count))
        }
    }
}

extension Period {
    /// The physical time a volume is counted over: months of 31 days, so that none is cut short.
    fileprivate var longest: Elapsed {
        switch self {
        case .hour: .hours(1)
        case .day: .days(1)
        case .week: .days(7)
        case .month: .days(31)
        case .quarter: .days(92)
        case .year: .days(366)
        }
    }
}

extension Budget {
    /// Of a physical duration.
    fileprivate var elapsed: Elapsed { Elapsed(milliseconds: Int64(count) * unit.elapsed.milliseconds) }
}
