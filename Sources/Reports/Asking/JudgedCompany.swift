public import Agreement
public import Engine
public import Vocabulary

/// A company's facts, judged: what every report is computed from.
public struct JudgedCompany: Sendable {
    public let world: FoldWorld
    public let outcome: Outcome
    /// One for each of `world.versions`.
    public let agreements: [Agreement]
    /// The accounts of the list of targets, as texts of their identifiers.
    public let targets: Set<Int32>
    /// Only what sources held by then is in the history; `nil`: all of it.
    public let knownBy: Instant?
    /// Who asks.
    public let viewpoint: Viewpoint

    /// Evaluates the company. `agreements` names one for each version of the world, at least one.
    public init?(
        _ world: FoldWorld, agreements: [Agreement], targets: Set<Int32> = [], knownBy: Instant? = nil,
        seenBy viewpoint: Viewpoint = .everything, by crew: Crew = alone
    ) {
        guard !agreements.isEmpty, agreements.count == world.versions.count else { return nil }
        (self.world, self.agreements, self.targets) = (world, agreements, targets)
        (self.knownBy, self.viewpoint) = (knownBy, viewpoint)
        outcome = evaluate(world, targets: targets, by: crew)
    }

    /// The company as a request wants it: as of the instant that it names, with what was known then.
    public init?(
        _ world: FoldWorld, agreements: [Agreement], targets: Set<Int32> = [], for request: ReportRequest,
        seenBy viewpoint: Viewpoint = .everything
    ) throws(ReportProblem) {
        guard let zone = agreements.last?.zone else { return nil }
        if let asOf = try request.instant(.asOf, in: zone) {
            try world.history.checkReaches(asOf)
            let then = world.replacing(world.history.known(by: asOf), until: asOf)
            self.init(then, agreements: agreements, targets: targets, knownBy: asOf, seenBy: viewpoint)
        } else {
            let until = try request.instant(.until, in: zone) ?? world.until
            let then = world.replacing(world.history, until: until)
            self.init(then, agreements: agreements, targets: targets, seenBy: viewpoint)
        }
    }

    /// The same company for somebody else's eyes; nothing is judged again.
    public func seen(by viewpoint: Viewpoint) -> JudgedCompany {
        JudgedCompany(world, outcome, agreements, targets, knownBy, viewpoint)
    }

    /// The company as a request wants it; judged again only where the request names another instant.
    public func wanted(by request: ReportRequest) throws(ReportProblem) -> JudgedCompany {
        guard request[.asOf] != nil || request[.until].map({ $0 != world.until.description }) ?? false else {
            return self
        }
        let asked = try JudgedCompany(world, agreements: agreements, targets: targets, for: request, seenBy: viewpoint)
        return asked ?? self
    }

    /// The version in force at the end.
    public var agreement: Agreement {
        let last = world.versions.lastIndex { $0.from <= world.until } ?? 0
        return agreements[last]
    }

    public var zone: Zone { agreement.zone }
    public var fiscalCalendar: FiscalCalendar { agreement.company.fiscalYear.value.calendar }

    /// The company as it stood, and as it was known, at an earlier instant: facts that came to be known later are not there.
    /// Who is one person is told as it is today.
    func asKnown(at instant: Instant) -> JudgedCompany {
        let then = world.replacing(world.history.known(by: instant), until: instant)
        return JudgedCompany(judged: then, agreements, targets, instant, viewpoint)
    }

    /// The same for deals alone: accounts without any are left empty, and no owners are asked for, since deals have their own.
    func dealsAsKnown(at instant: Instant) -> JudgedCompany {
        let then = FoldWorld(
            history: world.history.known(by: instant), versions: world.versions, staff: world.staff,
            assigning: .recorded, until: instant)
        let accounts = outcome.accounts.map { account in
            guard !account.deals.isEmpty else { return AccountOutcome(account: account.account) }
            var fold = AccountFold(account.account, in: then, targets: targets)
            fold.run()
            return fold.outcome
        }
        return JudgedCompany(
            then, Outcome(accounts: accounts, routing: []), agreements, targets, instant, viewpoint)
    }

    /// The company as it stood at an earlier instant, by all that is known.
    func stood(at instant: Instant) -> JudgedCompany {
        JudgedCompany(judged: world.replacing(world.history, until: instant), agreements, targets, knownBy, viewpoint)
    }

    private init(
        _ world: FoldWorld, _ outcome: Outcome, _ agreements: [Agreement], _ targets: Set<Int32>, _ knownBy: Instant?,
        _ viewpoint: Viewpoint
    ) {
        (self.world, self.outcome, self.agreements) = (world, outcome, agreements)
        (self.targets, self.knownBy, self.viewpoint) = (targets, knownBy, viewpoint)
    }

    private init(
        judged world: FoldWorld, _ agreements: [Agreement], _ targets: Set<Int32>, _ knownBy: Instant?,
        _ viewpoint: Viewpoint
    ) {
        (self.world, self.agreements, self.targets) = (world, agreements, targets)
        (self.knownBy, self.viewpoint) = (knownBy, viewpoint)
        outcome = evaluate(world, targets: targets)
    }
}

extension FoldWorld {
    fileprivate func replacing(_ history: Engine.History, until: Instant) -> FoldWorld {
        FoldWorld(history: history, versions: versions, staff: staff, assigning: assigning, until: until)
    }
}

extension Engine.History {
    /// What was known before anything was, or is known only after everything is, nobody can tell.
    fileprivate func checkReaches(_ asOf: Instant) throws(ReportProblem) {
        let known = (0..<count).lazy.map { self.known($0) }
        guard let first = known.min(), let last = known.max() else { return }
        if asOf.milliseconds > last {
            throw ReportProblem(
                "as-of-beyond-history", "nothing came to be known after \(Instant(milliseconds: last))",
                remedy: "Leave out --as-of to ask with all that is known, or give an instant until then.")
        }
        if asOf.milliseconds < first {
            throw ReportProblem(
                "as-of-before-history",
                "history is not available: the first thing came to be known at \(Instant(milliseconds: first))",
                remedy: "Give a later --as-of.")
        }
    }
}

// MARK: Names

extension JudgedCompany {
    /// A text of the history; the word for nobody where there is none.
    public func text(_ number: Int32, none: String = "–") -> String { number < 0 ? none : world.history.texts[number] }

    public func personName(_ person: Int32) -> String {
        person < 0 ? "–" : world.history.texts[world.history.persons[Int(person)].name]
    }

    public func accountName(_ account: Int32) -> String {
        world.history.texts[world.history.accounts[Int(account)].name]
    }

    public func stageName(_ stage: Int32, _ version: Int32) -> String {
        let program = world.versions[Int(version)].program
        return stage < 0 ? "–" : program.names[Int(program.stages[Int(stage)].name)]
    }

    /// The place of a fact in the journal, where a move has one.
    func fact(_ fact: Int32) -> ReportValue { fact < 0 ? .nothing : .fact(Int64(world.history.sequence[Int(fact)])) }

    /// The name of a team that a rep belongs to, a text; −1: of none.
    public func team(of rep: Int32) -> Int32 {
        guard rep >= 0, let known = world.staff.rep(rep) else { return -1 }
        return world.staff.teams[known.team].name
    }
}
